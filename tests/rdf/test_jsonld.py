"""JSON-LD by our context: exact, short, and the same for every processor."""

from __future__ import annotations

import io
import json

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld import jsonld
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from kg.errors import ExportError
from kg.rdf.context import CONTEXT_IRI, context_text, make_context, published_context
from kg.rdf.graphs import DEFAULT
from kg.rdf.jsonld import write_jsonld
from kg.types import EntityType
from kg.vocabulary import PREFIXES, load_vocabulary
from tests.builders import make_entity, make_extraction
from tests.rdf.strategies import WORDS
from tests.store.test_importing import ALL, graph_of, same

pytestmark = pytest.mark.filterwarnings(
    r"ignore:(Dataset|ConjunctiveGraph).* deprecated"
)  # by rdflib's own code
THEIR_DEFAULT = f"<{DATASET_DEFAULT_GRAPH_ID}>"
"""How the default graph is called where rdflib 7.1 writes it."""
A, B, G = (ox.NamedNode(f"https://example.org/{name}") for name in "abg")
XSD = "http://www.w3.org/2001/XMLSchema#"


def written(*quads: ox.Quad, prefixes=PREFIXES) -> bytes:
    graphs = sorted({quad.graph_name for quad in quads}, key=str)
    out = io.BytesIO()
    write_jsonld(((name, [q for q in quads if q.graph_name == name]) for name in graphs), out, prefixes)
    return out.getvalue()


def by_pyoxigraph(text: bytes) -> set[ox.Quad]:
    return set(ox.parse(text, ox.RdfFormat.JSON_LD))


def by_rdflib(text: bytes) -> set[ox.Quad]:
    dataset = rdflib.Dataset()
    dataset.parse(data=text, format="json-ld")
    quads = ox.parse(dataset.serialize(format="nquads").encode(), ox.RdfFormat.N_QUADS)
    return {
        ox.Quad(quad.subject, quad.predicate, quad.object) if str(quad.graph_name) == THEIR_DEFAULT else quad
        for quad in quads
    }


def by_pyld(text: bytes) -> set[ox.Quad]:
    quads = jsonld.to_rdf(json.loads(text), {"format": "application/n-quads"})
    return set(ox.parse(quads.encode(), ox.RdfFormat.N_QUADS))


READERS = (by_pyoxigraph, by_rdflib, by_pyld)


def example() -> bytes:
    out = io.BytesIO()
    place = make_entity("Oslo", EntityType.PLACE)
    said = make_extraction(place=place, time="2026-04", attribution=make_entity("Ed Fox"), symmetric=True)
    store = graph_of(said, *ALL[1:], claims=[same("Ana Bell", "A. Bell")])
    store.dump("jsonld", out)
    return out.getvalue()


@pytest.mark.parametrize("read", READERS)
def test_graph_is_the_same_for_every_processor(read):
    text = example()
    place = make_entity("Oslo", EntityType.PLACE)
    said = make_extraction(place=place, time="2026-04", attribution=make_entity("Ed Fox"), symmetric=True)
    store = graph_of(said, *ALL[1:], claims=[same("Ana Bell", "A. Bell")])
    assert read(text) == set(store.data)


LITERALS = [
    ox.Literal("plain"), ox.Literal(""), ox.Literal("two\nlines\t\u2028"), ox.Literal("en", language="en"),
    ox.Literal("de", language="de"), ox.Literal(7), ox.Literal(-1), ox.Literal(10**30), ox.Literal(True),
    *(ox.Literal(text, datatype=ox.NamedNode(XSD + kind)) for text, kind in (
        ("007", "integer"), ("-0", "integer"), ("1", "boolean"), ("0.93", "decimal"), ("1E0", "double"),
        ("2026-04-05", "date"), ("2026", "gYear"), ("true", "string"), ("x", "anyURI"),
    )),
]  # fmt: skip
PREDICATES = [
    f"{PREFIXES[prefix]}{name}" for prefix, name in (
        ("kg", "time"), ("kg", "confidence"), ("kg", "status"), ("kg", "subject"), ("kg", "predicate"),
        ("skos", "prefLabel"), ("nif", "beginIndex"), ("schema", "url"), ("owl", "sameAs"), ("rdf", "value"),
    )
] + ["https://example.org/own"]  # fmt: skip


