"""Reads Parquet tables: one article a row, some rows at a time."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO

from kg.articles.columns import find_columns, read_row
from kg.articles.jsonlines import too_long
from kg.articles.opening import Opened, most_unpacked, opened_seekable, unpacks_to_too_much
from kg.articles.options import ReadingOptions
from kg.errors import ArticleError
from kg.types import Article

if TYPE_CHECKING:
    from pyarrow import Scalar

_ROWS = 64
"""Rows that are held at a time, where they are not large."""
_REPEATED = frozenset({"string", "large_string", "binary", "large_binary"})
"""Types of columns that are held as references to what is written once."""
_HELD = 32_000_000
"""Bytes of rows that are held at a time."""


def read_parquet(
    content: Opened,
    *,
    path: str,
    stem: str,
    options: ReadingOptions,
    on_problem: Callable[[ArticleError], None],
) -> Iterator[Article]:
    """The articles of a table, in its order; only the columns that are needed are read.

    Args:
        content: The file, opened.
        path: Where it is: such files are read from their end, and so opened anew.
        stem: Articles without id and address are named `STEM-ROW`, of which the first is 1.
        options: Which column holds what, and how long a text may be.
        on_problem: Is told of each row that holds no article.

    Raises:
        ArticleError: It comes from standard input, is packed once more, is damaged, or no column holds the
            text.

    >>> import pathlib, tempfile
    >>> import pyarrow, pyarrow.parquet
    >>> from kg.articles.opening import opened
    >>> path = str(pathlib.Path(tempfile.mkdtemp(), "a.parquet"))
    >>> pyarrow.parquet.write_table(pyarrow.table({"body": ["Ana met Bo."]}), path)
    >>> options = ReadingOptions(columns={"text": "body"})
    >>> with opened(path, options=options) as content:
    ...     found = read_parquet(content, path=path, stem="a", options=options, on_problem=print)
    ...     [article.id for article in found]
    ['a-1']
    """
    from pyarrow import ArrowException

    if content.packing is not None:
        raise ArticleError(
            f"{content.place!r} is a Parquet file within another packing; unpack it.", place=content.place
        )
    with opened_seekable(path) as file:
        try:
            table = _Table(file, content.place, options)
            number = 0
            for number, row in enumerate(table.rows(), 1):
                where = f"{content.place}, row {number}"
                yield from _read_row(row, where, f"{stem}-{number}", options, on_problem)
            _check_count(number, table.count)
        except (ArrowException, OSError, UnicodeError) as error:
            raise ArticleError(
                f"{content.place!r} is no Parquet file, or is damaged ({error}). What stands before is read.",
                place=content.place,
            ) from error


def _check_count(read: int, expected: int) -> None:
    if read != expected:
        raise OSError(f"{expected} rows should be there, not {read}")


class _Table:
    """A table whose rows are read within bounds, whatever its pages unpack to.

    What is written once and repeated (the dictionary pages of Parquet, "Encodings": RLE_DICTIONARY) is held
    once, but counted as often as it is read.
    """

    def __init__(self, file: BinaryIO, place: str, options: ReadingOptions) -> None:
        from pyarrow.parquet import ParquetFile

        schema = ParquetFile(file, memory_map=False, pre_buffer=False).schema_arrow
        self._columns = find_columns(schema.names, options.columns, place=place)
        self._names = sorted(set(self._columns.values()))
        repeated = [name for name in self._names if str(schema.field(name).type) in _REPEATED]
        self._table = ParquetFile(file, memory_map=False, pre_buffer=False, read_dictionary=repeated)
        self._most = most_unpacked(file.seek(0, io.SEEK_END), options)
        self._place = place
        self._options = options

    @property
    def count(self) -> int:
        """How many rows there should be."""
        return int(self._table.metadata.num_rows)

    def rows(self) -> Iterator[dict[str, Scalar]]:
        """The cells of each row, by field.

        Raises:
            ArticleError: They hold more than the size of the file allows.
        """
        unpacked = self._unpacked()
        if unpacked > self._most:
            raise unpacks_to_too_much(self._place, self._options)
        size = max(1, min(_ROWS, _HELD * self.count // max(1, unpacked)))
        count = 0
        for batch in self._table.iter_batches(batch_size=size, columns=self._names, use_threads=False):
            held = {field: batch.column(column) for field, column in self._columns.items()}
            for number in range(batch.num_rows):
                row = {field: cells[number] for field, cells in held.items()}
                count += _size(row["text"])
                if count > self._most:
                    raise unpacks_to_too_much(self._place, self._options)
                yield row

    def _unpacked(self) -> int:
        """The bytes that the pages of the columns say they unpack to."""
        metadata = self._table.metadata
        groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
        columns = [group.column(number) for group in groups for number in range(group.num_columns)]
        names = set(self._names)
        return sum(one.total_uncompressed_size for one in columns if one.path_in_schema in names)


def _size(cell: Scalar) -> int:
    """The bytes of a text."""
    value = cell.value if hasattr(cell, "dictionary") else cell  # of a text that is written once
    data = value.as_buffer() if value is not None and hasattr(value, "as_buffer") else None
    return 0 if data is None else data.size


def _read_row(
    row: dict[str, Scalar],
    place: str,
    default_id: str,
    options: ReadingOptions,
    on_problem: Callable[[ArticleError], None],
) -> Iterator[Article]:
    try:
        values = {field: _value(cell, field, place) for field, cell in row.items()}
        text = values["text"]
        if isinstance(text, str | bytes) and len(text) > options.largest_article:
            raise too_long(place, options)
        yield read_row(values, place=place, default_id=default_id)
    except ArticleError as error:
        on_problem(error)


def _value(cell: Scalar, field: str, place: str) -> object:
    try:
        return cell.as_py()
    except ValueError as error:  # text that is not UTF-8, or a time that Python has none for
        raise ArticleError(f"{place}: the field {field!r} cannot be read ({error}).", place=place) from error
