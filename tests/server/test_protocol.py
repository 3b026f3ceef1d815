"""SPARQL 1.1 Protocol (W3C 2013), section by section: a request a row, with what is to come back."""

from __future__ import annotations

import shutil
from http import HTTPStatus
from urllib.parse import quote, urlencode

import httpx
import pyoxigraph as ox
import pytest

from kg.server import DefaultGraph, Limits, Settings, background
from kg.store import Store
from tests.server.direct import TOKEN, direct_client

CAPITALS = {"Content-Type": "APPLICATION/X-WWW-FORM-URLENCODED; Charset=UTF-8"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
QUERY = {"Content-Type": "application/sparql-query"}
UPDATE = {"Content-Type": "application/sparql-update"}
E = "http://example.org/"
ONE, TWO, THREE = (f"{E}{name}" for name in ("one", "two", "three"))
BAD, WRONG_TYPE = HTTPStatus.BAD_REQUEST, HTTPStatus.UNSUPPORTED_MEDIA_TYPE


@pytest.fixture(scope="module")
def store():
    """In each of three graphs and in the default graph, a person of that name."""
    store = Store.in_memory()
    for graph in (ONE, TWO, THREE):
        store.data.add(quad(graph, "Person", ox.NamedNode(graph)))
    store.data.add(quad(f"{E}own", "Person"))
    return store


@pytest.fixture(scope="module")
def client(store):
    with direct_client(store, is_writable=False, default_graph=DefaultGraph.OWN) as client:
        yield client


@pytest.fixture
def writable():
    with direct_client(default_graph=DefaultGraph.OWN) as client:
        yield client


def quad(name, kind, graph=None):
    subject, type_ = ox.NamedNode(name), ox.NamedNode(f"{E}type")
    return ox.Quad(subject, type_, ox.NamedNode(f"{E}{kind}"), graph or ox.DefaultGraph())


def seen(*names, graph=None):
    """An ASK for whether all these are seen in the default graph, or in any named one."""
    said = " ".join(f"<{name}> <{E}type> ?t{number} ." for number, name in enumerate(names))
    if graph:
        said = " ".join(
            f"GRAPH ?g{number} {{ <{name}> <{E}type> ?t{number} }}" for number, name in enumerate(names)
        )
    return f"ASK {{ {said} }}"


def params(*pairs):
    return "?" + urlencode(pairs)


def default(*graphs):
    return [("default-graph-uri", graph) for graph in graphs]


def named(*graphs):
    return [("named-graph-uri", graph) for graph in graphs]


BOTH = seen(ONE, TWO)
WITHIN = seen(ONE, TWO, graph=True)
MIXED = f"ASK {{ <{THREE}> <{E}type> ?t {WITHIN.removeprefix('ASK {')}"

ANSWERED = {
    # 2.1.1 query via GET, 2.1.2 via POST with URL-encoded parameters, 2.1.3 via POST directly
    "get": ("GET", params(("query", "ASK {}")), {}, None, True),
    "get, other parameters": ("GET", params(("query", "ASK {}"), ("x", "1"), ("x", "2")), {}, None, True),
    "get, plus is space": ("GET", "?query=ASK+{}", {}, None, True),
    "head": ("HEAD", params(("query", "ASK {}")), {}, None, None),
    "form": ("POST", "", FORM, urlencode({"query": "ASK {}"}), True),
    "form, type in capitals": ("POST", "", CAPITALS, "query=ASK{}", True),
    "form, dataset in the URL": ("POST", params(*default(ONE)), FORM, urlencode({"query": seen(ONE)}), True),
    "form, dataset in the form": (
        "POST", "", FORM, urlencode([("query", seen(ONE)), *default(ONE)]), True
    ),
    "direct": ("POST", "", QUERY, "ASK {}", True),
    "direct, charset": (
        "POST", "", {"Content-Type": 'application/sparql-query; charset="utf-8"'}, "ASK {}", True
    ),
    "direct, beyond ASCII": ("POST", "", QUERY, "ASK { FILTER('é' = '\\u00e9') }".encode(), True),
    "direct, byte order mark": ("POST", "", QUERY, b"\xef\xbb\xbfASK {}", True),
    "get, beyond ASCII": ("GET", params(("query", "ASK { FILTER('é' = '\\u00e9') }")), {}, None, True),
    # 2.1.4 specifying an RDF dataset
    "default graph, bare": ("GET", params(("query", seen(f"{E}own"))), {}, None, True),
    "default graph, not the others": ("GET", params(("query", seen(ONE))), {}, None, False),
    "default graphs, get": ("GET", params(("query", BOTH), *default(ONE, TWO)), {}, None, True),
    "default graphs, post": ("POST", params(*default(ONE, TWO)), QUERY, BOTH, True),
    "default graphs, one lacks": ("POST", params(*default(ONE)), QUERY, BOTH, False),
    "default graph hides named": ("GET", params(("query", WITHIN), *default(ONE, TWO)), {}, None, False),
    "named graphs, get": ("GET", params(("query", WITHIN), *named(ONE, TWO)), {}, None, True),
    "named graphs, post": ("POST", params(*named(ONE, TWO)), QUERY, WITHIN, True),
    "named graphs, one lacks": ("POST", params(*named(ONE)), QUERY, WITHIN, False),
    "named graphs empty the default": (
        "GET", params(("query", seen(f"{E}own")), *named(ONE)), {}, None, False
    ),
    "full dataset": ("POST", params(*default(THREE), *named(ONE, TWO)), QUERY, MIXED, True),
    "request goes before FROM": (
        "GET", params(("query", f"ASK FROM <{TWO}> {{ <{ONE}> ?p ?o }}"), *default(ONE)), {}, None, True
    ),
    "request hides FROM": (
        "GET", params(("query", f"ASK FROM <{TWO}> {{ <{TWO}> ?p ?o }}"), *default(ONE)), {}, None, False
    ),
    "FROM alone": ("GET", params(("query", f"ASK FROM <{TWO}> {{ <{TWO}> ?p ?o }}")), {}, None, True),
    "unknown graph is empty": ("GET", params(("query", seen(ONE)), *default(f"{E}none")), {}, None, False),
    # 2.1.7 base IRI: the address that was asked
    "base": (
        "GET", params(("query", "ASK { FILTER(<a> = <http://localhost/a>) }")), {}, None, True
    ),
    "base of the query": (
        "GET", params(("query", f"BASE <{E}> ASK {{ FILTER(<a> = <{E}a>) }}")), {}, None, True
    ),
}  # fmt: skip


@pytest.mark.parametrize(("method", "url", "headers", "body", "answer"), ANSWERED.values(), ids=ANSWERED)
def test_query_is_answered(client, method, url, headers, body, answer):
    response = client.request(method, f"/sparql{url}", headers=headers, content=body)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/sparql-results+json"
    if method != "HEAD":
        assert response.json()["boolean"] is answer


REFUSED = {
    "no query": ("GET", "?x=1", {}, None, BAD),
    "two queries": ("GET", "?query=ASK{}&query=SELECT*{}", {}, None, BAD),
    "two queries, equal": ("GET", "?query=ASK{}&query=ASK{}", {}, None, BAD),
    "query in URL and form": ("POST", "?query=ASK{}", FORM, "query=ASK{}", BAD),
    "query in URL and body": ("POST", "?query=ASK{}", QUERY, "ASK{}", BAD),
    "query and update": ("POST", "", FORM, "query=ASK{}&update=CLEAR+ALL", BAD),
    "empty form": ("POST", "", FORM, "", BAD),
    "empty query": ("GET", "?query=", {}, None, BAD),
    "method": ("PUT", "?query=ASK{}", FORM, "", HTTPStatus.METHOD_NOT_ALLOWED),
    "delete": ("DELETE", "", {}, None, HTTPStatus.METHOD_NOT_ALLOWED),
    "text as body": ("POST", "", {"Content-Type": "text/plain"}, "ASK {}", WRONG_TYPE),
    "multipart": ("POST", "", {"Content-Type": "multipart/form-data; boundary=x"}, "--x--", WRONG_TYPE),
    "form without type": ("POST", "", {}, b"query=ASK{}", WRONG_TYPE),
    "query without type": ("POST", "", {}, b"ASK {}", WRONG_TYPE),
    "nonsense as type": ("POST", "", {"Content-Type": "sparql"}, "ASK {}", WRONG_TYPE),
    "UTF-16": (
        "POST", "", {"Content-Type": "application/sparql-query; charset=UTF-16"}, "ASK {}".encode("utf-16"),
        WRONG_TYPE,
    ),
    "UTF-16 that is not said": ("POST", "", QUERY, "ASK {}".encode("utf-16"), BAD),
    "Latin-1 in a body": ("POST", "", QUERY, "ASK { ?s ?p 'é' }".encode("latin-1"), BAD),
    "Latin-1 in a form": ("POST", "", FORM, b"query=ASK+%7B+?s+?p+'%E9'+%7D", BAD),
    "Latin-1 in a URL": ("GET", "?query=ASK+%7B+?s+?p+'%E9'+%7D", {}, None, BAD),
    "syntax": ("GET", "?query=ASK+{", {}, None, BAD),
    "update as query": ("GET", "?query=CLEAR+ALL", {}, None, BAD),
    "relative graph": ("GET", "?query=ASK{}&default-graph-uri=one", {}, None, BAD),
    "USING of a query": ("GET", "?query=ASK{}&using-graph-uri=http://x/", {}, None, BAD),
    "update by GET": ("GET", "?update=CLEAR+ALL", {}, None, BAD),
    "SERVICE": ("GET", "?query=ASK{SERVICE<http://x/>{}}", {}, None, BAD),
    "timeout in words": ("GET", "?query=ASK{}&timeout=soon", {}, None, BAD),
    "timeout below zero": ("GET", "?query=ASK{}&timeout=-1", {}, None, BAD),
    "timeout without end": ("GET", "?query=ASK{}&timeout=inf", {}, None, BAD),
    "timeout that is none": ("GET", "?query=ASK{}&timeout=nan", {}, None, BAD),
    "nested": ("GET", "?query=" + "{" * 300, {}, None, BAD),
    "format": ("GET", "?query=ASK{}&format=pdf", {}, None, HTTPStatus.NOT_ACCEPTABLE),
}  # fmt: skip


@pytest.mark.parametrize(("method", "url", "headers", "body", "status"), REFUSED.values(), ids=REFUSED)
def test_request_is_refused_with_a_problem_document(client, method, url, headers, body, status):
    response = client.request(method, f"/sparql{url}", headers=headers, content=body)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["status"] == status
    assert len(response.json()["detail"]) > 20


def test_method_is_refused_with_those_there_are(client):
    assert set(client.put("/sparql").headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}


def test_options_tell_methods_and_bodies(client):
    response = client.options("/sparql")
    assert response.status_code == HTTPStatus.NO_CONTENT
    assert "HEAD" in response.headers["allow"]
    assert "application/sparql-query" in response.headers["accept-post"]


def test_syntax_error_tells_its_place(client):
    problem = client.get("/sparql", params={"query": "ASK {\n ?s }"}).json()
    assert (problem["line"], problem["column"]) == (2, 5)
    assert "Line 2, column 5" in problem["detail"]


def test_body_that_is_too_large_is_refused(store):
    with direct_client(store, is_writable=False, limits=Limits(body=100)) as client:
        response = client.post("/sparql", headers=QUERY, content=b"#" * 101)
        assert response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def test_query_that_is_too_large_is_refused(store):
    with direct_client(store, is_writable=False, limits=Limits(query=100)) as client:
        response = client.get("/sparql", params={"query": "ASK {} #" + "é" * 50})
        assert response.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


@pytest.mark.parametrize(("given", "seconds"), [("2.5", 2.5), ("3000", 10.0), ("1e-9", 0.1), ("", None)])
def test_timeout_is_no_longer_than_ours(client, given, seconds):
    client.get("/sparql", params={"query": "ASK {}", "timeout": given})
    assert client.pool.last.seconds == seconds


def test_queries_see_all_graphs_together_unless_told_otherwise(store):
    with direct_client(store, is_writable=False) as client:
        response = client.get("/sparql", params={"query": seen(ONE, TWO, f"{E}own")})
        assert response.json()["boolean"] is True


@pytest.mark.parametrize(
    ("clause", "count"),
    [("", 4), (f"FROM <{ONE}>", 1), (f"FROM NAMED <{ONE}>", 0)],
    ids=["none", "one", "named"],
)
def test_dataset_of_a_query_goes_before_the_union(store, clause, count):
    with direct_client(store, is_writable=False) as client:
        query = f"SELECT (COUNT(*) AS ?n) {clause} {{ ?s ?p ?o }}"
        rows = client.get("/sparql", params={"query": query}).json()["results"]["bindings"]
        assert rows[0]["n"]["value"] == str(count)


def test_prefixes_of_the_package_are_known(client):
    assert (
        client.get("/sparql", params={"query": "ASK { FILTER(isIRI(kg:Relation)) }"}).json()["boolean"]
        is True
    )


# Updates, section 2.2


def people(graph):
    return f"INSERT DATA {{ GRAPH <{graph}> {{ <{graph}> <{E}type> <{E}Person> }} }}"


def using(*graphs):
    return [("using-graph-uri", graph) for graph in graphs]


def using_named(*graphs):
    return [("using-named-graph-uri", graph) for graph in graphs]


FILL = ";".join(map(people, (ONE, TWO, THREE)))
COPY = f"INSERT {{ GRAPH <{E}out> {{ ?s <{E}in> 'default' }} }} WHERE {{ ?s <{E}type> ?t }}"
COPY_NAMED = f"INSERT {{ GRAPH <{E}out> {{ ?s <{E}in> ?g }} }} WHERE {{ GRAPH ?g {{ ?s <{E}type> ?t }} }}"
FOUND = f"SELECT ?s ?in {{ GRAPH <{E}out> {{ ?s <{E}in> ?in }} }}"

UPDATED = {
    "default graph": (using(ONE), COPY, {(ONE, "default")}),
    "default graphs": (using(ONE, TWO), COPY, {(ONE, "default"), (TWO, "default")}),
    "named graphs": (using_named(ONE, TWO), COPY_NAMED, {(ONE, ONE), (TWO, TWO)}),
    "named graphs empty the default": (using_named(ONE), COPY, set()),
    "default graph hides named": (using(ONE), COPY_NAMED, set()),
    "full dataset": (
        [*using(ONE), *using_named(TWO)], f"{COPY} ; {COPY_NAMED}", {(ONE, "default"), (TWO, TWO)}
    ),
    "no dataset": ([], COPY, set()),
    "subquery": (
        using(ONE), COPY.replace("WHERE {", "WHERE { SELECT * WHERE {") + " }",
        {(ONE, "default")},
    ),
    "in small letters": (using(ONE), COPY.replace("WHERE", "where"), {(ONE, "default")}),
    "words in strings and comments": (
        using(ONE), f"{COPY[:-1]} FILTER('USING' != \"WHERE {{\") # WHERE }}\n}}", {(ONE, "default")}
    ),
}  # fmt: skip


@pytest.mark.parametrize(("dataset", "text", "expected"), UPDATED.values(), ids=UPDATED)
def test_update_sees_its_dataset(writable, dataset, text, expected):
    text = f"DROP ALL ; {FILL} ; {text}"
    response = writable.post(f"/sparql{params(*dataset)}", headers=UPDATE, content=text)
    assert response.status_code == HTTPStatus.NO_CONTENT, response.text
    rows = writable.get("/sparql", params={"query": FOUND}).json()["results"]["bindings"]
    assert {(row["s"]["value"], row["in"]["value"]) for row in rows} == expected


def test_deletion_in_short_sees_its_dataset(writable):
    writable.post(
        "/sparql", headers=UPDATE, content=f"INSERT DATA {{ <{ONE}> <{E}type> <{E}Person> }} ; {FILL}"
    )
    text = f"DELETE WHERE {{ ?s <{E}type> ?t }}"
    writable.post(f"/sparql{params(*using(TWO))}", headers=UPDATE, content=text)
    assert writable.get("/sparql", params={"query": seen(ONE)}).json()["boolean"] is True
    writable.post(f"/sparql{params(*using(ONE))}", headers=UPDATE, content=text)
    assert writable.get("/sparql", params={"query": seen(ONE)}).json()["boolean"] is False


@pytest.mark.parametrize("path", ["/sparql", "/sparql/", "/update"])
@pytest.mark.parametrize(
    ("headers", "body"), [(FORM, f"update={quote(FILL)}"), (UPDATE, FILL)], ids=["form", "direct"]
)
def test_update_is_made(writable, path, headers, body):
    assert writable.post(path, headers=headers, content=body).status_code == HTTPStatus.NO_CONTENT
    assert writable.get("/sparql", params={"query": WITHIN}).json()["boolean"] is True


def test_base_of_an_update_is_the_address(writable):
    writable.post("/sparql", headers=UPDATE, content=f"INSERT DATA {{ <{E}s> <{E}p> <test> }}")
    rows = writable.get("/sparql", params={"query": "SELECT ?o { ?s ?p ?o }"}).json()["results"]["bindings"]
    assert [row["o"] for row in rows] == [{"type": "uri", "value": "http://localhost/test"}]


WITH = f"WITH <{ONE}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}"
NOT_UPDATED = {
    "two updates": ("/sparql", FORM, "update=CLEAR+NAMED&update=CLEAR+DEFAULT", BAD),
    "text as body": ("/sparql", {"Content-Type": "text/plain"}, "CLEAR NAMED", WRONG_TYPE),
    "form without type": ("/sparql", {}, b"update=CLEAR+NAMED", WRONG_TYPE),
    "UTF-16": (
        "/sparql", {"Content-Type": "application/sparql-update; charset=UTF-16"},
        "CLEAR ALL".encode("utf-16"), WRONG_TYPE,
    ),
    "syntax": ("/sparql", FORM, "update=CLEAR+XYZ", BAD),
    "query as update": ("/sparql", FORM, "update=ASK{}", BAD),
    "WITH and dataset": (f"/sparql{params(*using_named(ONE))}", UPDATE, WITH, BAD),
    "USING and dataset": (
        f"/sparql{params(*using(ONE))}", UPDATE, f"INSERT {{}} USING <{ONE}> WHERE {{}}", BAD
    ),
    "keywords without space and dataset": (
        f"/sparql{params(*using(ONE))}", UPDATE, "DELETEWHERE { ?s ?p ?o }", BAD
    ),
    "dataset of queries": (f"/sparql{params(*default(ONE))}", UPDATE, "CLEAR ALL", BAD),
    "LOAD": ("/sparql", UPDATE, "LOAD <http://localhost:1/>", BAD),
    "LOAD SILENT": ("/sparql", UPDATE, "CLEAR ALL;loadSilent<http://localhost:1/>", BAD),
    "SERVICE": ("/sparql", UPDATE, "INSERT {} WHERE { SERVICE SILENT <http://localhost:1/> {} }", BAD),
    "nothing at /update": ("/update", FORM, "", BAD),
    "query at /update": ("/update", FORM, "query=ASK{}", BAD),
    "query body at /update": ("/update", QUERY, "ASK{}", WRONG_TYPE),
}  # fmt: skip


@pytest.mark.parametrize(("url", "headers", "body", "status"), NOT_UPDATED.values(), ids=NOT_UPDATED)
def test_update_is_refused_and_changes_nothing(writable, url, headers, body, status):
    writable.post("/sparql", headers=UPDATE, content=f"{FILL} ; INSERT DATA {{ <{ONE}> <{E}type> 'x' }}")
    response = writable.post(url, headers=headers, content=body)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    assert writable.get("/sparql", params={"query": WITHIN}).json()["boolean"] is True
    assert writable.get("/sparql", params={"query": seen(ONE)}).json()["boolean"] is True


def test_syntax_error_of_an_update_with_a_dataset_tells_its_place(writable):
    text = "DELETE WHERE { ?s ?p ?o } ;\nINSERT { ?s ?p ?o } WHERE { ?s ?p }"
    problem = writable.post(f"/update{params(*using(ONE))}", headers=UPDATE, content=text).json()
    assert (problem["line"], problem["column"]) == (2, 35)


def test_update_is_made_wholly_or_not_at_all(writable):
    text = f"{FILL} ; CREATE GRAPH <{ONE}>"
    assert writable.post("/sparql", headers=UPDATE, content=text).status_code == BAD
    assert (
        writable.get("/sparql", params={"query": "ASK { GRAPH ?g { ?s ?p ?o } }"}).json()["boolean"] is False
    )


def test_update_is_for_post_only(writable):
    assert (
        writable.get("/update", params={"update": "CLEAR ALL"}).status_code == HTTPStatus.METHOD_NOT_ALLOWED
    )


def test_updates_are_off_by_default(client):
    response = client.post("/sparql", headers=UPDATE, content="CLEAR ALL")
    assert response.status_code == HTTPStatus.FORBIDDEN
    assert "--writable" in response.json()["detail"]


def test_update_needs_the_token():
    with direct_client() as client:
        del client.headers["Authorization"]
        assert (
            client.post("/sparql", headers=UPDATE, content="CLEAR ALL").status_code == HTTPStatus.UNAUTHORIZED
        )


# Limits


NUMBERS = "SELECT ?n { VALUES ?n { 1 2 3 4 5 } }"
CUT_GRAPH = "CONSTRUCT { <http://x/s> <http://x/p> ?n } { VALUES ?n { 1 2 3 3 3 } }"


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "text/csv", "application/xml"])
def test_rows_beyond_the_limit_are_cut_and_marked(store, accept):
    with direct_client(store, is_writable=False, limits=Limits(rows=2)) as client:
        response = client.get("/sparql", params={"query": NUMBERS}, headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["kg-truncated"] == "rows=2"
    assert int(response.headers["content-length"]) == len(response.content)
    assert ("truncated" in response.text) is (accept != "text/csv")


def test_mark_of_json_is_a_member_more(store):
    with direct_client(store, is_writable=False, limits=Limits(rows=2)) as client:
        read = client.get("/sparql", params={"query": NUMBERS}).json()
    assert read["truncated"] == {"rows": 2}
    assert [row["n"]["value"] for row in read["results"]["bindings"]] == ["1", "2"]


def test_bytes_beyond_the_limit_are_cut_and_marked(store):
    with direct_client(store, is_writable=False, limits=Limits(result=200)) as client:
        response = client.get("/sparql", params={"query": NUMBERS})
    assert response.headers["kg-truncated"] == "bytes=200"
    assert 1 <= len(response.json()["results"]["bindings"]) < 5


def test_triples_beyond_the_limit_are_cut_and_marked(store):
    with direct_client(store, is_writable=False, limits=Limits(rows=2)) as client:
        response = client.get("/sparql", params={"query": CUT_GRAPH})
    assert response.headers["kg-truncated"] == "rows=2"
    assert len(list(ox.parse(response.content, ox.RdfFormat.TURTLE))) == 2
    assert response.text.endswith("# truncated: rows=2\n")


def test_whole_result_has_no_mark(client):
    assert "kg-truncated" not in client.get("/sparql", params={"query": NUMBERS}).headers


@pytest.mark.parametrize("size", [100, 2**16, 200_000])
def test_result_of_any_size_comes_whole(client, size):
    query = f"SELECT ?a {{ BIND('{'x' * 100}' AS ?b) VALUES ?n {{ {'1 ' * (size // 100)} }} BIND(?b AS ?a) }}"
    response = client.post("/sparql", headers=QUERY, content=query)
    assert int(response.headers["content-length"]) == len(response.content)
    assert len(response.json()["results"]["bindings"]) == size // 100


# Results, section 2.1.6, by workers that are processes


def asked(server, query, accept):
    return httpx.get(f"{server}sparql", params={"query": query}, headers={"Accept": accept})


@pytest.mark.parametrize(
    ("query", "accept"),
    [
        ("SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o", "application/sparql-results+json"),
        ("SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o", "application/sparql-results+xml"),
        ("SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o", "text/tab-separated-values"),
    ],
)
def test_solutions_are_those_of_the_store(server, graph_folder, query, accept):
    response = asked(server, query, accept)
    read = ox.parse_query_results(response.content, ox.QueryResultsFormat.from_media_type(accept))
    expected = Store.open(graph_folder).query(query)
    assert [tuple(row) for row in read] == list(expected.terms)
    assert [variable.value for variable in read.variables] == list(expected.variables)


def test_csv_is_that_of_the_store(server, graph_folder):
    query = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"
    assert asked(server, query, "text/csv").text == Store.open(graph_folder).query(query).to_csv()


GRAPH_TYPES = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


@pytest.mark.parametrize("accept", GRAPH_TYPES)
def test_graphs_are_those_of_the_store(server, graph_folder, accept):
    query = "CONSTRUCT WHERE { ?s ?p ?o }"
    response = asked(server, query, accept)
    assert response.headers["content-type"].partition(";")[0] == accept
    read = ox.parse(response.content, GRAPH_TYPES[accept])
    assert {quad.triple for quad in read} == set(Store.open(graph_folder).query(query).triples)


@pytest.mark.parametrize(
    "query", ["ASK {}", "SELECT * {}", "DESCRIBE <http://x/>", "CONSTRUCT WHERE { ?s ?p ?o }"]
)
def test_head_has_the_headers_of_get(server, query):
    got = httpx.get(f"{server}sparql", params={"query": query})
    head = httpx.head(f"{server}sparql", params={"query": query})
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "content-length", "vary"):
        assert head.headers[name] == got.headers[name]


