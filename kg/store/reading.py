"""Reads records back from a store: articles, entities, relations that are wanted, counts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

import pyoxigraph as ox

from kg.rdf.articles import read_article, retrieval_node
from kg.rdf.entities import description_predicates, read_description
from kg.rdf.graphs import DEFAULT
from kg.rdf.iris import entity_id
from kg.rdf.quads import Index, index_quads, iri_of, term_text
from kg.rdf.relations import read_relation
from kg.store.descriptions import described_entity
from kg.types import Article, Entity, Relation, Status
from kg.vocabulary import KG, RDF, SCHEMA, SKOS, Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which relations to read; None wants all."""

    subject: str | None = None
    """Id of the subject, or one of its names, without regard to case and diacritics."""
    object: str | None = None
    either: str | None = None
    """Id or name of one of the ends, whichever."""
    property: str | None = None
    relation_class: str | None = None
    status: Status | None = None
    article: str | None = None
    """Id of the article."""

    def fits(self, article: str, relation: Relation) -> bool:
        """Whether the relation of that article is wanted."""
        ends = (relation.subject, relation.object)
        plain = (
            (self.property, relation.property),
            (self.relation_class, relation.relation_class),
            (self.status, relation.status),
            (self.article, article),
        )
        return (
            all(wanted in {None, given} for wanted, given in plain)
            and is_called(relation.subject, self.subject)
            and is_called(relation.object, self.object)
            and any(is_called(end, self.either) for end in ends)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """How much a graph holds. `articles - copies - versions` reports are independent."""

    articles: int
    entities: int
    relations: int
    """Relation nodes, of any status."""
    copies: int = 0
    """Articles that repeat the report of another, with small edits or in part (`kg:copyOf`)."""
    versions: int = 0
    """Articles that are another state of one at the same address (`kg:versionOf`)."""
    edges: int
    """Direct triples."""
    quads: int
    types: Mapping[str, int] = field(default_factory=dict)
    """Entities by type, the most first."""
    classes: Mapping[str, int] = field(default_factory=dict)
    """Relations by class, the most first."""
    statuses: Mapping[str, int] = field(default_factory=dict)
    """Relations by status, the most first."""


class _Entities(dict[str, Entity]):
    """Entities by IRI, each read when it is first asked for."""

    def __init__(self, data: ox.Store, vocabulary: Vocabulary) -> None:
        super().__init__()
        self.data = data
        self.vocabulary = vocabulary

    def __missing__(self, iri: str) -> Entity:
        node = ox.NamedNode(iri)
        entity = described_entity(self.data, node, self.vocabulary)
        if entity is not None:
            self[iri] = entity
            return entity
        merged = next(self.data.quads_for_pattern(node, KG.mergedInto, None, DEFAULT), None)
        if merged is None:
            raise KeyError(iri)
        return self[iri_of(merged.object)]


def is_called(entity: Entity, name: str | None) -> bool:
    """Whether it is the entity's id or one of its names; None fits every entity.

    >>> from kg.types import Article, EntityType
    >>> is_called(Entity(id="x", name="José Díaz", type=EntityType.PERSON), "jose diaz")
    True
    """
    if name is None or name == entity.id:
        return True
    return _folded(name) in {_folded(known) for known in (entity.name, *entity.aliases)}


def article_nodes(data: ox.Store, identifier: str) -> list[ox.NamedNode]:
    """The nodes of the articles with an id: one, or none.

    >>> article_nodes(ox.Store(), "a1")
    []
    """
    quads = data.quads_for_pattern(None, SCHEMA.identifier, ox.Literal(identifier), None)
    return [
        quad.subject
        for quad in quads
        if isinstance(quad.subject, ox.NamedNode) and quad.subject == quad.graph_name
    ]


def read_article_at(data: ox.Store, node: ox.NamedNode) -> Article | None:
    """The article of a node; None where there is none."""
    nodes = (node, retrieval_node(node))
    index = index_quads(quad for one in nodes for quad in data.quads_for_pattern(one, None, None, node))
    return read_article(index[node.value], index) if index else None


def says_all_of(article: Article, data: ox.Store, node: ox.NamedNode) -> bool:
    """Whether a node has all that an article says; that it was fetched once more is nothing new."""
    stored = read_article_at(data, node)
    if stored is None or stored.retrieved is None or article.retrieved is None:
        return stored == article
    return stored == replace(article, retrieved=stored.retrieved)


def known_articles(data: ox.Store) -> list[Article]:
    """All articles, sorted by id."""
    quads = data.quads_for_pattern(None, RDF.type, SCHEMA.NewsArticle, None)
    found = (read_article_at(data, quad.subject) for quad in quads if isinstance(quad.subject, ox.NamedNode))
    return sorted((article for article in found if article), key=lambda article: article.id)


def known_entities(data: ox.Store, vocabulary: Vocabulary) -> list[Entity]:
    """All entities, sorted by id."""
    # A scan of each predicate takes half the time of a look-up of each entity.
    said = index_quads(
        quad
        for predicate in sorted(description_predicates(), key=lambda node: node.value)
        for quad in data.quads_for_pattern(None, predicate, None, DEFAULT)
    )
    found = (read_description(iri, about, vocabulary) for iri, about in said.items())
    return sorted((entity for entity in found if entity), key=lambda entity: entity.id)


def matching_relations(
    data: ox.Store, vocabulary: Vocabulary, wanted: Wanted
) -> Iterator[tuple[str, Relation]]:
    """Article ids and the wanted relations, sorted by article and place in its text."""
    return ((article, relation) for _, article, relation in located_relations(data, vocabulary, wanted))


def located_relations(
    data: ox.Store, vocabulary: Vocabulary, wanted: Wanted
) -> Iterator[tuple[str, str, Relation]]:
    """The IRI and article id of each wanted relation, and it; sorted by article and place in its text."""
    entities, articles = _Entities(data, vocabulary), _article_ids(data)
    found = []
    for quad in _candidates(data, vocabulary, wanted):
        node = quad.subject
        if isinstance(node, ox.NamedNode):
            index = _relation_index(data, quad)
            relation = read_relation(index[node.value], index, entities, vocabulary)
            article = articles[quad.graph_name]
            if wanted.fits(article, relation):
                evidence = relation.evidence
                found.append((article, evidence.start, evidence.end, node.value, relation))
    found.sort(key=lambda item: item[:4])
    return ((iri, article, relation) for article, _, _, iri, relation in found)


def read_relations_at(
    data: ox.Store, vocabulary: Vocabulary, nodes: Iterable[ox.NamedNode]
) -> Iterator[tuple[str, str, Relation]]:
    """The IRI, article id and relation of each node, in their order, without nodes that are no relation."""
    entities, articles = _Entities(data, vocabulary), _article_ids(data)
    for node in nodes:
        for quad in data.quads_for_pattern(node, RDF.type, KG.Relation, None):
            index = _relation_index(data, quad)
            relation = read_relation(index[node.value], index, entities, vocabulary)
            yield node.value, articles[quad.graph_name], relation


def count_all(data: ox.Store, vocabulary: Vocabulary) -> Info:
    """How much the store holds."""
    types = {concept.iri: kind.value for kind, concept in vocabulary.types.items()}
    classes = {record.iri: name for name, record in vocabulary.classes.items()}
    statuses = {concept.iri: status.value for status, concept in vocabulary.statuses.items()}
    properties = {record.iri for record in vocabulary.properties.values()}
    by_type = _counted(data, RDF.type, types)
    return Info(
        articles=_count(data, RDF.type, SCHEMA.NewsArticle),
        entities=sum(by_type.values()),
        relations=_count(data, RDF.type, KG.Relation),
        copies=_count(data, KG.copyOf, None, DEFAULT),
        versions=_count(data, KG.versionOf, None, DEFAULT),
        edges=sum(_count(data, ox.NamedNode(iri), None, DEFAULT) for iri in properties),
        quads=len(data),
        types=by_type,
        classes=_counted(data, RDF.type, classes),
        statuses=_counted(data, KG.status, statuses),
    )


def _candidates(data: ox.Store, vocabulary: Vocabulary, wanted: Wanted) -> Iterator[ox.Quad]:
    """Quads whose subjects include all wanted relations: by the rarest thing that can be looked up."""
    if wanted.article is not None:
        articles = data.quads_for_pattern(None, SCHEMA.identifier, ox.Literal(wanted.article), None)
        return (
            quad
            for article in articles
            for quad in data.quads_for_pattern(None, RDF.type, KG.Relation, article.graph_name)
        )
    if wanted.property is not None and wanted.property in vocabulary.properties:
        node = ox.NamedNode(vocabulary.properties[wanted.property].iri)
        return data.quads_for_pattern(None, KG.property, node, None)
    if wanted.relation_class is not None and wanted.relation_class in vocabulary.classes:
        node = ox.NamedNode(vocabulary.classes[wanted.relation_class].iri)
        return data.quads_for_pattern(None, RDF.type, node, None)
    name = wanted.subject or wanted.object or wanted.either
    if name is not None:
        ends = [KG.subject] if wanted.subject else [KG.object] if wanted.object else [KG.subject, KG.object]
        return _relations_of(data, _called(data, name), ends)
    return data.quads_for_pattern(None, RDF.type, KG.Relation, None)


def _called(data: ox.Store, name: str) -> set[ox.NamedNode]:
    """The entities of that id or name, and those merged into them."""
    folded, found = _folded(name), set()
    for predicate in (SKOS.prefLabel, SKOS.altLabel):
        for quad in data.quads_for_pattern(None, predicate, None, DEFAULT):
            node = quad.subject
            if isinstance(node, ox.NamedNode) and (
                _folded(term_text(quad.object)) == folded or entity_id(node.value) == name
            ):
                found.add(node)
    for node in tuple(found):
        merged = data.quads_for_pattern(None, KG.mergedInto, node, DEFAULT)
        found.update(quad.subject for quad in merged if isinstance(quad.subject, ox.NamedNode))
    return found


def _relations_of(
    data: ox.Store, nodes: Iterable[ox.NamedNode], ends: Iterable[ox.NamedNode]
) -> Iterator[ox.Quad]:
    """What says of each relation that one of these ends is one of the nodes that it is a relation, once."""
    pointing = (
        quad for node in nodes for end in ends for quad in data.quads_for_pattern(None, end, node, None)
    )
    for relation in dict.fromkeys(quad.subject for quad in pointing):
        yield from data.quads_for_pattern(relation, RDF.type, KG.Relation, None)


def _relation_index(data: ox.Store, relation: ox.Quad) -> Index:
    """What the graph of a quad says of its subject; the default graph may repeat its ends as merged."""
    quads = list(data.quads_for_pattern(relation.subject, None, None, relation.graph_name))
    for quad in tuple(quads):
        if quad.predicate == KG.evidence and isinstance(quad.object, ox.NamedNode):
            quads.extend(data.quads_for_pattern(quad.object, None, None, quad.graph_name))
    return index_quads(quads)


def _article_ids(data: ox.Store) -> dict[object, str]:
    quads = data.quads_for_pattern(None, SCHEMA.identifier, None, None)
    return {quad.subject: term_text(quad.object) for quad in quads}


def _counted(data: ox.Store, predicate: ox.NamedNode, names: Mapping[str, str]) -> dict[str, int]:
    """How often each object stands with the predicate, by its name, the most first, without those of none."""
    counts = {name: _count(data, predicate, ox.NamedNode(iri)) for iri, name in names.items()}
    found = ((name, count) for name, count in counts.items() if count)
    return dict(sorted(found, key=lambda item: (-item[1], item[0])))


def _count(
    data: ox.Store,
    predicate: ox.NamedNode,
    object_: ox.NamedNode | None,
    graph: ox.DefaultGraph | None = None,
) -> int:
    return sum(1 for _ in data.quads_for_pattern(None, predicate, object_, graph))


def _folded(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).casefold()
