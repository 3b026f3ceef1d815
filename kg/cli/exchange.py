"""The commands that take a graph to other programs."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kg.cli.app import GraphPath, Output, app
from kg.terminal import created

_FORMATS = (
    "jsonl csv parquet graphml gexf cytoscape neo4j plover plover-graph gdelt ftm "
    "ttl trig nq nt jsonld rdfxml"
)


@app.command()
def export(
    graph: GraphPath,
    format_: Annotated[str, typer.Option("--format", help=_FORMATS)],
    output: Output = None,
    relation_class: Annotated[
        list[str] | None, typer.Option("--class", help="Only relations of this class, such as CONSULT.")
    ] = None,
    status: Annotated[list[str] | None, typer.Option(help="Only those of this status.")] = None,
    property_: Annotated[
        list[str] | None, typer.Option("--property", help="Only those of this property, such as meets.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="Only those on or after a day, month or year (else by article date).")
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="Only those on or before it, all of a month or year included.")
    ] = None,
    min_confidence: Annotated[
        float | None, typer.Option(min=0, max=1, help="Only those at least so sure.")
    ] = None,
    around: Annotated[list[str] | None, typer.Option(help="Only those near the entity of this name.")] = None,
    hops: Annotated[int, typer.Option(min=0, help="How near to it, in relations.")] = 1,
) -> None:
    """Write the graph for other programs; an option that is given several times takes any of its values."""
    from kg.export.files import export_graph
    from kg.export.selection import Filters, selection_of
    from kg.store import Store

    filters: Filters = {
        "relation_class": relation_class or [],
        "status": status or [],
        "property": property_ or [],
        "around": around or [],
        "hops": hops if around else 1,
    }
    if since is not None:
        filters["since"] = since
    if until is not None:
        filters["until"] = until
    if min_confidence is not None:
        filters["min_confidence"] = min_confidence
    with Store.open(graph) as store:
        selection = selection_of(filters, store.vocabulary)
        if output is None:
            export_graph(store, format_, sys.stdout.buffer, selection)
        else:
            with created(output) as file:
                export_graph(store, format_, file, selection)
