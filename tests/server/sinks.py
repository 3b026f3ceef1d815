"""What must receive nothing while a server is asked: a port that counts who connects, and a watched file."""

from __future__ import annotations

import ctypes
import os
import socket
import struct
import threading
from contextlib import suppress
from pathlib import Path

SECRET = "canary-5f1d"
_OPENED_OR_READ = 0x20 | 0x01
"""IN_OPEN and IN_ACCESS of inotify(7)."""


class Listener:
    """Takes connections on loopback, and answers each as a SPARQL service would, so that a client goes on."""

    def __init__(self) -> None:
        self.received: list[bytes] = []
        """What each connection sent first."""
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/data"
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while True:
            connection, _ = self._socket.accept()
            with connection:
                connection.settimeout(1)
                said = b""
                with suppress(OSError):
                    said = connection.recv(2**16)
                if said == b"end":
                    return
                self.received.append(said)
                body = f"<http://a.example/> <http://a.example/> '{SECRET}' ."
                with suppress(OSError):
                    head = (
                        f"HTTP/1.1 200 OK\r\nContent-Type: text/turtle\r\nContent-Length: {len(body)}\r\n\r\n"
                    )
                    connection.sendall((head + body).encode())

    def close(self) -> None:
        """Ends it."""
        with socket.create_connection(self._socket.getsockname()) as connection:
            connection.sendall(b"end")
        self._thread.join()
        self._socket.close()


class Canary:
    """A file of which the kernel tells when anybody opens or reads it."""

    def __init__(self, path: Path) -> None:
        path.write_text(f"<http://a.example/> <http://a.example/> '{SECRET}' .\n")
        self.url = path.as_uri()
        self.path = path
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._queue = self._libc.inotify_init1(os.O_NONBLOCK)
        assert self._queue >= 0
        assert self._libc.inotify_add_watch(self._queue, str(path).encode(), _OPENED_OR_READ) >= 0

    def events(self) -> int:
        """How often it was opened or read since the last time."""
        try:
            said = os.read(self._queue, 2**16)
        except BlockingIOError:
            return 0
        count = place = 0
        while place < len(said):
            (length,) = struct.unpack_from("I", said, place + 12)
            place += 16 + length
            count += 1
        return count

    def close(self) -> None:
        """Watches no more."""
        os.close(self._queue)
