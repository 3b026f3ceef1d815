"""The log: what became of each request, one line each on standard error.

It holds no query, no header, no content and no token; of an unexpected error it holds the kind and the places
in the code, not the message, which could quote them.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from http import HTTPStatus
from pathlib import PurePath
from types import MappingProxyType
from typing import Final

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OUTCOME: Final = "kg.outcome"
"""Key of an ASGI scope: how the request ended, where its connection knows better than its status."""
STATUS: Final = "kg.status"
"""Key of an ASGI scope: the status that its connection gave it."""
OUTCOMES = MappingProxyType(
    {
        HTTPStatus.REQUEST_TIMEOUT: "timed-out",
        HTTPStatus.GATEWAY_TIMEOUT: "timed-out",
        HTTPStatus.TOO_MANY_REQUESTS: "busy",
        HTTPStatus.SERVICE_UNAVAILABLE: "busy",
        HTTPStatus.INSUFFICIENT_STORAGE: "out-of-memory",
        HTTPStatus.INTERNAL_SERVER_ERROR: "failed",
    }
)
"""How requests end, by status; others are `answered` below 400, and `refused` from there."""
SIZE: Final = "kg.size"
"""Key of an ASGI scope: the bytes of the body that its connection sent in the place of the application."""
LEFT: Final = 499
"""The status, for the log, of a request whose client went away before it was answered, as of nginx."""
MOST_PATH = 200
"""Characters of a path that are logged."""

_REQUESTS = logging.getLogger("kg.server.requests")
_LOUD = MappingProxyType({"kg.server": logging.WARNING, "uvicorn.error": logging.ERROR})
"""Loggers that are heard, from which level on; uvicorn also warns of each request that is no HTTP."""


class LogFormat(StrEnum):
    """How the log is written."""

    JSON = "json"
    """A JSON object a line, for programs."""
    TEXT = "text"
    """For people."""
    NONE = "none"
    """Only what went wrong unexpectedly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A request that has ended."""

    method: str | None
    """None where its head could not be read, or was not waited for."""
    path: str | None
    """Percent-encoded, without the query."""
    route: str
    """The path's pattern, such as `/api/entities/{key}`; `other` where there is none."""
    status: int
    outcome: str
    seconds: float
    size: int = 0
    """Bytes of the answer's body."""
    rows: int | None = None
    waited: float | None = None
    """Seconds in which it waited for a worker."""
    client: str | None = None

    def fields(self) -> dict[str, object]:
        """What a line of the log says; what is not known is left out.

        >>> Seen(method="GET", path="/sparql", route="/sparql", status=200, outcome="answered",
        ...      seconds=0.0123, size=99, rows=1).fields()
        {'method': 'GET', 'path': '/sparql', 'status': 200, 'outcome': 'answered', 'ms': 12.3, 'bytes': 99, \
'rows': 1}
        """
        wait = None if self.waited is None else _milliseconds(self.waited)
        said = {
            "method": self.method,
            "path": None if self.path is None else self.path[:MOST_PATH],
            "status": self.status,
            "outcome": self.outcome,
            "ms": _milliseconds(self.seconds),
            "bytes": self.size,
            "rows": self.rows,
            "wait_ms": wait,
            "client": self.client,
        }
        return {name: value for name, value in said.items() if value is not None}


class _Noted:
    """What is learned of a request while it is answered."""

    __slots__ = ("rows", "waited")

    def __init__(self) -> None:
        self.rows: int | None = None
        self.waited: float | None = None


_NOTED: ContextVar[_Noted | None] = ContextVar("noted", default=None)


def note(*, rows: int | None = None, waited: float | None = None) -> None:
    """Notes for the log of the request that is being answered; None leaves what was noted.

    Args:
        rows: Rows or triples of the answer.
        waited: Seconds in which it waited for a worker.

    >>> note(rows=3)  # outside of a request nothing is noted
    """
    noted = _NOTED.get()
    if noted is None:
        return
    noted.rows = noted.rows if rows is None else rows
    noted.waited = noted.waited if waited is None else waited


def outcome_of(status: int) -> str:
    """How a request ended that got a status.

    >>> [outcome_of(status) for status in (200, 304, 400, 408, 429, 507)]
    ['answered', 'answered', 'refused', 'timed-out', 'busy', 'out-of-memory']
    """
    usual = "answered" if status < HTTPStatus.BAD_REQUEST else "refused"
    return OUTCOMES.get(HTTPStatus(status), usual)


class Journal:
    """Takes what has been seen to whoever wants it: the log, and the metrics."""

    def __init__(self, listeners: Iterable[Callable[[Seen], None]] = ()) -> None:
        self._listeners = (_log, *listeners)

    def write(self, seen: Seen) -> None:
        """Tells all of a request that has ended."""
        for listener in self._listeners:
            listener(seen)

    def refused(
        self, status: HTTPStatus, *, method: str | None, path: str | None, seconds: float, size: int
    ) -> None:
        """Tells all of a request that did not reach the application; None is what is not known of it."""
        self.write(
            Seen(
                method=method, path=path, route="other", status=status, outcome=outcome_of(status),
                seconds=seconds, size=size,
            )
        )  # fmt: skip


