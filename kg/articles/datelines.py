"""Reads the date that an article's own text begins with: a dateline, or a line of its own above the text.

Agencies write `LONDON, March 3 (Reuters) —`, `MOSCOW, April 3. /TASS/.`, `OSLO (AP, Oct 3, 2019) —`;
Wikinews and many papers a line `Wednesday, 5 June 2019`. What is read stands before the first sentence, and
is closed by a dash, an agency or the end of its line: a date in a running sentence is no dateline. Numbers
that may be the day or the month are no month (`kg.articles.calendar.numeric`).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.articles.calendar import Written, name_pattern, number_of, numeric
from kg.language.wordsets import word_set

_LINES = 6
"""Lines, without blank ones, among which a dateline is looked for: headline, subheadline, byline, dates."""
_LONGEST = 200
"""Characters of a line above the text, and of a dateline."""
_SENTENCE_ENDS = (".", ":", ";", ",", "?", "!", ".”", '."', "—", "–")
_WORDS_OF_PLACE = 7

_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?![\d:])"
_YEAR = r"(?P<year>[12]\d{3})(?!\d)"
_TIME = (
    r"(?:[\s,|@·•–—-]*(?:at\s+)?\d{1,2}[:.h]\d\d(?::\d\d)?(?:\s?[AaPp]\.?[Mm]\b\.?)?"
    r"(?:\s?(?:[A-Z]{1,5}\b|[+-]\d\d:?\d\d|\([A-Z]{2,5}\)))?)?"
)
_HOUR = r"(?:\d{1,2}[:.h]\d\d(?:\s?[AaPp]\.?[Mm]\.?)?(?:\s[A-Z]{2,5})?,?\s+(?:on\s+)?)?"
_DATES = (
    rf"(?:(?P<weekday>WEEKDAY),?\s+)?(?P<month>MONTH)\s+{_DAY}(?:,?\s+{_YEAR})?",
    rf"(?:(?P<weekday>WEEKDAY),?\s+)?(?:the\s+)?{_DAY}\.?(?:\s+of)?[\s-]+(?P<month>MONTH)(?:[\s,-]+{_YEAR})?",
    rf"(?P<month>MONTH),?\s+{_YEAR}",
    (
        r"(?P<year>[12]\d{3})(?P<divider>[-/.])(?P<month_number>[01]?\d)(?P=divider)(?P<day>[0-3]?\d)"
        r"(?:T\d\d:?\d\d[\d:.]*(?:Z|[+-]\d\d:?\d\d)?)?(?![\d/.-]*\d)"
    ),
    rf"(?P<first>[0-3]?\d)(?P<divider>[-/.])(?P<second>[0-3]?\d)(?P=divider){_YEAR}",
)
"""Forms of dates; capitals stand for the names of the calendar."""
_DASH = r"[–—―:]|--?-?(?=\s|$)"
_PLACE = r"(?P<place>[^\W\d_][^\d\n()–—:]{1,80}?)"
_BODY = r"\s*(?P<rest>.*)"
_FORMS = (
    # A line of its own: `Wednesday, 5 June 2019`, `Published: 5 June 2019, 10:30`, `By Ana | June 5, 2019`
    (
        rf"(?:(?:By\s+[^\d\n]{{2,80}}?(?:,|\||·|•|–|—|\bon)\s*)|(?:LABEL)(?:\s+on|\s+at)?\s*:?\s+)?{_HOUR}DATE{_TIME}"
        rf"\s*(?:[|·•].*)?(?P<rest>)$"
    ),
    # `LONDON, March 3 (Reuters) —`, `MOSCOW, April 3. /TASS/.`, `OSLO, 3 April 2026:`
    rf"{_PLACE}(?:\s*,|\s*[–—-])\s*DATE\s*[.,]?\s*(?:\([^()\d]{{2,40}}\)|/[^/\d]{{2,40}}/)\.?\s*(?:{_DASH})?{_BODY}",
    rf"{_PLACE}(?:\s*,|\s*[–—-])\s*DATE\s*(?:{_DASH}){_BODY}",
    # `(AP, Oct 3, 2019)`, `OSLO (Reuters, 3 April) —`
    rf"(?:{_PLACE}\s*[,–—-]?\s*)?[(\[](?P<agency>[^()\[\]\d]{{2,40}}?)[,;:]?\s+DATE[)\]]\s*(?:{_DASH})?{_BODY}",
    # `OSLO (AP), Oct. 3, 2019 —`
    rf"(?:{_PLACE}\s*)?[(\[](?P<agency>[^()\[\]\d]{{2,40}})[)\]]\s*[,–—-]*\s*DATE\s*(?:{_DASH}){_BODY}",
    # `3 April 2026 —`, `April 3 (Reuters) -`, `[3 April 2026]`
    rf"DATE\s*[.,]?\s*(?:\((?P<agency>[^()\d]{{2,40}})\)|/[^/\d]{{2,40}}/)\.?\s*(?:{_DASH})?{_BODY}",
    rf"DATE\s*(?:[–—―]|--?-?(?=\s|$)){_BODY}",
    rf"[(\[]DATE[)\]]\s*(?:{_DASH})?{_BODY}",
)
"""What stands around the date, from the beginning of a line."""
_LABEL = r"(?:First\s+)?(?:Published|PUBLISHED|Posted|POSTED|Issued|Released)|(?:Publication\s+)?Date|Dated"
_SKIPPED = re.compile(r"(?:By|Updated|Last\s+(?:updated|modified)|Modified|Reporting\s+by)\b", re.IGNORECASE)
_STARTS = re.compile(r"[\"“”'‘’«(\[]*(?:[^\W\d_]|\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """A date at a text's beginning, and where it stands."""

    date: Written
    start: int
    """Offset of the line that it stands in."""
    end: int
    """Offset after it, where the text goes on."""


