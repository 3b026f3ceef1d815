"""SPARQL 1.1 Protocol (W3C 2013): the query operation."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from kg.server.answering import streamed
from kg.server.pool import Pool, Task
from kg.server.problems import ProblemError


async def sparql(request: Request) -> Response:
    """Answers a query."""
    pool: Pool = request.app.state.pool
    text = request.query_params.get("query")
    if text is None:
        raise ProblemError(HTTPStatus.BAD_REQUEST, "There is no query; send one as the parameter `query`.")
    answer = await pool.ask(Task(operation="query", arguments={"query": text}))
    return StreamingResponse(streamed(answer), media_type=str(answer.meta["type"]))
