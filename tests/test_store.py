"""The store keeps articles whole, forgets them whole, and answers."""

from __future__ import annotations

import datetime
import io
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import ExportError, QueryError, StoreError, VocabularyError
from kg.rdf import default_quads, graph_quads
from kg.store import FORMATS, Store, Wanted, locking, write_triples
from kg.store.graphs import lasting_quads
from kg.types import Article, Extraction, Status
from tests.builders import make_extraction
from tests.conftest import ROOT
from tests.rdf.strategies import extractions

MET = make_extraction()
MET_AGAIN = make_extraction("In Bergen, Ana Bell met Bo Cole.", article_id="a2")
APART = make_extraction("Cy Dole saw Ed Fox.", article_id="a3", ends=("Cy Dole", "Ed Fox"))


@pytest.fixture
def store():
    return Store.in_memory()


def quads(store: Store) -> set[ox.Quad]:
    return set(lasting_quads(store.data, store.base))


def with_alias(extraction, alias):
    relation = extraction.relations[0]
    subject = replace(relation.subject, aliases=(alias,))
    return replace(
        extraction,
        entities=(subject, relation.object),
        relations=(replace(relation, subject=subject),),
    )


# ---- articles in and out


def test_add_stores_the_quads_of_both_graphs(store):
    assert store.add(MET)
    wanted = {*graph_quads(MET, store.vocabulary), *default_quads(MET, store.vocabulary)}
    assert quads(store) == wanted


def test_add_again_changes_nothing(store):
    store.add(MET)
    before = quads(store)
    assert not store.add(MET)
    assert quads(store) == before


def test_changed_text_under_the_same_id_replaces(store):
    store.add(MET)
    store.add(replace(MET_AGAIN, article=replace(MET_AGAIN.article, id="a1")))
    assert [article.text for article in store.articles()] == [MET_AGAIN.article.text]


def test_same_text_under_another_id_comes_and_goes_alone(store):
    store.add(MET)
    assert store.add(replace(MET, article=replace(MET.article, id="copy")))
    assert [article.id for article in store.articles()] == ["a1", "copy"]
    assert store.remove("a1")
    assert [article for article, _ in store.relations()] == ["copy"]


def test_other_reading_of_the_same_text_replaces(store):
    store.add(MET)
    assert store.add(make_extraction(status=Status.PLANNED), model="better 2")
    assert [relation.status for _, relation in store.relations()] == [Status.PLANNED]
    assert store.query("SELECT ?m { ?a kg:model ?m }").rows == (("better 2",),)
    assert not store.query("ASK { ?s kg:meets ?o }").answer


@pytest.mark.parametrize(
    ("change", "known"),
    [
        ({}, True),
        ({"id": "other"}, False),
        ({"text": "Other."}, False),
        ({"source": "X"}, False),
        ({"date": datetime.date(2020, 1, 1)}, False),
    ],
    ids=["same", "id", "text", "source", "date"],
)
def test_contains_knows_id_text_source_and_date(store, change, known):
    store.add(MET)
    assert store.contains(replace(MET.article, **change)) is known


def test_article_that_is_fetched_once_more_is_contained(store):
    first, second = (datetime.datetime(2026, 4, day, tzinfo=datetime.UTC) for day in (5, 6))
    store.add(MET)
    assert not store.contains(replace(MET.article, retrieved=first))  # when it was fetched is something new
    store.add(replace(MET, article=replace(MET.article, retrieved=first)))
    assert store.contains(replace(MET.article, retrieved=second))
    assert not store.contains(MET.article)
    assert store.articles()[0].retrieved == first


def test_remove_leaves_no_trace(store):
    store.add(MET)
    assert store.remove("a1")
    assert not quads(store)
    assert not list(store.data.named_graphs())


def test_remove_what_is_not_there(store):
    assert not store.remove("a1")


def test_remove_keeps_what_another_article_carries(store):
    store.add(MET_AGAIN)
    before = quads(store)
    store.add(MET)
    store.remove("a1")
    assert quads(store) == before


def test_alias_goes_with_the_last_article_that_uses_it(store):
    store.add(with_alias(MET, "Annie"))
    store.add(with_alias(MET_AGAIN, "Madam Bell"))
    assert store.entities()[0].aliases == ("Annie", "Madam Bell")
    store.remove("a1")
    assert store.entities()[0].aliases == ("Madam Bell",)


