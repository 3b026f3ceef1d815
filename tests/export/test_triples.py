"""Terms and triples for rdflib."""

import pytest
import rdflib
from rdflib.namespace import XSD

from kg.errors import QueryError
from kg.export.triples import oxigraph_term, rdflib_graph
from kg.store import Store
from tests.builders import make_extraction


def test_triples_become_a_graph_with_prefixes():
    store = Store.in_memory()
    store.add(make_extraction())
    made = store.query("CONSTRUCT { ?a kg:knows ?b } { ?a kg:meets ?b }").triples
    graph = rdflib_graph(made, store.prefixes)
    assert "ent:Ana_Bell kg:knows ent:Bo_Cole" in graph.serialize(format="turtle")
    assert len(graph) == 1


@pytest.mark.parametrize(
    "term",
    [
        rdflib.URIRef("https://example.org/a"),
        rdflib.Literal("Ana"),
        rdflib.Literal("Ana", lang="en"),
        rdflib.Literal(7),
        rdflib.Literal("2026-04-04", datatype=XSD.date),
    ],
    ids=repr,
)
def test_terms_are_the_same(term):
    assert str(oxigraph_term(term)) == written(term)


def written(term):
    """The term in N-Triples, which both libraries write."""
    line = rdflib.Graph().add((rdflib.URIRef("a:a"), rdflib.URIRef("a:b"), term)).serialize(format="nt")
    return line.strip().removeprefix("<a:a> <a:b> ").removesuffix(" .")


@pytest.mark.parametrize("term", [rdflib.BNode("b"), rdflib.URIRef("no iri"), rdflib.Variable("x")], ids=repr)
def test_term_that_cannot_be_bound_is_told(term):
    with pytest.raises(QueryError, match=r"cannot be bound|is not an IRI"):
        oxigraph_term(term)
