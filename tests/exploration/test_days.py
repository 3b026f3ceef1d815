"""Networks: the days of what is drawn."""

import datetime

import pytest

from kg.exploration.filters import Filters
from kg.exploration.network import network
from kg.types import Status
from tests.exploration.graphs import KINDS, make_article, make_store

MEETS, ACCUSES, _ = KINDS


@pytest.fixture(scope="module")
def store():
    dated = [
        ("Ana Bell", "Bo Cole", MEETS, Status.ASSERTED, "2025-02-03", 0.9),
        ("Bo Cole", "Ana Bell", ACCUSES, Status.NEGATED, "2026-03", 0.9),
        ("Ana Bell", "Di Eck", MEETS, Status.PLANNED, "2027", 0.9),
    ]
    undated = [("Cy Dahl", "Di Eck", MEETS, Status.ASSERTED, None, 0.9)]
    return make_store([make_article(1, dated), make_article(2, undated)])


def days(first, last):
    return [day and day.isoformat() for day in (first, last)]


def days_by_name(found):
    of = found.days_of_entities
    return {
        entity.name: days(*known)
        for entity, known in zip(found.entities, zip(of.first, of.last, strict=True), strict=True)
    }


def test_days_of_entities_are_those_of_all_their_relations(store):
    assert days_by_name(network(store, ["Bo_Cole", "Ana_Bell", "Cy_Dahl"], days=True)) == {
        "Bo Cole": ["2025-02-03", "2026-03-31"],
        "Ana Bell": ["2025-02-03", "2027-12-31"],
        "Cy Dahl": [None, None],
    }


def test_days_of_edges_stand_beside_them(store):
    found = network(store, ["Ana_Bell", "Bo_Cole", "Di_Eck", "Cy_Dahl"], days=True)
    of = found.days_of_edges
    assert list(zip(found.edges.source, found.edges.target, of.first, of.last, strict=True)) == [
        (0, 1, datetime.date(2025, 2, 3), datetime.date(2026, 3, 31)),
        (0, 2, datetime.date(2027, 1, 1), datetime.date(2027, 12, 31)),
        (2, 3, None, None),
    ]


def test_days_are_those_of_relations_that_fit(store):
    found = network(store, filters=Filters(statuses=(Status.ASSERTED,)), days=True)
    assert days_by_name(found)["Ana Bell"] == ["2025-02-03", "2025-02-03"]


def test_days_are_given_only_where_they_are_wanted(store):
    found = network(store)
    assert (found.days_of_entities, found.days_of_edges) == (None, None)
