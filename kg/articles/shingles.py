"""The words of a text as near duplicates are told by, and the runs of words that two texts share.

A shingle is a run of three words (Broder 1997, On the resemblance and containment of documents). How much of
all shingles of two texts both have is their resemblance; how much of the shorter one's, its containment.
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from kg.language.wordsets import word_set

Hashes: TypeAlias = npt.NDArray[np.uint64]

WIDTH = 3
"""Words of a shingle. Of a text of which one word in ten is another, half of the shingles of three words are
shared by both, of five words a third; reports of one event by different writers share next to none."""
_BYTES = 8
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
"""An odd number without pattern (2^64 divided by the golden ratio; Knuth, TAOCP vol. 3, 6.4)."""
_MIXERS = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))
"""Multipliers of SplitMix64 (Steele, Lea and Flood 2014), after which all bits depend on all."""
_WORD = re.compile(r"\w+")
_LONGEST_BOILERPLATE = 600
"""Characters of a line that may be boilerplate; paragraphs that are longer tell something else too."""


@dataclass(frozen=True, slots=True, eq=False)
class Shingles:
    """The shingles of a text."""

    words: int
    runs: Hashes
    """A hash for each shingle, in the order of the text."""
    distinct: Hashes
    """The same, sorted, each once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How much two texts have in common."""

    resemblance: float
    """Shingles of both, of all (Jaccard), 0–1."""
    containment: float
    """Shingles of both, of those of the text that has fewer, 0–1."""
    own_words: tuple[int, int]
    """The longest stretch of words, in each text, of which the other has no shingle."""


def shingles_of(text: str) -> Shingles:
    """The shingles of a text, without regard to case, punctuation and lines that are boilerplate.

    A text of fewer than three words has one shingle, of all its words; one without words has none.

    >>> shingles_of("Ana met Bo in Oslo.").words, len(shingles_of("Ana met Bo in Oslo.").distinct)
    (5, 3)
    """
    words = _words(text)
    hashes = np.array([_hash_of(word) for word in words], np.uint64)
    width = min(WIDTH, len(hashes))
    runs = np.zeros(len(hashes) - width + 1 if width else 0, np.uint64)
    for place in range(width):
        runs = runs * MULTIPLIER + hashes[place : len(hashes) - width + place + 1]
    runs = mixed(runs)
    return Shingles(len(words), runs, np.unique(runs))


def likeness(one: Shingles, other: Shingles) -> Likeness:
    """How much two texts have in common; nothing where one has no words.

    >>> found = likeness(shingles_of("Ana met Bo in Oslo."), shingles_of("ANA MET BO, in Rome."))
    >>> found.resemblance, round(found.containment, 2)
    (0.5, 0.67)
    """
    fewer = min(len(one.distinct), len(other.distinct))
    if not fewer:
        return Likeness(resemblance=0.0, containment=0.0, own_words=(one.words, other.words))
    both = one.distinct[_among(one.distinct, other.distinct)]
    total = len(one.distinct) + len(other.distinct) - len(both)
    return Likeness(
        resemblance=len(both) / total,
        containment=len(both) / fewer,
        own_words=(_longest_stretch(one, both), _longest_stretch(other, both)),
    )


def mixed(hashes: Hashes) -> Hashes:
    """Hashes of which every bit depends on every bit of those that are given."""
    for shift, multiplier in zip((30, 27), _MIXERS, strict=True):
        hashes = (hashes ^ (hashes >> np.uint64(shift))) * multiplier
    return hashes ^ (hashes >> np.uint64(31))


def _among(some: Hashes, known: Hashes) -> npt.NDArray[np.bool_]:
    """Which of some hashes are among those known, which are sorted and at least one."""
    places = np.searchsorted(known, some)
    found: npt.NDArray[np.bool_] = known[np.minimum(places, len(known) - 1)] == some
    return found


def _longest_stretch(text: Shingles, both: Hashes) -> int:
    """Words of the longest stretch that lies in no shared shingle."""
    if not len(both):
        return text.words
    starts = np.flatnonzero(_among(text.runs, both))
    gaps = np.diff(starts) - WIDTH
    edges = (int(starts[0]), text.words - int(starts[-1]) - WIDTH)
    return max(0, *edges, int(gaps.max()) if len(gaps) else 0)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    kept = "\n".join(line for line in plain.splitlines() if not _is_boilerplate(line))
    return _WORD.findall(kept) or _WORD.findall(plain)


def _is_boilerplate(line: str) -> bool:
    """Whether a line is of the page, not of the report: rights, subscriptions, what else to read."""
    return len(line) <= _LONGEST_BOILERPLATE and _boilerplate().search(line) is not None


@functools.cache
def _boilerplate() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(words) for words in sorted(word_set("kg.articles", "boilerplate"))))


@functools.lru_cache(maxsize=1 << 14)
def _hash_of(word: str) -> int:
    digest = hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=_BYTES).digest()
    return int.from_bytes(digest, "little")
