"""The records that pass between the parts of the package.

Frozen, plain and free of spaCy and rdflib: this is the waist of the hourglass. Offsets are character
offsets into `Article.text`, end exclusive; dates and times are ISO 8601; confidences lie in 0–1.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum


class IRI(str):
    """A text that names a node of the graph, in full or with a prefix of the graph.

    Queries give nodes so, and take them: a plain text is taken for a literal.

    >>> IRI("kg:meets") == "kg:meets"
    True
    """

    __slots__ = ()


class EntityType(StrEnum):
    """What kind of thing an entity is (`ontology/kg.ttl` defines each)."""

    PERSON = "person"
    COUNTRY = "country"
    ORGANIZATION = "organization"
    PLACE = "place"
    GROUP = "group"
    EVENT = "event"
    THING = "thing"


ACTOR_TYPES = frozenset({EntityType.PERSON, EntityType.COUNTRY, EntityType.ORGANIZATION, EntityType.GROUP})
"""Types of those who act."""
PLACE_TYPES = frozenset({EntityType.PLACE, EntityType.COUNTRY})
"""Types of what something can be in."""


class Status(StrEnum):
    """Whether a relation holds, by the article (PLOVER's auxiliary modes)."""

    ASSERTED = "asserted"
    PLANNED = "planned"
    POSSIBLE = "possible"
    NEGATED = "negated"
    REQUESTED = "requested"


class MentionKind(StrEnum):
    """How a mention names its entity."""

    NAME = "name"
    NOMINAL = "nominal"
    PRONOUN = "pronoun"


class Verdict(StrEnum):
    """Whether two entities are one."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article, with its text exactly as it was read."""

    id: str
    """The id given in JSON Lines, else the file's stem."""
    text: str
    """The stored text; every offset of the package counts its characters."""
    title: str | None = None
    """The headline; where `text` begins with it, it is part of the text too."""
    date: datetime.date | None = None
    """Day of publication; None where it is not known. It is never guessed."""
    source: str | None = None
    """Who published it."""
    url: str | None = None
    license: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The sentence that carries a relation; `article.text[start:end] == text`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Someone or something that relations hold between; one thing, one id, in all articles."""

    id: str
    """Stable key: the registry's id, else made from the folded name and type. IRIs come from it."""
    name: str
    """The fullest natural name."""
    type: EntityType
    aliases: tuple[str, ...] = ()
    """Other names that the entity bears in the articles, sorted."""
    country: str | None = None
    """ISO 3166-1 alpha-3 code of the state that it is or belongs to; `IGO` for intergovernmental bodies."""
    sector: str | None = None
    """PLOVER actor sector (GOV, MIL, LEG, JUD, OPP, REB, CVL, …)."""
    wikidata: str | None = None
    """Wikidata id, such as `Q212`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words of the text that stand for an entity."""

    start: int
    end: int
    text: str
    kind: MentionKind
    entity_id: str
    """Which `Entity.id` it stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What one entity does to another, or is to it, as one article says it."""

    subject: Entity
    predicate: str
    """Verb phrase in base form, near the text: `agree to implement`, `president of`."""
    property: str | None
    """Name of the ontology property that fits, such as `meets`; None where none does."""
    relation_class: str
    """Name of the relation class, such as `CONSULT` or `HOLDS_POSITION`."""
    object: Entity
    symmetric: bool = False
    """True where subject and object may be swapped."""
    status: Status = Status.ASSERTED
    attribution: Entity | None = None
    """Who makes the claim; None where the article itself does."""
    time: str | None = None
    """When it happened, as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; None where the article does not say."""
    place: Entity | None = None
    """Where it happened; None where the article does not say."""
    confidence: float = 1.0
    """How sure the extractor is, 0–1."""
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything that was extracted from one article, in the order of the text."""

    article: Article
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Whether two entities are one, and why. Who is one with whom follows from all of them together."""

    one: str
    """Id of the entity whose id comes first."""
    other: str
    verdict: Verdict
    reason: str
    """In words, without dates, so that the same articles give the same reason."""
    judge: str = "kg"
    """Who judges: `kg` or `user`. The user's judgement wins."""
