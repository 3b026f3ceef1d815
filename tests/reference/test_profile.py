"""Each rule of OWL 2 RL and DL is broken by an ontology that breaks nothing else."""

from __future__ import annotations

import pytest

from kg.reference.profile import check_profile
from kg.reference.triples import read_triples

HEADER = """
@prefix my: <https://example.org/terms#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
my:A a owl:Class . my:B a owl:Class . my:C a owl:Class .
my:p a owl:ObjectProperty . my:q a owl:ObjectProperty . my:r a owl:ObjectProperty .
my:d a owl:DatatypeProperty . my:note a owl:AnnotationProperty .
"""

RL_BREAKERS = {
    "union above": (
        "my:A rdfs:subClassOf [ owl:unionOf ( my:B my:C ) ] .",
        "unionOf may not stand as superclass",
    ),
    "union in a range": (
        "my:p rdfs:range [ owl:unionOf ( my:B my:C ) ] .",
        "unionOf may not stand as superclass",
    ),
    "union in a domain": (
        "my:p rdfs:domain [ owl:unionOf ( my:B my:C ) ] .",
        "unionOf may not stand as superclass",
    ),
    "some above": (
        "my:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty my:p ; owl:someValuesFrom my:B ] .",
        "someValuesFrom may not stand as superclass",
    ),
    "all below": (
        "[ a owl:Restriction ; owl:onProperty my:p ; owl:allValuesFrom my:B ] rdfs:subClassOf my:A .",
        "allValuesFrom may not stand as subclass",
    ),
    "complement below": (
        "[ owl:complementOf my:B ] rdfs:subClassOf my:A .",
        "complementOf may not stand as sub",
    ),
    "listed above": ("my:A rdfs:subClassOf [ owl:oneOf ( my:x ) ] .", "oneOf may not stand as superclass"),
    "two at most": (
        "my:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty my:p ; owl:maxCardinality 2 ] .",
        "may be 0 or 1 only, not 2",
    ),
    "one at least": (
        "my:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty my:p ; owl:minCardinality 1 ] .",
        "minCardinality may not stand as superclass",
    ),
    "itself": (
        "my:A rdfs:subClassOf [ a owl:Restriction ; owl:onProperty my:p ; owl:hasSelf true ] .",
        "hasSelf may not stand as superclass",
    ),
    "some in an equivalence": (
        "my:A owl:equivalentClass [ a owl:Restriction ; owl:onProperty my:p ; owl:someValuesFrom my:B ] .",
        "someValuesFrom may not stand as equivalent class",
    ),
    "union within an intersection": (
        "my:A rdfs:subClassOf [ owl:intersectionOf ( my:B [ owl:unionOf ( my:B my:C ) ] ) ] .",
        "unionOf may not stand as superclass",
    ),
    "thing above": ("my:A rdfs:subClassOf owl:Thing .", "owl:Thing may not stand as superclass"),
    "thing as domain": ("my:p rdfs:domain owl:Thing .", "owl:Thing may not stand as superclass"),
    "thing as type": ("my:x a owl:Thing .", "owl:Thing may not stand as superclass"),
    "what is no class": (
        'my:A rdfs:subClassOf [ rdfs:label "odd" ] .',
        "what stands as superclass is no class",
    ),
    "disjoint complements": (
        "my:A owl:disjointWith [ owl:complementOf my:B ] .",
        "complementOf may not stand as sub",
    ),
    "all disjoint complements": (
        "[] a owl:AllDisjointClasses ; owl:members ( my:A [ owl:complementOf my:B ] ) .",
        "In owl:AllDisjointClasses, owl:complementOf",
    ),
    "key of what is not below": (
        "[ owl:complementOf my:B ] owl:hasKey ( my:p ) .",
        "In owl:hasKey, owl:complementOf",
    ),
    "disjoint union": ("my:A owl:disjointUnionOf ( my:B my:C ) .", "disjointUnionOf is not in the profile"),
    "reflexive": ("my:p a owl:ReflexiveProperty .", "ReflexiveProperty is not in the profile"),
    "date as range": ("my:d rdfs:range xsd:date .", "xsd:date is no datatype of the profile"),
    "real as range": ("my:d rdfs:range owl:real .", "owl:real is no datatype of the profile"),
    "listed values": (
        'my:d rdfs:range [ a rdfs:Datatype ; owl:oneOf ( "a" ) ] .',
        "oneOf may not stand as data range",
    ),
    "bounded values": (
        "my:d rdfs:range [ a rdfs:Datatype ; owl:onDatatype xsd:integer ; owl:withRestrictions ( ) ] .",
        "onDatatype may not stand as data range",
    ),
    "no data range": ("my:d rdfs:range [ ] .", "the range is no data range"),
    "defined by a list": (
        'my:T a rdfs:Datatype ; owl:equivalentClass [ a rdfs:Datatype ; owl:oneOf ( "a" ) ] .',
        "oneOf may not stand as data range",
    ),
    "date as value": ('my:A my:note "2026-01-01"^^xsd:date .', "is of xsd:date, which the profile lacks"),
    "annotation of an expression": (
        "my:note rdfs:range [ owl:unionOf ( my:A my:B ) ] .",
        "takes a name only",
    ),
}

