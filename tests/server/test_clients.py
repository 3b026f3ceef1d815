"""Clients that people have: each asks a server that runs, as `docs/clients.md` tells."""

import json
import shutil
import subprocess
import urllib.request

import httpx
import pandas as pd
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

from kg.server import Settings, background
from kg.store import Store

EX = rdflib.Namespace("http://example.org/")
TOKEN = "a-token-of-these-tests"
ORIGIN = "https://yasgui.example"
DATA = b"""@prefix : <http://example.org/> .
:ana :name "Ana Bell"@en ; :age 34 ; :knows :bo . :bo :name "Bo Cole, \\"B\\"" ; :age 27 .
:g { :bo :knows :ana . }
"""
NAMES = "SELECT ?x ?n { ?x <http://example.org/name> ?n } ORDER BY ?n"
AGES = "SELECT ?x ?a { ?x <http://example.org/age> ?a } ORDER BY ?a"
KNOWS = "CONSTRUCT { ?x <http://example.org/knows> ?y } WHERE { ?x <http://example.org/knows> ?y }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("asked") / "graph"
    with Store.create(folder) as store:
        store.data.load(DATA, ox.RdfFormat.TRIG)
    return folder


@pytest.fixture(scope="module")
def endpoint(folder):
    """The address of a server that takes no changes, and answers pages of one origin."""
    with background(Settings(graph=folder, port=0, workers=2, origins=(ORIGIN,))) as url:
        yield f"{url}sparql"


@pytest.fixture
def writable(tmp_path):
    """The address of a server of an empty graph, which takes changes."""
    Store.create(tmp_path / "graph").close()
    settings = Settings(graph=tmp_path / "graph", port=0, workers=1, is_writable=True, token=TOKEN)
    with background(settings) as url:
        yield url


# rdflib


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("format_", ["xml", "json", "csv", "tsv"])
def test_rdflib_store_asks(endpoint, method, format_):
    graph = rdflib.Graph(SPARQLStore(endpoint, method=method, returnFormat=format_))
    assert [int(row.a) for row in graph.query(AGES)] == [27, 34]


def test_rdflib_store_has_the_terms_as_they_are(endpoint):
    graph = rdflib.Graph(SPARQLStore(endpoint))
    rows = [(row.x, row.n) for row in graph.query(NAMES)]
    named = [(EX.ana, rdflib.Literal("Ana Bell", lang="en")), (EX.bo, rdflib.Literal('Bo Cole, "B"'))]
    assert rows == named


def test_rdflib_store_is_a_graph(endpoint):
    graph = rdflib.Graph(SPARQLStore(endpoint))
    assert (EX.ana, EX.knows, EX.bo) in graph
    assert graph.value(EX.bo, EX.age) == rdflib.Literal(27)
    assert {*graph.subjects(EX.knows)} == {EX.ana, EX.bo}
    assert len(graph) == 6


def test_rdflib_store_constructs_and_answers(endpoint):
    graph = rdflib.Graph(SPARQLStore(endpoint))
    assert {*graph.query(KNOWS).graph} == {(EX.ana, EX.knows, EX.bo), (EX.bo, EX.knows, EX.ana)}
    assert graph.query("ASK { <http://example.org/ana> ?p 34 }").askAnswer is True


def test_rdflib_store_asks_one_graph(endpoint):
    graph = rdflib.Graph(SPARQLStore(endpoint), identifier=EX.g)
    assert [*graph.subject_objects(EX.knows)] == [(EX.bo, EX.ana)]
    assert len(graph) == 1


@pytest.mark.slow
def test_rdflib_store_writes(writable):
    headers = {"Authorization": f"Bearer {TOKEN}"}
    store = SPARQLUpdateStore(f"{writable}sparql", f"{writable}update", headers=headers)
    graph = rdflib.Graph(store, identifier=EX.g)
    graph.add((EX.ana, EX.name, rdflib.Literal("Ana")))
    graph.addN([(EX.bo, EX.name, rdflib.Literal("Bo"), graph), (EX.cy, EX.name, rdflib.Literal("Cy"), graph)])
    graph.remove((EX.cy, None, None))
    graph.update("DELETE { ?x ?p 'Bo' } INSERT { ?x ?p 'Bob' } WHERE { ?x ?p 'Bo' }")
    assert {*graph.objects(None, EX.name)} == {rdflib.Literal("Ana"), rdflib.Literal("Bob")}


def test_rdflib_parses_a_graph_of_the_graph_store(endpoint):
    graph = rdflib.Graph().parse(endpoint.replace("sparql", "graph-store?graph=http://example.org/g"))
    assert [*graph] == [(EX.bo, EX.knows, EX.ana)]


