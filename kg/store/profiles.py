"""What the articles of a store say of each entity, for the judgement of who is one with whom.

Read from the articles' own graphs alone, so that judgements made before do not bear on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.actors.resolution.profiles import Profile, rare
from kg.rdf.entities import merge_entities, read_appearance
from kg.rdf.iris import entity_id
from kg.rdf.quads import Index, Term, index_quads, value, values
from kg.store.graphs import ArticleGraphs
from kg.types import Entity, MentionKind
from kg.vocabulary import ITSRDF, KG, RDF, SCHEMA, Vocabulary

_APPEARANCE = (KG.appearanceOf, KG.entityType, KG.name, KG.alias, KG.country, KG.sector, KG.wikidata)


@dataclass(slots=True, kw_only=True)
class _Facts:
    """What is known of one entity while the articles are read."""

    appearances: list[Entity] = field(default_factory=list)
    articles: set[str] = field(default_factory=set)
    posts: set[tuple[str, str]] = field(default_factory=set)
    partners: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Said:
    """What articles say, not what is derived or inferred from it."""

    data: ox.Store
    articles: ArticleGraphs

    def quads(
        self, predicate: ox.NamedNode, item: ox.NamedNode | ox.Literal | None = None
    ) -> Iterator[ox.Quad]:
        quads = self.data.quads_for_pattern(None, predicate, item, None)
        return (quad for quad in quads if quad.graph_name in self.articles)

    def index(self, predicates: Iterable[ox.NamedNode]) -> Index:
        return index_quads(quad for predicate in predicates for quad in self.quads(predicate))


def read_profiles(
    data: ox.Store, vocabulary: Vocabulary, base: str, originals: Mapping[str, str] | None = None
) -> list[Profile]:
    """A profile of every entity, sorted by id.

    Args:
        data: The store.
        vocabulary: What it is written with.
        base: Where its IRIs are minted.
        originals: Nodes of articles that repeat another, with that one's: how many articles name something
            is counted in independent reports.
    """
    said = _Said(data, ArticleGraphs(base))
    articles = {_text(quad.subject): _text(quad.object) for quad in said.quads(SCHEMA.identifier)}
    facts = _read_appearances(said, vocabulary, articles)
    _read_relations(said, vocabulary, facts)
    named = _read_named(said) & facts.keys()
    reports = {name: articles.get((originals or {}).get(node, node), name) for node, name in articles.items()}
    counts = ((one, len({reports[name] for name in facts[one].articles if name in reports})) for one in named)
    few = rare(counts, len(set(reports.values())))
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


def _read_appearances(said: _Said, vocabulary: Vocabulary, articles: dict[str, str]) -> dict[str, _Facts]:
    quads = [quad for predicate in _APPEARANCE for quad in said.quads(predicate)]
    graphs = {_text(quad.subject): _text(quad.graph_name) for quad in quads}
    facts: dict[str, _Facts] = {}
    for node, appearance in sorted(index_quads(quads).items()):
        entity = read_appearance(appearance, vocabulary)
        fact = facts.setdefault(entity.id, _Facts())
        fact.appearances.append(entity)
        fact.articles.add(articles.get(graphs[node], ""))
    return facts


def _read_relations(said: _Said, vocabulary: Vocabulary, facts: dict[str, _Facts]) -> None:
    holds = ox.NamedNode(vocabulary.classes["HOLDS_POSITION"].iri)
    posts = {_text(quad.subject) for quad in said.quads(RDF.type, holds)}
    for node, ends in said.index((KG.subject, KG.object, KG.predicate)).items():
        one, other = (entity_id(value(ends, end) or "") for end in (KG.subject, KG.object))
        if one in facts and other in facts:
            facts[one].partners.add(other)
            if node in posts:
                facts[one].posts.add((value(ends, KG.predicate) or "", other))


def _read_named(said: _Said) -> set[str]:
    """Ids of what some article names."""
    name = ox.Literal(MentionKind.NAME.value)
    mentions = {_text(quad.subject) for quad in said.quads(KG.mentionKind, name)}
    words = said.index((ITSRDF.taIdentRef,))
    return {entity_id(iri) for node in mentions for iri in values(words.get(node, {}), ITSRDF.taIdentRef)}


def _text(term: Term | ox.DefaultGraph) -> str:
    return term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else ""


def _union(sets: Iterable[set[str]]) -> frozenset[str]:
    return frozenset(item for items in sets for item in items)
