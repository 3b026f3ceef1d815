"""Days that times in words of ISO 8601 stand for: `2026-04` is all of April."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

_FORM = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")


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
