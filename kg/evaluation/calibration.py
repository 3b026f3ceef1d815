"""Calibration: whether what is said to be so and so sure is right so and so often.

Relations are put into ten bins of equal width by their confidence; in each, the mean confidence is compared
with the share that is right. The expected calibration error is the mean of these differences, each bin
weighing as many relations as it has (Guo et al. 2017, On Calibration of Modern Neural Networks, section 2).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

BINS = 10
PROMISED = "promised"
"""The level that confidence is learnt for: right in ends and class counts 1, right in its ends alone 0.5.
So 0.8 promises that 0.8 is the mean of the shares of such relations right as a pair and as typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """The relations of one range of confidence."""

    lower: float
    """The confidence of its relations is above this; the lowest bin has 0 too."""
    upper: float
    """And at most this."""
    count: int
    confidence: float
    """The mean confidence of its relations, 0–1."""
    right: Mapping[str, float]
    """For each level the share that is right, 0–1."""


def promised(right: Mapping[str, float]) -> dict[str, float]:
    """How right a relation is at each level, with what confidence promises of it added.

    Args:
        right: 1 or 0 for the levels `pair` and `typed`, and any other.

    >>> promised({"pair": 1.0, "typed": 0.0})["promised"]
    0.5
    """
    return {PROMISED: (right["pair"] + right["typed"]) / 2, **right}


def reliability(judged: Iterable[tuple[float, Mapping[str, float]]]) -> tuple[Bin, ...]:
    """The bins that have relations, from the least sure up.

    Args:
        judged: The confidence of each relation, 0–1, and how right it is at each level, 0–1; all at the same
            levels.

    >>> reliability([(0.85, {"pair": 1.0}), (0.81, {"pair": 0.0})])[0].right
    {'pair': 0.5}
    """
    rows: dict[int, list[tuple[float, Mapping[str, float]]]] = {}
    for confidence, right in judged:
        # Rounded, since 0.7 * 10 is a little more than 7.
        number = max(0, math.ceil(round(confidence * BINS, 6)) - 1)
        rows.setdefault(number, []).append((confidence, right))
    return tuple(
        Bin(
            lower=number / BINS,
            upper=(number + 1) / BINS,
            count=len(found),
            confidence=sum(confidence for confidence, _ in found) / len(found),
            right={level: sum(right[level] for _, right in found) / len(found) for level in found[0][1]},
        )
        for number, found in sorted(rows.items())
    )


def calibration_errors(bins: Sequence[Bin]) -> dict[str, float]:
    """The expected calibration error at each level, 0–1; 0 is perfect. Empty where there are no relations.

    >>> calibration_errors(reliability([(0.8, {"pair": 1.0}), (0.8, {"pair": 0.0})]))
    {'pair': 0.3}
    """
    total = sum(one.count for one in bins)
    levels = bins[0].right if bins else {}
    return {
        level: round(sum(one.count * abs(one.right[level] - one.confidence) for one in bins) / total, 6)
        for level in levels
    }


def reliability_table(bins: Sequence[Bin]) -> tuple[list[str], list[tuple[str, ...]]]:
    """Headings and rows of the bins as people read them, the expected calibration errors in the last row.

    >>> reliability_table(reliability([(0.85, {"pair": 1.0})]))[1][0]
    ('0.8–0.9', '1', '0.85', '1.00')
    """
    errors = calibration_errors(bins)
    rows: list[tuple[str, ...]] = [
        (
            f"{one.lower:.1f}–{one.upper:.1f}",
            str(one.count),
            f"{one.confidence:.2f}",
            *(f"{one.right[level]:.2f}" for level in errors),
        )
        for one in bins
    ]
    total = str(sum(one.count for one in bins))
    rows.append(("calibration error", total, "", *(f"{error:.3f}" for error in errors.values())))
    return ["confidence", "relations", "mean", *errors], rows
