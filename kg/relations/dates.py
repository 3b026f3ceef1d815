"""Dates: what calendar expressions mean against an article's date.

Only arithmetic: which words make a date, and which predicate it belongs to, is `temporal`'s question. Values
are ISO 8601, as exact as the words are: `2026-04-04`, `2026-04`, `2026`. The current day is never asked.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable
from enum import StrEnum

DAYS_A_WEEK = 7
MONTHS_A_YEAR = 12
YEAR, MONTH, DAY = 4, 7, 10
"""Characters of an ISO 8601 year, month and day."""
LENGTHS = (DAY, MONTH, YEAR)
EXACTNESS = {"day": DAY, "week": DAY, "month": MONTH}
"""How exact a date must be for such units to be counted from it."""
NEAR = datetime.timedelta(days=10)
"""A day this soon after the article, said in the past tense, is a slip or a time zone, not last year's."""


LAST_MONTH_OF = {"spring": 5, "summer": 9, "autumn": 12, "fall": 12}
"""Northern seasons; until this month `last summer` is the year before."""
YEARS_CONFIRMED = 3
"""So many years before the article a weekday may confirm; more would find another year that fits."""


class Tense(StrEnum):
    """Which way the clause of a date looks."""

    PAST = "past"
    FUTURE = "future"
    UNKNOWN = "unknown"


def day_of(year: int, month: int, day: int) -> datetime.date | None:
    """The day, if the calendar has it.

    >>> day_of(2026, 2, 30) is None
    True
    """
    last = calendar.monthrange(year, month)[1] if datetime.MINYEAR <= year <= datetime.MAXYEAR else 0
    return datetime.date(year, month, day) if 1 <= day <= last else None


def day_without_year(
    month: int, day: int, published: datetime.date | None, *, tense: Tense, weekday: int | None = None
) -> str | None:
    """The day that a month and day mean; a weekday (Monday is 1) given with it confirms the year.

    >>> day_without_year(12, 9, datetime.date(2026, 1, 5), tense=Tense.PAST)
    '2025-12-09'
    """
    if published is None:
        return None
    before = YEARS_CONFIRMED if weekday else 1
    years = range(published.year - before, published.year + 2)
    days = [found for year in years if (found := day_of(year, month, day))]
    agreeing = [found for found in days if weekday is None or found.isoweekday() == weekday]
    return isoformat(nearest(agreeing or days, published, tense=tense))


def nearest(days: Iterable[datetime.date], published: datetime.date, *, tense: Tense) -> datetime.date | None:
    """The day nearest to the article's date, on the side that the tense tells, where there is one."""
    candidates = sorted(days, key=lambda day: (abs(day - published), day))
    if tense is Tense.PAST:
        sided = [day for day in candidates if day <= published + NEAR]
    elif tense is Tense.FUTURE:
        sided = [day for day in candidates if day >= published]
    else:
        sided = candidates
    return next(iter(sided or candidates), None)


def weekday_near(
    weekday: int, published: datetime.date | None, *, tense: Tense, which: str = ""
) -> str | None:
    """The last such weekday on or before the article's date, or the next one after it.

    `which` is a word before the weekday: `next`, `coming`, `last`, `this` or none.

    >>> weekday_near(1, datetime.date(2026, 4, 8), tense=Tense.PAST)
    '2026-04-06'
    """
    if published is None:
        return None
    back = (published.isoweekday() - weekday) % DAYS_A_WEEK
    if which in {"next", "coming", "following"} or (tense is Tense.FUTURE and which not in {"last", "past"}):
        ahead = (weekday - published.isoweekday()) % DAYS_A_WEEK
        return isoformat(published + datetime.timedelta(days=ahead or DAYS_A_WEEK))
    if which in {"last", "past"} and back == 0:
        back = DAYS_A_WEEK
    return isoformat(published - datetime.timedelta(days=back))


