"""Reports say what is wrong, where, in words."""

from __future__ import annotations

import json
from decimal import Decimal

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from rdflib.namespace import SH

from kg.errors import StoreError, VocabularyError
from kg.rdf.articles import article_node
from kg.rdf.entities import entity_node
from kg.rdf.graphs import graph_node
from kg.rdf.iris import NamedGraph
from kg.rdf.validation import Severity, report_json, report_turtle, validate
from kg.store import Claim, Store
from kg.types import EntityType, Status, Verdict
from kg.vocabulary import KG, RDF, SKOS, load_vocabulary
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


def test_own_file_that_has_changed_is_read_again(store, tmp_path):
    store.add(make_extraction())
    node = article_node(make_extraction().article)
    store.data.add(ox.Quad(node, ox.NamedNode(f"{KG.base}rumour"), ox.Literal("true"), node))
    path = tmp_path / "mine.ttl"
    path.write_text("")
    assert [finding.rule for finding in validate(store.data, ontology=[path]).findings] == ["KnownTerm"]
    path.write_text(f'<{KG.base}rumour> <http://www.w3.org/2000/01/rdf-schema#label> "rumour" .')
    assert validate(store.data, ontology=[path]).findings == ()


def test_own_file_that_is_no_turtle_is_named(store, tmp_path):
    (tmp_path / "mine.ttl").write_text("this is not Turtle")
    with pytest.raises(VocabularyError, match=r"mine\.ttl, line 1"):
        validate(store.data, ontology=[tmp_path / "mine.ttl"])


def test_finding_names_its_shape_and_kind(store):
    store.add(make_extraction(confidence=1.5))
    (finding,) = validate(store.data).findings
    assert finding.rule == "RelationConfidence"
    assert finding.component.endswith("#MaxInclusiveConstraintComponent")
    assert finding.term == '"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'


def test_some_articles_are_checked_alone(store):
    for number in range(3):
        store.add(make_extraction(f"Ana Bell met Bo Cole {number}.", article_id=str(number), confidence=2))
    report = validate(store.data, articles=["1"])
    assert (report.articles, [finding.article for finding in report.findings]) == (1, ["1"])


def test_entities_of_chosen_articles_are_checked_too(store):
    store.add(make_extraction())
    node = entity_node("Ana_Bell")
    store.data.remove(ox.Quad(node, RDF.type, KG.Person))
    assert {finding.node for finding in validate(store.data, articles=["a1"]).findings} >= {node.value}


def test_unknown_article_is_named(store):
    with pytest.raises(StoreError, match="no article 'nowhere'"):
        validate(store.data, articles=["nowhere"])


def test_progress_names_every_article(store):
    for number in range(3):
        store.add(make_extraction(f"Ana Bell met Bo Cole {number}.", article_id=str(number)))
    told: list[str] = []
    validate(store.data, batch=2, on_article=told.append)
    assert sorted(told) == ["0", "1", "2"]


def test_findings_are_grouped_by_article(store):
    store.add(make_extraction(confidence=2))
    store.add(make_extraction("Ana Bell met Bo Cole.", article_id="a2", confidence=2))
    store.data.add(ox.Quad(entity_node("Nobody"), SKOS.prefLabel, ox.Literal("Nobody", language="en")))
    groups = validate(store.data).by_article()
    assert list(groups) == ["a1", "a2", None]
    assert [finding.rule for finding in groups["a1"]] == ["RelationConfidence"]


def test_counts_are_by_shape(store):
    for number in range(3):
        store.add(make_extraction(f"Ana Bell met Bo Cole {number}.", article_id=str(number), confidence=2))
    assert validate(store.data).counts() == {(Severity.VIOLATION, "RelationConfidence"): 3}


def test_report_in_turtle_is_the_standards(store):
    store.add(make_extraction(confidence=1.5))
    graph = rdflib.Graph().parse(data=report_turtle(validate(store.data)), format="turtle")
    (result,) = graph.subjects(rdflib.RDF.type, SH.ValidationResult)
    assert [literal.toPython() for literal in graph.objects(None, SH.conforms)] == [False]
    assert str(graph.value(result, SH.sourceShape)).endswith("shapes#RelationConfidence")
    assert graph.value(result, SH.value).toPython() == Decimal("1.5")
    assert graph.value(result, SH.resultSeverity) == SH.Violation


def test_report_in_turtle_of_a_sound_graph_conforms(store):
    assert b"sh:conforms true" in report_turtle(validate(store.data))


def test_report_in_json_has_counts_and_findings(store):
    store.add(make_extraction(confidence=1.5))
    report = json.loads(report_json(validate(store.data)))
    assert (report["conforms"], report["articles"]) == (False, 1)
    assert report["counts"] == [{"severity": "violation", "shape": "RelationConfidence", "count": 1}]
    assert report["findings"][0]["article"] == "a1"


def test_merged_entities_conform(store):
    store.add(make_extraction("Ana Bell met Bo Cole.", article_id="1"))
    store.add(make_extraction("A. Bell met Bo Cole.", article_id="2", ends=("A. Bell", "Bo Cole")))
    store.judge([Claim(one="Ana Bell", other="A. Bell", verdict=Verdict.SAME, reason="one person")])
    assert validate(store.data).findings == ()


def test_direct_triple_that_nothing_carries_is_found(store):
    store.add(make_extraction(status=Status.PLANNED))
    store.data.add(ox.Quad(entity_node("Ana_Bell"), KG.meets, entity_node("Bo_Cole")))
    assert [finding.rule for finding in validate(store.data).findings] == ["FoundedTriple"]


def test_what_nothing_is_said_of_is_checked_as_what_points_to_it_asks(store):
    store.add(make_extraction())
    node = article_node(make_extraction().article)
    store.data.add(ox.Quad(node, KG.retrieval, ox.NamedNode("https://example.org/nowhere"), node))
    found = {(finding.rule, finding.article) for finding in validate(store.data).findings}
    assert found == {("ArticleRetrieval", "a1"), ("RetrievalTime", None)}


@pytest.mark.parametrize(
    ("predicate", "rules"), [("allyOf", []), ("marriedTo", ["marriedTo"]), ("rumour", ["KnownTerm"])]
)
def test_what_is_inferred_is_checked(store, predicate, rules):
    store.add(make_extraction(place=make_entity("Oslo", EntityType.PLACE)))
    graph = graph_node(NamedGraph.INFERRED)
    edge = entity_node("Ana_Bell"), ox.NamedNode(KG.base + predicate), entity_node("Oslo")
    store.data.add(ox.Quad(*edge, graph))
    assert [finding.rule for finding in validate(store.data).findings] == rules
