"""The same articles, in any order and any number of processes, give the same quads, byte for byte.

A graph has no blank nodes, so its sorted N-Quads are its canonical form (RDF Dataset Canonicalization,
W3C 2024, section 4: what has none is only sorted).
"""

from __future__ import annotations

import io
import subprocess
import sys
import time
from collections.abc import Iterable
from functools import partial
from itertools import permutations
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
import kg.articles
from kg.articles import read_articles
from kg.builder import BuildOptions, build_graph
from kg.extraction import document, extract_all, extraction_of
from kg.store import Store
from kg.types import Article, Extraction
from tests.seeds import seed_articles, seed_files

pytestmark = pytest.mark.model
ROOT = Path(__file__).parents[1]


def canonical(extractions: Iterable[Extraction]) -> bytes:
    """The quads of a graph that is made of extractions in their order, as canonical N-Quads."""
    store, out = Store.in_memory(), io.BytesIO()
    for extraction in extractions:
        store.add(extraction, model="some 1")
    store.dump("nq", out)
    lines = out.getvalue().splitlines(keepends=True)
    assert not [line for line in lines if line.startswith(b"_:") or b" _:" in line.partition(b'"')[0]]
    return b"".join(sorted(lines))


@pytest.fixture(scope="module")
def nlp():
    return kg.load()


@pytest.fixture(scope="module")
def seeds(nlp) -> bytes:
    return canonical(extract_all(nlp, seed_articles()))


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_order_of_the_seeds_changes_no_byte(nlp, seeds, order):
    articles = [seed_articles()[number] for number in order]
    assert canonical(extract_all(nlp, articles, batch_size=2)) == seeds


def test_number_of_processes_changes_no_byte(nlp, seeds):
    docs = (document(nlp, article) for article in seed_articles())
    assert canonical(map(extraction_of, nlp.pipe(docs, n_process=2, batch_size=1))) == seeds


def test_pipeline_that_is_loaded_anew_changes_no_byte(seeds):
    assert canonical(extract_all(kg.load(), seed_articles())) == seeds


def test_articles_that_come_twice_or_go_and_come_change_no_byte(nlp, seeds):
    first, *rest = extract_all(nlp, seed_articles())
    assert canonical([first, *rest, first]) == seeds


def test_sorted_quads_are_the_canonical_form(seeds):
    data = ox.Dataset(ox.parse(seeds, format=ox.RdfFormat.N_QUADS))
    data.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    assert sorted(f"{quad} .".encode() for quad in data) == seeds.splitlines()


def built(paths: list[str], out: Path, workers: int = 1) -> str:
    """The fingerprint of the graph that a build makes of some files."""
    build_graph(paths, out, options=BuildOptions(workers=workers))
    return fingerprint(out)


def fingerprint(path: Path) -> str:
    with Store.open(path) as store:
        assert store.is_finished
        return store.fingerprint()


@pytest.mark.slow
def test_number_of_workers_changes_no_graph(tmp_path):
    samples = [str(kg.articles.samples_folder())]
    assert built(samples, tmp_path / "one") == built(samples, tmp_path / "two", workers=2)


@pytest.mark.slow
def test_build_that_is_killed_ends_with_the_same_graph(tmp_path):
    seeds = seed_files()
    began = time.monotonic()
    command = [sys.executable, "-m", "kg", "build", *seeds, "-o"]
    subprocess.run([*command, str(tmp_path / "plain")], check=True, capture_output=True, cwd=ROOT)
    longest = time.monotonic() - began
    for share in (0.1, 0.5, 0.8, 0.9, 0.95):
        running = subprocess.Popen(
            [*command, str(tmp_path / "killed")],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(share * longest)
        running.kill()
        running.wait()
    built(seeds, tmp_path / "killed")
    assert fingerprint(tmp_path / "killed") == fingerprint(tmp_path / "plain")


@pytest.mark.slow
@pytest.mark.parametrize(
    "reorder", [partial(sorted, reverse=True), lambda numbers: sorted(numbers, key=lambda n: n * 7 % 20)],
    ids=["reversed", "shuffled"],
)  # fmt: skip
def test_order_of_wikinews_articles_changes_no_byte(nlp, shared, reorder):
    file = shared / "articles" / "wikinews-2019.jsonl"
    articles: list[Article] = list(read_articles([file]))[:20]
    found = list(extract_all(nlp, articles))
    again = extract_all(nlp, [articles[number] for number in reorder(range(20))])
    assert canonical(found) == canonical(again)
