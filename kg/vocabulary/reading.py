"""Turns what the ontology and registry files say into records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote

from kg.errors import VocabularyError
from kg.types import EntityType, Status
from kg.vocabulary.checks import check_own
from kg.vocabulary.files import Index, Values, index_files, ontology_files, stamp
from kg.vocabulary.records import Actor, Concept, Office, Property, RelationClass, Vocabulary
from kg.vocabulary.terms import BASE, KG, OWL, RDF, RDFS, SKOS, WIKIDATA

_ENTITY = BASE + "entity/"


def load_vocabulary(extra: Path | None = None) -> Vocabulary:
    """The vocabulary of the package, widened by the Turtle file `extra`.

    `extra` may add properties, relation classes and actors, and lexical forms to those that are there.
    The first call reads all files; later ones give the same record, until `extra` changes.

    >>> load_vocabulary().properties["meets"].relation_class
    'CONSULT'

    Raises:
        VocabularyError: A file cannot be read or parsed, or a term lacks what it must have.
    """
    return read_vocabulary(extra, stamp(extra))


@cache
def read_vocabulary(extra: Path | None, _: tuple[int, int] | None) -> Vocabulary:
    """The vocabulary of the files as they are at a time; see `load_vocabulary`."""
    index = index_files(ontology_files(extra))
    if extra is not None:
        check_own(index_files([extra]), index)
    types = {EntityType(name): concept for name, concept in _concepts(index, EntityType, OWL.Class.value)}
    statuses = {Status(name): concept for name, concept in _concepts(index, Status, KG.Status.value)}
    classes = {record.name: record for record in _classes(index)}
    properties = {record.name: record for record in _properties(index, classes, types)}
    return Vocabulary(
        types=MappingProxyType(types),
        statuses=MappingProxyType(statuses),
        classes=MappingProxyType(classes),
        properties=MappingProxyType(properties),
        sectors=MappingProxyType(dict(_named_concepts(index, SKOS.broader.value, KG.ActorSector.value))),
        actors=tuple(actors_in(index, types)),
    )


def _concepts(index: Index, members: type[StrEnum], kind: str) -> Iterator[tuple[str, Concept]]:
    """One concept for each member, found by its skos:notation among the terms of that kind."""
    found = dict(_named_concepts(index, RDF.type.value, kind))
    for member in members:
        if member.value not in found:
            raise VocabularyError(
                f"No {kind} has the skos:notation {member.value!r}; define it in ontology/kg.ttl."
            )
        yield member.value, found[member.value]


def _named_concepts(index: Index, predicate: str, group: str) -> Iterator[tuple[str, Concept]]:
    """The terms of a class, or below a concept, each by its skos:notation; those without one are left out."""
    for iri, values in index.items():
        name = _text(values, SKOS.notation.value)
        if name is not None and group in _iris(values, predicate):
            yield (
                name,
                Concept(
                    name=name,
                    iri=iri,
                    label=_label(iri, values),
                    definition=_definition(values),
                    colour=_text(values, KG.colour.value),
                ),
            )


def _classes(index: Index) -> Iterator[RelationClass]:
    for kind, top in (("event", KG.Event.value), ("state", KG.State.value)):
        for iri, values in index.items():
            if top in _iris(values, RDFS.subClassOf.value):
                yield RelationClass(
                    name=_local(iri),
                    iri=iri,
                    label=_label(iri, values),
                    definition=_definition(values),
                    colour=_text(values, KG.colour.value),
                    kind=kind,
                    quad_class=_whole(values, KG.quadClass.value),
                    verbs=_texts(values, KG.verb.value),
                    inverse_verbs=_texts(values, KG.inverseVerb.value),
                    nouns=_texts(values, KG.noun.value),
                )


def _properties(
    index: Index, classes: dict[str, RelationClass], types: dict[EntityType, Concept]
) -> Iterator[Property]:
    class_names = {record.iri: name for name, record in classes.items()}
    leaves = {concept.iri: member for member, concept in types.items()}
    for iri, values in index.items():
        marks = _iris(values, KG.relationClass.value)
        if not marks:
            continue
        if marks[0] not in class_names:
            raise VocabularyError(
                f"The property {iri} has the relation class {marks[0]}, which no file defines; "
                "name one that is a subclass of kg:Event or kg:State."
            )
        subjects = KG.subjectType if KG.subjectType.value in values else RDFS.domain
        yield Property(
            name=_local(iri),
            iri=iri,
            label=_label(iri, values),
            definition=_definition(values),
            relation_class=class_names[marks[0]],
            symmetric=OWL.SymmetricProperty.value in _iris(values, RDF.type.value),
            subject_types=_entity_types(index, leaves, values, subjects.value),
            object_types=_entity_types(index, leaves, values, RDFS.range.value),
            verbs=_texts(values, KG.verb.value),
            inverse_verbs=_texts(values, KG.inverseVerb.value),
            nouns=_texts(values, KG.noun.value),
            parent=_first_local(values, RDFS.subPropertyOf.value, skip=KG.relatesTo.value),
            inverse=_first_local(values, OWL.inverseOf.value),
        )


def _entity_types(
    index: Index, leaves: dict[str, EntityType], values: Values, predicate: str
) -> frozenset[EntityType]:
    """The entity types at or below the class that `predicate` names; all where it names none."""
    tops = _iris(values, predicate)
    if not tops:
        return frozenset(EntityType)
    return frozenset(member for leaf, member in leaves.items() if set(tops) & _above(index, leaf))


def _above(index: Index, iri: str) -> set[str]:
    found, waiting = {iri}, [iri]
    while waiting:
        parents = set(_iris(index.get(waiting.pop(), {}), RDFS.subClassOf.value)) - found
        found |= parents
        waiting.extend(parents)
    return found


def actors_in(index: Index, types: Mapping[EntityType, Concept]) -> Iterator[Actor]:
    """The actors that registry files describe.

    >>> list(actors_in({}, {}))
    []

    Raises:
        VocabularyError: An actor has no type or name, or an office of it no title or body.
    """
    leaves = {concept.iri: member for member, concept in types.items()}
    for iri, values in index.items():
        if not iri.startswith(_ENTITY):
            continue
        kinds = [leaves[kind] for kind in _iris(values, RDF.type.value) if kind in leaves]
        names = _texts(values, SKOS.prefLabel.value)
        if not kinds or not names:
            raise VocabularyError(f"The actor {iri} has no entity type or no skos:prefLabel; give it both.")
        yield Actor(
            id=_local(iri),
            name=names[0],
            type=kinds[0],
            aliases=_texts(values, SKOS.altLabel.value),
            demonyms=_texts(values, KG.demonym.value),
            capitals=_texts(values, KG.capital.value),
            seats=_texts(values, KG.seat.value),
            country=_text(values, KG.country.value),
            sector=_text(values, KG.sector.value),
            wikidata=_wikidata(values),
            offices=tuple(_offices(index, values)),
        )


def _offices(index: Index, values: Values) -> Iterator[Office]:
    for node in _iris(values, KG.holdsOffice.value):
        office = index.get(node, {})
        title = _text(office, KG.officeTitle.value)
        bodies = _iris(office, KG.officeOf.value)
        if title is None or not bodies:
            raise VocabularyError(
                "An office of the registry has no kg:officeTitle or no kg:officeOf; give both."
            )
        yield Office(
            title=title,
            of=_local(bodies[0]),
            start=_text(office, KG.start.value),
            end=_text(office, KG.end.value),
        )


def _wikidata(values: Values) -> str | None:
    same = (iri for iri in _iris(values, OWL.sameAs.value) if iri.startswith(WIKIDATA))
    return next((iri.removeprefix(WIKIDATA) for iri in same), None)


def _label(iri: str, values: Values) -> str:
    label = _text(values, RDFS.label.value) or _text(values, SKOS.prefLabel.value)
    if label is None:
        raise VocabularyError(f"{iri} has no rdfs:label; every term needs one.")
    return label


def _definition(values: Values) -> str:
    return _text(values, SKOS.definition.value) or ""


def _local(iri: str) -> str:
    """The part of an IRI after its namespace, which is the name or id used in Python."""
    if iri.startswith(_ENTITY):
        return unquote(iri.removeprefix(_ENTITY))
    return iri.replace("#", "/").rpartition("/")[2]


def _first_local(values: Values, predicate: str, *, skip: str | None = None) -> str | None:
    return next((_local(iri) for iri in _iris(values, predicate) if iri != skip), None)


def _iris(values: Values, predicate: str) -> tuple[str, ...]:
    return tuple(value for value, is_literal in values.get(predicate, ()) if not is_literal)


def _whole(values: Values, predicate: str) -> int | None:
    text = _text(values, predicate)
    return int(text) if text is not None and text.isdecimal() else None


def _texts(values: Values, predicate: str) -> tuple[str, ...]:
    return tuple(value for value, is_literal in values.get(predicate, ()) if is_literal)


def _text(values: Values, predicate: str) -> str | None:
    return next(iter(_texts(values, predicate)), None)
