"""What a store beyond this process answers: the same as the same graph here, within the same bounds."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import QueryError, RemoteError
from kg.store import ask, questions
from kg.store.remote import push
from kg.store.remote.texts import declared, with_values
from kg.types import IRI, Article, Extraction
from tests.store.remote.conftest import remote_of
from tests.store.remote.servers import JSON, NT, Reply, failing_store, oxigraph_server
from tests.store.test_importing import MET, PLANNED, graph_of
from tests.test_questions import ASKED, filled

DATE = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
RESULTS_JSON = (
    b'{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {"type": "literal", "value": "x"}}]}}'
)
RDF_XML = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:">
<rdf:Description rdf:about="urn:a"><u:b rdf:resource="urn:c"/></rdf:Description></rdf:RDF>"""
RESULTS_XML = """<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>
<variable name="a"/></head><results>
<result><binding name="a"><literal>x</literal></binding></result></results>
</sparql>"""


@pytest.fixture(scope="module")
def here():
    return filled(merged=True)


@pytest.fixture(scope="module")
def there(here, oxigraph_url, tmp_path_factory):
    """The same graph in a server of its own."""
    with oxigraph_server(tmp_path_factory.mktemp("asked")) as url, remote_of(url) as remote:
        push(here, remote)
        yield remote


@pytest.mark.parametrize(("name", "arguments"), ASKED)
def test_question_has_the_same_answer_there(here, there, name, arguments):
    wanted, found = ask(here, name, arguments), there.ask(name, arguments)
    assert found.variables == wanted.variables
    assert found.rows == wanted.rows


@pytest.mark.parametrize("actor", ["Bo_Cóle", "nobody", 'x") } #', "\\", "'''", "{"])
def test_names_are_respelled_there_as_here(here, there, actor):
    assert (
        there.ask("who-met-whom", {"actor": actor}).rows == ask(here, "who-met-whom", {"actor": actor}).rows
    )


@pytest.mark.parametrize(("name", "arguments"), ASKED)
@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # of rdflib by rdflib
def test_another_engine_reads_the_values_in_the_text_the_same(name, arguments):
    """Values within the text mean to rdflib what they mean to ours, which takes them beside it."""
    store = filled()
    data = rdflib.Dataset(default_union=True)
    data.parse(data=ox.serialize(store.data, format=ox.RdfFormat.N_QUADS).decode(), format="nquads")
    kinds = {item.name: item.kind for question in questions() for item in question.parameters}
    dates = {key: DATE if kinds[key] == "date" else None for key in arguments}
    values = {key: ox.Literal(value, datatype=dates[key]) for key, value in arguments.items()}
    text = next(question.text for question in questions() if question.name == name)
    rows = list(data.query(declared(with_values(text, values).text, store.prefixes)))
    assert len(rows) == len(ask(store, name, arguments).rows)


QUERIES = [
    ("SELECT ?a ?b { ?a kg:meets ?b } ORDER BY ?a", {}),
    ("SELECT ?b { ?a kg:meets ?b }", {"a": IRI("ent:Ana_Bell")}),
    ("SELECT (COUNT(*) AS ?n) { ?a a ?kind }", {"kind": IRI("kg:Person")}),
    ("SELECT (COUNT(*) AS ?n) { ?a a ?kind }", {"kind": IRI("kg:Nothing")}),
    ("SELECT ?a (COUNT(*) AS ?n) { ?a ?p ?b } GROUP BY ?a ORDER BY ?a", {"p": IRI("kg:meets")}),
    ("SELECT ?n { { SELECT ?a (COUNT(*) AS ?n) { ?a ?p ?o } GROUP BY ?a } }", {"a": IRI("ent:Ana_Bell")}),
    ("SELECT ?a { ?a skos:prefLabel ?n FILTER(STR(?n) = ?it) }", {"it": "Ana Bell"}),
    (
        "SELECT ?a { ?a skos:prefLabel ?n OPTIONAL { ?a kg:meets ?b FILTER(?b = ?it) } } ORDER BY ?a",
        {"it": "x"},
    ),
    ("ASK { ?a kg:meets ?b }", {}),
    ("ASK { ?a kg:meets ?b }", {"a": IRI("ent:Nobody")}),
    ("SELECT ?c { GRAPH ?g { ?r kg:confidence ?c } } ORDER BY ?c", {}),
    ("SELECT ?v ?n { VALUES (?v ?n) { (1 'a') (2 'b') } }", {"v": 2}),
    ("SELECT (1.5 AS ?a) ('x'@en AS ?b) ('2031-05-02'^^xsd:date AS ?c) (true AS ?d) (?no AS ?e) {}", {}),
]


