"""Reads from a store all that can be found: entities by name, articles by headline, relations by sentence.

Quads are read by predicate, which takes half the time of a look-up of each entity.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kg.rdf.entities import entity_node
from kg.rdf.graphs import DEFAULT
from kg.rdf.iris import entity_id
from kg.rdf.quads import iri_of, term_text
from kg.store.graphs import ArticleGraphs
from kg.store.reading import known_entities
from kg.store.search.records import ARTICLE, RELATION, Thing
from kg.types import Entity
from kg.vocabulary import ITSRDF, KG, NIF, RDF, SCHEMA, Actor, Vocabulary

Merged = Mapping[str, str]
"""IRIs of entities that are shown as another, and the IRI of that."""


def read_things(data: ox.Store, vocabulary: Vocabulary, base: str) -> list[Thing]:
    """All that can be found, the most linked first: by relations, mentions and IRI.

    Takes some 2 s for a million quads.

    >>> from kg.vocabulary import BASE, load_vocabulary
    >>> read_things(ox.Store(), load_vocabulary(), BASE)
    []
    """
    said = _Said(data, base)
    things = [*_entities(said, vocabulary, base), *_articles(said), *_relations(said)]
    return sorted(things, key=lambda thing: (-thing.relations, -thing.mentions, thing.iri))


class _Said:
    """What the articles say, not what is derived or inferred from it."""

    def __init__(self, data: ox.Store, base: str) -> None:
        self.data = data
        self.articles = ArticleGraphs(base)
        merges = data.quads_for_pattern(None, KG.mergedInto, None, DEFAULT)
        self.merged = {iri_of(quad.subject): iri_of(quad.object) for quad in merges}

    def quads(self, predicate: ox.NamedNode, item: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        quads = self.data.quads_for_pattern(None, predicate, item, None)
        return (quad for quad in quads if quad.graph_name in self.articles)

    def shown(self, node: object) -> str:
        """The IRI of an entity, or of that which it is shown as."""
        iri = iri_of(node)
        return self.merged.get(iri, iri)


def _entities(said: _Said, vocabulary: Vocabulary, base: str) -> Iterator[Thing]:
    actors = {actor.id: actor for actor in vocabulary.actors}
    ends = {
        (quad.subject, said.shown(quad.object)) for end in (KG.subject, KG.object) for quad in said.quads(end)
    }
    relations = Counter(iri for _, iri in ends)
    mentions = Counter(said.shown(quad.object) for quad in said.quads(ITSRDF.taIdentRef))
    merged: dict[str, list[str]] = {}
    for iri, into in said.merged.items():
        merged.setdefault(into, []).append(entity_id(iri))
    for entity in known_entities(said.data, vocabulary):
        iri = entity_node(entity.id, base).value
        ids = sorted(merged.get(iri, ()))
        yield Thing(
            iri=iri,
            id=entity.id,
            kind=entity.type.value,
            name=entity.name,
            others=_others(entity, (actors[one] for one in (entity.id, *ids) if one in actors)),
            identifiers=tuple(ids),
            country=entity.country,
            wikidata=entity.wikidata,
            relations=relations[iri],
            mentions=mentions[iri],
        )


def _others(entity: Entity, actors: Iterable[Actor]) -> tuple[str, ...]:
    """The names beside the first, those of the registry too."""
    names = {*entity.aliases, *(name for actor in actors for name in (actor.name, *actor.aliases))}
    return tuple(sorted(names - {entity.name}))


def _articles(said: _Said) -> Iterator[Thing]:
    stated = Counter(iri_of(quad.graph_name) for quad in said.quads(RDF.type, KG.Relation))
    ids = {quad.subject: term_text(quad.object) for quad in said.quads(SCHEMA.identifier)}
    for quad in said.quads(SCHEMA.headline):
        iri = iri_of(quad.subject)
        yield Thing(
            iri=iri,
            id=ids.get(quad.subject, ""),
            kind=ARTICLE,
            name=term_text(quad.object),
            relations=stated[iri],
        )


def _relations(said: _Said) -> Iterator[Thing]:
    sentences: dict[object, str] = {}
    for sentence in said.quads(RDF.type, NIF.Sentence):
        for quad in said.data.quads_for_pattern(sentence.subject, NIF.anchorOf, None, sentence.graph_name):
            sentences[quad.subject] = term_text(quad.object)
    for quad in said.quads(KG.evidence):
        iri, name = iri_of(quad.subject), sentences.get(quad.object)
        if name is not None:
            yield Thing(iri=iri, id=iri.rpartition("/")[2], kind=RELATION, name=name)
