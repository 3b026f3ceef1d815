"""The ontology's files hold together: terms, shapes, examples."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.vocabulary import KG, OWL, RDF, RDFS, SKOS, ontology_folder

ONTOLOGY = ontology_folder()
PATTERN = re.compile(r"[^\W\d_][\w'’./-]*(?: [\w'’./-]+)*")


@pytest.fixture(scope="module")
def terms() -> ox.Store:
    store = ox.Store()
    for name in ("kg", "plover"):
        store.load(path=ONTOLOGY / f"{name}.ttl")
    return store


def load(path: Path) -> ox.Store:
    store = ox.Store()
    store.load(path=path)
    return store


def schemes(terms: ox.Store) -> set[ox.NamedNode]:
    return {quad.object for quad in terms.quads_for_pattern(None, SKOS.inScheme, None, None)}


@pytest.mark.parametrize(
    "predicate", [RDFS.label, SKOS.definition, SKOS.example], ids=lambda term: term.value
)
def test_every_term_is_described(terms, predicate):
    defined = {quad.subject for quad in terms.quads_for_pattern(None, RDF.type, None, None)}
    ours = {term for term in defined if "#" in term.value and term not in schemes(terms)}
    lacking = [term.value for term in ours if not list(terms.quads_for_pattern(term, predicate, None, None))]
    assert sorted(lacking) == []


def test_every_property_has_class_and_types(terms):
    properties = [q.subject for q in terms.quads_for_pattern(None, RDFS.subPropertyOf, None, None)]
    edges = [p for p in properties if list(terms.quads_for_pattern(p, KG.relationClass, None, None))]
    for predicate in (RDFS.domain, RDFS.range, RDF.type):
        assert all(list(terms.quads_for_pattern(edge, predicate, None, None)) for edge in edges)


def test_every_property_has_a_shape(terms):
    shapes = (ONTOLOGY / "shapes.ttl").read_text("utf-8")
    properties = {q.subject.value for q in terms.quads_for_pattern(None, KG.relationClass, None, None)}
    targets = {KG.base + name for name in re.findall(r"sh:targetSubjectsOf kg:(\w+)", shapes)}
    assert targets >= properties


@pytest.mark.parametrize(("predicate", "target"), [(RDFS.domain, "sh:class"), (RDFS.range, "sh:path")])
def test_shapes_repeat_domain_and_range(terms, predicate, target):
    shapes = (ONTOLOGY / "shapes.ttl").read_text("utf-8")
    for quad in terms.quads_for_pattern(None, KG.relationClass, None, None):
        name = quad.subject.value.removeprefix(KG.base)
        kind = next(terms.quads_for_pattern(quad.subject, predicate, None, None)).object.value
        block = shapes.partition(f"sh:targetSubjectsOf kg:{name} ;")[2].partition("] .")[0]
        wanted = f"sh:class kg:{kind.removeprefix(KG.base)} ;"
        assert wanted in (block.partition("sh:property")[0 if target == "sh:class" else 2]), name


def test_parents_are_of_the_same_relation_class(terms):
    for quad in terms.quads_for_pattern(None, RDFS.subPropertyOf, None, None):
        classes = [
            {q.object for q in terms.quads_for_pattern(term, KG.relationClass, None, None)}
            for term in (quad.subject, quad.object)
        ]
        assert classes[0] == classes[1] or not classes[1] or not classes[0]


@pytest.mark.parametrize("predicate", [KG.verb, KG.inverseVerb, KG.noun], ids=lambda term: term.value)
def test_forms_are_lemma_sequences(terms, predicate):
    forms = [quad.object.value for quad in terms.quads_for_pattern(None, predicate, None, None)]
    assert [form for form in forms if not PATTERN.fullmatch(form) or form != form.lower()] == []


def test_symmetric_properties_take_the_same_types_at_both_ends_but_for_places(terms):
    for quad in terms.quads_for_pattern(None, RDF.type, OWL.SymmetricProperty, None):
        ends = [
            next(terms.quads_for_pattern(quad.subject, predicate, None, None)).object.value.partition("#")[2]
            for predicate in (RDFS.domain, RDFS.range)
        ]
        assert ends[0] == ends[1] or set(ends) <= {"Actor", "Party", "Person"}
