"""Snapshots: as the graph was at a moment, whoever writes meanwhile, and cleared away whoever is killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.store import Store
from kg.store.folder import SERVING, begin_writing, create_folder
from kg.store.importing import import_rdf
from kg.store.inference import infer
from kg.store.search.opening import index_of
from kg.store.snapshots import Snapshots, capture, state_of
from kg.vocabulary import BASE
from tests.builders import make_extraction
from tests.store.killing import write_articles
from tests.store.test_faults import small_disk  # noqa: F401  (a fixture)

ROOT = Path(__file__).parents[2]
MET, AGAIN = make_extraction(article_id="a1"), make_extraction(article_id="a2")
QUADS = 20
"""Of each transaction of the hard writer."""
AMID_WRITING = 25
"""Snapshots that are taken while it writes: each is read whole, and the store grows all the time."""


@pytest.fixture
def graph(tmp_path) -> Path:
    """A graph of one article, closed."""
    with Store.create(tmp_path / "graph") as store:
        store.add(MET)
    return tmp_path / "graph"


def articles(path: Path) -> list[str]:
    with Store.open(path) as store:
        return [article.id for article in store.articles()]


def started(code: str, *arguments: object) -> subprocess.Popen[str]:
    """A process that runs code, when it has said that it is ready."""
    command = [sys.executable, "-c", code, *map(str, arguments)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def ended(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.wait()
    assert process.stdout is not None
    process.stdout.close()


# ---- the state


def test_state_of_a_graph_that_is_left_alone_stays(graph):
    before = state_of(graph)
    articles(graph)
    with Snapshots(graph) as snapshots:
        snapshots.take()
        assert state_of(graph) == before
    assert before.is_settled
    assert before.articles == 1


def test_state_tells_of_a_writer_from_its_first_change_to_its_end(graph):
    before = state_of(graph)
    with Store.open(graph, read_only=False) as store:
        assert state_of(graph) == before
        store.add(AGAIN)
        during = state_of(graph)
        assert not during.is_settled
        store.remove("a1")
        assert state_of(graph) == during
    after = state_of(graph)
    assert after.is_settled
    assert len({before, during, after}) == 3


@pytest.mark.parametrize(
    "change",
    [
        lambda store: store.add(make_extraction("Ana Bell met Bo Cole in Rome.", article_id="a1")),
        lambda store: store.judge(),
        infer,
    ],
    ids=["another text", "judge", "infer"],
)  # fmt: skip
def test_state_tells_of_a_change_that_leaves_as_many_articles(graph, change):
    before = state_of(graph)
    with Store.open(graph, read_only=False) as store:
        change(store)
    after = state_of(graph)
    assert after.is_settled
    assert after != before
    assert after.articles == before.articles


def test_state_tells_of_an_import(graph, tmp_path):
    before = state_of(graph)
    with Store.in_memory() as other:
        other.add(AGAIN)
        other.dump("nq", tmp_path / "other.nq")
    import_rdf([tmp_path / "other.nq"], graph)
    assert state_of(graph) != before
    assert state_of(graph).is_settled


@pytest.mark.slow
def test_state_of_a_graph_whose_writer_was_killed_is_unsettled_until_the_next_closes(graph):
    code = (
        "import sys, time\nfrom kg.store import Store\nfrom tests.builders import make_extraction\n"
        "store = Store.open(sys.argv[1], read_only=False)\nstore.add(make_extraction(article_id='a2'))\n"
        "print('ready', flush=True)\ntime.sleep(60)"
    )
    ended(started(code, graph))
    killed = state_of(graph)
    assert not killed.is_settled
    assert state_of(graph) == killed
    with Snapshots(graph) as snapshots:
        assert articles(snapshots.take().path) == ["a1", "a2"]
    with Store.open(graph, read_only=False) as store:
        store.remove("a2")
    assert state_of(graph).is_settled


def test_state_tells_of_a_file_beside_the_data(graph):
    before = state_of(graph)
    (graph / "names.sqlite").write_bytes(b"1")
    assert state_of(graph) != before


def test_state_is_the_same_when_somebody_searches(graph):
    (graph / "search.sqlite").unlink()
    before = state_of(graph)
    with Store.open(graph) as store:
        index_of(store).close()
    assert (graph / "search.sqlite").is_file()
    assert state_of(graph) == before


def test_state_of_what_is_no_graph_is_an_error(tmp_path):
    with pytest.raises(StoreError, match="no graph"):
        state_of(tmp_path / "none")
    with pytest.raises(StoreError, match="not a graph"):
        state_of(tmp_path)


# ---- one snapshot


@pytest.mark.slow
def test_snapshot_is_a_graph_that_stays_as_it_was(graph):
    (graph / "ontology.ttl").write_text("# none\n")
    (graph / "names.sqlite").write_bytes(b"index")
    with Snapshots(graph) as snapshots:
        snapshot = snapshots.take()
        assert snapshot.state == state_of(graph)
        with Store.open(graph, read_only=False) as store:
            store.add(AGAIN)
            store.remove("a1")
        assert articles(snapshot.path) == ["a1"]
        assert (snapshot.path / "ontology.ttl").read_text() == "# none\n"
        assert (snapshot.path / "names.sqlite").read_bytes() == b"index"
        assert articles(graph) == ["a2"]


def test_snapshot_shares_its_tables_with_the_graph(graph):
    with Snapshots(graph) as snapshots:
        tables = list(snapshots.take().path.glob("oxigraph/*.sst"))
        assert tables
        assert all(table.samefile(graph / "oxigraph" / table.name) for table in tables)


def test_snapshot_where_nothing_can_be_linked_is_a_copy(graph, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    with Snapshots(graph) as snapshots:
        snapshot = snapshots.take()
        assert articles(snapshot.path) == ["a1"]
        table = next(snapshot.path.glob("oxigraph/*.sst"))
        assert not table.samefile(graph / "oxigraph" / table.name)


def test_snapshot_of_an_open_store_has_what_was_committed(graph):
    with Store.open(graph, read_only=False) as store, Snapshots(graph) as snapshots:
        store.add(AGAIN)
        snapshot = snapshots.take()
        assert articles(snapshot.path) == ["a1", "a2"]
        assert not snapshot.state.is_settled


def test_snapshot_of_a_graph_without_its_list_of_tables_is_an_error(graph, tmp_path, monkeypatch):
    monkeypatch.setattr("kg.store.snapshots.capturing._WAITS", (0.0, 0.0))
    (graph / "oxigraph" / "CURRENT").unlink()
    with pytest.raises(StoreError, match=r"lacks .*CURRENT"):
        capture(graph, tmp_path / "copy")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph"]


# ---- while others write

_WRITER = f"""
import random, sys
import pyoxigraph as ox
store, rng = ox.Store(sys.argv[1]), random.Random(5)
print("ready", flush=True)
for number in range(10**9):
    node = ox.NamedNode(f"http://example.org/{{number}}")
    text = [ox.Literal(f"{{place}} {{rng.random()}}" * 20) for place in range({QUADS})]
    store.extend([ox.Quad(node, node, item, node) for item in text])
    if rng.random() < 0.1:
        store.flush()
    if rng.random() < 0.005:
        store.optimize()