def test_rdflib_parses_the_description(endpoint):
    described = rdflib.Graph().parse(endpoint)
    service = rdflib.URIRef("http://www.w3.org/ns/sparql-service-description#endpoint")
    assert [*described.objects(None, service)] == [rdflib.URIRef(endpoint)]


# SPARQLWrapper


@pytest.fixture
def wrapper(endpoint):
    module = pytest.importorskip("SPARQLWrapper")
    return module.SPARQLWrapper(endpoint)


@pytest.mark.parametrize(
    ("method", "way"), [("GET", "urlencoded"), ("POST", "urlencoded"), ("POST", "postdirectly")]
)
def test_sparqlwrapper_selects(wrapper, method, way):
    wrapper.setMethod(method)
    wrapper.setRequestMethod(way)
    wrapper.setReturnFormat("json")
    wrapper.setQuery(AGES)
    assert [row["a"]["value"] for row in wrapper.queryAndConvert()["results"]["bindings"]] == ["27", "34"]


@pytest.mark.parametrize("format_", ["xml", "json", "csv", "tsv"])
def test_sparqlwrapper_gets_the_format_that_it_wants(wrapper, format_):
    wrapper.setQuery(NAMES)
    wrapper.setReturnFormat(format_)
    found = wrapper.query()
    assert format_ in found.info()["content-type"].replace("tab-separated-values", "tsv")
    assert b"Ana Bell" in found.response.read()


@pytest.mark.parametrize("format_", ["turtle", "n3", "rdf+xml", "xml", "json-ld"])
def test_sparqlwrapper_constructs(wrapper, format_):
    kinds = {"json-ld": ox.RdfFormat.JSON_LD, "turtle": ox.RdfFormat.TURTLE, "n3": ox.RdfFormat.TURTLE}
    wrapper.setQuery(KNOWS)
    wrapper.setReturnFormat(format_)
    body = wrapper.query().response.read()
    found = {quad.subject.value for quad in ox.parse(body, kinds.get(format_, ox.RdfFormat.RDF_XML))}
    assert found == {str(EX.ana), str(EX.bo)}


def test_sparqlwrapper_asks(wrapper):
    wrapper.setQuery("ASK { ?x <http://example.org/age> 34 }")
    wrapper.setReturnFormat("json")
    assert wrapper.queryAndConvert()["boolean"] is True


def test_sparqlwrapper_tells_what_is_wrong(wrapper):
    module = pytest.importorskip("SPARQLWrapper")
    wrapper.setQuery("SELECT ?x { ?x }")
    with pytest.raises(module.SPARQLExceptions.QueryBadFormed, match="Line 1"):
        wrapper.query()


@pytest.mark.slow
def test_sparqlwrapper_updates(writable):
    module = pytest.importorskip("SPARQLWrapper")
    wrapper = module.SPARQLWrapper(f"{writable}sparql", f"{writable}update")
    wrapper.addCustomHttpHeader("Authorization", f"Bearer {TOKEN}")
    wrapper.setMethod("POST")
    wrapper.setQuery("INSERT DATA { <http://example.org/a> <http://example.org/b> 7 }")
    wrapper.query()
    wrapper.setMethod("GET")
    wrapper.setQuery("SELECT ?v { ?s ?p ?v }")
    wrapper.setReturnFormat("json")
    assert wrapper.queryAndConvert()["results"]["bindings"][0]["v"]["value"] == "7"


# curl


def curl(*arguments):
    program = shutil.which("curl")
    if program is None:
        pytest.skip("there is no curl")
    done = subprocess.run([program, "-sS", *arguments], capture_output=True, check=True, timeout=30)
    return done.stdout.decode()


def test_curl_asks_by_get_by_form_and_by_body(endpoint):
    wanted = "x,a\r\nhttp://example.org/bo,27\r\nhttp://example.org/ana,34\r\n"
    accept = ("-H", "Accept: text/csv", endpoint)
    assert curl("-G", "--data-urlencode", f"query={AGES}", *accept) == wanted
    assert curl("--data-urlencode", f"query={AGES}", *accept) == wanted
    assert curl("-H", "Content-Type: application/sparql-query", "--data-binary", AGES, *accept) == wanted


def test_curl_asks_with_a_query_of_a_file(endpoint, tmp_path):
    (tmp_path / "ages.rq").write_text(AGES)
    assert '"27"' in curl("--data-urlencode", f"query@{tmp_path / 'ages.rq'}", endpoint)


