"""`kg build` from other sources than text: columns, formats, patterns, packed files; evidence that fits."""

import gzip
import io

import pytest

from kg.articles import read_articles
from kg.store import Store
from tests.articles.pages import LINKED_DATA, page
from tests.test_builder import fake_extractor

EVIDENCE = """SELECT ?text ?start ?end ?all {
  ?sentence nif:anchorOf ?text ; nif:beginIndex ?start ; nif:endIndex ?end .
  ?sentence nif:referenceContext/nif:isString ?all }"""


@pytest.fixture(autouse=True)
def no_model(monkeypatch):
    for place in ("kg.builder", "kg.partitions.settings"):
        monkeypatch.setattr(f"{place}.load_extractor", lambda settings: fake_extractor)


def test_columns_are_mapped(kg, tmp_path):
    (tmp_path / "a.csv").write_text("story,when\nAna met Bo.,2026-04-05\n")
    graph = tmp_path / "graph"
    code, out, _ = kg(
        "build", tmp_path / "a.csv", "-o", graph, "--column", "text=story", "--column", "date=when"
    )
    assert (code, "1 articles added" in out) == (0, True)
    assert "2026-04-05" in kg("query", graph, "SELECT ?d { ?a schema:datePublished ?d }")[1]


def test_format_of_standard_input_is_given(kg, tmp_path, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"id;text\n7;Ana met Bo.\n8;Bo met Cy.\n")))
    assert "2 articles added" in kg("build", "-", "-o", tmp_path / "graph", "--input-format", "csv")[1]


def test_pattern_and_packed_files_are_built(kg, tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Ana met Bo."}'))
    (tmp_path / "b/a.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Bo met Cy."}'))
    graph = tmp_path / "graph"
    assert "2 articles added" in kg("build", f"{tmp_path}/**/*.gz", "-o", graph)[1]
    assert "0 articles added, 2 unchanged" in kg("build", f"{tmp_path}/**/*.gz", "-o", graph)[1]


WRONG = {
    "pattern": (["{}/*.html"], r"No file or folder fits"),
    "path": (["{}/nowhere"], r"There is no file or folder"),
    "field": (["{}", "--column", "author=by"], "There is no field 'author' to map"),
    "pair": (["{}", "--column", "text"], "A column is given once, as NAME=COLUMN"),
    "format": (["{}", "--input-format", "docx"], "There is no format 'docx'; choose one of text, jsonl"),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_usage_says_what_there_is(kg, tmp_path, case):
    arguments, message = WRONG[case]
    code, _, err = kg("build", *(part.format(tmp_path) for part in arguments), "-o", tmp_path / "graph")
    assert code == 2
    assert message in err


def test_problem_of_one_source_leaves_the_others(kg, tmp_path):
    (tmp_path / "a.html").write_text("<html><body><div id='root'></div></body></html>")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Ana met Bo."}\n' * 9)[:-9])
    (tmp_path / "c.txt").write_text("Bo met Cy.")
    code, out, err = kg("build", tmp_path, "-o", tmp_path / "graph")
    assert (code, "2 not read" in out) == (1, True)
    assert "a.html' holds no article's text" in err
    assert "b.jsonl.gz' is damaged or cut off" in err


SOURCES = {
    "a.html": page(
        head=LINKED_DATA, body=f"<p>{'It rained. ' * 12}</p><p>In M&aacute;laga&nbsp;\n Ana met Bo.</p>"
    ),
    "a.txt": "Ma\u0301laga\x00\r\n\r\nAna met Bo.\n",
    "a.csv": 'text\n"In Ma\u0301laga\r\n\r\nAna met Bo."\n',
    "a.eml": "From: a@b.example\r\n\r\nIn Ma\u0301laga\r\n\r\nAna met Bo.\r\n",
}


@pytest.mark.parametrize("name", SOURCES)
def test_evidence_is_where_the_stored_text_has_it(kg, tmp_path, name):
    (tmp_path / name).write_bytes(SOURCES[name].encode())
    kg("build", tmp_path / name, "-o", tmp_path / "graph")
    [article] = read_articles([tmp_path / name])
    with Store.open(tmp_path / "graph") as store:
        [(text, start, end, whole)] = store.query(EVIDENCE).rows
    assert whole == article.text
    assert "Málaga" in whole
    assert whole[int(start) : int(end)] == text == "Ana met Bo."
