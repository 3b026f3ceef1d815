"""Changes are made one after another, whole or not at all, and seen by all who ask afterwards."""

import shutil
import time
from pathlib import Path

import pytest

from kg.builder import build_graph
from kg.server import spawning, writing
from kg.server.problems import ProblemError
from kg.store import Store
from kg.store.folder import begin_writing
from kg.store.snapshots import state_of
from tests.server.pools import COMMAND, running
from tests.test_builder import fake_extractor

GRAPH = "<https://example.org/graph>"
COUNT = f"SELECT * {{ GRAPH {GRAPH} {{ ?s ?p ?o }} }}"
PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?q ?r ?s"


@pytest.fixture(scope="module")
def graph(graph_folder, tmp_path_factory):
    place = tmp_path_factory.mktemp("written") / "graph"
    return Path(shutil.copytree(graph_folder, place, ignore=shutil.ignore_patterns(".serving")))


@pytest.fixture(scope="module")
def pool(graph):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spawning, "_COMMAND", COMMAND)
        with running(graph, seconds=2.0) as started:
            yield started


def made(change):
    with change.result(60) as answer:
        return answer


def refused(change):
    with pytest.raises(ProblemError) as caught:
        change.result(60)
    return caught.value


def rows(pool):
    return pool.meta("run", query=COUNT)["rows"]


def test_change_is_seen_by_who_asks_afterwards(pool):
    before = rows(pool)
    for number in range(3):
        answer = made(pool.change("insert", name=f"seen{number}"))
        assert answer.generation == pool.pool.generation
        assert rows(pool) == before + number + 1


def test_graph_is_marked_while_it_is_written_and_closed_afterwards(pool, graph):
    assert made(pool.change("insert", name="marked")).meta["is_settled"] is False
    assert state_of(graph).is_settled
    with Store.open(graph, read_only=False):  # nobody holds it
        pass


def test_changes_at_once_are_all_made(pool):
    before = rows(pool)
    changes = [pool.change("insert", name=f"once{number}") for number in range(20)]
    generations = {made(change).generation for change in changes}
    assert rows(pool) == before + 20
    assert len(generations) < 20  # several go in one


def test_change_over_time_is_undone(pool, graph):
    before = rows(pool)
    update = f"INSERT {{ GRAPH {GRAPH} {{ ?a ?b ?s }} }} WHERE {{ {PRODUCT} }}"
    problem = refused(pool.change("update", update=update))
    assert problem.status in {504, 507}
    assert rows(pool) == before
    pool.wait(lambda: state_of(graph).is_settled)
    made(pool.change("insert", name="after-time"))


def test_change_of_a_killed_writer_is_whole_or_not_made(pool, graph):
    before = rows(pool)
    problem = refused(pool.change("insert_and_end", name="killed", count=100))
    assert problem.status == 503
    made(pool.change("insert", name="after-kill"))
    assert rows(pool) in {before + 1, before + 101}  # killed after the change, which is stored
    assert state_of(graph).is_settled


def test_wrong_change_leaves_others_theirs(pool):
    before = rows(pool)
    changes = [
        pool.change("insert", name="right1"),
        pool.change("insert_and_end", name="x", count=0),
        pool.change("insert", name="right2"),
    ]
    made(changes[0])
    assert refused(changes[1]).status == 503
    made(changes[2])
    assert rows(pool) == before + 2


def test_graph_that_another_process_writes_to_is_locked(pool, graph):
    with Store.open(graph, read_only=False):
        problem = refused(pool.change("insert", name="locked"))
    assert (problem.status, problem.headers) == (503, {"Retry-After": "1"})
    assert "Another process writes to the graph, " in problem.detail
    assert str(graph) not in problem.detail
    assert "read-only" not in problem.detail, "which only helps at the command line"
    made(pool.change("insert", name="unlocked"))


def test_build_and_changes_take_turns(pool, graph, tmp_path):
    before = rows(pool)
    (tmp_path / "Cy.txt").write_text("Ana met Cy.")
    build_graph([tmp_path / "Cy.txt"], graph, extractor=fake_extractor)
    made(pool.change("insert", name="turn"))
    assert rows(pool) == before + 1
    assert pool.meta("count")["articles"] == 2


def test_change_that_nobody_waits_for_is_taken_back(pool):
    before = rows(pool)
    changes = [pool.change("insert", name="first"), pool.change("insert", name="never")]
    changes[1].cancel()
    made(changes[0])
    made(pool.change("insert", name="third"))
    assert rows(pool) == before + 2


def test_change_on_a_known_state_is_made_on_that_alone(pool):
    before = rows(pool)
    first = pool.pool.generation
    second = made(pool.change("insert", known=("other", first), name="known1")).generation
    assert refused(pool.change("insert", known=(first,), name="known2")).status == 412
    assert pool.pool.generation == second  # what is refused makes no new state
    made(pool.change("insert", known=(second,), name="known3"))
    assert rows(pool) == before + 2


def test_one_of_the_changes_that_know_a_state_is_made(pool):
    before, known = rows(pool), (pool.pool.generation,)
    changes = [pool.change("insert", known=known, name=f"race{number}") for number in range(6)]
    refusals = [change.exception(60) for change in changes]
    assert sorted(refusal.status for refusal in refusals if refusal) == [412] * 5
    made(changes[refusals.index(None)])
    assert rows(pool) == before + 1


def test_change_that_knows_a_state_gives_way_to_one_before_it(pool):
    before, known = rows(pool), (pool.pool.generation,)
    changes = [pool.change("insert", name="blind"), pool.change("insert", known=known, name="knowing")]
    made(changes[0])
    assert refused(changes[1]).status == 412
    assert rows(pool) == before + 1


def test_state_that_is_not_served_yet_is_not_known(pool, graph, monkeypatch):
    before, known = rows(pool), (pool.pool.generation,)
    monkeypatch.setattr(pool.pool._generations, "_is_new", lambda _state: False)
    with Store.open(graph, read_only=False):
        begin_writing(graph)
    assert pool.pool.generation in known
    assert refused(pool.change("insert", known=known, name="unserved")).status == 412
    assert rows(pool) == before


def test_failed_change_leaves_the_state_known(pool):
    before = rows(pool)
    refused(pool.change("insert_and_end", name="x", count=0))
    pool.wait(lambda: state_of(pool.pool.settings.graph) == pool.pool._generations._served)
    made(pool.change("insert", known=(pool.pool.generation,), name="after-failure"))
    assert rows(pool) == before + 1


def test_end_does_not_wait_long_for_a_change(graph_folder, tmp_path, monkeypatch):
    monkeypatch.setattr(spawning, "_COMMAND", COMMAND)
    monkeypatch.setattr(writing, "_LONGEST_END", 0.2)
    graph = Path(shutil.copytree(graph_folder, tmp_path / "g", ignore=shutil.ignore_patterns(".serving")))
    update = f"INSERT {{ GRAPH {GRAPH} {{ ?a ?b ?s }} }} WHERE {{ {PRODUCT} }}"
    with running(graph, workers=1, change_seconds=50.0, memory=2**32) as pool:
        change = pool.change("update", update=update)
        pool.wait(lambda: not state_of(graph).is_settled)
        began = time.monotonic()
        pool.do(pool.pool.close())
        assert time.monotonic() - began < 20
        assert refused(change).status == 503
