"""What workers do with queries: run them on a dataset, and write what they give as the client takes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from typing import TypeAlias, cast

import pyoxigraph as ox

from kg.errors import ExportError
from kg.server.negotiation import RESULT_FORMATS, Chosen, choose
from kg.server.problems import ProblemError
from kg.server.settings import Limits
from kg.store import Store
from kg.store.clauses import names_dataset
from kg.store.engine import explained, is_of_engine
from kg.store.guards import refuse
from kg.store.queries import answering
from kg.store.results import Out, Written, write_answer, write_found, write_graph

Found: TypeAlias = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
Asked: TypeAlias = Mapping[str, object]
"""A query by the protocol, as a JSON object:

- `query`, its text; `base`, what its relative IRIs are resolved against;
- `default` and `named`, IRIs of the graphs of its dataset, which go before FROM (section 2.1.4);
- `union`, whether it sees all graphs together where neither they nor FROM says what it sees;
- `accept` and `format`, see `kg.server.negotiation.choose`.
"""

_UPDATES = "an update is sent as `update`, by POST, to a server of `kg serve --writable`; ask with SELECT"


def answer_query(store: Store, asked: Asked, out: Out, limits: Limits) -> dict[str, object]:
    """Answers a query; what is written is of no use where an error is raised.

    Args:
        store: The graph.
        asked: The query.
        out: Where to.
        limits: What queries are held to.

    Returns:
        The `type` of the document, its `format` and `rows`, and where it was cut: `truncated`.

    Raises:
        QueryError: The query is wrong, too deep, or would reach the network.
        ProblemError: The result has no format that the client takes, or does not fit into it.
        StoreError: The files of the graph are damaged.

    >>> pieces = []
    >>> out = Out(pieces.append, rows=10, size=1_000)
    >>> answer_query(Store.in_memory(), {"query": "ASK {}", "union": True}, out, Limits())["type"]
    'application/sparql-results+json'
    >>> b"".join(pieces)
    b'{"head": {}, "boolean": true}'
    """
    text, prefixes = str(asked["query"]), store.prefixes
    refuse(text, nesting=limits.nesting, chain=limits.chain, joins=limits.joins, size=limits.query)
    with in_our_words(store), answering(text, prefixes, updates=_UPDATES):
        found = _found(store.data, text, prefixes, asked)
        chosen = _chosen(found, asked)
        try:
            written = _write(found, chosen, out, prefixes)
        except ExportError as error:
            raise ProblemError(HTTPStatus.NOT_ACCEPTABLE, str(error), headers={"Vary": "Accept"}) from error
    said = {"type": chosen.content_type, "format": chosen.format, "rows": written.rows}
    return said if written.cut is None else said | {"truncated": str(written.cut)}


@contextmanager
def in_our_words(store: Store) -> Iterator[None]:
    """Gives what the engine says of damaged files as `StoreError`."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        if is_of_engine(error):
            raise explained(error, store.path) from error
        raise


def _found(data: ox.Store, text: str, prefixes: Mapping[str, str], asked: Asked) -> Found:
    default, named = (_graphs(asked.get(name)) for name in ("default", "named"))
    base = cast("str | None", asked.get("base"))
    if default or named:
        return data.query(
            text,
            base_iri=base,
            prefixes=dict(prefixes),
            default_graph=list(default),
            named_graphs=list(named),
        )
    is_union = bool(asked.get("union")) and not names_dataset(text, prefixes)
    return data.query(text, base_iri=base, prefixes=dict(prefixes), use_default_graph_as_union=is_union)


def _graphs(iris: object) -> tuple[ox.NamedNode, ...]:
    return tuple([ox.NamedNode(iri) for iri in cast("Sequence[str]", iris or ())])


def _chosen(found: Found, asked: Asked) -> Chosen:
    accept, override = (cast("str | None", asked.get(name)) for name in ("accept", "format"))
    return choose(RESULT_FORMATS[_kind(found)], accept, override)


def _kind(found: Found) -> str:
    if isinstance(found, ox.QuerySolutions):
        return "select"
    return "ask" if isinstance(found, ox.QueryBoolean) else "graph"


def _write(found: Found, chosen: Chosen, out: Out, prefixes: Mapping[str, str]) -> Written:
    if isinstance(found, ox.QuerySolutions):
        return write_found(found, chosen.format, out)
    if isinstance(found, ox.QueryBoolean):
        return write_answer(found, chosen.format, out)
    return write_graph(found, chosen.format, out, prefixes)
