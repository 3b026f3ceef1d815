"""Measures each stage of a build, each in a process of its own, and prints a table: `make bench`.

`python -m tests.benchmarks.stages CORPUS` takes articles as JSON Lines; `--growth N` is the size up to which
the growth from 1,000 articles is measured, `--workers N` how many processes are compared with one. Seconds
are those of the clock: run it on a machine that has nothing else to do.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from kg.articles import read_articles
from kg.builder import BuildOptions, build_graph
from kg.evaluation.speed import peak_megabytes
from kg.types import Article
from tests.benchmarks import corpus

SMALL = 1_000
"""Articles from which growth is measured."""
QUERY = "SELECT ?s { ?s a kg:Relation } LIMIT 1"
_CLOCK = 0.001
STARTS = 5
"""Commands are started so often; the quickest counts."""


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--growth", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    asked = parser.parse_args()
    say(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    say(f"{' '.join(sys.argv[1:])}\n\n| what | figure | memory |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for line in lines(asked.corpus, Path(folder), asked.growth, asked.workers):
            say(f"| {' | '.join(line)} |")


def say(line: str) -> None:
    """Writes a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def lines(source: Path, folder: Path, growth: int, workers: int) -> Iterator[tuple[str, str, str]]:
    """The rows of the table, as each is known."""
    found = {}
    for stage in ("language", "extraction", "build"):
        found[stage] = figures = apart(stage, source, folder / stage)
        yield stage, f"{figures['words'] / figures['seconds']:,.0f} words/s", megabytes(figures)
    ratio = found["build"]["seconds"] / found["language"]["seconds"]
    yield "build over language pipeline (target: at most 1.6)", f"{ratio:.2f}", ""
    one, several = (apart("build", source, folder / f"w{count}", count) for count in (1, workers))
    yield f"1 → {workers} workers (target: 1.8 at 2)", f"{one['seconds'] / several['seconds']:.2f}", ""
    yield from grown(folder, growth)
    bare = started([sys.executable, "-c", "pass"])
    for name, arguments in (("kg --help", ["--help"]), ("kg query", ["query", str(folder / "build"), QUERY])):
        seconds = started([sys.executable, "-m", "kg", *arguments])
        yield name, f"{seconds:.2f} s, {seconds / bare:.1f} × `python -c pass`", ""


def grown(folder: Path, growth: int) -> Iterator[tuple[str, str, str]]:
    """What an article takes of time, and the memory, in a small corpus and in a large one."""
    found = {}
    for count in (SMALL, growth):
        file = folder / f"{count}.jsonl"
        corpus.write(file, count)
        found[count] = figures = apart("build", file, folder / f"g{count}")
        each = 1000 * figures["seconds"] / count
        yield f"build of {count:,} short articles", f"{each:.1f} ms an article", megabytes(figures)
    small, large = (found[count]["seconds"] / count for count in (SMALL, growth))
    yield "growth of the time of an article (target: at most 1.1)", f"{large / small:.2f}", ""
    small, large = (found[count]["resident"] for count in (SMALL, growth))
    yield "growth of the memory while reading (target: at most 1.2)", f"{large / small:.2f}", ""


def apart(stage: str, source: Path, out: Path, workers: int = 1) -> dict[str, float]:
    """The figures of a stage, measured in a process of its own."""
    code = f"from tests.benchmarks.stages import *; tell({stage!r}, {str(source)!r}, {str(out)!r}, {workers})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout.splitlines()[-1]))


def tell(stage: str, source: str, out: str, workers: int) -> None:
    """Writes the figures of a stage as JSON."""
    articles = list(read_articles([source])) if stage != "build" else []
    run = {"language": language, "extraction": extraction}.get(stage)
    words = sum(len(article.text.split()) for article in articles)
    if run is not None:
        seconds, resident = run(articles), resident_megabytes()
    else:
        words, seconds, resident = build(source, out, workers)
    said = {"words": words, "seconds": seconds, "resident": resident, "peak": peak_megabytes() or 0.0}
    sys.stdout.write(json.dumps(said) + "\n")


def language(articles: list[Article]) -> float:
    """Seconds of the bare language pipeline, when it is loaded and warm."""
    from kg.extraction import load_language

    nlp = load_language()
    return timed(lambda: all(True for _ in nlp.pipe(a.text for a in articles)), lambda: nlp(articles[0].text))


def extraction(articles: list[Article]) -> float:
    """Seconds of the whole extraction, when it is loaded and warm."""
    from kg.extraction import extract, extract_all, load

    nlp = load()
    return timed(lambda: all(True for _ in extract_all(nlp, articles)), lambda: extract(nlp, articles[0]))


def timed(work: Callable[[], object], first: Callable[[], object]) -> float:
    """Seconds of some work, after something that warms it up."""
    first()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def build(source: str, out: str, workers: int) -> tuple[int, float, float]:
    """Words, seconds without those of the build of one article, and the memory when all are read."""
    resident = 0.0

    def on_article(_: str) -> None:
        nonlocal resident
        resident = resident_megabytes()

    options = BuildOptions(workers=workers)
    loading = build_graph([first_of(source, out)], f"{out}-first", options=options).seconds
    report = build_graph([source], out, options=options, on_article=on_article)
    return report.words, max(_CLOCK, report.seconds - loading), resident


def first_of(source: str, out: str) -> Path:
    """A corpus of the first article, whose build takes what loading takes."""
    file = Path(f"{out}-first.jsonl")
    with Path(source).open(encoding="utf-8") as lines_:
        file.write_text("".join(islice(lines_, 1)), "utf-8")
    return file


def resident_megabytes() -> float:
    """The memory that this process holds now; 0 where the system does not tell."""
    status = Path("/proc/self/statm")
    pages = int(status.read_text("ascii").split()[1]) if status.exists() else 0
    return pages * os.sysconf("SC_PAGESIZE") / 1_048_576


def started(command: list[str]) -> float:
    """Seconds of the quickest of some runs of a command."""

    def once() -> float:
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        return time.perf_counter() - began

    return min(once() for _ in range(STARTS))


def megabytes(figures: dict[str, float]) -> str:
    return f"{figures['resident']:,.0f} MB, at most {figures['peak']:,.0f}"


if __name__ == "__main__":
    main()
