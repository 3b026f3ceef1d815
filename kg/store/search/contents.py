"""Reads from a store all that can be found: entities by name, articles by headline, relations by sentence.

One by one, with what is said of each looked up, so that memory does not grow with the graph.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.rdf.entities import entity_node
from kg.rdf.graphs import DEFAULT
from kg.rdf.iris import entity_id
from kg.rdf.quads import iri_of, term_text
from kg.store.descriptions import described_entity
from kg.store.graphs import ArticleGraphs
from kg.store.merging import read_merges
from kg.store.search.records import ARTICLE, RELATION, Thing
from kg.vocabulary import ITSRDF, KG, NIF, RDF, SCHEMA, SKOS, Vocabulary


def read_things(data: ox.Store, vocabulary: Vocabulary, base: str) -> Iterator[Thing]:
    """All that can be found, in no order.

    Takes some 3 s for a million quads.

    >>> from kg.vocabulary import BASE, load_vocabulary
    >>> list(read_things(ox.Store(), load_vocabulary(), BASE))
    []
    """
    said = _Said(data, vocabulary, base)
    yield from said.entities()
    yield from said.articles()
    yield from said.relations()


class _Said:
    """What the articles say, not what is derived or inferred from it; each thing with what is said of it."""

    def __init__(self, data: ox.Store, vocabulary: Vocabulary, base: str) -> None:
        self._data = data
        self._vocabulary = vocabulary
        self._base = base
        self._articles = ArticleGraphs(base)
        self._actors = {actor.id: actor for actor in vocabulary.actors}
        self._merged: dict[str, list[str]] = {}
        """The ids of those that are shown as another, by the id of that."""
        for one, into in sorted(read_merges(data).items()):
            self._merged.setdefault(into, []).append(one)

    def entities(self) -> Iterator[Thing]:
        for quad in self._data.quads_for_pattern(None, SKOS.prefLabel, None, DEFAULT):
            if isinstance(quad.subject, ox.NamedNode):
                yield from self._entity(quad.subject)

    def articles(self) -> Iterator[Thing]:
        for quad in self._quads(SCHEMA.headline):
            ids = self._data.quads_for_pattern(quad.subject, SCHEMA.identifier, None, quad.graph_name)
            stated = self._data.quads_for_pattern(None, RDF.type, KG.Relation, quad.graph_name)
            yield Thing(
                iri=iri_of(quad.subject),
                id=next((term_text(one.object) for one in ids), ""),
                kind=ARTICLE,
                name=term_text(quad.object),
                relations=_count(stated),
            )

    def relations(self) -> Iterator[Thing]:
        for evidence in self._quads(KG.evidence):
            iri = iri_of(evidence.subject)
            if isinstance(evidence.object, ox.NamedNode):
                texts = self._data.quads_for_pattern(evidence.object, NIF.anchorOf, None, evidence.graph_name)
                for text in texts:
                    yield Thing(
                        iri=iri, id=iri.rpartition("/")[2], kind=RELATION, name=term_text(text.object)
                    )

    def _entity(self, node: ox.NamedNode) -> Iterator[Thing]:
        entity = described_entity(self._data, node, self._vocabulary)
        if entity is None:
            return
        id_ = entity_id(node.value)
        ids = self._merged.get(id_, [])
        nodes = [node, *(entity_node(one, self._base) for one in ids)]
        known = [self._actors[one] for one in (id_, *ids) if one in self._actors]
        others = {name for actor in known for name in (actor.name, *actor.aliases)}
        ends = (quad for one in nodes for end in (KG.subject, KG.object) for quad in self._quads(end, one))
        yield Thing(
            iri=node.value,
            id=id_,
            kind=entity.type,
            name=entity.name,
            others=tuple(sorted({*others, *entity.aliases} - {entity.name})),
            identifiers=tuple(ids),
            country=entity.country,
            wikidata=entity.wikidata,
            relations=len({quad.subject for quad in ends}),
            mentions=sum(_count(self._quads(ITSRDF.taIdentRef, one)) for one in nodes),
        )

    def _quads(self, predicate: ox.NamedNode, item: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        quads = self._data.quads_for_pattern(None, predicate, item, None)
        return (quad for quad in quads if quad.graph_name in self._articles)


def _count(quads: Iterator[ox.Quad]) -> int:
    return sum(1 for _ in quads)
