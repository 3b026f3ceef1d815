"""Places the nodes of a drawing, the same on every machine: communities apart, names side by side.

Each part that no edge joins to another is settled by forces, in two rounds: first its communities as wholes,
then the nodes, who begin within their own. What then covers another is moved apart, and the parts are put in
rows. Nothing is drawn here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import networkx as nx
import numpy as np
import numpy.typing as npt

Positions = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int_]

_STEPS = 120
"""Fruchterman and Reingold's 50 leave small graphs tangled."""
_FEWEST_STEPS = 50
_SETTLED = 1_000
"""Nodes from which on fewer steps are taken, since communities stand well from the start."""
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
_GRAVITY = 0.45
"""Pull to the middle, relative to the springs: keeps what hangs on one edge from drifting away."""
_ACROSS = 0.35
"""How strong an edge between two communities pulls, relative to one within; parts them."""
_SMALLEST = 60
"""Nodes from which on communities are looked for; fewer are seen at a glance, and untangled instead."""
_TRIES = 16
"""Beginnings that a small part is settled from at most; the one with fewest crossings is taken."""
_CLEAR = 0.3
"""How far a node should be from edges that are not its own, in lengths of an edge."""
_BESIDE = 0.08
"""What each parallel edge adds to that."""
_SEED = 7
_BLOCK = 2**16
"""Pairs of nodes that are looked at together, so that they stay in the processor's cache."""
_PUSHES = 200
"""Rounds at most in which boxes are moved apart; a hundred are enough for most graphs."""
_WIDTH_TO_HEIGHT = 1.5
"""Names are wide and screens are, so distances are stretched sideways."""


def place_nodes(
    count: int,
    edges: Sequence[tuple[int, int]],
    boxes: Positions | None = None,
    *,
    spacing: float = 90.0,
) -> Positions:
    """Positions (x, y) of the nodes 0 … count-1, about `spacing` apart where an edge joins them.

    Parts that no edge joins are placed each on its own, then in rows, the largest first. Quadratic in
    the nodes of a part: 2,000 take some three seconds.

    Args:
        count: How many nodes there are.
        edges: The numbers of their ends; several of the same ends pull further apart, as they need room.
        boxes: Width and height of what is drawn of each node, around its position; they do not overlap
            afterwards. None for nodes without extent.
        spacing: Length of an edge.

    >>> place_nodes(2, [(0, 1)]).shape
    (2, 2)
    """
    sizes = np.zeros((count, 2)) if boxes is None else boxes
    stretch = np.array((spacing * _WIDTH_TO_HEIGHT, spacing))
    positions = np.zeros((count, 2))
    parts = _parts(count, edges)
    for part, own in zip(parts, _edges_within(parts, edges), strict=True):
        positions[part] = _apart(_settle(len(part), own) * stretch, sizes[part])
    for part, offset in zip(parts, _pack([(positions[p], sizes[p]) for p in parts], spacing), strict=True):
        positions[part] += offset
    middle = (positions.max(axis=0) + positions.min(axis=0)) / 2 if count else 0
    return np.asarray(np.round(positions - middle, 1), dtype=np.float64)


