"""A worker: a process that opens a snapshot for reading and does one task after another, until it is killed.

It is started by the pool as `python -m kg.server.worker`, with a socket to the main process as its standard
input, over which come the settings and then tasks, and go results.
"""

from __future__ import annotations

import json
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from kg.errors import KgError
from kg.server.channel import PIECE, Frame, pack, pack_message, receive
from kg.server.operations import OPERATIONS, Opened
from kg.server.settings import Limits, Settings
from kg.store import Store
from kg.store.results import Out


def main() -> None:
    """Works until the main process is gone."""
    connection = socket.socket(fileno=sys.stdin.fileno())
    first = receive(connection)
    if first is None:
        return
    settings = read_settings(json.loads(first))
    opened = Opened(Store.open(settings.graph, read_only=True), settings)
    connection.sendall(pack_message(Frame.READY, {}))
    while (content := receive(connection)) is not None:
        _work(opened, json.loads(content), connection)


def read_settings(message: Mapping[str, object]) -> Settings:
    """The settings that a worker needs."""
    limits = Limits(**message["limits"])  # type: ignore[arg-type]  # as the pool wrote it
    return Settings(graph=Path(str(message["graph"])), limits=limits)


def _work(opened: Opened, task: Mapping[str, object], connection: socket.socket) -> None:
    limits = opened.settings.limits
    waiting = bytearray()

    def _send(piece: bytes) -> None:
        waiting.extend(piece)
        if len(waiting) >= PIECE:
            connection.sendall(pack(Frame.DATA, bytes(waiting)))
            waiting.clear()

    out = Out(_send, rows=limits.rows, size=limits.result)
    arguments = task["arguments"]
    try:
        meta = OPERATIONS[str(task["operation"])](opened, arguments, out)  # type: ignore[arg-type]  # an object
    except KgError as error:
        place = {name: getattr(error, name, None) for name in ("line", "column")}
        said = {"kind": type(error).__name__, "detail": str(error), **place}
        connection.sendall(pack_message(Frame.ERROR, said))
        return
    if waiting:
        connection.sendall(pack(Frame.DATA, bytes(waiting)))
    connection.sendall(pack_message(Frame.DONE, meta))


if __name__ == "__main__":
    main()
