"""Who is connected with an entity: by weight, by page, by filter."""

import datetime

import pytest
from hypothesis import given, settings

from kg.errors import ExplorationError, MissingError, VocabularyError
from kg.exploration.filters import Filters
from kg.exploration.neighbours import neighbours, shared_neighbours
from kg.exploration.pages import Bounds
from kg.store import Store
from kg.store.claims import Claim
from kg.types import EntityType, Status, Verdict
from tests.exploration.graphs import KINDS, entity_of, make_article, make_store, present, stores, weights

MEETS, ACCUSES, PRESIDES = KINDS


def claim(subject, other, kind=MEETS, status=Status.ASSERTED, time=None, confidence=0.9):
    return subject, other, kind, status, time, confidence


@pytest.fixture(scope="module")
def store():
    return make_store(
        [
            make_article(
                1,
                [
                    claim("Ana Bell", "Bo Cole"),
                    claim("Bo Cole", "Ana Bell", ACCUSES, Status.NEGATED, time="2026-03"),
                    claim("Ana Bell", "Eva Fox", PRESIDES, confidence=0.4),
                ],
                datetime.date(2026, 4, 6),
                "Wire",
            ),
            make_article(2, [claim("Ana Bell", "Di Eck"), claim("Bo Cole", "Di Eck")]),
        ]
    )


def names(found):
    return [one.entity.name for one in found.neighbours.items]


def test_strongest_comes_first_then_names(store):
    assert names(neighbours(store, "Ana_Bell")) == ["Bo Cole", "Di Eck", "Eva Fox"]


def test_bundle_tells_direction_kinds_and_days(store):
    bundle = neighbours(store, "Ana_Bell").neighbours.items[0].bundle
    assert (bundle.weight, bundle.outgoing, bundle.incoming, bundle.mutual, bundle.articles) == (
        2,
        0,
        1,
        1,
        1,
    )
    assert [(c.value, c.count) for c in bundle.statuses] == [("asserted", 1), ("negated", 1)]
    assert (bundle.first, bundle.last) == (datetime.date(2026, 3, 1), datetime.date(2026, 4, 6))


def test_pages_follow_each_other_and_say_how_many_there_are(store):
    first = neighbours(store, "Ana_Bell", bounds=Bounds(limit=2)).neighbours
    second = neighbours(store, "Ana_Bell", bounds=Bounds(limit=2, after=first.next)).neighbours
    assert [one.entity.name for one in (*first.items, *second.items)] == ["Bo Cole", "Di Eck", "Eva Fox"]
    assert (first.total, second.total, second.next) == (3, 3, None)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(relation_classes=("ACCUSE",)), ["Bo Cole"]),
        (Filters(properties=("presidentOf",)), ["Eva Fox"]),
        (Filters(statuses=(Status.NEGATED, Status.PLANNED)), ["Bo Cole"]),
        (Filters(types=(EntityType.ORGANIZATION,)), ["Eva Fox"]),
        (Filters(min_confidence=0.5), ["Bo Cole", "Di Eck"]),
        (Filters(publishers=("Wire",)), ["Bo Cole", "Eva Fox"]),
        (Filters(articles=("a2",)), ["Di Eck"]),
        (Filters(since=datetime.date(2026, 4, 1)), ["Bo Cole", "Eva Fox"]),
        (Filters(until=datetime.date(2026, 3, 15)), ["Bo Cole"]),
    ],
    ids=str,
)
def test_filters_narrow(store, filters, expected):
    assert names(neighbours(store, "Ana_Bell", filters=filters)) == expected


def test_attribution_narrows():
    extraction = make_article(1, [claim("Ana Bell", "Bo Cole"), claim("Ana Bell", "Di Eck")])
    said = [
        type(relation)(**{name: getattr(relation, name) for name in relation.__slots__} | {"attribution": by})
        for relation, by in zip(extraction.relations, (entity_of("Cy Dorn"), None), strict=True)
    ]
    store = make_store([type(extraction)(article=extraction.article, relations=tuple(said))])
    assert names(neighbours(store, "Ana_Bell", filters=Filters(attributions=("Cy_Dorn",)))) == ["Bo Cole"]


def test_facets_count_what_each_value_would_leave(store):
    found = neighbours(store, "Ana_Bell", filters=Filters(relation_classes=("ACCUSE",))).facets
    assert {one.value: one.count for one in found.relation_classes.counts} == {
        "CONSULT": 2, "ACCUSE": 1, "HOLDS_POSITION": 1,
    }  # fmt: skip
    assert [(one.value, one.count) for one in found.statuses.counts] == [("negated", 1)]
    assert [(one.value, one.count) for one in found.publishers.counts] == [("Wire", 1)]


