from __future__ import annotations

import random
from dataclasses import replace

import pytest

from kg.language.pieces import Shape
from kg.training.corpora import Sentence
from kg.training.examples import IGNORED, NO_NAME, Noise, make_batch, make_windows
from kg.training.settings import NoiseSettings, WindowSettings
from tests.training.examples import LABELS, MAKER, PIECES, SPANS, TREE

SETTINGS = WindowSettings(shortest=1, longest=20, batch=100)
QUIET = {"title": 0.0, "upper": 0.0, "lower": 0.0, "unmarked": 0.0, "names": 0.0, "mentions": 0.0}


def test_collect_labels_gives_the_commonest_first():
    assert LABELS.tags == ("PROPN|NNP", "PUNCT|.", "VERB|VBD")
    assert LABELS.edits[0] == "keep"


def test_example_ignores_what_is_not_annotated():
    example = MAKER.make(SPANS)
    assert example.tags.tolist() == example.heads.tolist() == [IGNORED] * 3


def test_example_without_events_leaves_them_possible():
    place = LABELS.entities.index("B-LOC")
    assert MAKER.make(SPANS).entities.tolist() == [NO_NAME, place, IGNORED]
    assert MAKER.make(TREE).entities.tolist()[1] == LABELS.entities.index("O")


def test_make_batch_counts_heads_through_the_window():
    example = MAKER.make(TREE)
    batch = make_batch([[example, example]], PIECES)
    assert batch.heads[0].tolist() == [IGNORED, 2, 0, 2, 2, 6, 0, 6, 6]
    assert batch.sentences[0].tolist() == [-1, 0, 0, 0, 0, 1, 1, 1, 1]
    assert batch.starts[0].tolist() == [IGNORED, 1, 0, 0, 0, 1, 0, 0, 0]


def test_make_windows_keeps_documents_apart():
    examples = [MAKER.make(TREE), MAKER.make(TREE), MAKER.make(SPANS)]
    assert [len(window) for window in make_windows(examples, SETTINGS)] == [2, 1]


def test_make_windows_stays_within_the_length():
    examples = [MAKER.make(TREE)] * 5
    assert [len(window) for window in make_windows(examples, SETTINGS)] == [2, 2, 1]


@pytest.mark.parametrize(
    ("kind", "shapes"),
    [
        ("upper", [Shape.UPPER, Shape.UPPER, Shape.UPPER, Shape.MARK]),
        ("lower", [Shape.LOWER, Shape.LOWER, Shape.LOWER, Shape.MARK]),
        ("title", [Shape.TITLE, Shape.LOWER, Shape.TITLE, Shape.MARK]),
        ("unmarked", [Shape.TITLE, Shape.LOWER, Shape.TITLE]),
    ],
)
def test_noise_changes_the_writing(kind, shapes):
    noise = Noise(NoiseSettings(**(QUIET | {kind: 1.0})), [], MAKER)
    changed = noise.change(MAKER.make(TREE), random.Random(0))
    assert [word.shape for word in changed.words] == shapes
    assert len(changed.heads) == len(shapes)


def test_noise_swaps_whole_names_where_there_is_no_tree():
    names = Sentence(
        corpus="w", document="f", id="", forms=("New", "Riga"), entities=("B-LOC", "I-LOC"), has_events=True
    )
    noise = Noise(NoiseSettings(**(QUIET | {"mentions": 1.0})), [MAKER.make(names)], MAKER)
    changed = noise.change(MAKER.make(SPANS), random.Random(0))
    assert changed.sentence.forms == ("in", "New", "Riga", "now")
    assert [LABELS.entities[n] for n in changed.entities[1:3]] == ["B-LOC", "I-LOC"]
    assert changed.entities[[0, 3]].tolist() == [NO_NAME, IGNORED]


def test_noise_swaps_single_names_under_a_tree():
    other = replace(TREE, forms=("Cy", "met", "Cy", "."), lemmas=("Cy", "meet", "Cy", "."))
    noise = Noise(NoiseSettings(**(QUIET | {"names": 1.0})), [MAKER.make(other)], MAKER)
    changed = noise.change(MAKER.make(TREE), random.Random(0))
    assert [word.pieces for word in changed.words] == [word.pieces for word in MAKER.make(other).words]
    assert changed.heads.tolist() == list(TREE.heads)


def test_make_batch_tells_the_corpora_of_another_convention():
    assert make_batch([[MAKER.make(TREE)], [MAKER.make(SPANS)]], PIECES).is_foreign.tolist() == [False, True]
