"""The command that finds who and what is in a graph by name."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import GraphPath, app, say_plain
from kg.terminal import note, show_table

if TYPE_CHECKING:
    from kg.store.search import Hit

_FORMATS = ("table", "json")


@app.command()
def search(
    graph: GraphPath,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS…",
            help="A name, part of one, or an id; all words must be in one name.",
            show_default=False,
        ),
    ],
    type_: Annotated[
        list[str] | None,
        typer.Option(
            "--type",
            "-t",
            metavar="TYPE",
            help="Only this: person, country, organization, place, group, event, thing; article (by headline)"
            " or relation (by sentence); several times for several.",
            show_default=False,
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many to show at most.")] = 20,
    after: Annotated[
        str | None,
        typer.Option(metavar="CURSOR", help="Go on where a page ended: `after` of --format json."),
    ] = None,
    format_: Annotated[str, typer.Option("--format", help="table or json.")] = "table",
) -> None:
    """Find entities by name: by its beginning, in any script, without accents, misspelled; the best first."""
    from kg.store import Store
    from kg.store.search import KINDS
    from kg.store.search import search as find
    from kg.store.search.opening import index_of

    if format_ not in _FORMATS:
        raise typer.BadParameter(f"There is no format {format_!r}; choose one of {', '.join(_FORMATS)}.")
    for one in type_ or []:
        if one not in KINDS:
            raise typer.BadParameter(f"There is no type {one!r}; choose one of {', '.join(KINDS)}.")
    if not " ".join(words).strip():
        raise typer.BadParameter("There is nothing to search for; give a name, part of one, or an id.")
    with Store.open(graph) as store, index_of(store) as index:
        page = find(index, " ".join(words), types=type_ or (), limit=limit, after=after)
    if format_ == "json":
        say_plain(json.dumps(asdict(page), ensure_ascii=False, indent=2) + "\n")
        return
    show_table(("name", "found by", "type", "country", "relations", "id"), [_row(hit) for hit in page.hits])
    note(f"{len(page.hits)} of {page.total} found")


def _row(hit: Hit) -> tuple[object, ...]:
    matched = hit.matched if hit.matched != hit.name else ""
    return hit.name, matched, hit.type, hit.country, hit.relations, hit.id
