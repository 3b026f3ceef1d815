"""What is said of queries and updates that cannot be read: the place, and what to do."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.store.guards import refuse
from kg.store.queries import answering, run_query

PREFIXES = {"ex": "https://example.org/"}

QUERIES = [
    ("SELECT ?s { ?s ?p ?o } GROUP BY ?p", 1, 8, "?s is neither grouped nor aggregated"),
    ("SELECT ?x (COUNT(*) AS ?n) { ?x ?p ?o }", 1, 8, "?x is neither grouped nor aggregated"),
    ("SELECT ?p (?x + 1 AS ?y)\n{ ?x ?p ?o } GROUP BY ?p\n", 1, 12, "?x is neither grouped"),
    ("ASK { { SELECT ?x (MAX(?o) AS ?n) { ?x ?p ?o } } ?x ?y ?z }", 1, 16, "?x is neither grouped"),
    ("SELECT * { ?s ?p ?o } GROUP BY ?s", 1, 8, "* cannot stand with GROUP BY"),
    ("SELECT ?s { ?s ?p ?o FILTER(foo(?s)) }", 1, 29, "there is no function 'foo'"),
    ("ASK { ?s ?p ?o\nFILTER(strstart(?s, 'a')) }", 2, 8, "did you mean STRSTARTS?"),
    ("SELECT ?s { ?s ?p ?o } LIMIT abc", 1, 30, "a number is wanted after LIMIT"),
    ("SELECT ?s { ?s ?p ?o }\nLIMIT -1", 2, 7, "a number is wanted after LIMIT"),
    ("SELECT ?s { ?s ?p ?o } OFFSET", 1, 30, "a number is wanted after OFFSET"),
    ("SELEC * {}", 1, 1, "did you mean SELECT?"),
    ("PREFIX x: <https://example.org/>\nSELEC * {}", 2, 1, "did you mean SELECT?"),
    ("BOO", 1, 1, "begin it with one of ASK, CONSTRUCT, DESCRIBE, SELECT"),
    ("SELECT ?s WHER { ?s ?p ?o }", 1, 11, "did you mean WHERE?"),
    ("ASK { ?s ?p ?o OPTONAL { ?s ?p ?o } }", 1, 16, "did you mean OPTIONAL?"),
    ("ASK { ?s ?p foo }", 1, 13, "'foo' has no meaning here"),
    ("SELECT ?s { ?s ?p ?o FILTER ?s = 1 }", 1, 29, "put brackets around the condition: FILTER (…)"),
    ("ASK { ?s ?p ?o FILTER STR(?s) = 'a' }", 1, 23, "put brackets around the condition"),
    ("SELECT COUNT(*) { ?s ?p ?o }", 1, 8, "(COUNT(*) AS ?name)"),
    ("SELECT (COUNT(*)) { ?s ?p ?o }", 1, 8, "(COUNT(*) AS ?name)"),
    ("SELECT (COUNT(?s) AS n) { ?s ?p ?o }", 1, 22, "a variable is wanted after AS"),
    ("SELECT ?s, ?o { ?s ?p ?o }", 1, 10, "without commas"),
    ("SELECT { ?s ?p ?o }", 1, 8, "name the variables that are asked for"),
    ("SELECT ?s { ?s ?p ?o } ORDER ?s", 1, 24, "BY is wanted after ORDER"),
    ("SELECT ?s { ?s ?p }", 1, 19, "it goes wrong at '}'"),
    ("ASK { FILTER(REGEX(?s)) }", 1, 22, "it goes wrong at ')) }'"),
    ("SELECT ?s ?s (1 AS ?s) { ?s ?p ?o }", 1, 36, "duplicated variable name"),
    ("", 1, 1, "The query is empty"),
    (" # nothing\n", 1, 1, "The query is empty"),
    ("ASK {\n { ?s ?p ?o }", 1, 5, "the '{' that opens here, on line 1, is not closed"),
    ("SELECT ?s { ?s ?p ?o LIMIT 3", 1, 11, "the '{' that opens here"),
    ("ASK {\n ?s ?p (1 2 }", 2, 13, "the '(' of line 2, column 8 is still open"),
    ("ASK { ?s ?p ?o } }", 1, 18, "closes nothing that is open"),
    ("ASK { ?s ?p 'a }", 1, 13, "the string that begins here has no end"),
    ("ASK { ?s foo:bar ?o }", 1, 10, "the prefix foo: is not known"),
    ("INSERT DATA { ex:a ex:b ex:c }", 1, 1, "a graph is changed by `kg build` only"),
]
UPDATES = [
    ("SELECT * {}", 1, 1, "it is a query"),
    ("DELET {}", 1, 1, "did you mean DELETE?"),
    ("INSERT DAT {}", 1, 8, "did you mean DATA?"),
    ("INSERT DATA { ex:a ex:b 1", 1, 13, "the '{' that opens here"),
    ("INSERT DATA { ?s ?p ?o }", 1, 25, "variables are not allowed in INSERT DATA"),
    ("LOAD <https://example.org/>", 1, 1, "which no update may"),
]


@pytest.mark.parametrize(("text", "line", "column", "words"), QUERIES)
def test_wrong_query_is_told_with_its_place(text, line, column, words):
    with pytest.raises(QueryError) as caught:
        run_query(ox.Store(), text, {}, PREFIXES)
    assert words in str(caught.value)
    assert (caught.value.line, caught.value.column) == (line, column)
    assert "may go on" not in str(caught.value)


@pytest.mark.parametrize(("text", "line", "column", "words"), UPDATES)
def test_wrong_update_is_told_with_its_place(text, line, column, words):
    with pytest.raises(QueryError) as caught:
        _update(text)
    assert words in str(caught.value)
    assert (caught.value.line, caught.value.column) == (line, column)


def _update(text: str) -> None:
    refuse(text, is_update=True)
    with answering(text, PREFIXES, is_update=True):
        ox.Store().update(text, prefixes=PREFIXES)


def test_who_answers_says_where_updates_go():
    text = "DELETE WHERE { ?s ?p ?o }"
    sent = answering(text, {}, updates="send it there")
    with pytest.raises(QueryError, match=r"query: send it there\."), sent:
        ox.Store().query(text)


def test_place_is_the_same_however_the_query_is_laid_out():
    places = []
    for text in ("ASK { ?s ?p ?o FILTER(?s = ) }", "ASK{?s ?p ?o FILTER(?s=)}"):
        with pytest.raises(QueryError) as caught:
            run_query(ox.Store(), text, {}, {})
        places.append(text[caught.value.column - 1 :].replace(" ", ""))
    assert places == [")}", ")}"]
