"""Where nodes of a drawing stand."""

import itertools
import random

import numpy as np
import pytest

from kg.export.layout import _crossings, _overlapping, communities, place_nodes


def cliques(count, size):
    """So many groups in each of which all are joined, one edge between neighbours."""
    groups = [range(number * size, (number + 1) * size) for number in range(count)]
    within = [pair for group in groups for pair in itertools.combinations(group, 2)]
    return groups, [*within, *((group[0], other[1]) for group, other in itertools.pairwise(groups))]


def scattered(count, seed=3):
    chance = random.Random(seed)
    return [(number, int(number * chance.random() ** 2)) for number in range(1, count) for _ in range(2)]


@pytest.mark.parametrize("count", [0, 1, 2, 7, 40, 300])
def test_layout_is_stable_and_finite(count):
    edges = scattered(count)
    first, second = place_nodes(count, edges), place_nodes(count, edges)
    assert first.shape == (count, 2)
    assert np.isfinite(first).all()
    assert (first == second).all()


@pytest.mark.parametrize("count", [5, 60, 400])
def test_boxes_do_not_overlap(count):
    chance = np.random.RandomState(1)
    boxes = chance.uniform((20, 20), (200, 60), (count, 2))
    positions = place_nodes(count, scattered(count), boxes)
    one, _ = _overlapping(positions, boxes)
    assert len(one) == 0


def test_parts_do_not_overlap():
    groups, edges = cliques(9, 4)
    edges = edges[: 9 * 6]  # without those between
    boxes = np.tile((80.0, 30.0), (36, 1))
    positions = place_nodes(36, edges, boxes)
    corners = [(positions[g].min(axis=0), positions[g].max(axis=0)) for g in map(list, groups)]
    for (low, high), (other_low, other_high) in itertools.combinations(corners, 2):
        assert (high < other_low).any() or (other_high < low).any()


def test_communities_stand_apart():
    groups, edges = cliques(6, 15)
    positions = place_nodes(90, edges)
    middles = np.array([positions[list(group)].mean(axis=0) for group in groups])
    spread = max(
        np.linalg.norm(positions[list(g)] - m, axis=1).mean() for g, m in zip(groups, middles, strict=True)
    )
    nearest = min(np.linalg.norm(a - b) for a, b in itertools.combinations(middles, 2))
    assert nearest > 2 * spread


def test_communities_are_found_whatever_the_order_of_edges():
    groups, edges = cliques(4, 10)
    assert communities(40, edges[::-1]) == communities(40, edges) == [list(group) for group in groups]


@pytest.mark.parametrize("seed", range(4))
def test_trees_and_rings_have_no_crossings(seed):
    chance = random.Random(seed)
    tree = [(number, chance.randrange(number)) for number in range(1, 12)]
    ring = [(number, (number + 1) % 9) for number in range(9)]
    for count, edges in ((12, tree), (9, ring)):
        assert _crossings(place_nodes(count, edges), np.array(edges)) == 0


def test_loops_and_parallel_edges_are_nothing_special():
    positions = place_nodes(3, [(0, 0), (0, 1), (1, 0), (0, 1), (2, 2)])
    assert np.isfinite(positions).all()
    assert len({tuple(place) for place in positions.tolist()}) == 3
