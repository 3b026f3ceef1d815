"""Dates and times, by sentences with trees made for these tests (`treebank/temporal.conllu`)."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from kg.relations.temporal import dates_in, time_of
from tests.builders import make_doc
from tests.relations.trees import Case, cases_of

PUBLISHED = datetime.date(2026, 4, 8)  # a Wednesday
CASES = cases_of("temporal")
NLP = spacy.blank("en")

TABLE = (Path(__file__).with_name("dates.tsv")).read_text("utf-8").splitlines()
VALUES = [tuple(line.split("\t")) for line in TABLE if line and not line.startswith("#")]
COUNTED = [
    ("On Friday they met. The next day it ended.", "2026-04-04"),
    ("On Friday they met. It ended the following morning.", "2026-04-04"),
    ("On Friday they met. The previous day it ended.", "2026-04-02"),
    ("On Friday they met. It ended later that day.", "2026-04-03"),
    ("On Friday they met. It ended the same evening.", "2026-04-03"),
    ("On Friday they met. It ended three days later.", "2026-04-06"),
    ("On Friday they met. It had ended two days earlier.", "2026-04-01"),
    ("On Friday they met. It had ended the day before.", "2026-04-02"),
    ("On 30 May 2020 they met. It ended two months later.", "2020-07"),
    ("On 3 May 2020 they met. It ended a week later.", "2020-05"),
    ("In May 2020 they met. It ended the following month.", "2020-06"),
    ("In 2014 they met. It ended the following year.", "2015"),
    ("In 2014 they met. It ended later that year.", "2014"),
    ("In 2014 they met. It had ended ten years earlier.", "2004"),
]
UNCOUNTED = [
    "In 2014 they met. The next day it ended.",
    "On Friday they met.\n\nThe next day it ended.",
    "The next day it ended.",
    "They met. It ended three days later.",
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
    values = [date.value for date in dates_in(plain(f"It ended {words} ."), PUBLISHED) if date.value]
    assert values == ([] if value == "-" else [value])


def test_table_of_expressions_is_long_enough_to_compare_readers() -> None:
    assert len({words for words, _ in VALUES}) == len(VALUES) > 100


@pytest.mark.parametrize(("text", "value"), COUNTED)
def test_dates_in_counts_from_the_date_before(text: str, value: str) -> None:
    assert dates_in(plain(text), PUBLISHED)[-1].value == value


@pytest.mark.parametrize("text", UNCOUNTED)
def test_dates_in_counts_from_no_other_date(text: str) -> None:
    assert dates_in(plain(text), PUBLISHED)[-1].value is None


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
