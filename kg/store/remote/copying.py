"""Fetches what a store holds of a graph, to have it here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

import pyoxigraph as ox

from kg.rdf.graphs import DEFAULT
from kg.store.remote.client import RemoteStore
from kg.store.remote.records import Records
from kg.store.store import Store


def copy_graph(remote: RemoteStore) -> Store:
    """A graph in memory that says what a store says of ours, without what it says of others.

    Raises:
        RemoteError: It does not answer, or holds more bytes than its settings allow.
    """
    store = Store.in_memory(base=remote.base)
    store.data.bulk_extend(copied_quads(remote))
    return store


def write_copy(remote: RemoteStore, out: IO[bytes]) -> None:
    """Writes what a store holds of our graphs in N-Quads.

    Raises:
        RemoteError: It does not answer, or holds more bytes than its settings allow.
    """
    ox.serialize(copied_quads(remote), out, ox.RdfFormat.N_QUADS)


def copied_quads(remote: RemoteStore) -> Iterator[ox.Quad]:
    """The quads of our graphs in a store: of articles, judgements, what is inferred, and the default graph.

    Raises:
        RemoteError: The store does not answer.
    """
    records = Records(remote.base)
    for row in remote.select("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }").terms:
        graph = row[3]
        if isinstance(graph, ox.NamedNode) and records.owns(graph.value):
            yield ox.Quad(*row)  # type: ignore[arg-type]  # a store gives what triples are made of
    for triple in remote.get_graph(remote.default_graph):
        yield ox.Quad(triple.subject, triple.predicate, triple.object, DEFAULT)
