"""What follows from judgements, in the default graph: one description and one node for those judged the same.

The articles' graphs stay as they are. For each entity that is merged into another the default graph

- says so (`kg:mergedInto`), in place of a description and direct triples of its own;
- gives the other all its names, and its direct triples;
- repeats what points to it in the articles (ends of relations, mentions, appearances) with the other, so
  that a query that goes from a relation to its ends' names finds the one node, and need know nothing of this.

All of it is derived from the articles and the mapping: another mapping, or none, gives another default graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import pyoxigraph as ox

from kg.rdf.entities import (
    description_predicates,
    description_quads,
    entity_node,
    merge_entities,
)
from kg.rdf.graphs import DEFAULT
from kg.rdf.iris import entity_id
from kg.rdf.quads import iri_of
from kg.store.changes import Changes
from kg.store.descriptions import presented_entity
from kg.store.graphs import ArticleGraphs
from kg.types import Entity, Status
from kg.vocabulary import ITSRDF, KG, Vocabulary

POINTERS = (KG.subject, KG.object, KG.attribution, KG.place, ITSRDF.taIdentRef, KG.appearanceOf)
"""What points from an article's graph to an entity."""

Merges = Mapping[str, str]
"""Ids of entities that are merged, and the id that each is merged into."""


def read_merges(data: ox.Store) -> dict[str, str]:
    """Which entity is merged into which in a store, by id."""
    quads = data.quads_for_pattern(None, KG.mergedInto, None, DEFAULT)
    return {entity_id(iri_of(quad.subject)): entity_id(iri_of(quad.object)) for quad in quads}


def merging(data: ox.Store, vocabulary: Vocabulary, base: str, merges: Merges) -> Changes:
    """What changes in the default graph so that it says that these entities, and no others, are merged.

    Entities that no article names are left out.
    """
    before = read_merges(data)
    touched = {*before, *before.values(), *merges, *merges.values()}
    nodes = {entity_node(identifier, base) for identifier in touched}
    derived = _Derived(data, vocabulary, base)
    old = set(derived.present(nodes))
    new = dict.fromkeys(derived.wanted(touched, merges))
    return Changes(removed=frozenset(old - new.keys()), added=tuple(quad for quad in new if quad not in old))


class _Derived:
    """What the default graph says, and what it ought to say, of some entities."""

    def __init__(self, data: ox.Store, vocabulary: Vocabulary, base: str) -> None:
        self.data = data
        self.vocabulary = vocabulary
        self.base = base
        self.articles = ArticleGraphs(base)
        self.properties = {ox.NamedNode(record.iri) for record in vocabulary.properties.values()}
        self.asserted = ox.NamedNode(vocabulary.statuses[Status.ASSERTED].iri)

    def present(self, nodes: Iterable[ox.NamedNode]) -> Iterator[ox.Quad]:
        """All quads of the default graph that a merge can touch."""
        described = {*description_predicates(), KG.mergedInto, *self.properties}
        for node in nodes:
            for quad in self.data.quads_for_pattern(node, None, None, DEFAULT):
                if quad.predicate in described:
                    yield quad
            for quad in self.data.quads_for_pattern(None, None, node, DEFAULT):
                if quad.predicate in self.properties or quad.predicate in POINTERS:
                    yield quad

    def wanted(self, touched: Iterable[str], merges: Merges) -> Iterator[ox.Quad]:
        """What the default graph ought to say of the same entities."""
        members: dict[str, list[str]] = {}
        for identifier in sorted(touched):
            members.setdefault(merges.get(identifier, identifier), []).append(identifier)
        for stays, those in members.items():
            yield from self._described(stays, those)
        for identifier in sorted(touched):
            yield from self._pointed(identifier, merges)
            yield from self._direct(identifier, merges)

    def _described(self, stays: str, those: Iterable[str]) -> Iterator[ox.Quad]:
        """One description for all, with the name, type and codes of the one that stays, where it has them."""
        found = {identifier: self._appearances(identifier) for identifier in those}
        present = {identifier: merge_entities(entities) for identifier, entities in found.items() if entities}
        if not present:
            return
        first = present.get(stays) or present[min(present)]
        names = {name for entity in present.values() for name in (entity.name, *entity.aliases)}
        whole = merge_entities(replace(entity, id=stays) for entity in present.values())
        yield from description_quads(
            Entity(
                id=stays,
                name=first.name,
                type=first.type,
                aliases=tuple(sorted(names - {first.name})),
                country=first.country or whole.country,
                sector=first.sector or whole.sector,
                wikidata=first.wikidata or whole.wikidata,
            ),
            self.vocabulary,
            self.base,
        )
        for identifier in present.keys() - {stays}:
            yield ox.Quad(self._node(identifier), KG.mergedInto, self._node(stays), DEFAULT)

    def _appearances(self, identifier: str) -> list[Entity]:
        quads = self.data.quads_for_pattern(None, KG.appearanceOf, self._node(identifier), None)
        said = (quad for quad in quads if quad.graph_name in self.articles)
        return [presented_entity(self.data, quad, self.vocabulary) for quad in said]

    def _pointed(self, identifier: str, merges: Merges) -> Iterator[ox.Quad]:
        """What points to a merged entity, with the entity that it is merged into."""
        if identifier not in merges:
            return
        for predicate in POINTERS:
            for quad in self.data.quads_for_pattern(None, predicate, self._node(identifier), None):
                if quad.graph_name in self.articles:
                    yield ox.Quad(quad.subject, predicate, self._node(merges[identifier]), DEFAULT)

    def _direct(self, identifier: str, merges: Merges) -> Iterator[ox.Quad]:
        """The direct triples of the asserted relations of an entity, with the nodes that stay."""
        for end in (KG.subject, KG.object):
            for quad in self.data.quads_for_pattern(None, end, self._node(identifier), None):
                if quad.graph_name in self.articles:
                    yield from self._direct_of(quad, merges)

    def _direct_of(self, end: ox.Quad, merges: Merges) -> Iterator[ox.Quad]:
        quads = self.data.quads_for_pattern(end.subject, None, None, end.graph_name)
        said = {quad.predicate: quad.object for quad in quads}
        predicate = said.get(KG.property)
        if said.get(KG.status) == self.asserted and isinstance(predicate, ox.NamedNode):
            ends = [self._standing(said[end], merges) for end in (KG.subject, KG.object)]
            yield ox.Quad(ends[0], predicate, ends[1], DEFAULT)

    def _standing(self, end: object, merges: Merges) -> ox.NamedNode:
        identifier = entity_id(iri_of(end))
        return self._node(merges.get(identifier, identifier))

    def _node(self, identifier: str) -> ox.NamedNode:
        return entity_node(identifier, self.base)
