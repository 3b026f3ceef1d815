"""The measures of coreference, by the examples of the papers that define them."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.evaluation.assignment import best_assignment
from kg.evaluation.coreference import Agreement, compare, conll_f1

# Bagga and Baldwin (1998), also in Luo (2005): three chains of twelve mentions, and two wrong readings.
TWELVE = "12345 67 89ABC"
# Pradhan et al. (2014), section 4; also in Moosavi and Strube (2016).
NINE = ("abc defg", "ab cd fghi")


def scores(gold: str, found: str) -> dict[str, Agreement]:
    return compare([([*map(frozenset, gold.split())], [*map(frozenset, found.split())])])


@pytest.mark.parametrize(
    ("measure", "gold", "found", "recall", "precision"),
    [
        pytest.param("MUC", TWELVE, "12345 6789ABC", 1, 9 / 10, id="MUC of the first reading"),
        pytest.param("MUC", TWELVE, "1234589ABC 67", 1, 9 / 10, id="MUC sees no worse in the second"),
        pytest.param("B³", TWELVE, "12345 6789ABC", 1, 16 / 21, id="B³ of the first reading"),
        pytest.param("B³", TWELVE, "1234589ABC 67", 1, 7 / 12, id="B³ sees worse in the second"),
        pytest.param("CEAF_e", TWELVE, "12345 6789ABC", 11 / 18, 11 / 12, id="CEAF of the first reading"),
        pytest.param("CEAF_e", TWELVE, "1234589ABC 67", 5 / 9, 5 / 6, id="CEAF of the second reading"),
        pytest.param("MUC", *NINE, 2 / 5, 2 / 5, id="MUC of predicted mentions"),
        pytest.param("B³", *NINE, 35 / 84, 1 / 2, id="B³ of predicted mentions"),
        pytest.param("CEAF_e", *NINE, 1.3 / 2, 1.3 / 3, id="CEAF of predicted mentions"),
        pytest.param("LEA", *NINE, 5 / 21, 1 / 3, id="LEA of predicted mentions"),
    ],
)
def test_measures_as_published(measure: str, gold: str, found: str, recall: float, precision: float) -> None:
    reached = scores(gold, found)[measure]
    assert (reached.recall, reached.precision) == pytest.approx((recall, precision))


def test_conll_f1_is_the_mean_of_three() -> None:
    assert conll_f1(scores(*NINE)) == pytest.approx((0.4 + 5 / 11 + 0.52) / 3)


@pytest.mark.parametrize("measure", ["MUC", "B³", "CEAF_e", "LEA"])
@pytest.mark.parametrize(
    ("gold", "found", "f1"),
    [
        pytest.param("ab cde", "cde ab", 1, id="the same"),
        pytest.param("ab", "", 0, id="nothing found"),
        pytest.param("", "ab", 0, id="nothing to find"),
        pytest.param("ab", "cd", 0, id="nothing right"),
        pytest.param("ab c", "ab", 1, id="chains of one do not count"),
    ],
)
def test_extremes(measure: str, gold: str, found: str, f1: float) -> None:
    assert scores(gold, found)[measure].f1 == f1


def test_recall_is_the_other_sides_precision() -> None:
    one, other = scores(*NINE), scores(*reversed(NINE))
    assert all(one[name].recall == other[name].precision for name in one)


def test_documents_are_scored_as_one() -> None:
    first, second = ([frozenset("ab")], [frozenset("ab")]), ([frozenset("abcd")], [])
    assert compare([first, second])["MUC"].recall == 1 / 4


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(
            st.lists(st.integers(0, 9), min_size=width, max_size=width), min_size=1, max_size=4
        )
    )
)
def test_assignment_is_the_best(values: list[list[int]]) -> None:
    rows, columns = len(values), len(values[0])
    pairs = best_assignment(values)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == min(rows, columns)
    tried = [zip(range(rows), order, strict=False) for order in itertools.permutations(range(columns), rows)]
    turned = [
        zip(order, range(columns), strict=False) for order in itertools.permutations(range(rows), columns)
    ]
    best = max(sum(values[r][c] for r, c in pairing) for pairing in (*tried, *turned))
    assert sum(values[row][column] for row, column in pairs) == best
