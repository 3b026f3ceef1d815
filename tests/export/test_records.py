"""The part of a graph around an entity."""

import itertools

import pytest

from kg.errors import ExportError
from kg.export.layout import place_nodes
from kg.export.records import Statement, around, called, entities_of, most_connected
from tests.builders import make_entity, make_extraction


def chain(*names):
    rows = []
    for ends in itertools.pairwise(names):
        extraction = make_extraction(ends=ends)
        rows.append(Statement(article=extraction.article, relation=extraction.relations[0]))
    return rows


@pytest.mark.parametrize(("hops", "expected"), [(0, 0), (1, 2), (2, 3), (9, 3)])
def test_hops_bound_the_distance(hops, expected):
    assert len(around(chain("A", "Bo Öl", "C", "D"), ["Bo_Öl"], hops=hops)) == expected


KNOWN = [make_entity("Ana Bell", aliases=("Annie",)), make_entity("Bell"), make_entity("Bo Öl")]


@pytest.mark.parametrize(
    "name", ["Ana Bell", "ana bell", "Ana", "Ana_Bell", "annie", "https://w3id.org/actors-kg/entity/Ana_Bell"]
)
def test_entity_is_found_by_id_iri_name_or_part_of_it(name):
    assert [entity.name for entity in called(KNOWN, name)] == ["Ana Bell"]


def test_full_name_wins_over_part():
    assert [entity.name for entity in called(KNOWN, "Bell")] == ["Bell"]


def test_unknown_name_is_told():
    with pytest.raises(ExportError, match="No entity is named 'Zoe'; `kg query GRAPH top-actors` lists"):
        called(KNOWN, "Zoe")


def test_most_connected_keeps_hubs():
    assert len(most_connected(chain("A", "B", "C", "D"), 2)) == 1


def test_entities_are_sorted_and_once():
    assert [entity.name for entity in entities_of(chain("B", "A", "B"))] == ["A", "B"]
    assert make_entity("A").id == "A"


def test_layout_is_stable_and_keeps_nodes_apart():
    edges = [(0, n) for n in range(1, 40)]
    first, second = place_nodes(40, edges), place_nodes(40, edges)
    assert (first == second).all()
    assert min(abs(first[a] - first[b]).sum() for a in range(40) for b in range(a)) > 20


@pytest.mark.parametrize("count", [0, 1, 2])
def test_layout_of_few_nodes(count):
    assert place_nodes(count, []).shape == (count, 2)
