"""Indexes of names for the tests: made of things by hand, or of a store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from kg.store import Store
from kg.store.search import Index, search
from kg.store.search.contents import read_things
from kg.store.search.records import Thing
from kg.store.search.writing import write_index


def thing(name: str, *others: str, relations: int = 0, kind: str = "person", **fields: object) -> Thing:
    """A thing whose id is its name, as a Latin-1 IRI cannot be, which is no matter here."""
    fields = {"iri": f"https://example.org/{name}", "id": name, **fields}
    return Thing(name=name, others=others, relations=relations, kind=kind, **fields)


def index_from(things: Iterable[Thing]) -> Index:
    """An index in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    write_index(things, connection, {})
    return Index(connection)


def names(index: Index, words: str, **options: object) -> list[str]:
    """The preferred names of what is found, in order."""
    return [hit.name for hit in search(index, words, **options).hits]


def contents(index: Index) -> list[tuple[object, ...]]:
    """All that an index holds, but which state it is of."""
    tables = ("things", "spellings", "identifiers", "wholes")
    rows = [row for table in tables for row in index.connection.execute(f"SELECT * FROM {table}")]
    for table in ("names", "texts"):
        index.connection.execute(
            f"CREATE VIRTUAL TABLE temp.{table}_all USING fts5vocab('main', '{table}', 'instance')"
        )
        rows += sorted(index.connection.execute(f"SELECT term, doc FROM temp.{table}_all"))
        index.connection.execute(f"DROP TABLE temp.{table}_all")
    return rows


def rebuilt(store: Store) -> list[tuple[object, ...]]:
    """All that an index would hold that is made of a store now."""
    with index_from(read_things(store.data, store.vocabulary, store.base)) as index:
        return contents(index)
