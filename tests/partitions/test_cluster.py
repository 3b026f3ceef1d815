"""Dask workers that read: results, failures, ends. What is read does not depend on who reads it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import psutil
import pytest
from distributed import LocalCluster
from distributed.scheduler import KilledWorker

from kg.builder import BuildOptions, add_articles, build_graph
from kg.errors import ArticleError, ModelError, WorkerError
from kg.partitions import Place, Settings
from kg.partitions.cluster import _Desk, available_cores
from kg.partitions.packing import pack
from kg.store import Store
from kg.types import Article
from tests.test_builder import fake_extractor

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


def articles(count):
    return [Article(id=f"a{number}", text=f"Ana met Bo{number}.") for number in range(count)]


def build(out, given, extractor=fake_extractor, **options):
    return add_articles(given, out, extractor=extractor, options=BuildOptions(**options))


def fingerprint(path):
    with Store.open(path) as store:
        assert store.is_finished
        return store.fingerprint()


def deadly(given, *, places, marks):
    """Ends its process over some articles: always, or once where there is a folder for marks."""
    for article in given:
        mark = Path(marks or "", article.id)
        if article.id in places and not (marks and mark.exists()):
            if marks:
                mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        yield from fake_extractor([article])


def broken(given, *, place, error):
    for article in given:
        if article.id == place:
            raise error
        yield from fake_extractor([article])


def slow(given, *, seconds):
    for article in given:
        time.sleep(seconds)
        yield from fake_extractor([article])


@pytest.mark.parametrize("count", [1, 40])
def test_graph_is_the_same_with_any_number_of_workers(tmp_path, count):
    for workers in (1, 2, 3):
        assert build(tmp_path / f"g{workers}", articles(count), workers=workers).added == count
    assert len({fingerprint(tmp_path / f"g{workers}") for workers in (1, 2, 3)}) == 1


def test_worker_that_is_killed_changes_nothing(tmp_path):
    marks = tmp_path / "marks"
    marks.mkdir()
    dies = partial(deadly, places={"a3", "a60"}, marks=str(marks))
    report = build(tmp_path / "killed", articles(80), dies, workers=2)
    assert (report.added, report.failed) == (80, 0)
    assert len(list(marks.iterdir())) == 2
    build(tmp_path / "plain", articles(80))
    assert fingerprint(tmp_path / "killed") == fingerprint(tmp_path / "plain")


def test_article_that_kills_every_worker_is_found_and_told(tmp_path):
    poison = partial(deadly, places={"a9"}, marks=None)
    report = build(tmp_path / "killed", articles(40), poison, workers=2)
    assert (report.added, [problem.place for problem in report.problems]) == (39, ["a9"])
    assert "ended every process that read it" in str(report.problems[0])
    build(tmp_path / "plain", [article for article in articles(40) if article.id != "a9"])
    assert fingerprint(tmp_path / "killed") == fingerprint(tmp_path / "plain")


class Ended:
    """Workers as the desk sees them, of which one ends over some articles.

    It notes what it is given, and how many jobs are under way then.
    """

    def __init__(self, deadly, late=()):
        self.deadly, self.late, self.given, self.done = deadly, set(late), [], []

    def nthreads(self):
        return {"a worker": 2}

    def submit(self, _read, articles, *task, key, pure):
        names = [article.id for article in articles]
        self.given.append((names, len(self.done)))
        is_late = bool(self.late.intersection(names))
        self.late.difference_update(names)
        return Result(key, articles, is_dead=bool(self.deadly.intersection(names)), is_late=is_late)

    # What `as_completed` gives.
    def add(self, future):
        self.done.append(future)

    def has_ready(self):
        return bool(self.done)

    def __next__(self):
        return self.done.pop(0)


class Result:
    def __init__(self, key, articles, *, is_dead, is_late):
        self.key, self.articles, self.is_late = key, articles, is_late
        self.status = "error" if is_dead else "finished"

    def exception(self):
        return KilledWorker.__new__(KilledWorker)

    def result(self):
        if self.is_late:
            raise self.exception()
        return pack([ArticleError("Was read.", place=article.id) for article in self.articles])


def read_by(workers, monkeypatch, *partitions):
    monkeypatch.setattr("kg.partitions.cluster.as_completed", lambda: workers)
    desk = _Desk(workers, Settings(), Place(workers=2))
    return {outcome.place: str(outcome) for outcome in desk.read(iter(partitions))}


def test_article_that_waits_beside_one_that_kills_is_tried_by_itself(monkeypatch):
    """What waits on a worker is lost with it: so a suspect is given when nothing else is under way."""
    workers = Ended({"a1"})
    found = read_by(workers, monkeypatch, *(articles(end)[end - 2 :] for end in range(2, 42, 2)))
    assert [place for place, said in found.items() if said != "Was read."] == ["a1"]
    assert len(found) == 40
    (_, last) = (under_way for names, under_way in workers.given if names == ["a1"])
    assert last == 0
    assert workers.given[-1][0] == ["a38", "a39"]


def test_result_that_is_lost_with_its_worker_is_made_again(monkeypatch):
    workers = Ended(set(), late={"a0"})
    found = read_by(workers, monkeypatch, articles(2))
    assert found == {"a0": "Was read.", "a1": "Was read."}
    assert [names for names, _ in workers.given] == [["a0", "a1"], ["a0"], ["a1"]]


def test_machine_that_kills_all_workers_ends_the_build(tmp_path):
    given = articles(4)
    poison = partial(deadly, places={article.id for article in given}, marks=None)
    with pytest.raises(WorkerError, match=r"end again and again.*fewer workers"):
        build(tmp_path / "graph", given, poison, workers=2)


def test_build_ends_where_no_process_can_be_started_any_more(tmp_path, monkeypatch):
    """As on a machine so busy that what starts and watches the processes gives up."""
    monkeypatch.setattr("kg.partitions.cluster._LOOK", 0.2)
    monkeypatch.setattr("distributed.Client.nthreads", lambda client: {})
    waits = partial(slow, seconds=30)
    with pytest.raises(WorkerError, match=r"no other can be started.*What is stored stays"):
        build(tmp_path / "graph", articles(4), waits, workers=2)


def test_error_over_one_article_is_a_problem_of_it(tmp_path):
    fails = partial(broken, place="a9", error=IndexError("no such token"))
    report = build(tmp_path / "graph", articles(20), fails, workers=2)
    assert (report.added, report.failed) == (19, 1)
    assert str(report.problems[0]).startswith("The article 'a9' could not be read: IndexError: no such token")


def test_error_that_is_no_article_s_ends_the_build_and_what_is_stored_stays(tmp_path):
    build(tmp_path / "graph", articles(5))
    fails = partial(broken, place="a9", error=ModelError("The weights are gone; install them again."))
    with pytest.raises(ModelError, match="weights are gone"):
        build(tmp_path / "graph", articles(20), fails, workers=2)
    with Store.open(tmp_path / "graph") as store:
        assert store.is_finished
        assert len(store.articles()) >= 5


def test_articles_are_taken_as_they_are_needed(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.partitions.runs._STORED", (500, 500))  # quads, of some ten such articles
    taken, told, ahead = [], [], []

    def tell():
        for article in articles(400):
            taken.append(article.id)
            yield article

    def done(identifier):
        told.append(identifier)
        ahead.append(len(taken) - len(told))

    options = BuildOptions(workers=2)
    add_articles(tell(), tmp_path / "graph", extractor=fake_extractor, options=options, on_article=done)
    assert len(told) == 400
    assert max(ahead) < 250  # 2 × 2 partitions, what is stored next, and what was just read


def test_cluster_that_is_there_reads(tmp_path):
    parts = tmp_path / "parts"
    with LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0"
    ) as cluster:
        address = cluster.scheduler_address
        report = build(tmp_path / "graph", articles(150), scheduler=address, parts=str(parts))
    assert report.added == 150
    assert len(list(parts.glob("part-*.nq.gz"))) == 3
    build(tmp_path / "plain", articles(150))
    assert fingerprint(tmp_path / "graph") == fingerprint(tmp_path / "plain")


def test_cluster_of_another_version_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.rdf.articles._release", lambda: "99.0")
    message = r"worker has kg-actors .*, and this process '99\.0'; install"
    with (
        LocalCluster(
            n_workers=1, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0"
        ) as cluster,
        pytest.raises(WorkerError, match=message),
    ):
        build(tmp_path / "graph", articles(1), scheduler=cluster.scheduler_address)


def test_script_that_builds_when_it_is_imported_is_told_what_to_do(tmp_path):
    (tmp_path / "a.txt").write_text("Ana met Bo.")
    script = tmp_path / "script.py"
    script.write_text("import kg\nkg.build('a.txt', 'graph', kg.BuildOptions(workers=2))\n")
    done = subprocess.run([sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("kg.errors.WorkerError: No process that reads could be")
    assert 'under `if __name__ == "__main__":`' in done.stderr


def test_scheduler_that_does_not_answer_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr("kg.partitions.cluster._CONNECT", 1)
    with pytest.raises(WorkerError, match=r"No Dask scheduler answers at 'tcp://127\.0\.0\.1:9'"):
        build(tmp_path / "graph", articles(1), scheduler="tcp://127.0.0.1:9")


def test_extractor_that_cannot_be_sent_is_refused(tmp_path):
    with pytest.raises(ModelError, match=r"cannot be sent to other processes .*define it at the top"):
        build(tmp_path / "graph", articles(1), lambda given: iter(()), workers=2)
    assert not (tmp_path / "graph").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [({"workers": -1}, "number of workers is -1"), ({"workers": 2, "scheduler": "tcp://h:1"}, "Give either")],
    ids=["negative", "both"],
)
def test_place_that_cannot_be_is_refused(options, message):
    with pytest.raises(ModelError, match=message):
        BuildOptions(**options)


def test_cores_are_counted():
    assert 0 < available_cores() <= (os.cpu_count() or 1)


# ---- ends


INTERRUPTED = """
import signal, sys
from functools import partial
from kg.builder import BuildOptions, build_graph
from tests.partitions.test_cluster import forever
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell's background jobs ignore
    build_graph([sys.argv[1]], sys.argv[2], extractor=forever, options=BuildOptions(workers=2))