def month_without_year(
    month: int, published: datetime.date | None, *, tense: Tense, which: str = ""
) -> str | None:
    """The month nearest to the article's date on the side that tense or `last`, `next` tell.

    Where nothing tells the side, it is the nearest of all, as of days; of two as near the one before.

    >>> month_without_year(11, datetime.date(2026, 4, 8), tense=Tense.PAST)
    '2025-11'
    >>> month_without_year(8, datetime.date(2023, 7, 17), tense=Tense.UNKNOWN)
    '2023-08'
    """
    if published is None:
        return None
    distance = (month - published.month) % MONTHS_A_YEAR
    ahead = tense is Tense.FUTURE or which in {"next", "coming"}
    if tense is Tense.UNKNOWN and which not in {"last", "past"}:
        ahead = ahead or distance < MONTHS_A_YEAR / 2
    if which in {"last", "past", "next", "coming"} and distance == 0:
        distance = MONTHS_A_YEAR
    return shifted(published, months=distance if ahead or distance == 0 else distance - MONTHS_A_YEAR)


def days_from(published: datetime.date | None, days: int) -> str | None:
    """So many days after the article's date, before it where negative."""
    return isoformat(published + datetime.timedelta(days=days)) if published else None


def weeks_from(published: datetime.date | None, weeks: int) -> str | None:
    """The month, else the year, that holds all of a week before or after the article's.

    >>> weeks_from(datetime.date(2026, 4, 18), -1), weeks_from(datetime.date(2026, 4, 8), -1)
    ('2026-04', '2026')
    """
    if published is None:
        return None
    monday = published - datetime.timedelta(days=published.weekday()) + datetime.timedelta(weeks=weeks)
    sunday = monday + datetime.timedelta(days=DAYS_A_WEEK - 1)
    return common(monday.isoformat(), sunday.isoformat())


def this_week(published: datetime.date | None, *, tense: Tense, which: str = "") -> str | None:
    """The month, else the year, that holds what is meant of the article's week.

    Said of the past it ends with the article's day, `earlier` the day before; said of the future it begins
    with it.

    >>> this_week(datetime.date(2019, 11, 1), tense=Tense.PAST, which="earlier")
    '2019-10'
    """
    if published is None:
        return None
    monday = published - datetime.timedelta(days=published.weekday())
    sunday = monday + datetime.timedelta(days=DAYS_A_WEEK - 1)
    if which == "earlier":
        sunday = max(monday, published - datetime.timedelta(days=1))
    elif which == "later" or tense is Tense.FUTURE:
        monday = published
    elif tense is Tense.PAST:
        sunday = published
    return common(monday.isoformat(), sunday.isoformat())


def common(first: str | None, last: str | None) -> str | None:
    """The month or year that holds a range of dates; None where none does.

    >>> common("2019-05-03", "2019-05-06"), common("2019-05", "2019-11"), common("2010", "2014")
    ('2019-05', '2019', None)
    """
    if first is None or last is None:
        return None
    for length in LENGTHS:
        if first[:length] == last[:length] and min(len(first), len(last)) >= length:
            return first[:length]
    return None


def date_after(anchor: str | None, count: int, unit: str) -> str | None:
    """The day, month or year so many units after another; None where the other is less exact.

    Of weeks it is the month: `a week later` is seldom meant to the day.

    >>> date_after("2019-12-31", 1, "day"), date_after("2019-12", -1, "year"), date_after("2019", 1, "day")
    ('2020-01-01', '2018', None)
    """
    if anchor is None or len(anchor) < EXACTNESS.get(unit, YEAR):
        return None
    if unit == "day":
        return days_from(datetime.date.fromisoformat(anchor), count)
    if unit == "week":
        return weeks_from(datetime.date.fromisoformat(anchor), count)
    if unit == "month":
        return shifted(datetime.date.fromisoformat(f"{anchor[:MONTH]}-01"), months=count)
    return f"{int(anchor[:YEAR]) + count:04d}"


def shifted(published: datetime.date | None, *, months: int) -> str | None:
    """The month so many months after the article's.

    >>> shifted(datetime.date(2026, 1, 31), months=-2)
    '2025-11'
    """
    if published is None:
        return None
    count = published.year * MONTHS_A_YEAR + published.month - 1 + months
    return f"{count // MONTHS_A_YEAR:04d}-{count % MONTHS_A_YEAR + 1:02d}"


def years_from(published: datetime.date | None, years: int) -> str | None:
    """The year so many years after the article's."""
    return f"{published.year + years:04d}" if published else None


def isoformat(day: datetime.date | None) -> str | None:
    """A day in ISO 8601; None stays None."""
    return day.isoformat() if day else None
