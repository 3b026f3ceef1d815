"""The cue lists of `lexicon/`: words with what they tell about a relation's status, source or date.

Each list is a file `lexicon/<name>.tsv`: comment lines, a line of column names, then a row a word. Lists are
read when first asked for. What the words do is decided in `factuality`, `attribution` and `temporal`.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

from kg.errors import VocabularyError
from kg.language.wordsets import table_rows


@functools.cache
def words(name: str) -> frozenset[str]:
    """The first column of a list.

    Raises:
        VocabularyError: If there is no such list.

    >>> "hold" in words("light_verbs")
    True
    """
    return frozenset(row[0] for row in rows(name))


@functools.cache
def table(name: str) -> Mapping[str, str]:
    """The first column of a list mapped to its second.

    Raises:
        VocabularyError: If there is no such list, or it has one column only.

    >>> table("auxiliaries")["will"]
    'planned'
    """
    found = rows(name)
    if any(len(row) == 1 for row in found):
        message = f"The cue list {name!r} has a row of one column; separate columns by tabs in {name}.tsv."
        raise VocabularyError(message)
    return MappingProxyType({row[0]: row[1] for row in found})


@functools.cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a list, in the order of the file.

    Raises:
        VocabularyError: If there is no such list.

    >>> rows("calendar")[0]
    ('january', 'month', '1')
    """
    try:
        return table_rows("kg.relations", f"{name}.tsv")[1:]
    except FileNotFoundError as error:
        message = f"No cue list is called {name!r}; see the files of kg/relations/lexicon."
        raise VocabularyError(message) from error


@functools.cache
def governors() -> Mapping[str, tuple[tuple[str, frozenset[str]], ...]]:
    """Words that give a status to what they govern: status and kinds of complement, by `governors.tsv`.

    >>> [status for status, _ in governors()["refusal"]]
    ['negated']
    """
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for word, status, takes in rows("governors"):
        found.setdefault(word, []).append((status, frozenset(takes.split(","))))
    return MappingProxyType({word: tuple(senses) for word, senses in found.items()})
