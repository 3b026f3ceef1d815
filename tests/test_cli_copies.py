"""`kg backup` and `kg restore`: whole or not at all; what is damaged or hostile changes nothing."""

from __future__ import annotations

import io
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

from kg.__main__ import main
from kg.errors import BackupError, KgError
from kg.store import Store
from kg.store.backups import BACKUP, back_up, restore
from kg.store.folder import kept_ontology, open_data
from kg.store.snapshots import Snapshots, state_of
from tests.builders import make_extraction
from tests.store.killing import ended, forked
from tests.store.test_faults import small_disk  # noqa: F401  (a fixture)
from tests.test_cli import kg  # noqa: F401  (a fixture)

MET, AGAIN = make_extraction(article_id="a1"), make_extraction(article_id="a2")
OWN = (
    "@prefix kg: <https://w3id.org/actors-kg/ontology#> .\n@prefix my: <https://example.org/terms#> .\n"
    "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
    'my:{0}s rdfs:label "{0}s"@en ; kg:relationClass kg:OTHER ; kg:verb "{0}" .\n'
)
COACH = make_extraction(
    "Ana Bell coached Bo Cole.", article_id="a5", property="coachs", relation_class="OTHER"
)
KINDS = ("copy", "copy.tar", "copy.tar.gz", "copy.tgz")


def made(folder: Path, *extractions: object) -> Path:
    with Store.create(folder) as store:
        for extraction in extractions:
            store.add(extraction)
        store.judge()
    return folder


@pytest.fixture(scope="module")
def originals(tmp_path_factory) -> Path:
    """Two graphs of one article each, and a backup of the first; only to be read."""
    folder = tmp_path_factory.mktemp("originals")
    for name, extraction in (("graph", MET), ("other", AGAIN)):
        made(folder / name, extraction)
    back_up(folder / "graph", folder / "copy")
    return folder


@pytest.fixture
def graph(originals, tmp_path) -> Path:
    """A graph of one article."""
    return shutil.copytree(originals / "graph", tmp_path / "graph")


@pytest.fixture
def other(originals, tmp_path) -> Path:
    """A graph of another article."""
    return shutil.copytree(originals / "other", tmp_path / "other")


def fingerprint(folder: Path) -> str:
    with Store.open(folder) as store:
        assert store.is_finished
        return store.fingerprint()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


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
def test_backup_is_as_private_as_the_graph(graph, tmp_path, name, mode):
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


def own(tmp_path: Path, verb: str) -> Path:
    file = tmp_path / f"{verb}.ttl"
    file.write_text(OWN.format(verb))
    return file


@pytest.mark.slow
def test_ontology_goes_with_its_graph(graph, tmp_path):
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
def test_damaged_graph_is_replaced(graph, tmp_path, damage):
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
    kg,  # noqa: F811
    graph,
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


def test_backup_of_a_later_version_is_told(graph, tmp_path):
    back_up(graph, tmp_path / "copy")
    said = json.loads((tmp_path / "copy" / BACKUP).read_text())
    (tmp_path / "copy" / BACKUP).write_text(json.dumps(said | {"format": 99, "news": True}))
    with pytest.raises(BackupError, match="by a later version; update kg-actors"):
        restore(tmp_path / "copy", tmp_path / "again")
    assert not (tmp_path / "again").exists()


# ---- damage


def unharmed(backup: Path, other: Path, message: str) -> None:
    """A backup is refused, and what stands where it was to go is as it was."""
    before, seen = state_of(other), names(other)
    with pytest.raises(BackupError, match=message) as caught:
        restore(backup, other, replace=True)
    assert str(backup) in str(caught.value)
    assert (state_of(other), names(other)) == (before, seen)
    with pytest.raises(BackupError, match=message):
        restore(backup, other.with_name("new"))
    assert not other.with_name("new").exists()


@pytest.mark.slow
def test_damage_of_any_file_of_a_folder_is_told(graph, other, tmp_path):
    back_up(graph, tmp_path / "copy")
    rng = random.Random(6)
    files = sorted(path for path in (tmp_path / "copy").rglob("*") if path.is_file())
    assert len(files) > 5
    for file in files:
        whole = file.read_bytes()
        if file.name != BACKUP:
            place = rng.randrange(len(whole) or 1)
            flipped = bytes([(whole[place] if whole else 0) ^ 1])
            file.write_bytes(whole[:place] + flipped + whole[place + 1 :])
            unharmed(tmp_path / "copy", other, f"damaged: '.*{file.name}' is not what was backed up")
            file.write_bytes(whole + b"x")
            unharmed(tmp_path / "copy", other, "is not what was backed up")
        file.unlink()
        unharmed(tmp_path / "copy", other, "lacks")
        file.write_bytes(whole)
    restore(tmp_path / "copy", other, replace=True)


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS[1:3])
def test_archive_that_is_cut_off_or_flipped_is_told(graph, other, tmp_path, name):
    back_up(graph, tmp_path / name)
    rng, whole = random.Random(6), (tmp_path / name).read_bytes()
    for share in (0, 0.01, 0.3, 0.6, 0.9):
        (tmp_path / name).write_bytes(whole[: int(len(whole) * share)])
        unharmed(tmp_path / name, other, "damaged|no backup")
    refused = 0
    for _ in range(20):
        place = rng.randrange(len(whole))
        (tmp_path / name).write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        try:
            restore(tmp_path / name, tmp_path / "again")
        except BackupError:
            refused += 1
            assert not (tmp_path / "again").exists()
        else:  # it lies in what tar fills up with, or in the name of the software
            assert fingerprint(tmp_path / "again") == fingerprint(graph)
            shutil.rmtree(tmp_path / "again")
    assert refused


