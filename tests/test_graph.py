"""The graph as Python and notebooks use it."""

import json

import numpy as np
import pandas as pd
import pytest
import rdflib

import kg
from kg.errors import ExportError, QueryError, StoreError, VocabularyError
from kg.export.files import export_graph
from tests.test_builder import build_meetings


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    with kg.open(build_meetings(tmp_path_factory.mktemp("graph"))) as opened:
        yield opened


def test_query_gives_rows(graph):
    rows = graph.query("SELECT ?n { ?e skos:prefLabel ?n ; a kg:Person } ORDER BY ?n")
    assert [row["n"] for row in rows] == ["Ana", "Bo", "Cy"]
    assert len(rows) == 3


def test_rows_become_a_frame_with_columns_even_when_empty(graph):
    frame = graph.query("SELECT ?a ?b { ?a kg:meets ?b , ?a }").to_pandas()
    assert (list(frame.columns), len(frame)) == (["a", "b"], 0)


FRIENDS = "SELECT ?n { ?e kg:meets ?whom ; skos:prefLabel ?n } ORDER BY ?n"
LABELLED = "SELECT ?n { ?e kg:meets/skos:prefLabel ?label ; skos:prefLabel ?n FILTER(STR(?label) = ?name) }"


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(lambda graph: kg.IRI("ent:Cy"), id="short"),
        pytest.param(lambda graph: kg.IRI("https://w3id.org/actors-kg/entity/Cy"), id="full"),
        pytest.param(lambda graph: graph.statements(article="a")[1].relation.object, id="entity"),
        pytest.param(lambda graph: rdflib.URIRef("https://w3id.org/actors-kg/entity/Cy"), id="rdflib"),
        pytest.param(lambda graph: kg.IRI(graph.entities().set_index("name")["iri"]["Cy"]), id="table"),
        pytest.param(
            lambda graph: next(iter(graph.query("SELECT ?e { ?e skos:prefLabel 'Cy'@en }")))["e"], id="answer"
        ),
    ],
)
def test_node_is_bound_by_what_names_it(graph, value):
    assert [row["n"] for row in graph.query(FRIENDS, {"whom": value(graph)})] == ["Bo"]


@pytest.mark.parametrize(("value", "names"), [("Cy", ["Bo"]), ('" || true || "', []), ("ent:Cy", [])])
def test_text_is_bound_as_a_text(graph, value, names):
    assert [row["n"] for row in graph.query(LABELLED, {"name": value})] == names


def test_status_and_article_are_bound_as_their_nodes(graph):
    query = "SELECT (COUNT(?r) AS ?n) { ?r kg:status ?status ; kg:evidence/nif:referenceContext ?article }"
    [article] = [one for one in graph.articles() if one.id == "b"]
    counts = [
        list(graph.query(query, {"status": status, "article": article}))
        for status in (kg.Status.ASSERTED, kg.Status.PLANNED)
    ]
    assert counts == [[{"n": 1}], [{"n": 0}]]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (pd.Timestamp("2026-04-04"), ("2026-04-04", "date")),
        (pd.Timestamp("2026-04-04T10:00"), ("2026-04-04T10:00:00", "dateTime")),
        (pd.Timestamp("2026-04-04", tz="UTC"), ("2026-04-04T00:00:00Z", "dateTime")),
        (np.int64(7), ("7", "integer")),
        (np.bool_(True), ("true", "boolean")),
        (np.float64(0.5), ("0.5", "double")),
    ],
    ids=repr,
)
def test_values_of_pandas_and_numpy_are_bound(graph, value, written):
    query = "SELECT (STR(?x) AS ?text) (STRAFTER(STR(DATATYPE(?x)), '#') AS ?kind) { FILTER(BOUND(?x)) }"
    [row] = graph.query(query, {"x": value})
    assert (row["text"].replace("+00:00", "Z"), row["kind"]) == written


def test_value_that_is_none_is_told(graph):
    with pytest.raises(QueryError, match="A list cannot be bound"):
        graph.query(FRIENDS, {"whom": ["Cy"]})


def test_rows_are_given_as_csv_json_and_html(graph):
    rows = graph.query("SELECT ?n (1 AS ?one) { ?e kg:meets ent:Cy ; skos:prefLabel ?n }")
    assert rows.to_csv() == "n,one\r\nBo,1\r\n"
    assert json.loads(rows.to_json())["head"] == {"vars": ["n", "one"]}
    assert "<td>Bo</td>" in rows._repr_html_()


def test_iris_of_a_frame_can_be_short(graph):
    rows = graph.query("SELECT ?e ?p { ?e ?p ent:Cy FILTER(?p = kg:meets) }")
    assert rows.to_pandas(shorten=True).to_numpy().tolist() == [["ent:Bo", "kg:meets"]]
    assert rows.to_pandas()["p"][0] == "https://w3id.org/actors-kg/ontology#meets"


def test_construct_gives_an_rdflib_graph(graph):
    made = graph.construct("CONSTRUCT { ?a kg:knows ?b } { ?a kg:meets ?b }", {"b": kg.IRI("ent:Cy")})
    assert isinstance(made, rdflib.Graph)
    assert "ent:Bo kg:knows ent:Cy" in made.serialize()