"""


def forever(given):
    """Reads the first article at once, and the others never."""
    for article in given:
        if article.id != "a0":
            (Path(article.text.split()[0]).parent / f"{os.getpid()}.pid").touch()
            time.sleep(600)
        yield from fake_extractor([article])


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["interrupted", "killed"])
def test_workers_end_with_the_build(tmp_path, how):
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(40):
        (folder / f"a{number}.txt").write_text(f"{tmp_path}/x met Bo.")
    script = tmp_path / "script.py"
    script.write_text(INTERRUPTED)
    command = [sys.executable, str(script), str(folder), str(tmp_path / "graph")]
    running = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )  # fmt: skip
    wait_for(lambda: len(list(tmp_path.glob("*.pid"))) == 2)
    processes = psutil.Process(running.pid).children(recursive=True)
    if how is signal.SIGINT:
        os.killpg(running.pid, how)  # as a terminal does for Ctrl-C
    else:
        running.kill()
    _, said = running.communicate(timeout=120)
    assert said.count("Traceback") == (1 if how is signal.SIGINT else 0), said  # of the script itself
    wait_for(lambda: not any(map(is_at_work, processes)))
    build_graph([folder], tmp_path / "graph", extractor=fake_extractor)
    with Store.open(tmp_path / "graph") as store:
        assert len(store.articles()) == 40


def is_at_work(process):
    return process.is_running() and process.status() != psutil.STATUS_ZOMBIE


def wait_for(happened, seconds=180):
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)
