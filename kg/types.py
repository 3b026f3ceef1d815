"""The records that pass between the parts of the package.

Frozen, plain and free of spaCy and rdflib: this is the waist of the hourglass. Offsets are character
offsets into `Article.text`, end exclusive; dates and times are ISO 8601; confidences lie in 0–1.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import StrEnum

from kg.display.articles import article_html
from kg.display.rendering import render


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


class DatePrecision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class DateBasis(StrEnum):
    """What an article's date rests on (`ontology/kg.ttl` defines each)."""

    GIVEN = "given"
    """It was given with the article, by whoever hands it over."""
    PAGE = "page"
    """The page that it was taken from states it, in its metadata or beside the headline."""
    DATELINE = "dateline"
    """Its own text begins with it, as reports of agencies do."""
    FILE = "file"
    """The name or the folder of its file says it."""


class Repeats(StrEnum):
    """How an article repeats another."""

    COPY = "copy"
    """With small edits, or in part, mostly by another publisher."""
    VERSION = "version"
    """Anew by the same publisher at the same address, perhaps corrected or continued."""


class Verdict(StrEnum):
    """Whether two entities are one."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"


_SHOWN = {DatePrecision.DAY: 10, DatePrecision.MONTH: 7, DatePrecision.YEAR: 4}
"""Characters of an ISO 8601 date that say no more than is known."""


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
    """When it was published, the first day of the month or year where no more is known; None where nothing
    is. It is never guessed. Show `published`, and count days from `day`."""
    date_precision: DatePrecision = DatePrecision.DAY
    """How much of `date` is known."""
    date_basis: DateBasis = DateBasis.GIVEN
    """What `date` rests on."""
    source: str | None = None
    """Who published it."""
    url: str | None = None
    license: str | None = None
    retrieved: datetime.datetime | None = None
    """When it was fetched, in UTC; None where that is not known. A time without a zone is taken for UTC."""

    def __post_init__(self) -> None:
        """Brings dates to their one form, so that articles which say the same are equal."""
        date, moment = self.date, self.retrieved
        if date is None:
            object.__setattr__(self, "date_precision", DatePrecision.DAY)
            object.__setattr__(self, "date_basis", DateBasis.GIVEN)
        elif self.date_precision is not DatePrecision.DAY:
            object.__setattr__(self, "date", _first_day(date, self.date_precision))
        if moment is not None:
            utc = moment.replace(tzinfo=moment.tzinfo or datetime.UTC).astimezone(datetime.UTC)
            object.__setattr__(self, "retrieved", utc)

    @property
    def published(self) -> str | None:
        """The date as far as it is known, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; None where it is not.

        >>> april = datetime.date(2026, 4, 1)
        >>> Article(id="a", text="A.", date=april, date_precision=DatePrecision.MONTH).published
        '2026-04'
        """
        return None if self.date is None else self.date.isoformat()[: _SHOWN[self.date_precision]]

    @property
    def day(self) -> datetime.date | None:
        """The day of publication; None where less is known, so that nothing is counted from it."""
        return self.date if self.date_precision is DatePrecision.DAY else None

    def __repr__(self) -> str:
        known = {"title": self.title, "published": self.published, "source": self.source}
        said = "".join(f", {name}={value!r}" for name, value in known.items() if value is not None)
        return f"Article(id={self.id!r}{said}, {len(self.text):,} characters)"

    def _repr_html_(self) -> str:
        return article_html(self)


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

    def _repr_html_(self) -> str:
        return render("entity", {"entity": self})


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
    """Verb phrase in base form, near the text, said of the subject: `agree to implement`, `president of`."""
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

    def _repr_html_(self) -> str:
        return render("relation", {"relation": self, "article": None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Everything that was extracted from one article, in the order of the text."""

    article: Article
    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()

    def __repr__(self) -> str:
        counts = (
            f"{len(self.relations)} relations, {len(self.entities)} entities, {len(self.mentions)} mentions"
        )
        return f"Extraction(article={self.article.id!r}, {counts})"

    def _repr_html_(self) -> str:
        names = {entity.id: entity.name for entity in self.entities}
        mentions = [(one.start, one.end, names.get(one.entity_id, "")) for one in self.mentions]
        return article_html(self.article, self.relations, mentions)


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


def _first_day(date: datetime.date, precision: DatePrecision) -> datetime.date:
    """The first day of the month or year that a date stands for."""
    return date.replace(month=1, day=1) if precision is DatePrecision.YEAR else date.replace(day=1)
