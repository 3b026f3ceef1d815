"""Tasks wait in order, and no longer than they may; workers that end are replaced."""

import asyncio
import errno
import io
import os
import signal
import socket
import time
from concurrent.futures import CancelledError

import psutil
import pytest

from kg.errors import StoreError
from kg.server import forkserver, spawning
from kg.server import pool as pools
from kg.server.generations import Generation
from kg.server.problems import ProblemError
from kg.server.spawning import last_words
from kg.server.tasks import Answer
from kg.server.workers import Worker
from tests.server.pools import COMMAND, running


@pytest.fixture(scope="module")
def pool(graph_folder):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spawning, "_COMMAND", COMMAND)
        with running(graph_folder) as started:
            yield started


@pytest.fixture(scope="module")
def single(graph_folder):
    """A pool with one worker, a short queue and little patience."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spawning, "_COMMAND", COMMAND)
        with running(graph_folder, workers=1, queue=4, wait=0.5, seconds=3.0) as started:
            yield started


@pytest.fixture
def alone(single):
    single.wait(lambda: is_full(single) and len(single.pids()) == 1)
    return single


def closed(task):
    """The answer of a task, whose body is closed."""
    with task.result(60) as answer:
        return answer


def is_full(pool):
    return pool.pool.condition().free == pool.pool.settings.workers


def test_answer_is_whole_and_says_what_it_took(pool):
    with pool.ask("sleep", duration=0.05).result() as answer:
        assert answer.body.read() == b"slept"
    assert answer.size == 5
    assert answer.generation == pool.pool.generation
    assert 0.05 <= answer.worked < 2


def test_large_answer_is_kept_outside_of_memory(pool):
    with pool.ask("large", pieces=20_000).result() as answer:
        content = answer.body.read()
        assert answer.body._rolled
    assert answer.size == len(content) == 20_000_000
    assert content[19_999_000:19_999_002] == bytes([19_999 % 256]) * 2


def test_worker_is_free_while_its_answer_is_read(alone):
    with alone.ask("large", pieces=5_000).result() as answer:
        assert answer.body.read(10)
        assert alone.meta("large", pieces=1)


def test_refusal_of_an_operation_keeps_its_place(pool):
    problem = pool.refusal("refuse")
    assert (problem.status, problem.extra) == (400, {"line": 2, "column": 3})
    assert problem.detail == "Line 2, column 3: no."


def test_fault_is_told_apart_and_logged(pool, caplog):
    problem = pool.refusal("fault")
    assert (problem.status, problem.headers) == (500, {})
    assert "a fault of ours" not in problem.detail
    pool.wait(lambda: "in fault" in caplog.text)
    assert "RuntimeError at" in caplog.text
    assert not any(line.strip() == "RuntimeError: a fault of ours" for line in caplog.text.splitlines())


def test_tasks_are_done_in_the_order_in_which_they_came(alone):
    ended = []
    tasks = [alone.ask("sleep", duration=0.02) for _ in range(5)]
    for number, task in enumerate(tasks):
        task.add_done_callback(lambda _, number=number: ended.append(number))
    for task in tasks:
        closed(task)
    assert ended == [0, 1, 2, 3, 4]


def test_full_queue_turns_away(alone):
    tasks = [alone.ask("sleep", duration=0.1) for _ in range(5)]
    problem = alone.refusal("sleep", duration=0)
    assert problem.status == 503
    assert int(problem.headers["Retry-After"]) >= 0
    for task in tasks:
        closed(task)


def test_client_has_its_share_of_the_queue(alone):
    tasks = [alone.ask("sleep", duration=0.1, client="10.0.0.1") for _ in range(4)]
    problem = alone.refusal("sleep", client="10.0.0.1")
    assert (problem.status, "Retry-After" in problem.headers) == (429, True)
    tasks.append(alone.ask("sleep", duration=0.0, client="10.0.0.2"))
    for task in tasks:
        closed(task)


def test_waiting_is_bounded(alone):
    long = alone.ask("sleep", duration=0.9)
    problem = alone.refusal("sleep", duration=0)
    assert problem.status == 503
    assert "within 0.5 s" in problem.detail
    closed(long)
    assert alone.pool.condition().waiting == 0


def test_task_that_nobody_waits_for_leaves_the_queue(alone):
    long, second = alone.ask("sleep", duration=0.3), alone.ask("sleep", duration=0)
    alone.wait(lambda: alone.pool.condition().waiting == 1)
    second.cancel()
    alone.wait(lambda: alone.pool.condition().waiting == 0)
    closed(long)


def test_task_that_nobody_waits_for_is_ended(alone):
    before = alone.pool.condition().ended.get("left", 0)
    [pid] = alone.pids()
    long = alone.ask("sleep", duration=60)
    alone.wait(lambda: alone.pool.condition().busy == 1)
    long.cancel()
    with pytest.raises(CancelledError):
        long.result()
    assert alone.meta("sleep", duration=0)["pid"] != pid
    assert not psutil.pid_exists(pid)
    assert alone.pool.condition().ended["left"] == before + 1


def test_worker_over_time_is_replaced(alone):
    [pid] = alone.pids()
    assert alone.refusal("spin", duration=60, seconds=0.2).status == 504
    assert alone.meta("sleep", duration=0)["pid"] != pid
    assert not psutil.pid_exists(pid)
    assert alone.pool.condition().ended["time"] > 0


def test_free_worker_that_is_killed_is_replaced(alone):
    [pid] = alone.pids()
    os.kill(pid, signal.SIGKILL)
    alone.wait(lambda: alone.pids() and alone.pids() != [pid])
    assert alone.meta("sleep", duration=0)


def test_task_of_a_killed_worker_is_done_again(alone):
    [pid] = alone.pids()
    task = alone.ask("sleep", duration=0.2)
    alone.wait(lambda: alone.pool.condition().busy == 1)
    os.kill(pid, signal.SIGKILL)
    assert closed(task).meta["pid"] != pid


def test_task_that_is_done_again_has_what_is_left_of_its_time(alone, monkeypatch):
    given, do = [], Worker.do

    async def noted(worker, task, seconds):
        given.append(seconds)
        return await do(worker, task, seconds)

    monkeypatch.setattr(Worker, "do", noted)
    task = alone.ask("sleep", duration=30, seconds=0.5)
    alone.wait(lambda: alone.pool.condition().busy == 1)
    time.sleep(0.2)
    os.kill(alone.pids()[0], signal.SIGKILL)
    with pytest.raises(ProblemError, match=r"longer than 0\.5 s") as caught:
        closed(task)
    assert caught.value.status == 504
    assert (given[0], given[1] <= 0.3) == (0.5, True)


def test_task_whose_workers_are_killed_is_given_up(pool):
    problem = pool.refusal("end", signal=signal.SIGKILL)
    assert (problem.status, problem.headers) == (503, {"Retry-After": "1"})


@pytest.mark.parametrize(
    ("number", "status"),
    [(signal.SIGSEGV, 400), (signal.SIGABRT, 507), (signal.SIGXCPU, 504), (signal.SIGALRM, 504)],
)
def test_end_of_a_worker_says_why(pool, number, status):
    assert pool.refusal("end", signal=number).status == status


@pytest.mark.slow
def test_long_task_gets_a_low_priority_and_leaves_its_place(alone):
    long = alone.ask("spin", duration=1.6)
    alone.wait(lambda: alone.pool.condition().busy == 1)
    [pid] = alone.pids()
    alone.wait(lambda: len(alone.pids()) == 2)
    assert os.getpriority(os.PRIO_PROCESS, pid) == 10
    assert alone.meta("limits")["priority"] == 0
    assert closed(long).meta["pid"] == pid
    alone.wait(lambda: len(alone.pids()) == 1)
    assert alone.pids() != [pid]


def test_process_that_forks_workers_is_started_anew(pool):
    pid = pool.pool._spawner._process.pid
    tasks = [pool.ask("sleep", duration=0.2) for _ in range(4)]
    pool.wait(lambda: pool.pool.condition().busy == 2)
    os.kill(pid, signal.SIGKILL)
    assert all(closed(task).meta["pid"] for task in tasks)
    assert pool.pool._spawner._process.pid != pid


def test_many_ends_in_a_row_leave_the_pool_whole(pool):
    for _ in range(5):
        tasks = [pool.ask("end", status=3) for _ in range(8)]
        assert {task.exception(60).status for task in tasks} == {500}
    pool.wait(lambda: is_full(pool))
    assert len(pool.pids()) == 2


def test_worker_is_replaced_after_many_tasks(alone, monkeypatch):
    monkeypatch.setattr(pools, "_MOST_TASKS", alone.pool._free[0].tasks + 3)
    pids = [alone.meta("sleep", duration=0)["pid"] for _ in range(4)]
    assert pids[0] == pids[1] == pids[2] != pids[3]


def test_graph_that_is_none_is_told_at_the_start(tmp_path, monkeypatch):
    monkeypatch.setattr(spawning, "_COMMAND", COMMAND)
    with pytest.raises(StoreError, match="There is no graph"), running(tmp_path / "none"):
        pass


def test_pool_that_is_closed_refuses_and_starts_nothing(graph_folder):
    with running(graph_folder, workers=1) as pool:
        generation = pool.pool._current
        pool.do(pool.pool.close())
        problem = pool.refusal("query", query="SELECT * {}")
        assert (problem.status, "is ending" in problem.detail) == (503, True)
        with pytest.raises(StoreError, match="The server is ending"):
            pool.do(pool.pool._start_worker(generation))
        assert pool.pool._spawner._process is None


def test_answer_closes_its_body():
    body = io.BytesIO(b"x")
    with Answer(meta={}, body=body, size=1):
        pass
    assert body.closed


def test_time_of_a_task_begins_with_its_work(alone):
    first = alone.ask("sleep", duration=0.3)
    began = time.monotonic()
    answer = closed(alone.ask("sleep", duration=0.1))
    assert answer.waited + answer.worked <= time.monotonic() - began + 0.01
    assert answer.worked < 0.3
    closed(first)


def test_swap_leaves_as_many_processes(pool):
    pool.wait(lambda: is_full(pool))
    generation = pool.do(pool.pool._generations.renew())
    assert pool.pool.generation == generation
    forks = psutil.Process(pool.pool._spawner._process.pid)
    pool.wait(lambda: len(forks.children()) == 2 and not pool.pool._starting)
    time.sleep(0.3)
    assert len(forks.children()) == len(pool.pids()) == 2


def test_snapshot_stays_while_it_is_adopted_though_a_worker_is_killed(pool):
    generation = Generation("new", pool.pool._current.snapshot)
    dropped = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool.pool._generations, "drop", dropped.append)
        worker = pool.do(pool.pool._start_worker(generation))
        pool.do(pool.pool._bury(worker))
    assert not dropped


def test_fork_that_the_system_refuses_is_told_and_ends_nobody(monkeypatch):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        monkeypatch.setattr(forkserver.os, "fork", refuse_process)
        forkserver.ForkServer(theirs)._fork(os.dup(0))
        assert ours.recv(100) == b"forked -\n"


def refuse_process():
    raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")


def test_process_that_is_refused_is_told():
    async def told():
        spawner, forked = spawning.Spawner(), asyncio.get_running_loop().create_future()
        spawner._forks.append(forked)
        spawner._take("forked", "-")
        with pytest.raises(OSError, match="refuses another process"):
            await forked

    asyncio.run(told())


WORDS = {
    "memory": (
        "memory allocation of 240 bytes failed\nstack backtrace:\n   0: <unknown>\n",
        "memory allocation of 240 bytes failed",
    ),
    "panic": (
        "\nthread '<unnamed>' (7) panicked at lib/eval.rs:240:17:\nno term 'secret'\nnote: run with\n",
        "a native fault at lib/eval.rs:240",
    ),
    "error": (
        'ValueError at\n  File "/usr/kg/server/a.py", line 3, in read\n    int(text)\n',
        "ValueError at server/a.py:3 in read",
    ),
    "start": (
        'Traceback (most recent call last):\n  File "/x/y/a.py", line 3, in <module>\nImportError: secret\n',
        "ImportError at y/a.py:3 in <module>",
    ),
    "warning": ("This system has no seccomp filter.\n", "This system has no seccomp filter."),
}


@pytest.mark.parametrize(("written", "told"), WORDS.values(), ids=WORDS)
def test_last_words_are_one_line_without_the_words_of_errors(written, told):
    assert last_words(written) == told


def test_words_that_come_in_pieces_are_told_once(pool, caplog):
    pool.refusal("speak", pieces=["memory allocation of ", "240", " bytes failed\n", "stack backtrace:\n"])
    pool.wait(lambda: caplog.messages)
    assert caplog.messages == ["A worker wrote: memory allocation of 240 bytes failed"]
