"""How like two names are: the same but for spelling, the one an abridgement or acronym of the other.

Names in other scripts are written in Latin letters by `anyascii`; how near two spellings are is measured
by `rapidfuzz` (Jaro–Winkler similarity: Winkler 1990, String Comparator Metrics).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache, lru_cache

from anyascii import anyascii
from rapidfuzz.distance import JaroWinkler

from kg.actors.names import are_alike, fold, is_acronym_of, is_name_variant
from kg.language.wordsets import table_rows

NEAR = 0.88
"""Likeness of two spellings of one word: Lukashenko and Lukashenka stand at 0.96, Vladimir and Volodymyr
at 0.75."""
_LIKE = 0.6
"""Part of the letters that two spellings share; the skeletons agree already."""
_SHORTEST = 5
"""Letters of the shortest word that may be spelled in two ways."""
_SOFT = frozenset("aeiouyj")
"""Letters that transliterations put before a vowel, or not: Yevgeny and Evgeny."""
_SMALL = frozenset({"of", "for", "and", "in", "on", "to", "de", "la", "du", "des", "und", "the", "a", "an"})
_SPELLINGS = (
    *(("isation", "ization"), ("defence", "defense"), ("centre", "center"), ("programme", "program")),
    *(("labour", "labor"), ("harbour", "harbor"), ("organisation", "organization")),
)
_LETTERS = frozenset({"Ll", "Lo", "Lt", "Lu", "Nd"})
_SIGNS = frozenset({"'", '"', "`"})
"""What is written for letters that only change how others are spoken: the soft sign, hamza, ayin."""
_DIGITS = re.compile(r"\d+")


class Likeness(StrEnum):
    """In which way two names are like."""

    SPELLING = "spelling"
    """Word for word the same, but for how a word is spelled."""
    SHORT = "short"
    """The shorter lacks a middle name, or has an initial for a name; or the order of the words differs."""
    SURNAME = "surname"
    """The shorter is one word, the surname of the longer, or another spelling of the only word."""
    ACRONYM = "acronym"


def compare_people(one: str, other: str) -> Likeness | None:
    """How like two names of people are; None where they are not.

    >>> compare_people("Oleksiy Honcharuk", "Олексій Гончарук").value
    'spelling'
    >>> compare_people("E. Cummings", "Elijah Cummings").value, compare_people("Jon Roe", "John Roe")
    ('short', None)
    """
    first, second = fold(romanize(one)), fold(romanize(other))
    short, long = sorted((first.split(), second.split()), key=len)
    if not short or not is_name_variant(" ".join(short), " ".join(long)):
        return None
    if len(short) == 1:
        return Likeness.SURNAME if _is_near(short[0], long[-1]) else None
    if sorted(short) == sorted(long):
        return Likeness.SPELLING if short == long else Likeness.SHORT
    if _has_other_given_name(short[0], long[0]) or not _is_near(short[-1], long[-1]):
        return None
    if len(short) == len(long) and all(map(_is_near, short, long)):
        return Likeness.SPELLING
    return Likeness.SHORT


def compare_others(one: str, other: str) -> Likeness | None:
    """How like two names of organizations, places or events are; None where they are not.

    >>> compare_others("World Trade Organisation", "the World Trade Organization").value
    'spelling'
    >>> compare_others("2018 Asian Cup", "2019 Asian Cup")
    """
    first, second = content_words(one), content_words(other)
    if _DIGITS.findall(one) != _DIGITS.findall(other):
        return None
    if len(first) == len(second) and first and all(map(_is_near, first, second)):
        return Likeness.SPELLING
    short, long = sorted((one, other), key=len)
    return Likeness.ACRONYM if len(long.split()) > 1 and is_acronym_of(short, long) else None


def _romanized(letter: str) -> str:
    """A letter in Latin ones; itself where `anyascii` does not know its script."""
    if letter.isascii() or "À" <= letter <= "ɏ":
        return letter
    latin = anyascii(letter)
    is_lost = unicodedata.category(letter) in _LETTERS and not any(map(str.isalnum, latin))
    return letter if is_lost and latin not in _SIGNS else latin


@lru_cache(maxsize=16_384)
def romanize(name: str) -> str:
    """A name in Latin letters, which stay as they are.

    >>> romanize("Ким Чен Ын"), romanize("Söder")
    ('Kim Chen Yn', 'Söder')
    """
    if name.isascii():  # as most are, and then it takes a tenth of the time
        return name
    return "".join(map(_romanized, name))


def content_words(name: str) -> Sequence[str]:
    """The folded words of a name without small ones, in American spelling.

    >>> content_words("Ministry of Defence")
    ['ministry', 'defense']
    """
    text = fold(romanize(name))
    for old, new in _SPELLINGS:
        text = text.replace(old, new)
    return [word for word in text.split() if word not in _SMALL]


def _is_near(one: str, other: str) -> bool:
    """Whether two folded words may be spellings of one: short ones only if they are equal."""
    if one == other:
        return True
    if min(len(one), len(other)) < _SHORTEST or not are_alike(one, other, _LIKE):
        return False
    if (one[0] in _SOFT) != (other[0] in _SOFT):
        return False
    return JaroWinkler.similarity(one, other) >= NEAR


def _has_other_given_name(one: str, other: str) -> bool:
    """Whether both are given names that people bear: Jon and John, but not Sergei and Sergey."""
    genders = [_given_names().get(name) for name in (one, other)]
    if one == other or None in genders:
        return False
    return genders[0] != genders[1] or not are_alike(one, other, _LIKE)


@cache
def _given_names() -> Mapping[str, str]:
    return {fold(row[0]): row[1] for row in table_rows("kg.actors", "given_names.tsv")}
