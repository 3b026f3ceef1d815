"""Holds the scores on the gold above their floors, which only rise (`tests/gold/floors.json`)."""

import json
from pathlib import Path

import pytest

from kg.articles import read_articles, samples_folder
from kg.builder import extract_lazily
from kg.evaluation import LEVELS, Evaluation, evaluate, read_gold, relations_from_rows
from kg.export.records import Statement
from kg.export.tables import exchange_row

FLOORS = json.loads((Path(__file__).parent / "gold" / "floors.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def evaluation(shared) -> Evaluation:
    gold = read_gold(shared / "gold")
    read = read_articles([samples_folder(), shared / "articles" / "wikinews-2019.jsonl"])
    found = extract_lazily(article for article in read if article.id in gold)
    return evaluate(
        gold,
        relations_from_rows(
            (extraction.article.id, exchange_row(Statement(article=extraction.article, relation=relation)))
            for extraction in found
            for relation in extraction.relations
        ),
    )


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("figure", ["precision", "recall", "f1"])
def test_score_stays_above_its_floor(evaluation, level, figure):
    reached = getattr(evaluation.scores[level], figure)
    assert reached >= FLOORS.get(level, {}).get(figure, 0.0)
