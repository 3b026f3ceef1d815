"""What follows by the ontology: the rules one by one, and all of them against another reasoner."""

from __future__ import annotations

from collections.abc import Iterable

import owlrl
import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from owlrl.OWLRL import OWLRL_Semantics
from rdflib.namespace import OWL, RDF, RDFS

from kg.errors import VocabularyError
from kg.rdf.inference import Axioms, Rule, close, read_axioms
from kg.vocabulary import KG, ontology_files
from tests.builders import make_extraction
from tests.store.test_importing import ALL, graph_of

EX = rdflib.Namespace("https://example.org/")
NODES = [ox.NamedNode(EX[name]) for name in "abcdef"]
PROPERTIES = [ox.NamedNode(EX[name]) for name in "pqrst"]
A, B, C, D, *_ = NODES
P, Q, R, *_ = PROPERTIES
RULES = {"prp-symp", "prp-inv1", "prp-inv2", "prp-spo1", "prp-trp"}


def closure(axioms: Axioms, *facts: tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode]) -> dict:
    by_property: dict = {predicate: set() for predicate in axioms.properties}
    for subject, predicate, item in facts:
        by_property.setdefault(predicate, set()).add((subject, item))
    return dict(close(by_property, axioms).triples)


def test_symmetric_property_holds_the_other_way_round():
    assert closure(Axioms(symmetric=frozenset({P})), (A, P, B)) == {(B, P, A): Rule.SYMMETRY}


@pytest.mark.parametrize(
    ("fact", "wanted"), [((A, P, B), {(B, Q, A): Rule.INVERSE}), ((A, Q, B), {(B, P, A): Rule.OTHER_INVERSE})]
)
def test_inverse_holds_the_other_way_round(fact, wanted):
    assert closure(Axioms(inverse=frozenset({(P, Q)})), fact) == wanted


def test_property_implies_all_above_it():
    axioms = Axioms(above=frozenset({(P, Q), (Q, R)}))
    assert closure(axioms, (A, P, B)) == {(A, Q, B): Rule.SUBPROPERTY, (A, R, B): Rule.SUBPROPERTY}


def test_transitive_property_holds_over_steps():
    found = closure(Axioms(transitive=frozenset({P})), (A, P, B), (B, P, C), (C, P, D))
    assert found == dict.fromkeys([(A, P, C), (B, P, D), (A, P, D)], Rule.TRANSITIVITY)


def test_circle_of_a_transitive_property_comes_to_an_end():
    found = closure(Axioms(transitive=frozenset({P})), (A, P, B), (B, P, A))
    assert set(found) == {(A, P, A), (B, P, B)}


def test_rules_work_on_what_others_gave():
    axioms = Axioms(symmetric=frozenset({Q}), above=frozenset({(P, Q)}), transitive=frozenset({Q}))
    found = closure(axioms, (A, P, B), (B, P, C))
    assert {(C, Q, A), (A, Q, A), (A, Q, C)} <= set(found)


def test_nothing_is_said_of_a_literal():
    name = ox.Literal("x")
    axioms = Axioms(symmetric=frozenset({P}), transitive=frozenset({P}), above=frozenset({(P, Q)}))
    assert set(closure(axioms, (A, P, name))) == {(A, Q, name)}


def test_what_is_a_fact_is_not_inferred():
    assert closure(Axioms(above=frozenset({(P, Q)})), (A, P, B), (A, Q, B)) == {}


def test_counts_are_by_rule_and_property():
    facts = {P: {(A, B), (B, C)}, Q: set()}
    found = close(facts, Axioms(symmetric=frozenset({P}), above=frozenset({(P, Q)})))
    assert found.by_rule() == {"prp-symp": 2, "prp-spo1": 4}
    assert found.by_property() == {Q.value: 4, P.value: 2}


# ---- against owlrl


class _OnlyRules(OWLRL_Semantics):
    """owlrl with no rules but ours, and without the axioms that it adds."""

    def add_axioms(self):
        """None."""

    def add_d_axioms(self):
        """None."""

    def one_time_rules(self):
        """None."""

    def rules(self, t, cycle_num):
        """Those of its rules on properties that are ours, by what they need."""
        _, predicate, item = t
        ours = {RDFS.subPropertyOf, OWL.inverseOf}
        kinds = {OWL.SymmetricProperty, OWL.TransitiveProperty}
        if predicate in ours or (predicate == RDF.type and item in kinds):
            self._properties(t, cycle_num)


