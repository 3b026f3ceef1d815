"""Results come back as they were: read by the engine and by rdflib, whatever is in them."""

from __future__ import annotations

import csv
import io
import json
from unittest import mock
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.query import Result

from kg.errors import ExportError
from kg.store import FORMATS
from kg.store.results import (
    SOLUTION_FORMATS,
    Out,
    in_memory,
    marked_json,
    write_answer,
    write_found,
    write_graph,
    write_solutions,
    write_triples,
)

E = "http://example.org/"
brief = settings(deadline=None, max_examples=40)
NS = "{http://www.w3.org/2005/sparql-results#}"
KINDS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "tsv": ox.QueryResultsFormat.TSV,
}

any_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
xml_text = any_text.filter(
    lambda text: all(letter in "\t\n\r" or ord(letter) >= 32 for letter in text)
).filter(lambda text: not {"\ufffe", "\uffff"} & set(text))
iris = st.builds(
    lambda path, fragment: ox.NamedNode(E + path.replace("%", "%41") + fragment),
    st.text(st.sampled_from("ab/?&=éß%20'();,~中"), max_size=8), st.sampled_from(["", "#", "#é"]),
)  # fmt: skip
datatypes = st.sampled_from(["string", "integer", "decimal", "double", "boolean", "date", "float"])
numbers = st.sampled_from(["1", "-01", "1.0", ".5", "1.", "1e0", "1.5E-3", "INF", "+7", "true", "x"])


def literals(texts):
    plain = texts.map(ox.Literal)
    spoken = st.builds(
        lambda text, tag: ox.Literal(text, language=tag), texts, st.sampled_from(["en", "de-at", "zh-hans"])
    )
    directed = texts.map(lambda text: ox.Literal(text, language="ar", direction=ox.BaseDirection.RTL))
    typed = st.builds(
        lambda text, kind: ox.Literal(text, datatype=ox.NamedNode(f"http://www.w3.org/2001/XMLSchema#{kind}")),
        st.one_of(texts, numbers), datatypes,
    )  # fmt: skip
    return st.one_of(plain, spoken, directed, typed)


def terms(texts):
    nodes = st.one_of(iris, st.from_regex(r"[a-z][a-z0-9]{0,5}", fullmatch=True).map(ox.BlankNode))
    flat = st.one_of(nodes, literals(texts))
    return st.one_of(st.none(), flat, st.builds(ox.Triple, nodes, iris, flat))


def tables(texts):
    return st.integers(1, 3).flatmap(
        lambda width: st.lists(st.tuples(*[terms(texts)] * width), max_size=5).map(lambda rows: (width, rows))
    )


def document(names, rows, format_):
    pieces = bytearray()
    write_solutions(names, rows, format_, in_memory(pieces))
    return bytes(pieces)


def names_of(width):
    return ["a", "été", "x_1"][:width]


@brief
@given(tables(any_text))
@pytest.mark.parametrize("format_", ["json", "tsv"])
def test_solutions_are_read_back(format_, table):
    width, rows = table
    read = ox.parse_query_results(document(names_of(width), rows, format_), KINDS[format_])
    assert [variable.value for variable in read.variables] == names_of(width)
    assert [tuple(row) for row in read] == rows


@brief
@given(tables(xml_text))
def test_solutions_are_read_back_from_xml(table):
    width, rows = table
    read = ox.parse_query_results(document(names_of(width), rows, "xml"), KINDS["xml"])
    assert [tuple(row) for row in read] == rows


def flat(rows):
    """Rows that RDF 1.1 has: no triples, no directions."""
    return [row for row in rows if not any(isinstance(term, ox.Triple) or directed(term) for term in row)]


def directed(term):
    return isinstance(term, ox.Literal) and term.direction is not None


def same(ours, theirs):
    if ours is None or theirs is None:
        return ours is theirs
    if isinstance(ours, ox.NamedNode):
        return isinstance(theirs, rdflib.URIRef) and str(theirs) == ours.value
    if isinstance(ours, ox.BlankNode):
        return isinstance(theirs, rdflib.BNode)
    tag = None if theirs.language is None else theirs.language.lower()
    kind = None if theirs.datatype is None else str(theirs.datatype)
    plain = ours.language or ours.datatype.value.endswith("#string")
    said = kind in {None, ours.datatype.value} if plain else kind == ours.datatype.value
    return (str(theirs), tag, said) == (ours.value, ours.language, True)


