"""Where a store answers: its addresses for queries, updates and graphs, as they are given or laid out.

What the layouts say is from the stores' manuals, which `docs/remote-stores.md` cites.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from kg.errors import RemoteError

_MOST = 2_000
"""Characters of an address, as browsers and proxies take them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where a kind of store answers, below its base, and what is particular to it."""

    query: str
    update: str | None
    """None where it takes no updates."""
    graph_store: str | None
    """None where it has no Graph Store HTTP Protocol."""
    has_default: bool = True
    """Whether its default graph is one of its own, not the union of all; else a named graph stands for it."""
    drops: bool = True
    """Whether it knows DROP; else what a graph holds is deleted."""


LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        "kg": Layout(query="/sparql", update="/sparql", graph_store="/graph-store"),
        "oxigraph": Layout(query="/query", update="/update", graph_store="/store"),
        "fuseki": Layout(query="/query", update="/update", graph_store="/data"),
        "graphdb": Layout(
            query="", update="/statements", graph_store="/rdf-graphs/service", has_default=False
        ),
        "rdf4j": Layout(query="", update="/statements", graph_store="/rdf-graphs/service", has_default=False),
        "qlever": Layout(query="", update="", graph_store="", has_default=False, drops=False),
        "virtuoso": Layout(
            query="/sparql", update="/sparql", graph_store="/sparql-graph-crud", has_default=False
        ),
        "virtuoso-auth": Layout(
            query="/sparql-auth",
            update="/sparql-auth",
            graph_store="/sparql-graph-crud-auth",
            has_default=False,
        ),
        "neptune": Layout(query="/sparql", update="/sparql", graph_store="/sparql/gsp/", has_default=False),
        "stardog": Layout(query="/query", update="/update", graph_store=""),
        "blazegraph": Layout(query="", update="", graph_store=None, has_default=False),
    }
)
"""The kinds of stores that may stand before an address, as `fuseki:https://example.org/news`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreAddress:
    """A store as it was named: what is not said is found out by asking it."""

    base: str | None = None
    layout: Layout | None = None
    """None where the kind of store was not said."""
    query: str | None = None
    update: str | None = None
    graph_store: str | None = None

    def __str__(self) -> str:
        """How messages name the store."""
        return self.base or self.query or self.update or self.graph_store or ""

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to find out, since the kind of store or an address of its own was given."""
        return self.layout is not None or self.base is None


def store_address(
    store: str | None = None,
    *,
    query: str | None = None,
    update: str | None = None,
    graph_store: str | None = None,
) -> StoreAddress:
    """The addresses of a store.

    Args:
        store: Its base, as `https://example.org/news`, or with its kind, as `fuseki:https://…`.
        query: Its address for queries, where it is not as the kind has it.
        update: That for updates.
        graph_store: That for whole graphs (SPARQL 1.1 Graph Store HTTP Protocol).

    Raises:
        RemoteError: There is none, or one that is no address on the web, or that holds a password.

    >>> store_address("fuseki:http://127.0.0.1:3030/news").update
    'http://127.0.0.1:3030/news/update'
    """
    given = {"query": query, "update": update, "graph_store": graph_store}
    for url in filter(None, given.values()):
        refuse_address(url)
    if store is None:
        if query is None and update is None and graph_store is None:
            raise RemoteError(
                "No store is named; give its address with --store, as https://example.org/news."
            )
        return StoreAddress(query=query, update=update, graph_store=graph_store)
    kind, colon, rest = store.partition(":")
    layout = LAYOUTS.get(kind.lower()) if colon and rest.startswith(("http://", "https://")) else None
    base = rest if layout else store
    refuse_address(base)
    laid_out = _laid_out(base, layout) if layout else {}
    return StoreAddress(base=base, layout=layout, **{**laid_out, **{k: v for k, v in given.items() if v}})


def is_address(text: str) -> bool:
    """Whether a text names a store rather than a folder.

    >>> is_address("fuseki:https://example.org/news"), is_address("graph/")
    (True, False)
    """
    kind, _, rest = text.partition(":")
    return text.startswith(("http://", "https://")) or (
        kind.lower() in LAYOUTS and rest.startswith(("http://", "https://"))
    )


def refuse_address(url: str) -> None:
    """Refuses what is no address of a store, without repeating a password that may stand in it.

    Raises:
        RemoteError: It is none.

    >>> refuse_address("https://example.org/news")
    """
    try:
        parts = urlsplit(url)
        has_secret, host = "@" in parts.netloc, parts.hostname
        _ = parts.port
    except ValueError as error:
        raise RemoteError(f"{url!r} is no address of a store ({error}); correct it.") from error
    if has_secret:
        raise RemoteError(
            "The address of the store holds a user's name or password; take it out, and set KG_STORE_USER "
            "and KG_STORE_PASSWORD, or KG_STORE_TOKEN, or write it in ~/.netrc."
        )
    if parts.scheme not in {"http", "https"} or not host or len(url) > _MOST or _has_space(url):
        kinds = ", ".join(LAYOUTS)
        raise RemoteError(
            f"{url[:100]!r} is no address of a store; give one as https://example.org/news, or with its kind "
            f"before it ({kinds})."
        )


def _has_space(url: str) -> bool:
    return any(letter.isspace() or not letter.isprintable() for letter in url)


def _laid_out(base: str, layout: Layout) -> dict[str, str | None]:
    start = base.rstrip("/") if layout.query else base
    ends = (("query", layout.query), ("update", layout.update), ("graph_store", layout.graph_store))
    return {name: None if end is None else _below(start, end) for name, end in ends}


def _below(start: str, end: str) -> str:
    return start + end if not end else start.rstrip("/") + end