@pytest.mark.slow
def test_curl_gets_and_puts_a_graph(writable, tmp_path):
    (tmp_path / "g.ttl").write_text("<http://example.org/a> <http://example.org/b> 7 .")
    graph = f"{writable}graph-store?graph=http://example.org/g"
    token, code = ("-H", f"Authorization: Bearer {TOKEN}"), ("-w", "%{http_code}")
    sent = ("-H", "Content-Type: text/turtle", "-T", str(tmp_path / "g.ttl"))
    assert curl(*token, *code, *sent, graph) == "201"
    triples = curl(*token, "-H", "Accept: application/n-triples", graph)
    assert triples.startswith('<http://example.org/a> <http://example.org/b> "7"')
    assert curl(*token, *code, "-F", f"file=@{tmp_path / 'g.ttl'};type=text/turtle", graph) == "200"
    assert curl(*token, *code, "-X", "DELETE", graph) == "200"


def test_curl_is_told_what_is_wrong(endpoint):
    told = json.loads(curl("--data-urlencode", "query=SELECT ?x { ?x }", endpoint))
    assert (told["status"], told["line"]) == (400, 1)
    assert "column 16" in told["detail"]


# pandas, httpx and what comes with Python


def test_pandas_reads_csv_from_the_address(endpoint):
    url = httpx.URL(endpoint, params={"query": AGES, "format": "csv"})
    frame = pd.read_csv(str(url))
    assert frame.to_dict("list") == {"x": ["http://example.org/bo", "http://example.org/ana"], "a": [27, 34]}


def test_pandas_reads_what_must_be_quoted(endpoint):
    frame = pd.read_csv(str(httpx.URL(endpoint, params={"query": NAMES, "format": "csv"})))
    assert [*frame["n"]] == ["Ana Bell", 'Bo Cole, "B"']


def test_httpx_asks(endpoint):
    answer = httpx.post(endpoint, data={"query": AGES}, headers={"Accept": "application/sparql-results+json"})
    assert [row["a"]["value"] for row in answer.json()["results"]["bindings"]] == ["27", "34"]


def test_urllib_asks(endpoint):
    url = str(httpx.URL(endpoint, params={"query": AGES}))
    with urllib.request.urlopen(url) as answer:
        assert json.load(answer)["head"]["vars"] == ["x", "a"]


# Other stores


def test_oxigraph_asks_as_a_service_of_its_own_queries(endpoint):
    found = ox.Store().query(f"SELECT ?x ?a {{ SERVICE <{endpoint}> {{ {AGES.partition('ORDER')[0]} }} }}")
    assert sorted(int(row["a"].value) for row in found) == [27, 34]


# What pages send, such as those with Yasgui


def yasgui(endpoint, origin):
    """What Yasgui sends from a page of an origin."""
    headers = {
        "Accept": "application/sparql-results+json,*/*;q=0.9",
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
        "Origin": origin,
        "Sec-Fetch-Mode": "cors",
        "Sec-Fetch-Site": "cross-site",
    }
    return httpx.post(endpoint, content=str(httpx.QueryParams(query=AGES)), headers=headers)


def test_yasgui_asks_from_a_page_that_is_listed(endpoint):
    answer = yasgui(endpoint, ORIGIN)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert answer.headers["Content-Type"].startswith("application/sparql-results+json")


def test_yasgui_is_refused_from_another_page(endpoint):
    answer = yasgui(endpoint, "https://other.example")
    assert answer.status_code == 403
    assert "--allow-origin" in answer.json()["detail"]
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_page_may_send_queries_as_bodies_and_a_token(endpoint):
    headers = {
        "Origin": ORIGIN,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type, authorization",
    }
    answer = httpx.options(endpoint, headers=headers)
    assert answer.status_code == 204
    allowed = answer.headers["Access-Control-Allow-Headers"].lower()
    assert "content-type" in allowed
    assert "authorization" in allowed


JAVASCRIPT = """
const url = process.argv[1] + '?query=' + encodeURIComponent(process.argv[2]);
fetch(url, {headers: {Accept: 'application/sparql-results+json'}})
  .then((answer) => answer.json())
  .then(({results}) => console.log(results.bindings.map((row) => row.a.value).join()));
"""


def test_javascript_asks(endpoint):
    program = shutil.which("node")
    if program is None:
        pytest.skip("there is no node")
    done = subprocess.run(
        [program, "-e", JAVASCRIPT, endpoint, AGES], capture_output=True, check=True, timeout=30
    )
    assert done.stdout == b"27,34\n"
