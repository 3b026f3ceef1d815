"""Finds out where a store answers that was named by one address, without changing anything in it.

What is tried: the address itself; what its SPARQL 1.1 Service Description (W3C 2013) names; and where other
stores have it, below the address or beside it. A query tried is `ASK {}`, an update tried inserts nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.errors import KgError, RemoteError
from kg.store.remote.addresses import StoreAddress
from kg.store.remote.answers import ACCEPT_RESULTS, ACCEPT_TRIPLES, Answer
from kg.store.remote.transport import Request, Transport

FORM, UPDATE = "application/x-www-form-urlencoded", "application/sparql-update"
_SD = "http://www.w3.org/ns/sparql-service-description#"
_ENDPOINT = f"{_SD}endpoint"
_QUERIES = ("/query", "/sparql")
_UPDATES = ("/update", "/statements", "/sparql")
_GRAPH_STORES = ("/store", "/graph-store", "/data", "/rdf-graphs/service", "/sparql/gsp/", "/get")
_LAST_STEPS = ("/query", "/sparql", "/update")
_NOTHING = b"INSERT DATA {}"
_REFUSED = frozenset({401, 403})
_MOST_DESCRIBED = 5_000
"""Triples of a service description that are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """What a store says of itself, as IRIs; all empty where it says nothing."""

    endpoints: tuple[str, ...] = ()
    features: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()


def find_query_url(transport: Transport, address: StoreAddress) -> str:
    """Where a store takes queries.

    Raises:
        RemoteError: It cannot be reached, wants to know who asks, or takes none at any place that is known.
    """
    if address.query is not None:
        return address.query
    base = address.base or address.update or address.graph_store or ""
    for url in _first_seen(_query_urls(transport, base)):
        if _takes_queries(transport, url):
            return url
    raise RemoteError(
        f"No SPARQL endpoint is found at {base}, nor below it; give its address with --query-url, or the "
        "store's kind before the address, as fuseki:https://example.org/news."
    )


def find_update_url(transport: Transport, address: StoreAddress, query: str) -> str | None:
    """Where a store takes updates; None where it takes none of whoever asks."""
    if address.is_complete or address.update is not None:
        return address.update
    candidates = _candidates(address.base or query, query, _UPDATES)
    return next((url for url in candidates if takes_updates(transport, url)), None)


def find_graph_store_url(transport: Transport, address: StoreAddress, query: str) -> str | None:
    """Where a store has the Graph Store HTTP Protocol; None where it has none."""
    if address.is_complete or address.graph_store is not None:
        return address.graph_store
    candidates = _candidates(address.base or query, query, _GRAPH_STORES)
    return next((url for url in candidates if has_graphs(transport, url)), None)


def takes_updates(transport: Transport, url: str) -> bool:
    """Whether an update is taken at an address of whoever asks: one that inserts nothing."""
    return _is_success(transport, Request(method="POST", url=url, body=_NOTHING, content_type=UPDATE)) or (
        _is_success(
            transport,
            Request(method="POST", url=url, body=urlencode({"update": _NOTHING}).encode(), content_type=FORM),
        )
    )


def has_graphs(transport: Transport, url: str) -> bool:
    """Whether a graph is to be had at an address; only the beginning of an answer is read."""
    request = Request(method="GET", url=url, parameters=(("default", ""),), accept=ACCEPT_TRIPLES)
    return _is_success(transport, request, rdf=True)


def describe_service(transport: Transport, url: str) -> Description:
    """The service description at an address (section 2); an empty one where there is none."""
    request = Request(method="GET", url=url, accept="text/turtle, application/rdf+xml;q=0.8")

    def _read(answer: Answer) -> list[ox.Triple]:
        return list(islice(answer.expect_success().triples(), _MOST_DESCRIBED))

    try:
        triples = transport.send(request, _read)
    except KgError:
        return Description()
    said = {
        (one.predicate.value, one.object.value) for one in triples if isinstance(one.object, ox.NamedNode)
    }
    return Description(
        endpoints=tuple(sorted(value for name, value in said if name == _ENDPOINT)),
        features=frozenset(value for name, value in said if name == f"{_SD}feature"),
        languages=frozenset(value for name, value in said if name == f"{_SD}supportedLanguage"),
    )


def _query_urls(transport: Transport, base: str) -> Iterator[str]:
    """Where queries may be taken, the likeliest first; the description is asked for only if it is needed."""
    yield base
    yield from describe_service(transport, base).endpoints
    yield from (base.rstrip("/") + step for step in _QUERIES)


def _candidates(base: str, query: str, steps: Iterable[str]) -> Iterator[str]:
    stem = next((base.removesuffix(step) for step in _LAST_STEPS if base.endswith(step)), base).rstrip("/")
    return _first_seen([query, *(stem + step for step in steps), base])


def _first_seen(urls: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for url in urls:
        if url not in seen:
            seen.add(url)
            yield url


def _takes_queries(transport: Transport, url: str) -> bool:
    request = Request(
        method="POST", url=url, body=b"query=ASK+%7B%7D", content_type=FORM, accept=ACCEPT_RESULTS
    )
    try:
        answer = transport.send(request, lambda answer: answer.expect_success().result("ASK {}", most=1))
    except RemoteError as error:
        if error.status is None or error.status in _REFUSED:
            raise
        return False
    return answer.kind == "ask"


def _is_success(transport: Transport, request: Request, *, rdf: bool = False) -> bool:
    try:
        return transport.send(request, lambda answer: answer.is_ok and (not rdf or answer.is_rdf))
    except RemoteError:
        return False
