"""The terms of a graph's ontology, as an editor of queries offers them."""

from kg.exploration.ontology import TermKind, ontology, read_ontology
from kg.store import Store
from kg.vocabulary import KG, NIF

OWN = """
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix my: <https://example.org/terms#> .
my:adopts a owl:ObjectProperty ; kg:relationClass kg:OTHER ; rdfs:label "adopts"@en ; kg:verb "adopt" ;
    rdfs:subPropertyOf kg:relatesTo ; rdfs:domain kg:Entity ; rdfs:range kg:Entity ;
    skos:definition "The subject takes the object for its own." ; skos:example "Ana adopted Bo." .
"""


def by_iri(found):
    return {term.iri: term for term in found.terms}


def test_terms_have_what_an_editor_shows():
    terms = by_iri(ontology(Store.in_memory()))
    subject = terms[KG.subject.value]
    assert (subject.kind, subject.label) == (TermKind.PROPERTY, "subject")
    assert subject.definition == "The entity that acts, or of which the state is said."
    assert (subject.domain, subject.range) == (KG.Relation.value, KG.Entity.value)
    assert terms[KG.Relation.value].kind is TermKind.CLASS
    assert terms[KG.base + "Planned"].kind is TermKind.INDIVIDUAL


def test_terms_of_other_vocabularies_are_there_too():
    terms = by_iri(read_ontology())
    assert (terms[NIF.anchorOf.value].kind, terms[NIF.anchorOf.value].definition) == (TermKind.PROPERTY, "")


def test_terms_are_sorted_and_none_is_without_a_name():
    iris = [term.iri for term in read_ontology().terms]
    assert iris == sorted(set(iris))
    assert all(iri.startswith("http") for iri in iris)


def test_terms_of_the_graphs_own_ontology_are_there(tmp_path):
    (tmp_path / "own.ttl").write_text(OWN)
    with Store.create(tmp_path / "graph", ontology=tmp_path / "own.ttl") as store:
        term = by_iri(ontology(store))["https://example.org/terms#adopts"]
    assert (term.label, term.kind) == ("adopts", TermKind.PROPERTY)
