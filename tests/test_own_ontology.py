"""A user's own ontology file, from the text of an article through the graph and out of it again."""

from __future__ import annotations

import io
import json

import pytest

import kg
from kg.builder import BuildOptions, build_graph
from kg.errors import VocabularyError
from kg.export.files import export_graph
from kg.store import Store
from kg.types import Article
from kg.vocabulary import ontology_folder
from tests.builders import make_extraction

EXAMPLE = ontology_folder() / "examples" / "own.ttl"
TEXT = "Jürgen Klopp coached Germany. Angela Merkel huddled with Emmanuel Macron in Berlin."
TITLE = "Germany's coach Jürgen Klopp met Emmanuel Macron."
SPORTS = "https://example.org/sports#"
COACHED = make_extraction("Ana Bell coached Bo Cole.", property="coaches", relation_class="COACHING")


@pytest.fixture
def folder(tmp_path):
    """A graph that keeps the example's ontology, with one relation of its class."""
    with Store.create(tmp_path / "graph", ontology=EXAMPLE) as store:
        store.add(COACHED)
    return tmp_path / "graph"


def test_graph_keeps_the_ontology(folder):
    with Store.open(folder) as store:
        assert store.vocabulary.classes["COACHING"].label == "coaching"
        assert store.extraction("a1").relations == COACHED.relations


def test_own_edge_is_queried_by_the_prefix_of_the_file(folder):
    with Store.open(folder) as store:
        assert len(store.query("SELECT ?a { ?a my:coaches ?b . ?r a my:COACHING }").terms) == 1


def test_own_class_is_valid_and_counted(folder):
    with Store.open(folder) as store:
        assert store.validate().conforms
        assert store.info().classes == {"COACHING": 1}


def test_own_property_is_exported_by_its_iri(folder):
    out = io.BytesIO()
    with Store.open(folder) as store:
        export_graph(store, "jsonl", out)
    row = json.loads(out.getvalue())
    assert (row["property"], row["class"]) == (f"{SPORTS}coaches", "COACHING")


def test_own_class_is_drawn(folder):
    with kg.open(folder) as graph:
        assert "coaching" in graph.view().html


def test_second_ontology_adds_to_the_first(folder, tmp_path):
    second = tmp_path / "second.ttl"
    second.write_text(
        "@prefix kg: <https://w3id.org/actors-kg/ontology#> . @prefix rdfs: "
        "<http://www.w3.org/2000/01/rdf-schema#> . <https://example.org/more#scouts> rdfs:label "
        '"scouts" ; kg:relationClass kg:OTHER .',
        "utf-8",
    )
    for _ in range(2):
        Store.create(folder, ontology=second).close()
    with Store.open(folder) as store:
        assert {"coaches", "scouts"} <= set(store.vocabulary.properties)
    assert (folder / "ontology.ttl").read_text("utf-8").count("more#scouts") == 1


def test_broken_ontology_leaves_no_graph(tmp_path):
    broken = tmp_path / "broken.ttl"
    broken.write_text("my:a my:b", "utf-8")
    with pytest.raises(VocabularyError, match="broken"):
        build_graph([], tmp_path / "graph", options=BuildOptions(ontology=broken))
    assert not (tmp_path / "graph").exists()


@pytest.mark.model
def test_own_forms_are_extracted():
    nlp = kg.load(ontology=EXAMPLE)
    found = kg.extract(nlp, Article(id="a", text=TEXT)).relations
    assert {(r.predicate, r.property, r.relation_class) for r in found} >= {
        ("coach", "coaches", "COACHING"),
        ("huddle with", "meets", "CONSULT"),
    }


@pytest.mark.model
def test_title_of_an_own_class_is_extracted():
    found = kg.extract(kg.load(ontology=EXAMPLE), Article(id="a", text=TITLE)).relations
    assert ("Jürgen Klopp", "coaches", "Germany") in {
        (r.subject.name, r.property, r.object.name) for r in found
    }


@pytest.mark.model
def test_building_again_reads_with_the_kept_ontology(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "b.txt").write_text("Emmanuel Macron coached France.", "utf-8")
    kg.build(tmp_path / "a.txt", tmp_path / "graph", kg.BuildOptions(ontology=EXAMPLE)).close()
    with kg.build(tmp_path / "b.txt", tmp_path / "graph") as graph:
        rows = graph.query("SELECT ?who { ?who my:coaches ?whom }")
    assert len(rows) == 2
