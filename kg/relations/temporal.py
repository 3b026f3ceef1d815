"""When: the dates that a document names, and which of them belongs to a predicate.

`expressions` finds the words, `readings` reads them against the article's date and, for `the next day`,
against the last date named before them; what cannot be resolved so stays unresolved. A date belongs to the
predicate it hangs on, or whose carrier (`carriers`) it hangs on; `narrative` says when one is carried on.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import takewhile

from spacy.tokens import Doc, Span, Token

from kg.language.tree import children_of, line_breaks, sentence_bounds
from kg.relations import dates as calendar
from kg.relations.attribution import is_quoted
from kg.relations.carriers import Carrier, attached_to, carriers_of, is_raised
from kg.relations.clauses import is_passive
from kg.relations.dates import Tense
from kg.relations.expressions import expressions_in
from kg.relations.factuality import status_of
from kg.relations.governors import sign_of_governor
from kg.relations.readings import Reading
from kg.relations.syntax import case_of, is_past
from kg.types import Status

MAXIMUM_DEPTH = 6
"""Heads between a date and the verb whose tense it has; more is a parse error."""
FUNCTION_TAGS = frozenset({"ADP", "PUNCT", "DET", "SPACE", "SCONJ", "ADV", "PART", "SYM", "X"})
LIMITS = frozenset({"until", "till", "before", "after", "prior to", "ahead of", "up to"})
"""Prepositions of dates at which the event has ended or has not begun."""
RANGE_ENDS = frozenset({"to", "and", "until", "till", "through", "-", "–", "—"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DateMention:
    """Words that name a date."""

    start: int
    """Index of the first token."""
    end: int
    """Index after the last token."""
    value: str | None
    """ISO 8601, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; None where the article's date is needed and not known."""
    kind: str
    """What the words name: `day`, `week`, `month` or `year`; `range` from one to another."""
    carrier: int
    """Index of the token that the words hang on."""


def dates_in(doc: Doc, published: datetime.date | None) -> tuple[DateMention, ...]:
    """The dates that a parsed document names, in the order of the text.

    Of a range the value is the month or year that holds all of it; None where none does.

    Args:
        doc: A document with a dependency tree.
        published: The article's day; None where it is not known. The current day is never used instead.

    >>> from spacy.vocab import Vocab
    >>> doc = Doc(Vocab(), words=["Since", "4", "April", "2026"], heads=[2, 2, 2, 2],
    ...           deps=["case", "nummod", "ROOT", "nummod"])
    >>> [date.value for date in dates_in(doc, None)]
    ['2026-04-04']
    """
    found: list[DateMention] = []
    for kind, read, match, span in expressions_in(doc):
        anchor = anchor_of(span, found)
        carrier = carrier_of(span)
        reading = Reading(match=match, published=published, tense=tense_of(carrier), anchor=anchor)
        value = read(reading)
        found.append(DateMention(start=span.start, end=span.end, value=value, kind=kind, carrier=carrier.i))
    return tuple(joined(doc, found))


def anchor_of(span: Span, before: list[DateMention]) -> str | None:
    """The last date that the paragraph names before some words: what `the next day` counts from."""
    last = next((date for date in reversed(before) if date.value), None)
    if last is None:
        return None
    breaks = line_breaks(span.doc)
    return None if bisect_left(breaks, last.end) < bisect_left(breaks, span.start) else last.value


def joined(doc: Doc, dates: Iterable[DateMention]) -> list[DateMention]:
    """Dates with the two ends of a range made one: `from 2010 to 2014`, `between 3 May and 6 May`."""
    found: list[DateMention] = []
    for date in dates:
        last = found[-1] if found else None
        if last is not None and is_range(doc, last, date):
            value = calendar.common(with_year_of(doc, last, date), date.value)
            found[-1] = replace(last, end=date.end, value=value, kind="range")
        else:
            found.append(date)
    return found


def with_year_of(doc: Doc, first: DateMention, last: DateMention) -> str | None:
    """The value of a range's first end, in the year of the last: `from 3 March to 6 May 2019`."""
    is_named = [
        doc[date.start : date.end].text.find((date.value or "-")[: calendar.YEAR]) >= 0
        for date in (first, last)
    ]
    if first.value is None or last.value is None or is_named != [False, True]:
        return first.value
    return last.value[: calendar.YEAR] + first.value[calendar.YEAR :]


def is_range(doc: Doc, first: DateMention, last: DateMention) -> bool:
    """Whether two dates are the ends of a range."""
    between = [token.lower_ for token in doc[first.end : last.start]]
    openings = {token.lower_ for token in doc[max(first.start - 1, 0) : first.start + 1]}
    return between in [[word] for word in RANGE_ENDS] and bool(openings & {"from", "between"})


def time_of(predicate: Token, dates: tuple[DateMention, ...]) -> str | None:
    """When what a predicate says happened, by the dates of its document; None where none belongs to it."""
    first, end = sentence_bounds(predicate)
    start = sentence_bounds(predicate.doc[first - 1])[0] if first else 0
    from_here = bisect_left(dates, start, key=lambda date: date.start)
    here = takewhile(lambda date: date.start < end, dates[from_here:])
    near = [date for date in here if date.value]
    for carriers in carriers_of(predicate) if near else ():
        found = [date for date in near for carrier in carriers if is_date_of(date, carrier, predicate)]
        if found:
            return max(found, key=lambda date: (len(date.value or ""), -date.start)).value
    return None


def is_date_of(date: DateMention, carrier: Carrier, predicate: Token) -> bool:
    """Whether a date hangs on a carrier, and does not say when the predicate is over or only quoted."""
    if date.carrier != carrier.token.i or date.start <= carrier.after:
        return False
    span = predicate.doc[date.start : date.end]
    return case_of(span.root) not in LIMITS and not is_outside_quote(predicate, date)


# The tense of a date's clause.


def tense_of(token: Token) -> Tense:
    """Which way the clause looks that a date stands in, which hangs on a token."""
    for _ in range(MAXIMUM_DEPTH):
        if is_raised(token):
            token = token.head.head
        if status_of(token) is Status.PLANNED or is_arranging(token):
            return Tense.FUTURE
        if token.pos_ in {"VERB", "AUX"} or any(child.dep_ == "cop" for child in children_of(token)):
            return Tense.PAST if is_past(token) else Tense.UNKNOWN
        token = token.head
    return Tense.UNKNOWN


def is_arranging(verb: Token) -> bool:
    """`is scheduled for`, `are planned for`."""
    return is_passive(verb) and sign_of_governor(verb, {"noun"}) == "planned"


# What a date hangs on.


def carrier_of(date: Span) -> Token:
    """What a date hangs on; one that was cut off as a sentence (`On Monday, |`) on the root of the next."""
    if date.root.dep_ == "ROOT" and is_cut_off(date):
        return date.doc[date.root.sent.end].sent.root
    return attached_to(date.root, date.end)


def is_cut_off(date: Span) -> bool:
    """Whether a date is all that its sentence says, and another sentence of the line follows."""
    sentence = date.root.sent
    others = [t for t in sentence if not date.start <= t.i < date.end and t.pos_ not in FUNCTION_TAGS]
    return not others and sentence.end < len(date.doc) and "\n" not in sentence.text


def is_outside_quote(predicate: Token, date: DateMention) -> bool:
    """Whether a date stands outside the quotation in which the predicate stands: it dates the saying."""
    return is_quoted(predicate) and not is_quoted(predicate.doc[date.start])
