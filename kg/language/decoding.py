"""Scores → trees and entity spans. Pure numpy; no spaCy.

A tree has one root and no cycle, always: the best head of each word is taken where that gives a tree,
and the maximum spanning arborescence (Chu and Liu 1965, Edmonds 1967) where it does not.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

_NEVER = np.float32(-1e9)


def decode_tree(scores: Floats) -> Integers:
    """The best heads of a sentence.

    Args:
        scores: Score of each head for each word, (n+1) × (n+1), dependents in rows; 0 is the root.

    Returns:
        The head of each of the n words: 0 for the root, else the head's place, counted from 1.

    >>> decode_tree(np.array([[0, 0, 0], [1, 0, 5], [2, 3, 0]], np.float32)).tolist()
    [2, 0]
    """
    if len(scores) == 2:  # noqa: PLR2004  # the root and one word
        return np.zeros(1, np.int64)
    scores = scores.copy()
    np.fill_diagonal(scores, _NEVER)
    heads: Integers = scores.argmax(1)
    heads[0] = 0
    if (heads[1:] == 0).sum() == 1 and _reaches_root(heads):
        return heads[1:]
    return _spanning_tree(_with_single_root(scores))[1:]


def _reaches_root(heads: Integers) -> bool:
    """Whether every word leads to the root: each round doubles the steps that are taken."""
    jump = heads
    for _ in range(len(heads).bit_length()):
        jump = jump[jump]
    return not jump.any()


def _with_single_root(scores: Floats) -> Floats:
    """Scores under which only the best root of the best trees can hang on the root.

    Each candidate's tree would have to be built to be exact; the word that loses least by being the
    root is it in nearly all cases (Zhang et al. 2020 make the same choice).
    """
    gain = scores[1:, 0] - scores[1:, 1:].max(1)
    root = 1 + int(gain.argmax())
    single = scores.copy()
    single[1:, 0] = _NEVER
    single[root, 1:] = _NEVER
    single[root, 0] = 0
    return single


def _spanning_tree(scores: Floats) -> Integers:
    """Heads of the maximum spanning arborescence from node 0, by contracting cycles."""
    heads: Integers = scores.argmax(1)
    heads[0] = 0
    cycle = _find_cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(len(scores), bool)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    smaller, leaving, entering = _contract(scores, heads, cycle, rest)
    found = _spanning_tree(smaller)
    node = len(rest)
    for place, word in enumerate(rest[1:], 1):
        heads[word] = leaving[place] if found[place] == node else rest[found[place]]
    heads[entering[found[node]]] = rest[found[node]]
    return heads


def _contract(
    scores: Floats, heads: Integers, cycle: Integers, rest: Integers
) -> tuple[Floats, Integers, Integers]:
    """Scores with the cycle as one last node, and which of its words each arc leaves and enters."""
    count = len(rest)
    smaller = np.full((count + 1, count + 1), _NEVER, np.float32)
    smaller[:count, :count] = scores[np.ix_(rest, rest)]
    outward = scores[np.ix_(rest, cycle)]
    smaller[:count, count] = outward.max(1)
    inward = scores[np.ix_(cycle, rest)] - scores[cycle, heads[cycle]][:, None]
    smaller[count, :count] = inward.max(0)
    np.fill_diagonal(smaller, 2 * _NEVER)
    return smaller, cycle[outward.argmax(1)], cycle[inward.argmax(0)]


def _find_cycle(heads: Integers) -> Integers | None:
    """The words of some cycle; None where there is none."""
    seen_from = np.zeros(len(heads), np.int64)
    for start in range(1, len(heads)):
        path: list[int] = []
        word = start
        while word and not seen_from[word]:
            seen_from[word] = start
            path.append(word)
            word = int(heads[word])
        if word and seen_from[word] == start:
            return np.array(path[path.index(word) :], np.int64)
    return None


class EntityDecoder:
    """The best sequence of entity labels in which `I-` only follows its own kind (Viterbi 1967).

    >>> decoder = EntityDecoder(["O", "B-PER", "I-PER"])
    >>> decoder.decode(np.array([[2, 1, 0], [0, 0, 3]], np.float32)).tolist()
    [1, 2]
    """

    def __init__(self, labels: Sequence[str]) -> None:
        self._inner = np.array([label.startswith("I-") for label in labels])
        kinds = [label[2:] for label in labels]
        self._allowed = np.array(
            [[not b.startswith("I-") or kinds[i] == b[2:] for b in labels] for i in range(len(labels))]
        )
        self._cost = np.where(self._allowed, np.float32(0), _NEVER)

    def decode(self, scores: Floats) -> Integers:
        """The labels' numbers, one a word; `scores` is words × labels."""
        best: Integers = scores.argmax(1)
        if not self._inner[best[0]] and self._allowed[best[:-1], best[1:]].all():
            return best
        value = np.where(self._inner, _NEVER, scores[0])
        back: list[Integers] = []
        for row in scores[1:]:
            steps = value[:, None] + self._cost
            back.append(steps.argmax(0))
            value = steps.max(0) + row
        path = [int(value.argmax())]
        for pointers in reversed(back):
            path.append(int(pointers[path[-1]]))
        return np.array(path[::-1], np.int64)


def entity_spans(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Spans (start, end, type) of a sequence of IOB2 labels, in order.

    >>> entity_spans(["B-PER", "I-PER", "O", "B-LOC"])
    [(0, 2, 'PER'), (3, 4, 'LOC')]
    """
    spans: list[tuple[int, int, str]] = []
    start, kind = 0, ""
    for place, label in enumerate([*labels, "O"]):
        if kind and label != f"I-{kind}":
            spans.append((start, place, kind))
            kind = ""
        if label != "O" and not kind:
            start, kind = place, label[2:]
    return spans