def closed(axioms: Axioms, facts: Iterable[tuple]) -> set[tuple]:
    """All triples of the properties of the axioms, by owlrl."""
    graph = rdflib.Graph()
    for kind, nodes in (
        (OWL.SymmetricProperty, axioms.symmetric),
        (OWL.TransitiveProperty, axioms.transitive),
    ):
        for one in nodes:
            graph.add((rdflib.URIRef(one.value), RDF.type, kind))
    for predicate, pairs in ((RDFS.subPropertyOf, axioms.above), (OWL.inverseOf, axioms.inverse)):
        for one, other in pairs:
            graph.add((rdflib.URIRef(one.value), predicate, rdflib.URIRef(other.value)))
    for fact in facts:
        graph.add(fact)
    owlrl.DeductiveClosure(_OnlyRules).expand(graph)
    wanted = {rdflib.URIRef(node.value) for node in axioms.properties}
    return {triple for triple in graph if triple[1] in wanted}


NODE, PROPERTY = st.sampled_from(NODES), st.sampled_from(PROPERTIES)
PAIRS = st.frozensets(st.tuples(PROPERTY, PROPERTY), max_size=3)
KINDS = st.frozensets(PROPERTY, max_size=2)


@pytest.mark.slow
@given(
    st.builds(Axioms, symmetric=KINDS, transitive=KINDS, above=PAIRS, inverse=PAIRS),
    st.sets(st.tuples(NODE, PROPERTY, NODE), max_size=12),
)
@settings(max_examples=150, deadline=None)
def test_closure_is_that_of_owlrl(axioms, facts):
    found = {tuple(rdflib.URIRef(node.value) for node in triple) for triple in closure(axioms, *facts)}
    stated = {tuple(rdflib.URIRef(node.value) for node in fact) for fact in facts}
    assert found == closed(axioms, stated) - stated


# ---- axioms


def test_axioms_are_read_from_the_files():
    axioms = read_axioms(ontology_files(actors=False))
    assert KG.marriedTo in axioms.symmetric
    assert (KG.marriedTo, KG.familyOf) in axioms.above
    assert (KG.subject, ox.NamedNode("http://semanticweb.cs.vu.nl/2009/11/sem/hasActor")) in axioms.above
    assert (KG.parentOf, KG.childOf) in axioms.inverse | {(b, a) for a, b in axioms.inverse}


def test_axioms_on_what_has_no_iri_are_passed_over(tmp_path):
    text = (
        "@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix e: <https://example.org/> .\n"
        "e:p owl:inverseOf [ a owl:SymmetricProperty ] . e:q a owl:TransitiveProperty ."
    )
    (tmp_path / "o.ttl").write_text(text)
    assert read_axioms([tmp_path / "o.ttl"]) == Axioms(transitive=frozenset({Q}))


def test_ontology_that_cannot_be_read_is_an_error(tmp_path):
    with pytest.raises(VocabularyError, match="cannot be read"):
        read_axioms([tmp_path / "none.ttl"])


def test_rules_are_those_of_the_specification():
    assert {rule.value for rule in Rule} == RULES


@pytest.mark.slow
def test_closure_of_a_graph_by_the_ontology_is_that_of_owlrl(tmp_path):
    own = tmp_path / "own.ttl"
    own.write_text(
        "@prefix kg: <https://w3id.org/actors-kg/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> ."
        "@prefix e: <https://example.org/> . kg:meets a owl:TransitiveProperty ; owl:inverseOf e:metBy ."
    )
    axioms = read_axioms(ontology_files(own, actors=False))
    married = make_extraction(article_id="m", property="marriedTo", relation_class="FAMILY_OF", time="2026")
    data = graph_of(*ALL, married).data
    facts = {
        one: {(quad.subject, quad.object) for quad in data.quads_for_pattern(None, one, None, None)}
        for one in axioms.properties
    }
    inferred = {ox.Triple(*found) for found in close(facts, axioms).triples}
    text = ox.serialize(inferred, format=ox.RdfFormat.N_TRIPLES)
    stated = ox.serialize({quad.triple for quad in data}, format=ox.RdfFormat.N_TRIPLES)
    found = set(rdflib.Graph().parse(data=text, format="nt"))
    graph = rdflib.Graph().parse(data=stated, format="nt")
    assert found == closed(axioms, graph) - set(graph)
    assert len(found) > len(ALL)
