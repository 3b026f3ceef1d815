"""Whether the server lives, and whether it can answer: for whoever restarts it or sends it requests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kg.server.pool import Pool


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolState:
    """How the workers are."""

    workers: int
    """Those that are ready or at work."""
    busy: int
    waiting: int
    """Requests that wait for a worker."""
    generation: str
    """Names the state of the graph that is served."""
    age: float | None = None
    """Seconds since that state was taken; None where that is not known."""
    swaps: int = 0
    """How often a newer state has been taken since the start."""
    restarts: Mapping[str, int] = field(default_factory=dict)
    """How often a worker was replaced, by reason."""
    processes: tuple[int, ...] = ()
    """Process ids of the workers."""


def state_of(pool: Pool) -> PoolState:
    """How the workers of a pool are."""
    workers, free = len(pool._workers), pool._free.qsize()  # noqa: SLF001
    return PoolState(workers=workers, busy=workers - free, waiting=0, generation=pool.generation)


async def live(_request: Request) -> Response:
    """Says that the main process answers."""
    return _said({"status": "live"})


async def ready(request: Request) -> Response:
    """Says whether there are workers to answer queries, and how old the state of the graph is."""
    state = state_of(request.app.state.pool)
    if state.workers == 0:
        return _said({"status": "starting", "workers": 0}, HTTPStatus.SERVICE_UNAVAILABLE)
    said = {"status": "ready", "workers": state.workers, "generation": state.generation}
    return _said(said if state.age is None else {**said, "age_seconds": round(state.age, 1)})


def _said(content: Mapping[str, object], status: HTTPStatus = HTTPStatus.OK) -> Response:
    # A cache between would tell how the server was, not how it is.
    headers = {"Cache-Control": "no-store"} | ({"Retry-After": "1"} if status != HTTPStatus.OK else {})
    return JSONResponse(content, status, headers)