def test_unknown_property_changes_nothing(store):
    store.add(MET)
    before = quads(store)
    with pytest.raises(VocabularyError):
        store.add(make_extraction("Other text.", property="gossips"))
    assert quads(store) == before


IDS = st.sampled_from(["a", "b", "c"])


@settings(max_examples=25, deadline=None)
@given(st.lists(extractions(IDS) | IDS, max_size=6))
def test_store_is_the_union_of_what_was_last_said(steps):
    store, said = Store.in_memory(), {}
    for step in steps:
        if isinstance(step, str):
            store.remove(step)
            said.pop(step, None)
        elif not store.contains(step.article):
            store.add(step)
            said[step.article.id] = step
    fresh = Store.in_memory()
    for extraction in said.values():
        fresh.add(extraction)
    assert quads(store) == quads(fresh)


# ---- reading


def test_extraction_reads_back(store):
    store.add(MET)
    assert store.extraction("a1") == MET


def test_extraction_of_unknown_article_is_an_error(store):
    with pytest.raises(StoreError, match="no article 'a9'"):
        store.extraction("a9")


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (Wanted(), ["a1", "a2", "a3"]),
        (Wanted(subject="ana bell"), ["a1", "a2"]),
        (Wanted(subject="Ána Bell"), ["a1", "a2"]),
        (Wanted(object="Ana Bell"), []),
        (Wanted(either="Bo_Cole"), ["a1", "a2"]),
        (Wanted(article="a3"), ["a3"]),
        (Wanted(property="meets"), ["a1", "a2", "a3"]),
        (Wanted(property="visits"), []),
        (Wanted(relation_class="CONSULT", subject="Cy Dole"), ["a3"]),
        (Wanted(relation_class="GOSSIP"), []),
        (Wanted(status=Status.NEGATED), []),
    ],
    ids=repr,
)
def test_relations_are_those_wanted(store, wanted, ids):
    for extraction in (APART, MET_AGAIN, MET):
        store.add(extraction)
    assert [article for article, _ in store.relations(wanted)] == ids


def test_info_counts(store):
    store.add(MET)
    store.add(MET_AGAIN)
    info = store.info()
    assert (info.articles, info.entities, info.relations, info.edges) == (2, 2, 2, 1)
    assert info.types == {"person": 2}
    assert info.classes == {"CONSULT": 2}


# ---- queries


def test_query_counts_over_the_union_of_graphs(store):
    store.add(MET)
    store.add(MET_AGAIN)
    assert store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows == ((len(store.data),),)


def test_query_takes_values_as_bindings(store):
    store.add(MET)
    result = store.query("SELECT ?s ?p ?o { ?s ?p ?o }", {"o": ox.Literal("Bo Cole", language="en")})
    assert [row[1].rpartition("#")[2] for row in result.rows] == ["prefLabel"]


def test_binding_cannot_break_out_of_its_value(store):
    store.add(MET)
    text = "SELECT ?name { ?s skos:prefLabel ?label FILTER(STR(?label) = ?name) }"
    assert store.query(text, {"name": '" || true || "'}).rows == ()


def test_construct_gives_triples(store):
    store.add(MET)
    result = store.query("CONSTRUCT { ?s kg:meets ?o } WHERE { ?s kg:meets ?o }")
    assert "ent:Ana_Bell kg:meets ent:Bo_Cole" in write_triples(result.triples, "ttl", store.prefixes)


def test_ask_gives_an_answer(store):
    assert store.query("ASK { ?s ?p ?o }").answer is False


def test_values_are_python_values(store):
    result = store.query('SELECT (1 AS ?i) (0.5 AS ?d) (true AS ?b) ("x"@en AS ?t) ?none {}')
    assert result.rows == ((1, 0.5, True, "x", None),)
    assert result.records() == [{"i": 1, "d": 0.5, "b": True, "t": "x", "none": None}]


def test_results_in_csv_and_json(store):
    result = store.query('SELECT ("a,b" AS ?t) (<https://x.y/> AS ?i) (2 AS ?n) ?u {}')
    assert result.to_csv() == 't,i,n,u\r\n"a,b",https://x.y/,2,\r\n'
    assert '"i": {"type": "uri", "value": "https://x.y/"}' in result.to_json()


