"""An entity in full, and the whole graph at a glance."""

import datetime
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings

from kg.errors import MissingError
from kg.exploration.entities import entity
from kg.exploration.overview import overview
from kg.store import Store
from kg.store.claims import Claim
from kg.types import Status, Verdict
from kg.vocabulary import Actor, Office, load_vocabulary
from tests.exploration.graphs import KINDS, entity_of, make_article, make_store, present, stores, weights

MEETS, ACCUSES, PRESIDES = KINDS
YEARS = datetime.date(2026, 4, 6)


@pytest.fixture
def store():
    claims = [
        ("Ana Bell", "Bo Cole", MEETS, Status.ASSERTED, None, 0.7),
        ("Ana Bell", "Eva Fox", PRESIDES, Status.ASSERTED, "2024", 0.9),
        ("Ana Bell", "Eva Fox", PRESIDES, Status.ASSERTED, "2025-02", 0.9),
    ]
    return make_store([make_article(1, claims, YEARS, "Wire"), make_article(2, claims[:1])])


def test_entity_has_counts_and_days(store):
    found = entity(store, "Ana_Bell")
    assert (found.relations, found.neighbours, found.articles, found.mentions) == (4, 2, 2, 4)
    assert (found.first, found.last) == (datetime.date(2024, 1, 1), YEARS)
    assert [(one.value, one.count) for one in found.facets.years.counts] == [
        ("2024", 1), ("2025", 1), ("2026", 1), (None, 1),
    ]  # fmt: skip


def test_roles_have_days(store):
    (role,) = entity(store, "Ana_Bell").roles
    assert (role.other.name, role.property, role.is_subject, role.bundle.weight) == (
        "Eva Fox", "presidentOf", True, 2,
    )  # fmt: skip
    assert (role.bundle.first, role.bundle.last) == (datetime.date(2024, 1, 1), datetime.date(2025, 2, 28))
    assert not entity(store, "Eva_Fox").roles[0].is_subject


def test_names_are_counted():
    extraction = make_article(1, [("Ana Bell", "Bo Cole", MEETS, Status.ASSERTED, None, 0.7)])
    ana = replace(
        entity_of("Ana Bell"), aliases=("A. Bell", "Ana"), wikidata="Q1", country="NOR", sector="GOV"
    )
    relation = replace(extraction.relations[0], subject=ana)
    mentions = [replace(extraction.mentions[0], end=extraction.mentions[0].start + 3, text="Ana")]
    store = make_store(
        [replace(extraction, relations=(relation,), mentions=(*extraction.mentions, *mentions))]
    )
    found = entity(store, "Ana_Bell")
    assert [(one.name, one.mentions) for one in found.names] == [("Ana Bell", 1), ("Ana", 1), ("A. Bell", 0)]
    assert (found.wikidata, found.links) == ("Q1", ("http://www.wikidata.org/entity/Q1",))
    assert (found.entity.country, found.entity.sector) == ("NOR", "GOV")


def test_members_have_names_and_reasons(store):
    store.judge([Claim(one="Ana_Bell", other="Bo_Cole", verdict=Verdict.SAME, reason="one desk")])
    found = entity(store, "Bo_Cole")
    (member,) = found.members
    assert {member.id, found.entity.id} == {"Ana_Bell", "Bo_Cole"}
    assert (len(member.names), member.reasons) == (1, ("one desk",))
    assert {one.name for one in found.names} == {"Ana Bell", "Bo Cole"}


def test_offices_are_those_of_the_registry():
    actor = Actor(
        id="Ana_Bell",
        name="Ana Bell",
        type=entity_of("Ana Bell").type,
        offices=(Office(title="mayor", of="Oslo"),),
    )
    store = Store.in_memory(vocabulary=replace(load_vocabulary(), actors=(actor,)))
    store.add(make_article(1, [("Ana Bell", "Bo Cole", MEETS, Status.ASSERTED, None, 0.7)]))
    assert [(one.title, one.of) for one in entity(store, "Ana_Bell").offices] == [("mayor", "Oslo")]


def test_unknown_entity_is_told(store):
    with pytest.raises(MissingError, match="no entity 'nobody'"):
        entity(store, "nobody")


def test_legend_has_every_term(store):
    legend = overview(store).legend
    vocabulary = load_vocabulary()
    assert [one.name for one in legend.relation_classes] == sorted(vocabulary.classes)
    assert all(one.label and one.definition for one in (*legend.types, *legend.statuses, *legend.properties))
    assert all(one.colour for one in legend.types)


def test_overview_of_nothing_is_empty():
    totals = overview(Store.in_memory()).totals
    assert (totals.articles, totals.entities, totals.relations, totals.years.counts) == (0, 0, 0, ())


@settings(max_examples=20, deadline=None)
@given(stores)
def test_overview_counts_all_relations(store):
    totals, info = overview(store).totals, store.info()
    every = [relation for _, relation in store.relations()]
    assert (totals.articles, totals.entities, totals.relations) == (
        info.articles,
        info.entities,
        info.relations,
    )
    assert {one.value: one.count for one in totals.statuses.counts} == info.statuses
    assert {one.value: one.count for one in totals.relation_classes.counts} == info.classes
    assert {one.value: one.count for one in totals.types.counts} == info.types
    assert {one.value: one.count for one in totals.properties.counts} == Counter(r.property for r in every)
    assert sum(one.count for one in totals.years.counts) == len(every)
    assert sum(one.count for one in totals.publishers.counts) == len(every)


@settings(max_examples=20, deadline=None)
@given(stores)
def test_profiles_count_their_relations(store):
    for identifier in present(store):
        found, expected = entity(store, identifier), weights(store, identifier)
        assert (found.relations, found.neighbours) == (sum(expected.values()), len(expected))
        assert sum(one.count for one in found.facets.statuses.counts) == found.relations
