"""The command that forgets articles."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.app import GraphPath, app, tell_dropped
from kg.terminal import say


@app.command()
def remove(
    graph: GraphPath,
    articles: Annotated[
        list[str] | None, typer.Argument(metavar="ARTICLE…", help="Ids of articles.", show_default=False)
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", "-f", help="File with further ids, one a line.", show_default=False),
    ] = None,
) -> None:
    """Forget articles, and all that no other article says. Where one is not there, none is forgotten."""
    from kg.store import Store
    from kg.store.builds import has_inferred
    from kg.store.removal import read_ids, remove_articles

    ids = [*(articles or []), *(read_ids(file) if file else [])]
    if not ids:
        raise typer.BadParameter("Name the articles to forget by their ids, or a file of ids with --file.")
    with Store.open(graph, read_only=False) as store:
        had_inferred = has_inferred(store.data, store.base)
        gone = remove_articles(store, ids)
    say(
        f"{graph}: {gone.articles} articles removed with {gone.relations} relations and {gone.entities} "
        f"entities that no other article names; {gone.left} articles are left."
    )
    if had_inferred:
        say(tell_dropped(graph))
