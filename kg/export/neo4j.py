"""Relations as the CSV files that `neo4j-admin database import` takes, in one zip with how to import them.

The Neo4j Operations Manual says what stands in the headers ("CSV header format", "Property data types").
"""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import IO, Any

from kg.export.columns import Column, Kind, edge_columns, entity_columns
from kg.export.records import Statement, entities_of
from kg.export.tables import quoted
from kg.types import Entity

DELIMITER = ";"
"""What parts the texts of an array: the import's own default, so that nobody need give it."""
NODES, RELATIONSHIPS, README = "nodes.csv", "relationships.csv", "README.txt"
_TYPES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.TEXT: "string",
        Kind.TEXTS: "string[]",
        Kind.TRUTH: "boolean",
        Kind.COUNT: "long",
        Kind.SHARE: "double",
        Kind.DAY: "date",
    }
)
_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The first that a zip can say: the same graph gives the same file."""
_HOW = f"""\
Actors and relations in news articles, for Neo4j 5 or newer.

{NODES}          an entity a row, with the label Entity and that of its type, such as Person
{RELATIONSHIPS}  a relation a row; its type is the relation class, such as CONSULT

Unpack the zip, stop the database if it is there, and import:

    neo4j-admin database import full neo4j \\
        --nodes={NODES} --relationships={RELATIONSHIPS} \\
        --multiline-fields=true --legacy-style-quoting=false --overwrite-destination

The sentences may hold line ends, hence --multiline-fields. Then, in Cypher:

    MATCH (a:Person)-[r:CONSULT {{status: 'asserted'}}]->(b)
    RETURN a.name, r.predicate, b.name, r.evidence ORDER BY r.time_start

A relation may be planned, possible, negated or requested: ask for the status. Where `symmetric` is true,
match without the arrow's head. What quotes an article is under that article's licence.
"""


def write_neo4j(statements: Sequence[Statement], out: IO[bytes]) -> None:
    """Writes a zip of `nodes.csv`, `relationships.csv` and a README with the command that imports them.

    A text is quoted, with quotes in it doubled; what is not known is empty. In arrays a semicolon within a
    text is put as its full-width form, since there is no way to write one.

    >>> import io
    >>> out = io.BytesIO()
    >>> write_neo4j([], out)
    >>> zipfile.ZipFile(out).namelist()[1:]
    ['nodes.csv', 'relationships.csv']
    """
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        with _entry(archive, README) as file:
            file.write(_HOW.encode())
        with _entry(archive, NODES) as file:
            _row(file, ["id:ID", *_headings(entity_columns()), ":LABEL"])
            for entity in entities_of(statements):
                _row(file, _node(entity))
        with _entry(archive, RELATIONSHIPS) as file:
            _row(file, [":START_ID", ":END_ID", ":TYPE", *_headings(_columns())])
            for statement in statements:
                _row(file, _relationship(statement))


def _node(entity: Entity) -> list[str]:
    values = (_cell(column.read(entity)) for column in entity_columns())
    return [_cell(entity.id), *values, _cell(("Entity", entity.type.value.capitalize()))]


def _relationship(statement: Statement) -> list[str]:
    relation = statement.relation
    ends = (relation.subject.id, relation.object.id, relation.relation_class)
    return [*map(_cell, ends), *(_cell(column.read(statement)) for column in _columns())]


def _columns() -> list[Column[Statement]]:
    """The columns that are properties; the class is the type."""
    return [column for column in edge_columns() if column.name != "relation_class"]


def _headings(columns: Sequence[Column[Any]]) -> list[str]:
    return [f"{column.name}:{_TYPES[column.kind]}" for column in columns]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return _quoted(DELIMITER.join(text.replace(DELIMITER, "；") for text in value)) if value else ""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    return quoted(text.replace("\0", ""))  # at which some readers end a text, and which means nothing


def _row(file: IO[bytes], cells: Sequence[str]) -> None:
    file.write((",".join(cells) + "\n").encode())


@contextmanager
def _entry(archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    info = zipfile.ZipInfo(name, date_time=_MOMENT)
    info.compress_type = zipfile.ZIP_DEFLATED
    with archive.open(info, "w", force_zip64=True) as file:
        yield file
