"""Other spellings of people's names: transliterated given names and letters written out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from kg.training.actors.entries import read_table

Spelling = tuple[str, tuple[str, ...], frozenset[str]]


def read_spellings(table: Path) -> tuple[Spelling, ...]:
    """Gives for each row of `spellings.tsv` the usual spelling, the others, and the states of their bearers.

    Names (written with a capital) stand for each other in both directions, letters in one only.
    """
    spellings: list[Spelling] = []
    for row in read_table(table):
        forms = tuple(row["spellings"].split(";"))
        countries = frozenset(row["countries"].split(";"))
        usual = forms if forms[0][0].isupper() else forms[:1]
        spellings += [(form, tuple(other for other in forms if other != form), countries) for form in usual]
    return tuple(spellings)


def respell(names: Iterable[str], country: str, spellings: Iterable[Spelling]) -> tuple[str, ...]:
    """Gives the other spellings of somebody's names, sorted, without the names themselves.

    One name or letter is replaced at a time; a given name alone is left as it is.

    >>> respell(["Sergei Rumas"], "BLR", [("Sergei", ("Sergey",), frozenset({"BLR"}))])
    ('Sergey Rumas',)
    """
    known = set(names)
    found = set()
    for usual, others, countries in spellings:
        if country not in countries:
            continue
        pattern = re.compile(rf"\b{usual}\b(?=.)|(?<= ){usual}\b" if usual[0].isupper() else usual)
        for name in known:
            found |= {pattern.sub(other, name) for other in others if pattern.fullmatch(name) is None}
    return tuple(sorted(found - known))
