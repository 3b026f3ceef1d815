"""Sources of claims, by sentences with trees made for these tests (`treebank/attribution.conllu`)."""

from __future__ import annotations

import pytest

from kg.relations.attribution import is_quoted, source_of
from tests.relations.trees import Case, cases_of

CASES = cases_of("attribution")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.word}: {case.text}")
def test_source_of(case: Case) -> None:
    source = source_of(case.token())
    assert (source.text if source is not None else "-") == case.expected


def test_source_of_never_gives_a_word_inside_the_predicate() -> None:
    for case in CASES:
        predicate = case.token()
        assert source_of(predicate) != predicate


def test_is_quoted_between_straight_quotes() -> None:
    case = next(case for case in CASES if case.word == "helped" and case.expected == "Ann")
    doc = case.token().doc
    assert {token.text for token in doc if is_quoted(token)} > {"attacked", "helped"}
    assert not is_quoted(next(token for token in doc if token.text == "said"))
