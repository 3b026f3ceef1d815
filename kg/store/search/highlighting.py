"""Which characters of a name are those that fit what is typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from rapidfuzz.distance import OSA

from kg.store.search.folding import plain_words
from kg.store.search.matching import Fit, Typed, edits_allowed

_PARTS = re.compile(r"[^\s\-‐‑–—_/&+,;:()\[\]\"“”„«»]+")
Span = tuple[int, int]


def matching_spans(name: str, typed: Typed, fit: Fit) -> tuple[Span, ...]:
    """Start and end, in characters, of what in a name fits, in order; neighbours that touch are one.

    >>> from kg.store.search.matching import understood
    >>> matching_spans("José Díaz-Müller", understood("muller jo"), Fit.BEGINNING)
    ((0, 2), (10, 16))
    """
    parts = [(match.start(), match.end(), _folded(match[0])) for match in _PARTS.finditer(name)]
    spans = set(_spans(name, parts, typed, fit))
    return tuple(_joined(sorted(spans)))


def _spans(name: str, parts: list[tuple[int, int, str]], typed: Typed, fit: Fit) -> Iterator[Span]:
    for words in typed.variants:
        for place, word in enumerate(words, start=1):
            is_begun = place == len(words) or len(word) == 1
            for start, end, folded in [*parts, *_pairs(parts)]:
                if folded == word:
                    yield start, end
                elif is_begun and fit >= Fit.BEGINNING and folded.startswith(word):
                    yield start, start + _length(name[start:end], len(word))
                elif (fit is Fit.INITIALS and folded == word[0]) or (
                    fit >= Fit.EDIT and _is_near(folded, word)
                ):
                    yield start, end


def _pairs(parts: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Neighbours as one, which is how they may be typed."""
    return ((start, end, one + other) for (start, _, one), (_, end, other) in pairwise(parts))


def _is_near(folded: str, word: str) -> bool:
    edits = edits_allowed(word)
    return bool(edits) and OSA.distance(folded, word, score_cutoff=edits) <= edits


def _length(part: str, wanted: int) -> int:
    """How many characters of a part of a name give so many folded letters."""
    return next((size for size in range(1, len(part)) if len(_folded(part[:size])) >= wanted), len(part))


def _folded(part: str) -> str:
    return "".join(plain_words(part))


def _joined(spans: list[Span]) -> Iterator[Span]:
    """Spans without those within others."""
    end = -1
    for start, stop in sorted(spans, key=lambda span: (span[0], -span[1])):
        if stop > end:
            yield max(start, end), stop
            end = stop
