"""Windows of words packed into the arrays that the network reads. Used in training and at run time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.language.pieces import Shape, WordPieces, case_shape

Integers = NDArray[np.int64]

# The network knows 512 positions; the start and end marks take two.
LONGEST_WINDOW = 510


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word as the network sees it."""

    pieces: tuple[int, ...]
    shape: Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """A batch for the network. Word 0 of each window is the start mark, which is also the root."""

    ids: Integers
    """Numbers of the pieces, windows × pieces."""
    shapes: Integers
    """Case shapes of the pieces, windows × pieces."""
    spans: Integers
    """Positions of each word's first and last piece, windows × 2 × words."""


def make_word(form: str, pieces: WordPieces) -> Word:
    """The pieces and the shape of one word."""
    return Word(pieces=pieces.cut(form), shape=case_shape(form))


def count_pieces(words: Sequence[Word]) -> int:
    """How many pieces the words have together."""
    return sum(len(word.pieces) for word in words)


def pack(windows: Sequence[Sequence[Word]], pieces: WordPieces) -> Inputs:
    """The windows as one padded batch.

    >>> pieces = WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "talk", "##s"])
    >>> inputs = pack([[make_word("Talks", pieces)]], pieces)
    >>> inputs.ids.tolist(), inputs.spans.tolist()
    ([[2, 4, 5, 3]], [[[0, 1], [0, 2]]])
    """
    length = max(count_pieces(window) for window in windows) + 2
    count = max(len(window) for window in windows) + 1
    ids = np.full((len(windows), length), pieces.pad, np.int64)
    shapes = np.full((len(windows), length), int(Shape.NONE), np.int64)
    spans = np.zeros((len(windows), 2, count), np.int64)
    for row, window in enumerate(windows):
        lengths = np.array([len(word.pieces) for word in window], np.int64)
        ends = np.cumsum(lengths)
        total = int(ends[-1])
        ids[row, : total + 2] = [pieces.start, *(n for word in window for n in word.pieces), pieces.end]
        shapes[row, 1 : total + 1] = np.repeat([int(word.shape) for word in window], lengths)
        spans[row, 0, 1 : len(window) + 1] = ends - lengths + 1
        spans[row, 1, 1 : len(window) + 1] = ends
    return Inputs(ids=ids, shapes=shapes, spans=spans)


def group_by_length(lengths: Sequence[int], budget: int) -> Iterator[list[int]]:
    """Positions of the windows, shortest first, in groups whose padded size stays within the budget.

    >>> list(group_by_length([30, 5, 6], 20))
    [[1, 2], [0]]
    """
    group: list[int] = []
    for position in sorted(range(len(lengths)), key=lengths.__getitem__):
        # Two more pieces for the marks at both ends.
        if group and (len(group) + 1) * (lengths[position] + 2) > budget:
            yield group
            group = []
        group.append(position)
    if group:
        yield group
