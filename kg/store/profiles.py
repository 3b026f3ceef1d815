"""What the articles of a store say of each entity, for the judgement of who is one with whom.

Read from the articles' own graphs alone, so that judgements made before do not bear on it. Few entities have
a name like another's, and only those are read in full: what all are called is compared by hashes, in a
temporary database on disk (SQLite, "Temporary Databases"), so that memory does not grow with every name.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from itertools import chain, groupby, islice
from typing import TypeVar

import pyoxigraph as ox

from kg.actors.resolution.candidates import block_keys
from kg.actors.resolution.profiles import Profile, most_of_rare
from kg.rdf.entities import (
    entity_node,
    entity_record,
    merge_entities,
    read_record,
)
from kg.rdf.iris import entity_id
from kg.rdf.quads import Term, iri_of
from kg.store.descriptions import presented_entity
from kg.store.graphs import ArticleGraphs
from kg.types import Entity, EntityType, MentionKind
from kg.vocabulary import ITSRDF, KG, RDF, SCHEMA, Vocabulary

_Value = TypeVar("_Value")
_REMEMBERED = 50_000
"""Entities of which is remembered whether they are rare, so that it is counted once for most articles."""
_MANY = 100
"""Articles of an entity beyond which its profile is kept: it takes long to read, and few have so many."""
_TABLES = """
CREATE TABLE entity (number INTEGER PRIMARY KEY, id TEXT, record TEXT);
CREATE TABLE block (key INTEGER, entity INTEGER, is_hub INTEGER);
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -32000;
"""
"""Rows are only added to the end, and put in order afterwards: an index that grew with them would be read and
written all over."""
_INDEX = "CREATE INDEX entity_by_id ON entity (id)"
_ALIKE = """
SELECT DISTINCT id,
    CASE (SELECT COUNT(*) FROM entity AS other WHERE other.id = entity.id) WHEN 1 THEN record END
