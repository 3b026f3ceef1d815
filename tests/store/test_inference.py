"""What `kg infer` puts into a graph, that it comes out again, and that nothing counts it twice."""

from __future__ import annotations

import io

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.export.files import export_graph
from kg.graph import Graph
from kg.store import Store, ask, questions
from kg.store.inference import Inferred, forget_inferred, infer
from kg.types import Status
from tests.builders import make_extraction
from tests.store.test_importing import ALL, MET, OWN, graph_of, same

INFERRED = ox.NamedNode("https://w3id.org/actors-kg/inferred")
MARRIED = make_extraction(
    "Ana Bell is married to Bo Cole.", article_id="m", property="marriedTo", relation_class="FAMILY_OF"
)
VALUES = {
    "text": "Ana", "iri": "https://w3id.org/actors-kg/ontology#meets", "date": "2026-04-05",
}  # fmt: skip


@pytest.fixture
def store() -> Store:
    return graph_of(*ALL, MARRIED, claims=[same("Ana Bell", "A. Bell")])


def triples(store: Store) -> set[ox.Triple]:
    return {quad.triple for quad in store.data.quads_for_pattern(None, None, None, INFERRED)}


def dump(store: Store) -> bytes:
    out = io.BytesIO()
    store.dump("nq", out)
    return out.getvalue()


def test_what_follows_stands_in_a_graph_of_its_own(store):
    before = set(store.data)
    done = infer(store)
    assert {quad for quad in store.data if quad.graph_name != INFERRED} == before
    assert len(triples(store)) == done.total == sum(done.by_rule.values()) == sum(done.by_property.values())


def test_no_triple_is_repeated(store):
    infer(store)
    stated = {quad.triple for quad in store.data if quad.graph_name != INFERRED}
    assert not triples(store) & stated


def test_marriage_holds_both_ways_and_is_family(store):
    infer(store)
    query = "ASK { GRAPH <https://w3id.org/actors-kg/inferred> { ent:Bo_Cole kg:marriedTo ent:Ana_Bell ; kg:familyOf ent:Ana_Bell ; kg:relatesTo ent:Ana_Bell . ent:Ana_Bell kg:familyOf ent:Bo_Cole } }"  # noqa: E501
    assert store.query(query).answer


def test_relations_can_be_asked_for_by_other_vocabularies(store):
    infer(store)
    sem = "PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> "
    assert store.query(sem + "ASK { ?relation kg:subject ?who ; sem:hasActor ?who }").answer


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.ASSERTED])
def test_plans_and_denials_give_no_edge(status):
    store = graph_of(make_extraction(status=status))
    infer(store)
    assert not store.query("ASK { ent:Bo_Cole ?edge ent:Ana_Bell }").answer
    assert not store.query("ASK { ent:Ana_Bell ?edge ent:Bo_Cole }").answer


def test_second_run_gives_the_same(store):
    first = infer(store), dump(store)
    assert (infer(store), dump(store)) == first


def test_what_no_longer_follows_goes(store):
    infer(store)
    store.remove("m")
    infer(store)
    again = graph_of(*ALL, claims=[same("Ana Bell", "A. Bell")])
    infer(again)
    assert triples(store) == triples(again)


def test_what_was_inferred_can_be_forgotten(store):
    before = dump(store)
    done = infer(store)
    assert dump(store) != before
    assert forget_inferred(store) == done.total
    assert dump(store) == before
    assert forget_inferred(store) == 0


def test_nothing_follows_from_nothing():
    store = Store.in_memory()
    assert infer(store) == Inferred()
    assert list(store.data.named_graphs()) == []


@pytest.mark.parametrize("work", [infer, forget_inferred])
def test_graph_that_is_read_stays_as_it_is(work, tmp_path):
    graph_of(MET, path=tmp_path / "g").close()
    with Store.open(tmp_path / "g") as store, pytest.raises(StoreError, match="for reading only"):
        work(store)


@pytest.mark.slow
def test_own_ontology_is_followed(tmp_path):
    own = OWN + (
        'my:coachedBy owl:inverseOf my:coaches ; rdfs:label "coached by"@en ; kg:relationClass kg:OTHER .'
    )
    (tmp_path / "own.ttl").write_text(own)
    coach = make_extraction("Ana Bell coached Bo Cole.", property="coaches", relation_class="OTHER")
    with graph_of(path=tmp_path / "g", ontology=tmp_path / "own.ttl") as store:
        store.add(coach)
        infer(store)
        assert store.query("ASK { ent:Bo_Cole my:coachedBy ent:Ana_Bell }").answer


def test_graph_of_another_base_has_its_own():
    store = Store.in_memory(base="https://example.org/")
    store.add(MET)
    infer(store)
    assert {str(name) for name in store.data.named_graphs()} >= {"<https://example.org/inferred>"}


# ---- nothing counts twice


@pytest.mark.parametrize("name", [question.name for question in questions()])
def test_questions_have_the_same_answers(name, store):
    (question,) = (one for one in questions() if one.name == name)
    values = {one.name: VALUES[one.kind] for one in question.parameters if one.required}
    before = ask(store, name, values)
    infer(store)
    assert ask(store, name, values) == before


def test_counts_are_the_same(store):
    before = store.info()
    done = infer(store)
    after = store.info()
    assert after.quads == before.quads + done.total
    for field in ("articles", "entities", "relations", "edges", "types", "classes", "statuses"):
        assert getattr(after, field) == getattr(before, field)


@pytest.mark.parametrize("format_", ["jsonl", "csv", "graphml", "gexf"])
def test_tables_and_networks_are_the_same(format_, store):
    before, after = io.BytesIO(), io.BytesIO()
    export_graph(store, format_, before)
    infer(store)
    export_graph(store, format_, after)
    assert after.getvalue() == before.getvalue()


def test_drawing_is_the_same(store):
    before = Graph(store).view().html
    infer(store)
    assert Graph(store).view().html == before


@pytest.mark.slow
def test_graph_conforms_with_what_is_inferred(store):
    before = store.validate()
    infer(store)
    assert store.validate() == before
