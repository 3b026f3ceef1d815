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
    lines = table_rows(package, "sets.tsv")
    found = tuple(frozenset(words.split(";")) for set_name, words in lines if set_name == name)
    if not found:
        message = f"No set of words is called {name!r} in {package}; see its lexicon/sets.tsv."
        raise VocabularyError(message)
    return found


@functools.cache
def table_rows(package: str, file: str) -> tuple[tuple[str, ...], ...]:
    """The cells of each line of a table in a package's `lexicon`, comments and empty lines left out.

    Raises:
        FileNotFoundError: If there is no such table.

    >>> table_rows("kg.actors", "given_names.tsv")[0]
    ('Aaron', 'm')
    """
    text = resources.files(package).joinpath(f"lexicon/{file}").read_text("utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.startswith("#"))
    return tuple(tuple(line.split("\t")) for line in lines)
