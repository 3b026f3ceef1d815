"""Days of relations, and of bounds that are given."""

from __future__ import annotations

import datetime

from kg.errors import ExportError
from kg.store.periods import Period, period_of
from kg.types import Article, Relation


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
