"""Servers for tests of connections and middleware: the real HTTP, with no workers behind it."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

import uvicorn
from starlette.responses import PlainTextResponse, StreamingResponse

from kg.server import Limits, Settings
from kg.server.app import create_app
from kg.server.connections import configured
from kg.server.pool import Pool
from kg.server.problems import ProblemError

LARGE = 40 * 2**20
"""Bytes of an answer that no socket's buffers hold."""


class NoWorkers(Pool):
    """A pool that has none, for whatever does not ask the graph."""

    async def start(self):
        pass

    async def close(self):
        pass

    async def ask(self, task):
        raise ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "There are no workers here.")


async def _echo(request):
    return PlainTextResponse(f"{request.method} {request.url.path} {len(await request.body())}")


async def _large(request):
    async def pieces():
        for _ in range(LARGE // 2**16):
            yield bytes(2**16)

    return StreamingResponse(pieces(), media_type="application/octet-stream")


async def _slow(request):
    await asyncio.sleep(0.3)
    return PlainTextResponse("slept")


async def _broken(request):
    raise RuntimeError("SELECT of a secret")


def app_of(settings, pool=None):
    """The application with a few routes for tests."""
    app = create_app(settings, pool or NoWorkers(settings))
    for path, answer in (("/echo", _echo), ("/large", _large), ("/slow", _slow), ("/broken", _broken)):
        app.add_route(path, answer, methods=["GET", "POST", "PUT", "DELETE"])
    return app


@contextmanager
def running(**given):
    """A server with these settings and limits; gives its address and its uvicorn server."""
    limits = {name: given.pop(name) for name in list(given) if name in Limits.__dataclass_fields__}
    settings = Settings(graph=Path("news"), port=0, limits=Limits(**limits), **given)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(configured(app_of(settings), settings))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            while not server.started and thread.is_alive():
                thread.join(0.005)
            yield listener.getsockname()
        finally:
            server.should_exit = True
            thread.join()


def connected(address, timeout=10):
    """A connection to a server."""
    return socket.create_connection(address, timeout=timeout)


def read_all(connection):
    """All that comes until the other end closes."""
    pieces = []
    while piece := connection.recv(2**16):
        pieces.append(piece)
    return b"".join(pieces)


def exchange(address, request):
    """What a server answers to these bytes, until it closes the connection."""
    with connected(address) as connection:
        connection.sendall(request)
        return read_all(connection)


def status_of(answer):
    """The status of an answer's bytes."""
    return int(answer.split(b" ", 2)[1])


def requests_in(caplog):
    """What the log said of requests, in order."""
    return [record.request for record in caplog.records if record.name == "kg.server.requests"]


def wait_until(is_so, seconds=5.0):
    """Waits for something that another thread does; a log is written after its answer."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.005)