@pytest.mark.parametrize(
    ("text", "line", "column", "message"),
    [
        ("SELECT * {", 1, 10, "the '{' that opens here"),
        ("SELECT *\nWHERE { ?s & ?p }", 2, 12, "at '& .p }'"),
        ("PREFIX x: <y:>\nINSERT DATA { <a:b> <a:b> <a:b> }", 2, 1, "not by an update"),
        ("LOAD <file:///etc/passwd>", 1, 1, "not by an update"),
        ("SELECT * {\n SERVICE <http://a.b/> { ?s ?p ?o } }", 2, 2, "network"),
        ("SELECT * { SERVICE?x{ ?s ?p ?o } }", 1, 12, "network"),
        ("PREFIX : <a:> SELECT * { SERVICE:a { ?s ?p ?o } }", 1, 26, "network"),
        ("SELECT * { ?s ?p trueSERVICE<a:b>{} }", 1, 18, "network"),
        ("SELECT * { ?s ?p 1service<a:b>{} }", 1, 19, "network"),
        ("SELECT * { ?s ?p 'a' # '\n SERVICE <a:b> {} }", 2, 2, "network"),
        ("SELECT * { ?s ?p '''a' ''' SERVICE <a:b> {} }", 1, 28, "network"),
    ],
)
def test_wrong_query_is_named_with_its_place(store, text, line, column, message):
    with pytest.raises(QueryError, match=message) as caught:
        store.query(text)
    assert (caught.value.line, caught.value.column, caught.value.query) == (line, column, text)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT ?service { ?service ?p 'SERVICE' } # SERVICE",
        "SELECT * { ?s <https://service.example/#service> '''SERVICE' ''' , \"SERVICE\" }",
        "PREFIX x: <a:> SELECT * { ?s x:service ?o . _:service ?p ?o FILTER(?o < 3) }",
    ],
)
def test_service_in_names_and_texts_is_no_clause(store, text):
    assert store.query(text).rows == ()


def test_unbindable_variable_is_a_query_error(store):
    with pytest.raises(QueryError, match=r"has no variable \?x that could take a value"):
        store.query("SELECT ?s { ?s ?p ?o }", {"x": "y"})


# ---- files


@pytest.mark.parametrize("format_", list(FORMATS))
def test_dump_holds_all_triples(store, format_):
    store.add(MET)
    store.judge()
    out = io.BytesIO()
    store.dump(format_, out)
    dumped = ox.Store()
    dumped.load(out.getvalue(), FORMATS[format_])
    assert {quad.triple for quad in dumped} == {quad.triple for quad in store.data}
    assert not FORMATS[format_].supports_datasets or set(dumped) == set(store.data)


def test_dump_in_unknown_format_is_an_error(store):
    with pytest.raises(ExportError, match=r"'docx'.*ttl"):
        store.dump("docx", io.BytesIO())


def test_dump_to_a_folder_that_is_not_there_is_an_error(store, tmp_path):
    with pytest.raises(ExportError, match="cannot be written"):
        store.dump("ttl", tmp_path / "none" / "graph.ttl")


def test_rdf_is_an_rdflib_dataset_over_the_same_store(store):
    store.add(MET)
    dataset = store.rdf()
    assert isinstance(dataset, rdflib.Dataset)
    assert len(list(dataset.query("SELECT * { ?s kg:meets ?o }"))) == 1


# ---- folders


def test_graph_is_there_after_closing(tmp_path):
    with Store.create(tmp_path / "g") as store:
        store.add(MET)
    with Store.open(tmp_path / "g") as store:
        assert store.extraction("a1") == MET


def test_base_stays_with_the_graph(tmp_path):
    Store.create(tmp_path / "g", base="https://example.org/").close()
    with Store.create(tmp_path / "g") as store:
        store.add(MET)
        assert store.query("ASK { <https://example.org/entity/Ana_Bell> kg:meets ent:Bo_Cole }").answer


def test_read_only_graph_is_not_changed(tmp_path):
    Store.create(tmp_path / "g").close()
    with Store.open(tmp_path / "g") as store, pytest.raises(StoreError, match="reading only"):
        store.add(MET)


def test_closed_store_is_an_error(store):
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.articles()


