"""Days that times in words of ISO 8601 stand for: `2026-04` is all of April."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

from kg.errors import ExportError
from kg.types import Article, Relation

_FORM = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")


@dataclass(frozen=True, slots=True)
class Period:
    """From one day to another, both of them included."""

    first: datetime.date
    last: datetime.date | None
    """None where no end is known."""


def period_of(time: str | None) -> Period | None:
    """The days of a year, month or day; None of None, and of what is none of these.

    >>> period_of("2024-02").last.isoformat()
    '2024-02-29'
    """
    found = _FORM.fullmatch(time or "")
    if found is None:
        return None
    year, month, day = (int(found[name]) if found[name] else None for name in ("year", "month", "day"))
    try:
        first = datetime.date(year or 0, month or 1, day or 1)
    except ValueError:  # such as a 30th of February
        return None
    if day is not None:
        return Period(first, first)
    last = month or 12
    return Period(first, datetime.date(first.year, last, calendar.monthrange(first.year, last)[1]))


def stated_period(article: Article, relation: Relation) -> Period | None:
    """When a relation is, by its own time, else by its article's date; None where neither is known."""
    return period_of(relation.time) or period_of(article.published)


def bound_of(value: datetime.date | str, *, is_end: bool) -> datetime.date:
    """The first day of a time that somebody gives, or the last one.

    >>> bound_of("2026", is_end=True).isoformat()
    '2026-12-31'

    Raises:
        ExportError: It is no year, month or day.
    """
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    period = period_of(value)
    if period is None or period.last is None:
        raise ExportError(f"{value!r} is no day, month or year; give YYYY-MM-DD, YYYY-MM or YYYY.")
    return period.last if is_end else period.first
