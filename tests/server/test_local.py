"""The small server: page, queries by all three ways, problems, and who may ask."""

import http.client
import json
import threading
from urllib.parse import urlencode

import pytest

from kg.builder import build_graph
from kg.errors import StoreError
from kg.server import Server
from tests.test_builder import fake_extractor

QUERY = "SELECT ?name { ?entity a kg:Person ; skos:prefLabel ?name } ORDER BY ?name"


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    (folder / "a.txt").write_text("Ana met Bo.")
    build_graph([folder / "a.txt"], folder / "graph", extractor=fake_extractor)
    with Server(folder / "graph") as running:
        thread = threading.Thread(target=running.run)
        thread.start()
        yield running
        running.stop()
        thread.join()


def ask(server, path, *, method="GET", body=None, **headers):
    host = server.url.removeprefix("http://").rstrip("/")
    connection = http.client.HTTPConnection(host, timeout=5)
    connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
    response = connection.getresponse()
    return response, response.read().decode()


def names(text):
    return [row["name"]["value"] for row in json.loads(text)["results"]["bindings"]]


def test_page_holds_the_graph_and_loads_nothing(server):
    response, text = ask(server, "/")
    assert (response.status, "Ana" in text) == (200, True)
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize(
    ("method", "path", "body", "kind"),
    [
        pytest.param("GET", "/sparql?" + urlencode({"query": QUERY}), None, "", id="get"),
        pytest.param(
            "POST", "/sparql", urlencode({"query": QUERY}), "application/x-www-form-urlencoded", id="form"
        ),
        pytest.param("POST", "/sparql", QUERY, "application/sparql-query", id="body"),
    ],
)
def test_query_is_answered_by_each_way_of_the_protocol(server, method, path, body, kind):
    response, text = ask(server, path, method=method, body=body, Content_Type=kind)
    assert response.headers["Content-Type"].startswith("application/sparql-results+json")
    assert names(text) == ["Ana", "Bo"]


def test_rows_come_as_csv_when_asked(server):
    _, text = ask(server, "/sparql?" + urlencode({"query": QUERY}), Accept="text/csv")
    assert text.split() == ["name", "Ana", "Bo"]


def test_triples_come_as_turtle(server):
    query = "CONSTRUCT { ?a kg:meets ?b } { ?a kg:meets ?b }"
    response, text = ask(server, "/sparql?" + urlencode({"query": query}))
    assert response.headers["Content-Type"].startswith("text/turtle")
    assert "kg:meets" in text


@pytest.mark.parametrize(
    ("path", "headers", "status", "detail"),
    [
        pytest.param("/sparql", {}, 400, "no query", id="no query"),
        pytest.param("/sparql?query=SELECT+%7B", {}, 400, "SPARQL", id="syntax"),
        pytest.param("/sparql?query=DROP+ALL", {}, 400, "", id="update"),
        pytest.param("/other", {}, 404, "/sparql", id="path"),
        pytest.param("/?" + "x" * 30_000, {}, 413, "bytes", id="size"),
        pytest.param("/", {"Host": "example.org"}, 403, "this machine", id="host"),
    ],
)
def test_problem_says_what_is_wrong(server, path, headers, status, detail):
    response, text = ask(server, path, **headers)
    found = json.loads(text)
    assert (response.status, found["status"], detail in found["detail"]) == (status, status, True)


def test_nothing_is_served_of_a_folder_that_is_no_graph(tmp_path):
    with pytest.raises(StoreError):
        Server(tmp_path)
