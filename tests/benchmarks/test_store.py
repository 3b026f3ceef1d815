"""Load rate, latency of the named questions and cost of updates, as ratios in one run of CPU time.

The ordinary run takes a graph of 100,000 quads. The figures for a million (about five minutes) come from

    KG_BENCH_QUADS=1000000 pytest tests/benchmarks/test_store.py -o log_cli=true -o log_cli_level=INFO
"""

from __future__ import annotations

import gc
import json
import logging
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.store import Store, ask, questions
from kg.store.graphs import lasting_quads
from kg.store.importing import import_rdf
from kg.store.reading import Wanted
from kg.vocabulary import XSD, load_vocabulary
from tests.benchmarks.quads import quads_by_kind, table
from tests.benchmarks.synthetic import SOFTWARE, extractions, quads_of, write_graph
from tests.conftest import ROOT

pytestmark = pytest.mark.slow

QUADS = int(os.environ.get("KG_BENCH_QUADS", "100000"))
SLOWEST = 1.2
"""Times the CPU time of raw pyoxigraph."""
SLOWEST_EMPTY = 2.0
"""The same where there is no answer, whereupon each text is looked for among the names."""
FASTER = 20
"""Times as fast as rdflib, wherever rdflib takes over a second."""
PATIENCE = 2 if QUADS < 1_000_000 else 10
"""CPU seconds that rdflib gets for a question, or `FASTER` times ours and a little, if that is more."""
RUNS = 5
QUICK = 0.02
"""CPU seconds below which a question is asked more often, since so little is disturbed by so little."""
LOG = logging.getLogger(__name__)
Case = tuple[str, dict[str, str]]


@pytest.fixture(autouse=True)
def no_garbage() -> Iterator[None]:
    """What the tests have made is not looked through for garbage while others are measured."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(scope="module")
def file(tmp_path_factory) -> Path:
    """A graph in N-Quads."""
    path = tmp_path_factory.mktemp("synthetic") / "graph.nq"
    write_graph(path, quads=QUADS)
    return path


@pytest.fixture(scope="module")
def store(file) -> Store:
    """The graph in memory, where rdflib has it too."""
    store = Store.in_memory()
    store.data.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    return store


@pytest.fixture(scope="module")
def on_disk(file, tmp_path_factory) -> Iterator[Store]:
    folder = tmp_path_factory.mktemp("disk") / "graph"
    load(file, folder)
    with Store.open(folder) as store:
        yield store


@pytest.fixture(scope="module")
def cases(store) -> list[Case]:
    """Each question without its optional values and with them, about those with the most relations."""
    top = [str(row["entity"]).split()[1] for row in ask(store, "top-actors").records()]
    where = ask(store, "what-happened-where").records()[0]["where"]
    values = {
        "actor": top[0], "subject": top[0], "object": top[1], "speaker": top[0], "topic": top[1],
        "place": str(where), "since": "2018-01-01", "until": "2018-12-31",
        "property": "https://w3id.org/actors-kg/ontology#meets",
    }  # fmt: skip
    found: list[Case] = []
    for question in questions():
        for every in (False, True):
            names = [item.name for item in question.parameters if every or item.required]
            found.append((question.name, {name: values[name] for name in names}))
    return [case for number, case in enumerate(found) if case not in found[:number]]


def load(file: Path, folder: Path) -> None:
    """What `kg import` does with N-Quads and a new graph."""
    import_rdf([file], folder)


def load_raw(file: Path, folder: Path) -> None:
    ox.Store(str(folder)).bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)


def seconds(work: Callable[[], object], *, runs: int = RUNS) -> float:
    """The least CPU seconds of some runs: the least disturbed."""
    return min(once(work) for _ in range(runs))


def once(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def compared(ours: Callable[[], object], raw: Callable[[], object]) -> tuple[float, float]:
    """The CPU seconds of both, taken in turn so that what disturbs one disturbs the other."""
    runs = RUNS if once(ours) > QUICK else 5 * RUNS
    pairs = [(once(ours), once(raw)) for _ in range(runs)]
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


def typed(name: str, value: str) -> ox.NamedNode | ox.Literal:
    if name == "property":
        return ox.NamedNode(value)
    return ox.Literal(value, datatype=XSD.date) if name in {"since", "until"} else ox.Literal(value)


def ask_raw(store: Store, case: Case) -> list[tuple[object, ...]]:
    """The answer of the engine itself, with its values read."""
    found = store.data.query(
        text_of(case),
        prefixes=store.prefixes,
        use_default_graph_as_union=True,
        substitutions={ox.Variable(name): typed(name, value) for name, value in case[1].items()} or None,
    )
    return [tuple(row) for row in found]


def text_of(case: Case) -> str:
    return next(question.text for question in questions() if question.name == case[0])


def ask_rdflib(file: Path, store: Store, asked: list[tuple[Case, float]]) -> list[float]:
    """The CPU seconds that rdflib's own store takes, each up to a limit."""
    said = [
        {
            "text": text_of(case),
            "values": {name: (value, kind_of(name, value)) for name, value in case[1].items()},
            "limit": limit,
        }
        for case, limit in asked
    ]
    given = json.dumps({"file": str(file), "prefixes": store.prefixes, "cases": said})
    command = [sys.executable, "-m", "tests.benchmarks.apart"]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True, cwd=ROOT)
    return [float(line) for line in done.stdout.split()]


