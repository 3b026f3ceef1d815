"""The days that times stand for."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ExportError
from kg.export.periods import bound_of
from kg.store.periods import period_of


@pytest.mark.parametrize(
    ("time", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-04-04", "2026-04-04", "2026-04-04"),
        ("9999-12", "9999-12-01", "9999-12-31"),
    ],
)
def test_time_stands_for_all_its_days(time, first, last):
    period = period_of(time)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "time", [None, "", "soon", "2026-13", "2026-02-30", "0000", "2026-4", "20260404", " 2026"]
)
def test_what_is_no_time_stands_for_none(time):
    assert period_of(time) is None


@given(st.dates())
def test_every_day_lies_in_its_month_and_year(day):
    for length in (4, 7, 10):
        period = period_of(day.isoformat()[:length])
        assert period.first <= day <= period.last


@pytest.mark.parametrize(
    ("given_", "first", "last"),
    [
        ("2026-04", "2026-04-01", "2026-04-30"),
        (datetime.date(2026, 4, 4), "2026-04-04", "2026-04-04"),
        (datetime.datetime(2026, 4, 4, 23, tzinfo=datetime.UTC), "2026-04-04", "2026-04-04"),
    ],
    ids=["text", "date", "datetime"],
)
def test_bound_includes_all_of_what_is_given(given_, first, last):
    bounds = [bound_of(given_, is_end=is_end).isoformat() for is_end in (False, True)]
    assert bounds == [first, last]


def test_bound_that_is_no_time_is_told():
    with pytest.raises(ExportError, match="'next week' is no day, month or year; give YYYY-MM-DD"):
        bound_of("next week", is_end=False)
