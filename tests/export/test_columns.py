"""What each column is, in code and in the page that explains the formats."""

from __future__ import annotations

import re

import pytest

from kg.export.columns import Kind, edge_columns, entity_columns, relation_columns
from tests.conftest import ROOT
from tests.export.drawn import make_statements

PAGE = ROOT / "docs" / "exchange.md"
TYPES = {
    Kind.TEXT: "text", Kind.TEXTS: "texts", Kind.TRUTH: "boolean", Kind.COUNT: "integer", Kind.SHARE: "float",
    Kind.DAY: "day",
}  # fmt: skip


@pytest.mark.skipif(not PAGE.is_file(), reason="the page is not in the source distribution")
@pytest.mark.parametrize("column", [*edge_columns(), *entity_columns()], ids=lambda column: column.name)
def test_page_explains_the_column(column):
    row = re.search(rf"^\| `{column.name}` \| (.+?) \| (.+?) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert row is not None
    assert row.groups() == (TYPES[column.kind], column.meaning)


def test_names_are_once_each():
    names = [column.name for column in relation_columns()]
    assert len(names) == len(set(names))


def test_columns_of_ends_and_of_edges_are_all_columns():
    ends = {column.name for column in relation_columns() if column.name.startswith(("subject", "object"))}
    edges = {column.name for column in edge_columns()}
    assert {column.name for column in relation_columns()} == ends | edges
    assert len(ends) == 2 * (1 + len(entity_columns()))


def test_values_are_of_the_kind_of_their_column():
    [statement] = make_statements(time="2026-04")
    kinds = {Kind.TEXT: str, Kind.TEXTS: tuple, Kind.TRUTH: bool, Kind.COUNT: int, Kind.SHARE: float}
    for column in relation_columns():
        value = column.read(statement)
        assert value is None or type(value) is kinds.get(column.kind, type(statement.article.date))
