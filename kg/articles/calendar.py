"""Dates as articles and file names write them: perhaps without a year, perhaps without a day."""

from __future__ import annotations

import calendar
import datetime
import functools
from dataclasses import dataclass, replace

from kg.language.wordsets import table_rows
from kg.types import DatePrecision

EARLIEST = 1605
"""The year of the first newspaper (Relation, Strasbourg); numbers below it are no years of publication."""
_MONTHS_A_YEAR = 12
_NEAREST = (0, -1, 1)
"""Years beside that of a known date in which a day without year is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A date as it is written: what is not written is None."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    """Monday is 1 (ISO 8601)."""

    @property
    def precision(self) -> DatePrecision | None:
        """How much is known; None where the year is not, or the calendar has no such day."""
        if self.year is None or not EARLIEST <= self.year <= datetime.MAXYEAR:
            return None
        if self.month is None:
            return DatePrecision.YEAR
        if not 1 <= self.month <= _MONTHS_A_YEAR:
            return None
        if self.day is None:
            return DatePrecision.MONTH
        return DatePrecision.DAY if self._is_right else None

    @property
    def first(self) -> datetime.date:
        """The first day that it may mean; of a date that has a precision."""
        return datetime.date(self.year or 1, self.month or 1, self.day or 1)

    @property
    def last(self) -> datetime.date:
        """The last day that it may mean; of a date that has a precision."""
        year, month = self.year or 1, self.month or _MONTHS_A_YEAR
        return datetime.date(year, month, self.day or calendar.monthrange(year, month)[1])

    @property
    def _is_right(self) -> bool:
        """Whether the calendar has the day, and gives it the weekday that is written."""
        year, month, day = self.year or 1, self.month or 1, self.day or 1
        if not 1 <= day <= calendar.monthrange(year, month)[1]:
            return False
        return self.weekday in {None, datetime.date(year, month, day).isoweekday()}


def completed(written: Written, known: Written | None) -> Written | None:
    """A date with the year that is known from elsewhere, if it lacks one; None where it has no precision.

    Of a known month or day it is the year that brings the date nearest to it: a report of 31 December may
    lie in the folder of the next year.

    >>> completed(Written(month=12, day=31), Written(year=2026, month=1, day=1)).year
    2025
    >>> completed(Written(month=3, day=3), None) is None
    True
    """
    if written.year is not None or known is None or known.year is None:
        return written if written.precision else None
    beside = _NEAREST if known.month is not None else _NEAREST[:1]
    found = [replace(written, year=known.year + years) for years in beside]
    right = [one for one in found if one.precision]
    return min(right, key=lambda one: apart(one, known), default=None)


def apart(one: Written, other: Written) -> int:
    """Days between what two dates may mean; 0 where they may mean the same.

    >>> apart(Written(year=2026, month=4, day=5), Written(year=2026, month=4))
    0
    >>> apart(Written(year=2026, month=4, day=5), Written(year=2026, month=4, day=7))
    2
    """
    return max(0, (other.first - one.last).days, (one.first - other.last).days)


def shared(one: Written, other: Written) -> Written | None:
    """What two dates say alike: the finer one where it refines the other, else the month or year of both.

    >>> shared(Written(year=2026, month=4, day=5), Written(year=2026, month=7))
    Written(year=2026, month=None, day=None, weekday=None)
    """
    if apart(one, other) == 0:
        return max(one, other, key=lambda date: (date.month is not None, date.day is not None))
    if one.year != other.year:
        return None
    return Written(year=one.year, month=one.month if one.month == other.month else None)


def numeric(first: int, second: int, year: int) -> Written:
    """The date of two numbers and a year, day or month first; where both may be the month, the year alone.

    >>> numeric(25, 4, 2026).day, numeric(4, 25, 2026).day, numeric(3, 4, 2026).month
    (25, 25, None)
    """
    if first > _MONTHS_A_YEAR or first == second:
        return Written(year=year, month=second, day=first)
    if second > _MONTHS_A_YEAR:
        return Written(year=year, month=first, day=second)
    return Written(year=year)


@functools.cache
def _names(kind: str) -> dict[str, int]:
    return {
        word: int(number) for word, its, number in table_rows("kg.relations", "calendar.tsv") if its == kind
    }


def number_of(name: str | None, kind: str) -> int | None:
    """The number of a `month` or `weekday` by its name or abbreviation; None of None.

    >>> number_of("Sept.", "month"), number_of(None, "weekday")
    (9, None)
    """
    return None if name is None else _names(kind)[name.lower().removesuffix(".")]


@functools.cache
def name_pattern(kind: str) -> str:
    """A pattern of the names of `month` or `weekday`, in capitals or with a capital.

    >>> import re
    >>> [name for name in ("Sept.", "MAY", "may") if re.fullmatch(name_pattern("month"), name)]
    ['Sept.', 'MAY']
    """
    longest_first = sorted(_names(kind), key=len, reverse=True)
    forms = [form for name in longest_first for form in (name.title(), name.upper())]
    return rf"(?:{'|'.join(forms)})\b\.?"
