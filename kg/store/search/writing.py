"""Writes the index of names: one SQLite database, with the full-text tables of FTS5.

Things are numbered by how much they are linked, and a name by its thing and its place among the names of
that: `thing << 16 | place`. So numbers have the order in which things are shown.
See https://www.sqlite.org/fts5.html: the tables keep words, not texts (`content=''`), and which names have a
word, not where in them (`detail=none`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any

from kg.store.search.folding import plain_words, spellings, whole
from kg.store.search.records import ARTICLE, RELATION, Thing

FORMAT = "1"
"""Changes with the tables and with how names are folded; an index of another is made anew."""
PLACE_BITS = 16
"""Of a name's number, for its place; a thing has so many names at most that 16 bits count them."""
BY_IDENTIFIER = (1 << PLACE_BITS) - 1
"""The place that stands for the ids of a thing; no name has it."""
TEXTS = frozenset({ARTICLE, RELATION})
"""The kinds whose names are sentences, which stand in a table of their own."""
_TABLES = """
    CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
    CREATE TABLE things (
        number INTEGER PRIMARY KEY, iri TEXT, id TEXT, kind TEXT, name TEXT, country TEXT, wikidata TEXT,
        relations INTEGER, mentions INTEGER, others INTEGER
    );
    CREATE TABLE spellings (number INTEGER PRIMARY KEY, name TEXT);
    CREATE TABLE identifiers (
        identifier TEXT, number INTEGER, PRIMARY KEY (identifier, number)
    ) WITHOUT ROWID;
    CREATE TABLE wholes (whole TEXT, number INTEGER, PRIMARY KEY (whole, number)) WITHOUT ROWID;
    CREATE VIRTUAL TABLE names USING fts5(
        words, content='', columnsize=0, detail=none, prefix='1 2 3', tokenize=ascii
    );
    CREATE VIRTUAL TABLE texts USING fts5(
        words, content='', columnsize=0, detail=none, prefix='2 3', tokenize=ascii
    );
"""
_WAITING = """
    CREATE TEMP TABLE waiting (
        iri TEXT, id TEXT, kind TEXT, name TEXT, others TEXT, identifiers TEXT, country TEXT, wikidata TEXT,
        relations INTEGER, mentions INTEGER
    );
"""
_WAIT = "INSERT INTO waiting VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ORDERED = "SELECT * FROM waiting ORDER BY relations DESC, mentions DESC, iri, rowid"
_AT_ONCE = 20_000
"""Things that are held in memory together: some 30 MB."""
_INSERTS = {
    "things": "INSERT INTO things VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    "spellings": "INSERT INTO spellings VALUES (?, ?)",
    "identifiers": "INSERT OR IGNORE INTO identifiers VALUES (?, ?)",
    "wholes": "INSERT OR IGNORE INTO wholes VALUES (?, ?)",
    "names": "INSERT INTO names (rowid, words) VALUES (?, ?)",
    "texts": "INSERT INTO texts (rowid, words) VALUES (?, ?)",
}


def write_index(things: Iterable[Thing], connection: sqlite3.Connection, about: Mapping[str, str]) -> None:
    """Fills an empty database with the index.

    Memory does not grow with the number of things: they are put in order by the database.

    Args:
        things: What can be found, in any order.
        connection: The database. It keeps no journal: one that is not whole is to be thrown away.
        about: What the index shall say of itself.

    Raises:
        sqlite3.Error: The database cannot be written to.
    """
    connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES}")
    connection.execute("BEGIN")
    numbered = enumerate(_in_order(things, connection), start=1)
    while some := list(islice(numbered, _AT_ONCE)):
        rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in _INSERTS}
        for table, row in (row for number, thing in some for row in _rows(number, thing)):
            rows[table].append(row)
        for table, insert in _INSERTS.items():
            connection.executemany(insert, rows[table])
    connection.execute("INSERT INTO names (names) VALUES ('optimize')")
    connection.executemany("INSERT INTO about VALUES (?, ?)", {"format": FORMAT, **about}.items())
    connection.execute("COMMIT")


def _in_order(things: Iterable[Thing], connection: sqlite3.Connection) -> Iterator[Thing]:
    """The things, the most linked first: by relations, mentions and IRI; many are put in order on disk."""
    coming = iter(things)
    some = list(islice(coming, _AT_ONCE))
    if len(some) < _AT_ONCE:
        yield from sorted(some, key=lambda thing: (-thing.relations, -thing.mentions, thing.iri))
        return
    connection.execute(_WAITING)
    connection.executemany(_WAIT, map(_waiting, chain(some, coming)))
    del some
    yield from map(_waited, connection.execute(_ORDERED))
    connection.execute("DROP TABLE waiting")


def _waiting(thing: Thing) -> tuple[object, ...]:
    """The row of a thing that waits for its place."""
    others, identifiers = map(json.dumps, (thing.others, thing.identifiers))
    named = (thing.iri, thing.id, thing.kind, thing.name, others, identifiers)
    return (*named, thing.country, thing.wikidata, thing.relations, thing.mentions)


def _waited(row: tuple[Any, ...]) -> Thing:
    iri, id_, kind, name, others, identifiers, country, wikidata, relations, mentions = row
    return Thing(
        iri=iri,
        id=id_,
        kind=kind,
        name=name,
        others=tuple(json.loads(others)),
        identifiers=tuple(json.loads(identifiers)),
        country=country,
        wikidata=wikidata,
        relations=relations,
        mentions=mentions,
    )


def _rows(number: int, thing: Thing) -> Iterator[tuple[str, tuple[object, ...]]]:
    """The rows of one thing, with the tables that they belong to."""
    codes = (thing.country, thing.wikidata, thing.relations, thing.mentions, len(thing.others))
    yield "things", (number, thing.iri, thing.id, thing.kind, thing.name, *codes)
    for identifier in filter(None, (thing.id, thing.wikidata, *thing.identifiers)):
        yield "identifiers", (identifier, number)
    is_text = thing.kind in TEXTS
    names = (thing.name, *thing.others)[:BY_IDENTIFIER]
    for place, name in enumerate(names):
        row = number << PLACE_BITS | place
        found = spellings(name)
        words = dict.fromkeys([*plain_words(name), *(word for words in found for word in words)])
        yield "spellings", (row, name)
        yield "texts" if is_text else "names", (row, " ".join(words))
        if not is_text:
            yield from (("wholes", (whole(words), row)) for words in found)