def test_merged_entities_count_as_one():
    store = make_store([make_article(1, [claim("Ana Bell", "Bo Cole"), claim("Di Eck", "Cy Dorn")])])
    store.judge([Claim(one="Bo_Cole", other="Cy_Dorn", verdict=Verdict.SAME)])
    shown = neighbours(store, "Cy_Dorn")
    assert shown.entity.id == neighbours(store, "Bo_Cole").entity.id
    assert (shown.relations, sorted(names(shown))) == (2, ["Ana Bell", "Di Eck"])


def test_what_is_merged_is_a_neighbour_once():
    store = make_store([make_article(1, [claim("Ana Bell", "Bo Cole"), claim("Ana Bell", "Cy Dorn")])])
    store.judge([Claim(one="Bo_Cole", other="Cy_Dorn", verdict=Verdict.SAME)])
    (only,) = neighbours(store, "Ana_Bell").neighbours.items
    assert only.bundle.weight == 2


def test_shared_neighbours_are_those_of_both(store):
    found = shared_neighbours(store, "Ana_Bell", "Bo_Cole").shared
    assert [(one.entity.name, one.strength, one.one.weight) for one in found.items] == [("Di Eck", 1, 1)]


@pytest.mark.parametrize("key", ["nobody", "https://example.org/x", "", "a b<>", "x" * 10_000, "\ud800"])
def test_unknown_entity_is_told(store, key):
    with pytest.raises(MissingError, match="The graph has no entity"):
        neighbours(store, key)


@pytest.mark.parametrize("key", ["Ana_Bell", "ent:Ana_Bell", "https://w3id.org/actors-kg/entity/Ana_Bell"])
def test_entity_is_named_by_id_or_iri(store, key):
    assert neighbours(store, key).entity.name == "Ana Bell"


@pytest.mark.parametrize(
    ("filters", "error", "match"),
    [
        (Filters(relation_classes=("X",)), VocabularyError, "no relation class 'X'"),
        (Filters(properties=("x",)), VocabularyError, "no property 'x'"),
        (Filters(min_confidence=2), ExplorationError, "0–1"),
        (Filters(since=datetime.date(2026, 2, 1), until=datetime.date(2026, 1, 1)), ExplorationError, "swap"),
        (Filters(articles=("none",)), MissingError, "no article 'none'"),
        (Filters(attributions=("none",)), MissingError, "no entity 'none'"),
    ],
)
def test_wrong_filters_are_told(store, filters, error, match):
    with pytest.raises(error, match=match):
        neighbours(store, "Ana_Bell", filters=filters)


@pytest.mark.parametrize(
    "bounds", [Bounds(limit=0), Bounds(limit=501), Bounds(after=("x", 1, "")), Bounds(after=(None,))]
)
def test_wrong_pages_are_told(store, bounds):
    with pytest.raises(ExplorationError, match="page"):
        neighbours(store, "Ana_Bell", bounds=bounds)


def test_read_only_store_is_read_once(tmp_path):
    with Store.create(tmp_path / "graph") as store:
        store.add(make_article(1, [claim("Ana Bell", "Bo Cole")]))
    with Store.open(tmp_path / "graph") as store:
        assert neighbours(store, "Ana_Bell") == neighbours(store, "Ana_Bell")


@settings(max_examples=30, deadline=None)
@given(stores)
def test_weights_are_those_of_all_relations(store):
    for identifier in present(store):
        found = neighbours(store, identifier, bounds=Bounds(limit=100))
        assert {one.entity.id: one.bundle.weight for one in found.neighbours.items} == weights(
            store, identifier
        )
        assert found.relations == sum(weights(store, identifier).values())


@settings(max_examples=30, deadline=None)
@given(stores)
def test_filtered_weights_are_those_of_fitting_relations(store):
    filters = Filters(statuses=(Status.ASSERTED,), min_confidence=0.4, types=(EntityType.PERSON,))
    for identifier in present(store):
        found = neighbours(store, identifier, filters=filters, bounds=Bounds(limit=100))
        expected = weights(
            store, identifier, lambda _, r: r.status is Status.ASSERTED and r.confidence >= 0.4
        )
        people = {id_: count for id_, count in expected.items() if id_[0] < "E"}
        assert {one.entity.id: one.bundle.weight for one in found.neighbours.items} == people
