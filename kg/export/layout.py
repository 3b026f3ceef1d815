"""Places the nodes of a drawing, the same on every machine. Nothing is drawn here."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Positions = npt.NDArray[np.float64]

_STEPS = 120
"""Fruchterman and Reingold's 50 leave small graphs tangled; at 1,000 nodes these take a few seconds."""
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
_GRAVITY = 0.45
"""Pull to the middle, relative to the springs: holds the parts of an unconnected graph together."""
_WIDTH_TO_HEIGHT = 1.5
"""Labels are wide and screens are, so distances are stretched sideways."""


def place_nodes(count: int, edges: Sequence[tuple[int, int]], *, spacing: float = 150.0) -> Positions:
    """Positions (x, y) of the nodes 0 … count-1, about `spacing` apart where an edge joins them.

    Forces as in Fruchterman and Reingold (1991), with hubs pushed apart as in Jacomy et al. (2014), from a
    sunflower spiral with the best connected nodes in the middle; quadratic in the nodes for each step.

    >>> place_nodes(2, [(0, 1)]).shape
    (2, 2)
    """
    positions = _spiral(count, edges)
    ends = np.array(sorted({(min(e), max(e)) for e in edges if e[0] != e[1]}), dtype=int).reshape(-1, 2)
    weights = 1 + np.bincount(ends.ravel(), minlength=count) / 2
    heat = 0.1 * math.sqrt(count)
    for step in range(_STEPS if count > 1 else 0):
        moves = (
            _repulsion(positions, weights)
            + _attraction(positions, ends)
            - _GRAVITY * weights[:, None] * positions
        )
        lengths = np.maximum(np.linalg.norm(moves, axis=1, keepdims=True), 1e-9)
        positions = positions + moves / lengths * np.minimum(lengths, heat * (1 - step / _STEPS))
    centred = positions - positions.mean(axis=0) if count else positions
    return np.round(centred * (spacing * _WIDTH_TO_HEIGHT, spacing), 1)


def _spiral(count: int, edges: Sequence[tuple[int, int]]) -> Positions:
    degrees = np.zeros(count)
    for subject, object_ in edges:
        degrees[subject] += 1
        degrees[object_] += 1
    ranks = np.empty(count)
    ranks[np.argsort(-degrees, kind="stable")] = np.arange(count)
    radii, angles = 0.7 * np.sqrt(ranks + 0.5), ranks * _GOLDEN_ANGLE
    return np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1)


def _repulsion(positions: Positions, weights: Positions) -> Positions:
    across = positions[:, None, 0] - positions[:, 0]
    along = positions[:, None, 1] - positions[:, 1]
    nearness = weights[:, None] * weights / np.maximum(across**2 + along**2, 1e-2)
    return np.stack([(across * nearness).sum(axis=1), (along * nearness).sum(axis=1)], axis=1)


def _attraction(positions: Positions, ends: npt.NDArray[np.int_]) -> Positions:
    pulls = np.zeros_like(positions)
    offsets = positions[ends[:, 1]] - positions[ends[:, 0]]
    forces = offsets * np.linalg.norm(offsets, axis=1, keepdims=True)
    np.add.at(pulls, ends[:, 0], forces)
    np.add.at(pulls, ends[:, 1], -forces)
    return pulls