@brief
@given(tables(xml_text))
@pytest.mark.parametrize("format_", ["json", "xml"])
def test_rdflib_reads_solutions(format_, table):
    width, rows = table[0], flat(table[1])
    with mock.patch.object(rdflib, "NORMALIZE_LITERALS", new=False):  # which writes 01 as 1
        read = Result.parse(io.BytesIO(document(names_of(width), rows, format_)), format=format_)
    names = [rdflib.Variable(name) for name in names_of(width)]
    assert list(read.vars) == names
    theirs = [[row.get(name) for name in names] for row in read.bindings]
    bound = [row for row in rows if any(row)] if format_ == "xml" else rows  # it skips rows of nothing
    theirs = [row for row in theirs if any(term is not None for term in row)] if format_ == "xml" else theirs
    assert len(theirs) == len(bound)
    assert all(
        same(*pair) for ours, row in zip(bound, theirs, strict=True) for pair in zip(ours, row, strict=True)
    )


@brief
@given(tables(any_text))
def test_csv_is_read_back_as_plain_texts(table):
    width, rows = table
    read = list(csv.reader(io.StringIO(document(names_of(width), rows, "csv").decode(), newline="")))
    assert read[0] == names_of(width)
    assert [[plain(term) for term in row] for row in rows] == read[1:]


def plain(term):
    if term is None:
        return ""
    if isinstance(term, ox.Triple):
        return " ".join(map(plain, (term.subject, term.predicate, term.object)))
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else term.value


def test_csv_ends_its_lines_as_rfc_4180_has_it():
    rows = [(ox.Literal('a"b'), None), (ox.Literal("c,\nd"), ox.Literal(""))]
    assert document(["a", "b"], rows, "csv") == b'a,b\r\n"a""b",\r\n"c,\nd",\r\n'


def test_csv_has_no_empty_line_for_a_row():
    assert document(["a"], [(None,)], "csv") == b'a\r\n""\r\n'


def test_tsv_writes_terms_as_turtle():
    kind = "http://www.w3.org/2001/XMLSchema#"
    row = [
        ox.NamedNode(E), ox.Literal("a\tb\n\"c\\"), ox.Literal("a", language="en"), ox.Literal(7),
        ox.Literal("1.50", datatype=ox.NamedNode(f"{kind}decimal")),
        ox.Literal("x", datatype=ox.NamedNode(f"{kind}integer")),
    ]  # fmt: skip
    lines = document(list("abcdef"), [row], "tsv").decode().splitlines()
    assert lines[0].split("\t") == ["?a", "?b", "?c", "?d", "?e", "?f"]
    assert lines[1].split("\t") == [
        "<http://example.org/>", r'"a\tb\n\"c\\"', '"a"@en', "7", "1.50", f'"x"^^<{kind}integer>'
    ]  # fmt: skip


def test_json_is_as_the_recommendation_has_it():
    row = (ox.Literal("a", language="en"), ox.Literal("b"), ox.BlankNode("r1"), None, ox.NamedNode(E))
    read = json.loads(document(list("abcde"), [row], "json"))
    assert read == {
        "head": {"vars": ["a", "b", "c", "d", "e"]},
        "results": {
            "bindings": [
                {
                    "a": {"type": "literal", "value": "a", "xml:lang": "en"},
                    "b": {"type": "literal", "value": "b"},
                    "c": {"type": "bnode", "value": "r1"},
                    "e": {"type": "uri", "value": E},
                }
            ]
        },
    }


def test_xml_is_as_the_recommendation_has_it():
    row = (
        ox.Literal("a\r<", language="en"),
        ox.Literal(7),
        ox.BlankNode("r1"),
        None,
        ox.NamedNode(f"{E}?a&b"),
    )
    root = ElementTree.fromstring(document(list("abcde"), [row], "xml"))  # our own
    assert [one.get("name") for one in root.iter(f"{NS}variable")] == list("abcde")
    bindings = {one.get("name"): one[0] for one in root.iter(f"{NS}binding")}
    assert set(bindings) == set("abce")
    assert bindings["a"].text == "a\r<"
    assert bindings["a"].get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert bindings["b"].get("datatype") == "http://www.w3.org/2001/XMLSchema#integer"
    assert [bindings[name].tag for name in "ace"] == [f"{NS}literal", f"{NS}bnode", f"{NS}uri"]
    assert bindings["e"].text == f"{E}?a&b"


@pytest.mark.parametrize("character", ["\x00", "\x1f", "\ufffe"])
def test_xml_refuses_what_it_cannot_hold(character):
    with pytest.raises(ExportError, match="ask for JSON"):
        document(["a"], [(ox.Literal(f"a{character}b"),)], "xml")


