"""Backups that are damaged, hostile or interrupted: refused, or made again, and nothing is lost."""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tarfile
import time
from pathlib import Path

import pytest

from kg.errors import BackupError, KgError
from kg.store import Store
from kg.store.backups import BACKUP, back_up, restore
from kg.store.folder import kept_ontology, open_data
from kg.store.repeats import SKETCHES
from kg.store.snapshots import state_of
from tests.builders import make_extraction
from tests.store.killing import ended, forked

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
    """What stands in a folder, but for what is made of its data and may be made at any time."""
    made_again = {"search.sqlite", SKETCHES}
    return sorted(path.name for path in folder.iterdir() if path.name not in made_again)


def own(tmp_path: Path, verb: str) -> Path:
    file = tmp_path / f"{verb}.ttl"
    file.write_text(OWN.format(verb))
    return file


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
        member("kg-graph.json", tarfile.XHDTYPE, size=1 << 20),
        member("kg-graph.json", tarfile.GNUTYPE_LONGNAME, size=1 << 20),
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
