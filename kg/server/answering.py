"""Sends an answer of the pool to a client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from starlette.responses import Response, StreamingResponse

from kg.server.channel import PIECE
from kg.server.pool import Answer


def sent(
    answer: Answer,
    content_type: str,
    headers: Mapping[str, str],
    *,
    start: bytes = b"",
    skipped: int = 0,
) -> Response:
    """An answer as a response. What is small is sent at once: the threads that read a file take a millisecond.

    Args:
        answer: The answer, whose body is closed at the end.
        content_type: The header of that name.
        headers: Others.
        start: What is sent before the body.
        skipped: Bytes of the body that are not sent.
    """
    size = len(start) + answer.size - skipped
    said = {**headers, "Content-Type": content_type, "Content-Length": str(size)}
    answer.body.seek(skipped)
    if size <= PIECE:
        with answer.body as body:
            return Response(start + body.read(), headers=said)
    return StreamingResponse(_pieces(answer, start), headers=said)


def _pieces(answer: Answer, start: bytes) -> Iterator[bytes]:
    if start:
        yield start
    yield from streamed(answer)


def streamed(answer: Answer) -> Iterator[bytes]:
    """The body of an answer in pieces; it is closed at the end."""
    with answer.body as body:
        while piece := body.read(PIECE):
            yield piece
