from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.language.decoding import EntityDecoder, decode_tree, entity_spans

LABELS = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]


def leads_to_root(heads, word):
    for _ in heads:
        word = heads[word - 1]
        if word == 0:
            return True
    return False


def squares(size):
    return arrays(np.float32, (size, size), elements=st.floats(-9, 9, width=32))


@given(st.integers(2, 9).flatmap(squares))
def test_decode_tree_has_one_root_and_no_cycle(scores):
    heads = decode_tree(scores).tolist()
    assert heads.count(0) == 1
    assert all(leads_to_root(heads, word) for word in range(1, len(scores)))


@given(squares(4))
def test_decode_tree_is_the_best_of_its_root(scores):
    heads = decode_tree(scores).tolist()
    root = heads.index(0)
    trees = [t for t in product(range(4), repeat=3) if t.count(0) == 1 and t[root] == 0]
    trees = [t for t in trees if all(leads_to_root(t, word) for word in (1, 2, 3))]
    values = {tree: sum(float(scores[i + 1, h]) for i, h in enumerate(tree)) for tree in trees}
    assert values[tuple(heads)] == pytest.approx(max(values.values()), abs=1e-3)


def test_decode_tree_leaves_the_scores_alone():
    scores = np.ones((3, 3), np.float32)
    decode_tree(scores)
    assert (scores == 1).all()


def test_decode_tree_allows_crossing_arcs():
    scores = np.zeros((5, 5), np.float32)
    scores[[1, 2, 3, 4], [3, 4, 0, 3]] = 9
    assert decode_tree(scores).tolist() == [3, 4, 0, 3]


@given(arrays(np.float32, st.tuples(st.integers(1, 6), st.just(5)), elements=st.floats(-9, 9, width=32)))
def test_entity_decoder_never_begins_inside(scores):
    found = ["O", *(LABELS[n] for n in EntityDecoder(LABELS).decode(scores))]
    inner = [(a, b) for a, b in pairwise(found) if b.startswith("I-")]
    assert all(a[2:] == b[2:] for a, b in inner)


@pytest.mark.parametrize(
    ("labels", "spans"),
    [
        ([], []),
        (["B-PER", "B-PER"], [(0, 1, "PER"), (1, 2, "PER")]),
        (["O", "B-LOC", "I-LOC"], [(1, 3, "LOC")]),
        (["I-PER", "I-LOC"], [(0, 1, "PER"), (1, 2, "LOC")]),
        (["B-PER", "", "B-LOC"], [(0, 1, "PER"), (2, 3, "LOC")]),
    ],
    ids=["empty", "side by side", "at the end", "broken", "unknown"],
)
def test_entity_spans_of_labels(labels, spans):
    assert entity_spans(labels) == spans
