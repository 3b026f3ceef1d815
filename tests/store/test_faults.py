"""Full disks, damaged files, second writers, odd ids: a clear error, and nothing that was stored is lost."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import kg
from kg.builder import build_graph
from kg.errors import KgError, StoreError
from kg.rdf import graph_quads
from kg.rdf.articles import article_node
from kg.store import Store
from kg.store.engine import explained, is_of_engine
from kg.types import Article, Extraction
from tests.builders import make_extraction
from tests.store.killing import COUNT, extract, extraction_of, write_articles

ROOT = Path(__file__).parents[2]
MET = make_extraction()


@pytest.fixture
def graph(tmp_path) -> Path:
    """A graph of all articles of `killing`, closed."""
    build_graph([write_articles(tmp_path)[0]], tmp_path / "graph", extractor=extract)
    return tmp_path / "graph"


def read_all(path: Path) -> int:
    """How many quads there are, read through every part of the store that the package uses."""
    with Store.open(path) as store:
        assert len(store.articles()) == COUNT
        assert len([store.extraction(article.id) for article in store.articles()]) == COUNT
        assert len(list(store.relations())) == COUNT
        store.entities()
        store.judgements()
        return sum(1 for _ in store.data)


# ---- a full disk


@pytest.fixture
def small_disk(tmp_path):
    """A folder of 8 MB."""
    folder = tmp_path / "small"
    folder.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a small disk")
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def bulky(articles):
    """What `killing` prepares, with relations enough that 8 MB are soon full."""
    for extraction in extract(articles):
        relation = extraction.relations[0]
        more = [replace(relation, predicate=f"meet for the {number}th time") for number in range(600)]
        yield replace(extraction, relations=tuple(more))


@pytest.mark.slow
def test_build_on_a_disk_that_fills_says_so_and_goes_on_elsewhere(small_disk, tmp_path):
    file = write_articles(tmp_path)[0]
    with pytest.raises(StoreError, match=r"The disk of '.*small/graph' is full.*free space.*again"):
        build_graph([file], small_disk / "graph", extractor=bulky)
    shutil.copytree(small_disk / "graph", tmp_path / "moved")
    whole = {e.article.id: e for e in bulky(extraction_of(number, 0).article for number in range(COUNT))}
    with Store.open(tmp_path / "moved") as store:
        assert not store.is_finished
        kept = store.articles()
        assert 0 < len(kept) < COUNT
        for article in kept:
            graph = set(store.data.quads_for_pattern(None, None, None, article_node(article)))
            assert graph == set(graph_quads(whole[article.id], store.vocabulary))
    report = build_graph([file], tmp_path / "moved", extractor=bulky)
    assert (report.unchanged, report.added) == (len(kept), COUNT - len(kept))
    build_graph([file], tmp_path / "roomy", extractor=bulky)
    assert len({fingerprint_of(tmp_path / name) for name in ("moved", "roomy")}) == 1


@pytest.mark.slow
def test_command_on_a_full_disk_fails_with_one_sentence(small_disk, tmp_path):
    (small_disk / "fill").write_bytes(bytes(7_900_000))
    (tmp_path / "a.txt").write_text("Ana Bell met Bo Cole.")
    command = [sys.executable, "-m", "kg", "build", str(tmp_path / "a.txt"), "-o", str(small_disk / "graph")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "small/graph" in done.stderr
    assert "Traceback" not in done.stderr


def fingerprint_of(path: Path) -> str:
    with Store.open(path) as store:
        assert store.is_finished
        return store.fingerprint()


# ---- damaged files


def data_files(graph: Path, ending: str = "") -> list[Path]:
    files = (graph / "oxigraph").iterdir()
    return sorted(file for file in files if file.name.endswith(ending) and file.stat().st_size)


def test_closed_graph_has_no_journal(graph):
    """Of a journal that is cut short RocksDB tells nothing; it reads what is left."""
    assert data_files(graph, ".log") == []
    assert data_files(graph, ".sst")


def test_largest_file_that_is_cut_short_is_told(graph):
    largest = max(data_files(graph, ".sst"), key=lambda file: file.stat().st_size)
    with largest.open("r+b") as file:
        file.truncate(largest.stat().st_size // 2)
    for opening in (Store.open, Store.create, kg.open):
        with pytest.raises(StoreError, match="is damaged"):
            opening(graph)


@pytest.mark.parametrize("share", [0, 0.3, 0.6, 0.99])
def test_truncated_file_is_told_and_never_a_smaller_graph(graph, tmp_path, share):
    count = read_all(graph)
    told = 0
    for file in data_files(graph):
        copy = tmp_path / "copy"
        shutil.copytree(graph, copy)
        damaged = copy / "oxigraph" / file.name
        damaged.write_bytes(file.read_bytes()[: int(file.stat().st_size * share)])
        try:
            assert read_all(copy) == count, file.name
        except KgError as error:
            assert str(copy) in str(error)  # noqa: PT017
            told += 1
        shutil.rmtree(copy)
    assert told >= len(data_files(graph, ".sst"))


@pytest.mark.slow
def test_truncated_list_of_files_is_told_wherever_it_ends(graph, tmp_path):
    (manifest,) = (file for file in data_files(graph) if file.name.startswith("MANIFEST"))
    whole, count = manifest.read_bytes(), read_all(graph)
    told = 0
    for length in range(0, len(whole), 97):
        manifest.write_bytes(whole[:length])
        try:
            assert read_all(graph) == count, length
        except StoreError as error:
            assert "is damaged" in str(error)  # noqa: PT017
            told += 1
            with pytest.raises(StoreError, match="is damaged"):
                Store.create(graph)
    assert told
    manifest.write_bytes(whole)
    assert read_all(graph) == count, "what could be read was changed by opening it"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_flipped_bit_is_told_or_changes_nothing(graph, tmp_path, seed):
    rng, told, count = random.Random(seed), 0, read_all(graph)
    for file in data_files(graph, ".sst"):
        data = bytearray(file.read_bytes())
        for _ in range(3):
            place = rng.randrange(len(data))
            flipped = data[:place] + bytes([data[place] ^ 1 << rng.randrange(8)]) + data[place + 1 :]
            file.write_bytes(flipped)
            try:
                assert read_all(graph) == count, (file.name, place)
            except KgError as error:
                assert "is damaged" in str(error)  # noqa: PT017
                told += 1
        file.write_bytes(bytes(data))
    assert told
    assert read_all(graph) == count


@pytest.mark.parametrize("missing", ["CURRENT", "all"])
@pytest.mark.parametrize("opening", [Store.open, Store.create, kg.open], ids=["open", "create", "kg.open"])
def test_graph_without_its_data_is_told_and_not_made_anew(graph, missing, opening):
    for file in data_files(graph):
        if missing in {"all", file.name}:
            file.unlink()
    with pytest.raises(StoreError, match="is damaged"):
        opening(graph)


def test_error_while_reading_says_what_to_do(graph):
    for file in data_files(graph, ".sst"):
        data = bytearray(file.read_bytes())
        data[len(data) // 3 : len(data) // 3 + 400] = bytes(400)
        file.write_bytes(data)
    with pytest.raises(StoreError, match="take it from a copy, or build it again"), kg.open(graph) as opened:
        opened.articles()
    command = [sys.executable, "-m", "kg", "info", str(graph)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "is damaged" in done.stderr


def test_error_of_the_engine_in_a_block_is_told(graph):
    with pytest.raises(StoreError, match="is damaged"), Store.open(graph):
        raise RuntimeError("Corruption: block checksum mismatch")


@pytest.mark.parametrize(
    ("error", "is_engine_s"),
    [
        (RuntimeError("Corruption: block checksum mismatch"), True),
        (OSError("IO error: No space left on device: While appending"), True),
        (OSError(28, "No space left on device"), False),
        (RecursionError("maximum recursion depth exceeded"), False),
        (StoreError("IO error: told already"), False),
    ],
    ids=str,
)
def test_errors_of_the_engine_are_told_from_others(error, is_engine_s):
    assert is_of_engine(error) is is_engine_s


def test_full_disk_is_named():
    assert "The disk of 'g' is full" in str(
        explained(OSError("IO error: No space left on device"), Path("g"))
    )


@pytest.mark.parametrize(
    "reason", ["File too large", "Too many open files", "Permission denied", "Read-only file system"]
)
def test_what_the_system_refuses_is_no_damage(reason):
    said = str(explained(OSError(f"IO error: While appending to file: g/1.sst: {reason}"), Path("g")))
    assert reason in said
    assert "It is not damaged" in said


# ---- folders


@pytest.mark.parametrize(
    "left", [["kg-graph.json.part"], ["kg-graph.json.part", "oxigraph/CURRENT"]], ids=str
)
def test_making_that_was_stopped_is_told_and_made_good(tmp_path, left):
    for name in left:
        (tmp_path / "g" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "g" / name).write_text("{")
    with pytest.raises(StoreError, match=r"was stopped; build it with: kg build"):
        Store.open(tmp_path / "g")
    with Store.create(tmp_path / "g") as store:
        store.add(MET)
    assert not list((tmp_path / "g").glob("*.part"))


def test_folder_with_more_than_a_stopped_making_is_left_alone(tmp_path):
    for name in ("kg-graph.json.part", "letter.txt"):
        (tmp_path / name).write_text("Dear Bo")
    with pytest.raises(StoreError, match="is not a graph"):
        Store.create(tmp_path)
    assert (tmp_path / "letter.txt").read_text() == "Dear Bo"


def test_graph_can_be_read_from_a_disk_that_cannot_be_written_to(graph, small_disk):
    shutil.copytree(graph, small_disk / "graph")
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    assert read_all(small_disk / "graph") == read_all(graph)
    with pytest.raises(StoreError, match=r"small"):
        Store.open(small_disk / "graph", read_only=False)
    with pytest.raises(StoreError, match=r"No graph can be made in .*small"):
        Store.create(small_disk / "other")


def test_second_writer_changes_nothing(graph):
    before = fingerprint_of(graph)
    with Store.open(graph, read_only=False) as store:
        with pytest.raises(StoreError, match="Another process writes"):
            Store.open(graph, read_only=False)
        store.add(make_extraction(article_id="new"))
        store.remove("new")
    assert fingerprint_of(graph) == before


# ---- odd articles


@pytest.mark.parametrize(
    "article",
    [
        Article(id="with space", text="Ana Bell met Bo Cole."),
        Article(id="tab\tline\nnul\x00", text="Ana\x00\x1f met Bo.\x7f"),
        Article(id="\"'\\u0041<>{}", text="\"quote\" 'quote' \\ \\u0041 } ; DROP ALL #"),
        Article(id="x" * 100_000, text="Ana Bell met Bo Cole."),
        Article(id="url", text="They met.", url="https://example.org/a b\n<c>\"d\" {e}|f\\g^`"),
        Article(id="😀 ünï", text="\ufffe\uffff\U0010ffff", source="a\u2028b", title="\ufeff"),
    ],
    ids=["space", "control", "quotes", "long", "url", "unicode"],
)  # fmt: skip
def test_odd_article_comes_changes_and_goes_without_a_trace(article):
    store, odd = Store.in_memory(), Extraction(article=article, entities=MET.entities)
    store.add(MET)
    store.judge()
    before = store.fingerprint()
    store.add(odd)
    assert store.contains(article)
    store.add(replace(odd, article=replace(article, text=f"{article.text} Again.")))
    store.add(odd, model="other 1")
    assert store.extraction(article.id).article == article
    assert store.remove(article.id)
    assert store.fingerprint() == before


def test_unknown_term_in_an_extraction_leaves_the_graph_as_it_was(graph):
    before = fingerprint_of(graph)
    with Store.open(graph, read_only=False) as store, pytest.raises(KgError, match="'gossips'"):
        store.add(make_extraction(article_id="a1", property="gossips"))
    assert fingerprint_of(graph) == before
