"""The commands that ask graphs, here or in a store beyond this machine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import app, say_plain
from kg.cli.stores import (
    CaFile,
    DefaultGraphIri,
    GraphStoreUrl,
    QueryUrl,
    StoreName,
    Timeout,
    UpdateUrl,
    named_store,
)
from kg.terminal import note, show_table

if TYPE_CHECKING:
    from kg.store import QueryResult, Store
    from kg.store.questions import Parameter
    from kg.store.remote import RemoteStore

GraphOrQuery = Annotated[
    str | None,
    typer.Argument(
        metavar="GRAPH", help="Folder of the graph; with --store there is none.", show_default=False
    ),
]


@app.command()
def query(
    graph: GraphOrQuery = None,
    text: Annotated[str | None, typer.Argument(metavar="QUERY", help="SPARQL, or a question's name.")] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="File that holds the query.")] = None,
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="NAME=VALUE", help="Value of a parameter or variable."),
    ] = None,
    format_: Annotated[
        str, typer.Option("--format", help="table, csv, json; for CONSTRUCT also ttl, nt, rdfxml, …")
    ] = "table",
    store: StoreName = None,
    query_url: QueryUrl = None,
    update_url: UpdateUrl = None,
    graph_store_url: GraphStoreUrl = None,
    default_graph: DefaultGraphIri = None,
    ca_file: CaFile = None,
    timeout: Timeout = 300,
) -> None:
    """Answer a SPARQL query, or one of the named questions that `kg questions` lists."""
    remote = named_store(store, query_url, update_url, graph_store_url, default_graph, ca_file, timeout)
    folder, words = _asked(graph, text, is_remote=remote is not None)
    with _opened(folder, remote) as opened:
        found = _answer(opened, _query_text(words, file), _parameters(param or []))
        _show_result(found, format_, opened.prefixes)


def _asked(graph: str | None, text: str | None, *, is_remote: bool) -> tuple[str | None, str | None]:
    """The graph's folder and the query: of a store elsewhere, the one argument is the query."""
    if is_remote and text is not None:
        raise typer.BadParameter("Name a graph here, or a store with --store, but not both.")
    if not is_remote and graph is None:
        raise typer.BadParameter(
            "Missing argument 'GRAPH': name the folder of a graph, or a store with --store."
        )
    return (None, graph) if is_remote else (graph, text)


def _opened(folder: str | None, remote: RemoteStore | None) -> Store | RemoteStore:
    from kg.store import Store

    return remote or Store.open(folder or "")


def _query_text(text: str | None, file: Path | None) -> str:
    if (text is None) == (file is None):
        raise typer.BadParameter("Give either a query (or a question's name), or a file with -f.")
    if file is None:
        return text or ""
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"The query file {str(file)!r} cannot be read: {error}.") from error


def _parameters(given: list[str]) -> dict[str, str]:
    for pair in given:
        if "=" not in pair:
            raise typer.BadParameter(f"--param takes NAME=VALUE, not {pair!r}.")
    return dict(pair.split("=", 1) for pair in given)


def _answer(store: Store | RemoteStore, words: str, parameters: dict[str, str]) -> QueryResult:
    from kg.store import Store
    from kg.store.questions import ask

    if re.fullmatch(r"[\w-]+", words.strip()):
        name = words.strip()
        return ask(store, name, parameters) if isinstance(store, Store) else store.ask(name, parameters)
    if "{" not in words:
        raise typer.BadParameter(
            f"{words!r} is neither SPARQL nor the name of a question; `kg questions` lists the names."
        )
    return store.query(words, parameters)


def _show_result(result: QueryResult, format_: str, prefixes: Mapping[str, str]) -> None:
    from kg.store import FORMATS, write_triples

    if result.kind == "graph" and format_ not in {"table", *FORMATS}:
        raise typer.BadParameter(
            f"There is no format {format_!r} for triples; choose one of {', '.join(FORMATS)}."
        )
    if result.kind != "graph" and format_ not in {"table", "csv", "json"}:
        raise typer.BadParameter(f"There is no format {format_!r} for rows; choose table, csv or json.")
    if result.kind == "graph":
        say_plain(write_triples(iter(result.triples), "ttl" if format_ == "table" else format_, prefixes))
    elif format_ == "json":
        say_plain(result.to_json() + "\n")
    elif result.kind == "ask":
        say_plain("yes\n" if result.answer else "no\n")
    elif format_ == "csv":
        say_plain(result.to_csv())
    else:
        show_table(result.variables, result.rows)
        note(f"{len(result.terms)} rows")


@app.command()
def questions() -> None:
    """List the named questions that `kg query` answers."""
    from kg.store.questions import questions as known

    show_table(
        ("question", "parameters", "what it answers"),
        [
            (one.name, ", ".join(_usage(parameter) for parameter in one.parameters), one.title)
            for one in known()
        ],
    )


def _usage(parameter: Parameter) -> str:
    return parameter.name if parameter.required else f"[{parameter.name}]"
