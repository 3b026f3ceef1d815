"""Expressions: the words of a document that name a date, and how each is read against the article's date.

`PATTERNS` is a table: what the words name, a pattern, a function that reads a match. The arithmetic is in
`dates`; which predicate a date belongs to is `temporal`'s question.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.relations import dates as calendar
from kg.relations.cues import rows, table, words
from kg.relations.dates import Tense
from kg.relations.syntax import is_in_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A matched expression with what decides how it is read."""

    match: re.Match[str]
    published: datetime.date | None
    tense: Tense

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
    return calendar.month_without_year(
        month, reading.published, tense=reading.tense, which=reading.get("which")
    )


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


# Which words are dates.

_WHICH = r"(?P<which>last|next|this|past|coming|following|early|mid|late)"
_LEAD = r"(?:in|since|until|till|by|during|of|from|before|after|through|for|between|around)"
_YEAR = r"(?P<year>\d{4})\b(?!-)"
_WHICH_YEAR = r"(?P<which_year>this|last|next)\s+year"
_UNIT = r"(?P<unit>day|week|month|year)s?\b"
PATTERNS: tuple[tuple[str, str, Callable[[Reading], str | None]], ...] = (
    ("day", r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b", read_iso),
    ("day", rf"\b(?:WEEKDAY\s?,?\s+)?MONTH\s+DAY(?:\s?,?\s+{_YEAR})?", read_day),
    ("day", rf"\b(?:WEEKDAY\s?,?\s+)?(?:the\s+)?DAY(?:\s+of)?\s+MONTH\b(?:\s?,?\s+{_YEAR})?", read_day),
    (
        "month",
        rf"\b(?:(?:{_LEAD}\s+)?{_WHICH}[\s-]+|{_LEAD}\s+)?MONTH,?(?:\s+of)?\s+(?:{_YEAR}|{_WHICH_YEAR})",
        read_month,
    ),
    ("month", rf"\b{_WHICH}[\s-]+MONTH\b", read_month),
    ("month", rf"(?<=\s)(?<!\S){_LEAD}\s+MONTH\b(?!\s+\d)", read_month),
    ("month", rf"^{_LEAD}\s+MONTH\b(?!\s+\d)", read_month),
    ("day", r"\b(?P<near>NEAR)\b", read_near_day),
    ("day", rf"\b(?:this\s+)?(?:{_WHICH}\s+)?WEEKDAY\b", read_weekday),
    (
        "week",
        r"(?<!the )(?<!past )\b(?P<which>last|this|next|coming|previous)\s+(?P<unit>week)(?:end)?\b",
        read_unit,
    ),
    ("month", r"(?<!the )\b(?P<which>last|this|next|coming|previous)\s+(?P<unit>month)\b", read_unit),
    ("year", r"(?<!the )\b(?P<which>last|this|next|coming|previous)\s+(?P<unit>year)\b", read_unit),
    ("year", r"\b(?P<which>last|this|next)\s+(?P<unit>spring|summer|autumn|fall|winter)\b", read_season),
    ("day", rf"\b(?P<count>\d{{1,3}}|COUNT)(?:\s+of)?\s+{_UNIT}\s+ago\b", read_ago),
    ("day", rf"\bin\s+(?P<count>\d{{1,2}}|COUNT)(?:\s+of)?\s+{_UNIT}", read_ahead),
    ("year", r"(?<![\d.,$€£-])\b(?P<year>1[5-9]\d\d|20\d\d)\b(?![\d%]|[.,]\d|-\d)", read_year),
)
"""Kind, pattern, reading. Of two that overlap the earlier counts, then the longer, then the first here."""


@functools.cache
def patterns() -> tuple[tuple[str, re.Pattern[str], Callable[[Reading], str | None]], ...]:
    """`PATTERNS` with the names of months, weekdays and numbers filled in."""
    names = {
        kind: [word for word, its, _ in rows("calendar") if its == kind] for kind in ("month", "weekday")
    }
    parts = {
        "WEEKDAY": rf"(?P<weekday>{'|'.join(names['weekday'])})\b\.?",
        "MONTH": rf"(?P<month>{'|'.join(names['month'])})\b\.?",
        "DAY": r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?\b(?!\d|[,.:]\d)",
        "NEAR": "|".join(sorted(words("near_days"), key=len, reverse=True)),
        "COUNT": "|".join(sorted(words("numbers"))),
    }
    compiled = []
    for kind, pattern, read in PATTERNS:
        for name, part in parts.items():
            pattern = pattern.replace(name, part)  # noqa: PLW2901 - filled in part by part
        compiled.append((kind, re.compile(pattern, re.IGNORECASE), read))
    return tuple(compiled)


Expression = tuple[str, Callable[[Reading], str | None], "re.Match[str]", Span]


def expressions_in(doc: Doc) -> Iterator[Expression]:
    """The expressions of a document that do not overlap, in the order of the text."""
    text = doc.text  # spaCy joins it anew each time that it is asked for
    matches = [
        (match.start(), -match.end(), order, match)
        for order, (_, pattern, _) in enumerate(patterns())
        for match in pattern.finditer(text)
    ]
    end = 0
    for start, _, order, match in sorted(matches, key=lambda item: item[:3]):
        kind, _, read = patterns()[order]
        if start < end or not is_capital(match):
            continue
        span = doc.char_span(start, match.end(), alignment_mode="expand")
        if span is not None and not (kind == "year" and is_quantity(span)):
            end = match.end()
            yield kind, read, match, span


def is_capital(match: re.Match[str]) -> bool:
    """Whether months and weekdays are written as names: `may` is no month."""
    found = match.groupdict()
    return all(
        found[part][0].isupper() for part in ("month", "weekday") if (found.get(part) or "0").isalpha()
    )


def is_quantity(span: Span) -> bool:
    """Whether four figures count something (`2000 people`), or are part of a name."""
    token = span[-1]
    if is_in_name(token) or (token.dep_ == "nummod" and token.head.i > token.i and is_plural(token.head)):
        return token.lower_.isdigit()
    return False


def is_plural(token: Token) -> bool:
    """Whether a noun is in the plural."""
    return "Plur" in token.morph.get("Number", [])
