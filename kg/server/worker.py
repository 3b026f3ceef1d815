"""A worker: a process that does one task after another on a store that it has open, until it is killed.

It is forked by `kg.server.forkserver`, with a socket to the main process, over which come what it is to be
and then tasks, and go results. A reader opens a snapshot for reading; a writer opens the graph itself for
writing, and closes it when it is told to. Errors that are not `KgError` are faults of ours, and end it.
"""

from __future__ import annotations

import hashlib
import json
import pickle
import signal
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice

from kg.errors import KgError, StoreError
from kg.exploration.keeping import keep_columns, open_columns
from kg.exploration.ontology import ontology
from kg.server import isolation, outcomes
from kg.server.api.endpoints import index_at
from kg.server.channel import PIECE, Frame, Message, pack, pack_message, receive
from kg.server.operations import CHANGES, OPERATIONS, Meta, Opened
from kg.server.problems import ProblemError
from kg.server.settings import Settings
from kg.store import Store
from kg.store.engine import is_lock
from kg.store.folder import begin_writing, read_marker
from kg.store.results import Out
from kg.store.snapshots import State, state_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What a worker is told first."""

    settings: Settings
    """With the folder that it opens in the place of the graph's."""
    is_writer: bool
    makes_columns: bool = False
    """Whether a reader makes what drawings need of a graph, if nobody did (`kg.exploration.keeping`)."""


def digest(state: State) -> str:
    """Equal for equal states, also in another process."""
    return hashlib.sha256(repr(state).encode()).hexdigest()


def work(connection: socket.socket, parent: int) -> None:
    """Works until the main process is gone, or a writer is told to close.

    Args:
        connection: To the main process.
        parent: Process id of the parent.
    """
    isolation.leave(parent)
    first = receive(connection)
    if first is None:
        return
    orders: Orders = pickle.loads(first)  # noqa: S301  # from our own main process
    try:
        store, found = _open(orders)
    except KgError as error:
        connection.sendall(pack_message(Frame.ERROR, _explained(error)))
        return
    connection.sendall(pack_message(Frame.READY, {"state": found}))
    while content := receive(connection):
        _do(json.loads(content), orders, store, connection)
    if orders.is_writer:
        _close(store, connection)


def _open(orders: Orders) -> tuple[Store, str]:
    """The store, and for a writer the digest of the state in which it found the graph."""
    settings, found = orders.settings, ""
    try:
        store = Store.open(settings.graph, read_only=not orders.is_writer, patience=0)
    except StoreError as error:
        raise outcomes.locked() if is_lock(error.__cause__) else error from error
    if orders.is_writer:
        found = digest(state_of(settings.graph))
        begin_writing(settings.graph)
    else:
        _touch(store)
        index_at(store)
        ontology(store)
        if not open_columns(store) and orders.makes_columns:
            keep_columns(store)
    folder = settings.graph if orders.is_writer else settings.graph / read_marker(settings.graph).data
    isolation.lower(folder, memory=settings.limits.memory, is_writer=orders.is_writer)
    return store, found


def _touch(store: Store) -> None:
    """Reads something by each index, whereupon the engine opens its files."""
    data = store.data
    for quad in islice(data, 1):
        graph = quad.graph_name
        for found in (
            data.quads_for_pattern(quad.subject, None, None),
            data.quads_for_pattern(None, quad.predicate, None),
            data.quads_for_pattern(None, None, quad.object),
            data.quads_for_pattern(quad.subject, None, None, graph),
            data.quads_for_pattern(None, quad.predicate, None, graph),
            data.quads_for_pattern(None, None, quad.object, graph),
        ):
            next(found, None)


def _close(store: Store, connection: socket.socket) -> None:
    isolation.lift_memory()
    try:
        store.close()
    except KgError as error:
        connection.sendall(pack_message(Frame.ERROR, _explained(error)))
    else:
        connection.sendall(pack_message(Frame.DONE, {}))


def _do(task: Mapping[str, object], orders: Orders, store: Store, connection: socket.socket) -> None:
    waiting = bytearray()

    def _send(piece: bytes) -> None:
        waiting.extend(piece)
        while len(waiting) >= PIECE:
            connection.sendall(pack(Frame.DATA, bytes(waiting[:PIECE])))
            del waiting[:PIECE]

    limits = orders.settings.limits
    out = Out(_send, rows=limits.rows, size=limits.result)
    isolation.begin(float(str(task["seconds"])))
    try:
        meta = _operation(str(task["operation"]), orders, store)(task["arguments"], out)  # type: ignore[arg-type]  # an object
    except MemoryError:
        signal.raise_signal(signal.SIGABRT)  # as native code does
    except KgError as error:
        connection.sendall(pack_message(Frame.ERROR, _explained(error)))
    else:
        rest = pack(Frame.DATA, bytes(waiting)) if waiting else b""
        connection.sendall(rest + pack_message(Frame.DONE, meta))
    isolation.end()


def _operation(name: str, orders: Orders, store: Store) -> Callable[[Mapping[str, object], Out], Meta]:
    known = CHANGES if orders.is_writer else OPERATIONS
    opened = Opened(store, orders.settings)
    return lambda arguments, out: known[name](opened, arguments, out)


def _explained(error: KgError) -> Message:
    """What the main process is told of an error; see `kg.server.outcomes.refusal`."""
    place = {name: getattr(error, name) for name in ("line", "column") if getattr(error, name, None)}
    said: dict[str, object] = {"kind": type(error).__name__, "detail": str(error), "extra": place}
    if isinstance(error, ProblemError):
        said |= {"status": int(error.status), "extra": error.extra, "headers": error.headers}
    return said