class Observer:
    """Stands around the application, and tells the journal of each request."""

    def __init__(self, app: ASGIApp, journal: Journal, *, logs_clients: bool = False) -> None:
        self.app = app
        self.journal = journal
        self.logs_clients = logs_clients

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Has the application answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, answer, noted = time.perf_counter(), _Watched(send, scope), _Noted()
        token = _NOTED.set(noted)
        try:
            await self.app(scope, receive, answer.send)
        finally:
            _NOTED.reset(token)
            self.journal.write(self._seen(scope, answer, noted, time.perf_counter() - started))

    def _seen(self, scope: Scope, answer: _Watched, noted: _Noted, seconds: float) -> Seen:
        status = scope.get(STATUS) or answer.status or HTTPStatus.INTERNAL_SERVER_ERROR
        client = scope.get("client") if self.logs_clients else None
        return Seen(
            method=scope["method"],
            path=sent_path(scope).decode("ascii", "replace"),
            route=_route_of(scope),
            status=int(status),
            outcome=scope.get(OUTCOME) or answer.outcome or outcome_of(status),
            seconds=seconds,
            size=scope.get(SIZE, 0 if scope["method"] == "HEAD" else answer.size),
            rows=noted.rows,
            waited=noted.waited,
            client=client[0] if client else None,
        )


def sent_path(scope: Scope) -> bytes:
    """The path as it was sent; some servers keep what stands behind `?` with it.

    >>> sent_path({"raw_path": b"/a%20b?c"})
    b'/a%20b'
    """
    sent: bytes = scope.get("raw_path") or scope["path"].encode()
    return sent.partition(b"?")[0]


def _route_of(scope: Scope) -> str:
    """The pattern of the path; Starlette notes which function answered only."""
    if route := scope.get("route"):
        return str(route.path)
    routes = getattr(scope.get("app"), "routes", ())
    answering = scope.get("endpoint")
    found = [route.path for route in routes if answering and getattr(route, "endpoint", None) is answering]
    return found[0] if found else "other"


class _Watched:
    """Counts an answer on its way."""

    def __init__(self, send: Send, scope: Scope) -> None:
        self._send = send
        self._scope = scope
        self.status: int | None = None
        self.size = 0
        self.outcome: str | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = LEFT if self._scope.get(OUTCOME) == "cancelled" else message["status"]
            self.outcome = "truncated" if "kg-truncated" in Headers(raw=message["headers"]) else None
        else:
            self.size += len(message.get("body", b""))
        await self._send(message)


def log_to_stderr(format_: LogFormat) -> None:
    """Writes the log to standard error, in place of where it went before."""
    handler = _Stderr()
    handler.setFormatter(_Lines(as_json=format_ is LogFormat.JSON))
    handler.addFilter(_is_no_end)
    for name, level in _LOUD.items():
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)
    _REQUESTS.setLevel(logging.WARNING if format_ is LogFormat.NONE else logging.INFO)


def _is_no_end(record: logging.LogRecord) -> bool:
    """Whether a record tells more than that a request ended since the server does, which is no fault."""
    return not (record.exc_info and isinstance(record.exc_info[1], asyncio.CancelledError))


class _Stderr(logging.Handler):
    """Writes to what standard error is now; that nobody reads it any more ends no request."""

    def emit(self, record: logging.LogRecord) -> None:
        with suppress(OSError, ValueError):
            sys.stderr.write(self.format(record) + "\n")
            sys.stderr.flush()


class _Lines(logging.Formatter):
    """Writes records as lines."""

    def __init__(self, *, as_json: bool) -> None:
        super().__init__()
        self._as_json = as_json

    def format(self, record: logging.LogRecord) -> str:
        when = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        fields = {"time": when.replace("+00:00", "Z"), **_fields(record)}
        return json.dumps(fields, ensure_ascii=True) if self._as_json else _in_words(fields)


def _log(seen: Seen) -> None:
    if _REQUESTS.isEnabledFor(logging.INFO):
        _REQUESTS.info("request", extra={"request": seen.fields()})


def _fields(record: logging.LogRecord) -> dict[str, object]:
    request = getattr(record, "request", None)
    if isinstance(request, dict):
        return request
    said: dict[str, object] = {"level": record.levelname.lower(), "message": record.getMessage().strip()}
    if record.exc_info and record.exc_info[1] is not None:
        said["error"] = type(record.exc_info[1]).__name__
        said["at"] = _places(record.exc_info[1])
    return said


def _places(error: BaseException) -> list[str]:
    """Where an error came from, innermost last; files by their last two names, not by where they lie."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{'/'.join(PurePath(f.filename).parts[-2:])}:{f.lineno} {f.name}" for f in frames]


def _in_words(fields: dict[str, object]) -> str:
    units = {"ms": "{} ms", "bytes": "{} bytes", "rows": "{} rows", "wait_ms": "waited {} ms"}
    return " ".join(units.get(name, "{}").format(value) for name, value in fields.items())


def _milliseconds(seconds: float) -> float:
    return round(1000 * seconds, 2)
