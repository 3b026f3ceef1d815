"""The commands that check a graph."""

from __future__ import annotations

import typer

from kg.cli.app import GraphPath, app
from kg.terminal import say


@app.command()
def validate(graph: GraphPath) -> None:
    """Check a graph against the shapes of the ontology (SHACL)."""
    from kg.store import Store

    with Store.open(graph) as store:
        report = store.validate()
    for finding in report.findings:
        say(str(finding))
    verdict = "conforms" if report.conforms else "does not conform"
    say(f"{graph}: {report.articles} articles; the graph {verdict} to the shapes.")
    if not report.conforms:
        raise typer.Exit(1)