# ---- hostile archives


def hostile(good: Path, path: Path, *members: tarfile.TarInfo, files: dict[str, str] | None = None) -> Path:
    """An archive that says that it holds what a backup does, but has members of its own."""
    said = json.loads((good / BACKUP).read_text())
    for entry in said["files"]:
        entry["name"] = (files or {}).get(entry["name"], entry["name"])
    text = json.dumps(said).encode()
    with tarfile.open(path, "w") as archive:
        first = tarfile.TarInfo(BACKUP)
        first.size = len(text)
        archive.addfile(first, io.BytesIO(text))
        for member in members:
            archive.addfile(member, io.BytesIO(b"x" * member.size))
    return path


def member(name: str, kind: bytes = tarfile.REGTYPE, link: str = "", size: int = 0) -> tarfile.TarInfo:
    found = tarfile.TarInfo(name)
    found.type, found.linkname, found.size = kind, link, size
    return found


@pytest.mark.parametrize(
    "evil",
    [
        member("../escaped", size=1),
        member("/tmp/kg-escaped", size=1),
        member("oxigraph/../../escaped", size=1),
        member("oxigraph", tarfile.SYMTYPE, ".."),
        member("kg-graph.json", tarfile.SYMTYPE, "/etc/passwd"),
        member("kg-graph.json", tarfile.LNKTYPE, "../escaped"),
        member("kg-graph.json", tarfile.FIFOTYPE),
        member("kg-graph.json", tarfile.CHRTYPE),
        member("kg-graph.json", tarfile.BLKTYPE),
        member("kg-graph.json", tarfile.DIRTYPE),
        member("kg-graph.json", size=1 << 22),
        member(BACKUP, size=1),
        member("more.txt", size=1),
    ],
    ids=lambda found: f"{found.name}-{found.type.decode()}-{found.size}",
)  # fmt: skip
def test_hostile_member_is_refused_and_nothing_is_written(originals, other, tmp_path, evil):
    archive = hostile(originals / "copy", tmp_path / "evil.tar", evil)
    unharmed(archive, other, "is damaged")
    assert names(tmp_path) == ["evil.tar", "other"]
    assert not Path("/tmp/kg-escaped").exists()


@pytest.mark.parametrize(
    "name",
    ["../escaped", "/escaped", "a/../../b", "a/b/c", ".hidden", "", "oxigraph//x", "./x", "a\\b", "x/."],
)
def test_hostile_name_in_the_list_is_refused(originals, other, tmp_path, name):
    archive = hostile(originals / "copy", tmp_path / "evil.tar", files={"oxigraph/CURRENT": name})
    unharmed(archive, other, "names files that no backup has")


@pytest.mark.parametrize(
    "text", ["", "[]", "{", "null", '{"format": 1}', '{"format": 1, "files": [1]}', "[" * 9999]
)
def test_list_that_is_broken_is_told(originals, other, tmp_path, text):
    shutil.copytree(originals / "copy", tmp_path / "copy")
    (tmp_path / "copy" / BACKUP).write_text(text)
    unharmed(tmp_path / "copy", other, f"damaged: its {BACKUP} cannot be read")


# ---- interruptions


def killed_at(number: int, work: object, *arguments: object, **options: object) -> bool:
    """Whether work in a process apart was killed before its nth step on the disk; else it is done."""
    left = number

    def watch(event: str, given: tuple[object, ...]) -> None:
        nonlocal left
        if event in STEPS or (event == "open" and isinstance(given[2], int) and given[2] & WRITING):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def run() -> None:
        sys.addaudithook(watch)
        work(*arguments, **options)

    code = ended(forked(run))
    assert code in {0, -signal.SIGKILL}, code
    return code != 0


STEPS = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "shutil.rmtree"}
WRITING = os.O_WRONLY | os.O_RDWR


