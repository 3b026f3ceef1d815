"""What a store must take out and put in when an article comes, changes or goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kg.rdf.entities import (
    description_quads,
    entity_node,
    merge_entities,
    read_appearance,
    read_description,
)
from kg.rdf.graphs import DEFAULT
from kg.rdf.quads import Term, index_quads, said_of, value
from kg.store.descriptions import description_of, presented_entity
from kg.store.graphs import ArticleGraphs
from kg.store.incoming import Incoming
from kg.types import Entity, Status
from kg.vocabulary import KG, PROV, Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Quads to take out and to put in, together in one transaction."""

    removed: frozenset[ox.Quad] = frozenset()
    added: tuple[ox.Quad, ...] = ()
    emptied: tuple[ox.NamedNode | ox.DefaultGraph, ...] = ()
    """Graphs of which nothing stays but what is added."""

    def __bool__(self) -> bool:
        return bool(self.removed or self.added or self.emptied)

    def __or__(self, other: Changes) -> Changes:
        """Both together; they must not touch the same quads."""
        return Changes(
            removed=self.removed | other.removed,
            added=self.added + other.added,
            emptied=self.emptied + other.emptied,
        )


MANY = 2_000
"""Quads from which on they are written as new files: the engine keeps those of its journal in memory, up to
half a gigabyte, but files cost some milliseconds, however small."""


class Planner:
    """Works out what changes when articles are forgotten and others come; changes nothing itself.

    An article that comes again with another reading is both gone and incoming. What the default graph says is
    taken to be derived from the articles' graphs without merges (`kg.store.merging`).
    """

    def __init__(
        self,
        store: ox.Store,
        vocabulary: Vocabulary,
        base: str,
        *,
        gone: Iterable[ox.NamedNode],
        incoming: Sequence[Incoming] = (),
    ) -> None:
        """Reads what stands in the graphs of the articles, and what shall."""
        self.store = store
        self.vocabulary = vocabulary
        self.base = base
        self.gone = tuple(gone)
        self.incoming = incoming
        self.articles = ArticleGraphs(base)
        self.arriving: dict[str, list[Entity]] = {}
        for entity in (entity for one in incoming for entity in one.entities):
            self.arriving.setdefault(entity_node(entity.id, base).value, []).append(entity)
        self.graphs_after = [quad for one in incoming for quad in one.quads]
        self.graphs_before = set(self._graphs_before())
        self._read: dict[ox.NamedNode, list[ox.Quad]] = {}

    @property
    def is_idle(self) -> bool:
        """Whether all articles' graphs stay as they are, and so all that is derived from them."""
        if not self.graphs_before:  # and so there is nothing to compare, which takes time
            return not self.graphs_after
        return self.graphs_before == set(self.graphs_after)

    def plan(self) -> Changes:
        """What to take out and to put in."""
        old, new = set(self._default_before()), dict.fromkeys(self._default_after())
        stay = {one.article for one in self.incoming}
        leaving: set[ox.Quad] = set()
        arriving: Iterable[ox.Quad] = self.graphs_after
        if self.graphs_before:
            leaving = self.graphs_before.difference(self.graphs_after)
            arriving = (quad for quad in dict.fromkeys(arriving) if quad not in self.graphs_before)
        return Changes(
            removed=frozenset(leaving | (old - new.keys())),
            added=(
                *arriving,
                *(quad for quad in new if quad not in old and quad not in self.store),
            ),
            emptied=tuple(article for article in self.gone if article not in stay),
        )

    def describe_anew(self, nodes: Iterable[ox.NamedNode]) -> Changes:
        """What to change so that entities are described as the stored articles present them."""
        wanted = list(nodes)
        old = {quad for node in wanted for quad in self._description(node)}
        new = dict.fromkeys(quad for node in wanted for quad in self._described(self._appearances(node)))
        return Changes(
            removed=frozenset(old - new.keys()), added=tuple(quad for quad in new if quad not in old)
        )

    def _graphs_before(self) -> Iterator[ox.Quad]:
        for article in self.gone:
            yield from self.store.quads_for_pattern(None, None, None, article)

    def _default_before(self) -> Iterator[ox.Quad]:
        """Those quads of the default graph that the change can touch."""
        for node in self._touched:
            yield from self._description(node)
        for article in self.gone:
            yield from self._direct(article)
            for agent in self._agents(article):
                yield from self.store.quads_for_pattern(agent, None, None, DEFAULT)
            for repeats in (KG.copyOf, KG.versionOf):
                yield from self.store.quads_for_pattern(article, repeats, None, DEFAULT)
                yield from self.store.quads_for_pattern(None, repeats, article, DEFAULT)

    def _default_after(self) -> Iterator[ox.Quad]:
        """What the default graph says of the same things after the change."""
        for node in self._touched:
            yield from self._merged_description(node)
        for article in self.gone:
            yield from (quad for quad in self._direct(article) if self._is_carried(quad))
            for agent in self._agents(article):
                if self._is_used(agent):
                    yield from self.store.quads_for_pattern(agent, None, None, DEFAULT)
        for one in self.incoming:
            yield from one.derived

    @cached_property
    def _touched(self) -> list[ox.NamedNode]:
        """The entities whose description may change, sorted: not those that come again as they go."""
        leaving: dict[str, list[Entity]] = {}
        for said in index_quads(self.graphs_before).values():
            iri = value(said, KG.appearanceOf)
            if iri is not None:
                leaving.setdefault(iri, []).append(read_appearance(said, self.vocabulary))
        return [
            ox.NamedNode(iri)
            for iri in sorted(leaving.keys() | self.arriving.keys())
            if leaving.get(iri) != self.arriving.get(iri)
        ]

    def _description(self, node: ox.NamedNode) -> list[ox.Quad]:
        """How the entity is described before the change."""
        if node not in self._read:
            self._read[node] = description_of(self.store, node)
        return self._read[node]

    def _merged_description(self, node: ox.NamedNode) -> Iterator[ox.Quad]:
        known = self._appearances(node) if self.gone else self._known(node)
        return self._described([*known, *self.arriving.get(node.value, ())])

    def _described(self, known: Sequence[Entity]) -> Iterator[ox.Quad]:
        return description_quads(merge_entities(known), self.vocabulary, self.base) if known else iter(())

    def _known(self, node: ox.NamedNode) -> list[Entity]:
        """The entity as it is described; enough where nothing is forgotten, since merging is associative."""
        entity = read_description(node.value, said_of(self._description(node)), self.vocabulary)
        return [entity] if entity else []

    def _appearances(self, node: ox.NamedNode) -> list[Entity]:
        """The entity as each article presents it, but for those that go."""
        return [
            presented_entity(self.store, quad, self.vocabulary)
            for quad in self.store.quads_for_pattern(None, KG.appearanceOf, node, None)
            if self._stays(quad)
        ]

    def _said(self, quad: ox.Quad) -> dict[str, list[Term]]:
        """All that is said of the quad's subject where the quad stands."""
        return said_of(self.store.quads_for_pattern(quad.subject, None, None, quad.graph_name))

    def _direct(self, article: ox.NamedNode) -> Iterator[ox.Quad]:
        """The direct triples that the relations of a stored article carry."""
        for typed in self.store.quads_for_pattern(None, KG.property, None, article):
            said = self._said(typed)
            if _asserted(self.vocabulary) in said.get(KG.status.value, ()):
                subject, object_ = said[KG.subject.value][0], said[KG.object.value][0]
                if isinstance(subject, ox.NamedNode) and isinstance(typed.object, ox.NamedNode):
                    yield ox.Quad(subject, typed.object, object_, DEFAULT)

    def _is_carried(self, direct: ox.Quad) -> bool:
        """Whether an asserted relation of an article that stays carries the direct triple."""
        asserted = _asserted(self.vocabulary)
        for quad in self.store.quads_for_pattern(None, KG.subject, direct.subject, None):
            wanted = ((KG.property, direct.predicate), (KG.object, direct.object), (KG.status, asserted))
            if self._stays(quad) and all(
                ox.Quad(quad.subject, predicate, item, quad.graph_name) in self.store
                for predicate, item in wanted
            ):
                return True
        return False

    def _agents(self, article: ox.NamedNode) -> list[ox.NamedNode]:
        quads = self.store.quads_for_pattern(None, PROV.wasAssociatedWith, None, article)
        return [quad.object for quad in quads if isinstance(quad.object, ox.NamedNode)]

    def _is_used(self, agent: ox.NamedNode) -> bool:
        quads = self.store.quads_for_pattern(None, PROV.wasAssociatedWith, agent, None)
        return any(map(self._stays, quads))

    def _stays(self, quad: ox.Quad) -> bool:
        """Whether an article says it that is not forgotten."""
        return quad.graph_name in self.articles and quad.graph_name not in self.gone


