"""What commands say of a graph whose files are damaged, of a disk that is full, and that a backup mends it."""

from __future__ import annotations

import random
import shutil

import pytest

from kg.builder import build_graph
from tests.faults.limited import kg
from tests.store.killing import COUNT, extract, write_articles

pytestmark = pytest.mark.slow
SEED = 3
READING = {
    "info": ["info"],
    "query": ["query"],
    "validate": ["validate"],
    "export": ["export"],
    "search": ["search"],
}


@pytest.fixture
def graph(tmp_path):
    build_graph([write_articles(tmp_path)[0]], tmp_path / "graph", extractor=extract)
    return tmp_path / "graph"


def test_damaged_graph_is_named_by_every_command_and_mended_by_a_backup(graph, tmp_path):
    sound = kg("info", graph, "--fingerprint").out
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
    assert kg("info", graph, "--fingerprint").out == sound


def test_graph_whose_files_may_not_grow_says_so_and_keeps_what_it_had(graph, tmp_path):
    """As on a disk that is full, without the rights that a small disk takes."""
    before = kg("info", graph, "--fingerprint").out
    (tmp_path / "more.txt").write_text("x" * 400_000 + " Ana Bell met Bo Cole.")
    (tmp_path / "b.jsonl").write_bytes(b"{\n" * 1_000)
    done = kg("build", tmp_path / "b.jsonl", "-o", graph, file_size=20_000)
    assert done.code == 1
    assert "Traceback" not in done.err
    assert str(graph) in done.err
    assert kg("info", graph, "--fingerprint").out == before
    assert f"{COUNT} articles" in kg("info", graph).out
