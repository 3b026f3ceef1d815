"""Reads Parquet tables: one article a row, some rows at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from kg.articles.columns import find_columns, read_row
from kg.articles.jsonlines import too_long
from kg.articles.opening import Opened, opened_seekable
from kg.articles.options import ReadingOptions
from kg.errors import ArticleError
from kg.types import Article

if TYPE_CHECKING:
    from pyarrow import Scalar
    from pyarrow.parquet import ParquetFile

_ROWS = 64
"""Rows that are held at a time."""


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
    from pyarrow.parquet import ParquetFile

    if content.packing is not None:
        raise ArticleError(
            f"{content.place!r} is a Parquet file within another packing; unpack it.", place=content.place
        )
    with opened_seekable(path) as file:
        try:
            table = ParquetFile(file, memory_map=False, pre_buffer=False)
            columns = find_columns(table.schema_arrow.names, options.columns, place=content.place)
            number = 0
            for number, row in enumerate(_rows(table, columns), 1):
                where = f"{content.place}, row {number}"
                yield from _read_row(row, where, f"{stem}-{number}", options, on_problem)
            _check_count(number, table.metadata.num_rows)
        except (ArrowException, OSError, UnicodeError) as error:
            raise ArticleError(
                f"{content.place!r} is no Parquet file, or is damaged ({error}). What stands before is read.",
                place=content.place,
            ) from error


def _check_count(read: int, expected: int) -> None:
    if read != expected:
        raise OSError(f"{expected} rows should be there, not {read}")


def _rows(table: ParquetFile, columns: Mapping[str, str]) -> Iterator[dict[str, Scalar]]:
    names = sorted(set(columns.values()))
    for batch in table.iter_batches(batch_size=_ROWS, columns=names, use_threads=False):
        held = {field: batch.column(column) for field, column in columns.items()}
        for number in range(batch.num_rows):
            yield {field: cells[number] for field, cells in held.items()}


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