def test_problem_of_a_worker_comes_with_its_place(server):
    response = httpx.get(f"{server}sparql", params={"query": "SELECT * {"})
    assert response.status_code == BAD
    assert response.json()["line"] == 1


COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
# Updates by a writer that is a process


@pytest.fixture(scope="module")
def writable_server(graph_folder, tmp_path_factory):
    """A client of a server that takes updates, of a copy of the graph."""
    folder = tmp_path_factory.mktemp("writable") / "graph"
    shutil.copytree(graph_folder, folder)
    options = {"is_writable": True, "token": TOKEN, "default_graph": DefaultGraph.OWN}
    with background(Settings(graph=folder, port=0, workers=1, **options)) as url:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        with httpx.Client(base_url=url, headers=headers, timeout=30) as client:
            yield client


@pytest.mark.slow
def test_update_is_seen_by_the_next_query(writable_server):
    text = f"DROP ALL ; {FILL} ; {COPY} ; {COPY_NAMED}"
    dataset = params(*using(ONE), *using_named(TWO))
    response = writable_server.post(f"sparql{dataset}", headers=UPDATE, content=text)
    assert response.status_code == HTTPStatus.NO_CONTENT, response.text
    rows = writable_server.get("sparql", params={"query": FOUND}).json()["results"]["bindings"]
    assert {(row["s"]["value"], row["in"]["value"]) for row in rows} == {(ONE, "default"), (TWO, TWO)}


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["CLEAR XYZ", "LOAD <http://localhost:1/>", WITH + " ; CREATE GRAPH <x:1> ; x"]
)
def test_update_that_fails_is_a_problem_and_changes_nothing(writable_server, text):
    before = writable_server.get("sparql", params={"query": COUNT}).json()
    response = writable_server.post("update", headers=UPDATE, content=text)
    assert response.status_code == BAD
    assert response.json()["line"] == 1
    after = writable_server.get("sparql", params={"query": COUNT}).json()
    assert after == before
