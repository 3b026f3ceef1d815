"""The files that Neo4j imports, read by the rules of its manual for `neo4j-admin database import`."""

import datetime
import io
import re
import zipfile

import pytest
from hypothesis import given, settings

from kg.export.columns import edge_columns, entity_columns
from kg.export.neo4j import NODES, README, RELATIONSHIPS, write_neo4j
from kg.export.records import entities_of
from kg.types import Status
from tests.export.drawn import hostile_statements, make_statements, statement_lists

PLAIN = {
    "string": str,
    "boolean": lambda cell: {"true": True, "false": False}[cell],
    "long": int,
    "double": float,
    "date": datetime.date.fromisoformat,
}


def archive_of(rows):
    out = io.BytesIO()
    write_neo4j(rows, out)
    return zipfile.ZipFile(io.BytesIO(out.getvalue()))


def cells_of(text):
    """The rows of cells: quoted texts with doubled quotes, in which lines may end; None where one is empty.

    A backslash means nothing, as with --legacy-style-quoting=false.
    """
    rows, row, place = [], [], 0
    cell = re.compile(r'"((?:[^"]|"")*)"|([^",\n]*)')
    while place < len(text):
        found = cell.match(text, place)
        row.append(found[1].replace('""', '"') if found[1] is not None else found[2] or None)
        place = found.end()
        assert text[place] in ",\n", text[place - 10 : place + 10]
        if text[place] == "\n":
            rows.append(row)
            row = []
        place += 1
    return rows


def records_of(archive, name):
    """The rows as dictionaries by the names in the header, with the values that its types say."""
    header, *rows = cells_of(archive.read(name).decode("utf-8"))
    parts = [heading.rpartition(":") for heading in header]
    names = [(name or f":{kind}", kind) for name, _, kind in parts]
    assert {len(row) for row in rows} <= {len(header)}
    return [{name: _value(kind, cell) for (name, kind), cell in zip(names, row, strict=True)} for row in rows]


def _value(kind, cell):
    if kind in {"LABEL", "string[]"}:
        return tuple(cell.split(";")) if cell is not None else ()
    return None if cell is None else PLAIN.get(kind, str)(cell)


def expected(values):
    plain = {name: _cleaned(value) for name, value in values.items()}
    return {name: None if value == "" else value for name, value in plain.items()}


def _cleaned(value):
    if isinstance(value, tuple):
        joined = ";".join(text.replace("\0", "").replace(";", "；") for text in value)
        return tuple(joined.split(";")) if value else ()
    return value.replace("\0", "") if isinstance(value, str) else value


@given(statement_lists())
@settings(max_examples=25)
def test_every_value_comes_back(rows):
    archive = archive_of(rows)
    nodes, edges = records_of(archive, NODES), records_of(archive, RELATIONSHIPS)
    for node, entity in zip(nodes, entities_of(rows), strict=True):
        labels = ("Entity", entity.type.value.capitalize())
        values = {column.name: column.read(entity) for column in entity_columns()}
        assert blanks(node) == expected({"id": entity.id, **values, ":LABEL": labels})
    for edge, row in zip(edges, rows, strict=True):
        relation = row.relation
        values = {column.name: column.read(row) for column in edge_columns()}
        values |= {":START_ID": relation.subject.id, ":END_ID": relation.object.id}
        values[":TYPE"] = values.pop("relation_class")
        assert blanks(edge) == expected(values)


def blanks(record):
    return {name: None if value == "" else value for name, value in record.items()}


def test_hostile_names_stay_names():
    archive = archive_of(hostile_statements())
    names = {node["name"] for node in records_of(archive, NODES)}
    assert names == {entity.name for entity in entities_of(hostile_statements())}
    assert len(records_of(archive, RELATIONSHIPS)) == len(hostile_statements())


def test_headers_say_ids_labels_and_types():
    archive = archive_of([])
    [nodes] = archive.read(NODES).decode().splitlines()
    [edges] = archive.read(RELATIONSHIPS).decode().splitlines()
    assert nodes == (
        "id:ID,name:string,type:string,aliases:string[],country:string,sector:string,wikidata:string,:LABEL"
    )
    assert edges.startswith(":START_ID,:END_ID,:TYPE,predicate:string,property:string,symmetric:boolean,")
    assert {"confidence:double", "time_start:date", "start:long"} <= set(edges.split(","))


def test_ends_of_relationships_are_nodes():
    archive = archive_of(make_statements(status=Status.PLANNED))
    ids = {node["id"] for node in records_of(archive, NODES)}
    [edge] = records_of(archive, RELATIONSHIPS)
    assert {edge[":START_ID"], edge[":END_ID"]} == ids
    assert (edge[":TYPE"], edge["status"]) == ("CONSULT", "planned")


def test_readme_gives_a_command_for_the_files():
    text = archive_of([]).read(README).decode()
    assert f"--nodes={NODES} --relationships={RELATIONSHIPS}" in text
    assert "--multiline-fields=true --legacy-style-quoting=false" in text


def test_the_same_relations_give_the_same_file():
    files = [io.BytesIO(), io.BytesIO()]
    for file in files:
        write_neo4j(make_statements(), file)
    assert files[0].getvalue() == files[1].getvalue()


@pytest.mark.parametrize("name", [NODES, RELATIONSHIPS, README])
def test_archive_can_be_unpacked(name):
    archive = archive_of(make_statements())
    assert archive.testzip() is None
    assert name in archive.namelist()
