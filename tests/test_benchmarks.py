"""Holds the coding of the PLOVER records above its floors, by the scorer of `../shared/tools`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.export.plover import write_events
from kg.types import Article

FLOORS = json.loads((Path(__file__).parent / "gold" / "floors.json").read_text("utf-8"))["plover"]


@pytest.fixture(scope="module")
def scores(shared, tmp_path_factory) -> dict[str, float]:
    records = shared / "benchmarks" / "plover-gsr-dev.jsonl"
    rows = [json.loads(line) for line in records.read_text("utf-8").splitlines()]
    exported = tmp_path_factory.mktemp("plover") / "events.jsonl"
    with exported.open("w", encoding="utf-8") as file:
        write_events((Article(id=row["id"], text=row["text"]) for row in rows), file)
    scorer = shared / "tools" / "score_plover.py"
    command = [sys.executable, str(scorer), str(records), str(exported), "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("figure", ["event", "event+source", "event+both"])
def test_events_stay_above_their_floor(scores, figure):
    assert scores[figure] >= FLOORS[figure]


@pytest.mark.model
@pytest.mark.slow
def test_event_types_are_not_guessed(scores):
    assert scores["types/record"] <= FLOORS["types/record"]
