"""Expressions: the words of a document that name a date, and how each is read against the article's date.

`PATTERNS` is a table: what the words name, a pattern, a function of `readings` that reads a
match. The arithmetic is in `dates`; which predicate a date belongs to is `temporal`'s question.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from spacy.tokens import Doc, Span, Token

from kg.language.tree import has_value
from kg.relations import readings
from kg.relations.cues import rows, words
from kg.relations.readings import Reading
from kg.relations.syntax import is_in_name

# Which words are dates.

_WHICH = r"(?P<which>last|next|this|past|coming|following|early|mid|late)"
_LEAD = r"(?:in|since|until|till|by|during|of|from|before|after|through|for|between|around)"
_PART = r"(?:(?:the\s+)?(?:end|start|beginning|middle|close|first\s+half|second\s+half)\s+of)"
_TO = r"to|and|until|through|-|–|—"
_YEAR = r"(?P<year>\d{4})\b(?!-)"
_WHICH_YEAR = r"(?P<which_year>this|last|next)\s+year"
_UNIT = r"(?P<unit>day|week|month|year)s?\b"
_DAY_PART = r"(?:\s+(?:HOURS|local\s+time)\b)*"
_DAY_UNIT = r"(?P<unit>day|morning|afternoon|evening|night)"
_OTHER = r"(?P<which>last|next|coming|previous)"
PATTERNS: tuple[tuple[str, str, Callable[[Reading], str | None]], ...] = (
    ("day", r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b", readings.read_iso),
    ("day", rf"\b(?:WEEKDAY\s?,?\s+)?MONTH\s+DAY(?:\s?,?\s+{_YEAR})?", readings.read_day),
    (
        "day",
        rf"\b(?:WEEKDAY\s?,?\s+)?(?:the\s+)?DAY(?:\s+of)?\s+MONTH\b(?:\s?,?\s+{_YEAR})?",
        readings.read_day,
    ),
    (
        "month",
        rf"\b(?:(?:from|between)\s+)?\d{{1,2}}(?:st|nd|rd|th)?\s*(?:{_TO})\s*DAY\s+MONTH\b(?:\s?,?\s+{_YEAR})?",
        readings.read_month,
    ),
    (
        "month",
        rf"\b(?:(?:from|between)\s+)?MONTH\s+DAY\s*(?:{_TO})\s*\d{{1,2}}(?:st|nd|rd|th)?\b(?:\s?,?\s+{_YEAR})?",
        readings.read_month,
    ),
    (
        "month",
        rf"\b(?:(?:{_LEAD}\s+)?(?:{_WHICH}[\s-]+|{_PART}\s+)|{_LEAD}\s+)?MONTH,?(?:\s+of)?\s+(?:{_YEAR}|{_WHICH_YEAR})",
        readings.read_month,
    ),
    ("month", rf"\b(?:{_LEAD}\s+)?{_PART}\s+MONTH\b(?!\s+\d)", readings.read_month),
    ("month", rf"\b{_WHICH}[\s-]+MONTH\b", readings.read_month),
    ("month", rf"(?<=\s)(?<!\S){_LEAD}\s+MONTH\b(?!\s+\d)", readings.read_month),
    ("month", rf"^{_LEAD}\s+MONTH\b(?!\s+\d)", readings.read_month),
    ("day", r"\b(?P<near>NEAR)\b", readings.read_near_day),
    ("day", rf"\b(?:this\s+)?(?:{_WHICH}\s+)?WEEKDAY\b{_DAY_PART}", readings.read_weekday),
    ("week", r"\b(?:(?P<part>earlier|later)\s+)?this\s+week(?:end)?\b", readings.read_this_week),
    ("week", rf"(?<!the )(?<!past )\b{_OTHER}\s+(?P<unit>week)(?:end)?\b", readings.read_unit),
    (
        "month",
        r"(?<!the )\b(?P<which>last|this|next|coming|previous)\s+(?P<unit>month)\b",
        readings.read_unit,
    ),
    ("year", r"(?<!the )\b(?P<which>last|this|next|coming|previous)\s+(?P<unit>year)\b", readings.read_unit),
    (
        "year",
        r"\b(?:at|by|before|until)\s+(?:the\s+)?(?P<which>year)(?:'s)?[\s-]+end\b",
        readings.read_year_part,
    ),
    ("year", rf"\b{_PART}\s+the\s+(?P<which>year)\b(?!\s+\d)", readings.read_year_part),
    (
        "year",
        r"\b(?P<which>last|this|next)\s+(?P<unit>spring|summer|autumn|fall|winter)\b",
        readings.read_season,
    ),
    (
        "day",
        rf"\b(?:earlier|later|on)?\s*\b(?:that|the)\s+same\s+{_DAY_UNIT}\b",
        readings.read_same_day,
    ),
    ("day", rf"\bthat\s+{_DAY_UNIT}\b", readings.read_same_day),
    ("month", r"\b(?:that|the)\s+same\s+(?P<unit>month|year)\b", readings.read_same),
    ("month", r"\b(?:(?:later|earlier|in)\s+)that\s+(?P<unit>month|year)\b", readings.read_same),
    (
        "day",
        rf"\bthe\s+(?P<which>next|following|previous|preceding|prior)\s+(?:{_DAY_UNIT})\b",
        readings.read_neighbour,
    ),
    (
        "month",
        r"\bthe\s+(?P<which>following|previous|preceding|prior)\s+(?P<unit>month|year)\b",
        readings.read_neighbour,
    ),
    (
        "day",
        r"\bthe\s+(?P<unit>day|night|month|year)\s+(?P<which>before|after)\b(?=\s*[.,;]|\s*$)",
        readings.read_neighbour,
    ),
    (
        "day",
        rf"\b(?:only\s+|just\s+)?(?P<count>\d{{1,3}}|COUNT)\s+{_UNIT}\s+(?P<which>later|earlier|afterwards?|beforehand)\b",
        readings.read_later,
    ),
    ("day", rf"\b(?P<count>\d{{1,3}}|COUNT)(?:\s+of)?\s+{_UNIT}\s+ago\b", readings.read_ago),
    ("day", rf"\bin\s+(?P<count>\d{{1,2}}|COUNT)(?:\s+of)?\s+{_UNIT}", readings.read_ahead),
    ("day", rf"\b(?P<count>\d{{1,2}}|COUNT)\s+{_UNIT}\s+from\s+(?:now|today)\b", readings.read_from_now),
    ("year", r"(?<![\d.,$€£-])\b(?P<year>1[5-9]\d\d|20\d\d)\b(?![\d%]|[.,]\d|-\d)", readings.read_year),
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
        "HOURS": "|".join(sorted(words("day_parts"))),
        "COUNT": "|".join(sorted(words("numbers"))),
    }
    compiled = []
    for kind, pattern, read in PATTERNS:
        for name, part in parts.items():
            pattern = pattern.replace(name, part)  # noqa: PLW2901 - filled in part by part
        compiled.append((kind, re.compile(pattern, re.IGNORECASE), read))
    return tuple(compiled)


UNITS = ("week", "weekend", "month", "year")
PARTS_OF_DAYS = ("day", "morning", "afternoon", "evening", "night")
ANCHORS: Mapping[Callable[[Reading], str | None], tuple[str, ...]] = {
    readings.read_day: ("MONTH",),
    readings.read_month: ("MONTH",),
    readings.read_weekday: ("WEEKDAY",),
    readings.read_near_day: ("NEAR",),
    readings.read_this_week: ("week", "weekend"),
    readings.read_unit: UNITS,
    readings.read_year_part: ("year",),
    readings.read_season: ("spring", "summer", "autumn", "fall", "winter"),
    readings.read_same_day: PARTS_OF_DAYS,
    readings.read_same: UNITS,
    readings.read_neighbour: (*PARTS_OF_DAYS, *UNITS),
    readings.read_later: ("later", "earlier", "afterward", "beforehand"),
    readings.read_ago: ("ago",),
    readings.read_ahead: ("day", *UNITS),
    readings.read_from_now: ("now", "today"),
}
"""For each reading the words of which all its patterns have one: text far from those need not be searched.
Capitals stand for lists, as in `PATTERNS`; a reading without words is searched for in the whole text."""
REACH = 120
"""Characters between such a word and either end of a match; the longest date has some fifty."""


@functools.cache
def anchors(read: Callable[[Reading], str | None]) -> tuple[str, ...]:
    """The words of `ANCHORS` with its lists filled in; none for a reading that is not in it."""
    lists = {
        "MONTH": [word for word, kind, _ in rows("calendar") if kind == "month"],
        "WEEKDAY": [word for word, kind, _ in rows("calendar") if kind == "weekday"],
        "NEAR": sorted(words("near_days")),
    }
    return tuple(found for word in ANCHORS.get(read, ()) for found in lists.get(word, [word]))


def matches_in(text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Every match of a pattern in a text, with the number of the pattern."""
    lower = text.lower()
    known: dict[tuple[str, ...], list[tuple[int, int]]] = {(): [(0, len(text))]}
    for order, (_, pattern, read) in enumerate(patterns()):
        near = anchors(read) if len(lower) == len(text) else ()  # a few letters are longer in lower case
        if near not in known:
            known[near] = list(stretches(lower, near))
        for start, end in known[near]:
            yield from ((order, match) for match in pattern.finditer(text, start, end))


