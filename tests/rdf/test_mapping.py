"""What stands in which graph, and that all of it reads back."""

from __future__ import annotations

import io
from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ArticleError, VocabularyError
from kg.rdf import default_quads, direct_triples, graph_quads, read_extraction
from kg.rdf.entities import entity_node, merge_entities
from kg.rdf.iris import Kind, entity_id, mint
from kg.rdf.mapping import relations_of
from kg.rdf.relations import time_literal
from kg.types import Entity, EntityType, Status
from kg.vocabulary import KG, load_vocabulary
from tests.builders import make_entity, make_extraction
from tests.rdf.strategies import WORDS, entities, extractions

VOCABULARY = load_vocabulary()


def by_place(extraction):
    return sorted(relations_of(extraction), key=lambda r: (r.evidence.start, r.evidence.end, repr(r)))


def stored(quads):
    """The quads after a turn through a file, in which Oxigraph brings literals to their canonical form."""
    store = ox.Store()
    store.extend(quads)
    file = io.BytesIO()
    store.dump(file, ox.RdfFormat.N_QUADS)
    return list(ox.parse(file.getvalue(), ox.RdfFormat.N_QUADS))


@settings(max_examples=60, deadline=None)
@given(extractions())
def test_extraction_reads_back(extraction):
    read = read_extraction(stored(graph_quads(extraction, VOCABULARY)), VOCABULARY)
    assert read.article == extraction.article
    assert read.mentions == extraction.mentions
    assert read.entities == extraction.entities
    assert by_place(read) == by_place(extraction)


@settings(max_examples=60, deadline=None)
@given(extractions())
def test_no_triple_stands_in_two_graphs(extraction):
    quads = graph_quads(extraction, VOCABULARY) + default_quads(extraction, VOCABULARY)
    triples = [quad.triple for quad in quads]
    assert len(triples) == len(set(triples))


@settings(max_examples=60, deadline=None)
@given(extractions())
def test_quads_are_canonical(extraction):
    quads = graph_quads(extraction, VOCABULARY)
    assert set(stored(quads)) == set(quads)


@given(WORDS | st.sampled_from([".", "..", "a/b#c?d", "Côte d'Ivoire", "100%25"]))
def test_entity_id_survives_its_iri(identifier):
    iri = mint(Kind.ENTITY, identifier)
    assert entity_id(iri) == identifier
    assert next(iter(ox.parse(f"<{iri}> a <x:y> .", ox.RdfFormat.TURTLE))).subject.value == iri


@given(entities("x"), entities("x"), entities("x"))
def test_merging_entities_knows_no_order(one, two, three):
    merged = merge_entities([one, two, three])
    assert merge_entities([three, merge_entities([two, one])]) == merged
    assert merge_entities([merged, merged, one]) == merged


def test_merged_names_become_aliases():
    short = Entity(id="x", name="Bell", type=EntityType.PERSON, aliases=("Ms Bell",))
    long = Entity(id="x", name="Ana Bell", type=EntityType.PERSON, country="NOR")
    merged = merge_entities([short, long])
    assert (merged.name, merged.aliases, merged.country) == ("Ana Bell", ("Bell", "Ms Bell"), "NOR")


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.ASSERTED])
def test_direct_triple_only_of_asserted_relation(status):
    assert direct_triples(make_extraction(status=status), VOCABULARY) == []


def test_direct_triple_of_asserted_relation():
    ends = entity_node("Ana_Bell"), KG.meets, entity_node("Bo_Cole")
    assert [(q.subject, q.predicate, q.object) for q in direct_triples(make_extraction(), VOCABULARY)] == [
        ends
    ]


def test_direct_triple_needs_a_property():
    assert direct_triples(make_extraction(property=None), VOCABULARY) == []


def test_same_claim_twice_is_one_relation_with_the_higher_confidence():
    extraction = make_extraction()
    relation = extraction.relations[0]
    twice = replace(extraction, relations=(relation, replace(relation, confidence=0.95)))
    assert [relation.confidence for relation in relations_of(twice)] == [0.95]


def test_ends_of_a_symmetric_relation_may_be_swapped():
    extraction = make_extraction(symmetric=True)
    relation = extraction.relations[0]
    swapped = replace(relation, subject=relation.object, object=relation.subject)
    assert len(relations_of(replace(extraction, relations=(relation, swapped)))) == 1


def test_ends_of_relations_are_entities_too():
    extraction = replace(make_extraction(place=make_entity("Oslo", EntityType.PLACE)), entities=())
    read = read_extraction(graph_quads(extraction, VOCABULARY), VOCABULARY)
    assert [entity.name for entity in read.entities] == ["Ana Bell", "Bo Cole", "Oslo"]


def test_base_is_settable():
    quads = graph_quads(make_extraction(), VOCABULARY, base="https://example.org/")
    assert {quad.graph_name.value.partition("article/")[0] for quad in quads} == {"https://example.org/"}
    assert read_extraction(quads, VOCABULARY) == make_extraction()


@pytest.mark.parametrize(
    ("time", "kind"),
    [("2026", "gYear"), ("2026-04", "gYearMonth"), ("2026-04-04", "date"), ("last week", "string")],
)
def test_time_has_the_datatype_of_its_form(time, kind):
    assert time_literal(time).datatype.value.endswith(kind)


@pytest.mark.parametrize("fields", [{"property": "gossips"}, {"relation_class": "GOSSIP"}], ids=str)
def test_unknown_term_is_named(fields):
    with pytest.raises(VocabularyError, match=r"(?i)gossip"):
        graph_quads(make_extraction(**fields), VOCABULARY)


def test_half_a_surrogate_is_named():
    with pytest.raises(ArticleError, match=r"'a1'.*character 4"):
        graph_quads(make_extraction("Ana \ud800 met."), VOCABULARY)


def test_quads_without_article_are_refused():
    with pytest.raises(ValueError, match="no article"):
        read_extraction([], VOCABULARY)
