"""When: the dates that a document names, and which of them belongs to a predicate.

`expressions` finds the words and reads them against the article's date; without it, what is relative stays
unresolved. A date belongs to the predicate it hangs on; `TIME_RULES` say when one that hangs elsewhere
does too.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.relations.attribution import is_quoted
from kg.relations.clauses import is_passive
from kg.relations.cues import words
from kg.relations.dates import Tense
from kg.relations.expressions import Reading, expressions_in
from kg.relations.factuality import status_of
from kg.relations.governors import sign_of_governor
from kg.relations.syntax import case_of, has_subject, introduced, is_finite, is_infinitive, is_past
from kg.types import Status

MAXIMUM_DEPTH = 6
"""Heads between a date and the verb whose tense it has; more is a parse error."""
FUNCTION_TAGS = frozenset({"ADP", "PUNCT", "DET", "SPACE", "SCONJ", "ADV", "PART", "SYM", "X"})
DURING = frozenset({"during", "at", "in"})


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
    """What the words name: `day`, `week`, `month` or `year`."""


def dates_in(doc: Doc, published: datetime.date | None) -> tuple[DateMention, ...]:
    """The dates that a parsed document names, in the order of the text.

    Args:
        doc: A document with a dependency tree.
        published: The article's date; None where it is not known. The current day is never used instead.

    >>> from spacy.vocab import Vocab
    >>> doc = Doc(Vocab(), words=["Since", "4", "April", "2026"], heads=[2, 2, 2, 2],
    ...           deps=["case", "nummod", "ROOT", "nummod"])
    >>> [date.value for date in dates_in(doc, None)]
    ['2026-04-04']
    """
    found = []
    for kind, read, match, span in expressions_in(doc):
        reading = Reading(match=match, published=published, tense=tense_at(span))
        found.append(DateMention(start=span.start, end=span.end, value=read(reading), kind=kind))
    return tuple(found)


def date_spans(doc: Doc) -> tuple[tuple[int, int], ...]:
    """Token indices (start, end) of the dates of a document, so that no actor is made of them.

    >>> from spacy.vocab import Vocab
    >>> date_spans(Doc(Vocab(), words=["On", "Monday", ",", "April", "6", ",", "Ana", "left"]))
    ((1, 5),)
    """
    return tuple((span.start, span.end) for _, _, _, span in expressions_in(doc))


def time_of(predicate: Token, dates: tuple[DateMention, ...]) -> str | None:
    """When what a predicate says happened, by the dates of its document; None where none belongs to it."""
    sentence, doc = predicate.sent, predicate.doc
    start = doc[sentence.start - 1].sent.start if sentence.start else 0
    near = [date for date in dates if date.value and start <= date.start < sentence.end]
    for rule in TIME_RULES if near else ():
        found = [date for date in rule(predicate, near) if not is_outside_quote(predicate, date)]
        if found:
            return max(found, key=lambda date: (len(date.value or ""), -date.start)).value
    return None


# The tense of a date's clause.


def tense_at(span: Span) -> Tense:
    """Which way the clause looks that a date stands in."""
    token = carrier_of(span)
    for _ in range(MAXIMUM_DEPTH):
        if status_of(token) is Status.PLANNED or is_arranging(token):
            return Tense.FUTURE
        if token.pos_ in {"VERB", "AUX"} or any(child.dep_ == "cop" for child in token.children):
            return Tense.PAST if is_past(token) else Tense.UNKNOWN
        token = token.head
    return Tense.UNKNOWN


def is_arranging(verb: Token) -> bool:
    """`is scheduled for`, `are planned for`."""
    return is_passive(verb) and sign_of_governor(verb, {"noun", "to"}) == "planned"


# Which date belongs to a predicate, tried in this order.


def own_date(predicate: Token, dates: list[DateMention]) -> list[DateMention]:
    """`met on Monday`, `the April 4 meeting`."""
    return [date for date in dates if carrier_of(span_of(date, predicate)).i == predicate.i]


def span_of(date: DateMention, predicate: Token) -> Span:
    """The words of a date."""
    return predicate.doc[date.start : date.end]


def later_date(predicate: Token, dates: list[DateMention]) -> list[DateMention]:
    """`held talks with B on Monday`, where the date was hung on what follows the verb."""
    if predicate.pos_ not in {"VERB", "AUX"}:
        return []
    nouns = [child for child in predicate.children if child.dep_ in {"obj", "obl", "xcomp", "nsubj:pass"}]
    return [date for noun in nouns for date in own_date(noun, dates) if date.start > noun.i]


def date_of_setting(predicate: Token, dates: list[DateMention]) -> list[DateMention]:
    """`in last week's session A met B`: the date of where or when the verb happens."""
    if predicate.pos_ not in {"VERB", "AUX"}:
        return []
    settings = [child for child in predicate.children if child.dep_ == "obl" and case_of(child) in DURING]
    return [date for setting in settings for date in own_date(setting, dates)]


def date_of_verb(predicate: Token, dates: list[DateMention]) -> list[DateMention]:
    """`held talks on Monday`, `the vote took place on Monday`: a nominal event has its verb's date."""
    verb = predicate.head
    if predicate.pos_ not in {"NOUN", "PROPN"} or verb.pos_ not in {"VERB", "AUX"}:
        return []
    lemma = verb.lemma_.lower()
    light = predicate.dep_ in {"obj", "nsubj:pass"} and lemma in words("light_verbs")
    occurs = predicate.dep_ in {"nsubj", "nsubj:pass"} and lemma in words("occurrence_verbs") | {"be"}
    arranged = predicate.dep_ in {"obj", "nsubj:pass"} and sign_of_governor(verb, {"noun"}) == "planned"
    during = predicate.dep_ == "obl" and case_of(predicate) in DURING
    return own_date(verb, dates) if light or occurs or arranged or during else []


