"""What commands say of a graph that is damaged or cannot grow; that a backup mends it."""

from __future__ import annotations

import random
import shutil

import pytest

from kg.builder import build_graph
from kg.store import Store
from tests.faults.limited import kg
from tests.store.killing import COUNT, extract, write_articles

pytestmark = pytest.mark.slow
SEED = 3


@pytest.fixture
def graph(tmp_path):
    build_graph([write_articles(tmp_path)[0]], tmp_path / "graph", extractor=extract)
    return tmp_path / "graph"


def test_damaged_graph_is_named_by_every_command_and_mended_by_a_backup(graph, tmp_path):
    sound = fingerprint(graph)
    assert kg("backup", graph, tmp_path / "backup").code == 0
    largest = max((graph / "oxigraph").glob("*.sst"), key=lambda file: file.stat().st_size)
    data = bytearray(largest.read_bytes())
    rng = random.Random(SEED)
    for _ in range(200):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    largest.write_bytes(data)
    for arguments in (["info", graph], ["query", graph, "SELECT * { ?s ?p ?o }"], ["validate", graph]):
        done = kg(*arguments)
        assert done.code == 1, (arguments, done.out)
        assert str(graph) in done.err
        assert "Traceback" not in done.err
    shutil.rmtree(graph)
    assert kg("restore", tmp_path / "backup", graph).code == 0
    assert fingerprint(graph) == sound


@pytest.mark.model
def test_graph_whose_files_may_not_grow_says_so_and_goes_on_later(graph, tmp_path):
    """As where a disk is full, or has no larger files, without the rights that a small disk takes."""
    shutil.copytree(graph, tmp_path / "roomy")
    sentences = (f"Ana Bell met Bo Cole and thanked Cy Dole{number} in Oslo. " for number in range(400))
    (tmp_path / "more.txt").write_text("".join(sentences))
    done = kg("build", tmp_path / "more.txt", "-o", graph, file_size=100_000)
    assert done.code == 1
    assert "File too large" in done.err
    assert f"{str(graph)!r}" in done.said
    assert "It is not damaged" in done.said
    assert "Traceback" not in done.err
    assert COUNT <= count(graph) <= COUNT + 1
    for folder in (graph, tmp_path / "roomy"):
        assert kg("build", tmp_path / "more.txt", "-o", folder).code == 0
        assert count(folder) == COUNT + 1
    assert fingerprint(graph) == fingerprint(tmp_path / "roomy")


def fingerprint(graph):
    return kg("info", graph, "--fingerprint").out.split()[-1]


def count(graph):
    with Store.open(graph) as store:
        return len(store.articles())