@pytest.mark.parametrize("format_", KINDS)
@pytest.mark.parametrize("answer", [True, False])
def test_answer_is_read_back(format_, answer):
    pieces = bytearray()
    write_answer(answer, format_, in_memory(pieces))
    assert bool(ox.parse_query_results(bytes(pieces), KINDS[format_])) is answer


def test_answer_in_csv_is_a_word():
    pieces = bytearray()
    write_answer(False, "csv", in_memory(pieces))
    assert bytes(pieces) == b"false"


ROWS = [(ox.Literal(f"row {number} é"), ox.NamedNode(f"{E}{number}")) for number in range(1_200)]


def limited(format_, *, rows=10_000, size=10_000_000):
    pieces = bytearray()
    done = write_solutions(["a", "b"], ROWS, format_, Out(pieces.extend, rows=rows, size=size))
    return bytes(pieces), done


def read_rows(body, format_):
    if format_ == "csv":
        return [(ox.Literal(a), ox.NamedNode(b)) for a, b in list(csv.reader(io.StringIO(body.decode())))[1:]]
    return [tuple(row) for row in ox.parse_query_results(body, KINDS[format_])]


@pytest.mark.parametrize("format_", SOLUTION_FORMATS)
@pytest.mark.parametrize("rows", [0, 1, 511, 512, 513, 1_199])
def test_result_is_cut_at_the_rows_that_are_allowed(format_, rows):
    body, done = limited(format_, rows=rows)
    assert (done.rows, str(done.cut)) == (rows, f"rows={rows}")
    assert read_rows(body, format_) == ROWS[:rows]


@pytest.mark.parametrize("format_", SOLUTION_FORMATS)
def test_result_of_just_the_rows_that_are_allowed_is_whole(format_):
    body, done = limited(format_, rows=len(ROWS))
    assert (done.rows, done.cut) == (len(ROWS), None)
    assert read_rows(body, format_) == ROWS


@pytest.mark.parametrize("format_", SOLUTION_FORMATS)
@pytest.mark.parametrize("size", [0, 300, 4_096, 30_000])
def test_result_is_cut_between_rows_at_the_bytes_that_are_allowed(format_, size):
    body, done = limited(format_, size=size)
    kept = read_rows(body, format_)
    assert str(done.cut) == f"bytes={size}"
    assert kept == ROWS[: done.rows]
    assert len(body) <= max(size, 200) + 100
    one_more, _ = limited(format_, rows=done.rows + 1)
    assert len(one_more) > size


def test_marks_of_what_was_cut():
    xml, done = limited("xml", rows=1)
    assert b"<!-- truncated: rows=1 -->" in xml
    body, done = limited("json", rows=1)
    marked = marked_json(str(done.cut)) + body[1:]
    assert json.loads(marked)["truncated"] == {"rows": 1}
    assert read_rows(marked, "json") == ROWS[:1]


def test_error_of_the_rows_goes_through():
    def rows():
        yield from ROWS[:600]
        raise RuntimeError("evaluation")

    with pytest.raises(RuntimeError, match="evaluation"):
        write_solutions(["a", "b"], rows(), "json", in_memory(bytearray()))


def test_format_of_solutions_must_be_known():
    with pytest.raises(ExportError, match="json, xml, csv, tsv"):
        document(["a"], [], "ttl")


# What the engine writes


def engine_document(names, rows, format_, out):
    """Solutions as the engine has them, and what is written of them."""
    found = ox.parse_query_results(document(names, rows, "json"), KINDS["json"])
    return write_found(found, format_, out)


@brief
@given(tables(any_text))
@pytest.mark.parametrize("format_", ["json", "csv", "tsv"])
def test_what_the_engine_finds_is_written_like_rows(format_, table):
    width, rows = table
    pieces = bytearray()
    done = engine_document(names_of(width), rows, format_, in_memory(pieces))
    assert (done.rows, done.cut) == (len(rows), None)
    if format_ == "csv":
        assert bytes(pieces) == document(names_of(width), rows, "csv")
        return
    kind = KINDS["json" if format_ == "json" else "tsv"]
    assert [tuple(row) for row in ox.parse_query_results(bytes(pieces), kind)] == rows


MANY_LINES = [
    (ox.Literal(f'{number}\n"\r\n,' * (number % 5)), ox.Literal("x" * (number % 97)))
    for number in range(2_000)
]


