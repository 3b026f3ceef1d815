"""Places the nodes of a drawing, the same on every machine. Nothing is drawn here."""

from __future__ import annotations

import math
from collections.abc import Sequence

import networkx as nx
import numpy as np
import numpy.typing as npt

Positions = npt.NDArray[np.float64]

_STEPS = 120
"""Fruchterman and Reingold's 50 leave small graphs tangled; at 1,000 nodes these take a few seconds."""
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
_GRAVITY = 0.45
"""Pull to the middle, relative to the springs: keeps what hangs on one edge from drifting away."""
_MARGIN = 1.5
"""Distance between unconnected parts, in lengths of an edge: leaves room for labels."""
_WIDTH_TO_HEIGHT = 1.5
"""Labels are wide and screens are, so distances are stretched sideways."""


def place_nodes(count: int, edges: Sequence[tuple[int, int]], *, spacing: float = 120.0) -> Positions:
    """Positions (x, y) of the nodes 0 … count-1, about `spacing` apart where an edge joins them.

    Parts that no edge joins are placed each on its own, then in rows, the largest first. Quadratic in
    the nodes of a part.

    >>> place_nodes(2, [(0, 1)]).shape
    (2, 2)
    """
    positions = np.zeros((count, 2))
    parts = _parts(count, edges)
    settled = [_settle(len(part), _within(part, edges)) for part in parts]
    for part, offset, placed in zip(parts, _pack(settled), settled, strict=True):
        positions[part] = placed + offset
    middle = (positions.max(axis=0) + positions.min(axis=0)) / 2 if count else 0
    return np.round((positions - middle) * (spacing * _WIDTH_TO_HEIGHT, spacing), 1)


def _parts(count: int, edges: Sequence[tuple[int, int]]) -> list[list[int]]:
    graph = nx.Graph(edges)
    graph.add_nodes_from(range(count))
    return sorted(
        (sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part)
    )


def _within(part: Sequence[int], edges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    numbers = {node: number for number, node in enumerate(part)}
    return [(numbers[one], numbers[other]) for one, other in edges if one in numbers]


def _pack(parts: Sequence[Positions]) -> list[Positions]:
    """By how much to move each part, so that they stand in rows and do not overlap."""
    sizes = [part.max(axis=0) - part.min(axis=0) + _MARGIN for part in parts]
    widest = max([0.0, *(size[0] for size in sizes), math.sqrt(sum(size[0] * size[1] for size in sizes))])
    offsets, x, y, height = [], 0.0, 0.0, 0.0
    for part, size in zip(parts, sizes, strict=True):
        if x + size[0] > widest + _MARGIN:
            x, y, height = 0.0, y + height, 0.0
        offsets.append(np.array([x, y]) - part.min(axis=0))
        x, height = x + size[0], max(height, size[1])
    return offsets


def _settle(count: int, edges: Sequence[tuple[int, int]]) -> Positions:
    """The positions of a connected part, by forces.

    As in Fruchterman and Reingold (1991), with hubs pushed apart as in Jacomy et al. (2014). It begins as a
    sunflower spiral with the best connected nodes in the middle.
    """
    positions = _spiral(count, edges)
    ends = np.array(sorted({(min(e), max(e)) for e in edges if e[0] != e[1]}), dtype=int).reshape(-1, 2)
    weights = 1 + np.bincount(ends.ravel(), minlength=count) / 2
    heat = 0.1 * math.sqrt(count)
    for step in range(_STEPS if count > 1 else 0):
        moves = _repulsion(positions, weights) + _attraction(positions, ends)
        moves -= _GRAVITY * weights[:, None] * positions
        lengths = np.maximum(np.linalg.norm(moves, axis=1, keepdims=True), 1e-9)
        positions = positions + moves / lengths * np.minimum(lengths, heat * (1 - step / _STEPS))
    return positions


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
