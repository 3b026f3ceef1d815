"""The graph as Python and notebooks use it."""

import pytest

import kg
from kg.builder import build_graph
from kg.errors import ExportError, QueryError, StoreError, VocabularyError
from tests.test_builder import fake_extractor


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    folder = tmp_path_factory.mktemp("graph")
    (folder / "a.txt").write_text("Ana met Bo. Bo met Cy.")
    (folder / "b.txt").write_text("Ana met Bo.")
    build_graph([folder / "a.txt", folder / "b.txt"], folder / "graph", extractor=fake_extractor)
    with kg.open(folder / "graph") as opened:
        yield opened


def test_query_gives_rows(graph):
    rows = graph.query("SELECT ?n { ?e skos:prefLabel ?n ; a kg:Person } ORDER BY ?n")
    assert [row["n"] for row in rows] == ["Ana", "Bo", "Cy"]
    assert len(rows) == 3


def test_rows_become_a_frame_with_columns_even_when_empty(graph):
    frame = graph.query("SELECT ?a ?b { ?a kg:meets ?b , ?a }").to_pandas()
    assert (list(frame.columns), len(frame)) == (["a", "b"], 0)


def test_values_are_bound(graph):
    query = "SELECT ?n { ?e skos:prefLabel ?label BIND(STR(?label) AS ?n) }"
    assert len(graph.query(query)) == 3


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
    ],
    ids=str,
)
def test_relations_are_narrowed(graph, wanted, count):
    assert len(graph.relations(**wanted)) == count


def test_relations_of_nobody_are_an_error(graph):
    with pytest.raises(ExportError, match="No entity is named 'Zoe'"):
        graph.relations(subject="Zoe")


def test_network_keeps_parallel_edges(graph):
    assert graph.network().number_of_edges("Ana", "Bo") == 2


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
    with pytest.raises(QueryError, match=r"graph\.rdf\(\)"):
        graph.query("CONSTRUCT { ?a ?b ?c } { ?a ?b ?c }")


def test_named_question_is_answered(graph):
    assert list(graph.ask("who-met-whom")) != []


@pytest.mark.parametrize(
    "wrong", [{"status": "plannd"}, {"relation_class": "consult"}, {"property": "kg:meet"}]
)
def test_unknown_name_of_the_ontology_is_told(graph, wrong):
    with pytest.raises(VocabularyError, match="has no"):
        graph.relations(**wrong)
