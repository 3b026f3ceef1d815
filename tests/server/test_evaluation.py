"""Queries are answered over HTTP as the engine answers them, and, where written by hand, as the W3C says."""

import httpx
import pyoxigraph as ox
import pytest

from kg.server import DefaultGraph, Settings, background
from kg.store import Store
from tests.server.evaluation.answers import (
    by_value,
    csv_rows,
    csv_texts,
    graph_by_hand,
    rows_by_hand,
    rows_of,
    same_rows,
    same_triples,
)
from tests.server.evaluation.cases import FOLDER, read_cases
from tests.server.evaluation.deviations import DEVIATIONS, NOT_IN_XML, REFUSED

DATA = (FOLDER / "data.trig").read_bytes()
CASES = read_cases()
ANSWERED = [case for case in CASES if case.name not in REFUSED]
BY_HAND = [case for case in ANSWERED if case.answer is not None]
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
SOLUTIONS = {
    JSON: ox.QueryResultsFormat.JSON,
    XML: ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


def named(case):
    return case.name


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A graph that holds the data of the queries."""
    folder = tmp_path_factory.mktemp("evaluated") / "graph"
    with Store.create(folder) as store:
        store.data.load(DATA, ox.RdfFormat.TRIG)
    return folder


@pytest.fixture(scope="module")
def engine(folder):
    """The engine itself, over the same data."""
    with Store.open(folder) as store:
        yield store.data


@pytest.fixture(scope="module")
def client(folder):
    """A client of a server of that graph, whose default graph is its own."""
    settings = Settings(graph=folder, port=0, workers=2, default_graph=DefaultGraph.OWN)
    with background(settings) as url, httpx.Client(base_url=url) as client:
        yield client


def ask(client, query, media_type, **parameters):
    answer = client.get("sparql", params={"query": query, **parameters}, headers={"Accept": media_type})
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].partition(";")[0] == media_type
    return answer.content


def is_same(client, case, expected, media_type):
    """Whether an answer over HTTP in a format is that of the engine."""
    body = ask(client, case.query, media_type)
    if isinstance(expected, bool):
        return bool(ox.parse_query_results(body, SOLUTIONS[media_type])) == expected
    if isinstance(expected, tuple):
        found = rows_of(ox.parse_query_results(body, SOLUTIONS[media_type]))
        return found[0] == expected[0] and same_rows(found[1], expected[1], is_ordered=case.is_ordered)
    return same_triples([quad.triple for quad in ox.parse(body, GRAPHS[media_type])], expected)


def answer_of(engine, case):
    """What the engine gives: an answer, variables with rows, or triples, each once."""
    found = engine.query(case.query)
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    return rows_of(found) if isinstance(found, ox.QuerySolutions) else list(dict.fromkeys(found))


def by_hand(case, expected):
    """Whether an answer is the one that was written by hand."""
    if isinstance(expected, bool):
        return case.answer == str(expected).lower()
    if isinstance(expected, tuple):
        rows = by_value(rows_by_hand(case.answer))
        return same_rows(by_value(expected[1]), rows, is_ordered=case.is_ordered)
    return same_triples(expected, graph_by_hand(case.answer))


@pytest.mark.parametrize("case", ANSWERED, ids=named)
def test_answer_is_that_of_the_engine_in_every_format(client, engine, case):
    expected = answer_of(engine, case)
    if isinstance(expected, bool):  # TSV has no form for it
        media_types = [name for name in SOLUTIONS if "sparql-results" in name]
    else:
        media_types = list(SOLUTIONS if isinstance(expected, tuple) else GRAPHS)
    if case.name in NOT_IN_XML:
        media_types.remove(XML)
        answer = client.get("sparql", params={"query": case.query}, headers={"Accept": XML})
        assert answer.status_code == 406
    assert [name for name in media_types if not is_same(client, case, expected, name)] == []


@pytest.mark.parametrize("case", [case for case in ANSWERED if case.form == "SELECT"], ids=named)
def test_csv_has_the_texts_of_what_the_engine_gives(client, engine, case):
    expected = answer_of(engine, case)
    header, rows = csv_rows(ask(client, case.query, "text/csv"))
    assert header == expected[0]
    found = ["_:" if text.startswith("_:") else text for row in rows for text in row]
    texts = [text for row in csv_texts(expected[1]) for text in row]
    assert (found if case.is_ordered else sorted(found)) == (texts if case.is_ordered else sorted(texts))


@pytest.mark.parametrize("case", BY_HAND, ids=named)
def test_answer_is_that_of_the_recommendation(engine, case):
    """That the endpoint answers as the engine does is tested above; each deviation of that is listed."""
    assert by_hand(case, answer_of(engine, case)) is (case.name not in DEVIATIONS)


@pytest.mark.parametrize("case", [case for case in CASES if case.name in REFUSED], ids=named)
def test_what_the_engine_refuses_is_an_error_of_the_query(client, engine, case):
    with pytest.raises((SyntaxError, RuntimeError, ValueError)):
        answer_of(engine, case)
    answer = client.get("sparql", params={"query": case.query})
    assert (answer.status_code, answer.json()["status"]) == (400, 400)


def test_table_covers_the_recommendation():
    sections = {case.name.split()[0].split(".")[0] for case in CASES}
    assert sections >= {str(number) for number in range(4, 18)} - {"14"}
    assert len(BY_HAND) > 0.9 * len(CASES)
    assert len({case.name for case in CASES}) == len(CASES)
    assert {*DEVIATIONS, *NOT_IN_XML, *REFUSED} <= {case.name for case in CASES}


def test_dataset_of_the_protocol_is_that_of_the_query(client):
    """SPARQL 1.1 Protocol, section 2.1.4."""
    query = "SELECT ?x ?y { ?x <http://example.org/likes> ?y GRAPH ?g { ?x <http://example.org/likes> ?z } }"
    graphs = {"default-graph-uri": "http://example.org/g1", "named-graph-uri": "http://example.org/g2"}
    found = rows_of(ox.parse_query_results(ask(client, query, JSON, **graphs), ox.QueryResultsFormat.JSON))
    assert same_rows(found[1], rows_by_hand(":ana :tea"), is_ordered=False)


def test_dataset_of_the_protocol_wins(client):
    """Where both say one, that of the protocol is taken (section 2.1.4)."""
    query = (
        "SELECT ?x FROM <http://example.org/g1> { ?x <http://example.org/likes> <http://example.org/tea> }"
    )
    body = ask(client, query, JSON, **{"default-graph-uri": "http://example.org/g2"})
    assert rows_of(ox.parse_query_results(body, ox.QueryResultsFormat.JSON))[1] == []


@pytest.mark.parametrize(
    ("default", "count"), [(DefaultGraph.OWN, 0), (DefaultGraph.UNION, 4)], ids=["own", "union"]
)
def test_default_graph_is_as_set(folder, default, count):
    settings = Settings(graph=folder, port=0, workers=1, default_graph=default)
    query = "SELECT ?x { ?x <http://example.org/likes> ?y }"
    with background(settings) as url, httpx.Client(base_url=url) as client:
        body = ask(client, query, JSON)
    assert len(rows_of(ox.parse_query_results(body, ox.QueryResultsFormat.JSON))[1]) == count
