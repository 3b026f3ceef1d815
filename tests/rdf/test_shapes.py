"""Every shape is met by what is well formed, and broken by an example or a mutation; and by nothing else."""

from __future__ import annotations

import datetime
import functools
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.namespace import SH

from kg.rdf.validation import Severity, validate
from kg.rdf.validation.checks import CHECKS
from kg.rdf.validation.compiling import suspects
from kg.rdf.validation.gathering import Batch, article_nodes, gather_articles
from kg.rdf.validation.shapes import load_ontology, load_shapes
from kg.rdf.validation.standard import run_shapes
from kg.rdf.validation.validating import find
from kg.store import Claim, Store
from kg.types import EntityType, Verdict
from kg.vocabulary import KG, RDF, load_vocabulary, ontology_folder
from tests.builders import make_entity, make_extraction
from tests.rdf.strategies import extractions

EXAMPLES = ontology_folder() / "examples"
VALID = sorted((EXAMPLES / "valid").glob("*.trig"))
INVALID = sorted((EXAMPLES / "invalid").glob("*.trig"))
PROPERTIES = sorted(load_vocabulary().properties)
KINDS = sorted(load_vocabulary().types.values(), key=lambda concept: concept.iri)
WRONG = [ox.NamedNode("https://example.org/thing"), ox.Literal("x"), ox.Literal(7), KG.Person]


def load(path: Path) -> ox.Store:
    store = ox.Store()
    store.load(path=path)
    return store


@functools.cache
def broken_by(path: Path) -> frozenset[tuple[str, str]]:
    return frozenset((finding.rule, finding.message) for finding in validate(load(path)).findings)


def general_messages() -> set[str]:
    """The messages of all shapes but those of direct triples, and of all checks."""
    shapes = {str(message) for message in load_shapes().objects(None, SH.message)}
    return {message for message in shapes if " of kg:" not in message} | set(CHECKS.values())


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_example_conforms(path):
    assert validate(load(path)).findings == ()


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid_example_breaks_exactly_its_shape(path):
    wanted = path.read_text("utf-8").partition("\n")[0].removeprefix("# breaks: ")
    [(shape, message)] = broken_by(path)
    assert shape
    assert wanted in message


def test_every_shape_and_check_is_broken_by_an_example():
    broken = {message for path in INVALID for _, message in broken_by(path)}
    assert general_messages() - broken == set()


def test_every_message_is_that_of_one_shape():
    messages = [str(message) for message in load_shapes().objects(None, SH.message)]
    assert len(messages) == len(set(messages))


def edge(name: str, subject: ox.NamedNode | None, object_: ox.NamedNode | None) -> Batch:
    """A direct triple between two nodes of some types; None for no type."""
    batch = Batch()
    ends = [ox.NamedNode(f"https://example.org/{end}") for end in ("one", "other")]
    batch.add(ends[0], ox.NamedNode(load_vocabulary().properties[name].iri), ends[1])
    batch.focus = [ends[0]]
    for end, kind in zip(ends, (subject, object_), strict=True):
        if kind is not None:
            batch.add(end, RDF.type, kind)
    return batch


def types_within(class_: str) -> set[str]:
    above = load_ontology().above
    return {one.iri for one in KINDS if ox.NamedNode(class_) in above[ox.NamedNode(one.iri)]}


def findings_of(batch: Batch) -> set[tuple[str, str | None]]:
    ours = {finding for finding in find(batch, load_ontology()) if " of kg:" in finding.message}
    assert all(finding.severity is Severity.WARNING for finding in ours)
    return {(finding.rule, finding.path) for finding in ours}


@pytest.mark.parametrize("name", PROPERTIES)
def test_direct_triple_of_wrong_ends_breaks_the_shape_of_that_end(name):
    property_ = load_vocabulary().properties[name]
    fitting = [min(types_within(KG.base + kind)) for kind in ends_of(name)]
    right = [ox.NamedNode(iri) for iri in fitting]
    wrong = [wrong_type(KG.base + kind) for kind in ends_of(name)]
    assert findings_of(edge(name, *right)) == set()
    assert findings_of(edge(name, wrong[0], right[1])) == {(name, None)}
    assert findings_of(edge(name, right[0], wrong[1])) == {(name, property_.iri)}


