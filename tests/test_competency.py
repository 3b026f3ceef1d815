"""The competency questions of the ontology, asked of the example graph, give the expected answers.

After Grüninger and Fox, Methodology for the Design and Evaluation of Ontologies (1995): an ontology is judged
by the questions that it must answer. Each stands in `ontology/competency/NAME.rq`, its answer in `NAME.csv`
(SPARQL 1.1 Query Results CSV); its header says what must be loaded beside the articles.
"""

from __future__ import annotations

import csv
import re

import owlrl
import pyoxigraph as ox
import pytest
import rdflib

from kg.rdf.iris import NamedGraph, graph_iri
from kg.rdf.validation import validate
from kg.store import Store
from kg.vocabulary import BASE, ontology_folder
from tests.competency import example_store, written

FOLDER = ontology_folder() / "competency"
QUESTIONS = sorted(FOLDER.glob("*.rq"))
HEADER = re.compile(r"# question: (?P<question>[^\n]+\?)\n# needs: (?P<needs>[a-z ]+)\n")
KINDS = frozenset({"none", "ontology", "inferred", "registry"})
AXIOMS = (
    rdflib.RDFS.subPropertyOf,
    rdflib.OWL.inverseOf,
    rdflib.RDF.type,
)
RULED = {rdflib.OWL.SymmetricProperty, rdflib.OWL.TransitiveProperty, rdflib.OWL.ObjectProperty}


@pytest.fixture(scope="module")
def stores():
    """The example graph, with each of what questions may need, made once."""
    made: dict[str, Store] = {}

    def store(needs: str) -> Store:
        if needs not in made:
            made[needs] = Store(loaded(needs))
        return made[needs]

    return store


def loaded(needs: str) -> ox.Store:
    data = ox.Store()
    data.load(path=FOLDER / "example.trig")
    if "inferred" in needs:
        data.extend(inferred(data))
    if "ontology" in needs:
        for name in ("kg", "plover"):
            data.load(path=ontology_folder() / f"{name}.ttl")
    if "registry" in needs:
        data.load(path=FOLDER / "registry.ttl")
    return data


def inferred(data: ox.Store) -> list[ox.Quad]:
    """What follows of the direct triples, as `kg infer` is to materialise it: OWL 2 RL, by owlrl."""
    edges = axioms()
    known = {q.triple for q in data.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    for triple in known:
        if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.NamedNode):
            edges.add(tuple(rdflib.URIRef(term.value) for term in triple))
    before = set(edges)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False).expand(edges)
    assert not [triple for triple in edges if "error" in str(triple[1]).lower()], (
        "the example is inconsistent"
    )
    graph = ox.NamedNode(graph_iri(NamedGraph.INFERRED))
    ours = [
        t for t in edges if t not in before and t[1].startswith(BASE) and t[0].startswith(BASE + "entity/")
    ]
    return [ox.Quad(*(ox.NamedNode(str(term)) for term in triple), graph) for triple in ours]


def axioms() -> rdflib.Graph:
    """The axioms on properties between entities."""
    found = rdflib.Graph()
    for quad in ox.parse(path=ontology_folder() / "kg.ttl"):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            triple = tuple(rdflib.URIRef(term.value) for term in quad.triple)
            if triple[1] in AXIOMS[:2] or (triple[1] == rdflib.RDF.type and triple[2] in RULED):
                found.add(triple)
    return found


def header(path) -> re.Match[str]:
    match = HEADER.match(path.read_text("utf-8"))
    assert match, f"{path.name} must begin with '# question: …?' and '# needs: …'"
    return match


def test_example_graph_conforms_to_the_shapes():
    assert validate(loaded("none")).findings == ()


def test_example_graph_is_what_it_is_made_of():
    made, kept = (
        ox.Dataset(ox.parse(written(example_store()), format=ox.RdfFormat.TRIG)),
        ox.Dataset(ox.parse(path=FOLDER / "example.trig")),
    )
    made.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    kept.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert made == kept, "run python -m tests.competency, and look at the answers anew"


def test_there_are_questions_enough():
    assert len(QUESTIONS) >= 25
    assert len({header(path)["question"] for path in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_question_says_what_it_needs(path):
    assert set(header(path)["needs"].split()) <= KINDS


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_question_is_answered(path, stores):
    found = stores(header(path)["needs"]).query(path.read_text("utf-8")).to_csv()
    wanted = path.with_suffix(".csv").read_text("utf-8")
    assert list(csv.reader(found.splitlines())) == list(csv.reader(wanted.splitlines()))
    assert len(wanted.splitlines()) > 1


INFERRING = [path for path in QUESTIONS if "inferred" in header(path)["needs"]]


@pytest.mark.parametrize("path", INFERRING, ids=lambda path: path.stem)
def test_question_that_needs_inference_has_another_answer_without(path, stores):
    needs = header(path)["needs"].replace("inferred", "").strip() or "none"
    found = stores(needs).query(path.read_text("utf-8")).to_csv()
    assert found.splitlines() != path.with_suffix(".csv").read_text("utf-8").splitlines()


def test_no_answer_stands_alone():
    assert {path.stem for path in FOLDER.glob("*.csv")} == {path.stem for path in QUESTIONS}


def test_every_question_runs_in_rdflib(tmp_path):
    """The questions are plain SPARQL 1.1 with their own prefixes; they need no store of ours."""
    for path in QUESTIONS:
        rdflib.plugins.sparql.prepareQuery(path.read_text("utf-8"))
