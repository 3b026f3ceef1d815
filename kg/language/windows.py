"""A document cut into windows for the network: a paragraph each, a long one cut between sentences.

Where a paragraph is cut, the network also reads some words beyond the cut on both sides; what it says of
them is left to the window that owns them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.language.batches import LONGEST_WINDOW, Integers, Word, make_word
from kg.language.columns import token_columns
from kg.language.pieces import Shape, WordPieces

# A form longer than this is no word (an address, a run of letters); the network sees its beginning.
_MOST_PIECES = 64
# One letter is too little to know a name by.
_CASED = frozenset({Shape.TITLE, Shape.UPPER, Shape.MIXED})
# Words kept in memory by their form: those of some hundred articles.
_CACHE_LIMIT = 25_000
_ENDS = frozenset({".", "!", "?"})
# Marks that belong to the sentence that they close, where no space is before them.
_CLOSERS = frozenset({'"', "”", "'", "’", "''", ")", "]"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Consecutive words of one document."""

    tokens: Integers
    """The places of the words in the document; white space is left out."""
    words: tuple[Word, ...]
    starts: Integers
    """1 where a sentence has to begin, -1 where none may, 0 where the network decides.

    A sentence that is too long for the network is cut all the same, and begins anew there.
    """
    own: slice
    """The words that this window is to annotate; those around them are only read."""
    length: int
    """Number of pieces."""

    @property
    def cased(self) -> Integers:
        """The places in this window of its own words that may be names, as they are written."""
        own = range(*self.own.indices(len(self.words)))
        return np.array([i for i in own if self.words[i].shape in _CASED], np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paragraph:
    """The words of one paragraph, as columns."""

    tokens: Integers
    words: list[Word]
    starts: Integers
    is_end: NDArray[np.bool_]
    """Whether a sentence seems to end with the word."""
    offsets: Integers
    """The number of pieces before each word, and of all."""


class WindowCutter:
    """Cuts documents into windows.

    >>> from spacy.lang.en import English
    >>> cutter = WindowCutter(WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]"]), longest=3, overlap=1)
    >>> windows = list(cutter.cut(English()("Stop. We all go.")))
    >>> [(window.tokens.tolist(), window.own.start, window.own.stop) for window in windows]
    [([0, 1, 2], 0, 2), ([1, 2, 3, 4, 5], 1, 5)]
    """

    def __init__(self, pieces: WordPieces, *, longest: int, overlap: int) -> None:
        """Takes the pieces, and how many of them a window owns at most and reads on each side of a cut."""
        self._pieces = pieces
        self._overlap = min(overlap, LONGEST_WINDOW // 4)
        self._most = LONGEST_WINDOW - 2 * self._overlap
        self._longest = min(longest, self._most)
        self._cache: dict[int, Word] = {}

    def cut(self, doc: Doc) -> Iterator[Window]:
        """The windows of a document in the order of the text; every word is owned by exactly one."""
        for paragraph in self._paragraphs(doc):
            first = 0
            while first < len(paragraph.words):
                end = self._end(paragraph, first)
                yield self._window(paragraph, first, end)
                first = end

    def _paragraphs(self, doc: Doc) -> Iterator[_Paragraph]:
        columns = token_columns(doc, ("ORTH", "IS_SPACE", "SENT_START", "SPACY"))
        is_space = columns[:, 1] > 0
        strings = doc.vocab.strings
        breaks = [i for i in np.flatnonzero(is_space).tolist() if "\n" in strings[int(columns[i, 0])]]
        for first, end in zip([0, *breaks], [*breaks, len(doc)], strict=True):
            tokens = first + np.flatnonzero(~is_space[first:end])
            if len(tokens):
                yield self._paragraph(doc, tokens, columns[tokens])

    def _paragraph(self, doc: Doc, tokens: Integers, columns: NDArray[np.uint64]) -> _Paragraph:
        words = [self._cache.get(form) or self._word(doc, form) for form in columns[:, 0].tolist()]
        starts = columns[:, 2].astype(np.int64)
        return _Paragraph(
            tokens=tokens,
            words=words,
            starts=starts,
            is_end=_find_ends(doc, columns[:, 0], columns[:, 3] > 0, starts),
            offsets=np.cumsum([0, *(len(word.pieces) for word in words)]),
        )

    def _word(self, doc: Doc, form: int) -> Word:
        word = make_word(doc.vocab.strings[form], self._pieces)
        if len(word.pieces) > _MOST_PIECES:
            word = Word(pieces=word.pieces[:_MOST_PIECES], shape=word.shape)
        if len(self._cache) >= _CACHE_LIMIT:
            self._cache.clear()
        self._cache[form] = word
        return word

    def _end(self, paragraph: _Paragraph, first: int) -> int:
        """Where the window that begins at `first` ends.

        After the last sentence that seems to end in its later two thirds; else, as one sentence should not
        be cut, after the next that ends within what the network can read; else at the limit.
        """
        limit = _reach(paragraph, first, self._longest)
        if limit == len(paragraph.words):
            return limit
        earliest = first + (limit - first) // 3
        farthest = _reach(paragraph, first, self._most)
        later = (place for place in range(limit, farthest) if paragraph.is_end[place])
        nearer = (place for place in range(limit - 1, earliest - 1, -1) if paragraph.is_end[place])
        end = next(nearer, None)
        if end is None:
            end = next(later, limit - 1)
        return end + 1

    def _window(self, paragraph: _Paragraph, first: int, end: int) -> Window:
        offsets = paragraph.offsets
        begin = int(np.searchsorted(offsets, offsets[first] - self._overlap))
        stop = _fitting(paragraph, end, self._overlap)
        starts = paragraph.starts[begin:stop].copy()
        starts[first - begin] = 1
        if end < stop:
            starts[end - begin] = 1
        return Window(
            tokens=paragraph.tokens[begin:stop],
            words=tuple(paragraph.words[begin:stop]),
            starts=starts,
            own=slice(first - begin, end - begin),
            length=int(offsets[stop] - offsets[begin]),
        )


def _find_ends(
    doc: Doc, forms: NDArray[np.uint64], is_spaced: NDArray[np.bool_], starts: Integers
) -> NDArray[np.bool_]:
    """Whether a sentence ends with each word: where that is preset, else by its marks and the spaces."""
    strings = doc.vocab.strings
    is_mark, is_closer = (
        np.isin(forms, np.array([strings[mark] for mark in sorted(marks)], np.uint64))
        for marks in (_ENDS, _CLOSERS)
    )
    for place in np.flatnonzero(is_closer[1:] & ~is_spaced[:-1]).tolist():
        if is_mark[place]:
            is_mark[place : place + 2] = False, True
    is_mark[:-1] = np.where(starts[1:] == 0, is_mark[:-1], starts[1:] > 0)
    is_mark[-1] = True
    return is_mark


def _reach(paragraph: _Paragraph, first: int, pieces: int) -> int:
    """Where the words from `first` on end that have so many pieces together; at least one word."""
    return max(_fitting(paragraph, first, pieces), first + 1)


def _fitting(paragraph: _Paragraph, first: int, pieces: int) -> int:
    """As above, but perhaps none."""
    return int(np.searchsorted(paragraph.offsets, paragraph.offsets[first] + pieces, side="right")) - 1
