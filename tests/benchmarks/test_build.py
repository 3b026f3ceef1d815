"""Memory and speed of a build, as ratios: the machines differ, and other work runs beside the tests."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.builder import build_graph

pytestmark = [pytest.mark.model, pytest.mark.slow]

MOST_MEGABYTES = 2000
BUILD = """
import json, sys
from kg.builder import build_graph
report = build_graph([sys.argv[1]], sys.argv[2])
print(json.dumps([report.added, report.peak_megabytes, len(report.problems)]))
"""


@pytest.fixture(scope="module")
def articles(shared) -> Path:
    return shared / "articles" / "wikinews-2019.jsonl"


@pytest.fixture(scope="module")
def few(articles, tmp_path_factory) -> Path:
    """The first thirty of the articles."""
    file = tmp_path_factory.mktemp("few") / "few.jsonl"
    file.write_text("\n".join(articles.read_text("utf-8").split("\n")[:30]), "utf-8")
    return file


def build_apart(articles: Path, out: Path) -> list[float]:
    """Builds in a process of its own, for its memory."""
    command = [sys.executable, "-c", BUILD, str(articles), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return list(json.loads(done.stdout))


def test_memory_stays_low_and_does_not_grow_with_the_articles(articles, few, tmp_path):
    small = build_apart(few, tmp_path / "few")
    large = build_apart(articles, tmp_path / "all")
    assert (large[0], large[2]) == (171, 0)
    assert large[1] < MOST_MEGABYTES
    # Nearly six times the articles.
    assert large[1] < 1.6 * small[1]


def test_building_again_takes_a_fraction_of_the_time(few, tmp_path):
    first = build_graph([few], tmp_path / "graph")
    again = build_graph([few], tmp_path / "graph")
    assert (again.unchanged, again.added) == (30, 0)
    assert again.seconds < 0.2 * first.seconds
