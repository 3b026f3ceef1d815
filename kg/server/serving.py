"""Runs the application on a port."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn

from kg.server.app import create_app
from kg.server.settings import Settings


def serve(settings: Settings, *, on_start: Callable[[str], None]) -> None:
    """Serves a graph until it is interrupted.

    Args:
        settings: What was set.
        on_start: Is told the address.

    Raises:
        StoreError: The folder is no graph.
        OSError: The port is taken.
    """
    with _listening(settings) as (server, listener, url):
        on_start(url)
        server.run([listener])


@contextmanager
def background(settings: Settings) -> Iterator[str]:
    """Serves a graph beside the caller, in another thread; gives the address, which ends in a slash."""
    with _listening(settings) as (server, listener, url):
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        try:
            while not server.started and thread.is_alive():
                thread.join(0.01)
            yield url
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def _listening(settings: Settings) -> Iterator[tuple[uvicorn.Server, socket.socket, str]]:
    with socket.create_server((settings.host, settings.port)) as listener:
        config = uvicorn.Config(create_app(settings), http="h11", log_config=None, server_header=False)
        port = listener.getsockname()[1]
        yield uvicorn.Server(config), listener, f"http://{settings.host}:{port}/"