def date_of_participle(predicate: Token, dates: list[DateMention]) -> list[DateMention]:
    """`talks scheduled for Monday`, `the summit, which takes place on Monday`."""
    if predicate.pos_ not in {"NOUN", "PROPN"}:
        return []
    clauses = [child for child in predicate.children if child.dep_ in {"acl", "acl:relcl", "amod"}]
    occurs = [c for c in clauses if not is_finite(c) or c.lemma_.lower() in words("occurrence_verbs")]
    return [date for clause in occurs for date in own_date(clause, dates)]


def date_of_governor(predicate: Token, dates: list[DateMention]) -> list[DateMention]:
    """`is expected to meet B on Monday`: what follows an infinitive is its own; `began on Monday to`."""
    if predicate.dep_ != "xcomp":
        return []
    found = own_date(predicate.head, dates)
    asserted = status_of(predicate) is Status.ASSERTED
    return [date for date in found if asserted or date.start > predicate.i]


def date_of_coordination(predicate: Token, dates: list[DateMention]) -> list[DateMention]:
    """`On Monday A met B and signed`, `A visited and met B on Monday`."""
    if predicate.dep_ == "conj" and predicate.head.pos_ == predicate.pos_ and not has_subject(predicate):
        return own_date(predicate.head, dates) or later_date(predicate.head, dates)
    others = [c for c in predicate.children if c.dep_ == "conj" and c.pos_ == "VERB" and not has_subject(c)]
    return own_date(others[-1], dates) if others else []


def date_of_main_clause(predicate: Token, dates: list[DateMention]) -> list[DateMention]:
    """`visiting B on Monday, A praised C`, `On Monday A left, praising C`."""
    if predicate.dep_ == "advcl" and not is_finite(predicate) and not introduced(predicate):
        return own_date(predicate.head, dates)
    loose = [c for c in predicate.children if c.dep_ == "advcl" and not is_finite(c) and not introduced(c)]
    return [date for clause in loose for date in own_date(clause, dates)]


TIME_RULES: tuple[Callable[[Token, list[DateMention]], list[DateMention]], ...] = (
    own_date,
    later_date,
    date_of_setting,
    date_of_verb,
    date_of_participle,
    date_of_governor,
    date_of_coordination,
    date_of_main_clause,
)


def carrier_of(date: Span) -> Token:
    """What a date hangs on, with what parsers get wrong put right.

    A date before `that` belongs to the verb that governs the clause, one after `to modernise, ` to the main
    verb, and one that was cut off as a sentence (`On Monday, |`) to the root of the next.
    """
    carrier = date.root.head
    if date.root.dep_ == "ROOT" and is_cut_off(date):
        return date.doc[date.root.sent.end].sent.root
    marks = [child.i for child in carrier.children if child.dep_ == "mark" and child.lower_ == "that"]
    if carrier.dep_ == "ccomp" and any(mark > date.start for mark in marks):
        return carrier.head
    infinitive = (
        carrier.dep_ == "advcl" and is_infinitive(carrier) and carrier.i < date.start < carrier.head.i
    )
    if infinitive and date.doc[date.start - 1 : date.start + 1].text[0] == ",":
        return carrier.head
    return carrier


def is_cut_off(date: Span) -> bool:
    """Whether a date is all that its sentence says, and another sentence of the line follows."""
    sentence = date.root.sent
    others = [t for t in sentence if not date.start <= t.i < date.end and t.pos_ not in FUNCTION_TAGS]
    return not others and sentence.end < len(date.doc) and "\n" not in sentence.text


def is_outside_quote(predicate: Token, date: DateMention) -> bool:
    """Whether a date stands outside the quotation in which the predicate stands: it dates the saying."""
    return is_quoted(predicate) and not is_quoted(predicate.doc[date.start])
