"""What the articles of a store say of each entity, for the judgement of who is one with whom.

Read from the articles' own graphs alone, so that judgements made before do not bear on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.actors.resolution.profiles import Profile, rare
from kg.rdf.entities import merge_entities, read_appearance
from kg.rdf.iris import entity_id
from kg.rdf.quads import Index, Term, index_quads, value, values
from kg.types import Entity, MentionKind
from kg.vocabulary import ITSRDF, KG, RDF, SCHEMA, Vocabulary

_APPEARANCE = (KG.appearanceOf, KG.entityType, KG.name, KG.alias, KG.country, KG.sector, KG.wikidata)
_DEFAULT = ox.DefaultGraph()


@dataclass(slots=True, kw_only=True)
class _Facts:
    """What is known of one entity while the articles are read."""

    appearances: list[Entity] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)
    posts: set[tuple[str, str]] = field(default_factory=set)
    partners: set[str] = field(default_factory=set)


def read_profiles(data: ox.Store, vocabulary: Vocabulary) -> list[Profile]:
    """A profile of every entity, sorted by id."""
    articles = {_text(quad.subject): _text(quad.object) for quad in _stated(data, SCHEMA.identifier)}
    facts = _read_appearances(data, vocabulary, articles)
    _read_relations(data, vocabulary, facts)
    named = _read_named(data) & facts.keys()
    few = rare(((identifier, len(facts[identifier].articles)) for identifier in named), len(articles))
    within: dict[str, set[str]] = {}
    for identifier in few:
        for article in facts[identifier].articles:
            within.setdefault(article, set()).add(identifier)
    known = {actor.id for actor in vocabulary.actors}
    return [
        Profile(
            entity=merge_entities(fact.appearances),
            is_named=identifier in named,
            is_known=identifier in known,
            articles=frozenset(fact.articles),
            posts=frozenset(fact.posts),
            companions=_union(within.get(article, set()) for article in fact.articles) - {identifier},
            partners=frozenset(fact.partners),
        )
        for identifier, fact in sorted(facts.items())
    ]


def _read_appearances(data: ox.Store, vocabulary: Vocabulary, articles: dict[str, str]) -> dict[str, _Facts]:
    quads = [quad for predicate in _APPEARANCE for quad in _stated(data, predicate)]
    graphs = {_text(quad.subject): _text(quad.graph_name) for quad in quads}
    facts: dict[str, _Facts] = {}
    for node, said in sorted(index_quads(quads).items()):
        entity = read_appearance(said, vocabulary)
        fact = facts.setdefault(entity.id, _Facts())
        fact.appearances.append(entity)
        fact.articles.add(articles.get(graphs[node], ""))
    return facts


def _read_relations(data: ox.Store, vocabulary: Vocabulary, facts: dict[str, _Facts]) -> None:
    ends = _indexed(data, (KG.subject, KG.object, KG.predicate))
    holds = ox.NamedNode(vocabulary.classes["HOLDS_POSITION"].iri)
    posts = {_text(quad.subject) for quad in data.quads_for_pattern(None, RDF.type, holds, None)}
    for node, said in ends.items():
        one, other = (entity_id(value(said, end) or "") for end in (KG.subject, KG.object))
        if one in facts and other in facts:
            facts[one].partners.add(other)
            if node in posts:
                facts[one].posts.add((value(said, KG.predicate) or "", other))


def _read_named(data: ox.Store) -> set[str]:
    """Ids of what some article names."""
    name = ox.Literal(MentionKind.NAME.value)
    mentions = {_text(quad.subject) for quad in data.quads_for_pattern(None, KG.mentionKind, name, None)}
    said = _indexed(data, (ITSRDF.taIdentRef,))
    return {entity_id(iri) for node in mentions for iri in values(said.get(node, {}), ITSRDF.taIdentRef)}


def _indexed(data: ox.Store, predicates: Iterable[ox.NamedNode]) -> Index:
    return index_quads(quad for predicate in predicates for quad in _stated(data, predicate))


def _stated(data: ox.Store, predicate: ox.NamedNode) -> Iterator[ox.Quad]:
    """What articles say with a predicate, not what is derived from it."""
    quads = data.quads_for_pattern(None, predicate, None, None)
    return (quad for quad in quads if quad.graph_name != _DEFAULT)


def _text(term: Term | ox.DefaultGraph) -> str:
    return term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else ""


def _union(sets: Iterable[set[str]]) -> frozenset[str]:
    return frozenset(item for items in sets for item in items)