@pytest.mark.parametrize(("text", "values"), QUERIES)
def test_query_has_the_same_answer_there(here, there, text, values):
    wanted, found = here.query(text, values), there.query(text, values)
    assert (found.kind, found.variables, found.terms, found.answer) == (
        wanted.kind, wanted.variables, wanted.terms, wanted.answer,
    )  # fmt: skip


@pytest.mark.parametrize("text", ["CONSTRUCT { ?b kg:meets ?a } { ?a kg:meets ?b }", "DESCRIBE ent:Ana_Bell"])
def test_triples_are_the_same_there(here, there, text):
    assert set(there.query(text).triples) == set(here.query(text).triples)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ASK { SERVICE <https://example.org/> {} }", "SERVICE would reach the network"),
        ("SELECT { }", "Line 1, column 8: this is not a SPARQL 1.1 query: name the variables"),
        ("SELECT * { ?a nope:b ?c }", "nope"),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "an update"),
        ("ASK " + "{" * 300 + "}" * 300, "too deep"),
    ],
    ids=["service", "select", "prefix", "update", "deep"],
)
def test_query_is_refused_as_here(here, there, text, message):
    for store in (here, there):
        with pytest.raises(QueryError, match=message):
            store.query(text)


def test_value_for_no_variable_is_refused(there):
    with pytest.raises(QueryError, match=r"no variable \?x"):
        there.query("SELECT * { ?a ?b ?c }", {"x": 1})


def test_query_with_a_dataset_of_its_own_sees_that(there):
    graph = there.query("SELECT ?g { GRAPH ?g { ?a a schema:NewsArticle } } LIMIT 1").rows[0][0]
    assert there.query(f"SELECT * FROM <{graph}> {{ ?a a schema:NewsArticle }}").rows
    assert not there.query("ASK FROM <https://example.org/none> { ?a ?b ?c }").answer


def test_more_rows_than_allowed_are_an_error(failing):
    push(graph_of(MET), remote_of(failing.url))
    with remote_of(failing.url, most_rows=3) as remote:
        assert len(remote.query("SELECT * { ?a ?b ?c } LIMIT 3").rows) == 3
        with pytest.raises(QueryError, match="more than 3 rows"):
            remote.query("SELECT * { ?a ?b ?c }")
        with pytest.raises(QueryError, match="more than 3 rows"):
            remote.query("CONSTRUCT WHERE { ?a ?b ?c }")


def test_more_bytes_than_allowed_are_an_error(failing):
    push(graph_of(MET), remote_of(failing.url))
    remote = remote_of(failing.url, most_bytes=1_000)
    with pytest.raises(RemoteError, match="over 1,000 bytes"):
        remote.query("SELECT * { ?a ?b ?c }")


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (RESULTS_JSON, JSON),
        (RESULTS_JSON,
         "application/json; charset=utf-8"),
        (RESULTS_XML.encode(), "application/sparql-results+xml"),
        (b'?a\n"x"\n', "text/tab-separated-values;charset=utf-8"),
    ],
    ids=["json", "plain json", "xml", "tsv"],
)  # fmt: skip
def test_results_are_read_in_every_format(failing, body, content_type):
    failing.replies.append(Reply(200, body, content_type=content_type))
    assert remote_of(query=failing.url + "/query").select("SELECT ?a {}").rows == (("x",),)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"<urn:a> <urn:b> <urn:c> .\n", NT),
        (b"<urn:a> <urn:b> <urn:c> .\n", "text/plain"),
        (b"@prefix u: <urn:> . <urn:a> <urn:b> <urn:c> .", "text/turtle"),
        (RDF_XML,
         "application/rdf+xml"),
    ],
    ids=["nt", "old nt", "ttl", "rdfxml"],
)  # fmt: skip
def test_triples_are_read_in_every_format(failing, body, content_type):
    failing.replies.append(Reply(200, body, content_type=content_type))
    (triple,) = remote_of(query=failing.url + "/query").select("CONSTRUCT WHERE { ?a ?b ?c }").triples
    assert str(triple) == "<urn:a> <urn:b> <urn:c>"


