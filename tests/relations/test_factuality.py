"""Statuses of predicates, by sentences with trees made for these tests (`treebank/factuality.conllu`)."""

from __future__ import annotations

import pytest

from kg.relations.conditions import is_conditional
from kg.relations.factuality import signs_of, status_of
from kg.types import Status
from tests.relations.trees import Case, cases_of

CASES = cases_of("factuality")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.word}: {case.text}")
def test_status_of(case: Case) -> None:
    assert status_of(case.token()) == case.expected


def test_status_of_knows_all_five_statuses() -> None:
    assert {case.expected for case in CASES} == {str(status) for status in Status}


def case_with(text: str, word: str) -> Case:
    return next(case for case in CASES if case.text.startswith(text) and case.word == word)


def test_signs_of_double_negation_holds_both_negations() -> None:
    predicate = case_with("Ann did not deny that", "met").token()
    assert signs_of(predicate).count(Status.NEGATED) == 2


def test_status_of_unreported_negation_stops_at_saying() -> None:
    predicate = case_with("Ann did not say that", "attacked").token()
    assert Status.NEGATED not in signs_of(predicate)


def test_is_conditional_holds_for_the_condition_only() -> None:
    assert is_conditional(case_with("If Ann meets Bob", "meets").token())
    assert not is_conditional(case_with("If Ann meets Bob", "end").token())
