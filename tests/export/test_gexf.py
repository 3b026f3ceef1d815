"""The days in GEXF, and the rules of its schema."""

import datetime
import io
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from kg.export.gexf import NAMESPACE, merged, write_gexf
from kg.store.periods import Period
from kg.vocabulary import load_vocabulary
from tests.export.drawn import make_statements, statement_lists

GRAMMAR = {
    "gexf": ({"version"}, ["meta", "graph"]),
    "meta": (set(), ["creator", "description"]),
    "creator": (set(), []),
    "description": (set(), []),
    "graph": (
        {"defaultedgetype", "idtype", "mode", "timeformat", "timerepresentation"},
        ["attributes", "nodes", "edges"],
    ),
    "attributes": ({"class", "mode"}, ["attribute"]),
    "attribute": ({"id", "title", "type"}, []),
    "nodes": (set(), ["node"]),
    "node": ({"id", "label"}, ["attvalues", "spells"]),
    "edges": (set(), ["edge"]),
    "edge": ({"id", "source", "target", "label", "kind", "start", "end"}, ["attvalues"]),
    "attvalues": (set(), ["attvalue"]),
    "attvalue": ({"for", "value"}, []),
    "spells": (set(), ["spell"]),
    "spell": ({"start", "end"}, []),
}
"""What we use of the grammar of GEXF 1.3: the attributes and, in order, the children of each element."""
OPTIONAL = {"start", "end"}
STATE = {"relation_class": "HOLDS_POSITION", "property": "leads"}


def read(rows):
    out = io.BytesIO()
    write_gexf(rows, out, load_vocabulary())
    return ElementTree.fromstring(out.getvalue())


def found(tree, name):
    return list(tree.iter(f"{{{NAMESPACE}}}{name}"))


def days(element):
    return element.get("start"), element.get("end")


def spells_in(tree):
    nodes = found(tree, "node")
    return {node.get("id"): [days(spell) for spell in found(node, "spell")] for node in nodes}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"time": "2026-04-04"}, ("2026-04-04", "2026-04-04")),
        ({"time": "2024-02"}, ("2024-02-01", "2024-02-29")),
        ({"time": "2026"}, ("2026-01-01", "2026-12-31")),
        ({}, ("2026-04-05", "2026-04-05")),
        ({"date": None}, (None, None)),
        ({"time": "2026", **STATE}, ("2026-01-01", None)),
        ({**STATE}, ("2026-04-05", None)),
    ],
    ids=["day", "month", "year", "date of the article", "no date", "state", "state without a time"],
)
def test_edge_is_there_when_the_relation_is(fields, expected):
    [edge] = found(read(make_statements(**fields)), "edge")
    assert days(edge) == expected


def test_node_is_there_while_a_relation_of_it_is():
    rows = [
        *make_statements(time="2026-01-03"), *make_statements(time="2026-01-02"),
        *make_statements(time="2025", ends=("Ana Bell", "Cy Dole")),
    ]  # fmt: skip
    nodes = {
        node.get("id"): [days(spell) for spell in found(node, "spell")] for node in found(read(rows), "node")
    }
    assert nodes == {
        "Ana_Bell": [("2025-01-01", "2025-12-31"), ("2026-01-02", "2026-01-03")],
        "Bo_Cole": [("2026-01-02", "2026-01-03")],
        "Cy_Dole": [("2025-01-01", "2025-12-31")],
    }


def test_node_of_an_undated_relation_is_always_there():
    rows = [*make_statements(date=None), *make_statements(ends=("Ana Bell", "Cy Dole"))]
    nodes = {node.get("id"): found(node, "spells") for node in found(read(rows), "node")}
    assert [bool(nodes[name]) for name in ("Ana_Bell", "Bo_Cole", "Cy_Dole")] == [False, False, True]


def test_open_period_takes_in_what_follows():
    day = datetime.date
    periods = [Period(day(2026, 3, 1), day(2026, 3, 2)), Period(day(2026, 1, 1), None)]
    assert merged(periods) == [Period(day(2026, 1, 1), None)]


@given(statement_lists())
@settings(max_examples=25)
def test_file_keeps_the_grammar(rows):
    for element in read(rows).iter():
        name = element.tag.removeprefix(f"{{{NAMESPACE}}}")
        attributes, children = GRAMMAR[name]
        assert attributes - OPTIONAL <= set(element.attrib) <= attributes
        found_ = [child.tag.removeprefix(f"{{{NAMESPACE}}}") for child in element]
        assert found_ == sorted(found_, key=children.index)


@given(statement_lists())
@settings(max_examples=25)
def test_file_keeps_the_rules_of_the_schema(rows):
    tree = read(rows)
    [graph] = found(tree, "graph")
    assert [child.tag.rpartition("}")[2] for child in graph] == ["attributes", "attributes", "nodes", "edges"]
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    declared = {
        which.get("class"): {one.get("id"): one.get("type") for one in found(which, "attribute")}
        for which in found(tree, "attributes")
    }
    types = {"integer", "long", "double", "float", "boolean", "string"}
    assert {kind for kinds in declared.values() for kind in kinds.values()} <= types
    nodes = [node.get("id") for node in found(tree, "node")]
    assert len(nodes) == len(set(nodes))
    for edge in found(tree, "edge"):
        assert {edge.get("source"), edge.get("target")} <= set(nodes)
        assert edge.get("kind")
        assert {one.get("for") for one in found(edge, "attvalue")} <= set(declared["edge"])
    for element in [*found(tree, "edge"), *found(tree, "spell")]:
        start, end = days(element)
        assert end is None or datetime.date.fromisoformat(start) <= datetime.date.fromisoformat(end)


@given(statement_lists())
@settings(max_examples=25)
def test_edge_lies_within_the_time_of_its_ends(rows):
    tree = read(rows)
    spells = spells_in(tree)
    for edge in found(tree, "edge"):
        start, end = days(edge)
        for id_ in (edge.get("source"), edge.get("target")):
            assert not spells[id_] or any(
                first <= start and (last is None or (end is not None and end <= last))
                for first, last in spells[id_]
            )
