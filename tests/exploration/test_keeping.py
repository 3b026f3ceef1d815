"""The relations of a graph by columns, kept beside it."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings

from kg.exploration import keeping
from kg.exploration.columns import Columns, Entities
from kg.exploration.keeping import columns_of, keep_columns, kept_totals, open_columns
from kg.exploration.network import network
from kg.exploration.overview import overview
from kg.store import Store
from kg.store.folder import COLUMNS
from kg.store.snapshots import Snapshots, hand_back, state_of
from kg.types import Status
from tests.exploration.graphs import KINDS, make_article, make_store, stores

MEETS, CRITICIZES, _ = KINDS
ONE = make_article(
    1,
    [
        ("Ana Bell", "Bo Cole", MEETS, Status.ASSERTED, "2025-02", 0.9),
        ('Di "Tab\t" Eck\\', "Bo Cole", CRITICIZES, Status.PLANNED, None, 0.4),
    ],
)
TWO = make_article(2, [("Ana Bell", "Di Eck", MEETS, Status.ASSERTED, None, 0.9)])


@pytest.fixture
def graph(tmp_path):
    """The folder of a graph whose columns are not kept."""
    folder = tmp_path / "graph"
    with Store.create(folder) as store:
        store.add(ONE)
    return folder


def read(graph):
    return Store.open(graph, read_only=True)


def plain(record: Columns | Entities):
    """A record as values that can be compared."""
    found = {field.name: getattr(record, field.name) for field in dataclasses.fields(record)}
    return {
        name: plain(value)
        if isinstance(value, Entities)
        else value.tolist()
        if isinstance(value, np.ndarray)
        else list(value)
        for name, value in found.items()
    }


def test_columns_that_are_kept_are_those_that_were_read(graph):
    before, seen = columns_of(read(graph)), overview(read(graph)).totals
    assert keep_columns(read(graph))
    store = read(graph)
    assert plain(columns_of(store)) == plain(before)
    assert kept_totals(store) == overview(store).totals == seen
    assert [one.name for one in network(store).entities] == ["Bo Cole", "Ana Bell", 'Di "Tab\t" Eck\\']


def test_columns_that_are_kept_need_no_reading(graph, monkeypatch):
    keep_columns(read(graph))
    monkeypatch.setattr(keeping, "read_columns", lambda _reader: pytest.fail("read again"))
    assert network(read(graph)).relations == 2


def test_columns_of_another_state_are_not_used(graph):
    keep_columns(read(graph))
    old = (graph / COLUMNS).read_bytes()
    with Store.open(graph, read_only=False) as store:
        store.add(TWO)
    assert not (graph / COLUMNS).exists()
    (graph / COLUMNS).write_bytes(old)
    store = read(graph)
    assert not open_columns(store)
    assert len(columns_of(store)) == 3


@pytest.mark.parametrize("cut", [0, 5, 15, 40, -20])
def test_columns_that_are_broken_are_not_used(graph, cut):
    keep_columns(read(graph))
    (graph / COLUMNS).write_bytes((graph / COLUMNS).read_bytes()[:cut])
    assert not open_columns(read(graph))
    assert network(read(graph)).relations == 2


def test_columns_of_a_graph_that_is_written_are_not_kept(graph):
    with Store.open(graph, read_only=False) as store:
        assert not keep_columns(store)
    assert not keep_columns(Store.in_memory())


def test_columns_are_no_part_of_the_state(graph):
    before = state_of(graph)
    keep_columns(read(graph))
    assert state_of(graph) == before


def test_what_is_made_of_a_snapshot_is_handed_back(graph):
    with Snapshots(graph) as snapshots:
        snapshot = snapshots.take()
        keep_columns(read(snapshot.path))
        hand_back(snapshot.path, graph)
    assert open_columns(read(graph))
    assert not list(graph.glob("*.part"))


def test_what_is_made_of_an_older_state_is_not_handed_back(graph):
    with Snapshots(graph) as snapshots:
        snapshot = snapshots.take()
        keep_columns(read(snapshot.path))
        with Store.open(graph, read_only=False) as store:
            store.add(TWO)
        hand_back(snapshot.path, graph)
    assert not (graph / COLUMNS).exists()


@settings(max_examples=10, deadline=None)
@given(store=stores)
def test_columns_hold_every_relation(store):
    columns = columns_of(store)
    ends = zip(columns.subject.tolist(), columns.object.tolist(), strict=True)
    found = sorted((columns.entities.at(one).id, columns.entities.at(other).id) for one, other in ends)
    assert found == sorted((one.subject.id, one.object.id) for _, one in store.relations())
    assert list(columns.entities.names) == sorted(columns.entities.names)


def test_store_in_memory_has_columns_of_its_own():
    assert len(columns_of(make_store([ONE, TWO]))) == 3
