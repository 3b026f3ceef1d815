"""Networks and exports of many relations, as ratios of CPU time and of memory.

The figures are shown by `pytest tests/benchmarks/test_exports.py -o log_cli=true -o log_cli_level=INFO`.
"""

from __future__ import annotations

import gc
import io
import logging
import time
import tracemalloc

import pytest

from kg.export.cytoscape import write_cytoscape
from kg.export.gexf import write_gexf
from kg.export.graphml import write_graphml
from kg.export.neo4j import write_neo4j
from kg.export.networks import network
from kg.export.parquet import write_parquet
from kg.export.records import Statement
from kg.export.selection import select, selection_of
from kg.export.tables import write_csv
from kg.types import Article, Evidence, Relation, Status
from kg.vocabulary import load_vocabulary
from tests.builders import make_entity

pytestmark = pytest.mark.slow

FEW, MANY = 10_000, 100_000
MOST_GROWTH = 1.6
"""Of the time for a relation when there are ten times as many; quadratic work would give 10."""
MOST_HELD = 0.35
"""Of its file that a writer holds beyond the relations, which it is given."""
LOG = logging.getLogger(__name__)
WORDS = load_vocabulary()


def make_many(count: int) -> list[Statement]:
    """So many relations in a tenth as many articles, between a tenth as many entities."""
    entities = [make_entity(f"Entity {number}", aliases=(f"E{number}",)) for number in range(count // 10)]
    articles = [Article(id=f"a{number}", text="They met. " * 10) for number in range(count // 10)]
    return [
        Statement(
            article=articles[number // 10],
            relation=Relation(
                subject=entities[number % len(entities)],
                predicate="meet",
                property="meets",
                relation_class="CONSULT",
                object=entities[(number * 7 + number // len(entities)) % len(entities)],
                status=Status.ASSERTED if number % 3 else Status.PLANNED,
                time=f"2026-04-{number % 28 + 1:02}",
                evidence=Evidence(text="They met in the city of Oslo, as both of them said.", start=0, end=9),
            ),
        )
        for number in range(count)
    ]


@pytest.fixture(scope="module")
def rows() -> dict[int, list[Statement]]:
    return {count: make_many(count) for count in (FEW, MANY)}


def select_near(rows: list[Statement]) -> None:
    entities = [make_entity(f"Entity {number}") for number in range(len(rows) // 10)]
    select(rows, selection_of({"around": "Entity 1", "hops": 3, "since": "2026-04-02"}, WORDS), entities)


WORK = {
    "network": network,
    "collapsed network": lambda rows: network(rows, collapse=True),
    "selection": select_near,
    "parquet": lambda rows: write_parquet(rows, io.BytesIO()),
}


def cpu_seconds(work, rows: list[Statement]) -> float:
    """The least of two, which is the least disturbed; what other tests have left is not looked through."""
    seconds = []
    gc.disable()
    for _ in range(2):
        began = time.process_time()
        work(rows)
        seconds.append(time.process_time() - began)
        gc.collect()
    gc.enable()
    return min(seconds)


@pytest.mark.parametrize("name", WORK)
def test_time_grows_no_faster_than_the_relations(rows, name):
    few, many = (cpu_seconds(WORK[name], rows[count]) / count for count in (FEW, MANY))
    LOG.info("%s: %.0f µs a relation, %.2f times that at ten times as many", name, 1e6 * few, many / few)
    assert many < MOST_GROWTH * few


class Sink(io.RawIOBase):
    """Counts what is written, and keeps nothing."""

    def __init__(self) -> None:
        self.length = 0

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.length += len(data)
        return len(data)


def write_as_text(rows, out) -> None:
    text = io.TextIOWrapper(out, encoding="utf-8", newline="\n", write_through=True)
    write_csv(rows, text)
    text.detach()


WRITERS = {
    "csv": write_as_text,
    "graphml": write_graphml,
    "gexf": lambda rows, out: write_gexf(rows, out, WORDS),
    "cytoscape": write_cytoscape,
}


@pytest.mark.parametrize("name", WRITERS)
def test_writer_holds_little_of_its_file(rows, name):
    sink = Sink()
    tracemalloc.start()
    WRITERS[name](rows[FEW], sink)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    LOG.info("%s: %.2f of the file of %.1f MB is held", name, peak / sink.length, sink.length / 1e6)
    assert peak < MOST_HELD * sink.length


def test_zip_of_many_relations_is_written_without_holding_them(rows):
    peaks = []
    for count in (FEW, MANY):
        tracemalloc.start()
        write_neo4j(rows[count][: 3 * FEW], Sink())
        peaks.append(tracemalloc.get_traced_memory()[1] / len(rows[count][: 3 * FEW]))
        tracemalloc.stop()
    LOG.info("neo4j: %.0f and %.0f bytes a relation", *peaks)
    assert peaks[1] < MOST_GROWTH * peaks[0]