@pytest.mark.parametrize("predicate", PREDICATES, ids=lambda iri: iri.rpartition("/")[2])
def test_value_of_any_kind_is_exact_under_any_key(predicate):
    values = [
        *LITERALS,
        A,
        ox.NamedNode(PREFIXES["kg"] + "Asserted"),
        ox.NamedNode("urn:x:y"),
        ox.BlankNode("b"),
    ]
    quads = {ox.Quad(A, ox.NamedNode(predicate), value, graph) for value in values for graph in (DEFAULT, G)}
    assert by_pyoxigraph(written(*quads)) == quads


@given(st.lists(st.tuples(WORDS, st.sampled_from(PREDICATES)), max_size=6))
@settings(max_examples=50, deadline=None)
def test_text_of_any_kind_is_exact(given_):
    quads = {ox.Quad(A, ox.NamedNode(predicate), ox.Literal(text), G) for text, predicate in given_}
    assert by_pyoxigraph(written(*quads)) == quads


@pytest.mark.parametrize("rest", ["x", "", "//x", "a:b", "a/b#c", "%20", "@id", "_:b"])
def test_iri_behind_a_prefix_is_exact(rest):
    iri = ox.NamedNode(PREFIXES["ent"] + rest)
    quad = ox.Quad(iri, ox.NamedNode(PREFIXES["kg"] + "meets"), iri, iri)
    assert by_pyoxigraph(written(quad)) == {quad}


def test_iri_that_looks_like_a_prefix_is_refused():
    with pytest.raises(ExportError, match="as if ent: were a prefix"):
        written(ox.Quad(ox.NamedNode("ent:x"), A, B, DEFAULT))


def test_triple_term_is_refused():
    with pytest.raises(ExportError, match="triple term"):
        written(ox.Quad(A, B, ox.Triple(A, B, A), DEFAULT))


@pytest.mark.parametrize("iri", ["https://example.org/x#", "https://example.org/x_"])
def test_own_prefix_is_used_where_it_can_be(iri):
    quad = ox.Quad(ox.NamedNode(iri + "a"), A, B, DEFAULT)
    text = written(quad, prefixes={**PREFIXES, "my": iri, "status": "https://example.org/status#"})
    assert by_pyoxigraph(text) == {quad}
    assert (b'"my:a"' in text) is iri.endswith("#")


# ---- how it reads


def test_all_that_a_graph_says_has_a_short_key():
    nodes = json.loads(example())["@graph"]
    keys = {
        key for node in [*nodes, *(part for one in nodes for part in one.get("@graph", ()))] for key in node
    }
    assert [key for key in keys if ":" in key] == ["kg:time"]  # a month, where the key is for days


def test_article_is_one_object_that_begins_with_itself():
    objects = json.loads(example())["@graph"]
    graphs = [one for one in objects if "@graph" in one and one["id"].startswith("art:")]
    assert [one["@graph"][0]["id"] for one in graphs] == [one["id"] for one in graphs]
    relation = graphs[0]["@graph"][1]
    assert set(relation["type"]) == {"CONSULT", "Relation"}
    assert relation["evidence"]["quote"] == graphs[0]["@graph"][0]["text"]


def test_file_says_where_its_context_is_published():
    said = json.loads(example())
    assert CONTEXT_IRI in said["comment"]
    assert said["@context"] == make_context()


def test_base_of_the_graph_is_in_the_context():
    text = written(ox.Quad(A, B, A, DEFAULT), prefixes={**PREFIXES, "ent": "https://example.org/entity/"})
    assert json.loads(text)["@context"]["ent"] == "https://example.org/entity/"


# ---- the context


def test_published_context_is_that_of_the_ontology():
    """Write it anew with: python -c "import kg.rdf.context as c; c.write_context()"."""
    assert json.loads(published_context()) == {"@context": make_context()}
    assert published_context() == f'{{\n  "@context": {context_text(make_context(), indent=2)}\n}}\n'


def test_context_has_a_key_for_every_term_of_the_vocabulary():
    vocabulary, context = load_vocabulary(), make_context()
    for records in (vocabulary.classes, vocabulary.properties, vocabulary.statuses, vocabulary.types):
        for record in records.values():
            prefix = "plover" if record.iri.startswith(PREFIXES["plover"]) else "kg"
            entry = context[record.iri.rpartition("#")[2]]
            found = entry["@id"] if isinstance(entry, dict) else entry
            assert found == f"{prefix}:{record.iri.rpartition('#')[2]}"


def test_keys_of_the_context_mean_one_thing_each():
    context = make_context()
    iris = [entry["@id"] if isinstance(entry, dict) else entry for entry in context.values()]
    terms = [iri for iri in iris if isinstance(iri, str)]
    assert len(terms) == len(set(terms))
