"""Builds that are killed (kill -9) and started again, for `test_interruptions.py`; run as a process apart.

The process itself opens no store: each build, and each look at what is left of one, is a process that it
forks, so that Python starts once.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import kg.store.judging
import kg.store.steps
from kg.articles import foreign_language
from kg.builder import build_graph
from kg.errors import StoreError
from kg.rdf import graph_quads
from kg.rdf.articles import article_node, this_software
from kg.store import Store
from kg.store.graphs import ArticleGraphs
from kg.types import Article, Extraction
from kg.vocabulary import load_vocabulary
from tests.builders import make_extraction

COUNT = 24
NAMES = ("Oleksiy Babenko", "Oleksii Babenko", "Bo Cole", "Ed Fox", "Cy Dole")
PAUSE = 0.004
"""Seconds that the reading of an article takes."""


def extraction_of(number: int, version: int) -> Extraction:
    """What the article of this number says; one of four says something else in its second version."""
    ends = NAMES[number % 5], NAMES[(number + 1 + (version if number % 4 == 0 else 0)) % 5]
    return make_extraction(f"{ends[0]} met {ends[1]} in {number}.", article_id=f"a{number}", ends=ends)


def extract(articles: Iterable[Article]) -> Iterator[Extraction]:
    """Gives the prepared extractions, slowly."""
    for article in articles:
        time.sleep(PAUSE)
        number = int(article.id[1:])
        found = [extraction_of(number, version) for version in (0, 1)]
        yield next(one for one in found if one.article.text == article.text)


def write_articles(folder: Path) -> list[Path]:
    """The articles in their two versions, as files."""
    files = []
    for version in (0, 1):
        articles = [extraction_of(number, version).article for number in range(COUNT)]
        lines = [json.dumps({"id": a.id, "text": a.text, "date": str(a.date)}) for a in articles]
        files.append(folder / f"{version}.jsonl")
        files[-1].write_text("\n".join(lines), "utf-8")
    return files


def forked(work: Callable[[], object]) -> int:
    """The id of a process that does the work; its exit code is 0 where that ends well."""
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        work()
        code = 0
    finally:
        if code:
            traceback.print_exc()
        sys.stderr.flush()
        os._exit(code)


def ended(process: int, seconds: float | None = None) -> int:
    """The exit code of a process, which is killed after so many seconds: then it is -9."""
    if seconds is not None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            done, status = os.waitpid(process, os.WNOHANG)
            if done:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.0005)
        os.kill(process, signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def look(graph: Path) -> None:
    """Fails if an article is not whole, or what tells a graph is missing where articles are."""
    try:
        store = Store.open(graph)
    except StoreError as error:
        is_empty = graph.is_dir() and not any(graph.iterdir())  # killed at the very first step
        assert is_empty or "no graph" in str(error) or "was stopped" in str(error), error  # noqa: PT017
        return
    known = [extraction_of(number, version) for number in range(COUNT) for version in (0, 1)]
    software = this_software()
    whole = {
        article_node(one.article): set(graph_quads(one, store.vocabulary, software=software)) for one in known
    }
    ids = [article.id for article in store.articles()]
    assert len(ids) == len(set(ids)), ids
    for node in ArticleGraphs(store.base).of(store.data):
        assert set(store.data.quads_for_pattern(None, None, None, node)) == whole[node], node


def tell(graph: Path, out: Path) -> None:
    """Writes the fingerprint of a finished graph."""
    with Store.open(graph) as store:
        assert store.is_finished
        with out.open("a", encoding="utf-8") as file:
            file.write(f"{store.fingerprint()}\n")


def kill_at_random(folder: Path, kills: int, seed: int) -> None:
    """Builds the first version and then the second, kills builds at random moments, and starts them again."""
    files, rng, done = write_articles(folder), random.Random(seed), 0
    plain = folder / "plain"
    began = time.monotonic()
    assert not ended(forked(lambda: [build_graph([file], plain, extractor=extract) for file in files]))
    longest = (time.monotonic() - began) / 2
    assert not ended(forked(lambda: tell(plain, folder / "fingerprints")))
    round_ = 0
    while done < kills:
        graph, round_ = folder / f"graph{round_}", round_ + 1
        for file in files:
            while code := ended(
                forked(lambda: build_graph([file], graph, extractor=extract)),  # noqa: B023
                rng.uniform(0, 1.2 * longest) if done < kills else None,
            ):
                assert code == -signal.SIGKILL, code
                done += 1
                assert not ended(forked(lambda: look(graph)))  # noqa: B023
        assert not ended(forked(lambda: tell(graph, folder / "fingerprints")))  # noqa: B023


def kill_at_changes(folder: Path, changes: int) -> None:
    """Builds the second version upon the first, killed before and after each of its changes, and again."""
    files, first = write_articles(folder), folder / "first"
    assert not ended(forked(lambda: build_graph([files[0]], first, extractor=extract)))
    for number in range(1, changes + 1):
        for is_before in (True, False):
            graph = folder / f"graph{number}{is_before}"
            shutil.copytree(first, graph)
            code = ended(forked(lambda: _doomed([files[1]], graph, number, is_before=is_before)))  # noqa: B023
            assert code in {0, -signal.SIGKILL}, code
            assert not ended(forked(lambda: look(graph)))  # noqa: B023
            assert not ended(forked(lambda: build_graph([files[1]], graph, extractor=extract)))  # noqa: B023
            assert not ended(forked(lambda: tell(graph, folder / "fingerprints")))  # noqa: B023


def _doomed(files: list[Path], graph: Path, number: int, *, is_before: bool) -> None:
    apply, count = kg.store.steps.apply, 0

    def applied(changes: object, data: object) -> None:
        nonlocal count
        count += 1
        if count == number and is_before:
            os.kill(os.getpid(), signal.SIGKILL)
        apply(changes, data)
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)

    kg.store.steps.apply = kg.store.judging.apply = applied
    kg.store.steps.MANY = 1  # so that all that can be goes in steps
    build_graph(files, graph, extractor=extract)


if __name__ == "__main__":
    load_vocabulary()  # before forking, so that it is read once
    foreign_language("They met.")
    where, how, *numbers = Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:])
    {"random": kill_at_random, "changes": kill_at_changes}[how](where, *numbers)
