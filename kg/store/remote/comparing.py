"""What a store lacks of a graph here, and what it holds beyond it."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from kg.rdf.graphs import DEFAULT, graph_node, is_claim
from kg.rdf.iris import NamedGraph
from kg.rdf.ontology import ontology_quads
from kg.store.fingerprint import CHUNK, fingerprint, sorted_parts
from kg.store.remote.client import RemoteStore
from kg.store.remote.portions import line_of
from kg.store.remote.records import Held, Records, count_seen
from kg.store.store import Store

_AT_ONCE = 20_000
"""Triples that are read of a store at once: some 6 MB."""


class LocalGraphs:
    """The graphs of a store here that are pushed: all but those of builds, as `kg export` writes them."""

    def __init__(self, store: Store) -> None:
        self.data = store.data
        self.base = store.base
        self.ontology: Path | None = store.ontology
        self.counts: dict[str, int] = {}
        """Triples of each graph that was read."""

    def names(self) -> Iterator[str]:
        """The IRIs of its named graphs, in order."""
        apart = {graph_node(NamedGraph.BUILDS, self.base), graph_node(NamedGraph.ONTOLOGY, self.base)}
        yield from sorted(
            one.value
            for one in self.data.named_graphs()
            if isinstance(one, ox.NamedNode) and one not in apart and not is_claim(one, self.base)
        )
        if self.ontology is not None:
            yield graph_node(NamedGraph.ONTOLOGY, self.base).value

    def quads(self, graph: str | None) -> Iterable[ox.Quad]:
        """The quads of a graph, each once; of the default graph for None."""
        if self.ontology is not None and graph == graph_node(NamedGraph.ONTOLOGY, self.base).value:
            return dict.fromkeys(ontology_quads(self.ontology, self.base))
        name = DEFAULT if graph is None else ox.NamedNode(graph)
        return self.data.quads_for_pattern(None, None, None, name)

    def hash(self, graph: str | None) -> str:
        """SHA-256 of what a graph says (RDFC-1.0); counts its triples too."""
        key, counted = graph or "", Counter[str]()

        def _counting(quad: ox.Quad) -> ox.Quad:
            counted[key] += 1
            return quad

        digest = fingerprint(map(_counting, self.quads(graph)))
        self.counts[key] = counted[key]
        return digest


@dataclass(slots=True, kw_only=True)
class Difference:
    """What is to be done so that a store says what a graph here does."""

    changed: dict[str, str] = field(default_factory=dict)
    """Hashes of the named graphs that are put, by their IRIs."""
    gone: list[str] = field(default_factory=list)
    """Named graphs that are taken out."""
    forgotten: list[tuple[str, str]] = field(default_factory=list)
    """Hashes that the store keeps of what changes or goes, with the graphs that they are of."""
    recorded: dict[str, str] = field(default_factory=dict)
    """Hashes that the store does not keep, of named graphs that it holds as they are."""
    unchanged: int = 0
    """Named graphs that the store holds as they are."""
    default: str | None = None
    """The hash of the default graph, where that changes; else None."""
    unknown: int = 0
    """Articles that the store holds, and none of which is here."""

    def __bool__(self) -> bool:
        forgotten = self.changed or self.gone or self.forgotten
        return bool(forgotten or self.recorded or self.default is not None)


def compare(local: LocalGraphs, held: Held, records: Records, *, again: bool = False) -> Difference:
    """What a store lacks of the named graphs, and which it holds that are gone here.

    A graph is the same if the store keeps its hash, and holds as many triples.

    Args:
        local: The graphs here.
        held: What the store says that it holds.
        records: How it says that.
        again: Whether all graphs are put, whatever it holds.
    """
    found = Difference()
    here = set()
    for graph in local.names():
        here.add(graph)
        digest = local.hash(graph)
        is_counted = held.counts is None or held.counts.get(graph, 0) == local.counts[graph]
        if held.keeps(graph, digest) and is_counted and not again:
            found.unchanged += 1
        else:
            found.changed[graph] = digest
    there = {graph for graph in held.counts or () if records.owns(graph)} | held.hashes.keys()
    found.gone = sorted(there - here - {records.default})
    articles = [graph for graph in there if records.is_article(graph)]
    if articles and here.isdisjoint(articles):
        found.unknown = len(articles)
    changing = (*found.changed, *found.gone)
    found.forgotten = [(graph, one) for graph in changing for one in sorted(held.hashes.get(graph, ()))]
    return found


def recognize(found: Difference, held: Held, remote: RemoteStore, local: LocalGraphs) -> None:
    """Takes graphs out of what is put that a store holds as they are, though it keeps no hash of them.

    They came there by another way than a push. Those with as many triples are read, and hashed.

    Raises:
        RemoteError: The store does not answer.
    """
    counts = held.counts or {}
    wanted = [
        graph for graph in found.changed
        if graph not in held.hashes and 0 < counts.get(graph, 0) == local.counts[graph]
    ]  # fmt: skip
    for some in _runs(wanted, counts):
        names = " ".join(f"<{graph}>" for graph in some)
        there: dict[str, list[ox.Quad]] = {graph: [] for graph in some}
        text = f"SELECT ?s ?p ?o ?g {{ VALUES ?g {{ {names} }} GRAPH ?g {{ ?s ?p ?o }} }}"
        for row in remote.select(text).terms:
            quad = ox.Quad(*row)  # type: ignore[arg-type]  # a store gives what triples are made of
            there[quad.graph_name.value].append(quad)  # type: ignore[union-attr]  # GRAPH gives named ones
        for graph in some:
            if fingerprint(there[graph]) == found.changed[graph]:
                found.recorded[graph] = found.changed.pop(graph)
                found.unchanged += 1


def _runs(graphs: Iterable[str], counts: Mapping[str, int]) -> Iterator[list[str]]:
    """The graphs in runs that hold some thousand triples each."""
    run: list[str] = []
    size = 0
    for graph in graphs:
        if run and size + counts[graph] > _AT_ONCE:
            yield run
            run, size = [], 0
        run.append(graph)
        size += counts[graph]
    if run:
        yield run


def counts_as_same(local: LocalGraphs, held: Held, remote: RemoteStore) -> bool:
    """Whether a store holds as many triples in its default graph as are here, whose hash it keeps."""
    wanted, counts = local.counts[""], held.counts
    if counts is None:
        return True
    if remote.default_graph is not None:
        return counts.get(remote.default_graph, 0) == wanted
    seen = count_seen(remote)
    # A store shows queries its default graph, or the union of all its graphs, which share no triple.
    return seen is None or seen in {wanted, wanted + sum(counts.values())}


def differing_lines(local: LocalGraphs, remote: RemoteStore) -> Iterator[tuple[str, bool]]:
    """The triples of the default graphs that stand in one of them alone, and whether that is the one here.

    What is in the store beyond ours and not about a thing of ours is passed over. Both are sorted in parts,
    so that their size does not matter.

    Raises:
        RemoteError: The store does not answer.
    """
    with ExitStack() as files:
        ours = sorted_parts(map(_bytes, local.quads(None)), CHUNK, files)
        here = heapq.merge(*[((line, True) for line in part) for part in ours])
        parts = remote.read_graph(remote.default_graph, partial(_sorted_ours, base=local.base, files=files))
        there = heapq.merge(*[((line, False) for line in part) for part in parts])
        for line, found in groupby(heapq.merge(here, there), key=lambda pair: pair[0]):
            sides = {is_here for _, is_here in found}
            if len(sides) == 1:
                yield line.decode(), sides.pop()


def _sorted_ours(triples: Iterator[ox.Triple], *, base: str, files: ExitStack) -> list[Iterable[bytes]]:
    """The triples about what has an IRI under the base, sorted in parts; read anew after a cut."""
    start = f"<{base}"
    lines = (_bytes(one) for one in triples if str(one.subject).startswith(start))
    return list(sorted_parts(lines, CHUNK, files))


def _bytes(triple: ox.Quad | ox.Triple) -> bytes:
    return line_of(triple).encode()
