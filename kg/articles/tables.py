"""Reads tables in text (CSV, RFC 4180): one article a row. A broken row is named, the others are read."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.articles.columns import find_columns, read_row
from kg.articles.decoding import decode, in_utf8
from kg.articles.jsonlines import too_long
from kg.articles.opening import read_lines_within
from kg.articles.options import ReadingOptions
from kg.errors import ArticleError
from kg.types import Article

_DELIMITERS = (",", ";", "\t", "|")
_QUOTED = '"'


def read_table(
    stream: io.BufferedReader,
    *,
    place: str,
    stem: str,
    options: ReadingOptions,
    on_problem: Callable[[ArticleError], None],
    delimiter: str | None = None,
) -> Iterator[Article]:
    r"""The articles of a table, in its order. Its first line names the columns. One row is held at a time.

    Args:
        stream: The file; its lines may be in any encoding that `kg.articles.decoding` reads.
        place: The file's name, for messages.
        stem: Articles without id and address are named `STEM-ROW`, of which the first is 1.
        options: Which column holds what, and how long a row may be.
        on_problem: Is told of each row that holds no article.
        delimiter: What stands between cells; None to find it in the first line.

    Raises:
        ArticleError: No column holds the text.

    >>> stream = io.BufferedReader(io.BytesIO(b"id;text\n7;A met B.\n"))
    >>> found = read_table(stream, place="f", stem="f", options=ReadingOptions(), on_problem=print)
    >>> [(article.id, article.text) for article in found]
    [('7', 'A met B.')]
    """
    lines = _Lines(in_utf8(stream), place, options)
    # The library's own bound holds for the whole process, and is far below a long article.
    csv.field_size_limit(max(csv.field_size_limit(), options.largest_article))
    header = next(lines, "")
    delimiter = delimiter or _delimiter(header)
    names = _header(lines, header, delimiter)
    columns = find_columns(names, options.columns, place=place)
    for number, row in enumerate(_rows(lines, delimiter, on_problem), 1):
        where = f"{place}:{row.line}"
        try:
            if len(row.cells) > len(names):
                raise _too_many_cells(where, len(row.cells), len(names))
            cells = dict(zip(reversed(names[: len(row.cells)]), reversed(row.cells), strict=True))
            values = {field: cells.get(column) for field, column in columns.items()}
            yield read_row(values, place=where, default_id=f"{stem}-{number}")
        except ArticleError as error:
            on_problem(error)


@dataclass(frozen=True, slots=True)
class _Row:
    cells: list[str]
    line: int
    """The line on which it begins."""


class _Lines:
    """The lines of a table as text; fails, and goes on after that, where a row is too long."""

    def __init__(self, stream: io.BufferedReader, place: str, options: ReadingOptions) -> None:
        self._lines = read_lines_within(stream, largest=options.largest_article)
        self._file = place
        self._options = options
        self._size = 0
        self.first = 1
        """The line on which the row begins that is being read."""
        self.number = 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        self.number, line = next(self._lines)
        self._size += 0 if line is None else len(line)
        if line is None or self._size > self._options.largest_article:
            raise too_long(self.place, self._options)
        return decode(line, place=f"{self._file}:{self.number}").replace("\x00", " ")

    @property
    def place(self) -> str:
        """Where the row begins that is being read."""
        return f"{self._file}:{self.first}"

    def begin(self) -> None:
        """Says that the next line begins a row."""
        self._size = 0
        self.first = self.number + 1


def _rows(lines: _Lines, delimiter: str, on_problem: Callable[[ArticleError], None]) -> Iterator[_Row]:
    """The rows, but for blank ones. After one that fails, reading goes on with the next line."""
    reader = csv.reader(lines, delimiter=delimiter)
    lines.begin()
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (ArticleError, csv.Error) as error:
            on_problem(error if isinstance(error, ArticleError) else _broken(lines.place, error))
            reader = csv.reader(lines, delimiter=delimiter)
            lines.begin()
            continue
        if any(cell.strip() for cell in cells):
            yield _Row(cells, lines.first)
        lines.begin()


def _header(lines: _Lines, first: str, delimiter: str) -> list[str]:
    """The names of the columns, each without the spaces around it.

    Raises:
        ArticleError: The line is none of a table.
    """

    def header() -> Iterator[str]:
        yield first
        yield from lines

    try:
        return [name.strip() for name in next(csv.reader(header(), delimiter=delimiter), [])]
    except csv.Error as error:
        raise _broken(lines.place, error) from error


def _delimiter(header: str) -> str:
    """What stands most often in the first line, outside of quotes."""
    bare = "".join(header.split(_QUOTED)[::2])
    return max(_DELIMITERS, key=bare.count)


def _broken(place: str, error: csv.Error) -> ArticleError:
    return ArticleError(f"{place}: this is no row of a table ({error}); mend or remove it.", place=place)


def _too_many_cells(place: str, cells: int, names: int) -> ArticleError:
    return ArticleError(
        f"{place}: the row has {cells} cells, and the table {names} columns; put quotes around texts "
        "that hold the delimiter.",
        place=place,
    )
