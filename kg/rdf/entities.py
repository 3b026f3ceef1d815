"""Entities in RDF: as one article presents them, and as all articles together describe them.

Each article's graph says how that article names an entity (its appearance). The description in the default
graph is the merger of the appearances, so an alias goes when the last article that uses it is forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from functools import reduce
from typing import Any

import pyoxigraph as ox

from kg.rdf.graphs import DEFAULT
from kg.rdf.iris import Kind, Part, entity_id, mint, mint_part
from kg.rdf.quads import Index, Said, Term, describe, text_of, value, values
from kg.types import Entity, EntityType
from kg.vocabulary import BASE, KG, OWL, RDF, SKOS, WIKIDATA, Vocabulary

_FIELDS = tuple(field.name for field in fields(Entity))
_ORDER = {member: number for number, member in enumerate(EntityType)}


def entity_node(identifier: str, base: str = BASE) -> ox.NamedNode:
    """The node of an entity by its id.

    >>> entity_node("NATO").value
    'https://w3id.org/actors-kg/entity/NATO'
    """
    return ox.NamedNode(mint(Kind.ENTITY, identifier, base=base))


def merge_entities(entities: Iterable[Entity]) -> Entity:
    """One entity from several records of it, whatever their order; all have one id.

    The longest name is the name, the others become aliases. Where types or codes differ, the first wins
    in the order of `EntityType` or the alphabet.

    >>> one = Entity(id="x", name="A. Doe", type=EntityType.PERSON)
    >>> merge_entities([one, Entity(id="x", name="Ann Doe", type=EntityType.PERSON)]).aliases
    ('A. Doe',)
    """
    return reduce(_merged, entities)


def _merged(one: Entity, other: Entity) -> Entity:
    if one == other:
        return one
    name = max((one.name, other.name), key=lambda text: (len(text), text))
    names = {one.name, other.name, *one.aliases, *other.aliases} - {name}
    return Entity(
        id=one.id,
        name=name,
        type=min(one.type, other.type, key=_ORDER.__getitem__),
        aliases=tuple(sorted(names)),
        country=_first(one.country, other.country),
        sector=_first(one.sector, other.sector),
        wikidata=_first(one.wikidata, other.wikidata),
    )


def _first(*texts: str | None) -> str | None:
    return min((text for text in texts if text is not None), default=None)


def description_quads(entity: Entity, vocabulary: Vocabulary, base: str = BASE) -> Iterator[ox.Quad]:
    """What the default graph says of an entity."""
    said: list[Said] = [
        (RDF.type, ox.NamedNode(vocabulary.types[entity.type].iri)),
        (SKOS.prefLabel, ox.Literal(entity.name, language="en")),
        *((SKOS.altLabel, ox.Literal(alias, language="en")) for alias in entity.aliases),
        (KG.country, text_of(entity.country)),
        (KG.sector, text_of(entity.sector)),
        (OWL.sameAs, None if entity.wikidata is None else ox.NamedNode(WIKIDATA + entity.wikidata)),
    ]
    return describe(entity_node(entity.id, base), said, DEFAULT)


def description_predicates() -> frozenset[ox.NamedNode]:
    """The predicates of a description; what else the default graph says of an entity is a direct triple."""
    return frozenset({RDF.type, SKOS.prefLabel, SKOS.altLabel, KG.country, KG.sector, OWL.sameAs})


def read_description(iri: str, said: dict[str, list[Term]], vocabulary: Vocabulary) -> Entity | None:
    """The entity that the default graph describes; None where it describes none."""
    names = values(said, SKOS.prefLabel)
    if not names:
        return None
    same = [same.removeprefix(WIKIDATA) for same in values(said, OWL.sameAs) if same.startswith(WIKIDATA)]
    return Entity(
        id=entity_id(iri),
        name=names[0],
        type=_read_type(values(said, RDF.type), vocabulary),
        aliases=tuple(values(said, SKOS.altLabel)),
        country=value(said, KG.country),
        sector=value(said, KG.sector),
        wikidata=same[0] if same else None,
    )


def appearance_quads(
    entity: Entity, article: ox.NamedNode, vocabulary: Vocabulary, base: str = BASE
) -> Iterator[ox.Quad]:
    """What the article's graph says of an entity: how this article presents it."""
    node = ox.NamedNode(mint_part(article.value, Part.APPEARANCE, entity.id))
    said: list[Said] = [
        (RDF.type, KG.Appearance),
        (KG.appearanceOf, entity_node(entity.id, base)),
        (KG.entityType, ox.NamedNode(vocabulary.types[entity.type].iri)),
        (KG.name, ox.Literal(entity.name)),
        *((KG.alias, ox.Literal(alias)) for alias in entity.aliases),
        (KG.country, text_of(entity.country)),
        (KG.sector, text_of(entity.sector)),
        (KG.wikidata, text_of(entity.wikidata)),
    ]
    return describe(node, said, article)


def read_appearances(index: Index, vocabulary: Vocabulary) -> dict[str, Entity]:
    """The entities of one article by their IRIs, as it presents them."""
    found: dict[str, Entity] = {}
    for said in index.values():
        iri = value(said, KG.appearanceOf)
        if iri is not None:
            found[iri] = read_appearance(said, vocabulary)
    return found


def read_appearance(said: dict[str, list[Term]], vocabulary: Vocabulary) -> Entity:
    """The entity of one appearance."""
    return Entity(
        id=entity_id(value(said, KG.appearanceOf) or ""),
        name=value(said, KG.name) or "",
        type=_read_type(values(said, KG.entityType), vocabulary),
        aliases=tuple(values(said, KG.alias)),
        country=value(said, KG.country),
        sector=value(said, KG.sector),
        wikidata=value(said, KG.wikidata),
    )


def entity_record(entity: Entity) -> list[Any]:
    """The fields of an entity, as JSON has them; `read_record` reads them.

    >>> read_record(entity_record(Entity(id="x", name="Ann", type=EntityType.PERSON))).type
    <EntityType.PERSON: 'person'>
    """
    return [getattr(entity, name) for name in _FIELDS]


def read_record(values: Sequence[Any]) -> Entity:
    """The entity of a record.

    Raises:
        ValueError: It has not as many fields, or there is no such type.
    """
    said = dict(zip(_FIELDS, values, strict=True))
    return Entity(**said | {"type": EntityType(said["type"]), "aliases": tuple(said["aliases"])})


def collect_entities(entities: Iterable[Entity]) -> list[Entity]:
    """The entities, each once, with the records of one id merged; sorted by id."""
    by_id: dict[str, Entity] = {}
    for entity in entities:
        tidy = _tidied(entity)
        by_id[tidy.id] = _merged(by_id[tidy.id], tidy) if tidy.id in by_id else tidy
    return [by_id[identifier] for identifier in sorted(by_id)]


def _tidied(entity: Entity) -> Entity:
    aliases = tuple(sorted(set(entity.aliases) - {entity.name}))
    return entity if aliases == entity.aliases else replace(entity, aliases=aliases)


def _read_type(iris: list[str], vocabulary: Vocabulary) -> EntityType:
    found = [member for member, concept in vocabulary.types.items() if concept.iri in iris]
    return min(found, key=_ORDER.__getitem__, default=EntityType.THING)