DL_BREAKERS = {
    "undeclared property": ("my:x my:unknown my:y .", "my: It is used as a property"),
    "undeclared class": ("my:A rdfs:subClassOf my:Unknown .", "It is used as a class"),
    "undeclared class in an expression": (
        "[ owl:unionOf ( my:A my:Unknown ) ] rdfs:subClassOf my:B .",
        "as a class",
    ),
    "undeclared type": ("my:x a my:Unknown .", "It is used as a class"),
    "undeclared domain": ("my:p rdfs:domain my:Unknown .", "It is used as a class"),
    "undeclared super-property": ("my:p rdfs:subPropertyOf my:unknown .", "It is used as a property"),
    "undeclared property in a restriction": (
        "my:A rdfs:subClassOf [ owl:onProperty my:unknown ; owl:allValuesFrom my:B ] .",
        "It is used as a property",
    ),
    "undeclared step of a chain": (
        "my:p owl:propertyChainAxiom ( my:q my:unknown ) .",
        "It is used as a property",
    ),
    "undeclared key": ("my:A owl:hasKey ( my:unknown ) .", "It is used as a property"),
    "undeclared among disjoint": (
        "[] a owl:AllDisjointProperties ; owl:members ( my:p my:unknown ) .",
        "It is used as a property",
    ),
    "RDF's own property as class": ("my:p rdfs:range rdf:Property .", "It is used as a class"),
    "RDF Schema's class": ("my:D a rdfs:Class ; rdfs:subClassOf my:A .", "not declared as owl:Class"),
    "class and datatype": ("my:A a rdfs:Datatype .", "declared as class and as datatype"),
    "object and datatype property": (
        "my:p a owl:DatatypeProperty .",
        "as object property and as datatype property",
    ),
    "object and annotation property": (
        "my:p a owl:AnnotationProperty .",
        "as object property and as annotation",
    ),
    "kinds mixed": ("my:p rdfs:subPropertyOf my:d .", "both must be of one"),
    "inverse of values": ("my:d owl:inverseOf my:d .", "Only an object property has an inverse"),
    "literal of an object property": ('my:x my:p "text" .', "takes no literals"),
    "thing of a datatype property": ("my:x my:d my:y .", "takes literals only"),
    "transitive and functional": (
        "my:p a owl:TransitiveProperty, owl:FunctionalProperty .",
        "It is functional, but",
    ),
    "transitive and asymmetric": (
        "my:p a owl:TransitiveProperty, owl:AsymmetricProperty .",
        "It is asymmetric, but",
    ),
    "above what is transitive": (
        "my:p a owl:IrreflexiveProperty . my:q a owl:TransitiveProperty ; rdfs:subPropertyOf my:p .",
        "It is irreflexive, but it or a property below",
    ),
    "inverse of what is transitive": (
        "my:p a owl:InverseFunctionalProperty ; owl:inverseOf my:q . my:q a owl:TransitiveProperty .",
        "It is inverse functional, but",
    ),
    "chain and functional": (
        "my:p a owl:FunctionalProperty ; owl:propertyChainAxiom ( my:q my:r ) .",
        "It is functional, but",
    ),
    "transitive and counted": (
        "my:p a owl:TransitiveProperty . [ owl:onProperty my:p ; owl:maxCardinality 1 ] a my:A .",
        "It is counted in a restriction, but",
    ),
    "transitive and disjoint": (
        "my:p a owl:TransitiveProperty ; owl:propertyDisjointWith my:q .",
        "It is disjoint with another, but",
    ),
    "transitive among disjoint": (
        "my:p a owl:TransitiveProperty . [] a owl:AllDisjointProperties ; owl:members ( my:p my:q ) .",
        "It is disjoint with another, but",
    ),
    "chains in a circle": (
        "my:p owl:propertyChainAxiom ( my:q my:q ) . my:q owl:propertyChainAxiom ( my:p my:p ) .",
        "Its chain depends on itself",
    ),
    "itself in the middle of a chain": (
        "my:p owl:propertyChainAxiom ( my:q my:p my:r ) .",
        "Its chain depends on itself",
    ),
}

