"""The recipe of likenesses, on vectors that are written out."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("onnx", reason="the word table is read with onnx (extra train)")

from kg.training.similarity import Word, fit, folds_of, guesses, known_words, report, softmax
from tests.relations.lexicons import make_class, make_lexicon

HITS = [f"hit{letter}ing" for letter in "abcdefghij"]
AIDS = [f"aid{letter}ing" for letter in "abcdefghij"]


class Flat:
    """Vectors of two numbers: what begins with `hit` lies to the right, what begins with `aid` upward."""

    def of(self, words):
        """A row a word."""
        return np.array([[1.0, 0.1] if word.startswith("hit") else [0.1, 1.0] for word in words])


def words():
    return [Word(text, "ASSAULT") for text in HITS] + [Word(text, "AID") for text in AIDS]


def test_regression_tells_classes_apart() -> None:
    texts = [word.text for word in words()]
    found = fit(Flat().of(texts), [word.relation_class for word in words()], np.ones(len(texts)))
    chances = found.chances(Flat().of(["hitting", "aiding"]))
    assert [found.classes[int(row.argmax())] for row in chances] == ["ASSAULT", "AID"]


def test_example_counts_by_its_weight() -> None:
    rows = np.array([[1.0, 0.2], [1.0, 0.2], [0.2, 1.0]] * 20)
    found = fit(rows, ["AID", "OTHER", "ASSAULT"] * 20, np.array([1.0, 0.1, 1.0] * 20))
    assert found.classes[int(found.chances(rows[:1])[0].argmax())] == "AID"


def test_words_of_one_stem_share_a_fold() -> None:
    fold = folds_of(["attack", "attacker", "meet", "attacking"])
    assert fold[0] == fold[1] == fold[3]


def test_every_verb_is_guessed_without_its_stem() -> None:
    found = guesses(words(), ["hitz"], Flat())
    assert set(found) == {*HITS, *AIDS, "hitz"}
    assert found["hita" + "ing"][0] == "ASSAULT"


def test_rare_class_is_other() -> None:
    lexicon = make_lexicon(classes=[make_class("AID", verbs=AIDS), make_class("ASSAULT", verbs=HITS[:3])])
    assert {word.relation_class for word in known_words(lexicon)} == {"AID", "OTHER"}


def test_report_counts_what_came_out_right() -> None:
    found = dict.fromkeys((*HITS, *AIDS), ("ASSAULT", 0.9))
    assert "from 0.6: 1.00 get a class, 0.50 of them their own" in report(words(), found)


def test_softmax_adds_up_to_one() -> None:
    assert softmax(np.array([[1.0, 2.0], [0.0, 0.0]])).sum(1) == pytest.approx([1, 1])
