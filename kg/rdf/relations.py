"""Relations in RDF: one node each in its article's graph, with its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from kg.errors import VocabularyError
from kg.rdf.entities import entity_node
from kg.rdf.graphs import DEFAULT
from kg.rdf.iris import Kind, Part, mint, mint_part
from kg.rdf.quads import Index, Said, Term, decimal_of, describe, text_of, value, values
from kg.types import Entity, Evidence, Relation, Status
from kg.vocabulary import BASE, KG, NIF, RDF, XSD, Vocabulary


def relation_node(relation: Relation, article: ox.NamedNode, base: str = BASE) -> ox.NamedNode:
    """The node of a relation: the same for the same claim in the same sentence.

    The ends of a symmetric relation may be swapped; confidence is not part of the claim.
    """
    ends = [relation.subject.id, relation.object.id]
    content = (
        article.value,
        *(sorted(ends) if relation.symmetric else ends),
        relation.relation_class,
        relation.property,
        relation.predicate,
        relation.status.value,
        _id(relation.attribution),
        relation.time,
        _id(relation.place),
        str(relation.symmetric),
        f"{relation.evidence.start},{relation.evidence.end}",
    )
    return ox.NamedNode(mint(Kind.RELATION, content, base=base))


def relation_quads(
    relation: Relation, article: ox.NamedNode, vocabulary: Vocabulary, base: str = BASE
) -> Iterator[ox.Quad]:
    """What the article's graph says of a relation, with its evidence.

    Raises:
        VocabularyError: The vocabulary lacks the relation's class or property.
    """
    evidence = words_node(article, relation.evidence.start, relation.evidence.end)
    said: list[Said] = [
        (RDF.type, KG.Relation),
        (RDF.type, class_node(relation.relation_class, vocabulary)),
        (KG.subject, entity_node(relation.subject.id, base)),
        (KG.property, property_node(relation.property, vocabulary)),
        (KG.object, entity_node(relation.object.id, base)),
        (KG.predicate, ox.Literal(relation.predicate)),
        (KG.symmetric, text_of("true" if relation.symmetric else None, datatype=XSD.boolean)),
        (KG.status, ox.NamedNode(vocabulary.statuses[relation.status].iri)),
        (KG.attribution, _entity_node(relation.attribution, base)),
        (KG.time, time_literal(relation.time)),
        (KG.place, _entity_node(relation.place, base)),
        (KG.confidence, decimal_of(relation.confidence)),
        (KG.evidence, evidence),
    ]
    yield from describe(relation_node(relation, article, base), said, article)
    sentence = relation.evidence
    yield ox.Quad(evidence, RDF.type, NIF.Sentence, article)
    yield from words_quads(article, sentence.start, sentence.end, sentence.text)


def direct_triple(relation: Relation, vocabulary: Vocabulary, base: str = BASE) -> ox.Quad | None:
    """The edge `subject property object` in the default graph; None unless it is asserted and typed."""
    predicate = property_node(relation.property, vocabulary)
    if predicate is None or relation.status is not Status.ASSERTED:
        return None
    ends = entity_node(relation.subject.id, base), entity_node(relation.object.id, base)
    return ox.Quad(ends[0], predicate, ends[1], DEFAULT)


def words_node(article: ox.NamedNode, start: int, end: int) -> ox.NamedNode:
    """The node of characters of an article."""
    return ox.NamedNode(mint_part(article.value, Part.WORDS, (start, end)))


def words_quads(article: ox.NamedNode, start: int, end: int, text: str) -> Iterator[ox.Quad]:
    """What NIF says of characters of an article: where they stand and what they are."""
    said: list[Said] = [
        (NIF.beginIndex, ox.Literal(start)),
        (NIF.endIndex, ox.Literal(end)),
        (NIF.anchorOf, ox.Literal(text)),
        (NIF.referenceContext, article),
    ]
    return describe(words_node(article, start, end), said, article)


def read_relations(index: Index, entities: Mapping[str, Entity], vocabulary: Vocabulary) -> list[Relation]:
    """The relations that an article's graph holds, in the order of their evidence.

    Args:
        index: The article's graph.
        entities: Entities by IRI; those of the relations must be among them.
        vocabulary: What the graph was written with.
    """
    nodes = {iri: said for iri, said in index.items() if KG.Relation.value in values(said, RDF.type)}
    found = [(iri, read_relation(said, index, entities, vocabulary)) for iri, said in nodes.items()]
    found.sort(key=lambda pair: (pair[1].evidence.start, pair[1].evidence.end, pair[0]))
    return [relation for _, relation in found]


def read_relation(
    said: dict[str, list[Term]], index: Index, entities: Mapping[str, Entity], vocabulary: Vocabulary
) -> Relation:
    """The relation that a node of the index says."""
    statuses = {concept.iri: status for status, concept in vocabulary.statuses.items()}
    kinds = [iri for iri in values(said, RDF.type) if iri != KG.Relation.value]
    return Relation(
        subject=entities[value(said, KG.subject) or ""],
        predicate=value(said, KG.predicate) or "",
        property=_name(value(said, KG.property)),
        relation_class=_name(kinds[0]) or "OTHER",
        object=entities[value(said, KG.object) or ""],
        symmetric=value(said, KG.symmetric) == "true",
        status=statuses[value(said, KG.status) or ""],
        attribution=_entity(value(said, KG.attribution), entities),
        time=value(said, KG.time),
        place=_entity(value(said, KG.place), entities),
        confidence=float(value(said, KG.confidence) or "1"),
        evidence=_evidence(index[value(said, KG.evidence) or ""]),
    )


def class_node(name: str, vocabulary: Vocabulary) -> ox.NamedNode:
    """The node of a relation class by its name.

    Raises:
        VocabularyError: There is no such class.
    """
    if name not in vocabulary.classes:
        known = ", ".join(sorted(vocabulary.classes))
        raise VocabularyError(f"There is no relation class {name!r}; the ontology defines {known}.")
    return ox.NamedNode(vocabulary.classes[name].iri)


def property_node(name: str | None, vocabulary: Vocabulary) -> ox.NamedNode | None:
    """The node of a property by its name; None of None.

    Raises:
        VocabularyError: There is no such property.
    """
    if name is None:
        return None
    if name not in vocabulary.properties:
        raise VocabularyError(f"There is no property {name!r}; define it in a Turtle file and load that too.")
    return ox.NamedNode(vocabulary.properties[name].iri)


def time_literal(time: str | None) -> ox.Literal | None:
    """The literal of a day, month or year; None of None. What is none of them stays a plain text.

    >>> time_literal("2026-04").datatype.value.rpartition("#")[2]
    'gYearMonth'
    """
    forms = ((r"\d{4}-\d\d-\d\d", XSD.date), (r"\d{4}-\d\d", XSD.gYearMonth), (r"\d{4}", XSD.gYear))
    datatypes = (datatype for form, datatype in forms if re.fullmatch(form, time or ""))
    return text_of(time, datatype=next(datatypes, None))


def _id(entity: Entity | None) -> str | None:
    return None if entity is None else entity.id


def _entity_node(entity: Entity | None, base: str) -> ox.NamedNode | None:
    return None if entity is None else entity_node(entity.id, base)


def _entity(iri: str | None, entities: Mapping[str, Entity]) -> Entity | None:
    return None if iri is None else entities[iri]


def _name(iri: str | None) -> str | None:
    return None if iri is None else iri.replace("#", "/").rpartition("/")[2]


def _evidence(said: dict[str, list[Term]]) -> Evidence:
    return Evidence(
        text=value(said, NIF.anchorOf) or "",
        start=int(value(said, NIF.beginIndex) or 0),
        end=int(value(said, NIF.endIndex) or 0),
    )