FROM entity WHERE number IN (
    SELECT entity FROM block WHERE key IN (
        SELECT key FROM block GROUP BY key HAVING COUNT(DISTINCT entity) > 1 AND MAX(is_hub) = 1
    )
) ORDER BY id
"""
"""An entity of which not all came together has no record, and is read again."""
_ROWS = 1_000
"""Rows that go into the database together."""


class Profiles:
    """The profiles of the entities of a store, each read when it is asked for."""

    def __init__(
        self, data: ox.Store, vocabulary: Vocabulary, base: str, originals: Mapping[str, str] | None = None
    ) -> None:
        """Takes the store and what it is written with.

        Args:
            data: The store.
            vocabulary: What it is written with.
            base: Where its IRIs are minted.
            originals: Nodes of articles that repeat another, with that one's: how many articles name
                something is counted in independent reports.
        """
        self._data = data
        self._vocabulary = vocabulary
        self._base = base
        self._articles = ArticleGraphs(base)
        self._originals = originals or {}
        self._holds = ox.NamedNode(vocabulary.classes["HOLDS_POSITION"].iri)
        self._known = {actor.id: actor.type for actor in vocabulary.actors}
        # Not `lru_cache`, and nothing that refers to this: a cycle of references would keep the store open.
        self._rare: dict[str, bool] = {}
        self._within: dict[str, frozenset[str]] = {}
        self._wholes: dict[str, Profile] = {}
        self._widely_named: dict[str, Profile] = {}
        self._ids: dict[str, str] = {}
        self._most = 0

    def __contains__(self, identifier: str) -> bool:
        """Whether an article names the entity, or speaks of it in other words."""
        return next(self._said(KG.appearanceOf, self._node(identifier)), None) is not None

    def __getitem__(self, identifier: str) -> Profile:
        """The profile of an entity.

        Raises:
            KeyError: No article speaks of it.
        """
        called = self.called(identifier)
        return self.whole(replace(called, is_named=self._is_named(self._node(identifier))))

    def called(self, identifier: str) -> Profile:
        """What an entity is called, and whether the registry has it.

        Raises:
            KeyError: No article speaks of it.
        """
        said = sorted(self._said(KG.appearanceOf, self._node(identifier)), key=str)
        if not said:
            raise KeyError(identifier)
        return self._called(map(self._appearance, said))

    def whole(self, profile: Profile) -> Profile:
        """The whole profile of an entity of which it is known what it is called."""
        identifier = profile.entity.id
        found = self._wholes.get(identifier) or self._widely_named.get(identifier)
        if found is None:
            found = self._read_whole(profile)
            if len(found.articles) > _MANY:
                self._widely_named[identifier] = found
            else:
                _remember(self._wholes, identifier, found, _REMEMBERED // 50)
        return replace(found, is_named=profile.is_named, companions=_Company(self, found))

    def _read_whole(self, profile: Profile) -> Profile:
        identifier = profile.entity.id
        partners, posts = self._relations(self._node(identifier))
        articles = frozenset(map(self._article_id, self._graphs_of(identifier)))
        return replace(profile, articles=articles, posts=posts, partners=partners, companions=frozenset())

    def entities(self) -> Iterator[Entity]:
        """All entities, as all articles together present them; in memory, so for what asks for all names."""
        found: dict[str, list[Entity]] = {}
        for entity in map(self._appearance, self._said(KG.appearanceOf)):
            found.setdefault(entity.id, []).append(entity)
        return (merge_entities(entities) for entities in found.values())

    def alike(self) -> Iterator[Profile]:
        """What those are called who may have a name like another's, sorted by id; see `whole`."""
        for identifier, record in self._alike():
            if record is None:
                yield self.called(identifier)
            else:
                yield Profile(entity=read_record(json.loads(record)), is_known=identifier in self._known)

    def _alike(self) -> list[tuple[str, str | None]]:
        """Ids of those who may have a name like another's, sorted, with what is said of each if it is all."""
        with closing(sqlite3.connect("", isolation_level=None)) as scratch:
            scratch.executescript(_TABLES)
            scratch.execute("BEGIN")  # one for each row takes eight times as long
            numbered = enumerate(self._all_named())
            while some := list(islice(numbered, _ROWS)):
                named = ((number, profile.entity) for number, profile in some)
                records = ((number, one.id, json.dumps(entity_record(one))) for number, one in named)
                scratch.executemany("INSERT INTO entity VALUES (?, ?, ?)", records)
                keys = ((number, key) for number, profile in some for key in block_keys(profile))
                blocks = ((_hash(key), number, is_hub) for number, (key, is_hub) in keys)
                scratch.executemany("INSERT INTO block VALUES (?, ?, ?)", blocks)
            scratch.execute(_INDEX)
            return scratch.execute(_ALIKE).fetchall()

    def _all_named(self) -> Iterator[Profile]:
        """What those are called that some article names, but for states, which are like none; in no order."""
        # The engine gives them by object; one that came in two parts would but be read in two parts.
        for iri, said in groupby(self._said(KG.appearanceOf), key=lambda quad: iri_of(quad.object)):
            is_state = self._known.get(entity_id(iri)) is EntityType.COUNTRY
            if not is_state and self._is_named(ox.NamedNode(iri)):
                yield self._called(map(self._appearance, said))

    def _called(self, appearances: Iterable[Entity]) -> Profile:
        entity = merge_entities(appearances)
        return Profile(entity=entity, is_known=entity.id in self._known)

    def _appearance(self, quad: ox.Quad) -> Entity:
        return presented_entity(self._data, quad, self._vocabulary)

    def _relations(self, node: ox.NamedNode) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
        """Whom relations connect an entity with as their subject, and the posts that they say it holds."""
        partners: set[str] = set()
        posts: set[tuple[str, str]] = set()
        for quad in self._said(KG.subject, node):
            other = entity_id(self._object(quad, KG.object))
            partners.add(other)
            if ox.Quad(quad.subject, RDF.type, self._holds, quad.graph_name) in self._data:
                posts.add((self._object(quad, KG.predicate), other))
        return frozenset(partners), frozenset(posts)

    def _is_named(self, node: ox.NamedNode) -> bool:
        name = ox.Literal(MentionKind.NAME.value)
        return any(
            ox.Quad(quad.subject, KG.mentionKind, name, quad.graph_name) in self._data
            for quad in self._said(ITSRDF.taIdentRef, node)
        )

    def _graphs_of(self, identifier: str) -> Iterator[ox.NamedNode]:
        """The articles that speak of an entity."""
        graphs = (quad.graph_name for quad in self._said(KG.appearanceOf, self._node(identifier)))
        return (graph for graph in graphs if isinstance(graph, ox.NamedNode))

    def companions_of(self, identifier: str) -> frozenset[str]:
        """Ids of what few articles name, and one of them with the entity."""
        within = map(self._rare_of, self._graphs_of(identifier))
        return frozenset(chain.from_iterable(within)) - {identifier}

    def is_companion(self, identifier: str, articles: frozenset[str]) -> bool:
        """Whether few articles name an entity, and one of them is among some."""
        graphs = self._graphs_of(identifier)
        return self._is_rare(self._node(identifier)) and not articles.isdisjoint(
            map(self._article_id, graphs)
        )

    def _rare_of(self, graph: ox.NamedNode) -> frozenset[str]:
        """Ids of those in an article whom few articles name."""
        if graph.value not in self._within:
            quads = self._data.quads_for_pattern(None, KG.appearanceOf, None, graph)
            nodes = [quad.object for quad in quads if isinstance(quad.object, ox.NamedNode)]
            found = frozenset(entity_id(node.value) for node in nodes if self._is_rare(node))
            _remember(self._within, graph.value, found, _REMEMBERED // 10)
        return self._within[graph.value]

    def _is_rare(self, node: ox.NamedNode) -> bool:
        if node.value not in self._rare:
            _remember(self._rare, node.value, self._count_few(node), _REMEMBERED)
        return self._rare[node.value]

    def _count_few(self, node: ox.NamedNode) -> bool:
        if not self._most:
            graphs = (graph.value for graph in self._articles.of(self._data))
            self._most = most_of_rare(sum(1 for graph in graphs if graph not in self._originals))
        reports: set[str] = set()
        for quad in self._said(KG.appearanceOf, node):
            graph = _text(quad.graph_name)
            reports.add(self._originals.get(graph, graph))
            if len(reports) > self._most:
                return False
        return self._is_named(node)

    def _article_id(self, graph: ox.NamedNode) -> str:
        if graph.value not in self._ids:
            quads = self._data.quads_for_pattern(graph, SCHEMA.identifier, None, graph)
            identifier = next((_text(quad.object) for quad in quads), "")
            _remember(self._ids, graph.value, identifier, _REMEMBERED)
        return self._ids[graph.value]

    def _object(self, quad: ox.Quad, predicate: ox.NamedNode) -> str:
        quads = self._data.quads_for_pattern(quad.subject, predicate, None, quad.graph_name)
        return next((_text(found.object) for found in quads), "")

    def _said(self, predicate: ox.NamedNode, item: ox.NamedNode | None = None) -> Iterator[ox.Quad]:
        """What articles say of it, or of all, not what is derived or inferred from that."""
        quads = self._data.quads_for_pattern(None, predicate, item, None)
        return (quad for quad in quads if quad.graph_name in self._articles)

    def _node(self, identifier: str) -> ox.NamedNode:
        return entity_node(identifier, self._base)


class _Company(Collection[str]):
    """The companions of an entity: few for most, but of whom all write they are asked one by one."""

    def __init__(self, profiles: Profiles, of: Profile) -> None:
        self._profiles = profiles
        self._identifier = of.entity.id
        self._articles = of.articles

    def __contains__(self, identifier: object) -> bool:
        is_other = isinstance(identifier, str) and identifier != self._identifier
        return is_other and self._profiles.is_companion(str(identifier), self._articles)

    def __iter__(self) -> Iterator[str]:
        return iter(self._profiles.companions_of(self._identifier))

    def __len__(self) -> int:
        return len(self._profiles.companions_of(self._identifier))


def _remember(known: dict[str, _Value], key: str, value: _Value, most: int) -> None:
    """Keeps a value, and forgets the others where they are too many."""
    if len(known) >= most:
        known.clear()
    known[key] = value


def _text(term: Term | ox.DefaultGraph) -> str:
    return term.value if isinstance(term, (ox.NamedNode, ox.Literal)) else ""


def _hash(text: str) -> int:
    """64 bits of a hash, as SQLite keeps whole numbers: two of ten million texts rarely share one."""
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
