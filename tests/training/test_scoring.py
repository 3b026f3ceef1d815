from __future__ import annotations

import numpy as np

from kg.language.decoding import EntityDecoder
from kg.language.lemmas import Lemmatizer
from kg.language.parses import ParseDecoder, Scores
from kg.training.scoring import Judge
from tests.training.examples import LABELS, MAKER, PIECES, TREE


def perfect(inputs):
    """Scores that say what `TREE` says, for one window of one sentence."""
    example = MAKER.make(TREE)
    size = len(example.words) + 1
    arcs = np.zeros((1, size, size), np.float32)
    arcs[0, range(1, size), example.heads] = 9
    entities = np.zeros((1, size, len(LABELS.entities)), np.float32)
    entities[0, range(1, size), example.entities] = 9
    eye = np.zeros((1, size, len(LABELS.relations)), np.float32)
    eye[0, range(1, size), example.relations] = 9

    def padded(column):
        return np.concatenate([[0], column])[None]

    blank = np.zeros((1, size), np.float32)
    return Scores(
        arcs=arcs, tags=padded(example.tags), edits=padded(example.edits), entities=entities, starts=blank,
        dependents=eye, governors=np.zeros_like(eye), vectors=blank[..., None],
    )  # fmt: skip


def judge():
    return Judge(
        run=perfect,
        decoder=ParseDecoder(
            lambda dependents, governors: dependents.argmax(1), EntityDecoder(LABELS.entities)
        ),
        labels=LABELS,
        pieces=PIECES,
        lemmatizer=Lemmatizer(edits=LABELS.edits, seen={}, lexicon={}),
    )


def test_score_of_a_perfect_network_is_100():
    scores = judge().score([[MAKER.make(TREE)]])
    assert {
        scores[name] for name in ("upos", "xpos", "lemma", "uas", "las", "las_full", "PER", "entities")
    } == {100}


def test_score_leaves_out_what_was_not_counted():
    assert "EVENT" not in judge().score([[MAKER.make(TREE)]])
