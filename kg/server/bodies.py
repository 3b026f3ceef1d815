"""The bodies of requests, whatever is in them."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request

from kg.server.problems import ProblemError

UTF8 = frozenset({"utf-8", "utf8", "us-ascii"})
"""What the one character encoding that is taken goes by (ASCII is a part of it)."""


async def read_body(request: Request, most: int) -> bytes:
    """The whole body of a request.

    Args:
        request: The request.
        most: Bytes that it may have.

    Raises:
        ProblemError: 413 where it is larger.
    """
    read = bytearray()
    async for piece in request.stream():
        read += piece
        if len(read) > most:
            raise ProblemError(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                f"The body is larger than {most:,} bytes; send it in parts, or have graphs loaded by "
                "`kg import`.",
            )
    return bytes(read)
