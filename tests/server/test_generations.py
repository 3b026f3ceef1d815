"""What is served is the last state of the graph that is finished and whole."""

import json
import os
import shutil
from pathlib import Path

import pytest

from kg.builder import build_graph
from kg.errors import StoreError
from kg.server import generations, spawning
from kg.store import Store
from kg.store.folder import begin_writing
from kg.store.snapshots import Snapshots
from tests.server.pools import COMMAND, running
from tests.test_builder import fake_extractor


@pytest.fixture
def graph(graph_folder, tmp_path):
    """A graph of one article, to be changed."""
    return Path(shutil.copytree(graph_folder, tmp_path / "graph", ignore=shutil.ignore_patterns(".serving")))


@pytest.fixture
def pool(graph, monkeypatch):
    monkeypatch.setattr(spawning, "_COMMAND", COMMAND)
    monkeypatch.setattr(generations, "_INTERVAL", 0.05)
    with running(graph) as started:
        yield started
    assert not (graph / ".serving").exists()


def build(graph, name):
    article = graph.parent / f"{name}.txt"
    article.write_text(f"Ana met {name}.")
    build_graph([article], graph, extractor=fake_extractor)


def snapshots(graph):
    return {path.name for path in (graph / ".serving").glob("*/*")}


def test_build_that_is_finished_is_served(pool, graph):
    first = pool.pool.generation
    assert pool.meta("count")["articles"] == 1
    build(graph, "Cy")
    pool.wait(lambda: pool.pool.generation != first)
    assert pool.meta("count")["articles"] == 2
    pool.wait(lambda: snapshots(graph) == {"2"})


def test_request_sees_one_state(pool, graph):
    tasks = [pool.ask("count") for _ in range(2)]
    build(graph, "Cy")
    first = tasks[0].result(60).generation
    pool.wait(lambda: pool.pool.generation != first)
    seen = [task.result(60) for task in [*tasks, *(pool.ask("count") for _ in range(2))]]
    for answer in seen:
        answer.body.close()
    counts = [answer.meta["articles"] for answer in seen]
    assert counts == [answer.meta["again"] for answer in seen] == [1, 1, 2, 2]
    assert len({answer.generation for answer in seen}) == 2


def test_graph_that_is_being_written_is_not_served(pool, graph):
    first = pool.pool.generation
    begin_writing(graph)
    assert pool.meta("sleep", duration=0.4)
    assert pool.pool.generation == first


def test_damaged_state_is_not_served_and_told(pool, graph, caplog):
    first = pool.pool.generation
    marker = graph / "kg-graph.json"
    said = json.loads(marker.read_text())
    marker.write_text(json.dumps({**said, "articles": 7}))
    pool.wait(lambda: pool.pool.condition().problem)
    assert f"{str(graph)!r} is damaged (7 articles stored, 1 are left)" in pool.pool.condition().problem
    assert pool.pool.generation == first
    assert pool.meta("count")["articles"] == 1
    assert caplog.text.count("The state that was served still is") == 1
    marker.write_text(json.dumps(said))
    pool.wait(lambda: pool.pool.condition().problem is None)
    assert pool.pool.generation != first


def test_graph_that_vanishes_is_served_on_and_told(pool, graph):
    graph.rename(graph.with_name("elsewhere"))
    pool.wait(lambda: pool.pool.condition().problem)
    assert "There is no graph" in pool.pool.condition().problem
    assert pool.meta("count")["articles"] == 1
    graph.with_name("elsewhere").rename(graph)
    pool.wait(lambda: pool.pool.condition().problem is None)


def test_workers_are_replaced_though_their_graph_is_gone(pool, graph):
    graph.rename(graph.with_name("elsewhere"))
    [pid, _] = pool.pids()
    os.kill(pid, 9)
    pool.wait(lambda: pool.pool.condition().problem)
    assert pool.meta("count")["articles"] == 1
    graph.with_name("elsewhere").rename(graph)
    pool.wait(lambda: pool.pool.condition().free == 2)


def test_snapshot_that_is_gone_is_taken_anew(pool, graph):
    shutil.rmtree(graph / ".serving")
    for pid in pool.pids():
        os.kill(pid, 9)
    pool.wait(lambda: pool.pool.condition().problem)
    assert pool.meta("count")["articles"] == 1
    pool.wait(lambda: pool.pool.condition().free == 2)
    assert pool.pool.condition().problem is None


@pytest.mark.slow
def test_generation_has_the_name_of_its_state(graph, monkeypatch):
    monkeypatch.setattr(spawning, "_COMMAND", COMMAND)
    names = []
    for change in (lambda: None, lambda: None, lambda: build(graph, "Cy"), lambda: build(graph, "Di")):
        change()
        with running(graph, workers=1) as pool:
            names.append(pool.pool.generation)
    assert names[0] == names[1]
    assert len(set(names)) == 3


@pytest.mark.slow
def test_states_that_are_not_settled_have_names_of_their_own(graph, monkeypatch):
    monkeypatch.setattr(spawning, "_COMMAND", COMMAND)
    begin_writing(graph)
    names = set()
    for _ in range(2):
        with running(graph, workers=1) as pool:
            names.add(pool.pool.generation)
    assert len(names) == 2


def test_damaged_graph_is_told_at_the_start(graph, monkeypatch):
    monkeypatch.setattr(spawning, "_COMMAND", COMMAND)
    with Store.open(graph, read_only=False) as store:
        store.data.flush()
    for table in graph.rglob("*.sst"):
        table.write_bytes(b"nothing")
    with pytest.raises(StoreError, match="damaged"), running(graph):
        pass
    assert not (graph / ".serving").exists()


def test_folder_without_its_lock_is_removed(graph, tmp_path):
    left, other = tmp_path / "place/12-0123abcd", tmp_path / "place/other"
    for folder in (left, other):
        folder.mkdir(parents=True)
    with Snapshots(graph, place=tmp_path / "place"):
        assert (left.exists(), other.exists()) == (False, True)
