"""The competency questions of the ontology, asked of the example graph, give the expected answers.

After Grüninger and Fox, Methodology for the Design and Evaluation of Ontologies (1995): an ontology is judged
by the questions that it must answer. Each stands in `ontology/competency/NAME.rq`, its answer in `NAME.csv`
(SPARQL 1.1 Query Results CSV); its header says what must be loaded beside the articles.
"""

from __future__ import annotations

import csv

import owlrl
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery

from kg.errors import VocabularyError
from kg.rdf.graphs import DEFAULT, graph_node
from kg.rdf.iris import NamedGraph
from kg.rdf.validation import validate
from kg.reference.competency import competency_questions
from kg.store import Store
from kg.store.inference import infer
from kg.vocabulary import BASE, RDF, load_vocabulary, ontology_folder
from tests.competency import example_store, written

FOLDER = ontology_folder() / "competency"
QUESTIONS = competency_questions()
AXIOMS = (
    rdflib.RDFS.subPropertyOf,
    rdflib.OWL.inverseOf,
    rdflib.RDF.type,
)
RULED = {rdflib.OWL.SymmetricProperty, rdflib.OWL.TransitiveProperty, rdflib.OWL.ObjectProperty}


@pytest.fixture(scope="module")
def stores():
    """The example graph, with each of what questions may need, made once."""
    made: dict[frozenset[str], Store] = {}

    def store(needs: frozenset[str]) -> Store:
        if needs not in made:
            made[needs] = Store(loaded(needs))
        return made[needs]

    return store


def loaded(needs: frozenset[str] = frozenset()) -> ox.Store:
    data = ox.Store()
    data.load(path=FOLDER / "example.trig")
    if "inferred" in needs:
        infer(Store(data))
    if "ontology" in needs:
        for name in ("kg", "plover"):
            data.load(path=ontology_folder() / f"{name}.ttl")
    if "registry" in needs:
        data.load(path=FOLDER / "registry.ttl")
    return data


def axioms() -> rdflib.Graph:
    """The axioms on properties between entities."""
    found = rdflib.Graph()
    for quad in ox.parse(path=ontology_folder() / "kg.ttl"):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            triple = tuple(rdflib.URIRef(term.value) for term in quad.triple)
            if triple[1] in AXIOMS[:2] or (triple[1] == rdflib.RDF.type and triple[2] in RULED):
                found.add(triple)
    return found


def closure_by_owlrl(data: ox.Store, axioms: rdflib.Graph) -> set[ox.Triple]:
    """What follows of the direct triples by OWL 2 RL, as owlrl has it, of entities and in our own terms."""
    edges = rdflib.Graph()
    for quad in data.quads_for_pattern(None, None, None, DEFAULT):
        if isinstance(quad.object, ox.NamedNode) and quad.predicate.value.startswith(BASE):  # no owl:sameAs
            edges.add(tuple(rdflib.URIRef(term.value) for term in quad.triple))
    edges += axioms
    known = set(edges)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics, axiomatic_triples=False).expand(edges)
    new = (t for t in edges if t not in known and t[1].startswith(BASE) and t[0].startswith(BASE + "entity/"))
    return {ox.Triple(*(ox.NamedNode(str(term)) for term in triple)) for triple in new}


def test_another_reasoner_infers_the_same_of_entities():
    graph = graph_node(NamedGraph.INFERRED)
    quads = loaded(frozenset({"inferred"})).quads_for_pattern(None, None, None, graph)
    ours = {quad.triple for quad in quads if quad.subject.value.startswith(BASE + "entity/")}
    assert ours == closure_by_owlrl(loaded(), axioms()) != set()


def test_example_graph_conforms_to_the_shapes():
    assert validate(loaded()).findings == ()


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
    assert len({question.question for question in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.path.stem)
def test_question_is_answered(question, stores):
    found = stores(question.needs).query(question.text).to_csv()
    wanted = question.path.with_suffix(".csv").read_text("utf-8")
    assert list(csv.reader(found.splitlines())) == list(csv.reader(wanted.splitlines()))
    assert len(wanted.splitlines()) > 1


@pytest.mark.parametrize(
    "question",
    [question for question in QUESTIONS if "inferred" in question.needs],
    ids=lambda question: question.path.stem,
)
def test_question_that_needs_inference_has_another_answer_without(question, stores):
    found = stores(question.needs - {"inferred"}).query(question.text).to_csv()
    assert found.splitlines() != question.path.with_suffix(".csv").read_text("utf-8").splitlines()


def test_no_answer_stands_alone():
    assert {path.stem for path in FOLDER.glob("*.csv")} == {question.path.stem for question in QUESTIONS}


def test_question_is_plain_sparql_with_its_own_prefixes():
    for question in QUESTIONS:
        prepareQuery(question.text)


@pytest.mark.parametrize(
    "header", ["SELECT", "# question: Who?\n# needs: luck\n", "# question: Who\n# needs: none\n"]
)
def test_question_without_its_header_is_an_error(tmp_path, monkeypatch, header):
    (tmp_path / "competency").mkdir()
    (tmp_path / "competency" / "q.rq").write_text(header, "utf-8")
    monkeypatch.setattr("kg.reference.competency.ontology_folder", lambda: tmp_path)
    with pytest.raises(VocabularyError, match=r"q\.rq.* must begin with"):
        competency_questions()


@pytest.fixture(scope="module")
def closure():
    """All that follows of the ontology and the example graph, by all rules of OWL 2 RL."""
    graph = rdflib.Graph()
    files = (ontology_folder() / f"{name}.ttl" for name in ("kg", "plover"))
    quads = [*loaded(), *(quad for file in files for quad in ox.parse(path=file))]
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
            graph.add(tuple(rdflib.URIRef(term.value) for term in quad.triple))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    return graph


def of_class(graph: rdflib.Graph, name: str, among: str) -> set[str]:
    iri = rdflib.URIRef(name if ":" in name else f"{BASE}ontology#{name}")
    return {str(node) for node in graph.subjects(rdflib.RDF.type, iri) if str(node).startswith(BASE + among)}


@pytest.mark.slow
def test_nothing_contradicts_itself(closure):
    assert not [triple for triple in closure if "error" in str(triple[1]).lower()]


@pytest.mark.slow
@pytest.mark.parametrize("name", [entity_type.iri for entity_type in load_vocabulary().types.values()])
def test_no_entity_is_inferred_to_be_of_another_type(closure, name):
    stated = loaded().quads_for_pattern(None, RDF.type, ox.NamedNode(name), None)
    assert of_class(closure, name, "entity/") == {quad.subject.value for quad in stated}


@pytest.mark.slow
def test_states_are_no_events_of_sem_and_places_no_actors(closure):
    events = of_class(closure, "http://semanticweb.cs.vu.nl/2009/11/sem/Event", "relation/")
    assert events == of_class(closure, "Event", "relation/") != set()
    assert not events & of_class(closure, "State", "relation/")
    assert not of_class(closure, "Place", "entity/") & of_class(closure, "Actor", "entity/")