"""


def transactions(path: Path) -> list[int]:
    """The numbers of the hard writer's transactions in a snapshot; fails where one is not whole."""
    import pyoxigraph as ox

    counts: dict[int, int] = {}
    for quad in ox.Store.read_only(str(path / "oxigraph")):
        number = int(quad.graph_name.value.rpartition("/")[2])
        counts[number] = counts.get(number, 0) + 1
    assert set(counts.values()) <= {QUADS}
    return sorted(counts)


@pytest.mark.slow
def test_snapshots_amid_hard_writing_hold_all_up_to_a_moment(tmp_path):
    """No transaction is half there, and none is missing before one that is there."""
    folder = tmp_path / "graph"
    create_folder(folder, BASE)
    begin_writing(folder)
    writer, last = started(_WRITER, folder / "oxigraph"), 0
    try:
        for number in range(AMID_WRITING):
            capture(folder, tmp_path / str(number))
            found = transactions(tmp_path / str(number))
            shutil.rmtree(tmp_path / str(number))
            assert found == list(range(len(found)))
            assert len(found) >= last
            last = len(found)
        assert writer.poll() is None
    finally:
        ended(writer)
    assert last > AMID_WRITING


_BUILDER = """
import sys
from kg.builder import build_graph
from tests.store.killing import extract
print("ready", flush=True)
while True:
    for file in sys.argv[2:]:
        build_graph([file], sys.argv[1], extractor=extract)
"""


