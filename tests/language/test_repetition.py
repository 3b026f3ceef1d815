from __future__ import annotations

import numpy as np
import pytest

from kg.language.repetition import RepeatedNames

LABELS = ["O", "B-ORG", "I-ORG", "B-PER", "I-PER"]
ORION, VEGA = 7, 2**63 + 1
SURE_ORG, NEARLY_PER, SURE_PER = [0, 4, 0, 0, 0], [0, 1, 0, 1.2, 0], [0, 0, 0, 9, 0]


def best(scores, forms, weight=0.5):
    agreed = RepeatedNames(LABELS, weight).agree(np.array(scores, np.float32), np.array(forms, np.uint64))
    return [LABELS[n] for n in agreed.argmax(1)]


def test_agree_reads_an_unsure_mention_as_the_sure_one():
    assert best([SURE_ORG, NEARLY_PER], [ORION, ORION]) == ["B-ORG", "B-ORG"]


def test_agree_leaves_other_words_alone():
    assert best([SURE_ORG, NEARLY_PER], [ORION, VEGA]) == ["B-ORG", "B-PER"]


def test_agree_leaves_what_is_sure():
    assert best([SURE_ORG, SURE_ORG, SURE_PER], [ORION] * 3) == ["B-ORG", "B-ORG", "B-PER"]


def test_agree_keeps_the_place_in_the_name():
    assert best([SURE_ORG, [0, 0, 1, 1.2, 0]], [ORION, ORION]) == ["B-ORG", "I-ORG"]


@pytest.mark.parametrize("scores", [[SURE_ORG, NEARLY_PER], [SURE_PER, SURE_PER]], ids=["unlike", "like"])
def test_agree_without_weight_changes_nothing(scores):
    given = np.array(scores, np.float32)
    assert (RepeatedNames(LABELS, 0).agree(given, np.array([ORION, ORION], np.uint64)) == given).all()


def test_agree_of_one_mention_changes_nothing():
    given = np.array([NEARLY_PER], np.float32)
    assert np.allclose(RepeatedNames(LABELS, 0.5).agree(given, np.array([VEGA], np.uint64)), given, atol=1e-6)