def read_dateline(text: str, *, title: str | None = None) -> Dateline | None:
    """The date that a text begins with; None where it begins with none. Its year may be missing.

    Args:
        text: The article's text.
        title: Its headline, which may stand above the dateline.

    >>> read_dateline("OSLO, March 3 (Reuters) — Ana Bell met Bo Cole.").date
    Written(year=None, month=3, day=3, weekday=None)
    >>> read_dateline("On March 3, 2019, Ana Bell met Bo Cole.") is None
    True
    """
    for start, line in _beginning(text, title):
        found = _read_line(line)
        if found is not None:
            date, end = found
            return Dateline(date=date, start=start, end=start + end)
    return None


def _beginning(text: str, title: str | None) -> Iterator[tuple[int, str]]:
    """The lines above the first sentence, and the line with which it begins; each with its offset."""
    lines = 0
    for match in re.finditer(r"[^\n]+", text):
        start = match.start() + len(match[0]) - len(match[0].lstrip("\ufeff \t\r"))
        line = text[start : match.end()].rstrip()
        if not line:
            continue
        yield start, line
        lines += 1
        if lines == _LINES or not _is_above(line, title):
            return


def _is_above(line: str, title: str | None) -> bool:
    """Whether a line stands above the text: a headline, a byline, another date."""
    if line == (title or "").strip() or _SKIPPED.match(line):
        return len(line) <= _LONGEST
    return len(line) <= _LONGEST and not line.endswith(_SENTENCE_ENDS)


def _read_line(line: str) -> tuple[Written, int] | None:
    head = line[:_LONGEST]
    if not any(character.isdigit() for character in head) or _is_update(head):
        return None
    for pattern in _patterns():
        match = pattern.match(line if len(line) <= _LONGEST else head)
        if match is not None and _is_dateline(match):
            return _date_of(match), match.start("rest")
    return None


def _is_update(line: str) -> bool:
    """Whether a line tells of another date than that of publication."""
    return bool(_SKIPPED.match(line)) and not line.lower().startswith("by")


@functools.cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    dates = [
        date.replace("WEEKDAY", name_pattern("weekday")).replace("MONTH", name_pattern("month"))
        for date in _DATES
    ]
    forms = [form.replace("LABEL", _LABEL) for form in _FORMS]
    return tuple(re.compile(form.replace("DATE", date)) for form in forms for date in dates)


def _is_dateline(match: re.Match[str]) -> bool:
    found = match.groupdict()
    place, agency, rest = found.get("place"), found.get("agency"), found["rest"]
    if place is not None and not _is_place(place):
        return False
    if agency is not None and agency.strip(" ,;:") not in word_set("kg.articles", "news agencies"):
        return False
    return not rest or _begins_a_sentence(rest)


def _is_place(words: str) -> bool:
    """Whether words may name a place: capitals, but for the little words between them."""
    names = re.findall(r"[^\s,/]+", words)
    if not names or len(names) > _WORDS_OF_PLACE or not names[0][0].isupper():
        return False
    if names[0].lower() in word_set("kg.articles", "openings of sentences"):
        return False
    little = word_set("kg.articles", "little words in places")
    if any(re.fullmatch(rf"{name_pattern('month')}|{name_pattern('weekday')}", name) for name in names):
        return False
    return all(name[0].isupper() or name.lower() in little for name in names)


def _begins_a_sentence(rest: str) -> bool:
    """Whether the text begins here: with a capital or a number, and not with the end of a span of days."""
    opening = _STARTS.match(rest)
    if opening is None or opening[0][-1].islower():
        return False
    return not any(re.match(date, rest) for date in _spans())


@functools.cache
def _spans() -> tuple[re.Pattern[str], ...]:
    month = name_pattern("month")
    return (re.compile(rf"{month}\s+\d"), re.compile(rf"\d{{1,2}}\s+{month}"), re.compile(r"[12]\d{3}\b"))


def _date_of(match: re.Match[str]) -> Written:
    found = match.groupdict()
    year = None if found.get("year") is None else int(found["year"])
    if found.get("first") is not None:
        return numeric(int(found["first"]), int(found["second"]), year or 0)
    month = found.get("month_number")
    return Written(
        year=year,
        month=number_of(found.get("month"), "month") if month is None else int(month),
        day=None if found.get("day") is None else int(found["day"]),
        weekday=number_of(found.get("weekday"), "weekday"),
    )
