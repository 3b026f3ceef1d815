"""The network's scores for one window → sentences, trees and labels. Pure numpy; no spaCy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kg.language.decoding import EntityDecoder, Floats, Integers, decode_tree

# Chooses the relation of each word, given its own part as a dependent and the part of its head.
RelationChooser = Callable[[Floats, Floats], Integers]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What the network says about a batch; word 0 of each window is the root."""

    arcs: Floats
    """Of each head (last axis) for each word, windows × words × words."""
    tags: Integers
    """The best tag of each word, windows × words."""
    edits: Integers
    """The best edit script of each word, windows × words."""
    entities: Floats
    """Windows × words × entity labels."""
    starts: Floats
    """How much rather a word begins a sentence than not, windows × words."""
    dependents: Floats
    """Each word's part as a dependent in the choice of a relation, windows × words × size."""
    governors: Floats
    """Its part as a head, windows × words × size."""
    vectors: Floats
    """Contextual vectors, windows × words × width."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """The analysis of one window, one value a word."""

    starts: NDArray[np.bool_]
    heads: Integers
    """Place of the head in the window, from 1; 0 for the root of its sentence."""
    relations: Integers
    tags: Integers
    edits: Integers
    entities: Integers
    vectors: Floats

    def part(self, words: slice) -> Parse:
        """The analysis of some of the words, which must be whole sentences."""
        heads = self.heads[words]
        return Parse(
            starts=self.starts[words],
            heads=np.where(heads > 0, heads - words.start, 0),
            relations=self.relations[words],
            tags=self.tags[words],
            edits=self.edits[words],
            entities=self.entities[words],
            vectors=self.vectors[words],
        )


class ParseDecoder:
    """Scores → parses. A sentence is one tree, and no entity crosses its ends."""

    def __init__(self, choose: RelationChooser, entities: EntityDecoder) -> None:
        self._choose = choose
        self._entities = entities

    def decode(self, scores: Scores, row: int, count: int, preset: Integers | None = None) -> Parse:
        """The parse of one window.

        Args:
            scores: The scores of the batch.
            row: The window's place in the batch.
            count: How many words the window has.
            preset: 1 where a sentence must begin, -1 where none may, 0 where the network decides.
        """
        words = slice(1, count + 1)
        starts = _starts(scores.starts[row, words], preset)
        heads = np.zeros(count, np.int64)
        entities = np.zeros(count, np.int64)
        bounds = [*np.flatnonzero(starts).tolist(), count]
        for first, end in pairwise(bounds):
            entities[first:end] = self._entities.decode(scores.entities[row, first + 1 : end + 1])
            found = decode_tree(_square(scores.arcs[row], first, end))
            heads[first:end] = np.where(found > 0, found + first, 0)
        relations = self._choose(scores.dependents[row, words], scores.governors[row, heads])
        return Parse(
            starts=starts,
            heads=heads,
            relations=relations,
            tags=scores.tags[row, words],
            edits=scores.edits[row, words],
            entities=entities,
            vectors=scores.vectors[row, words],
        )


def _starts(scores: Floats, preset: Integers | None) -> NDArray[np.bool_]:
    starts = scores > 0
    if preset is not None:
        starts = np.where(preset == 0, starts, preset > 0)
    starts[0] = True
    return starts


def _square(arcs: Floats, first: int, end: int) -> Floats:
    """The scores among the words first…end of a window, with the root as row and column 0."""
    scores = np.zeros((end - first + 1, end - first + 1), np.float32)
    scores[1:, 1:] = arcs[first + 1 : end + 1, first + 1 : end + 1]
    scores[1:, 0] = arcs[first + 1 : end + 1, 0]
    return scores
