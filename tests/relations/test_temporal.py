"""Dates and times, by sentences with trees made for these tests (`treebank/temporal.conllu`)."""

from __future__ import annotations

import datetime

import pytest
import spacy
from spacy.tokens import Doc

from kg.relations.temporal import dates_in, time_of
from tests.builders import make_doc
from tests.relations.trees import Case, cases_of

PUBLISHED = datetime.date(2026, 4, 8)  # a Wednesday
CASES = cases_of("temporal")
NLP = spacy.blank("en")

VALUES = [
    ("April 4, 2026", "2026-04-04"),
    ("Saturday, April 4", "2026-04-04"),
    ("4th of April 2019", "2019-04-04"),
    ("2026-04-04", "2026-04-04"),
    ("4 April", "2026-04-04"),
    ("December 9", "2025-12-09"),
    ("Monday, December 9", "2024-12-09"),
    ("in February", "2026-02"),
    ("late April", "2026-04"),
    ("last December", "2025-12"),
    ("May 2019", "2019-05"),
    ("March of this year", "2026-03"),
    ("in 1998", "1998"),
    ("yesterday", "2026-04-07"),
    ("today", "2026-04-08"),
    ("last night", "2026-04-07"),
    ("the day before yesterday", "2026-04-06"),
    ("on Monday", "2026-04-06"),
    ("on Wednesday", "2026-04-08"),
    ("last Wednesday", "2026-04-01"),
    ("next Monday", "2026-04-13"),
    ("last week", "2026"),
    ("this week", "2026-04"),
    ("earlier this month", "2026-04"),
    ("last month", "2026-03"),
    ("last year", "2025"),
    ("next year", "2027"),
    ("three days ago", "2026-04-05"),
    ("a month ago", "2026-03"),
    ("last summer", "2025"),
    ("this autumn", "2026"),
    ("10 years ago", "2016"),
]
RELATIVE = ["yesterday", "on Monday", "last week", "April 4", "in February", "three days ago", "next year"]
NO_DATES = [
    "They may march on.",
    "It cost $2000.",
    "He was 25.",
    "It sold 2019.5 tons.",
    "The past year was hard.",
    "May I go?",
]


def plain(text: str) -> Doc:
    """A document without a tree."""
    return NLP.make_doc(text)


@pytest.mark.parametrize(("words", "value"), VALUES)
def test_dates_in_reads_expressions(words: str, value: str) -> None:
    assert [date.value for date in dates_in(plain(f"It ended {words} ."), PUBLISHED)] == [value]


@pytest.mark.parametrize("words", RELATIVE)
def test_dates_in_without_article_date_leaves_relative_unresolved(words: str) -> None:
    assert [date.value for date in dates_in(plain(f"It ended {words} ."), None)] == [None]


@pytest.mark.parametrize("text", NO_DATES)
def test_dates_in_finds_no_date(text: str) -> None:
    assert dates_in(plain(text), PUBLISHED) == ()


@pytest.mark.parametrize("text", ["February 30, 2026", "April 99", "2026-13-01"])
def test_dates_in_gives_no_day_that_is_not_in_the_calendar(text: str) -> None:
    assert all(date.value is None or len(date.value) < 10 for date in dates_in(plain(text), PUBLISHED))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.word}: {case.text}")
def test_time_of(case: Case) -> None:
    predicate = case.token()
    assert str(time_of(predicate, dates_in(predicate.doc, PUBLISHED))) == case.expected


def test_time_of_takes_nothing_from_another_sentence() -> None:
    case = next(case for case in CASES if case.expected == "2026-04-06")
    predicate = case.token()
    assert time_of(predicate, ()) is None


def test_time_of_date_cut_off_as_a_sentence_belongs_to_the_next_root() -> None:
    doc = make_doc("""
    On on ADP 2 case
    Monday_ Monday PROPN 0 root
    , , PUNCT 2 punct

    Ana Ana PROPN 5 nsubj
    met meet VERB 0 root Tense=Past|VerbForm=Fin
    Bo Bo PROPN 5 obj
    """)
    assert time_of(doc[4], dates_in(doc, PUBLISHED)) == "2026-04-06"


def test_time_of_date_of_the_setting_belongs_to_the_verb() -> None:
    doc = make_doc("""
    In in ADP 5 case
    last last ADJ 3 amod
    month_ month NOUN 5 nmod:poss
    's 's PART 3 case
    session session NOUN 7 obl
    Ana Ana PROPN 7 nsubj
    met meet VERB 0 root Tense=Past|VerbForm=Fin
    Bo Bo PROPN 7 obj
    """)
    assert time_of(doc[6], dates_in(doc, PUBLISHED)) == "2026-03"
