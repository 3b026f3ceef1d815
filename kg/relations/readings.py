"""Readings: what a matched date expression means, each by a small function that gives an ISO value.

Which words match is in `expressions`, the arithmetic in `dates`. Each function gives None where the article's
date, or the date that the words count from, is needed and not known.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from kg.relations import dates as calendar
from kg.relations.cues import rows, table
from kg.relations.dates import Tense

UNITS = frozenset({"day", "week", "month", "year"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A matched expression with what decides how it is read."""

    match: re.Match[str]
    published: datetime.date | None
    tense: Tense
    anchor: str | None = None
    """The date that `the next day` counts from."""

    def get(self, group: str) -> str:
        """A group of the match in lower case; empty where it did not take part."""
        found = self.match.groupdict().get(group)
        return found.lower() if found else ""


# How expressions are read: each function gives an ISO value, or None where the article's date is needed.


def read_day(reading: Reading) -> str | None:
    """`April 4, 2026`, `Saturday, 4 April`."""
    month, day = number_of(reading.get("month")), int(reading.get("day"))
    weekday = number_of(reading.get("weekday")) if reading.get("weekday") else None
    if reading.get("year"):
        return calendar.isoformat(calendar.day_of(int(reading.get("year")), month, day))
    return calendar.day_without_year(month, day, reading.published, tense=reading.tense, weekday=weekday)


def read_iso(reading: Reading) -> str | None:
    """`2026-04-04`."""
    year, month, day = (int(reading.get(part)) for part in ("year", "month", "day"))
    in_year = 1 <= month <= calendar.MONTHS_A_YEAR
    return calendar.isoformat(calendar.day_of(year, month, day)) if in_year else None


def read_month(reading: Reading) -> str | None:
    """`April 2026`, `in April`, `last April`, `April of last year`."""
    month = number_of(reading.get("month"))
    if reading.get("year"):
        return f"{int(reading.get('year')):04d}-{month:02d}"
    if reading.get("which_year"):
        year = calendar.years_from(reading.published, offset_of(reading.get("which_year")))
        return f"{year}-{month:02d}" if year else None
    tense = Tense.PAST if reading.match[0].lower().startswith("since") else reading.tense
    return calendar.month_without_year(month, reading.published, tense=tense, which=reading.get("which"))


def read_near_day(reading: Reading) -> str | None:
    """`today`, `yesterday`, `last night`, `tomorrow`."""
    return calendar.days_from(reading.published, int(table("near_days")[reading.get("near")]))


def read_weekday(reading: Reading) -> str | None:
    """`on Monday`, `next Friday`."""
    weekday = number_of(reading.get("weekday"))
    which = reading.get("which")
    return calendar.weekday_near(weekday, reading.published, tense=reading.tense, which=which)


def read_unit(reading: Reading) -> str | None:
    """`last week`, `earlier this month`, `next year`."""
    return shifted(reading.published, offset_of(reading.get("which")), reading.get("unit"))


def read_this_week(reading: Reading) -> str | None:
    """`this week`, `earlier this week`."""
    return calendar.this_week(reading.published, tense=reading.tense, which=reading.get("part"))


def read_year_part(reading: Reading) -> str | None:
    """`by the end of the year`: the year, and no month."""
    return calendar.years_from(reading.published, offset_of(reading.get("which")))


def read_same_day(reading: Reading) -> str | None:
    """`that day`, `later the same evening`."""
    return calendar.date_after(reading.anchor, 0, "day")


def read_same(reading: Reading) -> str | None:
    """`that day`, `later the same year`."""
    return calendar.date_after(reading.anchor, 0, reading.get("unit"))


def read_neighbour(reading: Reading) -> str | None:
    """`the next day`, `the previous evening`, `the year before`: counted from the date named before."""
    words = table("neighbours")[reading.get("which")]
    unit = reading.get("unit")
    return calendar.date_after(reading.anchor, int(words), unit if unit in UNITS else "day")


def read_later(reading: Reading) -> str | None:
    """`two days later`, `a month earlier`."""
    count = count_of(reading.get("count")) * int(table("neighbours")[reading.get("which")])
    return calendar.date_after(reading.anchor, count, reading.get("unit"))


def read_season(reading: Reading) -> str | None:
    """`last summer`: the year, for seasons differ between hemispheres; last winter is in two years."""
    which = reading.get("which")
    if reading.get("unit") == "winter" or which == "next":
        return None
    month = calendar.LAST_MONTH_OF[reading.get("unit")]
    back = which == "last" and reading.published is not None and reading.published.month <= month
    return calendar.years_from(reading.published, -1 if back else 0)


def read_ago(reading: Reading) -> str | None:
    """`three days ago`."""
    return shifted(reading.published, -count_of(reading.get("count")), reading.get("unit"))


def read_ahead(reading: Reading) -> str | None:
    """`will meet in two weeks`; said of the past, it is how long something took."""
    if reading.tense is not Tense.FUTURE:
        return None
    return shifted(reading.published, count_of(reading.get("count")), reading.get("unit"))


def read_from_now(reading: Reading) -> str | None:
    """`two weeks from now`."""
    return shifted(reading.published, count_of(reading.get("count")), reading.get("unit"))


def read_year(reading: Reading) -> str | None:
    """`in 2026`, `the 2026 election`."""
    return reading.get("year")


def number_of(name: str) -> int:
    """The number of a month or weekday."""
    return next(int(number) for word, _, number in rows("calendar") if word == name)


def count_of(word: str) -> int:
    """`three` or `3` as a number."""
    return int(word) if word.isdigit() else int(table("numbers")[word])


def offset_of(which: str) -> int:
    """`last` is one back, `this` none, `next` one ahead."""
    last = which.rsplit(maxsplit=1)[-1]
    return {"last": -1, "previous": -1, "next": 1, "coming": 1}.get(last, 0)


def shifted(published: datetime.date | None, count: int, unit: str) -> str | None:
    """The day, week, month or year so many units after the article's date."""
    if unit == "day":
        return calendar.days_from(published, count)
    if unit in {"week", "weekend"}:
        return calendar.weeks_from(published, count)
    if unit == "month":
        return calendar.shifted(published, months=count)
    return calendar.years_from(published, count)
