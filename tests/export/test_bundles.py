"""Parallel relations as one edge."""

import datetime

import pytest

from kg.errors import ExportError
from kg.export.networks import network
from kg.types import Status
from tests.export.drawn import make_statements


def edges(rows, collapse=True):
    return {
        (subject, object_, key): values["count"]
        for subject, object_, key, values in network(rows, collapse=collapse).edges(keys=True, data=True)
    }


THERE, BACK = ("Ana Bell", "Bo Cole"), ("Bo Cole", "Ana Bell")
MET = {"symmetric": True, "ends": THERE}
MET_TOO = {"symmetric": True, "ends": BACK}
VISITED = {"property": "visits", "ends": BACK}
LED = {"property": "leads", "relation_class": "HOLDS_POSITION"}
CASES = [
    pytest.param([{}, {}], True, {(*THERE, "CONSULT"): 2}, id="parallel"),
    pytest.param(
        [{}, LED], "class", {(*THERE, "CONSULT"): 1, (*THERE, "HOLDS_POSITION"): 1}, id="two classes"
    ),
    pytest.param([{}, LED], "pair", {(*THERE, "pair"): 2}, id="pair"),
    pytest.param(
        [{}, {"property": None}], "property", {(*THERE, "meets"): 1, (*THERE, "CONSULT"): 1}, id="property"
    ),
    pytest.param(
        [{}, {"ends": BACK}], True, {(*THERE, "CONSULT"): 1, (*BACK, "CONSULT"): 1}, id="two directions"
    ),
    pytest.param([MET_TOO, MET], True, {(*THERE, "CONSULT"): 2}, id="symmetric"),
    pytest.param([MET, VISITED], True, {(*BACK, "CONSULT"): 2}, id="symmetric as directed"),
    pytest.param(
        [MET, VISITED], "property", {(*THERE, "meets"): 1, (*BACK, "visits"): 1}, id="symmetric apart"
    ),
    pytest.param([{"ends": ("Ana",) * 2}] * 2, True, {("Ana", "Ana", "CONSULT"): 2}, id="loop"),
]


@pytest.mark.parametrize(("fields", "collapse", "expected"), CASES)
def test_relations_of_the_same_ends_and_kind_are_one_edge(fields, collapse, expected):
    rows = [row for one in fields for row in make_statements(**one)]
    assert edges(rows, collapse) == {
        (subject.replace(" ", "_"), object_.replace(" ", "_"), key): count
        for (subject, object_, key), count in expected.items()
    }


def test_edge_counts_what_it_stands_for():
    rows = [
        *make_statements(article_id="a2", time="2026-03", confidence=0.5),
        *make_statements(article_id="a1", status=Status.NEGATED, confidence=0.9),
        *make_statements(article_id="a1", property="visits", date=None),
    ]
    values = network(rows, collapse=True).edges["Ana_Bell", "Bo_Cole", "CONSULT"]
    assert (values["count"], values["weight"]) == (3, 2)
    assert values["statuses"] == {"asserted": 2, "negated": 1}
    assert (values["articles"], values["article_ids"]) == (2, ("a1", "a2"))
    assert (values["first"], values["last"]) == (datetime.date(2026, 3, 1), datetime.date(2026, 4, 5))
    assert (values["max_confidence"], values["mean_confidence"]) == (0.9, 0.7667)
    assert (values["property"], values["properties"]) == ("meets", ("meets", "visits"))
    assert values["references"] == ("a2#char=0,29", "a1#char=0,29", "a1#char=0,29")
    assert set(values["evidence"]) == {"Ana Bell met Bo Cole in Oslo."}


def test_undated_edge_has_no_days():
    values = network(make_statements(date=None), collapse=True).edges["Ana_Bell", "Bo_Cole", "CONSULT"]
    assert (values["first"], values["last"]) == (None, None)


def test_way_to_collapse_that_is_none_is_told():
    with pytest.raises(ExportError, match="cannot be collapsed by 'verb'; give one of class, property, pair"):
        network([], collapse="verb")
