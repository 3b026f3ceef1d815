"""Histograms: every relation is in a bar, or known too coarsely, or without a day."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ExplorationError
from kg.exploration import timeline as timelines
from kg.exploration.filters import Filters
from kg.exploration.timeline import Split, Unit, timeline
from kg.types import Status
from tests.exploration.graphs import KINDS, make_article, make_store, periods, present, stores, weights

MEETS = KINDS[0]


@pytest.fixture(scope="module")
def store():
    times = [None, "2026", "2026-04", "2026-04-05", "2025-12-31"]
    claims = [
        ("Ana Bell", "Bo Cole", MEETS, Status.PLANNED if time else Status.ASSERTED, time, 0.9)
        for time in times
    ]
    return make_store([make_article(1, claims, datetime.date(2026, 4, 6)), make_article(2, claims[:1])])


@pytest.mark.parametrize(
    ("unit", "bars", "coarser"),
    [
        (Unit.DAY, [("2025-12-31", 1), ("2026-04-05", 1), ("2026-04-06", 1)], 2),
        (Unit.MONTH, [("2025-12", 1), ("2026-04", 3)], 1),
        (Unit.YEAR, [("2025", 1), ("2026", 4)], 0),
    ],
)
def test_bars_hold_what_is_known_as_finely(store, unit, bars, coarser):
    found = timeline(store, "Ana_Bell", unit=unit)
    assert [(bar.time, bar.count) for bar in found.bars] == bars
    assert (found.coarser, found.undated, found.total) == (coarser, 1, 6)


def test_bars_tell_what_rests_on_articles(store):
    bars = timeline(store, "Ana_Bell", unit=Unit.MONTH).bars
    assert [bar.by_article for bar in bars] == [0, 1]


def test_bars_are_divided(store):
    (_, april) = timeline(store, "Ana_Bell", "Bo_Cole", unit=Unit.MONTH, split=Split.STATUS).bars
    assert [(one.value, one.count) for one in april.counts] == [("planned", 2), ("asserted", 1)]


@pytest.mark.parametrize(
    ("time", "unit"), [("2026-05", Unit.DAY), ("2029", Unit.MONTH), ("1826", Unit.YEAR), (None, Unit.DAY)]
)
def test_unit_fits_the_days(time, unit):
    claims = [("Ana Bell", "Bo Cole", MEETS, Status.ASSERTED, one, 0.9) for one in ("2026-04-05", time)]
    assert timeline(make_store([make_article(1, claims)])).unit is unit


def test_unit_does_not_follow_a_stray_day():
    times = ["1826", *["2026-04-05", "2026-05"] * 50]
    claims = [("Ana Bell", "Bo Cole", MEETS, Status.ASSERTED, one, 0.9) for one in times]
    assert timeline(make_store([make_article(1, claims)])).unit is Unit.DAY


@pytest.mark.parametrize(("most", "unit"), [(3, "day"), (2, "month"), (1, "year")])
def test_bars_become_longer_where_there_would_be_too_many(store, monkeypatch, most, unit):
    monkeypatch.setattr(timelines, "MOST_BARS", most)
    found = timeline(store, unit=Unit.DAY)
    assert found.unit == unit
    assert sum(bar.count for bar in found.bars) + found.coarser + found.undated == found.total


def test_pair_needs_both_ends(store):
    with pytest.raises(ExplorationError, match="one end of a pair only"):
        timeline(store, None, "Bo_Cole")


@settings(max_examples=30, deadline=None)
@given(stores, st.sampled_from(Unit), st.sampled_from([None, *Split]), st.booleans())
def test_sums_are_those_of_all_relations(store, unit, split, is_filtered):
    filters = Filters(min_confidence=0.01) if is_filtered else Filters()  # all pass, but by another way
    found, expected = timeline(store, unit=unit, split=split, filters=filters), periods(store)
    assert found.total == len(expected)
    assert sum(bar.count for bar in found.bars) + found.coarser + found.undated == found.total
    assert found.undated == expected.count(None)
    assert found.first == min((period.first for period in expected if period), default=None)
    assert all(sum(one.count for one in bar.counts) in {bar.count, 0} for bar in found.bars)


@settings(max_examples=20, deadline=None)
@given(
    stores,
    st.sampled_from(
        [
            Filters(relation_classes=("CONSULT", "ACCUSE")),
            Filters(properties=("meets",)),
            Filters(statuses=(Status.PLANNED, Status.NEGATED)),
            Filters(statuses=(Status.ASSERTED,), min_confidence=0.4),
        ]
    ),
)
def test_whole_graph_is_filtered(store, filters):
    expected = sum(
        (not filters.relation_classes or relation.relation_class in filters.relation_classes)
        and (not filters.properties or relation.property in filters.properties)
        and (not filters.statuses or relation.status in filters.statuses)
        and relation.confidence >= filters.min_confidence
        for _, relation in store.relations()
    )
    assert timeline(store, filters=filters).total == expected


@settings(max_examples=20, deadline=None)
@given(stores)
def test_entities_have_their_relations(store):
    for identifier in present(store):
        assert timeline(store, identifier).total == sum(weights(store, identifier).values())
