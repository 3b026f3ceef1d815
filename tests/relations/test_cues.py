"""The cue lists: each loads, has no word twice with one meaning, and errors name the file."""

from __future__ import annotations

from importlib import resources

import pytest

from kg.errors import VocabularyError
from kg.relations.cues import governors, rows, table, words
from kg.types import Status

NAMES = sorted(
    file.name.removesuffix(".tsv")
    for file in resources.files("kg.relations").joinpath("lexicon").iterdir()
    if file.name.endswith(".tsv")
)


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_whole_and_said_once(name: str) -> None:
    found = rows(name)
    assert len(set(found)) == len(found) > 0
    assert len({len(row) for row in found}) == 1
    assert all(cell == cell.strip() and cell for row in found for cell in row)


@pytest.mark.parametrize("name", ["auxiliaries", "modifiers"])
def test_table_gives_statuses(name: str) -> None:
    assert set(table(name).values()) <= set(Status)


def test_governors_give_statuses_and_known_complements() -> None:
    senses = [sense for found in governors().values() for sense in found]
    assert {status for status, _ in senses} <= set(Status)
    assert set().union(*(takes for _, takes in senses)) == {"to", "that", "ing", "noun", "meeting", "of"}


def test_words_of_unknown_list_names_it() -> None:
    with pytest.raises(VocabularyError, match="No cue list is called 'nonsense'"):
        words("nonsense")


def test_table_of_one_column_names_the_file() -> None:
    with pytest.raises(VocabularyError, match=r"light_verbs\.tsv"):
        table("light_verbs")
