"""Files of RDF as they come: plain, compressed or from standard input, in any format, and perhaps hostile.

Everything is streamed. Nothing is fetched: what a file refers to elsewhere is an error.
"""

from __future__ import annotations

import gzip
import io
import re
import sys
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import IO

import pyoxigraph as ox

from kg.errors import ImportedError
from kg.store.formats import FORMATS
from kg.store.importing.guards import Guard, guard_of
from kg.store.importing.membership import placed

STANDARD_INPUT = "-"
ENDINGS: Mapping[str, str] = MappingProxyType(
    {
        ".ttl": "ttl",
        ".nt": "nt",
        ".nq": "nq",
        ".trig": "trig",
        ".jsonld": "jsonld",
        ".rdf": "rdfxml",
        ".rdfxml": "rdfxml",
        ".xml": "rdfxml",
        ".owl": "rdfxml",
    }
)
"""Formats by how the names of files end, before `.gz`."""

_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"
_CHUNK = 1 << 16
POSITION = re.compile(
    r"^Parser error at line \d+ (?:between columns \d+ and \d+|column \d+): |(?: \(line \d+\))$"
)
"""Where the parser says that it found an error, in its message."""
_UNREADABLE = (EOFError, zlib.error, OSError)
"""What a broken disk or a bad gzip raises."""
REMOTE = "LoadDocumentCallback"
"""What the message of the parser names where a JSON-LD context would have to be fetched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file of RDF that is to be read."""

    path: Path | None
    """None for standard input."""
    format: str
    """As `kg export` names it."""

    @property
    def has_graphs(self) -> bool:
        """Whether the format says which graph a triple is of."""
        return FORMATS[self.format].supports_datasets

    def __str__(self) -> str:
        return "standard input" if self.path is None else str(self.path)


def source_of(path: str | Path, format_: str | None = None) -> Source:
    """The source that a path names; its format is that of its ending, unless one is given.

    >>> source_of("graph.nq.gz").format
    'nq'

    Raises:
        ImportedError: There is no such format, or neither ending nor option tells it.
    """
    name = str(path)
    endings = [ending.lower() for ending in Path(name).suffixes if ending.lower() != ".gz"]
    chosen = format_ or ENDINGS.get(endings[-1] if endings else "")
    if chosen is None:
        known = ", ".join(ENDINGS)
        raise ImportedError(
            f"The format of {name!r} is not known by its ending ({known}); give one with --format.",
            source=name,
        )
    if chosen not in FORMATS:
        raise ImportedError(
            f"There is no RDF format {chosen!r}; choose one of {', '.join(FORMATS)}.", source=name
        )
    return Source(path=None if name == STANDARD_INPUT else Path(path), format=chosen)


def load(source: Source, data: ox.Store) -> None:
    """Puts all quads of a source into a store; what is read before an error stays there.

    In formats without graphs each triple gets the graph that it belongs to; see
    `kg.store.importing.membership`.

    Raises:
        ImportedError: The file cannot be read, or is not what its format says; with line and column.
        OSError: The store cannot be written, as where the disk is full.
    """
    chosen = FORMATS[source.format]
    if source.format == "nq" and source.path is not None and source.path.is_file() and _is_harmless(source):
        try:
            data.bulk_load(path=str(source.path), format=chosen)  # quicker than through Python, by a fifth
        except SyntaxError as error:
            raise _syntax_error(source, error) from error
        return
    with _opened(source) as stream:
        guarded: IO[bytes] = _Stream(stream, guard_of(source.format, str(source)), str(source))  # type: ignore[assignment]  # all that the parser asks for is `read`
        try:
            if source.has_graphs:
                data.bulk_load(guarded, chosen)
            else:
                data.bulk_extend(placed(ox.parse(guarded, chosen), str(source)))
        except SyntaxError as error:
            raise _syntax_error(source, error) from error


def _is_harmless(source: Source) -> bool:
    """Whether the parser may have a file as it stands: it is not compressed, and its guard lets it pass."""
    guard = guard_of(source.format, str(source))
    with _opened(source) as stream:
        if not isinstance(stream.raw, io.FileIO) or stream.tell():
            return False
        while chunk := stream.read1(_CHUNK):
            guard(chunk)
    return True


@contextmanager
def _opened(source: Source) -> Iterator[io.BufferedReader]:
    """The bytes of a source, decompressed where they are compressed, whatever its name says."""
    try:
        raw = sys.stdin.buffer if source.path is None else source.path.open("rb", _CHUNK)
    except OSError as error:
        raise ImportedError(f"{source} cannot be read: {error.strerror}.", source=str(source)) from error
    try:
        yield _plain(raw, str(source))
    finally:
        if source.path is not None:
            raw.close()


def _plain(raw: object, name: str) -> io.BufferedReader:
    """The same bytes without compression, and without a mark of their order at the start."""
    buffered = _buffered(raw)
    try:
        if buffered.peek(2)[:2] == _GZIP:
            buffered = _buffered(gzip.GzipFile(fileobj=buffered))
        if buffered.peek(3)[:3] == _BOM:
            buffered.read(3)
    except _UNREADABLE as error:
        raise _cut_off(name, error) from error
    return buffered


def _buffered(raw: object) -> io.BufferedReader:
    if isinstance(raw, io.BufferedReader):
        return raw
    return io.BufferedReader(raw, _CHUNK)  # type: ignore[arg-type]  # whatever reads bytes will do


def _cut_off(name: str, error: Exception) -> ImportedError:
    return ImportedError(
        f"{name} cannot be read to its end: {error}; it is cut off or damaged, so get it again.", source=name
    )


class _Stream:
    """Gives what a parser asks for, after the guard has seen it."""

    def __init__(self, stream: io.BufferedReader, guard: Guard, name: str) -> None:
        self.stream = stream
        self.guard = guard
        self.name = name
        self.waiting, self.at = b"", 0
        self.ended = False

    def read(self, size: int = -1) -> bytes:
        """At most so many bytes; none at the end."""
        while self.at >= len(self.waiting) and not self.ended:
            chunk = self._next()
            self.waiting, self.at, self.ended = self.guard(chunk), 0, not chunk
        start = self.at
        self.at = len(self.waiting) if size < 0 else start + size
        return self.waiting[start : self.at]

    def _next(self) -> bytes:
        try:
            return self.stream.read1(_CHUNK)
        except _UNREADABLE as error:
            raise _cut_off(self.name, error) from error


def _syntax_error(source: Source, error: SyntaxError) -> ImportedError:
    message = str(error.msg or error)
    if REMOTE in message:
        return ImportedError(
            f"{source} names a JSON-LD context on the network, which is not fetched; put the context itself "
            "into the file, or convert it to N-Quads first.",
            source=str(source),
        )
    place = f", line {error.lineno}, column {error.offset}" if error.lineno else ""
    said = POSITION.sub("", message).rstrip(".")
    return ImportedError(
        f"{source}{place}: {said}; correct it there, or give the right --format (it was read as "
        f"{source.format}).",
        source=str(source),
        line=error.lineno,
        column=error.offset,
    )
