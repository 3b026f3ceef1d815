"""Whether confidence is kept: bins, the expected calibration error, and the table of both."""

from __future__ import annotations

import random

import pytest

from kg.evaluation import Claim, calibration_errors, evaluate, reliability, reliability_table


def judged(*rows: tuple[float, float]):
    return [(confidence, {"pair": right}) for confidence, right in rows]


@pytest.mark.parametrize(
    ("confidence", "lower"),
    [(0.0, 0.0), (0.05, 0.0), (0.1, 0.0), (0.11, 0.1), (0.3, 0.2), (0.7, 0.6), (0.71, 0.7), (1.0, 0.9)],
)
def test_bin_holds_what_is_above_its_lower_end_up_to_its_upper(confidence, lower):
    (one,) = reliability(judged((confidence, 1.0)))
    assert (one.lower, round(one.upper - one.lower, 6)) == (lower, 0.1)


def test_bins_go_up_and_empty_ones_are_left_out():
    bins = reliability(judged((0.95, 1.0), (0.25, 0.0), (0.93, 0.0)))
    assert [(one.lower, one.count) for one in bins] == [(0.2, 1), (0.9, 2)]
    assert bins[1].confidence == pytest.approx(0.94)
    assert bins[1].right == {"pair": 0.5}


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        pytest.param([(1.0, 1.0), (0.0, 0.0)], 0.0, id="perfect"),
        pytest.param([(1.0, 0.0)], 1.0, id="quite wrong"),
        pytest.param([(0.8, 1.0)] * 4 + [(0.8, 0.0)], 0.0, id="right as often as said"),
        pytest.param([(0.9, 1.0), (0.9, 0.0), (0.9, 0.0), (0.2, 1.0)], 0.625, id="weighted by size"),
        pytest.param([(0.85, 1.0), (0.9, 0.0)], 0.375, id="too high and too low in one bin cancel"),
    ],
)
def test_error(rows, error):
    assert calibration_errors(reliability(judged(*rows))) == {"pair": pytest.approx(error)}


def test_error_of_nothing_is_none():
    assert calibration_errors(reliability([])) == {}


def test_error_of_true_chances_is_small_and_of_shifted_ones_is_the_shift():
    chance = random.Random(1)
    sure = [chance.uniform(0, 0.8) for _ in range(20_000)]
    rows = [(p, float(chance.random() < p)) for p in sure]
    assert calibration_errors(reliability(judged(*rows)))["pair"] < 0.02
    shifted = [(p + 0.2, right) for p, right in rows]
    assert calibration_errors(reliability(judged(*shifted)))["pair"] == pytest.approx(0.2, abs=0.02)


def test_error_does_not_hang_on_order():
    rows = judged(*((n / 37 % 1, float(n % 3 == 0)) for n in range(100)))
    assert calibration_errors(reliability(rows)) == calibration_errors(reliability(rows[::-1]))


def claim(
    object_: str, relation_class: str = "AID", status: str = "asserted", confidence: float | None = None
):
    return Claim(
        subject=frozenset({"a"}), object=frozenset({object_}),
        relation_class=relation_class, status=status, confidence=confidence,
    )  # fmt: skip


def test_evaluation_judges_relations_at_every_level():
    gold = [claim("b"), claim("c"), claim("d")]
    found = [
        claim("b", confidence=0.95), claim("c", "AGREE", confidence=0.93),
        claim("d", status="planned", confidence=0.91), claim("e", confidence=0.92), claim("f"),
    ]  # fmt: skip
    (one,) = evaluate({"x": gold}, {"x": found}).calibration
    assert (one.count, one.lower) == (4, 0.9)
    assert one.right == {"promised": 0.625, "pair": 0.75, "typed": 0.5, "full": 0.25}


def test_relations_without_confidence_have_no_calibration():
    assert evaluate({"x": [claim("b")]}, {"x": [claim("b")]}).calibration == ()


def test_table_ends_with_the_errors():
    headings, rows = reliability_table(reliability(judged((0.85, 1.0), (0.25, 0.0))))
    assert headings == ["confidence", "relations", "mean", "pair"]
    assert rows == [
        ("0.2–0.3", "1", "0.25", "0.00"),
        ("0.8–0.9", "1", "0.85", "1.00"),
        ("calibration error", "2", "", "0.200"),
    ]
