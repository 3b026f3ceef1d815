"""What an import refuses, what it says then, and that nothing has changed."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import subprocess
import sys
import time
from contextlib import nullcontext

import pyoxigraph as ox
import pytest

from kg.errors import ImportedError, JudgementError, StoreError, VocabularyError
from kg.store import FORMATS, Store
from kg.store.importing import import_rdf
from kg.store.importing.guards import guard_of
from kg.store.importing.sources import load, source_of
from tests.builders import make_extraction
from tests.store.test_importing import AGAIN, MET, contents, graph_of, quads, same, write

A, B = "<http://example.org/a>", "<http://example.org/b>"
RDF_XML = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">'
ART = "https://w3id.org/actors-kg/article/"


def about(text: str, attribute: str = "http://example.org/a") -> bytes:
    head = f'{RDF_XML}\n<rdf:Description rdf:about="{attribute}">'
    return f"{head}{text}</rdf:Description></rdf:RDF>".encode()


MALFORMED = {
    "half-a-line.nq": (f"{A} {B} {A} .\n{A} {B}".encode(), "line 2, column"),
    "iri-with-space.nq": (f"{A} {B} <http://example.org/a b> .".encode(), "line 1, column .*IRI"),
    "surrogate.nq": (f'{A} {B} "\\uD800" .'.encode(), "line 1, column .*D800"),
    "latin-1.nt": (f'{A} {B} "é" .'.encode("latin-1"), "line 1, column .*UTF-8"),
    "utf-16.ttl": (f'{A} {B} "x" .'.encode("utf-16"), "line 1, column"),
    "relative.ttl": (b"<a> <b> <c> .", "line 1, column .*scheme"),
    "no-prefix.trig": (f"x:y {B} {A} .".encode(), "line 1, column"),
    "binary.nq": (bytes(range(256)), "line 1, column"),
    "half-an-object.jsonld": (b'{"@id": "http://example.org/a",\n "x": }', "line 2, column"),
    "remote-context.jsonld": (b'{"@context": "https://example.org/c.jsonld"}', "context on the network"),
    "remote-import.jsonld": (
        b'{"@context": {"@import": "https://example.org/c.jsonld"}}',
        "context on the net",
    ),
    "open-element.rdf": (about("<e:p>"), "line 2, column .*not XML"),
    "iri-with-space.rdf": (about("", "http://example.org/a b"), "line 2, column .*'http://.*a b'"),
    "cut-off.rdf": (about("<e:p>x</e:p>")[:-9], "line 2, column .*not XML"),
    "entity.rdf": (
        b'<!DOCTYPE r [<!ENTITY a "aaaa">\n<!ENTITY b "&a;&a;">]>' + about(""),
        "line 1.*entity 'a'",
    ),
    "deep.rdf": (about("<e:p><rdf:Description>" * 300), "elements deep"),
    "deep.nq": (f"{A} {B} {f'<<( {A} {B} ' * 60_000}{A}{' )>>' * 60_000} .".encode(), "triple terms"),
    "deep.jsonld": (b'{"a:b": ' * 5_000, "nested over 200 levels"),
    "half-a-gzip.nq.gz": (gzip.compress(f"{A} {B} {A} .\n".encode() * 9999)[:200], "cut off"),
    "no-gzip.nq.gz": (b"\x1f\x8b\x08\x00oops", "cut off"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_file_is_refused_with_its_place(name, tmp_path):
    content, message = MALFORMED[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ImportedError, match=message) as caught:
        import_rdf([tmp_path / name], tmp_path / "g")
    assert str(tmp_path / name) in str(caught.value)
    assert not (tmp_path / "g").exists()


def test_malformed_file_leaves_a_graph_as_it_was(tmp_path):
    graph_of(MET, path=tmp_path / "g").close()
    before = contents(tmp_path / "g")
    good = write(graph_of(AGAIN), tmp_path / "good.nq")
    (tmp_path / "bad.nq").write_text(good.read_text() + f"{A} {B}")
    with pytest.raises(ImportedError) as caught:
        import_rdf([good, tmp_path / "bad.nq"], tmp_path / "g")
    assert caught.value.line == len(good.read_text().splitlines()) + 1
    assert caught.value.source == str(tmp_path / "bad.nq")
    assert contents(tmp_path / "g") == before
    assert len(list((tmp_path / "g").iterdir())) == 4  # the data, its index, the sketches and the marker


@pytest.mark.parametrize("opening", [b"[ <http://example.org/b> ", b"( "], ids=["nodes", "lists"])
def test_deep_turtle_is_read(opening, tmp_path):
    closing = {b"[": b" ]", b"(": b" )"}[opening[:1]]
    head = f"{A} {B} ".encode()
    (tmp_path / "deep.ttl").write_bytes(head + opening * 50_000 + b"1" + closing * 50_000 + b" .")
    load(source_of(tmp_path / "deep.ttl"), ox.Store())


@pytest.mark.parametrize("by", [1, 7, 1 << 20])
def test_guards_give_all_that_they_are_given(by):
    content = about("<e:p>x</e:p>")
    for format_ in FORMATS:
        guard = guard_of(format_, "x")
        parts = [content[start : start + by] for start in range(0, len(content), by)]
        assert b"".join(map(guard, [*parts, b""])) == content


# ---- graphs that are not ours


def changed(*replacements: tuple[str, str], store: Store | None = None) -> str:
    out = io.BytesIO()
    (store or graph_of(MET)).dump("nq", out)
    text = out.getvalue().decode()
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return text


def without(word: str) -> str:
    lines = changed().splitlines()
    kept = [line for line in lines if word not in line]
    assert len(kept) < len(lines)
    return "\n".join(kept)


NOT_OURS = {
    "empty": ("", "there is no article"),
    "other": (f"{A} {B} {A} .", "there is no article"),
    "other-graph": (changed() + f"{A} {B} {A} {A} .", "example.org/a> is that of no article"),
    "no-text": (without("isString"), "has no nif:isString"),
    "no-hash": (without("textHash"), "has no kg:textHash"),
    "no-id": (without("identifier"), "has no schema:identifier"),
    "no-article": (without("NewsArticle"), "no article"),
    "no-subject": (without("ontology#subject>"), "no subject"),
    "no-status": (without("ontology#status>"), "no subject, object, status"),
    "no-class": (without("plover#CONSULT>"), "no class"),
    "no-words": (without("anchorOf"), "no offsets or words"),
    "no-name": (without("ontology#name>"), "no entity, name or type"),
    "no-appearance": (without("appearanceOf"), "no entity, name or type"),
    "other-article": (changed((ART, "https://example.org/texts/")), "not minted as ours"),
    "other-entities": (changed(("actors-kg/entity/", "other/entity/")), "not minted under the base"),
    "unknown-class": (changed(("plover#CONSULT>", "plover#DANCE>")), "no relation class .*DANCE.*--ontology"),
    "unknown-property": (changed(("ontology#meets>", "ontology#likes>")), "no property .*likes"),
    "unknown-status": (changed(("ontology#Asserted>", "ontology#Rumoured>")), "no status .*Rumoured"),
    "unknown-type": (changed(("ontology#Person>", "ontology#Robot>")), "no entity type .*Robot"),
}


@pytest.mark.parametrize("name", NOT_OURS)
def test_what_is_no_graph_of_ours_is_refused(name, tmp_path):
    content, message = NOT_OURS[name]
    (tmp_path / "g.nq").write_text(content)
    with pytest.raises(ImportedError, match=message):
        import_rdf([tmp_path / "g.nq"], tmp_path / "g")
    assert not (tmp_path / "g").exists()


def test_two_articles_of_one_id_are_refused(tmp_path):
    other = AGAIN.__class__(
        article=AGAIN.article.__class__(id="a1", text=AGAIN.article.text),
        mentions=AGAIN.mentions, entities=AGAIN.entities, relations=AGAIN.relations,
    )  # fmt: skip
    files = [write(graph_of(one), tmp_path / f"{number}.nq") for number, one in enumerate((MET, other))]
    with pytest.raises(ImportedError, match="two articles have the id 'a1'"):
        import_rdf(files, tmp_path / "g")


def test_relation_without_evidence_has_no_article_in_turtle(tmp_path):
    file = write(graph_of(MET), tmp_path / "g.nt")
    file.write_text("\n".join(line for line in file.read_text().splitlines() if "#evidence>" not in line))
    with pytest.raises(ImportedError, match="has no kg:evidence"):
        import_rdf([file], tmp_path / "g")


def test_graph_of_another_base_is_refused(tmp_path):
    graph_of(MET, path=tmp_path / "g").close()
    other = Store.in_memory(base="https://example.org/")
    other.add(AGAIN)
    with pytest.raises(ImportedError, match=r"'https://example.org/'.*'https://w3id.org/actors-kg/'"):
        import_rdf([write(other, tmp_path / "g.nq")], tmp_path / "g")


def test_graphs_of_two_bases_are_refused(tmp_path):
    other = Store.in_memory(base="https://example.org/")
    other.add(AGAIN)
    files = [write(graph_of(MET), tmp_path / "a.nq"), write(other, tmp_path / "b.nq")]
    with pytest.raises(ImportedError, match="several bases"):
        import_rdf(files, tmp_path / "g")


def test_judgement_without_verdict_is_refused(tmp_path):
    file = write(graph_of(MET, claims=[same("Ana Bell", "Bo Cole")]), tmp_path / "g.nq")
    file.write_text("\n".join(line for line in file.read_text().splitlines() if "#verdict>" not in line))
    with pytest.raises(JudgementError, match="lacks"):
        import_rdf([file], tmp_path / "g")


def test_ontology_in_a_file_is_checked(tmp_path):
    wrong = '<https://example.org/x> <https://w3id.org/actors-kg/ontology#verb> "x" '
    (tmp_path / "g.nq").write_text(changed() + wrong + "<https://w3id.org/actors-kg/ontology> .")
    with pytest.raises(VocabularyError, match="is no property and no relation class"):
        import_rdf([tmp_path / "g.nq"], tmp_path / "g")
    assert not (tmp_path / "g").exists()


def test_text_that_was_altered_is_told(tmp_path):
    (tmp_path / "g.nq").write_text(changed(("in Oslo.", "in Rome.")))
    assert import_rdf([tmp_path / "g.nq"], tmp_path / "g").altered == ("a1",)


# ---- places


@pytest.mark.parametrize(
    ("path", "format_", "message"),
    [
        ("none.nq", None, "cannot be read"),
        (".", "nq", "cannot be read"),
        ("graph.csv", None, "format .*--format"),
        ("graph.nq", "docx", "no RDF format 'docx'"),
    ],
)
def test_what_is_no_file_of_rdf_is_refused(path, format_, message, tmp_path):
    with pytest.raises(ImportedError, match=message):
        import_rdf([tmp_path / path], tmp_path / "g", format_=format_)


def test_no_file_is_refused(tmp_path):
    with pytest.raises(ImportedError, match="no file"):
        import_rdf([], tmp_path / "g")


def test_folder_with_other_things_is_refused(tmp_path):
    (tmp_path / "g").mkdir()
    (tmp_path / "g" / "thesis.txt").write_text("x")
    with pytest.raises(StoreError, match="is not a graph"):
        import_rdf([write(graph_of(MET), tmp_path / "g.nq")], tmp_path / "g")
    assert [path.name for path in (tmp_path / "g").iterdir()] == ["thesis.txt"]


def test_graph_that_is_written_to_is_refused(tmp_path):
    file = write(graph_of(AGAIN), tmp_path / "g.nq")
    with graph_of(MET, path=tmp_path / "g"), pytest.raises(StoreError, match="Another process writes"):
        import_rdf([file], tmp_path / "g")


def test_empty_folder_becomes_a_graph(tmp_path):
    (tmp_path / "g").mkdir()
    import_rdf([write(graph_of(MET), tmp_path / "g.nq")], tmp_path / "g")
    assert contents(tmp_path / "g") == contents_of(graph_of(MET))


def contents_of(store: Store) -> set[ox.Quad]:
    return quads(store)


@pytest.mark.slow
def test_import_that_is_killed_leaves_the_graph_as_it_was(tmp_path):
    graph_of(MET, path=tmp_path / "g").close()
    before = contents(tmp_path / "g")
    file = write(graph_of(AGAIN), tmp_path / "g.nq")
    after = contents_of(graph_of(MET, AGAIN))
    code = "import sys; from kg.store.importing import import_rdf; import_rdf([sys.argv[1]], sys.argv[2])"
    for wait in (0.3, 0.5, 0.7, 0.9, 1.1):
        process = subprocess.Popen([sys.executable, "-c", code, str(file), str(tmp_path / "g")])
        time.sleep(wait)
        process.kill()
        process.wait()
        assert contents(tmp_path / "g") in (before, after)
    import_rdf([file], tmp_path / "g")
    assert contents(tmp_path / "g") == after


@pytest.mark.slow
def test_disk_that_fills_leaves_the_graph_as_it_was(tmp_path):
    """A limit on the size of files stands in for a small disk, which takes a privilege to make."""
    graph_of(MET, path=tmp_path / "g").close()
    before = contents(tmp_path / "g")
    noise = " ".join(hashlib.sha256(str(number).encode()).hexdigest() for number in range(5_000))
    file = write(graph_of(make_extraction(f"Ana Bell met Bo Cole. {noise}")), tmp_path / "g.nq")
    code = (
        "import resource, signal, sys\nfrom kg.errors import StoreError\n"
        "from kg.store.importing import import_rdf\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try:\n    import_rdf([sys.argv[1]], sys.argv[2])\nexcept StoreError as error:\n    print(error)"
    )
    run = [sys.executable, "-c", code, str(file), str(tmp_path / "g")]
    said = subprocess.run(run, capture_output=True, text=True, check=False)
    assert "Nothing has changed" in said.stdout, said.stderr
    assert contents(tmp_path / "g") == before


@pytest.mark.parametrize("by", [1, 7, 1 << 20])
def test_brackets_of_json_are_counted_across_pieces_and_not_in_texts(by):
    text = json.dumps({"a": ["[" * 300, '\\"[' * 300, "\\"], "b": ["]"] * 300}).encode()
    deep = text + b'{"\\\\": ' * 201
    for content, is_refused in ((text, False), (deep, True)):
        guard = guard_of("jsonld", "x")
        pieces = [content[start : start + by] for start in range(0, len(content), by)]
        with pytest.raises(ImportedError, match="nested") if is_refused else nullcontext():
            assert b"".join(map(guard, [*pieces, b""])) == content
