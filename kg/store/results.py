"""Writes the results of queries, row by row, no further than the limits of who asks."""

from __future__ import annotations

import json
from collections.abc import Callable

import pyoxigraph as ox


class Out:
    """Where a result is written to, with how much may be.

    Attributes:
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


def write_json(found: ox.QuerySolutions, out: Out) -> None:
    """Writes solutions in SPARQL 1.1 Query Results JSON."""
    names = [variable.value for variable in found.variables]
    out.write(json.dumps({"head": {"vars": names}})[:-1].encode() + b', "results": {"bindings": [')
    for number, row in enumerate(found):
        said = {n: {"type": "literal", "value": t.value} for n, t in zip(names, row, strict=True) if t}
        out.write((b", " if number else b"") + json.dumps(said).encode())
    out.write(b"]}}")
