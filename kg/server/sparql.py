"""SPARQL 1.1 Protocol (W3C 2013): the query operation."""

from __future__ import annotations

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

from kg.server.answering import answered
from kg.server.pool import Task
from kg.server.problems import ProblemError


async def sparql(request: Request) -> Response:
    """Answers a query."""
    text = request.query_params.get("query")
    if text is None:
        raise ProblemError(HTTPStatus.BAD_REQUEST, "There is no query; send one as the parameter `query`.")
    return await answered(request, Task(operation="query", arguments={"query": text}))
