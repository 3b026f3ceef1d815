"""What the ontology and the registry say, as plain frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from kg.types import EntityType, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A term for people to read: an entity type, a status or a sector."""

    name: str
    iri: str
    label: str
    definition: str
    colour: str | None = None
    """As `#rrggbb`; None where the ontology gives none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationClass(Concept):
    """A kind of relation, such as `CONSULT` or `HOLDS_POSITION`."""

    kind: str
    """`event` or `state`."""
    quad_class: int | None = None
    """1 verbal cooperation, 2 material cooperation, 3 verbal, 4 material conflict; None of a state."""
    verbs: tuple[str, ...] = ()
    """Lemma sequences that express it: `hold talk with`."""
    inverse_verbs: tuple[str, ...] = ()
    """Those whose grammatical subject is the relation's object: `receive aid from`."""
    nouns: tuple[str, ...] = ()
    """Noun lemmas that express it, with the preposition of the object if there is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A typed edge between two entities, such as `meets`."""

    name: str
    iri: str
    label: str
    definition: str
    relation_class: str
    """Name of the relation class of the relations that bear it."""
    symmetric: bool = False
    subject_types: frozenset[EntityType] = frozenset(EntityType)
    object_types: frozenset[EntityType] = frozenset(EntityType)
    verbs: tuple[str, ...] = ()
    inverse_verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    parent: str | None = None
    """Name of the wider property that it implies."""
    inverse: str | None = None
    """Name of the property that says the same from the other end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A post that an actor of the registry holds or held."""

    title: str
    of: str
    """Id of the actor whose post it is."""
    start: str | None = None
    """ISO date; None where it is not known."""
    end: str | None = None
    """ISO date; None while it is held."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """An entry of the registry: a state, an organisation, a leader."""

    id: str
    name: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    """Capitals, which stand for the government when they act."""
    seats: tuple[str, ...] = ()
    """Other seats that stand for the actor: `Kremlin`."""
    country: str | None = None
    sector: str | None = None
    wikidata: str | None = None
    offices: tuple[Office, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """All that the ontology and the registry define, by name."""

    types: Mapping[EntityType, Concept]
    statuses: Mapping[Status, Concept]
    classes: Mapping[str, RelationClass]
    properties: Mapping[str, Property]
    actors: tuple[Actor, ...] = ()
    sectors: Mapping[str, Concept] = field(default_factory=lambda: MappingProxyType({}))
    """Sectors of actors, by code; in the order of the ontology."""
