"""Builds that are killed, by the hardest means and at any moment, end where others do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KILLS, SEED, CHANGES = 50, 5, 12


def fingerprints(folder: Path, *arguments: object) -> list[str]:
    """What a process that kills builds tells of the graphs that they end with."""
    command = [sys.executable, "-m", "tests.store.killing", str(folder), *map(str, arguments)]
    done = subprocess.run(
        command,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return (folder / "fingerprints").read_text("utf-8").split()


@pytest.mark.slow
def test_builds_killed_at_random_moments_end_with_the_same_graph(tmp_path):
    found = fingerprints(tmp_path, "random", KILLS, SEED)
    assert len(found) > 2
    assert len(set(found)) == 1, f"seed {SEED}: {found}"


@pytest.mark.slow
def test_build_killed_at_any_of_its_changes_ends_with_the_same_graph(tmp_path):
    """Those of a second version: merges are undone, six articles replaced, and all are judged anew."""
    found = fingerprints(tmp_path, "changes", CHANGES)
    assert len(found) == 2 * CHANGES
    assert len(set(found)) == 1
