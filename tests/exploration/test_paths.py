"""Paths: all shortest ones and all simple ones, as networkx finds them."""

from itertools import combinations

import networkx as nx
import pytest
from hypothesis import given, settings

from kg.errors import ExplorationError
from kg.exploration import paths as searches
from kg.exploration.filters import Filters
from kg.exploration.paths import paths
from kg.types import EntityType, Status
from tests.exploration.graphs import KINDS, make_article, make_store, present, stores

MEETS, ACCUSES, _ = KINDS


@pytest.fixture(scope="module")
def store():
    pairs = ["AB", "BC", "AD", "DC", "CE", "AD"]
    names = {name[0]: name for name in ("Ana Bell", "Bo Cole", "Cy Dorn", "Di Eck", "Eva Fox")}
    kinds = {"AD": ACCUSES}
    claims = [
        (names[one], names[other], kinds.get(one + other, MEETS), Status.ASSERTED, None, 0.9 - number / 10)
        for number, (one, other) in enumerate(pairs)
    ]
    return make_store([make_article(1, claims), make_article(2, [("Gus Hale", "Gus Hale", *claims[0][2:])])])


def ways(found):
    return ["".join(entity.name[0] for entity in path.entities) for path in found.paths]


def test_shortest_are_all_there_the_heaviest_first(store):
    found = paths(store, "Ana_Bell", "Cy_Dorn")
    assert (ways(found), found.distance, found.is_complete) == (["ADC", "ABC"], 2, True)


def test_steps_tell_their_relations(store):
    steps = paths(store, "Cy_Dorn", "Ana_Bell").paths[1].steps
    assert [(step.bundle.weight, step.bundle.incoming, step.bundle.mutual) for step in steps] == [
        (1, 0, 1),
        (2, 2, 0),
    ]
    assert steps[0].target == steps[1].source


def test_filters_close_ways(store):
    by_meetings = Filters(relation_classes=("CONSULT",))
    assert ways(paths(store, "Ana_Bell", "Cy_Dorn", filters=by_meetings)) == ["ABC"]


def test_type_is_that_of_entities_between(store):
    people = Filters(types=(EntityType.PERSON,))
    assert ways(paths(store, "Bo_Cole", "Eva_Fox", filters=people)) == ["BCE"]
    organizations = Filters(types=(EntityType.ORGANIZATION,))
    assert ways(paths(store, "Bo_Cole", "Eva_Fox", filters=organizations)) == []


def test_no_way_is_said(store):
    found = paths(store, "Ana_Bell", "Gus_Hale")
    assert (found.paths, found.distance, found.is_complete) == ((), None, True)


def test_limit_cuts_and_says_so(store):
    found = paths(store, "Ana_Bell", "Cy_Dorn", limit=1)
    assert (len(found.paths), found.is_complete) == (1, False)


def test_bound_on_work_cuts_and_says_so(store, monkeypatch):
    monkeypatch.setattr(searches, "MOST_READ", 1)
    assert not paths(store, "Ana_Bell", "Eva_Fox", longest=4).is_complete


@pytest.mark.parametrize(
    ("more", "match"),
    [
        ({"longest": 5}, "up to 4 steps"),
        ({"longest": 0}, "not 0"),
        ({"limit": 0}, "1 to 200"),
        ({"limit": 201}, "201"),
    ],
)
def test_wrong_bounds_are_told(store, more, match):
    with pytest.raises(ExplorationError, match=match):
        paths(store, "Ana_Bell", "Bo_Cole", **more)


def test_one_end_is_told(store):
    with pytest.raises(ExplorationError, match="Both ends are 'Ana Bell'"):
        paths(store, "Ana_Bell", "ent:Ana_Bell")


@settings(max_examples=30, deadline=None)
@given(stores)
def test_paths_are_those_of_networkx(store):
    graph = nx.Graph((r.subject.id, r.object.id) for _, r in store.relations())
    for one, other in combinations(present(store), 2):
        shortest = (
            set(map(tuple, nx.all_shortest_paths(graph, one, other)))
            if nx.has_path(graph, one, other)
            else set()
        )
        for longest, expected in (
            (None, shortest),
            (3, set(map(tuple, nx.all_simple_paths(graph, one, other, cutoff=3)))),
            (4, set(map(tuple, nx.all_simple_paths(graph, one, other, cutoff=4)))),
        ):
            found = paths(store, one, other, longest=longest, limit=200)
            listed = [tuple(entity.id for entity in path.entities) for path in found.paths]
            assert set(listed) == expected
            assert len(listed) == len(expected)
            assert listed == sorted(listed, key=len)
            assert found.is_complete