def apply(changes: Changes, store: ox.Store) -> None:
    """Makes the changes in one transaction."""
    if not changes.removed and not changes.emptied:
        # New files of the engine, which take their place together, cost half the time of its journal.
        many = len(changes.added) >= MANY
        (store.bulk_extend if many else store.extend)(changes.added)
        return
    emptied = "".join(f"DROP SILENT {_graph(graph)} ;\n" for graph in changes.emptied)
    removed = [quad for quad in changes.removed if quad.graph_name not in changes.emptied]
    store.update(f"{emptied}DELETE DATA {{ {_data(removed)} }} ;\nINSERT DATA {{ {_data(changes.added)} }}")


def _graph(graph: ox.NamedNode | ox.DefaultGraph) -> str:
    return f"GRAPH {graph}" if isinstance(graph, ox.NamedNode) else "DEFAULT"


def _data(quads: Iterable[ox.Quad]) -> str:
    """The quads as SPARQL takes them: N-Triples escapes are those of SPARQL."""
    lines: list[str] = []
    for quad in quads:
        triple = f"{quad.subject} {quad.predicate} {quad.object} ."
        named = isinstance(quad.graph_name, ox.NamedNode)
        lines.append(f"GRAPH {quad.graph_name} {{ {triple} }}" if named else triple)
    return "\n".join(lines)


def _asserted(vocabulary: Vocabulary) -> ox.NamedNode:
    return ox.NamedNode(vocabulary.statuses[Status.ASSERTED].iri)
