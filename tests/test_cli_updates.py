"""The commands that change a graph and tell what state it is in."""

import re

import pyoxigraph as ox
import pytest

from kg.rdf.graphs import graph_node
from kg.rdf.iris import NamedGraph
from kg.store import Store
from kg.vocabulary import KG
from tests.test_cli import no_model  # noqa: F401  (a fixture)


@pytest.fixture
def graph(kg, tmp_path):
    (tmp_path / "a.txt").write_text("Ana met Bo. Bo met Cy.")
    (tmp_path / "b.txt").write_text("Bo met Di.")
    (tmp_path / "c d.txt").write_text("Ed met Flo.")
    assert kg("build", *sorted(tmp_path.glob("*.txt")), "-o", tmp_path / "graph")[0] == 0
    return tmp_path / "graph"


def fingerprint(kg, graph):
    code, out, _ = kg("info", graph, "--fingerprint")
    assert code == 0
    return re.search(r"^fingerprint ([0-9a-f]{64})$", out, re.MULTILINE)[1]


def test_remove_forgets_articles(kg, graph, tmp_path):
    code, out, _ = kg("remove", graph, "a", "c d")
    assert code == 0
    assert "2 articles removed with 3 relations and 4 entities that no other article names; 1 articles" in out
    kg("build", tmp_path / "b.txt", "-o", tmp_path / "other")
    assert fingerprint(kg, graph) == fingerprint(kg, tmp_path / "other")


def test_remove_takes_ids_from_a_file(kg, graph, tmp_path):
    (tmp_path / "ids").write_text("a\r\n\nc d\n")
    assert "2 articles removed" in kg("remove", graph, "--file", tmp_path / "ids")[1]
    assert "1 articles removed" in kg("remove", graph, "b", "b")[1]


@pytest.mark.parametrize(
    ("ids", "code", "message"),
    [
        (["a", "c_d"], 1, "There is no article 'c_d' in"),
        (["a", "c_d"], 1, "nothing was removed; near it are 'c d'."),
        (["zzz", "yyy", "xxx"], 1, "and 2 others are not there either; nothing was removed; `kg query"),
        ([], 2, "Name the articles to forget"),
        (["--file", "none"], 1, "The list of ids 'none' cannot be read"),
    ],
)
def test_wrong_removal_changes_nothing(kg, graph, ids, code, message):
    before = fingerprint(kg, graph)
    found, _, err = kg("remove", graph, *ids)
    assert (found, message in " ".join(err.replace("│", " ").split())) == (code, True), err
    assert fingerprint(kg, graph) == before


def test_remove_from_no_graph(kg, tmp_path):
    code, _, err = kg("remove", tmp_path / "none", "a")
    assert (code, "There is no graph" in err) == (1, True)


def test_removal_judges_the_others_anew(kg, tmp_path):
    (tmp_path / "a.txt").write_text("Hizbolla met Ana.")
    (tmp_path / "b.txt").write_text("Hezbolla met Bo.")
    kg("build", tmp_path / "a.txt", tmp_path / "b.txt", "-o", tmp_path / "graph")
    kg("judge", tmp_path / "graph", "Hizbolla", "Hezbolla", "same")
    kg("remove", tmp_path / "graph", "b")
    names = kg("query", tmp_path / "graph", "SELECT ?n { ?e skos:prefLabel ?n }", "--format", "csv")[1]
    assert sorted(names.split()[1:]) == ["Ana", "Hizbolla"]
    assert "not finished" not in kg("info", tmp_path / "graph")[1]


def test_info_tells_of_the_last_build(kg, graph, tmp_path):
    (tmp_path / "b.txt").write_text("Bo met Ed.")
    kg("build", tmp_path / "b.txt", "-o", graph)
    out = kg("info", graph)[1]
    assert re.search(r"The last of 2 builds: [\d-]+ [\d:]+ to [\d-]+ [\d:]+ UTC, 0 added, 1 replaced\.", out)
    assert "fingerprint" not in out


def test_unfinished_graph_says_so(kg, graph):
    with Store.open(graph, read_only=False) as store, store.adding():
        store.remove("b")
    assert "The graph is not finished" in kg("info", graph)[1]
    assert kg("judge", graph, "Ana", "Bo", "different")[0] == 0
    assert "not finished" not in kg("info", graph)[1]


def test_commands_tell_that_what_was_inferred_is_gone(kg, graph, tmp_path):
    def infer():
        with Store.open(graph, read_only=False) as store:
            node = ox.NamedNode("x:a")
            store.data.add(ox.Quad(node, KG.meets, node, graph_node(NamedGraph.INFERRED, store.base)))

    infer()
    told = "What had been inferred is gone"
    assert told not in kg("build", tmp_path / "a.txt", "-o", graph)[1]
    assert told in kg("remove", graph, "a")[1]
    infer()
    assert told in kg("judge", graph, "Bo", "Di", "different")[1]
    infer()
    assert told not in kg("judge", graph, "Bo", "Di", "different")[1]
    assert told in kg("build", tmp_path / "a.txt", "-o", graph)[1]
    assert told not in kg("remove", graph, "a")[1]
