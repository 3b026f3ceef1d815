"""What the extraction components add to the language pipeline, in one run, as a ratio of CPU time.

The figures are shown by `pytest tests/benchmarks/test_extraction.py -o log_cli=true -o log_cli_level=INFO`.
"""

from __future__ import annotations

import gc
import logging
import time
from collections import Counter

import pytest

import kg
from kg.articles import read_articles
from kg.extraction import COMPONENTS, document
from kg.types import Article
from tests.conftest import ROOT

pytestmark = [pytest.mark.model, pytest.mark.slow]

MOST = 0.9
"""Of the time of the language pipeline alone: 0.5, and 0.8 where wide vectors halve that time."""
ARTICLES, WARM_UP, BATCH, REPEATED, RUNS = 60, 8, 16, 2, 3
LOG = logging.getLogger(__name__)


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    """Wikinews articles where they are there; else the bundled ones, often enough to be timed."""
    file = ROOT.parent / "shared" / "articles" / "wikinews-2019.jsonl"
    if file.is_file():
        return list(read_articles([file]))[: ARTICLES + WARM_UP]
    return kg.sample_articles() * REPEATED


def cpu_seconds(nlp, articles: list[Article]) -> Counter[str]:
    """The CPU seconds of the language pipeline and of each extraction component, batch by batch in turn."""
    seconds: Counter[str] = Counter()
    for start in range(0, len(articles), BATCH):
        docs = [document(nlp, article) for article in articles[start : start + BATCH]]
        began = time.process_time()
        with nlp.select_pipes(disable=list(COMPONENTS)):
            docs = list(nlp.pipe(docs, batch_size=BATCH))
        seconds["language"] += time.process_time() - began
        for doc in docs:  # as `nlp.pipe` does: a document goes through all of them before the next
            for name in COMPONENTS:
                began = time.process_time()
                nlp.get_pipe(name)(doc)
                seconds[name] += time.process_time() - began
    return seconds


def test_extraction_adds_little_to_the_language_pipeline(articles):
    nlp = kg.load()
    cpu_seconds(nlp, articles[:WARM_UP])
    gc.freeze()  # what other tests have left is not looked through for garbage
    runs = [cpu_seconds(nlp, articles[WARM_UP:]) for _ in range(RUNS)]
    gc.unfreeze()
    seconds = {name: min(run[name] for run in runs) for name in runs[0]}  # the least is the least disturbed
    shares = {name: round(seconds[name] / seconds["language"], 3) for name in COMPONENTS}
    LOG.info("extraction adds %.3f: %s", sum(shares.values()), shares)
    assert sum(shares.values()) <= MOST, shares
