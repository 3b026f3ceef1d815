"""Words cut into the word pieces of an uncased BERT vocabulary, and the case shape that it loses.

The cut is BERT's own (Devlin et al. 2019): lower case, accents off, punctuation apart, then the
longest known piece from the left.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from enum import IntEnum

SPECIAL_PIECES = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")
"""Padding, what is unknown, and the start and the end of a window."""

# A longer run of letters is not a word; BERT's own limit.
_LONGEST_RUN = 100
# Forms kept in memory: those of some hundred articles.
_CACHE_LIMIT = 25_000


class Shape(IntEnum):
    """How a word is written; the vocabulary itself is uncased."""

    LOWER = 0
    TITLE = 1
    UPPER = 2
    INITIAL = 3
    MIXED = 4
    DIGIT = 5
    MARK = 6
    NONE = 7
    """For what is no word: the start and end of a window, and padding."""


def case_shape(word: str) -> Shape:
    """The shape in which `word` is written.

    >>> case_shape("NATO").name, case_shape("Müller").name, case_shape("I").name
    ('UPPER', 'TITLE', 'INITIAL')
    """
    if any(c.isdigit() for c in word):
        return Shape.DIGIT
    if not any(c.isalpha() for c in word):
        return Shape.MARK
    if word.islower():
        return Shape.LOWER
    if word.isupper():
        return Shape.UPPER if len(word) > 1 else Shape.INITIAL
    return Shape.TITLE if word[0].isupper() and word[1:].islower() else Shape.MIXED


class WordPieces:
    """Cuts words into the numbers of their pieces, and remembers them.

    >>> pieces = WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "talk", "##s"])
    >>> pieces.cut("Talks"), pieces.cut("¿")
    ((4, 5), (1,))
    """

    def __init__(self, pieces: Iterable[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(pieces)}
        self.pad, self.unknown, self.start, self.end = (self._numbers[name] for name in SPECIAL_PIECES)
        self._longest_piece = max(map(len, self._numbers))
        self._cache: dict[str, tuple[int, ...]] = {}

    def cut(self, word: str) -> tuple[int, ...]:
        """The numbers of the pieces of `word`: at least one, the unknown piece if need be."""
        found = self._cache.get(word)
        if found is None:
            if len(self._cache) >= _CACHE_LIMIT:
                self._cache.clear()
            found = tuple(n for run in _runs(word) for n in self._cut_run(run)) or (self.unknown,)
            self._cache[word] = found
        return found

    def _cut_run(self, run: str) -> Sequence[int]:
        if len(run) > _LONGEST_RUN:
            return (self.unknown,)
        found: list[int] = []
        start = 0
        while start < len(run):
            end = self._longest(run, start)
            if end == start:
                return (self.unknown,)
            found.append(self._numbers[_piece(run, start, end)])
            start = end
        return found

    def _longest(self, run: str, start: int) -> int:
        # A loop: as a generator expression it takes a tenth of the time of reading a text.
        mark = "##" if start else ""
        for end in range(min(len(run), start + self._longest_piece), start, -1):
            if mark + run[start:end] in self._numbers:
                return end
        return start


def _piece(run: str, start: int, end: int) -> str:
    return run[start:end] if start == 0 else "##" + run[start:end]


def _runs(word: str) -> list[str]:
    """The word in lower case without accents, split at every punctuation mark and ideograph."""
    folded = unicodedata.normalize("NFD", word.lower())
    spaced = "".join(_spaced(c) for c in folded)
    return spaced.split()


def _spaced(c: str) -> str:
    category = unicodedata.category(c)
    if category == "Mn" or (category in ("Cc", "Cf") and not c.isspace()):
        return ""
    # BERT counts all ASCII symbols as punctuation, and sets each CJK ideograph apart.
    is_mark = category[0] == "P" or (c.isascii() and c.isprintable() and not c.isalnum())
    return f" {c} " if is_mark or "\u4e00" <= c <= "\u9fff" else c
