"""Where results are written to, how much of them may be, and where they were cut."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass


class Out:
    """Where a result is written to, with how much may be.

    Attributes:
        rows: Rows or triples that may be written.
        size: Bytes that may be written; what closes a document may go beyond it.
        written: Bytes so far.
    """

    def __init__(self, send: Callable[[bytes], object], *, rows: int, size: int) -> None:
        """Wraps what takes the pieces.

        Args:
            send: Takes a piece.
            rows: Rows or triples that may be written.
            size: Bytes that may be written; what closes a document may go beyond it.
        """
        self._send = send
        self.rows = rows
        self.size = size
        self.written = 0

    def write(self, piece: bytes) -> int:
        """Hands a piece on, and says how long it was."""
        self.written += len(piece)
        self._send(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing: each piece is handed on at once. Files have this, which the engine takes this for."""


def in_memory(pieces: bytearray) -> Out:
    """An output without limits that collects all in memory.

    >>> pieces = bytearray()
    >>> in_memory(pieces).write(b"ab"), bytes(pieces)
    (2, b'ab')
    """
    return Out(pieces.extend, rows=sys.maxsize, size=sys.maxsize)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Where a result ends before its end.

    >>> str(Cut(reason="rows", limit=100))
    'rows=100'
    """

    reason: str
    """`rows` or `bytes`."""
    limit: int

    def __str__(self) -> str:
        return f"{self.reason}={self.limit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What was written of a result."""

    rows: int
    """Rows or triples."""
    cut: Cut | None = None
    """None where it is whole."""
