"""What clients take, against what they get (RFC 9110, section 12)."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.server.negotiation import RESULT_FORMATS, MediaType, choose, read_accept
from kg.server.problems import ProblemError
from tests.server.direct import direct_client

RESULTS_JSON, RESULTS_XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = (
    "text/csv; charset=utf-8; header=present",
    "text/tab-separated-values; charset=utf-8; header=present",
)
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"

SELECT = {
    "no header": (None, RESULTS_JSON),
    "empty header": ("", RESULTS_JSON),
    "anything": ("*/*", RESULTS_JSON),
    "exact": (RESULTS_XML, RESULTS_XML),
    "csv": ("text/csv", CSV),
    "tsv": ("text/tab-separated-values", TSV),
    "in capitals": ("Text/CSV;Q=1", CSV),
    "quality decides": (f"{RESULTS_JSON};q=0.5, {RESULTS_XML};q=0.9", RESULTS_XML),
    "order does not": (f"{RESULTS_XML}, {RESULTS_JSON}", RESULTS_JSON),
    "spaces": (f"  text/csv ;  q=0.2  ,\t{RESULTS_XML}; q = 0.1", CSV),
    "type of any kind": ("text/*", CSV),
    "exact goes before range": (f"text/*;q=0.9, text/csv;q=0.1, {RESULTS_XML};q=0.5", TSV),
    "exact of the same quality": ("*/*, text/csv", CSV),
    "range excludes": ("text/csv;q=0, text/*", TSV),
    "wildcard below": ("text/csv;q=0.4, */*;q=0.5", RESULTS_JSON),
    "JSON by its general name": ("application/json", "application/json"),
    "XML by its general name": ("application/xml", "application/xml"),
    "XML by its old name": ("text/xml", "text/xml; charset=utf-8"),
    "exact name goes first": (f"application/json, {RESULTS_JSON}", RESULTS_JSON),
    "general name excluded": ("application/json;q=0, */*", RESULTS_JSON),
    "exact name excluded": (f"{RESULTS_JSON};q=0, application/json", "application/json"),
    "browser": (BROWSER, RESULTS_JSON),
    "page's script": ("application/sparql-results+json,*/*;q=0.9", RESULTS_JSON),
    "unknown ones are left out": ("image/png, text/csv;q=0.1", CSV),
    "malformed ones are left out": ("nonsense, text/csv;q=2, text/csv;q=x, text/tab-separated-values", TSV),
    "nothing but malformed": (";;,,q=1", RESULTS_JSON),
    "charset": ("text/csv; charset=utf-8", CSV),
    "charset we lack": (f"text/csv; charset=latin1, {RESULTS_XML};q=0.1", RESULTS_XML),
    "no header line": (f"text/csv; header=absent, {RESULTS_XML};q=0.1", RESULTS_XML),
    "other parameter": (f'{RESULTS_XML}; version="1,2; \\"x\\""', RESULTS_XML),
    "parameters are more exact": ("text/csv;q=0.1, text/csv;header=present;q=0.8, text/*;q=0.5", CSV),
    "smallest quality": ("text/csv;q=0.001", CSV),
    "quality one in full": (f"text/csv;q=1.000, {RESULTS_JSON};q=0.999", CSV),
}
GRAPH = {
    "no header": (None, "text/turtle; charset=utf-8"),
    "turtle": ("text/turtle", "text/turtle; charset=utf-8"),
    "N-Triples": ("application/n-triples", "application/n-triples"),
    "N-Triples by their old name": ("text/plain", "text/plain; charset=utf-8"),
    "N-Quads": ("application/n-quads", "application/n-quads"),
    "TriG": ("application/trig", "application/trig"),
    "RDF/XML": ("application/rdf+xml", "application/rdf+xml"),
    "JSON-LD": (
        'application/ld+json; profile="http://www.w3.org/ns/json-ld#compacted"',
        "application/ld+json",
    ),
    "JSON": ("application/json", "application/json"),
    "XML": ("application/xml", "application/xml"),
    "rdflib": ("text/turtle;q=0.5, application/rdf+xml, text/html;q=0.1", "application/rdf+xml"),
    "browser": (BROWSER, "text/turtle; charset=utf-8"),
}
CASES = [("select", *case) for case in SELECT.values()] + [("graph", *case) for case in GRAPH.values()]
IDS = [*(f"select, {name}" for name in SELECT), *(f"graph, {name}" for name in GRAPH)]


@pytest.mark.parametrize(("kind", "accept", "content_type"), CASES, ids=IDS)
def test_client_gets_what_it_takes(kind, accept, content_type):
    assert choose(RESULT_FORMATS[kind], accept).content_type == content_type


@pytest.mark.parametrize(
    ("kind", "accept"),
    [
        ("select", "text/turtle"),
        ("select", "text/html"),
        ("select", "*/*;q=0"),
        ("select", "text/csv;q=0, image/*"),
        ("select", "text/csv;charset=latin1"),
        ("ask", "application/rdf+xml"),
        ("graph", "text/csv"),
        ("graph", RESULTS_JSON),
    ],
)
def test_client_that_takes_none_is_told_what_there_is(kind, accept):
    with pytest.raises(ProblemError, match="cannot be had") as caught:
        choose(RESULT_FORMATS[kind], accept)
    assert caught.value.status == 406
    assert caught.value.extra["available"] == [one.media_type for one in RESULT_FORMATS[kind]]
    assert caught.value.headers["Vary"] == "Accept"


@pytest.mark.parametrize(
    ("kind", "override", "format_"),
    [
        ("select", "csv", "csv"),
        ("select", "XML", "xml"),
        ("ask", "application/sparql-results+json", "json"),
        ("ask", "application/sparql-results json", "json"),
        ("graph", "json", "jsonld"),
        ("graph", "xml", "rdfxml"),
        ("graph", "rdf xml", "rdfxml"),
        ("graph", "turtle", "ttl"),
        ("graph", "n-triples", "nt"),
    ],
)
def test_parameter_goes_before_the_header(kind, override, format_):
    assert choose(RESULT_FORMATS[kind], "image/png", override).format == format_


def test_parameter_must_name_a_format_of_the_result():
    with pytest.raises(ProblemError, match=r"text/csv \(csv\)"):
        choose(RESULT_FORMATS["select"], "*/*", "turtle")


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=60) | st.lists(st.sampled_from('text/csv*;q=0.15, "\\ab'), max_size=60).map("".join))
def test_any_header_is_read(accept):
    assert all(0 <= one.quality <= 1 for one in read_accept(accept))
    with suppress(ProblemError):  # 406
        assert choose(RESULT_FORMATS["select"], accept).format in {"json", "xml", "csv", "tsv"}


@pytest.mark.parametrize("unit", ['"', '\\"', '"\\"', ",", ";", "a/b;", "*/*;q=", 'a/b;c="'])
def test_long_headers_are_read(unit):
    text = unit * 100_000  # which takes minutes where the time is not linear
    name = unit[:3] if "/" in unit else "*/*"
    assert [one.range.name for one in read_accept(text)] == [name]
    assert MediaType.read(text) is None or "/" in unit


# Over HTTP


@pytest.fixture(scope="module")
def client():
    with direct_client(is_writable=False) as client:
        yield client


def test_several_headers_are_one(client):
    headers = [("Accept", "text/csv;q=0.5"), ("Accept", "text/tab-separated-values")]
    response = client.get("/sparql", params={"query": "SELECT * {}"}, headers=headers)
    assert response.headers["content-type"] == TSV
    assert response.headers["vary"] == "Accept"


def test_result_that_is_not_to_be_had_is_a_problem(client):
    response = client.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": "text/turtle"})
    assert response.status_code == 406
    assert response.headers["content-type"] == "application/problem+json"
    assert RESULTS_JSON in response.json()["available"]
    assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize("name", ["format", "output"])
def test_format_is_chosen_by_parameter(client, name):
    response = client.get(
        "/sparql", params={"query": "ASK {}", name: "xml"}, headers={"Accept": RESULTS_JSON}
    )
    assert response.headers["content-type"] == RESULTS_XML


def test_graph_that_rdfxml_cannot_hold_is_a_problem(client):
    query = "CONSTRUCT { <http://x/a> <http://x/1> 1 } {}"
    response = client.get("/sparql", params={"query": query, "format": "rdfxml"})
    assert response.status_code == 406
    assert "choose ttl" in response.json()["detail"]


def test_text_that_xml_cannot_hold_is_a_problem(client):
    response = client.get("/sparql", params={"query": "SELECT ('\\u0001' AS ?a) {}", "format": "xml"})
    assert response.status_code == 406
    assert "ask for JSON" in response.json()["detail"]