def stretches(text: str, near: Iterable[str]) -> Iterator[tuple[int, int]]:
    """The parts of a lower-case text within `REACH` of some words, in order, apart from each other."""
    start, end = 0, -1
    for first, last in sorted(span for word in near for span in places_of(text, word)):
        if first - REACH > end:
            if end >= 0:
                yield start, end
            start = max(0, first - REACH)
        end = min(len(text), last + REACH)
    if end >= 0:
        yield start, end


def places_of(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Where a word stands in a lower-case text, alone or in the plural, not inside of another word.

    >>> list(places_of("in a week, weeks later, on weekdays", "week"))
    [(5, 9), (11, 15)]
    """
    found = text.find(word)
    while found >= 0:
        end = found + len(word)
        after = end + (text[end : end + 1] == "s")
        if not text[max(0, found - 1) : found].isalpha() and not text[after : after + 1].isalpha():
            yield found, end
        found = text.find(word, end)


Expression = tuple[str, Callable[[Reading], str | None], "re.Match[str]", Span]


def expressions_in(doc: Doc) -> Iterator[Expression]:
    """The expressions of a document that do not overlap, in the order of the text."""
    matches = [(match.start(), -match.end(), order, match) for order, match in matches_in(doc.text)]
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
    return has_value(token, "Number", "Plur")
