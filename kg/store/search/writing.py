"""Writes the index of names: one SQLite database, with the full-text tables of FTS5.

Things are numbered by how much they are linked, and a name by its thing and its place among the names of
that: `thing << 16 | place`. So numbers have the order in which things are shown.
See https://www.sqlite.org/fts5.html: the tables keep words, not texts (`content=''`), and which names have a
word, not where in them (`detail=none`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping

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

    Args:
        things: What can be found, the most linked first.
        connection: The database. It keeps no journal: one that is not whole is to be thrown away.
        about: What the index shall say of itself.

    Raises:
        sqlite3.Error: The database cannot be written to.
    """
    connection.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES}")
    rows: dict[str, list[tuple[object, ...]]] = {table: [] for table in _INSERTS}
    for number, thing in enumerate(things, start=1):
        for table, row in _rows(number, thing):
            rows[table].append(row)
    connection.execute("BEGIN")
    for table, insert in _INSERTS.items():
        connection.executemany(insert, rows[table])
    connection.execute("INSERT INTO names (names) VALUES ('optimize')")
    connection.executemany("INSERT INTO about VALUES (?, ?)", {"format": FORMAT, **about}.items())
    connection.execute("COMMIT")


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