def communities(count: int, edges: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The nodes 0 … count-1 by community (Louvain: Blondel et al. 2008), the largest first.

    >>> communities(4, [(0, 1), (2, 3)])
    [[0, 1], [2, 3]]
    """
    graph = _graph(count, edges)
    found = nx.community.louvain_communities(graph, seed=_SEED) if count else []
    return sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))


def _graph(count: int, edges: Sequence[tuple[int, int]]) -> nx.Graph[int]:
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(sorted({(min(e), max(e)) for e in edges if e[0] != e[1]}))
    return graph


def _parts(count: int, edges: Sequence[tuple[int, int]]) -> list[list[int]]:
    found = nx.connected_components(_graph(count, edges))
    return sorted((sorted(part) for part in found), key=lambda part: (-len(part), part))


def _edges_within(
    parts: Sequence[Sequence[int]], edges: Sequence[tuple[int, int]]
) -> list[list[tuple[int, int]]]:
    """The edges of each part, by the places of their ends in it."""
    places = {node: (number, place) for number, part in enumerate(parts) for place, node in enumerate(part)}
    within: list[list[tuple[int, int]]] = [[] for _ in parts]
    for one, other in edges:
        if places[one][0] == places[other][0]:
            within[places[one][0]].append((places[one][1], places[other][1]))
    return within


def _pack(parts: Sequence[tuple[Positions, Positions]], gap: float) -> list[Positions]:
    """By how much to move each part, so that they stand in rows and do not overlap."""
    corners = [(p - size / 2).min(axis=0) for p, size in parts]
    extents = [
        (p + size / 2).max(axis=0) - corner + gap for (p, size), corner in zip(parts, corners, strict=True)
    ]
    area = sum(float(extent[0] * extent[1]) for extent in extents)
    widest = max([0.0, *(float(extent[0]) for extent in extents), math.sqrt(area * _WIDTH_TO_HEIGHT)])
    offsets, x, y, height = [], 0.0, 0.0, 0.0
    for corner, extent in zip(corners, extents, strict=True):
        if x + extent[0] > widest:
            x, y, height = 0.0, y + height, 0.0
        offsets.append(np.array((x, y)) - corner)
        x, height = x + float(extent[0]), max(height, float(extent[1]))
    return offsets


def _settle(count: int, edges: Sequence[tuple[int, int]]) -> Positions:
    """The positions of a connected part, by forces."""
    ends, numbers = np.unique(
        np.sort(np.array(edges, dtype=int).reshape(-1, 2), axis=1), axis=0, return_counts=True
    )
    ends, numbers = ends[ends[:, 0] != ends[:, 1]], numbers[ends[:, 0] != ends[:, 1]]
    pulls = 1 / (1 + np.log2(numbers) / 4)
    if count < _SMALLEST:
        return _untangled(count, ends, numbers, pulls)
    groups = communities(count, edges)
    group_of = np.empty(count, dtype=int)
    for number, group in enumerate(groups):
        group_of[group] = number
    is_across = group_of[ends[:, 0]] != group_of[ends[:, 1]]
    return _relax(_by_group(groups, group_of, ends), ends, np.where(is_across, _ACROSS, 1.0) * pulls)


def _untangled(count: int, ends: Numbers, numbers: Numbers, pulls: Positions) -> Positions:
    """The best of several tries, each from another order of the nodes."""
    order = np.random.RandomState(_SEED)  # whose numbers are the same in all releases
    start = _spiral(count, ends)
    best, fewest = start, math.inf
    for _ in range(_TRIES):
        positions = _relax(start, ends, pulls)
        faults = _crossings(positions, ends) + 2 * _covered(positions, ends, numbers)
        if faults < fewest:
            best, fewest = positions, faults
        if not fewest:
            break
        start = start[order.permutation(count)]
    return best


def _crossings(positions: Positions, ends: Numbers) -> int:
    """How many pairs of edges cross."""
    starts, stops = positions[ends[:, 0]], positions[ends[:, 1]]
    sides_of_starts = _side(starts[:, None], stops[:, None], starts[None])
    sides_of_stops = _side(starts[:, None], stops[:, None], stops[None])
    parted = sides_of_starts * sides_of_stops < 0
    return int((parted & parted.T).sum()) // 2


def _side(start: Positions, stop: Positions, point: Positions) -> Positions:
    """On which side of lines points lie: above 0, below 0, or 0 on them (to what can be told)."""
    across, along = stop - start, point - start
    area = across[..., 0] * along[..., 1] - across[..., 1] * along[..., 0]
    return np.sign(np.round(area, 9))


def _covered(positions: Positions, ends: Numbers, numbers: Numbers) -> int:
    """How many nodes lie on edges that are not their own."""
    starts, ways = positions[ends[:, 0]], positions[ends[:, 1]] - positions[ends[:, 0]]
    offsets = positions[:, None] - starts
    along = (offsets * ways).sum(axis=2) / np.maximum((ways**2).sum(axis=1), 1e-9)
    gaps = np.sqrt(((offsets - np.clip(along, 0, 1)[..., None] * ways) ** 2).sum(axis=2))
    is_own = (np.arange(len(positions))[:, None, None] == ends).any(axis=2)
    return int(((gaps < _CLEAR + _BESIDE * (numbers - 1)) & ~is_own).sum())


def _by_group(groups: Sequence[Sequence[int]], group_of: Numbers, ends: Numbers) -> Positions:
    """Where nodes begin: in a spiral about the middle of their community."""
    between = group_of[ends]
    joined = np.unique(between[between[:, 0] != between[:, 1]], axis=0)
    middles = _relax(_spiral(len(groups), joined), joined, np.ones(len(joined)))
    room = math.sqrt(len(group_of) / len(groups))
    positions = np.zeros((len(group_of), 2))
    for group, middle in zip(groups, middles, strict=True):
        own = np.isin(ends, group)
        places = np.searchsorted(group, ends[own.all(axis=1)])
        positions[list(group)] = middle * room + _spiral(len(group), places)
    return positions


def _spiral(count: int, ends: Numbers) -> Positions:
    """A sunflower spiral with the best connected nodes in the middle."""
    degrees = np.bincount(ends.ravel(), minlength=count)
    ranks = np.empty(count)
    ranks[np.argsort(-degrees, kind="stable")] = np.arange(count)
    radii, angles = 0.7 * np.sqrt(ranks + 0.5), ranks * _GOLDEN_ANGLE
    # Rounded, since machines differ in the last digit of a cosine.
    spiral = np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1)
    return np.asarray(np.round(spiral, 6), dtype=np.float64)


def _relax(positions: Positions, ends: Numbers, pulls: Positions) -> Positions:
    """Moves nodes by forces, in ever smaller steps.

    As in Fruchterman and Reingold (1991), with hubs pushed apart as in Jacomy et al. (2014).
    """
    count = len(positions)
    weights = 1 + np.bincount(ends.ravel(), minlength=count) / 2
    steps = max(_FEWEST_STEPS, min(_STEPS, _STEPS * _SETTLED // max(count, 1))) if count > 1 else 0
    heat = 0.1 * math.sqrt(count)
    for step in range(steps):
        moves = _repulsion(positions, weights) + _attraction(positions, ends, pulls)
        moves -= _GRAVITY * weights[:, None] * positions
        lengths = np.maximum(np.sqrt((moves**2).sum(axis=1, keepdims=True)), 1e-9)
        positions = positions + moves / lengths * np.minimum(lengths, heat * (1 - step / steps))
    return positions


def _repulsion(positions: Positions, weights: Positions) -> Positions:
    x, y = np.ascontiguousarray(positions.T)
    pushes = np.empty_like(positions)
    rows = max(1, _BLOCK // len(positions))
    for start in range(0, len(positions), rows):
        block = slice(start, start + rows)
        across, along = x[block, None] - x, y[block, None] - y
        nearness = across * across
        nearness += along * along
        np.maximum(nearness, 1e-2, out=nearness)
        np.divide(weights, nearness, out=nearness)
        pushes[block, 0] = np.multiply(across, nearness, out=across).sum(axis=1)
        pushes[block, 1] = np.multiply(along, nearness, out=along).sum(axis=1)
    return pushes * weights[:, None]


def _attraction(positions: Positions, ends: Numbers, pulls: Positions) -> Positions:
    offsets = positions[ends[:, 1]] - positions[ends[:, 0]]
    forces = offsets * (np.sqrt((offsets**2).sum(axis=1)) * pulls)[:, None]
    total = np.zeros_like(positions)
    np.add.at(total, ends[:, 0], forces)
    np.add.at(total, ends[:, 1], -forces)
    return total


def _apart(positions: Positions, sizes: Positions) -> Positions:
    """Moves boxes until none covers another, each pair along the way that is shorter."""
    for _ in range(_PUSHES):
        one, other = _overlapping(positions, sizes)
        if not len(one):
            break
        gaps = positions[other] - positions[one]
        room = (sizes[one] + sizes[other]) / 2 - np.abs(gaps)
        is_side = room[:, 0] < room[:, 1]
        shift = np.where(np.stack([is_side, ~is_side], axis=1), room / 2 + 0.5, 0.0)
        shift *= np.where(gaps < 0, -1.0, 1.0)
        moves, counts = np.zeros_like(positions), np.zeros(len(positions))
        np.add.at(moves, one, -shift)
        np.add.at(moves, other, shift)
        np.add.at(counts, np.concatenate([one, other]), 1)
        positions = positions + moves / np.maximum(np.sqrt(counts), 1)[:, None]
    return positions


def _overlapping(positions: Positions, sizes: Positions) -> tuple[Numbers, Numbers]:
    """The pairs of boxes that have some area in common, the lower number first."""
    order = np.argsort(positions[:, 0] - sizes[:, 0] / 2, kind="stable")
    left = (positions[:, 0] - sizes[:, 0] / 2)[order]
    right = (positions[:, 0] + sizes[:, 0] / 2)[order]
    # Along x sorted: those that begin before this one ends.
    counts = np.maximum(np.searchsorted(left, right, side="left") - np.arange(len(order)) - 1, 0)
    first = np.repeat(np.arange(len(order)), counts)
    steps = np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts)
    one, other = order[first], order[first + 1 + steps]
    near = np.abs(positions[one, 1] - positions[other, 1]) < (sizes[one, 1] + sizes[other, 1]) / 2
    one, other = one[near], other[near]
    return np.minimum(one, other), np.maximum(one, other)
