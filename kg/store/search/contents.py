"""Reads from a store all that can be found: entities by name, articles by headline, relations by sentence.

Quads are read by predicate, which takes half the time of a look-up of each entity.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pyoxigraph as ox

from kg.rdf.graphs import DEFAULT
from kg.rdf.iris import entity_id
from kg.rdf.quads import iri_of, term_text
from kg.store.graphs import ArticleGraphs
from kg.store.search.records import ARTICLE, RELATION, Thing
from kg.types import EntityType
from kg.vocabulary import ITSRDF, KG, NIF, OWL, RDF, SCHEMA, SKOS, WIKIDATA, Actor, Vocabulary


def read_things(data: ox.Store, vocabulary: Vocabulary, base: str) -> list[Thing]:
    """All that can be found, the most linked first: by relations, mentions and IRI.

    Takes some 3 s for a million quads.

    >>> from kg.vocabulary import BASE, load_vocabulary
    >>> read_things(ox.Store(), load_vocabulary(), BASE)
    []
    """
    said = _Said(data, base)
    things = [*_entities(said, vocabulary), *_articles(said), *_relations(said)]
    return sorted(things, key=lambda thing: (-thing.relations, -thing.mentions, thing.iri))


class _Said:
    """What the articles say, not what is derived or inferred from it."""

    def __init__(self, data: ox.Store, base: str) -> None:
        self.data = data
        self.articles = ArticleGraphs(base)
        merges = data.quads_for_pattern(None, KG.mergedInto, None, DEFAULT)
        self._merged = {iri_of(quad.subject): iri_of(quad.object) for quad in merges}

    def quads(self, predicate: ox.NamedNode, item: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        quads = self.data.quads_for_pattern(None, predicate, item, None)
        return (quad for quad in quads if quad.graph_name in self.articles)

    def ends(self) -> Counter[str]:
        """Of how many relations each entity is an end."""
        quads = [quad for end in (KG.subject, KG.object) for quad in self.quads(end)]
        return Counter(iri for _, iri in {(quad.subject, self._shown(quad)) for quad in quads})

    def mentions(self) -> Counter[str]:
        """How often each entity is mentioned."""
        return Counter(map(self._shown, self.quads(ITSRDF.taIdentRef)))

    def merged_ids(self) -> dict[str, list[str]]:
        """The ids of those that are shown as another, by the IRI of that."""
        ids: dict[str, list[str]] = {}
        for iri, into in self._merged.items():
            ids.setdefault(into, []).append(entity_id(iri))
        return ids

    def _shown(self, quad: ox.Quad) -> str:
        """The IRI of the entity that is the object, or of that which it is shown as."""
        iri = iri_of(quad.object)
        return self._merged.get(iri, iri)


def _entities(said: _Said, vocabulary: Vocabulary) -> Iterator[Thing]:
    relations, mentions, merged = said.ends(), said.mentions(), said.merged_ids()
    kinds = _kinds(said.data, vocabulary)
    names, aliases = _described(said.data, SKOS.prefLabel), _described(said.data, SKOS.altLabel)
    countries, same = _described(said.data, KG.country), _described(said.data, OWL.sameAs)
    actors = {actor.id: actor for actor in vocabulary.actors}
    for iri, found in names.items():
        id_, ids = entity_id(iri), tuple(sorted(merged.get(iri, ())))
        others = {name for one in (id_, *ids) if one in actors for name in _names(actors[one])}
        items = [item.removeprefix(WIKIDATA) for item in same.get(iri, ()) if item.startswith(WIKIDATA)]
        yield Thing(
            iri=iri,
            id=id_,
            kind=kinds.get(iri, EntityType.THING),
            name=min(found),
            others=tuple(sorted({*others, *aliases.get(iri, ())} - {min(found)})),
            identifiers=ids,
            country=min(countries.get(iri, ()), default=None),
            wikidata=min(items, default=None),
            relations=relations[iri],
            mentions=mentions[iri],
        )


def _kinds(data: ox.Store, vocabulary: Vocabulary) -> dict[str, EntityType]:
    """The types of entities by their IRIs; of several the first."""
    kinds: dict[str, EntityType] = {}
    for kind in EntityType:
        node = ox.NamedNode(vocabulary.types[kind].iri)
        for quad in data.quads_for_pattern(None, RDF.type, node, DEFAULT):
            kinds.setdefault(iri_of(quad.subject), kind)
    return kinds


def _described(data: ox.Store, predicate: ox.NamedNode) -> dict[str, list[str]]:
    """What the descriptions of entities say with a predicate, by their IRIs."""
    found: dict[str, list[str]] = {}
    for quad in data.quads_for_pattern(None, predicate, None, DEFAULT):
        found.setdefault(iri_of(quad.subject), []).append(term_text(quad.object))
    return found


def _names(actor: Actor) -> tuple[str, ...]:
    return (actor.name, *actor.aliases)


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
    for evidence in said.quads(KG.evidence):
        iri = iri_of(evidence.subject)
        if isinstance(evidence.object, ox.NamedNode):
            texts = said.data.quads_for_pattern(evidence.object, NIF.anchorOf, None, evidence.graph_name)
            for text in texts:
                yield Thing(iri=iri, id=iri.rpartition("/")[2], kind=RELATION, name=term_text(text.object))