def test_second_writer_is_an_error(tmp_path):
    with Store.create(tmp_path / "g"), pytest.raises(StoreError, match="Another process writes"):
        Store.create(tmp_path / "g")


@contextmanager
def written_elsewhere(path, seconds):
    """Another process writes to a graph for some seconds."""
    code = (
        "import sys, time; from kg.store import Store; s = Store.open(sys.argv[1], read_only=False);"
        "print(flush=True); time.sleep(float(sys.argv[2])); s.close()"
    )
    command = [sys.executable, "-c", code, str(path), str(seconds)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as other:
        other.stdout.readline()
        try:
            yield
        finally:
            other.kill()


def test_writer_waits_for_another_process(tmp_path, caplog):
    Store.create(tmp_path / "g").close()
    with written_elsewhere(tmp_path / "g", 0.2), Store.create(tmp_path / "g") as store:
        store.add(MET)
    assert not caplog.messages, "a short wait is not told"


def test_writer_that_waits_long_says_so_once_and_gives_up(tmp_path, caplog, monkeypatch):
    monkeypatch.setattr(locking, "_QUIET", 0.05)
    Store.create(tmp_path / "g").close()
    with written_elsewhere(tmp_path / "g", 60):
        with pytest.raises(StoreError, match="Another process writes"):
            Store.open(tmp_path / "g", read_only=False, patience=0.3)
        assert [one.endswith("waiting for it, 0.3 s at most.") for one in caplog.messages] == [True]
        with pytest.raises(StoreError, match="Another process writes"):
            Store.open(tmp_path / "g", read_only=False, patience=0)
        assert len(caplog.messages) == 1


def test_missing_graph_is_an_error(tmp_path):
    with pytest.raises(StoreError, match=r"no graph .*kg build"):
        Store.open(tmp_path / "none")


@pytest.mark.parametrize("opening", [Store.open, Store.create], ids=["open", "create"])
def test_junk_folder_is_an_error_and_stays_as_it_is(tmp_path, opening):
    (tmp_path / "letter.txt").write_text("Dear Bo")
    with pytest.raises(StoreError, match="is not a graph"):
        opening(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize(
    ("marker", "message"),
    [("{", "broken"), ('{"format": 99}', "later version"), ('{"color": 1}', "broken")],
)
def test_wrong_marker_is_an_error(tmp_path, marker, message):
    Store.create(tmp_path / "g").close()
    (tmp_path / "g" / "kg-graph.json").write_text(marker)
    with pytest.raises(StoreError, match=message):
        Store.open(tmp_path / "g")


def test_killed_writer_loses_no_stored_article(tmp_path):
    code = (
        "import os, signal, sys; sys.path.insert(0, sys.argv[2]); from kg.store import Store;"
        "from tests.builders import make_extraction; store = Store.create(sys.argv[1]);"
        "store.add(make_extraction()); os.kill(os.getpid(), signal.SIGKILL)"
    )
    root = str(Path(__file__).parents[1])
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "g"), root], check=False)
    with Store.open(tmp_path / "g") as store:
        assert store.extraction("a1") == MET


def test_unknown_prefix_is_named():
    with pytest.raises(QueryError, match="prefix foo: is not known"):
        Store.in_memory().query("SELECT ?x { ?x foo:bar ?y }")


def test_control_character_is_refused_in_rdfxml_and_kept_elsewhere():
    store = Store.in_memory()
    store.add(Extraction(article=Article(id="a", text="Ana\x00 met Bo.")))
    with pytest.raises(ExportError, match="RDF/XML cannot hold"):
        store.dump("rdfxml", io.BytesIO())
    store.dump("ttl", io.BytesIO())


@pytest.mark.parametrize(
    "query",
    [
        pytest.param("SELECT * {" + "{" * 3_000 + "}" * 3_001, id="groups"),
        pytest.param("SELECT * { ?a " + "/".join(["kg:meets"] * 5_000) + " ?b }", id="path"),
        pytest.param("SELECT * { " + " UNION ".join(["{ ?a ?b ?c }"] * 5_000) + " }", id="unions"),
    ],
)
def test_query_that_would_end_the_process_is_refused(query):
    with pytest.raises(QueryError, match="too deep"):
        Store.in_memory().query(query)
