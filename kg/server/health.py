"""Whether the server lives, and whether it can answer: for whoever restarts it or sends it requests."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.server.pool import Pool


async def live(_request: Request) -> Response:
    """Says that the main process answers."""
    return _said({"status": "live"})


async def ready(request: Request) -> Response:
    """Says whether there are workers to answer queries, and which state of the graph they answer from.

    `current` tells whether that is the newest; where it is not, the log tells why. The server is ready all
    the same.
    """
    pool: Pool = request.app.state.pool
    condition = pool.condition()
    workers = condition.free + condition.busy
    if workers == 0:
        return _said({"status": "starting", "workers": 0}, HTTPStatus.SERVICE_UNAVAILABLE)
    return _said(
        {
            "status": "ready",
            "workers": workers,
            "generation": condition.generation,
            "age_seconds": round(condition.age, 1),
            "current": condition.problem is None,
        }
    )


def _said(content: Mapping[str, object], status: HTTPStatus = HTTPStatus.OK) -> Response:
    # A cache between would tell how the server was, not how it is.
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": "1"} if status != HTTPStatus.OK else {})
    return JSONResponse(content, status, headers)
