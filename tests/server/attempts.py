"""Operations that try what a worker must not do, or do what ends one; run as the process that forks workers.

`python -m tests.server.attempts` stands in for `kg.server.forkserver`; with ATTEMPTS_BARE set, the system is
one without seccomp and Landlock.
"""

from __future__ import annotations

import errno
import os
import resource
import signal
import socket
import subprocess
import time
from pathlib import Path

import pyoxigraph as ox

from kg.errors import QueryError
from kg.server import forkserver, isolation, worker
from kg.server.operations import OPERATIONS
from kg.store.snapshots import state_of


def outcome(attempt):
    """The name of the error that an attempt ends with, or `done`."""
    try:
        attempt()
    except OSError as error:
        return errno.errorcode.get(error.errno, str(error))
    return "done"


def trial(opened, arguments, _out):
    place = arguments.get("path", "/")
    attempts = {
        "read": lambda: os.open(place, os.O_RDONLY),
        "write": lambda: os.open(f"{place}.new", os.O_WRONLY | os.O_CREAT),
        "socket": socket.socket,
        "pair": socket.socketpair,
        "run": lambda: subprocess.Popen(["/bin/true"]).wait(),
        "kill": lambda: os.kill(os.getppid(), 0),
        "remove": lambda: Path(place).unlink(),
    }
    return {"outcome": outcome(attempts[arguments["attempt"]])}


def limits(opened, _arguments, _out):
    names = ("RLIMIT_AS", "RLIMIT_FSIZE", "RLIMIT_CORE", "RLIMIT_NOFILE")
    return {
        "limits": {name: resource.getrlimit(getattr(resource, name)) for name in names},
        "priority": os.getpriority(os.PRIO_PROCESS, 0),
        "pid": os.getpid(),
        "another descriptor": outcome(lambda: os.dup(0)),
    }


def run(opened, arguments, out):
    """Any query, unguarded."""
    found = opened.store.data.query(arguments["query"], use_default_graph_as_union=True)
    rows = 0
    for row in found if not isinstance(found, ox.QueryBoolean) else ():
        rows += 1
        out.write(str(row).encode())
    return {"rows": rows}


def sleep(_opened, arguments, out):
    out.write(b"slept")
    time.sleep(arguments["duration"])
    return {"pid": os.getpid()}


def spin(_opened, arguments, _out):
    end = time.monotonic() + arguments["duration"]
    while time.monotonic() < end:
        pass
    return {"pid": os.getpid()}


def large(_opened, arguments, out):
    for number in range(arguments["pieces"]):
        out.write(bytes([number % 256]) * 1000)
    return {"type": "application/octet-stream"}


def end(_opened, arguments, _out):
    signal.raise_signal(arguments["signal"]) if "signal" in arguments else os._exit(arguments["status"])
    time.sleep(10)
    return {}


def hoard(_opened, arguments, _out):
    return {"bytes": len(bytearray(arguments["bytes"]))}


def fault(_opened, _arguments, _out):
    raise RuntimeError("a fault of ours")


def speak(_opened, arguments, _out):
    """Ends as native code does, which writes its last words in pieces."""
    for piece in arguments["pieces"]:
        os.write(2, piece.encode())
        time.sleep(0.01)
    return end(_opened, {"signal": signal.SIGABRT}, _out)


def refuse(_opened, _arguments, _out):
    raise QueryError("Line 2, column 3: no.", query="x", line=2, column=3)


def count(opened, _arguments, _out):
    """Counts twice, with time between: one request sees one state."""
    first = sum(1 for _ in opened.store.articles())
    time.sleep(0.2)
    return {"articles": first, "again": sum(1 for _ in opened.store.articles())}


def insert(opened, arguments, out):
    graph = ox.NamedNode("https://example.org/graph")
    node = ox.NamedNode(f"https://example.org/{arguments['name']}")
    opened.store.data.extend(
        [ox.Quad(node, graph, ox.Literal(number), graph) for number in range(arguments.get("count", 1))]
    )
    out.write(b"inserted")
    return {"is_settled": state_of(opened.store.path).is_settled}


def update(opened, arguments, _out):
    opened.store.data.update(arguments["update"])
    return {}


def insert_and_end(opened, arguments, out):
    insert(opened, arguments, out)
    signal.raise_signal(signal.SIGKILL)
    return {}


def writer_trial(_store, arguments, out):
    return trial(None, arguments, out)


if __name__ == "__main__":
    tried = (trial, limits, run, sleep, spin, large, end, hoard, fault, refuse, speak, count)
    worker.OPERATIONS = {**OPERATIONS, **{one.__name__: one for one in tried}}
    changes = {one.__name__: one for one in (insert, update, insert_and_end)}
    worker.CHANGES = {**changes, "trial": writer_trial}
    if os.environ.get("ATTEMPTS_BARE"):
        isolation.refuse_calls = lambda: False
        isolation.restrict_files = lambda _folder, *, is_writing: False
    forkserver.main()
