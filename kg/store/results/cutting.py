"""Writes TSV by the engine itself, which is several times faster than row by row.

The engine knows no limits. So what it writes is taken apart into lines again, and each is a row: TSV has no
line feeds within fields. Its CSV lacks the quotes around IRIs with commas, and its XML has characters that XML
forbids, so that neither is used.
"""

from __future__ import annotations

from contextlib import suppress
from typing import IO, cast

import pyoxigraph as ox

from kg.store.results.output import Cut, Out, Written
from kg.store.results.solutions import write_solutions


def write_found(found: ox.QuerySolutions, format_: str, out: Out) -> Written:
    r"""Writes what the engine found; see `write_solutions`.

    Raises:
        ExportError: The format cannot hold a character of a term (XML), or there is no such format.

    >>> pieces = []
    >>> found = ox.Store().query("SELECT * { VALUES (?a ?b) { (1 'x') (2 'y') (3 'z') } }")
    >>> written = write_found(found, "tsv", Out(pieces.append, rows=2, size=1_000))
    >>> b"".join(pieces), str(written.cut)
    (b'?a\t?b\n1\t"x"\n2\t"y"\n', 'rows=2')
    """
    if format_ != "tsv":
        names = [variable.value for variable in found.variables]
        return write_solutions(names, map(tuple, found), format_, out)
    lines = _Lines(out)
    with suppress(_FullError):
        found.serialize(cast("IO[bytes]", lines), ox.QueryResultsFormat.TSV)
    return Written(rows=max(0, lines.count - 1), cut=lines.cut)


class _FullError(Exception):
    """The output takes no more."""


class _Lines:
    """A file that hands on whole lines, as long as the output takes more. The first is the head.

    Attributes:
        count: Lines so far.
        cut: Where it ended before the end; None where it did not.
    """

    def __init__(self, out: Out) -> None:
        self.count = 0
        self.cut: Cut | None = None
        self._out = out
        self._begun = bytearray()
        """What there is of the next line."""

    def write(self, piece: bytes) -> int:
        """Takes a piece."""
        end = piece.rfind(b"\n") + 1
        if not end:
            self._begun += piece
            return len(piece)
        lines = bytes(self._begun) + piece[:end]
        self._begun = bytearray(piece[end:])
        count = lines.count(b"\n")
        if self.count + count <= self._out.rows + 1 and self._out.written + len(lines) <= self._out.size:
            self._out.write(lines)
            self.count += count
        else:
            self._write_some(lines)
        return len(piece)

    def flush(self) -> None:
        """Nothing: what waits is no whole line."""

    def _write_some(self, lines: bytes) -> None:
        for line in lines.split(b"\n")[:-1]:
            if self.count > self._out.rows:
                self.cut = Cut(reason="rows", limit=self._out.rows)
            elif self.count and self._out.written + len(line) + 1 > self._out.size:
                self.cut = Cut(reason="bytes", limit=self._out.size)
            if self.cut is not None:
                raise _FullError
            self._out.write(line + b"\n")
            self.count += 1
