"""The command that pushes a graph to a store beyond this machine, and what names such a store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import terminal
from kg.cli.app import GraphPath, app
from kg.terminal import note, say, show_table

if TYPE_CHECKING:
    from kg.store.remote import Pushed, PushOptions, RemoteStore

NO_GRAPH = "Missing argument 'GRAPH': name the folder of a graph, or a store with --store."
_GROUP = "A store beyond this machine"

StoreName = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="A triple store, by its address, or its kind and address, as fuseki:https://example.org/news. "
        "Who asks is said by $KG_STORE_USER and $KG_STORE_PASSWORD, $KG_STORE_TOKEN, or ~/.netrc.",
        rich_help_panel=_GROUP,
        show_default=False,
    ),
]
QueryUrl = Annotated[
    str | None,
    typer.Option(metavar="URL", help="Where it takes queries.", rich_help_panel=_GROUP, show_default=False),
]
UpdateUrl = Annotated[
    str | None,
    typer.Option(metavar="URL", help="Where it takes updates.", rich_help_panel=_GROUP, show_default=False),
]
GraphStoreUrl = Annotated[
    str | None,
    typer.Option(
        metavar="URL", help="Where it takes whole graphs.", rich_help_panel=_GROUP, show_default=False
    ),
]
DefaultGraphIri = Annotated[
    str | None,
    typer.Option(
        "--default-graph",
        metavar="IRI",
        help="The named graph in which it keeps our default graph, where it cannot show both together.",
        rich_help_panel=_GROUP,
        show_default=False,
    ),
]
CaFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.pem",
        help="Certificates to trust beside those of the system.",
        rich_help_panel=_GROUP,
        show_default=False,
    ),
]
Timeout = Annotated[
    float,
    typer.Option(
        min=0.1, metavar="SECONDS", help="How long the store may be silent.", rich_help_panel=_GROUP
    ),
]


def named_store(
    store: str | None,
    query_url: str | None = None,
    update_url: str | None = None,
    graph_store_url: str | None = None,
    default_graph: str | None = None,
    ca_file: Path | None = None,
    timeout: float = 300,
    *,
    batch: int = 2_000_000,
) -> RemoteStore | None:
    """The store that the options name; None where they name none.

    Raises:
        typer.BadParameter: They name none rightly.
    """
    from kg.errors import RemoteError
    from kg.store.remote import RemoteSettings, RemoteStore, store_address

    if store is None and query_url is None and update_url is None and graph_store_url is None:
        return None
    try:
        address = store_address(store, query=query_url, update=update_url, graph_store=graph_store_url)
        settings = RemoteSettings(ca_file=ca_file, timeout=timeout, default_graph=default_graph, batch=batch)
        return RemoteStore(address, settings)
    except RemoteError as error:
        raise typer.BadParameter(str(error)) from error


@app.command()
def push(
    graph: GraphPath,
    store: StoreName = None,
    query_url: QueryUrl = None,
    update_url: UpdateUrl = None,
    graph_store_url: GraphStoreUrl = None,
    default_graph: DefaultGraphIri = None,
    ca_file: CaFile = None,
    timeout: Timeout = 300,
    batch: Annotated[
        int, typer.Option(min=1_000, metavar="BYTES", help="Send at most so much at once.")
    ] = 2_000_000,
    again: Annotated[
        bool, typer.Option("--again", help="Send all, whatever the store says that it holds.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Take out the articles of another graph that the store holds.")
    ] = False,
) -> None:
    """Load a graph into a triple store over HTTP, or what has changed of it; see docs/remote-stores.md."""
    from kg.store.remote import PushOptions

    remote = named_store(
        store, query_url, update_url, graph_store_url, default_graph, ca_file, timeout, batch=batch
    )
    if remote is None:
        raise typer.BadParameter("Name the store with --store, as https://example.org/news.")
    tell_push(graph, remote, PushOptions(again=again, replace=replace))


def tell_push(graph: Path, remote: RemoteStore, options: PushOptions | None = None) -> None:
    """Pushes a graph, shows how far that is, and says what was done."""
    from kg.store import Store
    from kg.store.remote import push as push_to

    with remote, Store.open(graph) as store, terminal.progress(None, "graphs sent") as tell:
        done = push_to(store, remote, options=options, on_graph=tell)
    say(f"{remote.address}: {_said(done)}.")


def _said(done: Pushed) -> str:
    if not done:
        return f"nothing to send, all {done.unchanged} graphs are there already"
    counts = f"{done.put} graphs sent, {done.unchanged} unchanged, {done.dropped} taken out"
    return f"{counts}; of what follows from them {done.added} triples sent, {done.removed} taken out"


def tell_store(remote: RemoteStore) -> None:
    """Shows what a store holds and can do, and says what does not work with it."""
    from kg.store.remote.checking import check

    with remote:
        found = check(remote)
    counts = (("articles", found.articles), ("triples of named graphs", found.triples))
    rows = [(name, "not known" if count is None else count) for name, count in counts]
    rows += [(ability.name, ability.value) for ability in found.abilities]
    show_table(("what", "how"), rows)
    if not found.is_finished:
        say("A push to it was not finished; the same push again finishes it.")
    for lack in found.lacks:
        note(f"Lacking: {lack}.")
