"""Several processes that read articles: the order of their results, their failures, their end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from kg.builder import BuildOptions, build_graph
from kg.errors import ArticleError, ModelError, WorkerError
from kg.store import Store
from kg.types import Article, Extraction
from kg.workers import BATCH, available_cores, extract_in_processes

ROOT = Path(__file__).parents[1]


def articles(count):
    return [Article(id=f"a{number}", text=f"Ana met {number}.") for number in range(count)]


def slow_at_first(given):
    """Takes longest over the first batch, so that others are done before it."""
    for article in given:
        time.sleep(0.05 if article.id == "a0" else 0)
        yield Extraction(article=Article(id=article.id, text=article.text, title=str(os.getpid())))


def broken_at(given, *, place, how):
    for article in given:
        if article.id == place and how == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if article.id == place:
            raise ArticleError(f"The article {place!r} cannot be read; leave it out.")
        yield Extraction(article=article)


def loader(extractor):
    return partial(partial, extractor)


@pytest.mark.slow
def test_results_come_in_the_order_of_the_articles_from_several_processes():
    given = articles(5 * BATCH + 1)
    found = list(extract_in_processes(iter(given), load=loader(slow_at_first), workers=2))
    assert [extraction.article.id for extraction in found] == [article.id for article in given]
    assert len({extraction.article.title for extraction in found}) == 2


def test_no_more_processes_are_started_than_there_is_work():
    found = list(extract_in_processes(articles(3), load=loader(slow_at_first), workers=4))
    assert len({extraction.article.title for extraction in found}) == 1
    assert list(extract_in_processes([], load=loader(slow_at_first), workers=4)) == []


def test_articles_are_read_as_they_are_needed():
    taken = []

    def tell():
        for article in articles(1_000):
            taken.append(article.id)
            yield article

    found = extract_in_processes(tell(), load=loader(slow_at_first), workers=2)
    next(found)
    assert len(taken) <= 2 * 4 * BATCH
    found.close()


@pytest.mark.slow
def test_process_that_is_killed_is_told_with_its_articles():
    load = loader(partial(broken_at, place="a9", how="killed"))
    with pytest.raises(
        WorkerError, match=r"'a8', 'a9', 'a10' and 5 more ended \(exit code -9\).*fewer workers"
    ):
        list(extract_in_processes(articles(20), load=load, workers=2))


@pytest.mark.slow
def test_error_of_the_extractor_is_its_own():
    load = loader(partial(broken_at, place="a9", how="refused"))
    with pytest.raises(ArticleError, match="'a9' cannot be read"):
        list(extract_in_processes(articles(20), load=load, workers=2))


def test_cores_are_counted():
    assert 0 < available_cores() <= (os.cpu_count() or 1)


# ---- builds


def write(folder, count):
    folder.mkdir()
    for article in articles(count):
        (folder / f"{article.id}.txt").write_text(article.text)
    return folder


def build(folder, out, extractor, workers):
    return build_graph([folder], out, extractor=extractor, options=BuildOptions(workers=workers))


def fingerprint(path):
    with Store.open(path) as store:
        return store.fingerprint()


def as_it_is(given):
    for article in given:
        yield Extraction(article=article)


@pytest.mark.slow
def test_graph_is_the_same_with_any_number_of_workers(tmp_path):
    folder = write(tmp_path / "articles", 20)
    for workers in (1, 2, 3):
        assert build(folder, tmp_path / f"g{workers}", as_it_is, workers).added == 20
    assert len({fingerprint(tmp_path / f"g{workers}") for workers in (1, 2, 3)}) == 1


@pytest.mark.slow
def test_killed_worker_ends_the_build_and_what_is_stored_stays(tmp_path):
    folder, out = write(tmp_path / "articles", 30), tmp_path / "graph"
    before = build(write(tmp_path / "before", 5), out, as_it_is, 1).added
    with pytest.raises(WorkerError):
        build(folder, out, partial(broken_at, place="a29", how="killed"), 2)
    with Store.open(out) as store:
        kept = len(store.articles())
        assert store.is_finished
    assert before <= kept < 30  # how many more depends on which process was quicker
    assert build(folder, out, as_it_is, 1).unchanged == kept


def test_extractor_that_cannot_be_sent_is_refused(tmp_path):
    folder = write(tmp_path / "articles", 1)
    with pytest.raises(ModelError, match=r"cannot be sent to other processes .*define it at the top"):
        build(folder, tmp_path / "graph", lambda given: iter(()), 2)
    assert not (tmp_path / "graph").exists()


def test_number_of_workers_is_not_negative():
    with pytest.raises(ModelError, match="number of workers is -1"):
        BuildOptions(workers=-1)


INTERRUPTED = """
import sys
from functools import partial
from kg.builder import BuildOptions, build_graph
from tests.test_workers import forever
if __name__ == "__main__":
    build_graph([sys.argv[1]], sys.argv[2], extractor=forever, options=BuildOptions(workers=2))
"""


def forever(given):
    """Reads the first article of a batch at once, and the others never."""
    for article in given:
        if article.id != "a0":
            (Path(article.text.split()[0]).parent / f"{os.getpid()}.pid").touch()
            time.sleep(600)
        yield Extraction(article=article)


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=["interrupted", "killed"])
def test_workers_end_with_the_build(tmp_path, how):
    folder = tmp_path / "articles"
    folder.mkdir()
    for number in range(2 * BATCH):
        (folder / f"a{number}.txt").write_text(f"{tmp_path}/x met Bo.")
    script = tmp_path / "script.py"
    script.write_text(INTERRUPTED)
    command = [sys.executable, str(script), str(folder), str(tmp_path / "graph")]
    running = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )  # fmt: skip
    wait_for(lambda: len(list(tmp_path.glob("*.pid"))) == 2)
    workers = [int(path.stem) for path in tmp_path.glob("*.pid")]
    if how is signal.SIGINT:
        os.killpg(running.pid, how)  # as a terminal does for Ctrl-C
        _, said = running.communicate(timeout=60)
        assert said.count("Traceback") == 1, said  # of the script itself, none of the workers
        wait_for(lambda: not any(map(is_running, workers)))
    else:
        running.kill()
        for worker in workers:  # in the midst of an article; after it they would see that nobody waits
            os.kill(worker, signal.SIGTERM)
        running.communicate()
    build_graph([folder], tmp_path / "graph", extractor=as_it_is)
    with Store.open(tmp_path / "graph") as store:
        assert len(store.articles()) == 2 * BATCH


def is_running(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for(happened, seconds=60):
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)
