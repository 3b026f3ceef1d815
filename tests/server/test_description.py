"""SPARQL 1.1 Service Description (W3C 2013) and VoID."""

import pyoxigraph as ox
import pytest

from kg.server import DefaultGraph
from kg.server.description import FORMATS, MOST_GRAPHS, SD, VOID
from kg.server.service import WELL_KNOWN
from kg.store import Store
from kg.vocabulary import RDF, RDFS
from tests.server.direct import direct_client

EX = "http://example.org/"
ENDPOINT = "http://localhost/sparql"
DATA = b"""
<http://example.org/ana> a <http://example.org/Person> ; <http://example.org/knows> <http://example.org/bo> .
<http://example.org/bo> a <http://example.org/Person> .
"""


def store_of(graphs):
    """A store of the same triples in the default graph, and one triple in each of so many named ones."""
    store = Store.in_memory()
    store.data.load(DATA, ox.RdfFormat.TURTLE)
    for number in range(graphs):
        node = ox.NamedNode(f"{EX}{number}")
        store.data.add(ox.Quad(node, RDF.type, ox.NamedNode(f"{EX}Graph"), node))
    return store


def described(client, path="/sparql", **headers):
    """The description as a store that can be asked."""
    answer = client.get(path, headers={"Accept": "application/n-triples"} | headers)
    assert answer.status_code == 200, answer.text
    store = ox.Store()
    store.load(answer.content, ox.RdfFormat.N_TRIPLES)
    return store


def objects(store, subject, predicate):
    return {quad.object for quad in store.quads_for_pattern(subject, predicate, None)}


@pytest.fixture(scope="module")
def reader():
    with direct_client(store_of(2), is_writable=False) as client:
        yield client


@pytest.fixture(scope="module")
def writer():
    with direct_client(store_of(2), default_graph=DefaultGraph.OWN) as client:
        yield client


@pytest.mark.parametrize("path", ["/sparql", "/sparql?format=nt", WELL_KNOWN])
def test_service_is_described_where_nothing_is_asked(reader, path):
    found = described(reader, path)
    (service,) = found.quads_for_pattern(None, RDF.type, SD.Service)
    assert objects(found, service.subject, SD.endpoint) == {ox.NamedNode(ENDPOINT)}
    assert objects(found, service.subject, SD.supportedLanguage) == {SD.SPARQL11Query}
    assert objects(found, service.subject, SD.feature) == {SD.UnionDefaultGraph}
    assert objects(found, service.subject, SD.inputFormat) == set()


def test_formats_are_named_as_the_w3c_names_them(reader):
    names = "SPARQL_Results_JSON SPARQL_Results_XML SPARQL_Results_CSV SPARQL_Results_TSV"
    names += " Turtle N-Triples N-Quads TriG RDF_XML JSON-LD"
    wanted = {ox.NamedNode(FORMATS + name) for name in names.split()}
    assert objects(described(reader), None, SD.resultFormat) == wanted


def test_what_can_be_written_and_the_default_graph_are_as_set(writer):
    found = described(writer)
    assert objects(found, None, SD.supportedLanguage) == {SD.SPARQL11Query, SD.SPARQL11Update}
    assert ox.NamedNode(f"{FORMATS}Turtle") in objects(found, None, SD.inputFormat)
    assert objects(found, None, SD.feature) == set()


@pytest.mark.parametrize(("client", "default"), [("reader", 5), ("writer", 3)])
def test_dataset_is_counted(request, client, default):
    found = described(request.getfixturevalue(client))
    (dataset,) = objects(found, None, SD.defaultDataset)
    (graph,) = objects(found, dataset, SD.defaultGraph)
    assert objects(found, dataset, VOID.triples) == {ox.Literal(5)}
    assert objects(found, graph, VOID.triples) == {ox.Literal(default)}
    assert objects(found, dataset, VOID.distinctSubjects) == {ox.Literal(4)}
    assert len(objects(found, dataset, SD.namedGraph)) == 2


def test_classes_and_properties_are_counted(reader):
    found = described(reader)
    rows = found.query(f"""
        SELECT ?of ?n {{
          {{ ?part <{VOID.base}class> ?of ; <{VOID.base}entities> ?n }}
          UNION {{ ?part <{VOID.base}property> ?of ; <{VOID.base}triples> ?n }}
        }}""")
    counted = {row["of"].value.rpartition("/")[2]: int(row["n"].value) for row in rows}
    assert counted == {"Person": 2, "Graph": 2, "knows": 1, "22-rdf-syntax-ns#type": 4}


def test_many_graphs_are_not_listed_all():
    with direct_client(store_of(MOST_GRAPHS + 7), is_writable=False) as client:
        found = described(client)
    assert len(objects(found, None, SD.namedGraph)) == MOST_GRAPHS
    (note,) = objects(found, None, RDFS.comment)
    assert note.value.startswith("There are 7 more")


def test_counts_follow_changes(writer):
    before = described(writer)
    writer.put(f"/graph-store?graph={EX}new", content=DATA, headers={"Content-Type": "text/turtle"})
    after = described(writer)
    writer.delete(f"/graph-store?graph={EX}new")
    (many,), (more,) = (objects(found, None, VOID.distinctSubjects) for found in (before, after))
    assert (many, more) == (ox.Literal(4), ox.Literal(4))
    assert len(objects(after, None, SD.namedGraph)) == len(objects(before, None, SD.namedGraph)) + 1


def test_address_is_the_one_that_was_asked(reader):
    found = described(reader, Host="127.0.0.1:8000")
    assert objects(found, None, SD.endpoint) == {ox.NamedNode("http://127.0.0.1:8000/sparql")}


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "text/turtle"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/plain"),
    ],
)
def test_format_is_what_the_client_takes(reader, accept, media_type):
    answer = reader.get("/sparql", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (200, media_type)


def test_other_formats_are_not_acceptable(reader):
    assert reader.get("/sparql", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("name", ["format", "output"])
def test_format_may_be_named_by_a_parameter(reader, name):
    answer = reader.get("/sparql", params={name: "nt"})
    assert answer.headers["Content-Type"].startswith("application/n-triples")


def test_unchanged_description_is_not_sent_again(reader):
    tag = reader.get("/sparql").headers["ETag"]
    assert reader.get("/sparql", headers={"If-None-Match": tag}).status_code == 304


def test_query_that_is_left_out_is_an_error_where_something_is_asked(reader):
    assert reader.get("/sparql", params={"default-graph-uri": EX}).status_code == 400
    assert reader.post("/sparql", data={}).status_code in {400, 415}
