"""Values for variables that a query does not give."""

from __future__ import annotations

import contextlib
import datetime
from decimal import Decimal

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.store import Store
from kg.store.parameters import open_to
from kg.store.queries import term_of
from kg.types import IRI
from kg.vocabulary import XSD
from tests.builders import make_extraction

BO = IRI("ent:Bo_Cole")


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store.in_memory()
    store.add(make_extraction("Ana Bell met Bo Cole.", article_id="a1", time="2026-04-04"))
    store.add(make_extraction("Cy Dole met Bo Cole.", article_id="a2", ends=("Cy Dole", "Bo Cole")))
    store.add(make_extraction("Bo Cole met Di Eck.", article_id="a3", ends=("Bo Cole", "Di Eck")))
    return store


NAMES = "?who kg:meets ?whom . ?who skos:prefLabel ?label"
ANSWERS = [
    ("projected", f"SELECT ?label ?whom {{ {NAMES} }} ORDER BY ?label", [["Ana Bell", BO], ["Cy Dole", BO]]),
    ("not projected", f"SELECT ?label {{ {NAMES} }} ORDER BY ?label", [["Ana Bell"], ["Cy Dole"]]),
    (
        "in a filter",
        "SELECT ?a { ?a kg:meets ?b FILTER(?b = ?whom) } ORDER BY ?a",
        [["ent:Ana_Bell"], ["ent:Cy_Dole"]],
    ),
    (
        "all",
        "SELECT * { ?a kg:meets ?b FILTER(?b = ?whom && ?a != ent:Cy_Dole) }",
        [["ent:Ana_Bell", BO, BO]],
    ),
    ("counted", "SELECT (COUNT(*) AS ?n) { ?a kg:meets ?whom }", [[2]]),
    ("counted, none", "SELECT (COUNT(*) AS ?n) { ?a kg:leads ?whom }", [[0]]),
    ("counted, cut", "SELECT (COUNT(*) AS ?n) { ?a kg:leads ?whom } OFFSET 1", []),
    (
        "grouped",
        "SELECT ?a (COUNT(?whom) AS ?n) { ?a kg:meets ?whom } GROUP BY ?a ORDER BY ?a LIMIT 1",
        [["ent:Ana_Bell", 1]],
    ),
    (
        "having",
        "SELECT ?a { ?a kg:meets ?b } GROUP BY ?a HAVING(SAMPLE(?b) = ?whom) ORDER BY ?a LIMIT 1",
        [["ent:Ana_Bell"]],
    ),
    ("distinct", "SELECT DISTINCT ?p { ?a ?p ?whom FILTER(?p = kg:meets) }", [["kg:meets"]]),
    (
        "sub-select",
        "SELECT ?a { { SELECT ?a ?whom { ?a kg:meets ?whom } } } ORDER BY ?a LIMIT 1",
        [["ent:Ana_Bell"]],
    ),
    (
        "sub-select with all",
        "SELECT ?a { { SELECT * { ?a kg:meets ?whom } } } ORDER BY ?a LIMIT 1",
        [["ent:Ana_Bell"]],
    ),
    (
        "optional",
        "SELECT ?a { ?a kg:meets ?b OPTIONAL { ?a kg:meets ?c FILTER(?c = ?whom) } FILTER(!BOUND(?c)) }",
        [[BO]],
    ),
    ("minus", "SELECT ?a { ?a kg:meets ?b MINUS { ?a kg:meets ?whom } }", [[BO]]),
    (
        "exists",
        "SELECT ?b { ?b a kg:Person FILTER NOT EXISTS { ?b kg:meets ?whom } } ORDER BY ?b",
        [[BO], ["ent:Di_Eck"]],
    ),
    (
        "union",
        "SELECT ?a { { ?a kg:meets ?whom } UNION { ?whom kg:meets ?a } } ORDER BY ?a",
        [["ent:Ana_Bell"], ["ent:Cy_Dole"], ["ent:Di_Eck"]],
    ),
    ("ordered", "SELECT ?a { ?a a kg:Person } ORDER BY DESC(?a = ?whom) LIMIT 1", [[BO]]),
    (
        "words in strings",
        'SELECT ?a { ?a kg:meets ?whom FILTER("} SELECT ?z {" != STR(?a)) } # } ?y\nORDER BY ?a LIMIT 1',
        [["ent:Ana_Bell"]],
    ),
    (
        "dollar, where, from none",
        "select $a where { $a kg:meets $whom } order by $a limit 1",
        [["ent:Ana_Bell"]],
    ),
    ("values behind", "SELECT ?a { ?a kg:meets ?whom } VALUES ?a { ent:Ana_Bell }", [["ent:Ana_Bell"]]),
    (
        "expression",
        "SELECT (STR(?whom) = STR(?b) AS ?same) { ?a kg:meets ?b } ORDER BY ?same LIMIT 1",
        [[False]],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "expected"), [case[1:] for case in ANSWERS], ids=[case[0] for case in ANSWERS]
)
def test_value_reaches_its_variable(store, query, expected):
    entity, kg = store.prefixes["ent"], store.prefixes["kg"]
    full = [
        [str(v).replace("ent:", entity).replace("kg:", kg) if isinstance(v, str) else v for v in row]
        for row in expected
    ]
    assert sorted(map(str, map(list, store.query(query, {"whom": BO}).rows))) == sorted(map(str, full))
    assert (
        "whom" not in store.query(query, {"whom": BO}).variables
        or "?whom" in query.partition("{")[0]
        or "*" in query
    )