def kind_of(name: str, value: str) -> str | None:
    term = typed(name, value)
    if isinstance(term, ox.NamedNode):
        return "iri"
    return term.datatype.value if term.datatype == XSD.date else None


def test_synthetic_graph_is_what_a_build_writes():
    some = list(islice(extractions(), 4))
    store = Store.in_memory()
    for extraction in some:
        store.add(extraction, model=SOFTWARE.model)
    written = {quad for quads in quads_of(some) for quad in quads}
    own = {quad for quad in written if "software" not in f"{quad.subject} {quad.object}"}
    added = {
        quad
        for quad in lasting_quads(store.data, store.base)
        if "software" not in f"{quad.subject} {quad.object}"
    }
    assert own == added


def test_loading_costs_little_more_than_raw_loading(file, tmp_path):
    load_vocabulary()  # once in a process, whatever it loads
    times: dict[Callable[[Path, Path], None], list[float]] = {load: [], load_raw: []}
    for _ in range(5):
        for work, taken in times.items():
            began = time.perf_counter()  # the checks use all cores, so that CPU time says nothing of the rate
            work(file, tmp_path / "graph")
            taken.append(time.perf_counter() - began)
            shutil.rmtree(tmp_path / "graph")
    rate = min(times[load_raw]) / min(times[load])
    LOG.info("load rate %.2f of raw pyoxigraph: %.0f quads a second", rate, QUADS / min(times[load]))
    # In a small graph what every import costs once weighs more.
    assert rate >= (0.8 if QUADS >= 1_000_000 else 0.65)