def ends_of(name: str) -> list[str]:
    """The classes that the shape of a direct triple asks of its ends."""
    shapes = load_shapes()
    node = rdflib.URIRef(f"https://w3id.org/actors-kg/shapes#{name}")
    inner = shapes.value(node, SH.property)
    return [str(shapes.value(shape, SH["class"])).partition("#")[2] for shape in (node, inner)]


def wrong_type(class_: str) -> ox.NamedNode | None:
    """A type that is not of a class; None where all are."""
    others = {one.iri for one in KINDS} - types_within(class_)
    return ox.NamedNode(min(others)) if others else None


@pytest.fixture
def full_store() -> Store:
    """A store with everything that this package writes: articles, descriptions, judgements."""
    place = make_entity("Oslo", EntityType.PLACE, aliases=("the capital",), country="NOR", sector="GOV")
    place = replace(place, wikidata="Q585")
    whole = make_extraction(place=place, time="2026-04", attribution=make_entity("Cy Dunn"), symmetric=True)
    moment = datetime.datetime(2026, 4, 6, tzinfo=datetime.UTC)
    known = {"title": "T", "source": "S", "url": "https://example.org/a", "license": "CC0"}
    store = Store.in_memory()
    article = replace(whole.article, retrieved=moment, **known)
    store.add(replace(whole, article=article), model="m 1", min_confidence=0.5)
    store.add(make_extraction("A. Bell met Bo Cole.", article_id="a2", ends=("A. Bell", "Bo Cole")))
    store.judge([Claim(one="Ana Bell", other="A. Bell", verdict=Verdict.SAME, reason="one person")])
    return store


def test_everything_that_is_written_conforms(full_store):
    assert validate(full_store.data).findings == ()


def test_every_predicate_that_is_written_has_a_shape(full_store):
    shapes = load_shapes()
    ways = (SH.path, SH.inversePath, SH.targetSubjectsOf)
    looked_at = {str(path) for way in ways for path in shapes.objects(None, way)}
    written = {quad.predicate.value for quad in full_store.data.quads_for_pattern(None, None, None, None)}
    assert KG.mergedInto.value in written
    assert written - looked_at == set()


@pytest.mark.slow
def test_registry_has_sound_offices():
    """The terms of office of the registry of persons, with the days that they began and ended."""
    store = ox.Store()
    store.load(path=ontology_folder() / "actors" / "people.ttl")
    assert [str(one) for one in validate(store).findings if one.rule.startswith("Office")] == []


@st.composite
def spoilt(draw) -> Batch:
    """The nodes of an article of which one triple was left out, doubled, or given another object."""
    store = Store.in_memory()
    store.add(draw(extractions()), min_confidence=0.5)
    batch = gather_articles(store.data, article_nodes(store.data))
    for triple in load_ontology().triples:
        batch.add(*triple)
    node = draw(st.sampled_from(batch.focus))
    predicate = draw(st.sampled_from(sorted(batch.said[node], key=str)))
    values = batch.said[node][predicate]
    value = draw(st.sampled_from([*WRONG, *values]))
    batch.said[node][predicate] = draw(st.sampled_from([values[1:], [*values, value], [value]]))
    return again(batch)


def again(batch: Batch) -> Batch:
    """The same nodes with what they say now."""
    new = Batch(article_of=batch.article_of, ids=batch.ids, focus=batch.focus, strangers=batch.strangers)
    for triple in batch.triples():
        new.add(*triple)
    new.said.update({node: {} for node in batch.focus if node not in new.said})
    return new


@settings(max_examples=40, deadline=None)
@given(spoilt())
def test_what_passes_at_once_passes_the_standard(batch):
    """Compiled shapes may doubt what is sound, and never pass what pySHACL does not."""
    doubted = set(suspects(batch, load_ontology()))
    failed = {finding.node for finding in run_shapes(batch, batch.focus)}
    assert failed <= {node.value for node in doubted}


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_compiled_shapes_find_no_less_than_the_standard(path):
    store = load(path)
    batch = gather_articles(store, article_nodes(store))
    for triple in load_ontology().triples:
        batch.add(*triple)
    failed = {finding.node for finding in run_shapes(batch, batch.focus)}
    assert failed <= {node.value for node in suspects(batch, load_ontology())}


def test_what_is_written_is_not_doubted(full_store):
    """Else pySHACL would look at it, which takes twenty times as long."""
    batch = gather_articles(full_store.data, article_nodes(full_store.data))
    for triple in load_ontology().triples:
        batch.add(*triple)
    assert list(suspects(batch, load_ontology())) == []
