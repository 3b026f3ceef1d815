"""`kg watch` as a user runs it: wrong use, one round, and signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.__main__ import main
from kg.cli.watching import seconds_of
from kg.store import Store
from tests.website import Page, Website

ROOT = Path(__file__).parents[1]
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Oslo Desk</title>'
    "<item><guid>x:1</guid><pubDate>Mon, 06 Apr 2026 10:00:00 GMT</pubDate><description>"
    "Ana Bell met Bo Cole in Oslo on Monday, officials said.</description></item></channel></rss>"
)


@pytest.fixture
def website(monkeypatch):
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    with Website().running() as running:
        running.pages["/feed"] = Page(FEED.encode(), type="application/rss+xml")
        yield running


def process(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "kg", *map(str, arguments)], cwd=ROOT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.mark.model
@pytest.mark.slow
def test_one_round_stores_what_the_feed_says(website, tmp_path, capsys):
    graph = tmp_path / "graph"
    assert main(["watch", f"{website.url}/feed", "-o", str(graph), "--once", "--allow-private"]) == 0
    said = capsys.readouterr()
    assert said.out == f"{graph}: 1 articles added; feeds were asked 1 times.\n"
    assert f"{website.url}/feed: 1 entries, 1 new" in said.err
    with Store.open(graph) as store:
        [(article, relation)] = store.relations()
        assert (article, relation.subject.name, relation.object.name) == ("x:1", "Ana Bell", "Bo Cole")
        assert store.articles()[0].published == "2026-04-06"


def test_private_addresses_are_refused_without_the_option(website, tmp_path, capsys):
    assert main(["watch", f"{website.url}/feed", "-o", str(tmp_path / "g"), "--once"]) == 1
    assert "allow it with --allow-private" in capsys.readouterr().err
    assert website.connections == 0


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (["https://a.example/f", "--every", "soon"], 2, "'soon' is no time; write it as 15m"),
        (["https://a.example/f", "--every", "5s"], 2, "give 60 s or more"),
        (["feeds.txt"], 2, "'feeds.txt' is neither"),
        (["https://"], 2, "names no host"),
        ([], 2, "Missing argument"),
    ],
)
def test_wrong_use_is_told(tmp_path, capsys, monkeypatch, arguments, code, reason):
    monkeypatch.chdir(tmp_path)
    assert main(["watch", *arguments, "-o", str(tmp_path / "g")]) == code
    assert reason in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "g").exists()


@pytest.mark.parametrize(
    ("text", "seconds"), [("15m", 900), ("1h", 3600), ("2 D", 172_800), ("90", 90), ("0.5h", 1800)]
)
def test_times_are_read(text, seconds):
    assert seconds_of(text) == seconds


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_signals_end_it_cleanly(website, tmp_path, number):
    website.pages["/feed"] = Page(status=404)
    running = process("watch", f"{website.url}/feed", "-o", tmp_path / "g", "--allow-private")
    try:
        lines = [running.stderr.readline()]
        while "cannot be fetched" not in lines[-1] and lines[-1]:
            lines.append(running.stderr.readline())
        time.sleep(0.1)  # now it waits for the next time
        running.send_signal(number)
        out, err = running.communicate(timeout=20)
    finally:
        running.kill()
        running.wait()
    assert running.returncode == 0
    assert "Stopping when the article at hand is done; once more ends at once." in err
    assert out == f"{tmp_path / 'g'}: 0 articles added; feeds were asked 1 times (1 failed).\n"
    assert (tmp_path / "g" / "watching.json").is_file()
