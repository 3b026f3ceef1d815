"""Asks the pool for a client, as long as the client is there, and sends it what comes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from kg.server.channel import PIECE
from kg.server.logs import note
from kg.server.pool import Answer, Pool, Task


async def asked(request: Request, task: Task, *, is_change: bool = False) -> Answer:
    """The result of a task.

    Args:
        request: Whose body was read already, if there is one.
        task: What to ask of the pool.
        is_change: Whether it changes the graph.

    Raises:
        ProblemError: There is no result.
        ClientDisconnect: The client went away, whereupon the task was stopped; a change that was begun is
            made nevertheless.
    """
    pool: Pool = request.app.state.pool
    client = request.client.host if request.client else None
    ask = pool.change if is_change else pool.ask
    asking = asyncio.ensure_future(ask(replace(task, client=task.client or client)))
    leaving = asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait((asking, leaving), return_when=asyncio.FIRST_COMPLETED)
        if asking.done():
            answer = asking.result()
            rows = answer.meta.get("rows")
            note(rows=rows if isinstance(rows, int) else None, waited=answer.waited)
            return answer
    finally:
        leaving.cancel()
        asking.cancel()
    raise ClientDisconnect


def reply(
    request: Request,
    answer: Answer,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A result as a response, which closes it; to HEAD without its body."""
    given = {"Content-Length": str(answer.size), **(headers or {})}
    if request.method == "HEAD":
        answer.body.close()
        return Response(status_code=int(status), headers=given)
    if answer.size <= PIECE:
        with answer:
            return Response(answer.body.read(), int(status), given)
    return _Long(answer, status, given)


class _Long(Response):
    """A result that is sent in pieces, as fast as the client takes them."""

    def __init__(self, answer: Answer, status: HTTPStatus, headers: Mapping[str, str]) -> None:
        super().__init__(None, int(status), headers)
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        start = {"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers}
        with self._answer as answer:
            await send(start)
            while piece := answer.body.read(PIECE):
                await send({"type": "http.response.body", "body": piece, "more_body": True})
            await send({"type": "http.response.body", "body": b""})


async def _left(request: Request) -> None:
    """Ends when the client does."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
