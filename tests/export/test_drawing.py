"""What a drawing shows: nodes, edges and legend as data."""

import json
import re
from importlib.resources import files

import pytest

from kg.export.drawing import articles_of, edges_of, legend_of, nodes_of
from kg.types import EntityType, Status
from kg.vocabulary import load_vocabulary
from tests.builders import make_entity
from tests.export.drawn import HOSTILE, hostile_statements, make_statements

WORDS = load_vocabulary()


def test_statuses_look_different_and_say_what_they_are():
    rows = [row for status in Status for row in make_statements(status=status)]
    labels = [edge["label"] for edge in edges_of(rows)]
    assert labels == ["meet", "planned: meet", "possibly: meet", "not: meet", "asked: meet"]
    dashes = {entry["key"]: entry["dashes"] for entry in legend_of(rows, WORDS)["statuses"]}
    assert len(set(dashes.values())) == 4  # what is negated is crossed out instead
    assert dashes["asserted"] == dashes["negated"] == ()


def test_types_have_shapes_of_their_own_that_the_page_can_draw():
    rows = [row for type_ in EntityType for row in _between(type_)]
    shapes = [entry["shape"] for entry in legend_of(rows, WORDS)["types"]]
    painting = (files("kg") / "export" / "templates" / "page" / "painting.js").read_text("utf-8")
    known = {"dot", *re.findall(r"^  (\w+): \[", painting, re.MULTILINE)}
    assert len(set(shapes)) == len(EntityType)
    assert set(shapes) <= known


def _between(type_):
    from kg.export.records import Statement
    from tests.builders import make_extraction, make_relation

    article = make_extraction().article
    ends = [make_entity(f"{type_} {number}", type_) for number in range(2)]
    return [Statement(article=article, relation=make_relation(article, ends[0], "meet", ends[1]))]


def test_legend_counts_and_puts_the_most_frequent_first():
    rows = (
        make_statements(relation_class="AGREE") + make_statements() + make_statements(status=Status.PLANNED)
    )
    legend = legend_of(rows, WORDS)
    assert [(entry["key"], entry["count"]) for entry in legend["classes"]] == [("CONSULT", 2), ("AGREE", 1)]
    assert [(entry["key"], entry["count"]) for entry in legend["statuses"]] == [
        ("asserted", 2),
        ("planned", 1),
    ]
    assert [(entry["key"], entry["count"]) for entry in legend["types"]] == [("person", 2)]


def test_the_same_relation_of_two_articles_is_one_edge_with_both():
    rows = make_statements(article_id="a2") + make_statements(article_id="a1")
    [edge] = edges_of(rows)
    assert [evidence["article"] for evidence in edge["evidence"]] == [1, 0]
    assert [article["title"] for article in articles_of(rows)] == ["a1", "a2"]


def test_parallel_edges_have_slots_of_their_own():
    rows = (
        make_statements()
        + make_statements(status=Status.PLANNED)
        + make_statements(ends=("Bo Cole", "Ana Bell"))
    )
    # What is left of one direction is right of the other.
    assert [(edge["slot"], edge["from"]) for edge in edges_of(rows)] == [
        (0, "Ana_Bell"),
        (1, "Ana_Bell"),
        (1, "Bo_Cole"),
    ]


@pytest.mark.parametrize("count", [2, 3, 7])
def test_no_two_parallel_edges_share_a_slot(count):
    classes = sorted(WORDS.classes)[:count]
    rows = [row for name in classes for row in make_statements(relation_class=name)]
    assert len({edge["slot"] for edge in edges_of(rows)}) == count


def test_symmetric_relations_share_an_edge_either_way_round():
    rows = make_statements(symmetric=True, ends=("Bo Cole", "Ana Bell")) + make_statements(symmetric=True)
    [edge] = edges_of(rows)
    assert (edge["from"], edge["to"], edge["directed"]) == ("Ana_Bell", "Bo_Cole", False)
    assert [evidence.get("turned") for evidence in edge["evidence"]] == [True, None]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Oslo", "Oslo"),
        ("North Sea Defence Organization", "North Sea Defence\nOrganization"),
        ("x" * 10_000, "x" * 43 + "…"),
        (" a\n b ", "a b"),
        ("", ""),
    ],
    ids=["short", "two lines", "long", "spaces", "empty"],
)
def test_label_is_short(name, label):
    [node, _] = sorted(nodes_of(make_statements(ends=(name, "zz"))), key=lambda node: node["name"])
    assert (node["label"], node["name"]) == (label, name)


def test_names_come_with_all_their_spellings():
    rows = make_statements(ends=("Jörg Öğün", "Олена"))
    found = {node["name"]: node["spellings"] for node in nodes_of(rows)}
    assert found["Jörg Öğün"] == ["joerg oeguen", "jorg ogun"]
    assert found["Олена"] == ["olena"]


def test_hostile_names_come_through_as_they_are():
    data = json.loads(
        json.dumps({"nodes": nodes_of(hostile_statements()), "edges": edges_of(hostile_statements())})
    )
    assert {node["name"] for node in data["nodes"]} >= set(HOSTILE)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", ""]
)
def test_only_addresses_of_the_web_are_linked(url):
    import dataclasses

    [row] = make_statements()
    article = dataclasses.replace(row.article, url=url)
    assert articles_of([dataclasses.replace(row, article=article)])[0]["url"] is None
