"""Which characters of a name are those that fit what is typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from rapidfuzz.distance import OSA

from kg.store.search.folding import spellings
from kg.store.search.matching import Fit, Typed, edits_allowed

_PARTS = re.compile(r"[^\s!-&(-\-/:-@\[-`{-~¡-©«-±´¶-¸»¿×÷‐-‘‚-⁞、-】]+")
"""What stands between spaces and punctuation; dots and apostrophes are part of words, as in `U.S.`."""
Span = tuple[int, int]


def matching_spans(name: str, typed: Typed, fit: Fit) -> tuple[Span, ...]:
    """Start and end, in characters, of what in a name fits, in order.

    >>> from kg.store.search.matching import understood
    >>> matching_spans("José Díaz-Müller", understood("muller jo"), Fit.BEGINNING)
    ((0, 2), (10, 16))
    """
    parts = [match.span() for match in _PARTS.finditer(name)]
    spans = set(_spans(name, parts, typed, fit))
    pairs = [(start, end) for (start, _), (_, end) in pairwise(parts)]  # which may be typed as one
    spans |= {
        pair for pair in _spans(name, pairs, typed, fit) if not any(_overlap(pair, one) for one in spans)
    }
    return tuple(_outermost(spans))


def _spans(name: str, parts: Iterable[Span], typed: Typed, fit: Fit) -> Iterator[Span]:
    """What of each part fits."""
    for start, end in parts:
        part = name[start:end]
        words = [
            (word, place == len(words)) for words in typed.variants for place, word in enumerate(words, 1)
        ]
        fitting = (_fitting(part, word, fit, is_last=is_last) for word, is_last in words)
        if length := max(fitting, default=0):
            yield start, start + length


def _fitting(part: str, word: str, fit: Fit, *, is_last: bool) -> int:
    """How many characters of a part of a name fit a word that is typed, from its start."""
    forms = _forms(part)
    if word in forms:
        return len(part)
    if fit >= Fit.BEGINNING and (is_last or len(word) == 1) and any(form.startswith(word) for form in forms):
        return _length(part, word)
    if fit is Fit.INITIALS and word[0] in forms and not is_last:
        return len(part)
    if fit is Fit.BEGINNING_EDIT and is_last:
        forms = [*forms, *(form[:size] for form in forms for size in range(len(word) - 1, len(word) + 2))]
    return len(part) if fit >= Fit.EDIT and any(_is_near(form, word) for form in forms) else 0


def _is_near(form: str, word: str) -> bool:
    edits = edits_allowed(word)
    return bool(edits) and OSA.distance(form, word, score_cutoff=edits) <= edits


def _length(part: str, word: str) -> int:
    """How many characters of a part hold the word that it begins with."""
    sizes = range(1, len(part))
    return next((n for n in sizes if any(form.startswith(word) for form in _forms(part[:n]))), len(part))


def _forms(part: str) -> list[str]:
    """A part of a name as one word, in each of its spellings."""
    return ["".join(words) for words in spellings(part)]


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _outermost(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans without those within others."""
    end = -1
    for start, stop in sorted(spans, key=lambda span: (span[0], -span[1])):
        if stop > end:
            yield max(start, end), stop
            end = stop
