"""Which characters of a name are those that fit what is typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from rapidfuzz.distance import OSA

from kg.store.search.folding import plain_words
from kg.store.search.matching import Fit, Typed, edits_allowed

_PARTS = re.compile(r"[^\s\-‐‑–—_/&+,;:()\[\]\"“”„«»]+")
Span = tuple[int, int]


def matching_spans(name: str, typed: Typed, fit: Fit) -> tuple[Span, ...]:
    """Start and end, in characters, of what in a name fits, in order.

    >>> from kg.store.search.matching import understood
    >>> matching_spans("José Díaz-Müller", understood("muller jo"), Fit.BEGINNING)
    ((0, 2), (10, 16))
    """
    parts = [(match.start(), match.end(), _folded(match[0])) for match in _PARTS.finditer(name)]
    spans = {
        (start, start + _length(name[start:end], length))
        for start, end, folded in [*parts, *_pairs(parts)]
        for words in typed.variants
        for place, word in enumerate(words, start=1)
        if (length := _fitting(folded, word, fit, is_last=place == len(words)))
    }
    return tuple(_joined(spans))


def _pairs(parts: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Neighbours as one, which is how they may be typed."""
    return ((start, end, one + other) for (start, _, one), (_, end, other) in pairwise(parts))


def _fitting(folded: str, word: str, fit: Fit, *, is_last: bool) -> int:
    """How many letters of a folded part of a name fit a word that is typed."""
    if folded == word:
        return len(folded)
    if fit >= Fit.BEGINNING and (is_last or len(word) == 1) and folded.startswith(word):
        return len(word)
    if fit is Fit.INITIALS and folded == word[0] and not is_last:
        return len(folded)
    return len(folded) if fit >= Fit.EDIT and _is_near(folded, word) else 0


def _is_near(folded: str, word: str) -> bool:
    edits = edits_allowed(word)
    return bool(edits) and OSA.distance(folded, word, score_cutoff=edits) <= edits


def _length(part: str, wanted: int) -> int:
    """How many characters of a part of a name give so many folded letters."""
    return next((size for size in range(1, len(part)) if len(_folded(part[:size])) >= wanted), len(part))


def _folded(part: str) -> str:
    return "".join(plain_words(part))


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans without those within others."""
    end = -1
    for start, stop in sorted(spans, key=lambda span: (span[0], -span[1])):
        if stop > end:
            yield max(start, end), stop
            end = stop
