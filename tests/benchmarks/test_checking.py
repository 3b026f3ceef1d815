"""Speed and memory of checking a graph, as ratios within one run, since machines differ."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from kg.rdf.validation.compiling import suspects
from kg.rdf.validation.gathering import article_nodes, gather_articles
from kg.rdf.validation.shapes import load_ontology
from kg.rdf.validation.standard import run_shapes
from kg.store import Store
from kg.store.verifying import verify
from tests.builders import make_extraction

pytestmark = [pytest.mark.slow]

PEAK = """
import resource, sys
from pathlib import Path
from kg.rdf.validation import validate
from kg.store import Store
from kg.store.verifying import verify
with Store.open(Path(sys.argv[1])) as store:
    validate(store.data)
    verify(store)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def filled(store: Store, count: int) -> Store:
    """A store with some articles, each of twenty sentences of which one carries a relation."""
    text = " ".join(f"Ana Bell met Bo Cole in Oslo on day {number}." for number in range(20))
    with store.adding():
        for number in range(count):
            store.add(make_extraction(f"{text} {number}", article_id=str(number)))
    return store


def seconds(task: Callable[[], object]) -> float:
    """The least time of three runs."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return min(times)


def test_replaying_takes_a_few_times_what_reading_takes(tmp_path):
    with Store.create(tmp_path / "graph") as store:
        filled(store, 200)
        reading = seconds(lambda: sum(1 for _ in store.data.quads_for_pattern(None, None, None, None)))
        assert seconds(lambda: verify(store)) < 12 * reading


def test_compiled_shapes_take_a_fraction_of_what_pyshacl_takes():
    store = filled(Store.in_memory(), 50)
    batch = gather_articles(store.data, article_nodes(store.data))
    for triple in load_ontology().triples:
        batch.add(*triple)
    standard = seconds(lambda: list(run_shapes(batch, batch.focus)))
    assert seconds(lambda: list(suspects(batch, load_ontology()))) < 0.1 * standard


def test_memory_of_checking_does_not_grow_with_the_graph(tmp_path):
    peaks = []
    for count in (100, 800):
        with Store.create(tmp_path / str(count)) as store:
            filled(store, count)
        command = [sys.executable, "-c", PEAK, str(tmp_path / str(count))]
        peaks.append(int(subprocess.run(command, capture_output=True, text=True, check=True).stdout))
    assert peaks[1] < 1.3 * peaks[0]
