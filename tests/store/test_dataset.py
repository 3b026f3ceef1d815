"""The store through rdflib: the same data, read in place."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.compare import isomorphic

from kg.errors import ExportError
from kg.graph import Graph
from kg.store import FORMATS, Store
from tests.builders import make_extraction
from tests.store.test_importing import ALL, graph_of

RDFLIB = {"ttl": "turtle", "nt": "nt", "rdfxml": "xml", "trig": "trig", "nq": "nquads", "jsonld": "json-ld"}
pytestmark = pytest.mark.filterwarnings(
    r"ignore:(Dataset|ConjunctiveGraph).* deprecated"
)  # by rdflib's own code
KG = rdflib.Namespace("https://w3id.org/actors-kg/ontology#")
ENT = rdflib.Namespace("https://w3id.org/actors-kg/entity/")


@pytest.fixture
def path(tmp_path):
    graph_of(*ALL, path=tmp_path / "g").close()
    return tmp_path / "g"


def test_default_graph_is_the_union(path):
    with Graph.open(path) as graph, Store.open(path) as store:
        dataset = graph.rdf()
        assert len(dataset) == len({quad.triple for quad in store.data})
        assert (ENT.Ana_Bell, KG.meets, ENT.Bo_Cole) in dataset
        assert list(dataset.subjects(KG.subject, ENT.Ana_Bell))


def test_named_graphs_are_those_of_the_store(path):
    with Graph.open(path) as graph, Store.open(path) as store:
        names = {str(found.identifier) for found in graph.rdf().graphs()}
        assert names >= {name.value for name in store.data.named_graphs()}
        for name in store.data.named_graphs():
            one = graph.rdf().graph(rdflib.URIRef(name.value))
            assert len(one) == sum(1 for _ in store.data.quads_for_pattern(None, None, None, name))


def test_bound_parameters_and_prefixes_work(path):
    with Graph.open(path) as graph:
        rows = graph.rdf().query(
            "SELECT ?one ?who { ?one kg:meets ?who }", initBindings={"one": ENT.Ana_Bell}
        )
        assert {str(row.who) for row in rows} == {ENT.Bo_Cole.toPython(), ENT.Cy_Dole.toPython()}


@pytest.mark.parametrize("format_", ["trig", "nquads"])
def test_dataset_can_be_written_by_rdflib(format_, path):
    with Graph.open(path) as graph, Store.open(path) as store:
        text = graph.rdf().serialize(format=format_)
        parsed = set(ox.parse(text, {"trig": FORMATS["trig"], "nquads": FORMATS["nq"]}[format_]))
        assert {quad.triple for quad in parsed} == {quad.triple for quad in store.data}


def test_nothing_is_copied(path):
    """What comes to the store later is seen through a dataset that was made before."""
    with Store.create(path) as store:
        dataset = store.rdf()
        before = len(dataset)
        store.remove("a1")
        assert len(dataset) < before
        assert (ENT.Ana_Bell, KG.meets, ENT.Bo_Cole) not in dataset


def test_graph_that_is_read_cannot_be_changed(path):
    triple = (ENT.Ana_Bell, KG.meets, ENT.Zed)
    with Graph.open(path) as graph:
        before = len(graph.rdf())
        with pytest.raises(RuntimeError, match="only possible on read-write"):
            graph.rdf().add(triple)
        with pytest.raises(RuntimeError, match="only possible on read-write"):
            graph.rdf().update("DELETE WHERE { ?s ?p ?o }")
        assert len(graph.rdf()) == before


# ---- files, by rdflib and pyoxigraph


@pytest.mark.parametrize("format_", list(FORMATS))
def test_file_is_the_same_for_rdflib_and_pyoxigraph(format_, tmp_path):
    odd = make_extraction('\tAna Bell met\r\nBo Cole \u0085 in\u2028 <Oslo> & "Bergen".\r', article_id="odd")
    store = graph_of(*ALL, odd)
    store.dump(format_, tmp_path / "file")
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=(tmp_path / "file").read_bytes(), format=RDFLIB[format_])
    ours = rdflib.Graph().parse(data=ntriples(store.data), format="nt")
    read = rdflib.Graph()
    for triple in dataset.triples((None, None, None)):
        read.add(triple)
    assert isomorphic(read, ours)
    assert len(set(ox.parse(path=tmp_path / "file", format=FORMATS[format_]))) == len(store.data)
    if FORMATS[format_].supports_datasets:
        names = {str(found.identifier) for found in dataset.graphs() if len(found)}
        assert names >= {name.value for name in store.data.named_graphs()}


def test_property_without_a_name_is_refused_in_xml(tmp_path):
    store = graph_of()
    odd = ox.NamedNode("https://example.org/123")
    store.data.add(ox.Quad(odd, odd, odd))
    with pytest.raises(ExportError, match="does not end in a name"):
        store.dump("rdfxml", tmp_path / "file")


def ntriples(quads) -> bytes:
    written = ox.serialize({quad.triple for quad in quads}, format=ox.RdfFormat.N_TRIPLES)
    assert written
    return written
