"""Each rule for terms is broken by an ontology that breaks nothing else."""

from __future__ import annotations

import pytest

from kg.reference.lint import check_terms
from kg.reference.triples import read_triples

HEADER = """
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix my: <https://example.org/terms#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix schema: <https://schema.org/> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
WORDS = 'rdfs:label "%s" ; skos:definition "What it means." ; skos:example "This." .\n'
ENDS = "rdfs:domain my:Animal ; rdfs:range my:Animal ; "


def term(name: str, said: str, label: str | None = None) -> str:
    return f"my:{name} {said} {WORDS % (label or name)}"


ANIMAL = term("Animal", "a owl:Class ;")
BIRD = term("Bird", "a owl:Class ; rdfs:subClassOf my:Animal ;")
EATS = term("eats", f"a owl:ObjectProperty ; {ENDS}")
EATEN = term("eatenBy", f"a owl:ObjectProperty ; owl:inverseOf my:eats ; {ENDS}")
SHAPES = "my:S sh:targetClass my:Animal ; sh:property [ sh:path my:eats ] , [ sh:path my:eatenBy ] ."

BREAKERS = {
    "label": (
        f"my:Animal a owl:Class ; {WORDS.replace('rdfs:label', 'rdfs:comment') % 'animal'}",
        "no rdfs:label",
    ),
    "two labels": (term("Animal", 'a owl:Class ; rdfs:label "beast" ;'), "two labels in one language"),
    "one label twice": (ANIMAL + term("Bird", "a owl:Class ;", "Animal"), "'Animal' is that of"),
    "definition": (ANIMAL.replace("skos:definition", "rdfs:comment"), "no skos:definition"),
    "example": (ANIMAL.replace("skos:example", "rdfs:comment"), "no skos:example"),
    "domain": (ANIMAL + EATS.replace("rdfs:domain my:Animal ;", ""), "no rdfs:domain"),
    "range": (ANIMAL + EATS.replace("rdfs:range my:Animal ;", ""), "no rdfs:range"),
    "inverse said twice": (
        ANIMAL + EATEN + EATS + "my:eats owl:inverseOf my:eatenBy .",
        "both state the inverse",
    ),
    "inverse of two": (
        ANIMAL
        + EATS
        + EATEN
        + term("hunts", f"a owl:ObjectProperty ; {ENDS}")
        + "my:eatenBy owl:inverseOf my:hunts .",
        "the inverse of two",
    ),
    "inverse of a symmetric one": (
        ANIMAL + EATS + EATEN + "my:eats a owl:SymmetricProperty .",
        "symmetric property is its own inverse",
    ),
    "inverse at the side that is read": (
        ANIMAL
        + EATS
        + EATEN
        + "my:eatenBy kg:relationClass my:MEAL .\n"
        + term("MEAL", "a owl:Class ; rdfs:subClassOf kg:Event ;"),
        "It is read from articles",
    ),
    "inverse of other ends": (
        ANIMAL + BIRD + EATS + EATEN.replace("domain my:Animal", "domain my:Bird"),
        "the other way round",
    ),
    "symmetric of two ends": (
        ANIMAL
        + BIRD
        + term(
            "meets",
            "a owl:SymmetricProperty, owl:ObjectProperty ; rdfs:domain my:Bird ; rdfs:range my:Animal ;",
        ),
        "It is symmetric, but",
    ),
    "wider than what is above": (
        ANIMAL
        + BIRD
        + EATS.replace("domain my:Animal", "domain my:Bird")
        + term("devours", f"a owl:ObjectProperty ; rdfs:subPropertyOf my:eats ; {ENDS}"),
        "Its domain is not within",
    ),
    "relation class": (
        ANIMAL + EATS + "my:eats kg:relationClass my:Animal .",
        "not below kg:Event or kg:State",
    ),
    "colour": (ANIMAL + 'my:Animal kg:colour "red" .', "'red'; write it as"),
    "form": (ANIMAL + EATS + 'my:eats kg:verb "Eat up" .', "'Eat up' is no"),
    "matched twice": (
        ANIMAL + "my:Animal skos:closeMatch wd:Q729 ; skos:broadMatch wd:Q729 .",
        "matched to wd:Q729 in two ways",
    ),
    "class matched to a property": (
        ANIMAL + "my:Animal skos:closeMatch wd:P31 .",
        "no entity of Wikidata of its kind",
    ),
    "property matched to an item": (
        ANIMAL + EATS + "my:eats skos:broadMatch wd:Q1 .",
        "no entity of Wikidata of",
    ),
    "page of Wikidata": (
        ANIMAL + "my:Animal skos:closeMatch <http://www.wikidata.org/wiki/Q729> .",
        "no entity of Wikidata of its kind",
    ),
    "matched to words": (ANIMAL + 'my:Animal skos:closeMatch "Q729" .', "is a text; write an IRI"),
}

COVERED = {
    "target": "sh:property [ sh:path my:eats ] , [ sh:path my:eatenBy ] .",
    "sequence": "sh:property [ sh:path ( my:eats my:eatenBy ) ] .",
    "alternatives": "sh:property [ sh:path [ sh:alternativePath ( my:eats my:eatenBy ) ] ] .",
    "inverse path": "sh:property [ sh:path [ sh:inversePath my:eats ] ] , [ sh:path my:eatenBy ] .",
    "subjects and objects": "sh:targetSubjectsOf my:eats ; sh:targetObjectsOf my:eatenBy .",
}

UNCOVERED = {
    "class": ("my:S sh:property [ sh:path my:eats ] , [ sh:path my:other ] .", {"Animal", "Bird", "eatenBy"}),
    "property": ("my:S sh:targetClass my:Animal .", {"eats", "eatenBy"}),
    "class beside": ("my:S sh:targetClass my:Bird ; sh:property [ sh:path my:eats ] .", {"eatenBy"}),
}


@pytest.fixture
def read(tmp_path):
    def triples(text: str):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.ttl"
        path.write_text(HEADER + text, "utf-8")
        return read_triples([path])

    return triples


@pytest.mark.parametrize(("text", "message"), BREAKERS.values(), ids=BREAKERS)
def test_rule_is_broken(read, text, message):
    problems = [str(problem) for problem in check_terms(read(text))]
    assert problems
    assert all(message in problem for problem in problems)


def test_ontology_without_problems_has_none(read):
    assert check_terms(read(ANIMAL + BIRD + EATS + EATEN), read(SHAPES)) == []


@pytest.mark.parametrize("shapes", COVERED.values(), ids=COVERED)
@pytest.mark.parametrize("target", ["Animal", "Bird"])
def test_shape_covers(read, shapes, target):
    found = read(f"my:S sh:targetClass my:{target} ; {shapes}")
    assert check_terms(read(ANIMAL + BIRD + EATS + EATEN), found) == []


@pytest.mark.parametrize(("shapes", "wanted"), UNCOVERED.values(), ids=UNCOVERED)
def test_term_lacks_a_shape(read, shapes, wanted):
    problems = check_terms(read(ANIMAL + BIRD + EATS + EATEN), read(shapes))
    assert {problem.term.partition("#")[2].rstrip(">") for problem in problems} == wanted
    assert {problem.rule for problem in problems} == {"shape"}


def test_annotation_needs_no_shape(read):
    assert check_terms(read(term("note", "a owl:AnnotationProperty ;")), read("")) == []


def test_listed_value_has_a_shape(read):
    kinds = (
        term("Mood", "a owl:Class ;")
        + term("Glad", "a my:Mood ;")
        + term("mood", "a owl:ObjectProperty ; rdfs:domain my:Mood ; rdfs:range my:Mood ;")
    )
    assert check_terms(read(kinds), read("my:S sh:property [ sh:path my:mood ; sh:in ( my:Glad ) ] .")) == []
    found = check_terms(read(kinds), read("my:S sh:property [ sh:path my:mood ] ."))
    assert [problem.term for problem in found] == [
        "<https://example.org/terms#Glad>",
        "<https://example.org/terms#Mood>",
    ]


def test_code_of_a_scheme_needs_label_and_definition_only(read):
    code = 'my:1 a skos:Concept ; skos:prefLabel "one" ; skos:definition "The first." .'
    assert check_terms(read(code), read("")) == []
    assert [problem.rule for problem in check_terms(read("my:1 a skos:Concept ."), read(""))] == [
        "definition",
        "label",
    ]


def test_term_of_another_vocabulary_is_not_asked_for_anything(read):
    assert (
        check_terms(read("schema:Person a owl:Class ; rdfs:isDefinedBy <https://schema.org/> ."), read(""))
        == []
    )
