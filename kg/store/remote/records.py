"""What a store keeps of the graphs that were pushed to it: the hash of each, in its graph of builds.

Before a graph is changed its hash is taken out, and put in anew after it; so a hash that is there is that of
the graph as it was pushed. While a push goes on, the graph of builds also says that it is not finished.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.errors import RemoteError
from kg.rdf.graphs import graph_node
from kg.rdf.iris import Kind, NamedGraph, mint
from kg.store.remote.client import RemoteStore
from kg.store.remote.portions import Portion, line_of
from kg.vocabulary import KG, XSD

_OURS = (NamedGraph.JUDGEMENTS, NamedGraph.INFERRED, NamedGraph.ONTOLOGY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What a store holds, as far as it says so."""

    hashes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """By the IRI of the graph; that of the default graph by the IRI that stands for it. One of two is old."""
    counts: Mapping[str, int] | None = None
    """Triples of each named graph, as they are now; None where the store cannot count them."""
    is_finished: bool = True

    def keeps(self, graph: str, digest: str) -> bool:
        """Whether a graph is said to have this hash, and no other."""
        return self.hashes.get(graph) == frozenset({digest})


class Records:
    """Reads and words what a store keeps of a graph whose IRIs are minted under a base."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.graph = graph_node(NamedGraph.BUILDS, base).value
        self.default = graph_node(NamedGraph.DEFAULT, base).value
        self._articles = mint(Kind.ARTICLE, "", base=base)
        self._pushes = mint(Kind.PUSH, "", base=base)
        self._others = {graph_node(name, base).value for name in _OURS}

    def owns(self, graph: str) -> bool:
        """Whether a graph is one that pushes put and take out.

        >>> [Records("https://example.org/").owns(f"https://example.org/{end}") for end in ("article/1", "x")]
        [True, False]
        """
        return graph.startswith(self._articles) or graph in self._others

    def is_article(self, graph: str) -> bool:
        """Whether a graph is that of an article."""
        return graph.startswith(self._articles)

    def are_same(self, one: Held, other: Held) -> bool:
        """Whether a store says the same of our graphs, but for what pushes keep of themselves."""
        return one.hashes == other.hashes and self._counts(one) == self._counts(other)

    def _counts(self, held: Held) -> dict[str, int]:
        apart = (self.graph, self._pushes)
        return {graph: count for graph, count in (held.counts or {}).items() if not graph.startswith(apart)}

    def read(self, remote: RemoteStore) -> Held:
        """What a store holds.

        Raises:
            RemoteError: It does not answer.
        """
        text = f"SELECT ?it ?hash {{ GRAPH <{self.graph}> {{ ?it {KG.graphHash} ?hash }} }}"
        hashes = defaultdict[str, set[str]](set)
        for it, value in remote.select(text).rows:
            hashes[str(it)].add(str(value))
        mark = f"SELECT ?is {{ GRAPH <{self.graph}> {{ <{self.graph}> {KG.unfinished} ?is }} }}"
        is_finished = not remote.select(mark).rows
        return Held(
            hashes={graph: frozenset(values) for graph, values in hashes.items()},
            counts=count_graphs(remote),
            is_finished=is_finished,
        )

    def lines(self, hashes: Iterable[tuple[str, str]]) -> tuple[str, ...]:
        """The triples that keep hashes."""
        return tuple(_line(ox.NamedNode(graph), KG.graphHash, ox.Literal(value)) for graph, value in hashes)

    def portion(self, hashes: Mapping[str, str]) -> Portion:
        """What is added so that hashes are kept."""
        return Portion(graph=self.graph, lines=self.lines(hashes.items()))

    @property
    def mark(self) -> str:
        """The triple that says that the store is not finished."""
        return _line(ox.NamedNode(self.graph), KG.unfinished, ox.Literal("true", datatype=XSD.boolean))


def count_graphs(remote: RemoteStore) -> dict[str, int] | None:
    """How many triples each named graph holds; None where the store cannot say.

    Raises:
        RemoteError: It cannot be reached.
    """
    rows = _counted(remote, "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    return None if rows is None else {graph: count for graph, count in rows if graph}


def count_seen(remote: RemoteStore) -> int | None:
    """How many triples a query without a dataset sees; None where the store cannot say.

    Raises:
        RemoteError: It cannot be reached.
    """
    rows = _counted(remote, "SELECT ('' AS ?g) (COUNT(*) AS ?n) { ?s ?p ?o }")
    return rows[0][1] if rows else None


def _counted(remote: RemoteStore, text: str) -> list[tuple[str, int]] | None:
    try:
        rows = remote.select(text).rows
    except RemoteError as error:
        if error.status in {None, 401, 403}:
            raise
        return None
    return [(str(graph or ""), int(str(count))) for graph, count in rows]


def _line(subject: ox.NamedNode, predicate: ox.NamedNode, object_: ox.Literal) -> str:
    return line_of(ox.Triple(subject, predicate, object_))
