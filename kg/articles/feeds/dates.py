"""The dates of entries: those of publication, as their publisher writes them."""

from __future__ import annotations

import datetime
import email.utils
import time

from kg.articles.dates import parse_date
from kg.types import DatePrecision

_EPOCH = datetime.date(1970, 1, 1)
"""What programs write that know no date."""
_SLACK = datetime.timedelta(days=1)
"""How far ahead the day of a zone may be of the one where it was fetched."""

Published = tuple[datetime.date | None, DatePrecision]


def published_date(
    text: str, parsed: time.struct_time | None, retrieved: datetime.datetime | None
) -> Published:
    """The day of publication that a feed gives, in the zone of whoever wrote it, and how much of it is known.

    ISO 8601 and RFC 822 are read as they are written; of other forms the day in UTC is taken. A day after
    the one when the feed was fetched, and the first of 1970, are no days of publication.

    Args:
        text: As the feed says it; empty where it does not.
        parsed: The moment in UTC that `feedparser` makes of it; None where it can't.
        retrieved: When the feed was fetched; None where that is not known.

    >>> published_date("Sun, 05 Apr 2026 23:30:00 -0500", None, None)[0]
    datetime.date(2026, 4, 5)
    >>> published_date("yesterday", None, None)[0] is None
    True
    """
    day, precision = _written(text.strip()) or _moment(parsed)
    if day is None or day == _EPOCH or (retrieved is not None and day > retrieved.date() + _SLACK):
        return None, DatePrecision.DAY
    return day, precision


def _written(text: str) -> Published | None:
    try:
        return parse_date(text)
    except ValueError:
        pass
    try:
        return email.utils.parsedate_to_datetime(text).date(), DatePrecision.DAY
    except (ValueError, OverflowError):
        return None


def _moment(parsed: time.struct_time | None) -> Published:
    try:
        day = None if parsed is None else datetime.date(*parsed[:3])
    except ValueError:
        day = None
    return day, DatePrecision.DAY
