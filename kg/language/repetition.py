"""Names that an article repeats: each mention is read in the light of the others.

"Orion" alone may be a person, a company or a place; beside "Orion said its shareholders" it is a company
everywhere in the article. The network sees one paragraph at a time, so this is done after it, over the
whole document (one name, one type in one discourse; Finkel et al. 2005 and Krishnan and Manning 2006).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.language.decoding import Floats, Integers

# Keeps logarithms finite, and a single sure mention from outweighing all others.
_LEAST = 1e-4


class RepeatedNames:
    """Moves the entity scores of like words towards what all of them say together.

    >>> names = RepeatedNames(["O", "B-ORG", "I-ORG", "B-PER", "I-PER"], weight=0.5)
    >>> scores = np.array([[0, 4, 0, 0, 0], [0, 1, 0, 1.2, 0]], np.float32)
    >>> names.agree(scores, np.array([7, 7], np.uint64)).argmax(1).tolist()
    [1, 1]
    """

    def __init__(self, labels: Sequence[str], weight: float) -> None:
        """Takes the entity labels, and how much the others count: 0 not at all, 1 as much as can be."""
        self._weight = weight
        kinds = sorted({label[2:] for label in labels})
        self._types = np.array([[label[2:] == kind for kind in kinds] for label in labels], np.float32)

    def agree(self, scores: Floats, forms: NDArray[np.uint64]) -> Floats:
        """The scores, words × labels, with those of equal forms closer together."""
        groups: Integers
        _, groups, counts = np.unique(forms, return_inverse=True, return_counts=True)
        is_repeated = counts[groups] > 1
        result = scores.copy()
        if self._weight and is_repeated.any():
            result[is_repeated] += self._moves(scores[is_repeated], groups[is_repeated], counts)
        return result

    def _moves(self, scores: Floats, groups: Integers, counts: Integers) -> Floats:
        """What is added to the scores of words that stand in groups of such sizes."""
        # Not a product of matrices: those run on threads that cannot be bounded from here.
        own = np.einsum("wl,lt->wt", _probabilities(scores), self._types)
        sums = np.zeros((len(counts), own.shape[1]), np.float32)
        np.add.at(sums, groups, own)
        means = sums[groups] / counts[groups, None].astype(np.float32)
        moves = self._weight * (np.log(means + _LEAST) - np.log(own + _LEAST))
        result: Floats = np.einsum("wt,lt->wl", moves.astype(np.float32), self._types)
        return result


def _probabilities(scores: Floats) -> Floats:
    powers: Floats = np.exp(scores - scores.max(1, keepdims=True))
    sums: Floats = powers.sum(1, keepdims=True)
    return powers / sums
