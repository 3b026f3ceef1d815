"""Holds event coding of the PLOVER records above its floor, by the scorer of `../shared/tools`."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.builder import extract_lazily
from kg.export.records import Statement
from kg.export.tables import exchange_row
from kg.types import Article

FLOORS = json.loads((Path(__file__).parent / "gold" / "floors.json").read_text("utf-8"))["plover"]


@pytest.fixture(scope="module")
def scores(shared, tmp_path_factory) -> dict[str, float]:
    records = shared / "benchmarks" / "plover-gsr-dev.jsonl"
    rows = [json.loads(line) for line in records.read_text("utf-8").splitlines()]
    found = extract_lazily(Article(id=row["id"], text=row["text"]) for row in rows)
    exported = tmp_path_factory.mktemp("plover") / "relations.jsonl"
    exported.write_text(
        "".join(
            json.dumps(exchange_row(Statement(article=extraction.article, relation=relation))) + "\n"
            for extraction in found
            for relation in extraction.relations
        ),
        "utf-8",
    )
    scorer = shared / "tools" / "score_plover.py"
    command = [sys.executable, str(scorer), str(records), str(exported), "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.mark.model
@pytest.mark.slow
def test_event_types_stay_above_their_floor(scores):
    assert scores["event"] >= FLOORS["event"]


@pytest.mark.model
@pytest.mark.slow
def test_event_types_are_not_guessed(scores):
    assert scores["types/record"] <= FLOORS["types/record"]
