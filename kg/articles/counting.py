"""Says about how many articles there are, for progress, without reading them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from kg.articles.files import local_files
from kg.articles.formats import SUFFIXES, inner_name
from kg.articles.options import Format
from kg.articles.places import STDIN, is_pattern, is_remote, is_web

_SAMPLE = 1 << 22
"""Bytes of a file in which lines are counted; those of the rest are reckoned by its size."""
_SINGLE = frozenset({Format.TEXT, Format.HTML, Format.MAIL})


def count_articles(paths: Iterable[str | Path]) -> int | None:
    """About how many articles there are, for progress; None where only reading would tell.

    It is told for files of one article each, for JSON Lines (reckoned from the beginning of large files) and
    for Parquet; not for what is packed, for other tables, archives, remote places and standard input.

    >>> from kg.articles import samples_folder
    >>> count_articles([samples_folder()])
    37
    """
    count = 0
    for path in map(str, paths):
        if path == STDIN or is_web(path) or is_remote(path) or is_pattern(path):
            return None
        for file in local_files(path):
            held = _count(file)
            if held is None:
                return None
            count += held
    return count


def _count(file: str) -> int | None:
    format = SUFFIXES.get(Path(inner_name(file)).suffix.lower(), Format.TEXT)
    if format in _SINGLE:
        return 1
    if inner_name(file) != file:
        return None
    try:
        if format is Format.JSON_LINES:
            return _count_lines(Path(file))
        return _count_rows(Path(file)) if format is Format.PARQUET else _count_objects(Path(file), format)
    except OSError:
        return None  # told when it is read


def _count_lines(file: Path) -> int:
    size = file.stat().st_size
    with file.open("rb") as stream:
        lines = stream.read(_SAMPLE).split(b"\n")
    count = sum(1 for line in lines if line.strip())
    return count if size <= _SAMPLE else round(count * size / _SAMPLE)


def _count_objects(file: Path, format: Format) -> int | None:
    with file.open("rb") as stream:
        start = stream.read(_SAMPLE)
    is_single = format is Format.JSON and len(start) < _SAMPLE and start.lstrip().startswith(b"{")
    return 1 if is_single else None


def _count_rows(file: Path) -> int | None:
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(file) as table:
            return int(table.metadata.num_rows)
    except ArrowException:
        return None
