"""The commands that take a graph to other programs."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kg.cli.app import GraphPath, Output, app
from kg.terminal import created


@app.command()
def export(
    graph: GraphPath,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            help="jsonl csv graphml gexf plover plover-graph gdelt ftm ttl trig nq nt jsonld rdfxml",
        ),
    ],
    output: Output = None,
) -> None:
    """Write the graph for other programs."""
    from kg.export.files import export_graph
    from kg.store import Store

    with Store.open(graph) as store:
        if output is None:
            export_graph(store, format_, sys.stdout.buffer)
        else:
            with created(output) as file:
                export_graph(store, format_, file)
