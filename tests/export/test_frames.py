"""Answers to queries as data frames."""

import pandas as pd
import pyoxigraph as ox
import pytest

from kg.export.frames import result_frame, shortened
from kg.store import Store

PREFIXES = {"ex": "https://example.org/", "exa": "https://example.org/a#", "none": ""}


def frame_of(*values, shorten=False):
    """The frame of a column of SPARQL terms; UNDEF for none."""
    query = f"SELECT ?x {{ VALUES ?x {{ {' '.join(values)} }} }}"
    return result_frame(Store.in_memory().query(query), PREFIXES if shorten else {})["x"]


@pytest.mark.parametrize(
    ("terms", "dtype"),
    [
        (["1", "2"], "Int64"),
        (["1", "UNDEF"], "Int64"),
        (["1", "0.5"], "float64"),
        (["1e3", "UNDEF"], "float64"),
        (["true", "UNDEF"], "boolean"),
        (['"2026-04-04"^^xsd:date', "UNDEF"], "datetime64[ms]"),
        (['"2026-04-04T10:00:00Z"^^xsd:dateTime'], "datetime64[ms, UTC]"),
        (['"2026-04-04T10:00:00+02:00"^^xsd:dateTime', "UNDEF"], "datetime64[ms, UTC]"),
        (['"2026-04-04T10:00:00"^^xsd:dateTime'], "datetime64[ms]"),
    ],
    ids=str,
)
def test_column_of_one_kind_has_its_type(terms, dtype):
    assert str(frame_of(*terms).dtype) == dtype


@pytest.mark.parametrize(
    ("terms", "values"),
    [
        (["1", '"a"'], [1, "a"]),
        (['"2026-04-04"^^xsd:date', '"2026-04"^^xsd:gYearMonth'], ["2026-04-04", "2026-04"]),
        (['"2026-04-04Z"^^xsd:date'], ["2026-04-04Z"]),
        (['"x"^^xsd:integer'], ["x"]),
        (["100000000000000000000"], [10**20]),
        (
            ['"2026-04-04T10:00:00"^^xsd:dateTime', '"2026-04-04T10:00:00Z"^^xsd:dateTime'],
            ["2026-04-04T10:00:00", "2026-04-04T10:00:00Z"],
        ),
        (['"2026-02-30"^^xsd:date'], ["2026-02-30"]),
        (['"0001-01-01T00:00:00+10:00"^^xsd:dateTime'], ["0001-01-01T00:00:00+10:00"]),
    ],
    ids=str,
)
def test_column_of_several_kinds_keeps_its_values(terms, values):
    assert frame_of(*terms).tolist() == values


def test_missing_values_are_missing():
    assert frame_of("1", "UNDEF").isna().tolist() == [False, True]
    assert frame_of('"a"', "UNDEF").isna().tolist() == [False, True]
    assert frame_of("UNDEF").isna().tolist() == [True]


def test_days_are_those_of_the_terms():
    days = frame_of('"2026-04-04"^^xsd:date', '"0001-01-01"^^xsd:date')
    assert days.dt.strftime("%d.%m.").tolist() == ["04.04.", "01.01."]
    assert days.iloc[0] == pd.Timestamp("2026-04-04")


def test_times_are_in_utc():
    times = frame_of('"2026-04-04T10:00:00+02:00"^^xsd:dateTime', '"2026-04-04T10:00:00.5Z"^^xsd:dateTime')
    assert [time.isoformat() for time in times] == [
        "2026-04-04T08:00:00+00:00", "2026-04-04T10:00:00.500000+00:00",
    ]  # fmt: skip


def test_iris_are_shortened_on_demand():
    iris = ["<https://example.org/a#b>", "<https://example.org/b>", "<https://example.net/>"]
    assert frame_of(*iris).tolist() == [iri.strip("<>") for iri in iris]
    assert frame_of(*iris, shorten=True).tolist() == ["exa:b", "ex:b", "https://example.net/"]
    assert frame_of('"https://example.org/b"', shorten=True).tolist() == ["https://example.org/b"]


@pytest.mark.parametrize("rest", ["", "a/b", "a b", "ä(b)", "a."])
def test_iri_that_would_need_escapes_stays(rest):
    assert shortened(f"https://example.org/{rest}", PREFIXES) == f"https://example.org/{rest}"


def test_empty_answer_keeps_its_columns_in_order():
    frame = result_frame(Store.in_memory().query("SELECT ?b ?a { ?a ?c ?b }"), {})
    assert (list(frame.columns), len(frame)) == (["b", "a"], 0)


def test_answer_without_variables_keeps_its_rows():
    result = Store.in_memory().query("SELECT (1 AS ?n) {}").without(frozenset({"n"}))
    assert result_frame(result, {}).shape == (1, 0)


def test_terms_of_other_kinds_are_text():
    assert frame_of('"a"@en', '"b"').tolist() == ["a", "b"]
    assert ox.Literal("a", language="en").value == "a"