def test_adding_does_not_slow_down_as_the_graph_grows(tmp_path):
    some = list(islice(extractions(), QUADS // 1000))
    with Store.create(tmp_path / "graph") as store:
        times = [once(lambda one=one: store.add(one)) for one in some]
        tenth = len(some) // 10
        ratio = sorted(times[-tenth:])[tenth // 2] / sorted(times[:tenth])[tenth // 2]
        quads = len(store.data)
    raw = seconds(lambda: ox.Store().extend(quad for part in quads_of(some[:tenth]) for quad in part), runs=1)
    LOG.info("last tenth %.2f of the first; %.0f quads a second", ratio, quads / sum(times))
    LOG.info("an article one by one takes %.1f times stating and extending", sum(times[:tenth]) / raw)
    # Who is in many articles is described anew with each: 1.4 to 1.6 at 100,000 quads, 2.0 at a million.
    assert ratio <= (2.5 if QUADS >= 1_000_000 else 2)


def test_removing_costs_the_same_in_a_large_graph(file, tmp_path):
    small, large = tmp_path / "small.nq", tmp_path / "large"
    write_graph(small, quads=QUADS // 10)
    load(small, tmp_path / "small")
    load(file, large)
    taken = {}
    for folder in (tmp_path / "small", large):
        # Without the judging of who is one with whom, which looks at all of a graph.
        with Store.open(folder, read_only=False) as store, store.adding():
            times = [once(lambda name=f"news-{n:07}": store.remove(name)) for n in range(7)]
            taken[folder] = sorted(times)[3]
    ratio = taken[large] / taken[tmp_path / "small"]
    LOG.info("removing: %.2f times as long in a graph ten times as large", ratio)
    # All articles that name the same entities are asked for their names: 1.4 times as long in a graph of
    # 100,000 quads as in one of 10,000, but 7 times in one of a million as in one of 100,000.
    assert ratio <= (10 if QUADS >= 1_000_000 else 2.5)


@pytest.mark.parametrize("place", ["store", "on_disk"])
def test_questions_cost_little_more_than_raw_queries(place, cases, request):
    store = request.getfixturevalue(place)
    ratios = {}
    for case in cases:
        ours, raw = compared(lambda case=case: ask(store, *case), lambda case=case: ask_raw(store, case))
        ratios[str(case)] = ours / raw
        LOG.info("%-8s %-26s %d ours %8.2f ms raw %8.2f ms %.2f", place, case[0], len(case[1]),
                 ours * 1000, raw * 1000, ours / raw)  # fmt: skip
        # What takes less than the checks of a query (some tenths of a millisecond) is no latency.
        assert ours <= (SLOWEST if ask_raw(store, case) else SLOWEST_EMPTY) * raw + 0.0003, case


def test_questions_are_answered_sooner_than_by_rdflib(file, store, on_disk, cases):
    ours = [seconds(lambda case=case: ask(store, *case)) for case in cases]
    disk = [seconds(lambda case=case: ask(on_disk, *case), runs=2) for case in cases]
    limits = [max(PATIENCE, 1.2 * FASTER * time_) for time_ in ours]
    theirs = ask_rdflib(file, store, list(zip(cases, limits, strict=True)))
    for case, own, folder, limit, other in zip(cases, ours, disk, limits, theirs, strict=True):
        sign = ">" if other >= limit else " "
        LOG.info("%-26s %d ours %8.2f ms (disk %8.2f) rdflib %s%8.0f ms %s%7.0f times", case[0], len(case[1]),
                 own * 1000, folder * 1000, sign, other * 1000, sign, other / own)  # fmt: skip
    slow = {str(case): other / own for case, own, other in zip(cases, ours, theirs, strict=True) if other > 1}
    assert slow
    assert {case: times for case, times in slow.items() if times < FASTER} == {}


def test_reading_all_costs_a_few_times_the_quads(store):
    raw = seconds(lambda: sum(1 for _ in store.data), runs=2)
    reads = {
        "info": (store.info, 1.5),
        "entities": (store.entities, 6),
        "relations": (lambda: list(store.relations()), 6),
        "articles": (store.articles, 1),
        "relations of an article": (lambda: list(store.relations(Wanted(article="news-0000007"))), 0.1),
        "relations of an actor": (lambda: list(store.relations(Wanted(subject="Nobody"))), 2),
    }
    for name, (read, most) in reads.items():
        ratio = seconds(read, runs=2) / raw
        LOG.info("%s: %.2f of going through all quads", name, ratio)
        assert ratio <= most, name


def test_quads_have_their_kinds(store):
    found = quads_by_kind(store.data)
    LOG.info("quads a relation:\n%s", table(store.data))
    assert found.total() == len(store.data)
    assert found["mentions"] > found["relation nodes"] > found["articles"]
