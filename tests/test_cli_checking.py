"""`kg validate` and `kg verify`: what they say, in which form, and their exit codes."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.namespace import SH

from kg.store import Store
from kg.store.reading import article_nodes
from kg.vocabulary import KG, NIF
from tests.builders import make_extraction

TEXT = "Ana Bell met Bo Cole in Oslo."


@pytest.fixture
def graph(tmp_path):
    with Store.create(tmp_path / "graph") as store:
        store.add(make_extraction(TEXT))
        store.add(make_extraction(TEXT, article_id="a2"))
    return tmp_path / "graph"


def spoil(graph, predicate: ox.NamedNode, new: ox.Literal) -> None:
    """Gives another object to what the article a1 says with a predicate."""
    with Store.open(graph, read_only=False) as store:
        [node] = article_nodes(store.data, "a1")
        old = next(store.data.quads_for_pattern(None, predicate, None, node))
        store.data.remove(old)
        store.data.add(ox.Quad(old.subject, predicate, new, node))


def flip(graph) -> None:
    spoil(graph, NIF.isString, ox.Literal(TEXT.replace("Oslo", "Osla")))


def test_validate_tells_by_article_and_counts(kg, graph):
    spoil(graph, KG.confidence, ox.Literal("high"))
    code, out, _ = kg("validate", graph)
    lines = [line for line in out.splitlines() if line]
    assert code == 1
    assert lines[0] == "Article 'a1'"
    assert lines[1].startswith("  violation: Ana Bell – meet – Bo Cole <")
    assert "RelationConfidence" in out
    assert lines[-1].endswith("2 articles; the graph does not conform to the shapes.")


def test_validate_checks_chosen_articles(kg, graph):
    spoil(graph, KG.confidence, ox.Literal("high"))
    code, out, _ = kg("validate", graph, "--article", "a2")
    assert (code, out.strip().endswith("1 articles; the graph conforms to the shapes.")) == (0, True)
    assert kg("validate", graph, "--article", "a2", "--article", "a1")[0] == 1


def test_validate_refuses_an_unknown_article(kg, graph):
    code, _, err = kg("validate", graph, "--article", "a9")
    assert (code, "no article 'a9'" in err) == (1, True)


def test_validate_writes_json(kg, graph):
    code, out, _ = kg("validate", graph, "--format", "json")
    assert code == 0
    assert json.loads(out) == {"articles": 2, "conforms": True, "counts": [], "findings": []}


def test_validate_writes_the_standards_report(kg, graph, tmp_path):
    spoil(graph, KG.confidence, ox.Literal("high"))
    assert kg("validate", graph, "--report", tmp_path / "report.ttl")[0] == 1
    report = rdflib.Graph().parse(tmp_path / "report.ttl", format="turtle")
    shapes = {str(shape).partition("#")[2] for shape in report.objects(None, SH.sourceShape)}
    assert shapes == {"RelationConfidence"}


@pytest.mark.parametrize("command", ["validate", "verify"])
def test_unknown_format_is_wrong_usage(kg, graph, command):
    code, _, err = kg(command, graph, "--format", "xml")
    assert (code, "choose text or json" in err) == (2, True)


@pytest.mark.parametrize("command", ["validate", "verify"])
def test_progress_is_told_beside_the_output(kg, graph, command):
    assert "2 of 2 articles" in kg(command, graph)[2]


def test_verify_says_that_all_agree(kg, graph):
    code, out, _ = kg("verify", graph)
    assert (code, "2 articles, 2 relations, 4 mentions; all agree" in out) == (0, True)


def test_verify_names_relation_and_words(kg, graph):
    flip(graph)
    code, out, _ = kg("verify", graph)
    assert code == 1
    assert "Relations whose evidence does not stand: 1" in out
    assert f"It says {TEXT!r}. There is {TEXT.replace('Oslo', 'Osla')!r}." in out
    assert "Articles that are not what was read: 1" in out
    assert "Mentions" not in out
    assert "2 do not agree." in out


def test_verify_writes_json(kg, graph):
    flip(graph)
    code, out, _ = kg("verify", graph, "--format", "json")
    report = json.loads(out)
    assert (code, report["agrees"], len(report["relation_failures"])) == (1, False, 1)


def test_verify_compares_with_files(kg, graph, tmp_path):
    rows = [{"id": "a1", "text": TEXT}, {"id": "a7", "text": TEXT}]
    file = tmp_path / "mine.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    code, _, err = kg("verify", graph, file)
    assert code == 0
    assert "'a7' of the files is not in the graph" in err
    assert "'a2' of the graph is in none of the files" in err


def test_verify_fails_where_a_file_reads_otherwise(kg, graph, tmp_path):
    (tmp_path / "a1.txt").write_text(TEXT.replace("met", "saw"), "utf-8")
    code, out, _ = kg("verify", graph, tmp_path / "a1.txt")
    assert (code, "the text of the file is not the stored one" in out) == (1, True)


def test_verify_fails_where_a_file_cannot_be_read(kg, graph, tmp_path):
    (tmp_path / "mine.jsonl").write_text('{"id": "a1", "date": "soon", "text": "x"}', "utf-8")
    code, _, err = kg("verify", graph, tmp_path / "mine.jsonl")
    assert (code, "'soon' is no date" in err) == (1, True)


def test_verify_needs_a_graph(kg, tmp_path):
    code, _, err = kg("verify", tmp_path)
    assert (code, "is not a graph" in err) == (1, True)


def test_verify_refuses_missing_files_as_wrong_usage(kg, graph):
    assert kg("verify", graph, "nowhere.txt")[0] == 2
