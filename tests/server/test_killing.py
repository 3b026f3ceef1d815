"""Workers, the server and a builder are killed in turn, while clients ask: nobody gets a wrong answer."""

import logging
import random
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import httpx
import psutil
import pytest

from kg.errors import StoreError
from kg.server import Settings, background, serve
from kg.store import Store
from tests.server.servers import ROOT, Load, served

pytestmark = pytest.mark.slow
LOG = logging.getLogger(__name__)
BUILD = """
import sys
from pathlib import Path
from kg.builder import build_graph
from tests.test_builder import fake_extractor
print("ready", flush=True)
build_graph([Path(sys.argv[1])], Path(sys.argv[2]), extractor=fake_extractor)
"""
LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . FILTER(STR(?a) < STR(?l)) }"


@pytest.fixture
def graph(graph_folder, tmp_path):
    return Path(shutil.copytree(graph_folder, tmp_path / "graph", ignore=shutil.ignore_patterns(".serving")))


def test_killed_workers_are_not_noticed(graph):
    chance = random.Random(1)
    with served(graph) as server, Load(server) as load:
        right = server.count()
        for _ in range(15):
            time.sleep(0.2)
            if below := server.below():
                with suppress(psutil.NoSuchProcess):
                    chance.choice(below).kill()
        time.sleep(1.5)
        assert server.count() == right
        assert server.end(signal.SIGTERM) == 0
    assert load.counts() == {right}
    assert load.statuses() - {0} <= {200, 503}  # 0: after its end
    LOG.info("%d answers, of which %d refused; nobody was answered for %.2f s at most", len(load.seen),
             sum(status == 503 for status, _ in load.seen), load.outage())  # fmt: skip
    assert not (graph / ".serving").exists()


def test_killed_server_leaves_nothing(graph):
    with served(graph) as server:
        right = server.count()
        with Load(server) as load:
            while not load.seen:
                time.sleep(0.1)
            assert server.end(signal.SIGKILL) == -signal.SIGKILL
        assert load.counts() == {right}
    left = {path.name for path in (graph / ".serving").iterdir()}
    port = int(server.url.rstrip("/").rpartition(":")[2])
    with served(graph, port=port) as again:
        assert again.count() == right
        assert left.isdisjoint(path.name for path in (graph / ".serving").iterdir())
        assert again.end(signal.SIGTERM) == 0
    assert not (graph / ".serving").exists()


def test_killed_builder_loses_nothing(graph, tmp_path):
    article = tmp_path / "more.jsonl"
    article.write_text("".join(f'{{"text": "Ana met Person{n}."}}\n' for n in range(60)))
    command = [sys.executable, "-c", BUILD, str(article), str(graph)]
    chance = random.Random(2)
    with served(graph) as server, Load(server, clients=3) as load:
        first = server.count()
        for _ in range(3):
            with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as builder:
                builder.stdout.readline()
                with suppress(subprocess.TimeoutExpired):
                    builder.wait(chance.uniform(0.02, 0.3))
                builder.kill()
        assert server.count() == first
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        with Store.open(graph) as store:
            last = len(store.data)
            assert store.info().articles == 61
        end = time.monotonic() + 20
        while server.count() == first and time.monotonic() < end:
            time.sleep(0.05)
        final = server.count()
    assert load.counts() == {first, final}
    assert first < final <= last
    assert load.statuses() == {200}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_request_that_runs_is_answered_before_the_end(graph, number):
    with served(graph) as server, ThreadPoolExecutor() as threads:
        query = {"query": LONG}
        running = threads.submit(lambda: httpx.get(f"{server.url}sparql", params=query, timeout=30))
        end = time.monotonic() + 10
        while max(sum(process.cpu_times()[:2]) for process in server.below()[1:]) < 0.5:
            assert time.monotonic() < end
            time.sleep(0.01)
        assert server.end(number) == 0
        assert running.result().status_code in {200, 504}
        with pytest.raises(httpx.TransportError):
            httpx.get(server.url)
    assert not (graph / ".serving").exists()


def test_taken_port_is_told(graph):
    with served(graph) as server:
        port = int(server.url.rstrip("/").rpartition(":")[2])
        with pytest.raises(OSError, match="in use"):
            serve(Settings(graph=graph, port=port), on_start=lambda _: None)


def test_graph_that_is_none_is_told(tmp_path):
    with pytest.raises(StoreError, match="There is no graph"):
        serve(Settings(graph=tmp_path / "none", port=0), on_start=lambda _: None)
    with (
        pytest.raises(StoreError, match="There is no graph"),
        background(Settings(graph=tmp_path / "none", port=0)),
    ):
        pass


def test_folder_may_be_given_as_text(graph):
    with background(Settings(graph=str(graph), port=0, workers=1)) as url:
        assert httpx.get(f"{url}sparql", params={"query": "ASK {}"}).is_success


def test_graph_that_is_no_path_is_told_at_once():
    with pytest.raises(TypeError, match="NoneType"):
        Settings(graph=None)


def test_any_failure_of_the_start_is_told(graph, monkeypatch):
    def failing(_):
        raise AssertionError("it does not start")

    monkeypatch.setattr("kg.server.pool.Pool.start", failing)
    with pytest.raises(AssertionError, match="it does not start"), background(Settings(graph=graph, port=0)):
        pytest.fail("an address was given where none answers")


def test_address_of_ipv6_is_written_right(graph):
    with background(Settings(graph=graph, host="::1", port=0, workers=1)) as url:
        assert url.startswith("http://[::1]:")
        assert httpx.get(f"{url}sparql", params={"query": "SELECT * { ?s ?p ?o } LIMIT 1"}).is_success
