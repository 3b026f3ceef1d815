"""What tables and networks hold of relations and entities: each column is defined once for all formats."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, TypeVar

from kg.export.records import Statement
from kg.store.periods import period_of
from kg.types import Entity

Record = TypeVar("Record")
_DIGITS = 4
"""Decimals kept of a confidence."""


class Kind(Enum):
    """What kind of values a column has; any of them may be None, but for numbers and truth values."""

    TEXT = str
    TEXTS = tuple
    """Several texts, in order."""
    TRUTH = bool
    COUNT = int
    SHARE = float
    """0–1."""
    DAY = "datetime.date"


@dataclass(frozen=True, slots=True)
class Column(Generic[Record]):
    """A value that each record has."""

    name: str
    kind: Kind
    read: Callable[[Record], Any]
    meaning: str


def relation_columns() -> tuple[Column[Statement], ...]:
    """The columns of relations: their ends by name first, what is wanted more rarely behind.

    >>> [column.name for column in relation_columns()][:5]
    ['article', 'date', 'subject', 'predicate', 'object']
    """
    named = {column.name: column for column in (*_RELATION, *_end("subject"), *_end("object"), *_ARTICLE)}
    ordered = {name: named.pop(name) for name in _FIRST}
    return (*ordered.values(), *named.values())


def edge_columns() -> tuple[Column[Statement], ...]:
    """The columns of relations without their ends, which are nodes in a network.

    >>> "subject" in [column.name for column in edge_columns()]
    False
    """
    return (*_RELATION, *_ARTICLE)


def entity_columns() -> tuple[Column[Entity], ...]:
    """The columns of entities.

    >>> [column.name for column in entity_columns()]
    ['name', 'type', 'aliases', 'country', 'sector', 'wikidata']
    """
    return _ENTITY


def _first(statement: Statement) -> datetime.date | None:
    period = period_of(statement.relation.time)
    return period.first if period else None


def _last(statement: Statement) -> datetime.date | None:
    period = period_of(statement.relation.time)
    return period.last if period else None


_FIRST = (
    "article date subject predicate object property relation_class symmetric status attribution time place "
    "confidence evidence start end subject_id subject_type object_id object_type"
).split()

_ENTITY: tuple[Column[Entity], ...] = (
    Column("name", Kind.TEXT, lambda e: e.name, "Its fullest name."),
    Column("type", Kind.TEXT, lambda e: e.type.value, "person, country, organization, place, group, …"),
    Column("aliases", Kind.TEXTS, lambda e: e.aliases, "Other names that it bears in the articles."),
    Column("country", Kind.TEXT, lambda e: e.country, "ISO 3166-1 alpha-3 code of its state, or IGO."),
    Column("sector", Kind.TEXT, lambda e: e.sector, "PLOVER actor sector, such as GOV."),
    Column("wikidata", Kind.TEXT, lambda e: e.wikidata, "Wikidata id, such as Q212."),
)

_RELATION: tuple[Column[Statement], ...] = (
    Column("predicate", Kind.TEXT, lambda s: s.relation.predicate, "Its verb phrase, in base form."),
    Column("property", Kind.TEXT, lambda s: s.relation.property, "Its property, if one fits."),
    Column("relation_class", Kind.TEXT, lambda s: s.relation.relation_class, "Its class, such as CONSULT."),
    Column("symmetric", Kind.TRUTH, lambda s: s.relation.symmetric, "Whether its ends may be swapped."),
    Column(
        "status", Kind.TEXT, lambda s: s.relation.status.value,
        "asserted, planned, possible, negated or requested.",
    ),
    Column("attribution", Kind.TEXT, lambda s: _name(s.relation.attribution), "Who says so."),
    Column("time", Kind.TEXT, lambda s: s.relation.time, "When, as YYYY, YYYY-MM or YYYY-MM-DD."),
    Column("time_start", Kind.DAY, _first, "First day of `time`."),
    Column("time_end", Kind.DAY, _last, "Last day of `time`."),
    Column("place", Kind.TEXT, lambda s: _name(s.relation.place), "Where."),
    Column("confidence", Kind.SHARE, lambda s: round(s.relation.confidence, _DIGITS), "How sure it is, 0–1."),
    Column("evidence", Kind.TEXT, lambda s: s.relation.evidence.text, "The sentence that says so."),
    Column("start", Kind.COUNT, lambda s: s.relation.evidence.start, "Where it begins, in characters."),
    Column("end", Kind.COUNT, lambda s: s.relation.evidence.end, "Where it ends, exclusive."),
    Column("iri", Kind.TEXT, lambda s: s.iri, "Its node in the graph."),
)  # fmt: skip

_ARTICLE: tuple[Column[Statement], ...] = (
    Column("article", Kind.TEXT, lambda s: s.article.id, "Id of the article."),
    Column("date", Kind.DAY, lambda s: s.article.day, "The day when it was published, where that is known."),
    Column("published", Kind.TEXT, lambda s: s.article.published, "The same, or the month or year."),
    Column("article_title", Kind.TEXT, lambda s: s.article.title, "Its headline."),
    Column("article_source", Kind.TEXT, lambda s: s.article.source, "Who published it."),
    Column("copy_of", Kind.TEXT, lambda s: s.copy_of, "Id of the article whose report it repeats, if any."),
    Column("article_url", Kind.TEXT, lambda s: s.article.url, "Its address."),
    Column("article_license", Kind.TEXT, lambda s: s.article.license, "Its licence."),
)


def _end(which: str) -> list[Column[Statement]]:
    """The columns of an end of a relation, which is `subject` or `object`."""

    def column(name: str, kind: Kind, read: Callable[[Entity], Any], meaning: str) -> Column[Statement]:
        return Column(name, kind, lambda s: read(getattr(s.relation, which)), meaning)

    return [
        column(which, Kind.TEXT, lambda e: e.name, f"Name of the {which}."),
        column(f"{which}_id", Kind.TEXT, lambda e: e.id, f"Id of the {which}, the same in all articles."),
        *(
            column(f"{which}_{one.name}", one.kind, one.read, f"The {which}: {one.meaning}")
            for one in _ENTITY
            if one.name != "name"
        ),
    ]


def _name(entity: Entity | None) -> str | None:
    return entity.name if entity else None
