"""Sends an answer of the pool to a client."""

from __future__ import annotations

from collections.abc import Iterator

from kg.server.channel import PIECE
from kg.server.pool import Answer


def streamed(answer: Answer) -> Iterator[bytes]:
    """The body of an answer in pieces; it is closed at the end."""
    with answer.body as body:
        while piece := body.read(PIECE):
            yield piece