@pytest.mark.slow
@pytest.mark.parametrize("name", ["copy", "copy.tar.gz"])
def test_backup_killed_at_any_step_leaves_none_or_a_whole_one(graph, tmp_path, name):
    number, expected = 1, fingerprint(graph)
    while killed_at(number, back_up, graph, tmp_path / name):
        if (tmp_path / name).exists():
            restore(tmp_path / name, tmp_path / "again")
            assert fingerprint(tmp_path / "again") == expected
            shutil.rmtree(tmp_path / "again")
            shutil.rmtree(tmp_path / name) if name == "copy" else (tmp_path / name).unlink()
        for left in tmp_path.glob(f".{name}.part/*"):
            with pytest.raises(BackupError) if left.is_dir() and not (left / BACKUP).exists() else nothing():
                restore(left, tmp_path / "again")
        shutil.rmtree(tmp_path / "again", ignore_errors=True)
        number += 1
    assert number > 20
    assert names(tmp_path) == sorted([name, "graph"])
    assert names(graph) == ["kg-graph.json", "oxigraph"]


class nothing:  # noqa: N801
    """A restoring that may end either way."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: object, trace: object) -> bool:
        return kind is None or issubclass(kind, BackupError)


@pytest.mark.slow
def test_restore_killed_at_any_step_leaves_the_old_graph_or_the_new(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    for folder, verb in ((old, "coach"), (new, "mentor")):
        with Store.create(folder, ontology=own(tmp_path, verb)) as store:
            store.add(
                make_extraction(f"Ana Bell {verb}ed Bo Cole.", property=f"{verb}s", relation_class="OTHER")
            )
    back_up(new, tmp_path / "copy")
    expected, number, seen = (said(old), said(new)), 1, set()
    while True:
        graph = tmp_path / f"graph{number}"
        shutil.copytree(old, graph)
        if not killed_at(number, restore, tmp_path / "copy", graph, replace=True):
            break
        found = said(graph)
        assert found in expected, number
        seen.add(found)
        restore(tmp_path / "copy", graph, replace=True)
        assert said(graph) == expected[1]
        assert names(graph) == names(tmp_path / "new") or "oxigraph-2" in names(graph)
        assert len(names(graph)) == 3
        shutil.rmtree(graph)
        number += 1
    assert seen == set(expected)
    assert number > 30


def said(folder: Path) -> tuple[str, str]:
    """What a graph and its ontology say."""
    data, _ = open_data(folder, read_only=True)
    ontology = kept_ontology(folder)
    assert ontology is not None
    return "\n".join(sorted(map(str, data))), ontology.read_text()


@pytest.mark.slow
def test_restore_to_a_new_folder_killed_at_any_step_can_be_repeated(graph, tmp_path):
    back_up(graph, tmp_path / "copy.tar")
    number, expected = 1, fingerprint(graph)
    while killed_at(number, restore, tmp_path / "copy.tar", tmp_path / "again"):
        is_there = (tmp_path / "again" / "kg-graph.json").exists()
        restore(tmp_path / "copy.tar", tmp_path / "again", replace=is_there)
        assert fingerprint(tmp_path / "again") == expected
        shutil.rmtree(tmp_path / "again")
        number += 1
    assert number > 20


@pytest.mark.slow
def test_commands_killed_at_random_moments(graph, tmp_path):
    rng, expected = random.Random(6), fingerprint(graph)
    back_up(graph, tmp_path / "good.tar.gz")
    for _ in range(15):
        for arguments in (
            ("backup", graph, tmp_path / "copy"),
            ("restore", tmp_path / "good.tar.gz", graph, "--replace"),
        ):
            process = subprocess.Popen(
                [sys.executable, "-m", "kg", *map(str, arguments)], stdout=subprocess.DEVNULL
            )
            time.sleep(rng.uniform(0.1, 0.8))
            process.kill()
            process.wait()
            assert fingerprint(graph) == expected
        if (tmp_path / "copy").exists():
            restore(tmp_path / "copy", tmp_path / "again")
            shutil.rmtree(tmp_path / "copy")
            shutil.rmtree(tmp_path / "again")
    back_up(graph, tmp_path / "copy")
    restore(tmp_path / "copy", graph, replace=True)
    assert [name for name in names(tmp_path) if name.endswith(".part")] == []
    assert len(names(graph)) == 2


def test_second_of_two_at_once_is_refused(graph, tmp_path):
    from kg.store.backups.restoring import _staging
    from kg.store.backups.writing import _making

    back_up(graph, tmp_path / "copy")
    with _making(tmp_path / "twice") as waiting:
        with pytest.raises(BackupError, match=r"Another backup to .*twice' is at work"):
            back_up(graph, tmp_path / "twice")
        waiting.mkdir()
    with _staging(tmp_path / "again"), pytest.raises(KgError, match="already being restored"):
        restore(tmp_path / "copy", tmp_path / "again")


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
    graph = made(small_disk / "graph", MET)
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
