"""Runs the application on a port."""

from __future__ import annotations

import asyncio
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import uvicorn

from kg.server import isolation
from kg.server.app import create_app
from kg.server.connections import address_of, configured, listening
from kg.server.pool import Pool
from kg.server.settings import Settings


def serve(settings: Settings, *, on_start: Callable[[str], None]) -> None:
    """Serves a graph until the process is told to end (SIGTERM) or interrupted (SIGINT).

    Requests that are being answered then are answered; a second interrupt ends them too.

    Args:
        settings: What was set.
        on_start: Is told the address, when requests are answered there.

    Raises:
        StoreError: The folder is no graph, or the graph is damaged.
        OSError: The port is taken.

    >>> serve(Settings(graph="graph"), on_start=print)  # doctest: +SKIP
    http://127.0.0.1:8000/
    """
    isolation.raise_files()
    with _listening(settings) as service:
        asyncio.run(service.run(lambda: on_start(service.url)))


@contextmanager
def background(settings: Settings) -> Iterator[str]:
    """Serves a graph beside the caller, in another thread; gives the address, which ends in a slash.

    Raises:
        StoreError: The folder is no graph, or the graph is damaged.
        OSError: The port is taken.

    >>> with background(Settings(graph="graph", port=0)) as address:  # doctest: +SKIP
    ...     print(f"{address}sparql")
    """
    started = threading.Event()

    with _listening(settings) as service, ThreadPoolExecutor(1, "kg serve") as threads:
        served = threads.submit(lambda: asyncio.run(service.run(started.set)))
        served.add_done_callback(lambda _: started.set())  # where it fails before it starts
        started.wait()
        try:
            if not served.done():
                yield service.url
        finally:
            service.server.should_exit = True
        served.result()  # raises what ended it


@dataclass(slots=True)
class _Service:
    """A server, and what it needs."""

    pool: Pool
    server: _Server
    listener: socket.socket
    url: str

    async def run(self, on_start: Callable[[], None]) -> None:
        """Runs the server until it is told to end."""
        await self.pool.start()
        try:
            with self.server.stopped_by_signals():
                on_start()
                await self.server.serve([self.listener])
        finally:
            await self.pool.close()


class _Server(uvicorn.Server):
    """A server that ends by signals, without raising them again when it has ended."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leaves the signals to `stopped_by_signals`, which also hears those that come before it serves."""
        yield

    @contextmanager
    def stopped_by_signals(self) -> Iterator[None]:
        """Ends the server by SIGTERM or SIGINT, if this is the main thread, to which alone they come."""
        with ExitStack() as stack:
            if threading.current_thread() is threading.main_thread():
                for number in (signal.SIGTERM, signal.SIGINT):
                    stack.callback(signal.signal, number, signal.signal(number, self.handle_exit))
            yield


@contextmanager
def _listening(settings: Settings) -> Iterator[_Service]:
    with listening(settings) as listener:
        pool = Pool(settings)
        server = _Server(configured(create_app(settings, pool), settings))
        yield _Service(pool, server, listener, address_of(settings, listener))