@pytest.mark.slow
def test_snapshots_amid_builds_have_each_article_whole(tmp_path):
    from tests.store.killing import look

    files = write_articles(tmp_path)
    folder = tmp_path / "graph"
    Store.create(folder).close()
    builder, seen, settled = started(_BUILDER, folder, *files), set(), 0
    try:
        with Snapshots(folder) as snapshots:
            for _ in range(200):
                snapshot = snapshots.take()
                look(snapshot.path)
                seen.add(snapshot.state)
                if snapshot.state.is_settled:
                    settled += 1
                    with Store.open(snapshot.path) as store:
                        assert store.is_finished
                        assert len(store.articles()) == snapshot.state.articles
                snapshots.drop(snapshot)
        assert builder.poll() is None
    finally:
        ended(builder)
    assert settled
    assert len(seen) > 2


_IMPORTER = """
import sys
from kg.store import Store
from kg.store.importing import import_rdf
print("ready", flush=True)
while True:
    import_rdf([sys.argv[2]], sys.argv[1])
    with Store.open(sys.argv[1], read_only=False) as store:
        store.remove("a2")
"""


@pytest.mark.slow
def test_snapshots_amid_imports_are_of_one_graph_or_the_other(graph, tmp_path):
    with Store.in_memory() as other:
        other.add(AGAIN)
        other.dump("nq", tmp_path / "other.nq")
    importer, data = started(_IMPORTER, graph, tmp_path / "other.nq"), set()
    try:
        with Snapshots(graph) as snapshots:
            for _ in range(100):
                snapshot = snapshots.take()
                assert articles(snapshot.path) in (["a1"], ["a1", "a2"])
                data |= {path.name for path in snapshot.path.glob("oxigraph*")}
                snapshots.drop(snapshot)
        assert importer.poll() is None
    finally:
        ended(importer)
    assert data == {"oxigraph", "oxigraph-2"}


# ---- where they stand


def test_snapshots_are_numbered_and_gone_when_closed(graph):
    with Snapshots(graph) as snapshots:
        first, second = snapshots.take(), snapshots.take()
        assert (first.number, second.number) == (1, 2)
        assert first.path.parent == second.path.parent == snapshots.folder
        assert snapshots.folder.parent == graph / SERVING
        snapshots.drop(first)
        snapshots.drop(first)
        assert not first.path.exists()
        assert articles(second.path) == ["a1"]
    assert not (graph / SERVING).exists()
    with pytest.raises(StoreError, match="closed"):
        snapshots.take()
    snapshots.close()


def test_dropped_snapshot_is_read_on_by_who_has_it_open(graph):
    with Snapshots(graph) as snapshots:
        snapshot = snapshots.take()
        with Store.open(snapshot.path) as store:
            snapshots.drop(snapshot)
            assert len(store.articles()) == 1


_SERVER = """
import sys, time
from pathlib import Path
from kg.store.snapshots import Snapshots
snapshots = Snapshots(Path(sys.argv[1]))
snapshots.take()
print("ready", flush=True)
time.sleep(60)
"""


