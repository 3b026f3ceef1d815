"""Reports say what is wrong, where, in words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from kg.rdf.validation import Severity, validate
from kg.store import Store
from kg.types import EntityType
from kg.vocabulary import load_vocabulary
from tests.builders import make_entity, make_extraction
from tests.rdf.strategies import extractions


@pytest.fixture
def store():
    return Store.in_memory()


def test_empty_graph_conforms(store):
    assert validate(store.data).conforms


def test_written_graph_conforms(store):
    store.add(make_extraction(place=make_entity("Oslo", EntityType.PLACE), time="2026-04"))
    report = validate(store.data)
    assert (report.conforms, report.articles, report.findings) == (True, 1, ())


@settings(max_examples=10, deadline=None)
@given(extractions())
def test_whatever_is_written_conforms(extraction):
    store = Store.in_memory()
    store.add(extraction)
    assert [
        str(finding) for finding in validate(store.data).findings if finding.severity == "violation"
    ] == []


def test_finding_names_article_and_relation(store):
    store.add(make_extraction(confidence=1.5))
    (finding,) = validate(store.data).findings
    assert finding.article == "a1"
    assert finding.name == "Ana Bell – meet – Bo Cole"
    assert "decimal from 0 to 1" in str(finding)


def test_wrong_type_of_an_end_is_a_warning(store):
    store.add(make_extraction(property="marriedTo", relation_class="FAMILY_OF", ends=("Ana Bell", "Bo Cole")))
    store.add(make_extraction("Ana Bell leads.", article_id="a2", property="presidentOf"))
    report = validate(store.data)
    assert report.conforms
    assert [finding.severity for finding in report.findings] == [Severity.WARNING]


def test_batches_give_the_same_findings(store):
    for number in range(5):
        store.add(make_extraction(f"Ana Bell met Bo Cole {number}.", article_id=str(number), confidence=2))
    assert validate(store.data, batch=2) == validate(store.data)


def test_own_property_is_known_by_its_file(tmp_path):
    path = tmp_path / "mine.ttl"
    path.write_text(
        "@prefix kg: <https://w3id.org/actors-kg/ontology#> . @prefix my: <https://example.org/terms#> ."
        '@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . my:huddles rdfs:label "huddles" ;'
        " kg:relationClass <https://w3id.org/actors-kg/plover#CONSULT> ."
    )
    store = Store.in_memory(vocabulary=load_vocabulary(path))
    store.add(make_extraction(property="huddles"))
    assert validate(store.data, ontology=[path]).conforms
    assert not validate(store.data).conforms