WITHIN = {
    "names": "my:A rdfs:subClassOf my:B . my:p rdfs:domain my:A ; rdfs:subPropertyOf my:q .",
    "union below": "[ owl:unionOf ( my:A my:B ) ] rdfs:subClassOf my:C .",
    "some thing below": "[ owl:onProperty my:p ; owl:someValuesFrom owl:Thing ] rdfs:subClassOf my:C .",
    "all above": "my:A rdfs:subClassOf [ owl:onProperty my:p ; owl:allValuesFrom my:B ] .",
    "complement above": "my:A rdfs:subClassOf [ owl:complementOf my:B ] .",
    "one at most": "my:A rdfs:subClassOf [ owl:onProperty my:p ; owl:maxCardinality 1 ] .",
    "one thing at most": (
        "my:A rdfs:subClassOf [ owl:onProperty my:p ; owl:maxQualifiedCardinality 1 ; owl:onClass my:B ] ."
    ),
    "values of a datatype": "my:A rdfs:subClassOf [ owl:onProperty my:d ; owl:allValuesFrom xsd:string ] .",
    "intersections": "my:A owl:equivalentClass [ owl:intersectionOf ( my:B my:C ) ] .",
    "both datatypes": "my:d rdfs:range [ a rdfs:Datatype ; owl:intersectionOf ( xsd:string xsd:token ) ] .",
    "a chain before its property": "my:p owl:propertyChainAxiom ( my:p my:q ) .",
    "transitive by a chain": "my:p owl:propertyChainAxiom ( my:p my:p ) .",
    "functional below transitive": (
        "my:q a owl:FunctionalProperty ; rdfs:subPropertyOf my:p . my:p a owl:TransitiveProperty ."
    ),
    "a name as class and as individual": "my:A a my:B .",
    "time of the profile": 'my:A my:note "2026-01-01T00:00:00Z"^^xsd:dateTime .',
}


@pytest.fixture
def broken(tmp_path):
    def found(text: str) -> list[str]:
        path = tmp_path / "mine.ttl"
        path.write_text(HEADER + text, "utf-8")
        return [str(problem) for problem in check_profile(read_triples([path]))]

    return found


@pytest.mark.parametrize(("text", "message"), RL_BREAKERS.values(), ids=RL_BREAKERS)
def test_rule_of_the_profile_is_broken(broken, text, message):
    problems = broken(text)
    assert len(problems) == 1
    assert message in problems[0]
    assert problems[0].endswith("[OWL 2 RL]")


@pytest.mark.parametrize(("text", "message"), DL_BREAKERS.values(), ids=DL_BREAKERS)
def test_rule_of_dl_is_broken(broken, text, message):
    problems = broken(text)
    assert problems
    assert all(message.removeprefix("my: ") in problem for problem in problems)
    assert all(problem.endswith("[OWL 2 DL]") for problem in problems)


@pytest.mark.parametrize("text", WITHIN.values(), ids=WITHIN)
def test_what_the_profile_has_is_let_pass(broken, text):
    assert broken(text) == []
