"""What a graph is shown as: the records that the functions of this package give.

All are plain and frozen, and name things as the ontology does. Days are ISO 8601, confidences lie in 0–1.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from kg.types import DateBasis, DatePrecision, EntityType, MentionKind, Repeats, Status


class Basis(StrEnum):
    """What the days of a relation rest on."""

    RELATION = "relation"
    """The relation's own time."""
    ARTICLE = "article"
    """The date of the article that states it, since the relation has no time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntityBrief:
    """An entity, as far as a node of a drawing shows it."""

    id: str
    iri: str
    name: str
    type: EntityType
    country: str | None = None
    """ISO 3166-1 alpha-3 code of the state that it is or belongs to."""
    sector: str | None = None
    """PLOVER actor sector."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """An article whose report another repeats."""

    id: str
    kind: Repeats
    """How it is repeated."""
    title: str | None = None
    published: str | None = None
    publisher: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleBrief:
    """An article without its text."""

    id: str
    iri: str
    title: str | None = None
    published: str | None = None
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as far as it is known; null where nothing is."""
    date_basis: DateBasis | None = None
    """What the date rests on; null where there is no date."""
    publisher: str | None = None
    url: str | None = None
    license: str | None = None
    copy_of: str | None = None
    """Id of the article whose report it repeats; null where it repeats none."""
    repeats: Repeated | None = None
    """That article, and how it is repeated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many relations have a value."""

    value: str | None
    """The value; null for those that have none."""
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """How many relations have each value of one kind."""

    counts: tuple[Count, ...] = ()
    """The most first; years in their order."""
    total: int = 0
    """How many different values there are; more than are listed where they are very many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """How many relations each value of a filter would leave, the other filters staying as they are."""

    relation_classes: Facet
    properties: Facet
    statuses: Facet
    types: Facet
    """By the type of the entity at the other end; of a network, how many have an end of the type."""
    publishers: Facet
    years: Facet
    """By the year of the first day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The days of a relation, both included."""

    first: datetime.date
    last: datetime.date
    precision: DatePrecision
    basis: Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """All relations between two entities that fit, put together."""

    weight: int
    """How many they are."""
    outgoing: int
    """Relations whose subject is the entity that was asked about."""
    incoming: int
    """Relations whose object it is."""
    mutual: int
    """Relations that hold both ways, such as meetings."""
    articles: int
    """How many articles state them."""
    reports: int
    """How many of them are independent: an article and its copies are one report."""
    relation_classes: tuple[Count, ...]
    properties: tuple[Count, ...]
    statuses: tuple[Count, ...]
    first: datetime.date | None
    """The earliest day of any of them; null where none has one."""
    last: datetime.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """An entity that relations connect with another."""

    entity: EntityBrief
    bundle: Bundle


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """An entity that is a neighbour of two."""

    entity: EntityBrief
    strength: int
    """The smaller of the weights of its two bundles."""
    one: Bundle
    """What it has with the first; seen from the first."""
    other: Bundle
    """What it has with the second; seen from the second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From one entity of a path to the next."""

    source: str
    """IRI of the one."""
    target: str
    """IRI of the next."""
    bundle: Bundle


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A way from one entity to another, by relations in either direction."""

    length: int
    """How many steps."""
    entities: tuple[EntityBrief, ...]
    """In their order, the ends included."""
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Where words stand in a text, end exclusive, counted in two ways.

    They differ where the text has characters beyond the Basic Multilingual Plane, such as most emoji.
    """

    start: int
    """In characters (Unicode code points), as Python counts."""
    end: int
    start_utf16: int
    """In UTF-16 code units, as JavaScript counts."""
    end_utf16: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """The sentence that carries a relation, in its paragraph."""

    sentence: str
    span: Span
    """Where the sentence stands in the article's text."""
    paragraph: str
    """Its paragraph; of a very long one, what stands near the sentence."""
    in_paragraph: Span
    """Where it stands in the paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationDetail:
    """A relation with all that is known of it."""

    iri: str
    subject: EntityBrief
    predicate: str
    """Verb phrase in base form, near the text."""
    property: str | None
    """Property of the ontology; null where none fits."""
    relation_class: str
    object: EntityBrief
    symmetric: bool
    """Whether subject and object may be swapped."""
    status: Status
    attribution: EntityBrief | None
    """Who makes the claim; null where the article itself does."""
    time: str | None
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as the article says; null where it does not."""
    when: When | None
    """Its days, by its time or else by the article's date; null where neither is known."""
    place: EntityBrief | None
    confidence: float
    evidence: Quotation
    article: ArticleBrief


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedMention:
    """Words of a paragraph that stand for an entity."""

    entity: str
    """IRI of the entity as it is shown, among the entities of the same answer."""
    kind: MentionKind
    text: str
    span: Span
    """In the paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSentence:
    """A sentence of a paragraph that carries relations."""

    relations: tuple[str, ...]
    """IRIs of the relations."""
    span: Span
    """In the paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A part of an article's text: lines, without the line breaks around them."""

    number: int
    """From 1."""
    text: str
    span: Span
    """Where it stands in the article's text."""
    mentions: tuple[MarkedMention, ...]
    """In the order of the text."""
    sentences: tuple[MarkedSentence, ...]
    """In the order of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameCount:
    """A name, and how often the articles use it."""

    name: str
    mentions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Relations of one kind between an entity and another that say what it is, such as its posts."""

    predicate: str
    """As `president of`."""
    property: str | None
    relation_class: str
    other: EntityBrief
    is_subject: bool
    """Whether the entity holds the role; false where it is the other that does, to the entity."""
    bundle: Bundle


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeHeld:
    """A post that the registry of actors says an entity holds or held; not from the articles."""

    title: str
    of: str
    """Id of the entity whose post it is."""
    start: str | None
    end: str | None
    """Null while it is held, or where it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An entity of some articles that is shown as another, which it was judged to be."""

    id: str
    iri: str
    names: tuple[str, ...]
    """By which those articles call it."""
    reasons: tuple[str, ...]
    """Why, by the judgements that say that it is the same as another of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """An entity with all that is known of it."""

    entity: EntityBrief
    wikidata: str | None
    """Its Wikidata id, such as `Q212`."""
    links: tuple[str, ...]
    """Addresses of pages that are about it."""
    names: tuple[NameCount, ...]
    """Its name first, then its others, the most used first."""
    members: tuple[Member, ...]
    """Entities that are shown as this one."""
    roles: tuple[Role, ...]
    """What it is by relations that last; those with most relations first."""
    roles_total: int
    """How many roles there are; more than are listed where they are very many."""
    offices: tuple[OfficeHeld, ...]
    mentions: int
    """How many words stand for it, pronouns and descriptions included."""
    articles: int
    """How many articles present it."""
    reports: int
    """How many of them are independent: an article and its copies are one report."""
    relations: int
    neighbours: int
    facets: Facets
    first: datetime.date | None
    last: datetime.date | None
