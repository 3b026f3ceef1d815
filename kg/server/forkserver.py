"""A process that has loaded what workers need, and forks them: to start one takes milliseconds.

It is started by the main process as `python -m kg.server.forkserver`, with a socket as its standard input.
A line is `fork`, with which comes the socket that the new worker talks over, or `end PID`. It answers with
`forked PID`, in the order of what was asked, or `forked -` where the system refuses, and `ended PID
STATUS`, the status as of waitpid(2) or `-`. It has one thread and no open store, so that to fork is sound.
When the main process is gone, it ends, and so do all workers.
"""

from __future__ import annotations

import gc
import importlib
import os
import select
import signal
import socket
import sys
import traceback
from contextlib import suppress

from kg.server import worker
from kg.server.api.answers import prepare
from kg.vocabulary import load_vocabulary

_LATER = ("_strptime", "encodings.idna", "encodings.latin_1", "encodings.utf_16", "json.decoder", "zoneinfo")
"""Modules that others import where they first use them, when a worker can open no file any more."""
_POLL = 0.005
"""Seconds between looks at workers that were told to end."""


def main() -> None:
    """Forks until the main process is gone."""
    for name in _LATER:
        importlib.import_module(name)
    load_vocabulary()
    prepare()
    gc.collect()
    gc.freeze()  # what is there stays shared with the workers
    server = ForkServer(socket.socket(fileno=os.dup(sys.stdin.fileno())))
    try:
        server.run()
    finally:
        server.end_all()


class ForkServer:
    """The processes that were forked."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._asked = b""
        self._connections: list[int] = []
        self._children: set[int] = set()
        self._ending: set[int] = set()

    def run(self) -> None:
        """Does what the main process asks, until it is gone."""
        self._say("ready")
        while True:
            if select.select([self._control], [], [], _POLL if self._ending else None)[0]:
                said, connections, _, _ = socket.recv_fds(self._control, 2**16, 64)
                if not said:
                    return
                self._connections += connections
                *lines, self._asked = (self._asked + said).split(b"\n")
                for line in lines:
                    self._do(line.decode())
            self._bury()

    def end_all(self) -> None:
        """Kills all, and waits until they are gone."""
        for pid in self._children:
            os.kill(pid, signal.SIGKILL)
        for pid in self._children:
            os.waitpid(pid, 0)

    def _do(self, line: str) -> None:
        if line == "fork":
            self._fork(self._connections.pop(0))
        else:
            pid = int(line.removeprefix("end "))
            if pid in self._children:
                os.kill(pid, signal.SIGKILL)  # not waited for yet, so nobody else has the number
                self._ending.add(pid)
            else:  # it was forked by another such process, which was killed, and ended with that
                self._say(f"ended {pid} -")

    def _fork(self, connection: int) -> None:
        parent = os.getpid()
        try:
            pid = os.fork()
        except OSError:  # too many processes, or too little memory, which may pass
            os.close(connection)
            self._say("forked -")
            return
        if pid == 0:
            self._become_worker(connection, parent)
        os.close(connection)
        self._children.add(pid)
        self._say(f"forked {pid}")

    def _become_worker(self, connection: int, parent: int) -> None:
        status = 1
        try:
            os.dup2(connection, sys.stdin.fileno())  # takes the place of the socket to the main process
            os.close(connection)
            self._control.close()
            worker.work(socket.socket(fileno=sys.stdin.fileno()), parent)
            status = 0
        except (BrokenPipeError, ConnectionResetError):  # the main process waits for it no more
            status = 0
        finally:
            if status:
                _tell_fault()
            os._exit(status)

    def _bury(self) -> None:
        for pid in sorted(self._ending):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if ended:
                self._ending.discard(pid)
                self._children.discard(pid)
                self._say(f"ended {pid} {status}")

    def _say(self, line: str) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):  # the next read tells
            self._control.sendall(f"{line}\n".encode())


def _tell_fault() -> None:
    """Writes the kind of the error and the places in the code; its words could quote a query."""
    kind, _, places = sys.exc_info()
    sys.stderr.write(f"{kind.__name__ if kind else 'Nothing'} at\n")
    traceback.print_tb(places)
    sys.stderr.flush()


if __name__ == "__main__":
    main()
