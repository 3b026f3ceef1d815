"""Rows of names by the order of the words."""

from __future__ import annotations

import pytest

from kg.relations.states.rows import after_bracket, examples, name_before, row
from tests.sentences import scene_of

ROW = """Ana@PER/PROPN/0/root of/ADP/3/case Peru/PROPN/1/nmod ,/PUNCT/5/punct Bo@PER/PROPN/1/conj
    and/CCONJ/8/cc Senator/NOUN/8/nmod:desc Cem@PER/PROPN/1/conj left=leave/VERB/1/acl Zed@PER/PROPN/9/obj"""
SUCH_AS = """senators=senator/NOUN/0/root ,/PUNCT/5/punct such/ADJ/5/case as/ADP/3/fixed Ana@PER/PROPN/1/nmod
    and/CCONJ/7/cc Bo@PER/PROPN/5/conj"""
COMMA = """senators=senator/NOUN/0/root ,/PUNCT/3/punct Ana@PER/PROPN/1/appos and/CCONJ/5/cc
    Bo@PER/PROPN/3/conj"""
ONE = "senators=senator/NOUN/0/root ,/PUNCT/3/punct Ana@PER/PROPN/1/appos"
BRACKET = "MP/NOUN/0/root (/PUNCT/3/punct member/NOUN/1/appos )/PUNCT/3/punct Ana@PER/PROPN/1/appos"


def test_row_ends_where_no_name_is_joined() -> None:
    assert [token.text for token in row(scene_of(ROW), 0)] == ["Ana", "Bo", "Cem"]


def test_row_needs_a_name() -> None:
    assert list(row(scene_of(ROW), 8)) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param(SUCH_AS, ["Ana", "Bo"], id="such as"),
        pytest.param(COMMA, ["Ana", "Bo"], id="two behind a comma"),
        pytest.param(ONE, [], id="one behind a comma"),
    ],
)
def test_examples(text: str, names: list[str]) -> None:
    assert [token.text for token in examples(scene_of(text), 1)] == names


def test_bracket_is_passed_over() -> None:
    scene = scene_of(BRACKET)
    assert after_bracket(scene, 1) == 4
    assert after_bracket(scene, 2) == 2


def test_name_before() -> None:
    assert [token.text for token in name_before(scene_of(ROW), 5)] == ["Bo"]
    assert list(name_before(scene_of(ROW), 6)) == []
