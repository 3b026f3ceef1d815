"""Parquet files, and the data frames that are equal to them."""

import io

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings

from kg.export import parquet
from kg.export.columns import entity_columns, relation_columns
from kg.export.parquet import entity_frame, relation_frame, write_parquet
from kg.export.tables import columns, flat_row
from tests.builders import make_entity
from tests.export.drawn import hostile_statements, make_statements, statement_lists


def read(rows):
    out = io.BytesIO()
    write_parquet(rows, out)
    return pq.ParquetFile(io.BytesIO(out.getvalue()))


def test_columns_have_types_that_say_what_they_are():
    schema = read(make_statements()).schema_arrow
    assert schema.names == columns()
    assert [str(schema.field(name).type) for name in ("subject", "symmetric", "confidence", "start")] == [
        "string", "bool", "double", "int64",
    ]  # fmt: skip
    assert pa.types.is_timestamp(schema.field("time_start").type)
    assert pa.types.is_list(schema.field("subject_aliases").type)
    assert [schema.field(name).nullable for name in ("time", "confidence")] == [True, False]


def test_file_says_what_it_is():
    file = read([])
    about = {key.decode(): value.decode() for key, value in file.schema_arrow.metadata.items()}
    assert about["generator"].startswith("kg-actors ")
    assert about["ontology"] == "https://w3id.org/actors-kg/ontology#"
    assert "licence of its article" in about["license"]
    field = file.schema_arrow.field("confidence")
    assert field.metadata[b"description"].decode() == "How sure it is, 0–1."


@pytest.mark.parametrize(
    "rows", [[], make_statements(), hostile_statements()], ids=["none", "one", "hostile"]
)
def test_pandas_reads_what_relations_gives(tmp_path, rows):
    with (tmp_path / "r.parquet").open("wb") as file:
        write_parquet(rows, file)
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "r.parquet"), relation_frame(rows))


@given(statement_lists())
@settings(max_examples=25)
def test_every_value_comes_back(rows):
    days = {column.name for column in relation_columns() if column.name in {"date", "time_start", "time_end"}}
    for found, statement in zip(read(rows).read().to_pylist(), rows, strict=True):
        for name, value in flat_row(statement).items():
            back = found[name].date() if name in days and found[name] is not None else found[name]
            assert back == (list(value) if isinstance(value, tuple) else value)


def test_row_groups_bound_what_is_held(monkeypatch):
    monkeypatch.setattr(parquet, "GROUP", 2)
    file = read(iter(make_statements() * 5))
    sizes = [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)]
    assert sizes == [2, 2, 1]


def test_frame_has_the_types_of_pandas():
    frame = relation_frame(make_statements(time="2026-04"))
    assert frame["date"].dt.year.tolist() == [2026]
    assert frame["time_end"].iloc[0] == pd.Timestamp("2026-04-30")
    assert frame.dtypes[["confidence", "start", "symmetric"]].astype(str).tolist() == [
        "float64",
        "int64",
        "bool",
    ]


def test_empty_frame_has_the_same_types():
    pd.testing.assert_series_equal(relation_frame([]).dtypes, relation_frame(make_statements()).dtypes)


def test_entities_are_given_with_their_relations():
    frame = entity_frame(
        [make_entity("Ana Bell", aliases=("Annie",), country="NOR"), make_entity("Bo")], {"Bo": 2}
    )
    assert frame["iri"].tolist()[0] == "https://w3id.org/actors-kg/entity/Ana_Bell"
    assert frame["relations"].tolist() == [0, 2]
    assert [list(aliases) for aliases in frame["aliases"]] == [["Annie"], []]
    assert [column.name for column in entity_columns()] == list(frame.columns)[2:-1]