@pytest.mark.parametrize(
    ("body", "content_type", "message"),
    [
        (b"<html><head><title>x</title></head><body>Sign in</body></html>", "text/html",
         "with text/html, which is not the result of a query: Sign in; is it the right address"),
        (b"a,b\r\n", "text/csv", "with text/csv"),
        (b'{"head": {"vars": ["a"]}, "results": {"bindings": [', JSON, "that is broken"),
        (b"[]", JSON, "that is broken"),
        (b"", JSON, "that is broken"),
        (b"<urn:a> <urn:b> .\n", NT, "that is broken"),
        (b"\xff\xfe\x00", JSON, "that is broken"),
    ],
    ids=["page", "csv", "cut", "other", "empty", "triple", "bytes"],
)  # fmt: skip
def test_answer_that_is_no_result_is_an_error(failing, body, content_type, message):
    failing.replies.append(Reply(200, body, content_type=content_type))
    with pytest.raises(RemoteError, match=message):
        remote_of(query=failing.url + "/query").select("SELECT ?a {}")


def test_store_without_a_union_of_graphs_answers_no_questions(caplog):
    with failing_store(union=False) as store, remote_of(store.url) as remote:
        push(graph_of(MET, PLANNED), remote)
        with pytest.raises(RemoteError, match="shows queries its default graph alone"):
            remote.ask("who-met-whom")
        assert remote.query("ASK { GRAPH ?g { ?r a kg:Relation } }").answer
        assert not remote.query("ASK { ?r a kg:Relation }").answer
    assert "what articles say is seen with GRAPH only" in caplog.text


def test_store_that_takes_queries_by_get_only_is_asked_so():
    with failing_store(posts=False) as store, remote_of(query=store.url + "/query") as remote:
        assert remote.select("ASK {}").answer
        assert [one[0] for one in store.seen] == ["POST", "GET"]
        remote.select("ASK {}")
        assert [one[0] for one in store.seen] == ["POST", "GET", "GET"]


@pytest.mark.parametrize("graphs", [True, False])
def test_way_to_the_union_is_found_once_there_is_an_article(graphs):
    with failing_store(union=False, parameter="union-default-graph", graphs=graphs) as store:
        remote = remote_of(store.url)
        assert not remote.query("ASK { ?a ?b ?c }").answer
        push(graph_of(MET), remote)
        assert remote.union == (("union-default-graph", "true"),)
        assert remote.ask("who-met-whom").rows
        count = len(store.seen)
        assert remote.query("ASK { ?r a kg:Relation }").answer
        assert len(store.seen) == count + 1


def test_union_that_leaves_out_the_default_graph_is_none():
    """As that of Jena, where nothing is set; a named graph in place of the default graph helps."""
    with failing_store(has_default_in_union=False) as store, remote_of(store.url) as remote:
        push(graph_of(MET), remote)
        assert not push(graph_of(MET), remote)
        with pytest.raises(RemoteError, match="or push with --default-graph"):
            remote.ask("who-met-whom")
    graph = "https://example.org/default"
    with (
        failing_store(has_default_in_union=False) as store,
        remote_of(store.url, default_graph=graph) as remote,
    ):
        push(graph_of(MET), remote)
        assert remote.ask("who-met-whom").rows == ask(graph_of(MET), "who-met-whom").rows


def test_article_that_names_nobody_needs_no_names(failing):
    push(graph_of(Extraction(article=Article(id="a1", text="It rained."))), remote_of(failing.url))
    assert remote_of(failing.url).union == ()


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("SELECT * { ?a ?b ?c }", Reply(200, b"<urn:a> <urn:b> <urn:c> .\n", content_type=NT)),
        ("ASK {}", Reply(200, RESULTS_JSON, content_type=JSON)),
        ("CONSTRUCT WHERE { ?a ?b ?c }", Reply(200, RESULTS_JSON, content_type=JSON)),
    ],
    ids=["triples", "rows", "no triples"],
)
def test_answer_of_another_kind_is_an_error(failing, text, reply):
    failing.replies.append(reply)
    with pytest.raises(RemoteError, match="is it the right address"):
        remote_of(query=failing.url + "/query").select(text)
