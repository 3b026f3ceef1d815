"""Reads the dates that records give: as much of one as is known, and moments."""

from __future__ import annotations

import datetime
import re

from kg.types import DatePrecision

_PARTS = re.compile(r"(\d{4})(?:-(\d\d))?")
_LONG_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[T ].+)?")
"""The extended form of ISO 8601; the basic one and week dates are too easily something else."""


def parse_date(text: str) -> tuple[datetime.date, DatePrecision]:
    """The date that an ISO 8601 year, month, day or time gives, and how much of it is known.

    The day of a time is that of its own zone.

    Raises:
        ValueError: The text is none of them.

    >>> parse_date("2026-04-05T23:30:00-05:00")
    (datetime.date(2026, 4, 5), <DatePrecision.DAY: 'day'>)
    >>> parse_date("2026-04")
    (datetime.date(2026, 4, 1), <DatePrecision.MONTH: 'month'>)
    """
    parts = _PARTS.fullmatch(text)
    if parts is not None:
        year, month = parts.groups()
        known = DatePrecision.YEAR if month is None else DatePrecision.MONTH
        return datetime.date(int(year), int(month or 1), 1), known
    if not _LONG_DAY.fullmatch(text):
        raise ValueError(f"{text!r} is no ISO 8601 date")
    return datetime.datetime.fromisoformat(text).date(), DatePrecision.DAY


def parse_moment(text: str) -> datetime.datetime:
    """The moment, in UTC, that an ISO 8601 date and time gives; one without a zone is taken for UTC.

    Raises:
        ValueError: The text gives none; a day alone is no moment.

    >>> parse_moment("2026-04-05T23:30:00-05:00").isoformat()
    '2026-04-06T04:30:00+00:00'
    """
    if not _LONG_DAY.fullmatch(text) or len(text) <= len("YYYY-MM-DD"):
        raise ValueError(f"{text!r} is no ISO 8601 date and time")
    moment = datetime.datetime.fromisoformat(text)
    try:
        return moment.replace(tzinfo=moment.tzinfo or datetime.UTC).astimezone(datetime.UTC)
    except OverflowError as error:
        raise ValueError(f"{text!r} lies outside the years 1 to 9999 in UTC") from error