def test_rows_are_sent_from_construct_to_query(graph):
    with pytest.raises(QueryError, match=r"use graph\.query"):
        graph.construct("SELECT ?a { ?a ?b ?c }")


def test_wrong_query_says_line_and_column(graph):
    with pytest.raises(QueryError, match="Line 2, column") as caught:
        graph.query("SELECT ?x\n{ ?x ?? }")
    assert caught.value.line == 2


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        ({}, 3),
        ({"subject": "Ana"}, 2),
        ({"subject": "bo", "object": "ana"}, 2),
        ({"article": "b"}, 1),
        ({"status": "planned"}, 0),
        ({"property": "meets", "relation_class": "CONSULT"}, 3),
        ({"relation_class": ["AID", "CONSULT"], "min_confidence": 0.9}, 3),
        ({"min_confidence": 0.91}, 0),
        ({"since": "2026"}, 0),
        ({"around": "Cy"}, 1),
    ],
    ids=str,
)
def test_relations_are_narrowed(graph, wanted, count):
    assert len(graph.relations(**wanted)) == count


def test_relations_are_narrowed_by_an_entity(graph):
    [cy] = [one.relation.object for one in graph.statements(object="Cy")]
    assert graph.relations(subject=[cy, "Ana"])["subject"].tolist() == ["Ana", "Bo", "Ana"]
    assert len(graph.network(around=cy).nodes) == 2


def test_relations_of_nobody_are_an_error(graph):
    with pytest.raises(ExportError, match="No entity is named 'Zoe'"):
        graph.relations(subject="Zoe")


def test_frame_of_relations_is_the_parquet_file(graph, tmp_path):
    with (tmp_path / "r.parquet").open("wb") as file:
        export_graph(graph._store, "parquet", file)
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "r.parquet"), graph.relations())


def test_relation_is_found_again_by_its_iri(graph):
    row = graph.relations(article="b").iloc[0]
    rows = graph.query("SELECT ?text { ?r kg:evidence/nif:anchorOf ?text }", {"r": kg.IRI(row["iri"])})
    assert list(rows) == [{"text": row["evidence"]}]


def test_entities_count_their_relations(graph):
    frame = graph.entities()
    assert dict(zip(frame["name"], frame["relations"], strict=True)) == {"Ana": 2, "Bo": 3, "Cy": 1}


def test_network_keeps_parallel_edges(graph):
    assert graph.network().number_of_edges("Ana", "Bo") == 2


def test_network_is_narrowed_and_collapsed(graph):
    assert graph.network(around="Cy", hops=1).number_of_edges() == 1
    assert graph.network(status="planned").number_of_nodes() == 0
    edges = graph.network(collapse=True).edges(keys=True, data="count")
    assert sorted(edges) == [("Ana", "Bo", "CONSULT", 2), ("Bo", "Cy", "CONSULT", 1)]


def test_weights_of_a_collapsed_network_count_facts(graph):
    weighted = dict(graph.network(collapse="pair").degree(weight="weight"))
    assert weighted == {"Ana": 2, "Bo": 3, "Cy": 1}


def test_filter_that_is_none_is_told(graph):
    with pytest.raises(TypeError, match="no filter 'klass'"):
        graph.network(klass="CONSULT")


def test_view_draws_what_is_near(graph):
    assert '"name": "Cy"' not in graph.view(around="Ana").html
    assert '"name": "Cy"' in graph.view(around="Ana", hops=2).html


def test_rdflib_sees_the_same_triples(graph):
    assert len(list(graph.rdf().query("SELECT ?a { ?a <https://w3id.org/actors-kg/ontology#meets> ?b }"))) > 0


def test_articles_are_sorted(graph):
    assert [article.id for article in graph.articles()] == ["a", "b"]


def test_open_wants_a_graph(tmp_path):
    with pytest.raises(StoreError, match="is not a graph"):
        kg.open(tmp_path)
    with pytest.raises(StoreError, match="There is no graph"):
        kg.open(tmp_path / "none")


def test_build_warns_of_what_it_cannot_read(tmp_path):
    (tmp_path / "a.txt").write_text("")
    with pytest.warns(UserWarning, match="is empty"):
        graph = kg.build(tmp_path / "a.txt", tmp_path / "graph")
    assert graph.articles() == []
    graph.close()


def test_ask_query_gives_its_answer(graph):
    assert list(graph.query("ASK { ?a kg:meets ?b }")) == [{"answer": True}]


def test_construct_is_sent_elsewhere(graph):
    with pytest.raises(QueryError, match=r"graph\.construct"):
        graph.query("CONSTRUCT { ?a ?b ?c } { ?a ?b ?c }")


def test_named_question_is_answered(graph):
    assert list(graph.ask("who-met-whom")) != []


@pytest.mark.parametrize(
    "wrong", [{"status": "plannd"}, {"relation_class": "consult"}, {"property": "kg:meet"}]
)
def test_unknown_name_of_the_ontology_is_told(graph, wrong):
    with pytest.raises(VocabularyError, match="has no"):
        graph.relations(**wrong)