@pytest.mark.slow
def test_leftovers_of_who_was_killed_go_and_the_living_keep_theirs(graph):
    living, killed = started(_SERVER, graph), started(_SERVER, graph)
    try:
        assert len([path for path in (graph / SERVING).iterdir() if path.is_dir()]) == 2
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait()
        with Snapshots(graph) as snapshots:
            owners = {path.name.partition("-")[0] for path in (graph / SERVING).iterdir() if path.is_dir()}
            assert owners == {str(living.pid), str(os.getpid())}
            snapshots.take()
        (kept,) = (path for path in (graph / SERVING).iterdir() if path.is_dir())
        assert articles(kept / "1") == ["a1"]
    finally:
        ended(living)
        ended(killed)


def test_snapshots_in_a_place_of_choice(graph, tmp_path):
    with Snapshots(graph, place=tmp_path / "there") as snapshots:
        assert snapshots.folder.parent == tmp_path / "there"
        assert articles(snapshots.take().path) == ["a1"]
        assert not (graph / SERVING).exists()


def test_snapshots_of_a_graph_that_cannot_be_written_to_stand_among_temporary_files(
    graph, tmp_path, monkeypatch
):
    (graph / SERVING).write_text("")  # nothing can be made where a file is
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    with Snapshots(graph) as snapshots:
        assert tmp_path / "temporary" in snapshots.folder.parents
        assert articles(snapshots.take().path) == ["a1"]


def fill(file: Path) -> None:
    with file.open("wb", 0) as out:
        while True:
            out.write(bytes(1 << 12))


@pytest.mark.slow
def test_full_disk_is_told_and_leaves_the_snapshots_that_are(graph, small_disk):  # noqa: F811
    crowded = shutil.copytree(graph, small_disk / "graph")
    with Store.open(crowded, read_only=False) as store, Snapshots(crowded) as snapshots:
        store.add(AGAIN)  # in the journal, which is copied
        first = snapshots.take()
        with pytest.raises(OSError, match="No space"):
            fill(small_disk / "fill")
        with pytest.raises(StoreError, match=r"No snapshot of .* can be made in .*: No space left"):
            snapshots.take()
        assert articles(first.path) == ["a1", "a2"]
        assert [path.name for path in snapshots.folder.iterdir()] == ["1"]
        (small_disk / "fill").unlink()


def test_folder_of_somebody_else_among_temporary_files_is_not_used(graph, tmp_path, monkeypatch):
    (graph / SERVING).write_text("")
    (tmp_path / f"kg-serving-{os.getuid()}").mkdir(mode=0o777)
    (tmp_path / f"kg-serving-{os.getuid()}").chmod(0o777)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with pytest.raises(StoreError, match="another folder"):
        Snapshots(graph)


def test_graph_that_is_replaced_as_a_folder_is_taken_anew(graph, tmp_path):
    with Store.create(tmp_path / "new") as store:
        store.add(AGAIN)
    with Snapshots(graph) as snapshots:
        snapshots.take()
        graph.rename(tmp_path / "old")
        (tmp_path / "new").rename(graph)
        assert articles(snapshots.take().path) == ["a2"]


def test_folder_where_only_snapshots_are_left_can_become_a_graph(graph):
    with Snapshots(graph) as snapshots:
        snapshots.take()
        for path in graph.iterdir():
            if path.name != SERVING:
                path.unlink() if path.is_file() else shutil.rmtree(path)
        with Store.create(graph) as store:
            store.add(AGAIN)
        assert articles(snapshots.take().path) == ["a2"]


def test_graph_that_is_served_is_imported_into_and_built_upon(graph, tmp_path):
    with Store.in_memory() as other:
        other.add(AGAIN)
        other.dump("nq", tmp_path / "other.nq")
    with Snapshots(graph) as snapshots:
        first = snapshots.take()
        import_rdf([tmp_path / "other.nq"], graph)
        with Store.create(graph) as store:
            store.add(make_extraction(article_id="a3"))
        assert articles(first.path) == ["a1"]
        assert articles(snapshots.take().path) == ["a1", "a2", "a3"]
