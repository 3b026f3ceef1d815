"""`kg backup` and `kg restore`: whole or not at all; what is damaged or hostile changes nothing."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from kg.__main__ import main
from kg.errors import BackupError, KgError
from kg.store import Store
from kg.store.backups import BACKUP, back_up, restore
from kg.store.snapshots import Snapshots, state_of
from tests.builders import make_extraction
from tests.store.test_backups import (  # noqa: F401  (fixtures)
    AGAIN,
    COACH,
    KINDS,
    MET,
    OWN,
    fingerprint,
    graph,
    made,
    names,
    originals,
    other,
    own,
)
from tests.store.test_faults import small_disk  # noqa: F401  (a fixture)

# ---- there and back


@pytest.mark.parametrize("name", KINDS)
def test_backup_is_restored_as_the_same_graph(kg, graph, tmp_path, name):  # noqa: F811
    code, out, err = kg("backup", graph, tmp_path / name)
    assert (code, err) == (0, "")
    assert f"{name}: 1 articles in " in out
    code, out, err = kg("restore", tmp_path / name, tmp_path / "again")
    assert (code, err) == (0, "")
    assert f"again: 1 articles restored from {tmp_path / name}, made 20" in out
    assert fingerprint(tmp_path / "again") == fingerprint(graph)
    assert names(graph) == names(tmp_path / "again") == ["kg-graph.json", "oxigraph"]
    assert names(tmp_path) == sorted(["again", name, "graph"])


def test_backup_in_a_folder_is_a_graph(kg, graph, tmp_path):  # noqa: F811
    assert kg("backup", graph, tmp_path / "new" / "copy")[0] == 0
    assert fingerprint(tmp_path / "new" / "copy") == fingerprint(graph)
    assert kg("restore", tmp_path / "new" / "copy", tmp_path / "again")[0] == 0


def test_backup_is_a_copy_unless_links_are_asked_for(kg, graph, tmp_path):  # noqa: F811
    kg("backup", graph, tmp_path / "copy")
    assert "linked and checked" in kg("backup", graph, tmp_path / "links", "--link")[1]
    shared = {"copy": [], "links": []}
    for name, found in shared.items():
        tables = (tmp_path / name / "oxigraph").glob("*.sst")
        found.extend(table.samefile(graph / "oxigraph" / table.name) for table in tables)
    assert (any(shared["copy"]), all(shared["links"])) == (False, True)
    with Store.create(graph) as store:
        store.remove("a1")
    assert kg("restore", tmp_path / "links", tmp_path / "again")[0] == 0
    assert fingerprint(tmp_path / "again") == fingerprint(tmp_path / "copy")


@pytest.mark.parametrize(("name", "mode"), [("copy", 0o700), ("copy.tar", 0o600)])
def test_backup_is_as_private_as_the_graph(graph, tmp_path, name, mode):  # noqa: F811
    graph.chmod(0o700)
    back_up(graph, tmp_path / name)
    assert (tmp_path / name).stat().st_mode & 0o777 == mode


def test_backup_while_a_graph_is_served_and_written(kg, graph, tmp_path):  # noqa: F811
    with Snapshots(graph) as snapshots, Store.open(graph, read_only=False) as store:
        snapshot = snapshots.take()
        store.add(AGAIN)
        code, out, err = kg("backup", graph, tmp_path / "copy.tar.gz")
        assert (code, "2 articles" in out, "was being written" in err) == (0, True, True)
        assert snapshot.path.is_dir()
    code, out, err = kg("restore", tmp_path / "copy.tar.gz", tmp_path / "again")
    assert (code, "2 articles" in out, "was not finished" in err) == (0, True, True)
    assert fingerprint(tmp_path / "again") == fingerprint(graph)
    assert state_of(tmp_path / "again").is_settled


def test_restored_graph_replaces_another_only_if_that_is_asked_for(kg, graph, other, tmp_path):  # noqa: F811
    kg("backup", graph, tmp_path / "copy")
    before, state = fingerprint(other), state_of(other)
    code, _, err = kg("restore", tmp_path / "copy", other)
    assert (code, "is a graph already" in err, "--replace" in err) == (1, True, True)
    assert (fingerprint(other), state_of(other)) == (before, state)
    with Snapshots(other) as snapshots:
        shown = snapshots.take()
        assert kg("restore", tmp_path / "copy", other, "--replace")[0] == 0
        assert fingerprint(shown.path) == before
        assert state_of(other) != state
    assert fingerprint(other) == fingerprint(graph)


def test_restored_graph_is_built_upon(kg, graph, tmp_path):  # noqa: F811
    kg("backup", graph, tmp_path / "copy")
    kg("restore", tmp_path / "copy", tmp_path / "again")
    made(tmp_path / "again", AGAIN)
    assert fingerprint(tmp_path / "again") == fingerprint(made(tmp_path / "both", MET, AGAIN))


@pytest.mark.slow
def test_ontology_goes_with_its_graph(graph, tmp_path):  # noqa: F811
    coach = tmp_path / "coach"
    with Store.create(coach, ontology=own(tmp_path, "coach")) as store:
        store.add(COACH)
        store.judge()
    expected, plain = fingerprint(coach), fingerprint(graph)
    for folder in (coach, graph):
        back_up(folder, tmp_path / f"{folder.name}.tar")
    restore(tmp_path / "coach.tar", graph, replace=True)
    restore(tmp_path / "graph.tar", coach, replace=True)
    assert (fingerprint(graph), fingerprint(coach)) == (expected, plain)
    assert (graph / "ontology.ttl").read_text() == OWN.format("coach")
    assert not (coach / "ontology.ttl").exists()
    assert not list(tmp_path.glob("*/oxigraph*/ontology.ttl"))
    with Store.open(graph) as store:
        assert "coachs" in store.vocabulary.properties


@pytest.mark.parametrize("damage", ["table", "no list", "marker", "data"])
def test_damaged_graph_is_replaced(graph, tmp_path, damage):  # noqa: F811
    before = fingerprint(graph)
    back_up(graph, tmp_path / "copy")
    if damage == "table":
        for table in (graph / "oxigraph").glob("*.sst"):
            table.write_bytes(b"")
    elif damage == "no list":
        (graph / "oxigraph" / "CURRENT").unlink()
    elif damage == "marker":
        (graph / "kg-graph.json").write_text("{")
    else:
        shutil.rmtree(graph / "oxigraph")
    with pytest.raises(KgError, match="--replace"):
        restore(tmp_path / "copy", graph)
    restore(tmp_path / "copy", graph, replace=True)
    assert fingerprint(graph) == before
    assert len(names(graph)) == 2


# ---- what is refused


@pytest.mark.parametrize(
    ("target", "options", "message"),
    [
        ("graph", [], "is the graph itself"),
        ("graph/copy", [], "within the graph's folder"),
        ("graph/../graph/oxigraph/copy.tar", [], "within the graph's folder"),
        ("full", [], "exists, and no backup is written over"),
        ("full/a.tar", [], "exists, and no backup is written over"),
        ("copy.zip", [], "cannot be written as '.zip'.*folder, or a file that ends in .tar"),
        ("copy.tar.zst", [], "cannot be written as '.zst'"),
        ("copy.tar", ["--link"], "cannot be linked into an archive"),
        ("full/a.tar/copy", [], "copy. of .* MB cannot be written"),
    ],
)
def test_backup_to_a_wrong_place_is_refused(kg, graph, tmp_path, target, options, message):  # noqa: F811
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.tar").write_bytes(b"x")
    before = names(graph)
    code, _, err = kg("backup", graph, tmp_path / target, *options)
    assert code == 1
    assert re.search(message, err)
    assert names(graph) == before
    assert names(tmp_path) == ["full", "graph"]
    assert (tmp_path / "full" / "a.tar").read_bytes() == b"x"


def test_backup_of_no_graph_or_a_damaged_one_is_refused(kg, graph, tmp_path):  # noqa: F811
    assert "There is no graph" in kg("backup", tmp_path / "none", tmp_path / "copy")[2]
    for table in (graph / "oxigraph").glob("*.sst"):
        table.write_bytes(table.read_bytes()[:100])
    code, _, err = kg("backup", graph, tmp_path / "copy")
    assert code == 1
    assert f"No backup was made. The data of '{graph}' is damaged" in err
    assert names(tmp_path) == ["graph"]


def test_restore_while_somebody_writes_is_refused(kg, graph, tmp_path):  # noqa: F811
    back_up(graph, tmp_path / "copy")
    with Store.open(graph, read_only=False) as store:
        store.add(AGAIN)
        code, _, err = kg("restore", tmp_path / "copy", graph, "--replace")
        assert (code, "Another process writes" in err) == (1, True)
    assert len(Store.open(graph).articles()) == 2


@pytest.mark.parametrize(
    ("backup", "target", "message"),
    [
        ("none", "again", "There is no backup"),
        ("graph", "again", f"is no backup, or one that was not completed .it lacks {BACKUP}"),
        ("a.txt", "again", "no tar archive"),
        ("other.tar", "again", f"does not begin with {BACKUP}"),
        ("copy", "copy", "is the backup itself"),
        ("copy", "copy/again", "within the other"),
        ("copy", "thesis", "is not a graph"),
    ],
)
def test_restore_of_or_to_something_else_is_refused(
    kg,
    graph,  # noqa: F811
    tmp_path,
    backup,
    target,
    message,
):
    back_up(graph, tmp_path / "copy")
    (tmp_path / "a.txt").write_text("Ana Bell met Bo Cole." * 100)
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "a.txt").write_text("x")
    with tarfile.open(tmp_path / "other.tar", "w") as archive:
        archive.add(tmp_path / "a.txt", "a.txt")
    before = names(tmp_path)
    code, _, err = kg("restore", tmp_path / backup, tmp_path / target)
    assert code == 1
    assert re.search(message, err)
    assert names(tmp_path) == before
    assert names(tmp_path / "thesis") == ["a.txt"]


def test_backup_of_a_later_version_is_told(graph, tmp_path):  # noqa: F811
    back_up(graph, tmp_path / "copy")
    said = json.loads((tmp_path / "copy" / BACKUP).read_text())
    (tmp_path / "copy" / BACKUP).write_text(json.dumps(said | {"format": 99, "news": True}))
    with pytest.raises(BackupError, match="by a later version; update kg-actors"):
        restore(tmp_path / "copy", tmp_path / "again")
    assert not (tmp_path / "again").exists()


# ---- a full disk


@pytest.fixture
def bulky(tmp_path) -> Path:
    """A graph of over 8 MB that cannot be compressed."""
    noise = random.Random(6).randbytes(5_000_000).hex()
    return made(tmp_path / "bulky", make_extraction(f"Ana Bell met Bo Cole. {noise}"))


@pytest.mark.slow
def test_backup_to_a_disk_that_is_too_small_says_sizes_and_leaves_nothing(bulky, small_disk, kg):  # noqa: F811
    code, _, err = kg("backup", bulky, small_disk / "copy")
    assert code == 1
    assert re.search(r"too full: the backup takes [\d.]+ MB, and [\d.]+ MB are free", err)
    code, _, err = kg("backup", bulky, small_disk / "copy.tar")
    assert code == 1
    assert re.search(r"of [\d.]+ MB cannot be written .*[Nn]o space left.*Nothing was kept", err)
    assert names(small_disk) == []


@pytest.mark.slow
def test_restore_to_a_disk_that_is_too_small_changes_nothing(bulky, small_disk, tmp_path, kg):  # noqa: F811
    assert kg("backup", bulky, tmp_path / "copy.tar.gz")[0] == 0
    graph = made(small_disk / "graph", MET)  # noqa: F811
    before = fingerprint(graph)
    code, _, err = kg("restore", tmp_path / "copy.tar.gz", graph, "--replace")
    assert code == 1
    assert re.search(
        r"too full: the graph takes [\d.]+ MB, and [\d.]+ MB are free.*Nothing was restored", err
    )
    assert fingerprint(graph) == before
    assert len(names(graph)) == 2
    assert kg("restore", tmp_path / "copy.tar.gz", small_disk / "new")[0] == 1
    assert names(small_disk) == ["graph"]


@pytest.mark.slow
def test_read_only_graph_is_backed_up(graph, small_disk, tmp_path, kg):  # noqa: F811
    shutil.copytree(graph, small_disk / "graph")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert kg("backup", small_disk / "graph", tmp_path / "copy")[0] == 0
    assert fingerprint(tmp_path / "copy") == fingerprint(graph)
    code, _, err = kg("backup", graph, small_disk / "copy")
    assert (code, "Read-only file system" in err) == (1, True)
    code, _, err = kg("restore", tmp_path / "copy", small_disk / "graph", "--replace")
    assert (code, "Read-only file system" in err) == (1, True)


def test_progress_of_a_long_backup_is_shown(kg, graph, tmp_path, monkeypatch):  # noqa: F811
    monkeypatch.setattr("kg.cli.copies._SHOWN_FROM", 1)
    err = kg("backup", graph, tmp_path / "copy")[2]
    assert "25 of 100 percent" in err
    assert "100 of 100 percent" in err
    assert main(["restore", str(tmp_path / "copy"), str(tmp_path / "again")]) == 0
