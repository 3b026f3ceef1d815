"""What it costs to find copies: beside the extraction, and how it grows with the articles.

The ordinary run takes 4,000 articles. The figures for 50,000 (about two minutes) come from

    KG_BENCH_REPORTS=50000 pytest tests/benchmarks/test_duplicates.py -o log_cli=true -o log_cli_level=INFO
"""

from __future__ import annotations

import logging
import os
import time
import tracemalloc
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pytest

from kg.articles import sample_articles
from kg.articles.duplicates import Report, find_repeats
from kg.articles.shingles import Shingles, shingles_of
from kg.articles.sketches import SIZE, sketch_of

pytestmark = pytest.mark.slow

REPORTS = int(os.environ.get("KG_BENCH_REPORTS", "4000"))
WORDS = 300
COPIED = 10
"""One in so many is a copy of the one before it, with one word in twenty replaced."""
MOST_OF_EXTRACTION = 0.02
"""CPU time of the sketch of a text, of that of its extraction."""
MOST_GROWTH = 1.5
"""Time an article with all of them, of that with a fifth."""
TIMES = 3
"""Runs of which the quickest counts: a search takes some hundredths of a second."""
MOST_BYTES = 3_000
"""Memory an article while copies are looked for, of which 656 are its sketch."""
LOG = logging.getLogger(__name__)
Result = TypeVar("Result")


def timed(work: Callable[[], Result]) -> tuple[float, Result]:
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


def corpus(count: int) -> list[str]:
    """Texts whose words are as frequent as in English (Zipf's law)."""
    drawn = np.random.default_rng(7)
    vocabulary = [f"w{number}" for number in range(20_000)]
    weights = 1 / np.arange(1, len(vocabulary) + 1)
    texts: list[str] = []
    for number in range(count):
        words = drawn.choice(len(vocabulary), WORDS, p=weights / weights.sum())
        if number % COPIED:
            texts.append(" ".join(vocabulary[word] for word in words))
        else:
            edits = drawn.random(WORDS) < 1 / 20
            before = (texts or [" ".join(vocabulary[:WORDS])])[-1].split()
            texts.append(" ".join(np.where(edits, [vocabulary[word] for word in words], before)))
    return texts


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return corpus(REPORTS)


@pytest.fixture(scope="module")
def sketches(texts: list[str]) -> np.ndarray:
    return np.array([sketch_of(shingles_of(text)) for text in texts])


def find(texts: list[str], sketches: np.ndarray) -> int:
    def at(place: int) -> Shingles:
        return shingles_of(texts[place])

    reports = [Report(id=f"{number:06}", publisher=f"Paper {number % 7}") for number in range(len(texts))]
    return len(find_repeats(reports, sketches[: len(texts)], at))


@pytest.mark.model
def test_sketches_take_little_beside_the_extraction():
    from kg.extraction import extract_all, load

    nlp, articles = load(), sample_articles()[:12]
    list(extract_all(nlp, articles[:2]))
    extraction, _ = timed(lambda: list(extract_all(nlp, articles)))
    made, _ = timed(lambda: [sketch_of(shingles_of(article.text)) for _ in range(10) for article in articles])
    LOG.info("sketches take %.2f %% of the extraction's time", 10 * made / extraction)
    assert made / 10 < MOST_OF_EXTRACTION * extraction


def test_search_grows_with_the_articles(texts, sketches):
    few = REPORTS // 5
    part, _ = min(timed(lambda: find(texts[:few], sketches)) for _ in range(TIMES))
    whole, found = min(timed(lambda: find(texts, sketches)) for _ in range(TIMES))
    LOG.info("%d copies of %d in %.2f s, %.0f µs an article", found, REPORTS, whole, 1e6 * whole / REPORTS)
    assert found >= 0.98 * (REPORTS // COPIED - 1)
    assert whole / REPORTS < MOST_GROWTH * part / few


def test_memory_of_the_search_is_bounded(texts, sketches):
    tracemalloc.start()
    find(texts, sketches)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    LOG.info("%.0f bytes an article", peak / REPORTS + 4 * SIZE)
    assert peak / REPORTS + 4 * SIZE < MOST_BYTES