def test_ask_and_construct_take_values_in_filters(store):
    ask = "ASK { ?a kg:meets ?b FILTER(?b = ?whom) }"
    assert [store.query(ask, {"whom": IRI(f"ent:{name}")}).answer for name in ("Bo_Cole", "Ana_Bell")] == [
        True,
        False,
    ]
    made = store.query(
        "CONSTRUCT { ?a kg:meets ?whom } WHERE { ?a kg:meets ?b FILTER(?b = ?whom) }", {"whom": BO}
    )
    assert {triple.object.value for triple in made.triples} == {store.prefixes["ent"] + "Bo_Cole"}
    assert len(made.triples) == 2


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?a { ?a ?b ?c }", r"has no variable \?whom .* its variables are \?a, \?b, \?c"),
        ("SELECT ?a { { SELECT ?a { ?a kg:meets ?whom } } }", "No value can be given for .whom"),
        ("SELECT (COUNT(*) AS ?n) { ?a kg:meets ?whom } HAVING(COUNT(*) < 9)", "No value can be given"),
        ("DESCRIBE ?a { ?a kg:meets ?whom }", "No value can be given"),
    ],
    ids=["unknown", "inner", "having without groups", "describe"],
)
def test_variable_that_takes_no_value_is_told(store, query, message):
    with pytest.raises(QueryError, match=message) as caught:
        store.query(query, {"whom": BO})
    assert caught.value.query == query


@pytest.mark.parametrize(("name", "count"), [("Di Eck", 1), ("Zoe", 0)])
def test_value_of_what_the_query_computes_is_a_filter(store, name, count):
    query = "SELECT ?a ?name { ?a kg:meets/skos:prefLabel ?label BIND(STR(?label) AS ?name) }"
    assert len(store.query(query, {"name": name}).rows) == count


def test_describe_takes_values_for_what_it_describes(store):
    found = store.query("DESCRIBE ?whom { ?a kg:meets ?whom }", {"whom": BO}).triples
    assert {triple.subject.value for triple in found} == {store.prefixes["ent"] + "Bo_Cole"}


@pytest.mark.parametrize(("bound", "count"), [({}, 3), ({"since": "Bo"}, 1)], ids=["left out", "given"])
def test_optional_value_is_seen_by_bound(store, bound, count):
    query = "SELECT ?a { ?a kg:meets ?b FILTER(!BOUND(?since) || CONTAINS(STR(?a), ?since)) }"
    assert len(store.query(query, bound).rows) == count


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?a\n{ ?a ?? ?whom }", "Line 2, column 7: this is not a SPARQL 1.1 query"),
        ("SELECT ?a\n{ ?a zz:b ?whom }", "the prefix zz: is not known"),
        ("SELECT ?a { ?a ?b ?whom", "Line 1, column"),
        ("INSERT DATA { ent:a ent:b ent:c }", "a graph is changed by `kg build` only"),
        ("SELECT ?whom", "Line 1, column"),
        ("", "The query is empty"),
    ],
    ids=["syntax", "prefix", "open", "update", "no pattern", "nothing"],
)
def test_wrong_query_is_told_by_its_own_lines(store, query, message):
    with pytest.raises(QueryError, match=message):
        store.query(query, {"whom": BO})


WORDS = (
    "SELECT ASK CONSTRUCT DESCRIBE WHERE DISTINCT GROUP BY HAVING ORDER VALUES AS COUNT ?a ?whom ent:a "
    "{ } ( ) * . } {"
).split()


@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
@settings(max_examples=200)
def test_no_text_is_too_odd(text):
    with contextlib.suppress(QueryError):
        Store.in_memory().query(text, {"whom": BO})


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_a_value_and_nothing_else(text):
    store = Store.in_memory()
    query = "SELECT (STR(?said) AS ?same) { VALUES ?one { 1 } FILTER(?said = ?said) }"
    assert store.query(query, {"said": text}).rows == ((text,),)


@pytest.mark.parametrize(
    ("value", "term"),
    [
        (True, ox.Literal("true", datatype=XSD.boolean)),
        (7, ox.Literal(7)),
        (0.5, ox.Literal(0.5)),
        (Decimal("1.50"), ox.Literal("1.50", datatype=XSD.decimal)),
        (datetime.date(2026, 4, 4), ox.Literal("2026-04-04", datatype=XSD.date)),
        (
            datetime.datetime(2026, 4, 4, 12, tzinfo=datetime.UTC),
            ox.Literal("2026-04-04T12:00:00+00:00", datatype=XSD.dateTime),
        ),
        ("kg:meets", ox.Literal("kg:meets")),
        (IRI("https://example.org/a"), ox.NamedNode("https://example.org/a")),
        (ox.Literal("a", language="en"), ox.Literal("a", language="en")),
    ],
    ids=repr,
)
def test_value_has_its_term(value, term):
    assert term_of(value) == term


@pytest.mark.parametrize(
    ("value", "message"), [(IRI("no iri"), "'no iri' is not an IRI"), (["a"], "A list cannot")]
)
def test_value_without_a_term_is_told(value, message):
    with pytest.raises(QueryError, match=message):
        term_of(value)


def test_node_of_an_answer_can_be_asked_with(store):
    [[who]] = store.query("SELECT ?who { ?who kg:meets ent:Di_Eck }").rows
    assert store.query("SELECT ?whom { ?who kg:meets ?whom }", {"who": who}).rows == (
        (store.prefixes["ent"] + "Di_Eck",),
    )


def test_terms_that_are_no_numbers_are_texts(store):
    assert store.query('SELECT ("x"^^xsd:integer AS ?a) ("1"^^xsd:boolean AS ?b) {}').rows == (("x", True),)


def test_only_names_enter_the_text():
    assert open_to("SELECT ?a { ?a ?b ?c } # {", ["b"]).text == (
        "SELECT ?b ?a { VALUES ?b { UNDEF <urn:kg:no> } ?a ?b ?c } # {"
    )
