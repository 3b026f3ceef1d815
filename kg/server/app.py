"""The application: its routes, and what all requests go through."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from kg.server.api.routes import add_api
from kg.server.graph_store import METHODS, PATH, graph_store
from kg.server.health import live, ready
from kg.server.logs import Journal, Observer
from kg.server.metrics import Metrics, metrics
from kg.server.pages import Drawing, add_pages
from kg.server.pool import Pool
from kg.server.problems import ProblemError
from kg.server.security import HEALTH, PROTECTION, Guard
from kg.server.service import WELL_KNOWN, description
from kg.server.settings import Settings
from kg.server.sparql import sparql, update


def create_app(settings: Settings, pool: Pool | None = None) -> Starlette:
    """The application of a server, whose pool starts and ends with it.

    Args:
        settings: What was set.
        pool: The workers; None makes them as the settings say.
    """
    workers = pool or Pool(settings)

    @asynccontextmanager
    async def _lifespan(_app: Starlette) -> AsyncIterator[None]:
        await workers.start()
        try:
            yield
        finally:
            await app.state.drawing.close()
            await workers.close()

    app = Starlette(lifespan=_lifespan)
    app.state.settings = settings
    app.state.pool = workers
    for path in ("/sparql", "/sparql/"):  # a client that is redirected may forget its POST
        app.add_route(path, sparql, methods=["GET", "POST", "OPTIONS"])
    app.add_route("/update", update, methods=["POST", "OPTIONS"])
    app.add_route(WELL_KNOWN, description, methods=["GET"])
    for path in (PATH, f"{PATH}/{{graph:path}}"):
        app.add_route(path, graph_store, methods=list(METHODS))
    add_api(app)
    _add_operations(app, settings, workers)
    _add_refusals(app)
    return app


def _add_operations(app: Starlette, settings: Settings, pool: Pool) -> None:
    """Adds the pages, what watches over the server, and what all requests go through."""
    app.state.metrics = Metrics(pool.condition)
    app.state.journal = Journal([app.state.metrics.see])
    app.state.drawing = Drawing(settings, pool)
    for path, answer in zip(HEALTH, (live, ready), strict=True):
        app.add_route(path, answer, methods=["GET"])
    app.add_route("/metrics", metrics, methods=["GET"])
    add_pages(app)
    # The last one added is the first that a request meets.
    app.add_middleware(Guard, settings=settings)
    app.add_middleware(Observer, journal=app.state.journal, logs_clients=settings.logs_clients)


def _add_refusals(app: Starlette) -> None:
    """Adds what is said where there is no answer."""
    app.add_exception_handler(ProblemError, _problem)
    app.add_exception_handler(HTTPException, _refusal)
    app.add_exception_handler(ClientDisconnect, _nobody)
    app.add_exception_handler(Exception, _unexpected)


async def _problem(_request: Request, error: Exception) -> Response:
    return error.response() if isinstance(error, ProblemError) else Response(status_code=500)


async def _refusal(request: Request, error: Exception) -> Response:
    """What the framework refuses: an unknown path, a method that is not for it, or a broken form."""
    status = HTTPStatus(getattr(error, "status_code", 404))
    headers: Mapping[str, str] = getattr(error, "headers", None) or {}
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        allowed = ", ".join(sorted(headers.get("Allow", "GET").split(", ")))
        headers = {**headers, "Allow": allowed}
        detail = f"{request.method} is not for {request.url.path}; use {allowed}."
    elif status == HTTPStatus.NOT_FOUND:
        detail = f"There is nothing at {request.url.path}; / and /api/openapi.json tell what there is."
    else:
        detail = str(getattr(error, "detail", status.phrase))
    return ProblemError(status, detail, headers=headers).response()


async def _nobody(_request: Request, _error: Exception) -> Response:
    """The client has gone while it was sending, so that nobody reads this."""
    return Response(status_code=HTTPStatus.BAD_REQUEST)


async def _unexpected(_request: Request, _error: Exception) -> Response:
    """An error of ours: the log has its kind and place, the client learns neither."""
    detail = "The server made a mistake, which its log tells more about; try another request."
    answer = ProblemError(HTTPStatus.INTERNAL_SERVER_ERROR, detail).response()
    answer.headers.update(PROTECTION)  # outside of the guard, which else sets them
    return answer
