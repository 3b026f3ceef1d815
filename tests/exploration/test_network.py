"""A part of the graph to be drawn: weights, edges, totals and facets as all relations one by one say."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import MissingError
from kg.exploration.descriptions import read_entities
from kg.exploration.filters import NONE, Filters
from kg.exploration.network import network
from kg.exploration.reading import reader_of
from kg.exploration.ties import every_tie, tie_of
from kg.store.claims import Claim
from kg.types import EntityType, Status, Verdict
from tests.exploration.graphs import KINDS, NAMES, entity_of, make_article, make_store, present, stores

MEETS, CRITICIZES, LEADS = KINDS
HELD = Status.ASSERTED
SOME = settings(max_examples=15, deadline=None)
"""Enough for every way to merge and filter; others may use the processor too."""


def made(*claims):
    return make_store([make_article(1, [(*claim, None, 0.9) for claim in claims])])


def edges(found):
    """Edges by the ids of their ends, each with all its columns."""
    ids = [entity.id for entity in found.entities]
    columns = found.edges
    return {
        frozenset((ids[source], ids[target])): (
            columns.weight[place],
            {ids[source]: columns.forward[place], ids[target]: columns.backward[place]},
            found.relation_classes[columns.relation_class[place]],
            found.statuses[columns.status[place]],
        )
        for place, (source, target) in enumerate(zip(columns.source, columns.target, strict=True))
    }


def fits(filters, relation):
    ends = {relation.subject.type, relation.object.type}
    return (
        (not filters.statuses or relation.status in filters.statuses)
        and (not filters.relation_classes or relation.relation_class in filters.relation_classes)
        and (not filters.types or ends <= set(filters.types))
        and relation.confidence >= filters.min_confidence
    )


filters = st.builds(
    Filters,
    statuses=st.sampled_from([(), (Status.ASSERTED,), (Status.PLANNED, Status.NEGATED)]),
    relation_classes=st.sampled_from([(), ("CONSULT",)]),
    types=st.sampled_from([(), (EntityType.PERSON,), (EntityType.PERSON, EntityType.ORGANIZATION)]),
    min_confidence=st.sampled_from([0.0, 0.5]),
)


@SOME
@given(store=stores, filters=filters, limit=st.integers(1, 7))
def test_network_agrees_with_all_relations(store, filters, limit):
    every = [relation for _, relation in store.relations() if fits(filters, relation)]
    weights = Counter(end.id for one in every for end in {one.subject, one.object})
    names = {end.id: end.name for one in every for end in (one.subject, one.object)}
    strongest = sorted(weights, key=lambda key: (-weights[key], names[key]))[:limit]
    between = [one for one in every if {one.subject.id, one.object.id} <= set(strongest)]

    found = network(store, filters=filters, limit=limit)

    assert [entity.id for entity in found.entities] == strongest
    assert found.weights == tuple(weights[key] for key in strongest)
    assert (found.entities_total, found.relations_total) == (len(weights), len(every))
    assert found.relations == len(between)
    bundles = Counter(frozenset((one.subject.id, one.object.id)) for one in between)
    assert {ends: columns[0] for ends, columns in edges(found).items()} == bundles


@SOME
@given(store=stores, filters=filters)
def test_facets_count_what_a_further_filter_would_leave(store, filters):
    found = network(store, present(store), filters=filters)
    for status in Status:
        left = network(store, present(store), filters=replace(filters, statuses=(status,))).relations
        counts = {count.value: count.count for count in found.facets.statuses.counts}
        assert counts.get(status.value, 0) == left


@SOME
@given(store=stores, filters=filters)
def test_facet_of_types_counts_relations_with_an_end_of_each(store, filters):
    found = network(store, present(store), filters=filters)
    free = replace(filters, types=())
    counts = {count.value: count.count for count in found.facets.types.counts}
    for kind in (EntityType.PERSON, EntityType.ORGANIZATION):
        others = tuple(other for other in EntityType if other is not kind)
        without = network(store, present(store), filters=replace(free, types=others)).relations
        assert counts.get(kind.value, 0) == network(store, present(store), filters=free).relations - without


@SOME
@given(store=stores)
def test_ties_read_at_once_are_those_read_one_by_one(store):
    reader = reader_of(store)
    assert Counter(every_tie(reader)) == Counter(map(tie_of, reader.every_link()))


@SOME
@given(store=stores)
def test_entities_read_at_once_are_those_read_one_by_one(store):
    at_once, one_by_one = reader_of(store), reader_of(store)
    read_entities(at_once)
    for tie in every_tie(at_once):
        assert at_once.entity(tie.subject) == one_by_one.entity(tie.subject)
        assert at_once.type(tie.object) == one_by_one.type(tie.object)
        assert at_once.name(tie.object) == one_by_one.name(tie.object)


def test_edge_bundles_relations_of_both_directions():
    store = made(
        ("Ana Bell", "Bo Cole", CRITICIZES, Status.PLANNED),
        ("Bo Cole", "Ana Bell", CRITICIZES, Status.ASSERTED),
        ("Bo Cole", "Ana Bell", LEADS, Status.PLANNED),
        ("Ana Bell", "Bo Cole", MEETS, Status.PLANNED),
    )
    assert edges(network(store)) == {
        frozenset(("Ana_Bell", "Bo_Cole")): (4, {"Ana_Bell": 1, "Bo_Cole": 2}, "ACCUSE", "asserted")
    }


def test_entities_are_given_in_any_way_and_once():
    store = made(
        ("Ana Bell", "Bo Cole", MEETS, Status.ASSERTED), ("Bo Cole", "Cy Dorn", MEETS, Status.ASSERTED)
    )
    iri = network(store, ["Bo_Cole"]).entities[0].iri
    found = network(store, [iri, "ent:Ana_Bell", "Bo_Cole"])
    assert [entity.id for entity in found.entities] == ["Bo_Cole", "Ana_Bell"]
    assert found.weights == (2, 1)


def test_merged_entity_stands_for_the_one_it_is_shown_as():
    store = made(
        ("Ana Bell", "Bo Cole", MEETS, Status.ASSERTED), ("Cy Dorn", "Bo Cole", MEETS, Status.ASSERTED)
    )
    store.judge([Claim(one="Ana_Bell", other="Cy_Dorn", verdict=Verdict.SAME, is_by_id=True)])
    found = network(store, ["Ana_Bell", "Cy_Dorn", "Bo_Cole"])
    assert [len(found.entities), found.edges.weight] == [2, (2,)]


def test_entity_that_fits_no_type_is_shown_without_edges():
    store = made(("Ana Bell", "Eva Fox", MEETS, Status.ASSERTED))
    found = network(store, ["Ana_Bell", "Eva_Fox"], filters=replace(NONE, types=(EntityType.PERSON,)))
    assert (len(found.entities), found.weights, found.relations) == (2, (0, 0), 0)


def test_entity_that_is_not_there_is_refused():
    store = made(("Ana Bell", "Bo Cole", MEETS, Status.ASSERTED))
    with pytest.raises(MissingError, match="Nobody"):
        network(store, ["Ana_Bell", "Nobody"])


def test_names_are_the_order_of_equals():
    store = made(*((one, other, MEETS, HELD) for one, other in pairwise(NAMES)))
    found = network(store, limit=3)
    assert [entity.name for entity in found.entities] == list(NAMES[1:4])
    assert entity_of(NAMES[1]).id == found.entities[0].id
