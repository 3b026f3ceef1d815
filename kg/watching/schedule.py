"""Says when a feed is asked again: as its server and it wish, and not all at once."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.watching.state import FeedState

LONGEST = 24 * 3600.0
"""Seconds after which each feed is asked again, whatever it wishes and however often it has failed."""
_DOUBLINGS = 20
_SPREAD = 0.1
"""By which share times are spread, so that feeds which began together do not stay together."""
_MAX_AGE = re.compile(r"""(?:^|,)\s*max-age\s*=\s*"?(\d{1,9})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """How often feeds are asked.

    >>> noon = datetime.datetime(2026, 4, 6, 12, tzinfo=datetime.UTC)
    >>> Schedule(every=900).due(FeedState(polled=noon), 0.5).isoformat()
    '2026-04-06T12:15:00+00:00'
    """

    every: float
    """Seconds between two times; after each failure in a row it is twice as long, up to a day."""

    def due(self, state: FeedState, chance: float) -> datetime.datetime:
        """When a feed is to be asked.

        Args:
            state: What is known of it.
            chance: Between 0 and 1, evenly, for spreading.
        """
        if state.polled is None:
            return datetime.datetime.min.replace(tzinfo=datetime.UTC)
        pause = min(self.every * 2.0 ** min(state.failures, _DOUBLINGS), max(LONGEST, self.every))
        usual = state.polled + datetime.timedelta(seconds=pause * (1 + _SPREAD * (2 * chance - 1)))
        return max(usual, state.not_before or usual)


def wished_moment(now: datetime.datetime, seconds: float) -> datetime.datetime | None:
    """When a server wishes to be asked at the earliest; None where it wishes nothing.

    >>> wished_moment(datetime.datetime(2026, 4, 6, tzinfo=datetime.UTC), 3600).isoformat()
    '2026-04-06T01:00:00+00:00'
    """
    return now + datetime.timedelta(seconds=min(seconds, LONGEST)) if seconds > 0 else None


def fresh_seconds(headers: Mapping[str, str]) -> float:
    """For how long an answer is fresh, by `Cache-Control` (RFC 9111, section 4.2.1), less its `Age`.

    >>> fresh_seconds({"cache-control": "public, max-age=600", "age": "100"}), fresh_seconds({})
    (500.0, 0.0)
    """
    found = _MAX_AGE.search(headers.get("cache-control", ""))
    age = headers.get("age", "").strip()
    old = float(age[:9]) if age.isascii() and age.isdigit() else 0.0
    return max(0.0, float(found[1]) - old) if found else 0.0
