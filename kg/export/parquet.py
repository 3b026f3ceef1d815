"""Relations and entities as Arrow tables: Parquet files, and the data frames that are equal to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from kg.export.columns import Column, Kind, Record, entity_columns, relation_columns
from kg.export.records import Statement
from kg.rdf import Kind as Named
from kg.rdf import mint, this_software
from kg.types import Entity
from kg.vocabulary import BASE, KG

if TYPE_CHECKING:
    import pandas as pd

GROUP = 10_000
"""Relations in a row group, which are held in memory together: some ten megabytes."""
LICENSE_NOTE = (
    "What the evidence quotes is under the licence of its article (article_license); facts alone are free."
)
_TYPES: Mapping[Kind, pa.DataType] = MappingProxyType(
    {
        Kind.TEXT: pa.string(),
        Kind.TEXTS: pa.list_(pa.string()),
        Kind.TRUTH: pa.bool_(),
        Kind.COUNT: pa.int64(),
        Kind.SHARE: pa.float64(),
        # Not date32, of which pandas would make objects.
        Kind.DAY: pa.timestamp("ms"),
    }
)


def write_parquet(statements: Iterable[Statement], out: IO[bytes]) -> None:
    """Writes the relations in row groups of `GROUP`; holds no more than one of them.

    The file says in its metadata what wrote it, by which ontology, and what the columns mean.

    >>> import io
    >>> out = io.BytesIO()
    >>> write_parquet([], out)
    >>> pq.read_table(out).num_rows
    0
    """
    schema = relation_schema()
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for group in _groups(statements, GROUP):
            writer.write_table(relation_table(group, schema))


def relation_schema() -> pa.Schema:
    """The types of the columns of relations, and what they mean.

    >>> relation_schema().field("confidence").type
    DataType(double)
    """
    software = this_software()
    about = {"generator": f"{software.name} {software.version}", "ontology": KG.base, "license": LICENSE_NOTE}
    return pa.schema([_field(column) for column in relation_columns()], metadata=about)


def relation_table(statements: Sequence[Statement], schema: pa.Schema | None = None) -> pa.Table:
    """The relations as an Arrow table.

    >>> relation_table([]).num_rows
    0
    """
    return _table(statements, relation_columns(), schema or relation_schema())


def relation_frame(statements: Sequence[Statement]) -> pd.DataFrame:
    """The relations as a data frame, the same that pandas reads from the Parquet file.

    >>> relation_frame([])["date"].dtype
    dtype('<M8[ms]')
    """
    return _frame(relation_table(statements))


def entity_frame(entities: Sequence[Entity], counts: Mapping[str, int], base: str = BASE) -> pd.DataFrame:
    """The entities as a data frame, with the IRI of each and of how many relations it is an end.

    Args:
        entities: Which, in order.
        counts: How many relations each has, by its id.
        base: Where IRIs are minted.

    >>> list(entity_frame([], {}).columns)[:3]
    ['id', 'iri', 'name']
    """
    columns: list[Column[Entity]] = [
        Column("id", Kind.TEXT, lambda e: e.id, "Its id, the same in all articles."),
        Column("iri", Kind.TEXT, lambda e: mint(Named.ENTITY, e.id, base=base), "Its node."),
        *entity_columns(),
        Column("relations", Kind.COUNT, lambda e: counts.get(e.id, 0), "Of how many relations it is an end."),
    ]
    return _frame(_table(entities, columns, pa.schema([_field(column) for column in columns])))


def _frame(table: pa.Table) -> pd.DataFrame:
    frame: pd.DataFrame = table.replace_schema_metadata(None).to_pandas()
    return frame


def _field(column: Column[Any]) -> pa.Field:
    is_never_empty = column.kind in {Kind.TRUTH, Kind.COUNT, Kind.SHARE}
    return pa.field(
        column.name,
        _TYPES[column.kind],
        nullable=not is_never_empty,
        metadata={"description": column.meaning},
    )


def _table(records: Sequence[Record], columns: Sequence[Column[Record]], schema: pa.Schema) -> pa.Table:
    return pa.Table.from_arrays([_array(records, column) for column in columns], schema=schema)


def _array(records: Sequence[Record], column: Column[Record]) -> pa.Array:
    values = [column.read(record) for record in records]
    if column.kind is Kind.DAY:  # Arrow takes a date for a day only
        return pa.array(values, type=pa.date32()).cast(_TYPES[Kind.DAY])
    return pa.array(values, type=_TYPES[column.kind])


def _groups(statements: Iterable[Statement], size: int) -> Iterator[list[Statement]]:
    waiting = iter(statements)
    while group := list(islice(waiting, size)):
        yield group
