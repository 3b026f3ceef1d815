"""Named sets of words."""

from __future__ import annotations

import pytest

from kg.errors import VocabularyError
from kg.language.wordsets import word_groups, word_set


def test_set_has_its_words() -> None:
    assert {"leader", "minister"} <= word_set("kg.actors", "plural persons")


def test_set_is_read_once() -> None:
    assert word_set("kg.actors", "governed") is word_set("kg.actors", "governed")


def test_groups_of_one_name_stay_apart() -> None:
    groups = word_groups("kg.actors", "same event")
    assert any({"meeting", "summit"} <= group for group in groups)
    assert not any({"meeting", "election"} <= group for group in groups)


def test_set_joins_the_groups_of_its_name() -> None:
    assert word_set("kg.actors", "same event") == frozenset().union(*word_groups("kg.actors", "same event"))


@pytest.mark.parametrize("package", ["kg.actors", "kg.relations"])
def test_unknown_set_is_an_error_that_says_where_to_look(package: str) -> None:
    with pytest.raises(VocabularyError, match=rf"'no such set' in {package}; see its lexicon/sets.tsv"):
        word_set(package, "no such set")


@pytest.mark.parametrize("package", ["kg.actors", "kg.relations"])
def test_no_word_is_empty_or_padded(package: str, shipped_sets: dict[str, list[str]]) -> None:
    bad = [name for name in shipped_sets[package] for word in word_set(package, name) if word.strip() != word]
    empty = [name for name in shipped_sets[package] if "" in word_set(package, name)]
    assert bad + empty == []


@pytest.fixture(scope="module")
def shipped_sets() -> dict[str, list[str]]:
    """The names of the sets of each package."""
    from importlib import resources

    found = {}
    for package in ("kg.actors", "kg.relations"):
        text = resources.files(package).joinpath("lexicon/sets.tsv").read_text("utf-8")
        rows = [line for line in text.splitlines() if line and not line.startswith("#")]
        found[package] = [row.split("\t")[0] for row in rows]
    return found
