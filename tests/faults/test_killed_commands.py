"""Commands that are killed (kill -9) as they work with the real model, and run again: the same graph."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from kg.store import Store
from tests.faults.limited import ROOT, kg
from tests.website import Page, Website, raw

pytestmark = [pytest.mark.slow, pytest.mark.model]
NAMES = ("Ana Bell", "Bo Cole", "Cy Dole", "Di Ekman", "Ed Fox")
VERBS = ("met", "criticised", "visited", "thanked")
COUNT, SEED = 12, 8
WATCHED = 60
"""Entries of the feed: more than are stored together."""


def text(number: int) -> str:
    """An article of three sentences."""
    sentences = [
        f"{NAMES[(number + at) % 5]} {VERBS[(number * at) % 4]} {NAMES[(number + 2 * at + 1) % 5]} in Oslo."
        for at in range(3)
    ]
    return f"{' '.join(sentences)} That was reported on day {number}."


def start(*arguments: object, stored: int) -> subprocess.Popen[bytes]:
    """A command that stores each article as soon as it is read, and kills itself at one of its changes.

    Args:
        stored: The number of the change; 0 for none.
    """
    code = (
        "import os, signal, sys, kg.partitions.runs, kg.store.steps, kg.store.judging\n"
        "from kg.__main__ import main\n"
        "if __name__ == '__main__':\n"
        "    kg.partitions.runs._STORED, apply, left = (1, 1), kg.store.steps.apply, [int(sys.argv[1])]\n"
        "    def applied(changes, data):\n"
        "        apply(changes, data)\n"
        "        left[0] -= 1\n"
        "        if left[0] == 0: os.kill(os.getpid(), signal.SIGKILL)\n"
        "    kg.store.steps.apply, kg.store.steps.MANY = applied, 1\n"
        "    kg.store.judging.apply = applied\n"
        "    sys.exit(main(sys.argv[2:]))\n"
    )
    command = [sys.executable, "-c", code, str(stored), *map(str, arguments)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True, **quiet)


def kept(graph: Path) -> int:
    """How many articles are there; each of them whole."""
    with Store.open(graph) as store:
        articles = store.articles()
        assert all(article.text == text(int(article.id.split(":")[-1])) for article in articles)
        return len(articles)


def fingerprint(graph: Path) -> str:
    done = kg("info", graph, "--fingerprint")
    assert done.code == 0, done.err
    return done.out.split()[-1]


@pytest.fixture(scope="module")
def articles(tmp_path_factory) -> Path:
    file = tmp_path_factory.mktemp("articles") / "a.jsonl"
    lines = [json.dumps({"id": f"x:{n}", "text": text(n), "date": "2026-04-06"}) for n in range(COUNT)]
    file.write_text("\n".join(lines), "utf-8")
    return file


@pytest.fixture(scope="module")
def undisturbed(articles) -> str:
    """The fingerprint of a build that nobody disturbs."""
    graph = articles.parent / "graph"
    assert kg("build", articles, "-o", graph).code == 0
    return fingerprint(graph)


def test_build_that_is_killed_as_it_stores_ends_with_the_same_graph(articles, undisturbed, tmp_path):
    graph, found = tmp_path / "graph", []
    for change in (1, 4):
        assert start("build", articles, "-o", graph, stored=change).wait(300) == -signal.SIGKILL
        found.append(kept(graph))
    assert 0 < found[0] < found[1] < COUNT
    assert kg("build", articles, "-o", graph).code == 0
    assert kept(graph) == COUNT
    assert fingerprint(graph) == undisturbed
    assert kg("validate", graph).code == 0


def test_build_in_processes_that_is_killed_leaves_none_and_ends_with_the_same_graph(
    articles, undisturbed, tmp_path
):
    graph, rng = tmp_path / "graph", random.Random(SEED)
    running = start("build", articles, "-o", graph, "--workers", 2, stored=0)
    children: set[psutil.Process] = set()
    end = time.monotonic() + rng.uniform(4, 8)
    while time.monotonic() < end and running.poll() is None:
        children |= set(psutil.Process(running.pid).children(recursive=True))
        time.sleep(0.05)
    running.kill()
    running.wait()
    gone, alive = psutil.wait_procs(children, timeout=60)
    assert not alive, f"{len(alive)} of {len(gone) + len(alive)} go on"
    assert kg("build", articles, "-o", graph, "--workers", 2).code == 0
    assert fingerprint(graph) == undisturbed


@pytest.fixture
def website(monkeypatch):
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    items = [
        f"<item><guid>x:{n}</guid><pubDate>Mon, 06 Apr 2026 10:00:00 GMT</pubDate>"
        f"<description>{text(n)}</description></item>"
        for n in range(WATCHED)
    ]
    feed = f'<rss version="2.0"><channel><title>Oslo Desk</title>{"".join(items)}</channel></rss>'
    with Website().running() as running:
        running.pages["/feed"] = Page(feed.encode(), type="application/rss+xml")
        yield running


def test_feed_that_is_cut_off_is_told_and_nothing_of_it_stored(website, tmp_path):
    whole = website.pages["/feed"]
    head = (
        f"HTTP/1.0 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: {len(whole.body)}\r\n\r\n"
    )
    website.pages["/feed"] = raw(head.encode() + whole.body[: len(whole.body) // 2])
    watch = ("watch", f"{website.url}/feed", "--once", "--allow-private", "--no-pages")
    done = kg(*watch, "-o", tmp_path / "g")
    assert "0 articles added; feeds were asked 1 times (1 failed)" in done.out
    assert f"{website.url}/feed" in done.err
    assert kept(tmp_path / "g") == 0
    state = json.loads((tmp_path / "g" / "watching.json").read_text())
    assert state["feeds"][f"{website.url}/feed"]["etag"] is None


def test_watching_that_is_killed_loses_nothing_and_stores_nothing_twice(website, tmp_path):
    graph = tmp_path / "graph"
    watch = ("watch", f"{website.url}/feed", "--once", "--allow-private", "--no-pages", "-o")
    assert start(*watch, graph, stored=2).wait(300) == -signal.SIGKILL
    assert 0 < kept(graph) < WATCHED
    done = kg(*watch, graph)
    assert done.code == 0, done.err
    assert kept(graph) == WATCHED
    done = kg(*watch, graph)
    assert "0 articles added" in done.out
    assert kg("validate", graph).code == 0
