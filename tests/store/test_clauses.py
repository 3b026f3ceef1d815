"""Which dataset queries and updates name, as the engine reads them."""

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.store import Store
from kg.store.clauses import names_dataset, with_dataset

G = "http://example.org/g"
PREFIXES = {"x": "http://example.org/", "fromage": "http://example.org/"}

NAMED = {
    "from": f"SELECT * FROM <{G}> {{ ?s ?p ?o }}",
    "named": f"SELECT * FROM NAMED <{G}> {{ ?s ?p ?o }}",
    "small letters": f"select * from <{G}> {{ ?s ?p ?o }}",
    "without space": f"SELECT*FROM<{G}>{{ ?s ?p ?o }}",
    "keywords without space": f"ASKFROMNAMED<{G}>{{ ?s ?p ?o }}",
    "keyword and name without space": "SELECT * FROMx:g { ?s ?p ?o }",
    "by a name": "SELECT ?s FROM x:g { ?s ?p ?o }",
    "after an expression": f"SELECT (1 AS ?n) FROM <{G}> {{ ?s ?p ?o }}",
    "describe": f"DESCRIBE <{G}> FROM <{G}>",
    "construct": f"CONSTRUCT {{ ?s ?p ?o }} FROM <{G}> WHERE {{ ?s ?p ?o }}",
    "construct in short": f"CONSTRUCT FROM <{G}> WHERE {{ ?s ?p ?o }}",
    "after comments": f"# {{ (\nPREFIX y: <http://y/> # }}\nASK FROM <{G}> {{ ?s ?p ?o }}",
}
NOT_NAMED = {
    "none": "SELECT * { ?s ?p ?o }",
    "variable": "SELECT ?from { ?from ?p ?o }",
    "text": "SELECT ?s { ?s ?p ' FROM <x>' }",
    "comment": "SELECT ?s # FROM <http://x/>\n{ ?s ?p ?o }",
    "IRI": "DESCRIBE <http://from/FROM>",
    "prefix that is declared": "PREFIX from: <http://x/> DESCRIBE from:a",
    "prefix that is known": "DESCRIBE fromage:brie",
    "nested": "SELECT * { { SELECT ?from { ?from ?p ?o } } }",
    "local name": "DESCRIBE x:FROM",
}


@pytest.mark.parametrize("query", NAMED.values(), ids=NAMED)
def test_query_names_its_dataset(query):
    ox.Store().query(query, prefixes=PREFIXES)  # which it is read as
    assert names_dataset(query, PREFIXES)


@pytest.mark.parametrize("query", NOT_NAMED.values(), ids=NOT_NAMED)
def test_query_names_no_dataset(query):
    ox.Store().query(query, prefixes=PREFIXES)
    assert not names_dataset(query, PREFIXES)


def test_store_lets_the_query_say_its_dataset():
    store = Store.in_memory()
    for name in ("one", "two"):
        node = ox.NamedNode(f"http://example.org/{name}")
        store.data.add(ox.Quad(node, node, node, node))
    count = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
    found = [
        store.query(count.format(clause)).rows[0][0]
        for clause in ("", "FROM <http://example.org/one>", "FROM NAMED <http://example.org/one>")
    ]
    assert found == [2, 1, 0]


USING = f"USING <{G}> USING NAMED <{G}2>"
UPDATES = {
    "insert": ("INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }", f"INSERT {{ ?s ?p 1 }} {USING} WHERE {{ ?s ?p ?o }}"),
    "glued": ("INSERT{?s ?p 1}WHERE{?s ?p ?o}", f"INSERT{{?s ?p 1}}{USING} WHERE{{?s ?p ?o}}"),
    "in short": (
        "DELETE WHERE { ?s ?p '}' }", f"DELETE {{ ?s ?p '}}' }} {USING} WHERE {{ ?s ?p '}}' }}"
    ),
    "several": (
        "DELETE WHERE { ?s ?p 1 } ; CLEAR ALL ; DELETE { ?s ?p 2 } INSERT { ?s ?p 3 } WHERE { ?s ?p 2 }",
        (
            f"DELETE {{ ?s ?p 1 }} {USING} WHERE {{ ?s ?p 1 }} ; CLEAR ALL ; "
            f"DELETE {{ ?s ?p 2 }} INSERT {{ ?s ?p 3 }} {USING} WHERE {{ ?s ?p 2 }}"
        ),
    ),
    "inner WHERE": (
        "INSERT { ?s ?p 1 } WHERE { SELECT * WHERE { ?s ?p ?o } }",
        f"INSERT {{ ?s ?p 1 }} {USING} WHERE {{ SELECT * WHERE {{ ?s ?p ?o }} }}",
    ),
    "data": ("INSERT DATA { x:a x:b 'WHERE' }", "INSERT DATA { x:a x:b 'WHERE' }"),
    "graphs": ("COPY x:a TO x:b ; DROP SILENT GRAPH x:a", "COPY x:a TO x:b ; DROP SILENT GRAPH x:a"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), UPDATES.values(), ids=UPDATES)
def test_dataset_is_put_before_each_where(text, expected):
    found = with_dataset(text, [G], [f"{G}2"], PREFIXES)
    assert found == expected
    ox.Store().update(found, prefixes=PREFIXES)


@pytest.mark.parametrize("text", [text for text, _ in UPDATES.values()], ids=UPDATES)
def test_update_without_dataset_is_left_as_it_is(text):
    assert with_dataset(text, [], [], PREFIXES) == text


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("WITH x:g DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }", 1),
        ("INSERT { ?s ?p 1 } USING x:g WHERE { ?s ?p 2 }", 20),
        ("INSERT { ?s ?p 1 } using named x:g WHERE { ?s ?p 2 }", 20),
        ("WITHx:g DELETE { ?s ?p 1 } WHERE { ?s ?p 1 }", 1),
        ("DELETEWHERE { ?s ?p 1 }", 1),
    ],
)
def test_dataset_of_an_update_is_refused_beside_another(text, column):
    with pytest.raises(QueryError, match=f"Line 1, column {column}") as caught:
        with_dataset(text, [G], [], PREFIXES)
    assert caught.value.column == column


def test_short_deletion_without_a_group_is_refused():
    with pytest.raises(QueryError, match="not followed by a group"):
        with_dataset("DELETE WHERE", [G], [], PREFIXES)
