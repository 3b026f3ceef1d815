"""`kg export`, `kg import` and `kg infer` as they are typed."""

from __future__ import annotations

import io
import sys

import pytest

from kg.__main__ import main
from kg.store import FORMATS, Store
from tests.store.test_importing import ALL, MET, contents, graph_of, write


@pytest.fixture
def path(tmp_path):
    graph_of(*ALL, path=tmp_path / "g").close()
    return tmp_path / "g"


@pytest.mark.parametrize("format_", list(FORMATS))
def test_graph_is_exported_and_imported(format_, path, tmp_path, capsys):
    file = tmp_path / "file"
    assert main(["export", str(path), "--format", format_, "-o", str(file)]) == 0
    assert main(["import", str(tmp_path / "h"), str(file), "--format", format_]) == 0
    assert "4 articles added, 0 replaced, 0 unchanged" in capsys.readouterr().out
    assert contents(tmp_path / "h") == contents(path)


def test_import_says_what_it_did(path, tmp_path, capsys):
    file = write(graph_of(MET), tmp_path / "g.nq")
    assert main(["import", str(path), str(file)]) == 0
    assert "0 articles added, 0 replaced, 1 unchanged" in capsys.readouterr().out
    file.write_text(file.read_text().replace("in Oslo.", "in Rome."))
    assert main(["import", str(path), str(file)]) == 0
    said = capsys.readouterr()
    assert "0 articles added, 1 replaced, 0 unchanged" in said.out
    assert "derived anew" in said.out
    assert "1 articles have another text than their hash says ('a1')" in said.err


def test_import_reads_standard_input(path, tmp_path, capsys, monkeypatch):
    file = write(graph_of(*ALL), tmp_path / "g.nq")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(file.read_bytes())))
    assert main(["import", str(tmp_path / "h"), "-", "--format", "nq"]) == 0
    assert contents(tmp_path / "h") == contents(path)
    assert "4 articles added" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["none.nq"], "There is no file"),
        (["-"], "give --format"),
        (["-", "--format", "docx"], "no RDF format 'docx'"),
        ([], "Missing argument"),
    ],
    ids=["no-file", "no-format", "unknown-format", "nothing"],
)
def test_wrong_use_is_2(arguments, message, tmp_path, capsys):
    assert main(["import", str(tmp_path / "g"), *arguments]) == 2
    assert message in " ".join(capsys.readouterr().err.split())


def test_what_cannot_be_imported_is_1(tmp_path, capsys):
    (tmp_path / "bad.nq").write_text("<http://a.org/b c> <http://a.org/b> <http://a.org/b> .")
    assert main(["import", str(tmp_path / "g"), str(tmp_path / "bad.nq")]) == 1
    assert f"{tmp_path / 'bad.nq'}, line 1, column" in capsys.readouterr().err


def test_infer_says_what_follows_by_which_rule(path, capsys):
    before = contents(path)
    assert main(["infer", str(path)]) == 0
    said = capsys.readouterr().out
    assert "triples inferred, in a graph of their own" in said
    assert "prp-symp" in said
    assert "sem/hasActor" in said
    assert "kg:relatesTo" in said
    with Store.open(path) as store:
        assert store.query("ASK { GRAPH <https://w3id.org/actors-kg/inferred> { ?s ?p ?o } }").answer
    assert main(["infer", str(path), "--remove"]) == 0
    assert "inferred triples removed" in capsys.readouterr().out
    assert contents(path) == before
