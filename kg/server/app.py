"""The application: its routes, and what all requests go through."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from kg.server.pool import Pool
from kg.server.problems import ProblemError
from kg.server.settings import Settings
from kg.server.sparql import sparql


def create_app(settings: Settings, pool: Pool | None = None) -> FastAPI:
    """The application of a server, whose pool starts and ends with it.

    Args:
        settings: What was set.
        pool: The workers; None makes them as the settings say.
    """
    workers = pool or Pool(settings)

    @asynccontextmanager
    async def _lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await workers.start()
        try:
            yield
        finally:
            await workers.close()

    # Its pages of documentation load from a CDN.
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, lifespan=_lifespan)
    app.state.settings = settings
    app.state.pool = workers
    app.add_route("/sparql", sparql, methods=["GET", "POST"])
    app.add_exception_handler(ProblemError, _problem)
    app.add_exception_handler(HTTPException, _refusal)
    return app


async def _problem(_request: Request, error: Exception) -> Response:
    return error.response() if isinstance(error, ProblemError) else Response(status_code=500)


async def _refusal(request: Request, error: Exception) -> Response:
    """What the framework refuses: an unknown path, or a method that is not for it."""
    status = HTTPStatus(getattr(error, "status_code", 404))
    detail = f"{request.method} {request.url.path} is not to be had here; try /sparql?query=…."
    return ProblemError(status, detail, headers=getattr(error, "headers", None)).response()
