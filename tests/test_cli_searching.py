"""`kg search` and `Graph.search` find by name."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.errors import SearchError
from kg.store import Store
from tests.builders import make_extraction
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("graphs") / "graph"
    with Store.create(path) as store:
        store.add(make_extraction("José Díaz met Bo Cole.", ends=("José Díaz", "Bo Cole")))
    return path


def run(*arguments: object):
    return CliRunner().invoke(app, ["search", *map(str, arguments)])


def test_search_shows_what_is_found(folder):
    done = run(folder, "jose", "di")
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1].split()[:2] == ["José", "Díaz"]
    assert "1 of 1 found" in done.stderr


def test_search_as_json_goes_on_from_page_to_page(folder):
    asked = (folder, "i", "--format", "json", "--limit", 1)
    page = json.loads(run(folder, "d", "--format", "json", "--type", "person", "--type", "thing").stdout)
    assert (page["total"], page["after"], page["hits"][0]["spans"]) == (1, None, [[5, 6]])
    names = ["José Díaz", "Bo Cole"]
    first = json.loads(run(folder, "coel", *asked[2:]).stdout)
    assert (first["hits"][0]["name"], first["hits"][0]["score"]) == (names[1], 0.5)


def test_search_for_sentences(folder):
    (hit,) = json.loads(run(folder, "met", "-t", "relation", "--format", "json").stdout)["hits"]
    assert (hit["type"], hit["name"]) == ("relation", "José Díaz met Bo Cole.")
    assert [hit["name"][start:end] for start, end in hit["spans"]] == ["met"]


@pytest.mark.parametrize("words", [["zzz"], ["Diaz Cole"]], ids=["no name", "words of two names"])
def test_search_finds_nothing(folder, words):
    done = run(folder, *words)
    assert (done.exit_code, "0 of 0 found" in done.stderr) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ana", "--type", "planet"], "no type 'planet'"),
        (["ana", "--format", "xml"], "no format 'xml'"),
        (["ana", "--limit", "0"], "--limit"),
        ([], "Missing argument"),
        ([""], "nothing to search for"),
        ([" ", ""], "nothing to search for"),
    ],
)
def test_wrong_usage_of_search_is_told(folder, arguments, said):
    done = run(folder, *arguments)
    assert (done.exit_code, said in done.output) == (2, True)


def test_search_with_a_cursor_that_none_gave_fails(folder):
    command = [sys.executable, "-m", "kg", "search", str(folder), "ana", "--after", "x"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, "not where a page ended" in done.stderr) == (1, True)


def test_search_of_no_graph_fails(tmp_path):
    command = [sys.executable, "-m", "kg", "search", str(tmp_path / "none"), "ana"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, "There is no graph" in done.stderr) == (1, True)


def test_graph_searches(folder):
    with kg.Graph.open(folder) as graph:
        (row,) = graph.search("diaz jose")
        assert (row["name"], row["type"], row["score"], row["relations"]) == ("José Díaz", "person", 1.0, 1)
        assert [row["name"] for row in graph.search("met", types=["relation"])] == ["José Díaz met Bo Cole."]
        assert list(graph.search("jose").to_pandas().columns)[:2] == ["iri", "name"]
        with pytest.raises(SearchError, match="no type"):
            graph.search("ana", types=["planet"])


def test_searching_a_graph_loads_nothing_heavy(folder):
    code = (
        "import sys; from kg.graph import Graph; g = Graph.open(sys.argv[1]); n = len(g.search('jose'));"
        "print(n, *{'spacy', 'rdflib', 'pandas', 'networkx', 'onnxruntime'} & set(sys.modules))"
    )
    command = [sys.executable, "-W", "error", "-c", code, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["1"], done.stderr + done.stdout