@pytest.mark.parametrize("format_", SOLUTION_FORMATS)
@pytest.mark.parametrize(
    "limits",
    [(0, 10**7), (1, 10**7), (700, 10**7), (1_999, 10**7), (10**4, 0), (10**4, 500), (10**4, 50_000)],
)
def test_what_the_engine_writes_is_cut_like_rows(format_, limits):
    rows, size = limits
    ours, engines = bytearray(), bytearray()
    done = write_solutions(["a", "b"], MANY_LINES, format_, Out(ours.extend, rows=rows, size=size))
    cut = engine_document(["a", "b"], MANY_LINES, format_, Out(engines.extend, rows=rows, size=size))
    assert cut == done
    assert done.cut is not None
    assert engines == ours


@pytest.mark.parametrize("format_", SOLUTION_FORMATS)
def test_what_the_engine_writes_within_the_limits_is_whole(format_):
    ours, engines = bytearray(), bytearray()
    write_solutions(["a", "b"], MANY_LINES, format_, in_memory(ours))
    done = engine_document(["a", "b"], MANY_LINES, format_, Out(engines.extend, rows=2_000, size=len(ours)))
    assert (done.rows, done.cut) == (2_000, None)
    assert engines == ours


# Graphs

TRIPLES = [
    ox.Triple(ox.NamedNode(f"{E}{number}"), ox.NamedNode(f"{E}says"), ox.Literal(f"é {number}"))
    for number in range(3_000)
]


def graph(triples, format_, *, rows=10_000, size=10_000_000):
    pieces = bytearray()
    done = write_graph(triples, format_, Out(pieces.extend, rows=rows, size=size), {"e": E})
    return bytes(pieces), done


def read_graph(body, format_):
    return [quad.triple for quad in ox.parse(body, FORMATS[format_])]


@brief
@given(st.lists(st.builds(ox.Triple, iris, iris, st.one_of(iris, literals(any_text))), max_size=5))
@pytest.mark.parametrize("format_", ["ttl", "nt", "nq", "trig", "jsonld"])
def test_graph_is_read_back(format_, triples):
    body, done = graph(triples, format_)
    assert set(read_graph(body, format_)) == set(triples)
    assert done.rows == len(set(triples))


@brief
@given(
    st.lists(st.builds(ox.Triple, iris, st.just(ox.NamedNode(f"{E}p")), st.one_of(iris, literals(xml_text))))
)
def test_graph_is_read_back_from_rdfxml(triples):
    assert set(read_graph(graph(triples, "rdfxml")[0], "rdfxml")) == set(triples)


@pytest.mark.parametrize("format_", FORMATS)
def test_triple_is_written_once(format_):
    body, done = graph(TRIPLES[:3] * 2, format_)
    assert (len(read_graph(body, format_)), done.rows, done.cut) == (3, 3, None)


@pytest.mark.parametrize("format_", FORMATS)
def test_graph_is_cut_at_the_triples_that_are_allowed(format_):
    body, done = graph(TRIPLES, format_, rows=1_000)
    assert (done.rows, str(done.cut)) == (1_000, "rows=1000")
    assert set(read_graph(body, format_)) == set(TRIPLES[:1_000])
    assert (b"truncated: rows=1000" in body) is (format_ != "jsonld")


@pytest.mark.parametrize("format_", FORMATS)
def test_graph_is_cut_at_the_bytes_that_are_allowed(format_):
    body, done = graph(TRIPLES, format_, size=20_000)
    assert str(done.cut) == "bytes=20000"
    assert set(read_graph(body, format_)) == set(TRIPLES[: done.rows])
    assert 20_000 <= len(body) <= 20_000 + 2 * 8_192 + 500


def test_graph_of_just_the_triples_that_are_allowed_is_whole():
    assert graph(TRIPLES[:10] * 2, "nt", rows=10)[1].cut is None


def test_property_that_rdfxml_cannot_name_is_refused():
    node = ox.NamedNode(f"{E}1")
    with pytest.raises(ExportError, match="choose ttl"):
        graph([ox.Triple(node, ox.NamedNode(f"{E}1"), node)], "rdfxml")


def test_triple_term_in_jsonld_is_refused():
    node = ox.NamedNode(f"{E}a")
    with pytest.raises(ExportError, match="choose trig"):
        graph([ox.Triple(node, node, ox.Triple(node, node, node))], "jsonld")


def test_error_of_the_triples_goes_through():
    def triples():
        yield from TRIPLES
        raise RuntimeError("evaluation")

    with pytest.raises(RuntimeError, match="evaluation"):
        graph(triples(), "ttl")


def test_format_of_graphs_must_be_known():
    with pytest.raises(ExportError, match="no RDF format 'csv'"):
        write_triples([], "csv", {})
