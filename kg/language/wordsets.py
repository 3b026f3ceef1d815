"""Named sets of words that rules ask for: `lexicon/sets.tsv` of a package, a set a line.

A line is the set's name, a tab, and its words divided by semicolons; lines with `#` are comments.
"""

from __future__ import annotations

import functools
from importlib import resources

from kg.errors import VocabularyError


@functools.cache
def word_set(package: str, name: str) -> frozenset[str]:
    """The words of one set of a package.

    Raises:
        VocabularyError: If the package has no such set.

    >>> "leader" in word_set("kg.actors", "plural persons")
    True
    """
    return frozenset(word for words in word_groups(package, name) for word in words)


@functools.cache
def word_groups(package: str, name: str) -> tuple[frozenset[str], ...]:
    """The sets that bear one name, in the order of the file: groups of words that stand for each other.

    Raises:
        VocabularyError: If the package has no such set.

    >>> any({"talk", "meeting"} <= group for group in word_groups("kg.actors", "same event"))
    True
    """
    text = resources.files(package).joinpath("lexicon/sets.tsv").read_text("utf-8")
    lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    found = tuple(frozenset(words.split(";")) for set_name, words in lines if set_name == name)
    if not found:
        message = f"No set of words is called {name!r} in {package}; see its lexicon/sets.tsv."
        raise VocabularyError(message)
    return found
