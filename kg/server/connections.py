"""Connections: HTTP/1.1 as uvicorn and h11 speak it, within the limits of size, number and time.

What is refused here never reaches the application: heads that are no HTTP (RFC 9112) or too large, bodies
that are too large or too slow, readers that are too slow, and connections beyond the number that may be. A
request whose end two programs could see in different places (RFC 9112, section 11.2) is refused; all lengths
are left to h11.
"""

from __future__ import annotations

import asyncio
import math
import re
import socket
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast

import h11
import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle
from uvicorn.server import ServerState

from kg.server.logs import OUTCOME, SIZE, STATUS, Journal, outcome_of
from kg.server.problems import PROBLEM, ProblemError
from kg.server.reading import RequestReader, malformed
from kg.server.security import PROTECTION, check_settings
from kg.server.settings import KIBI, Limits, Settings

PROGRESS = 32 * KIBI
"""Bytes that a client must take in the seconds for sending: half of what may wait to be sent."""
SPARE = 5.0
"""Seconds that requests may take at the end beyond the limit of a query: to send what was found."""
ESCAPES = 4
"""How much longer a form is than the query in it: escapes make three bytes of one."""
MOST_REFUSED = 64
"""Connections beyond the number that are told so at a time; others are closed without a word."""
LINGER = 2.0
"""Seconds in which a client that was refused may still send, so that it reads why (RFC 9112, section 9.6)."""

_UNFINISHED = frozenset(
    {
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.REQUEST_URI_TOO_LONG,
        HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    }
)
"""Statuses of heads that did not come whole, which then wait to be read; else what waits may be a body."""
_LINE = re.compile(rb"([A-Z]{1,20}) ([!-~]+)")
"""A request's line as far as it came: its method and target."""
_ANSWERING = frozenset({h11.IDLE, h11.SEND_RESPONSE})
"""States in which an answer can still be begun."""


def configured(app: Starlette, settings: Settings) -> uvicorn.Config:
    """How uvicorn runs the application.

    Raises:
        SettingsError: The server would be open to whom it should not be.
    """
    check_settings(settings)
    return uvicorn.Config(
        app,
        http=Connection,
        ws="none",
        lifespan="off",  # the pool begins before and ends after; see `kg.server.serving`
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=math.ceil(settings.limits.seconds + SPARE),
    )


def listening(settings: Settings) -> socket.socket:
    """The socket to which clients connect.

    Raises:
        OSError: The address is none of this machine, or the port is taken.
    """
    host = settings.host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.create_server((host, settings.port), family=family)
    # Connections have it from here; asyncio sets it for sockets that it made itself, and without it an answer
    # in two pieces waits 40 ms for the client's acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listener


def address_of(settings: Settings, listener: socket.socket) -> str:
    """The address of the first page; it ends in a slash.

    >>> from pathlib import Path
    >>> settings = Settings(graph=Path("graph"), port=0)
    >>> with listening(settings) as listener:
    ...     address_of(settings, listener)[:17]
    'http://127.0.0.1:'
    """
    host = settings.host.strip("[]")
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}/"


class Connection(H11Protocol):
    """A connection of a client."""

    def __init__(
        self,
        config: uvicorn.Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        state = cast("Starlette", config.app).state
        self.limits: Limits = state.settings.limits
        self.journal: Journal = state.journal
        self.timeout_keep_alive = self.limits.idle_seconds
        self.conn: RequestReader = RequestReader(self.limits, body=_longest_body(state.settings))
        self.is_ending = False
        self.idle_since = 0.0
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._unsent = 0
        self._began = 0.0

    @property
    def is_idle(self) -> bool:
        """Whether no request is under way whose headers have come."""
        return self.conn.their_state is h11.IDLE

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as in uvicorn
        """Takes the connection, or refuses it if there are too many."""
        super().connection_made(transport)
        self.idle_since = self._began = self.loop.time()
        beyond = len(self.connections) - self.limits.connections
        if beyond > MOST_REFUSED:
            self.is_ending = True
            transport.abort()
            return
        if beyond > 0 and not self._make_room():
            self._refuse(_too_many(self.limits))
            return
        self._time("head", self.limits.header_seconds, self._end_head)

    def connection_lost(self, exc: Exception | None) -> None:
        """Ends what was to happen."""
        for timer in self._timers.values():
            timer.cancel()
        self._mark("cancelled")
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Takes what came; of one that was refused nothing more is looked at."""
        if self.is_ending:
            return
        if self.is_idle and not self.conn.trailing_data[0]:
            self._began = self.loop.time()
        super().data_received(data)
        self._time_request()

    def on_response_complete(self) -> None:
        """Goes on to the next request, once all is written."""
        self.conn.method = self.conn.target = b""
        self.idle_since = self._began = self.loop.time()
        super().on_response_complete()
        if self.transport.get_write_buffer_size():
            self._watch_sending()
        if not (self.is_ending or self.transport.is_closing()):
            self._time_request()

    def send_400_response(self, msg: str) -> None:
        """Refuses what h11, or its reader here, could not take."""
        self._refuse(self.conn.refusal or malformed())

    def pause_writing(self) -> None:
        """The client does not keep up."""
        super().pause_writing()
        self._watch_sending()

    def resume_writing(self) -> None:
        """It has taken what waited."""
        super().resume_writing()
        self._stop("send")

    def shutdown(self) -> None:
        """Ends the connection once its request is answered."""
        if self.is_ending:
            self.transport.abort()
        else:
            super().shutdown()

    def _should_upgrade(self) -> bool:
        return False  # to websockets or HTTP/2; a server may ignore the wish (RFC 9110, section 7.8)

    def _make_room(self) -> bool:
        """Ends the connection that has been without a request longest; False if all have one."""
        others = [one for one in self.connections if isinstance(one, Connection) and one is not self]
        idle = [one for one in others if one.is_idle and not one.is_ending]
        if not idle:
            return False
        oldest = min(idle, key=lambda one: one.idle_since)
        oldest.is_ending = True
        oldest.transport.close()
        self.connections.discard(oldest)  # not only when the loop comes round to it
        return True

    def _time_request(self) -> None:
        """Starts and stops the clocks of the head and the body of a request."""
        if self.is_ending:
            return
        theirs = self.conn.their_state
        if theirs is not h11.IDLE:
            self._stop("head")
        elif self.conn.trailing_data[0]:
            self._time("head", self.limits.header_seconds, self._end_head)
        if theirs is h11.SEND_BODY:
            self._time("body", self.limits.body_seconds, self._end_body)
        else:
            self._stop("body")

    def _end_head(self) -> None:
        if not self.conn.trailing_data[0]:  # nothing ever came, so that there is nothing to answer
            self.is_ending = True
            self.transport.close()
        else:
            self._refuse(_late("headers", self.limits.header_seconds))

    def _end_body(self) -> None:
        self._refuse(_late("body", self.limits.body_seconds))

    def _watch_sending(self) -> None:
        if "send" not in self._timers:
            self._unsent = self.transport.get_write_buffer_size()
            self._time("send", self.limits.send_seconds, self._check_sending)

    def _check_sending(self) -> None:
        self._timers.pop("send", None)
        left = self.transport.get_write_buffer_size()
        if left == 0:
            return
        if self._unsent - left >= PROGRESS:
            self._watch_sending()
            return
        self._mark("cut")
        self.transport.abort()

    def _time(self, what: str, seconds: float, then: Callable[[], None]) -> None:
        if what not in self._timers:
            self._timers[what] = self.loop.call_later(seconds, then)

    def _stop(self, what: str) -> None:
        if timer := self._timers.pop(what, None):
            timer.cancel()

    def _mark(self, outcome: str, status: HTTPStatus | None = None) -> bool:
        """Notes for the log of the request that is under way how it ended first; False if there is none."""
        cycle: RequestResponseCycle | None = self.cycle
        if cycle is None or cycle.response_complete:
            return False
        scope = cast("dict[str, object]", cycle.scope)
        scope.setdefault(OUTCOME, outcome)
        if status is not None:
            scope[STATUS] = int(status)
        return True

    def _refuse(self, problem: ProblemError) -> None:
        """Says why, and ends the connection."""
        self.is_ending = True
        for what in ("head", "body"):
            self._stop(what)
        self._unset_keepalive_if_required()
        is_answerable = self.conn.our_state in _ANSWERING
        body = bytes(problem.response().body) if is_answerable and self.conn.method != b"HEAD" else b""
        if not self._mark(outcome_of(problem.status), problem.status):
            self._tell_refused(problem.status, len(body))
        else:
            self.cycle.scope[SIZE] = len(body)  # type: ignore[typeddict-unknown-key]  # ours
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if is_answerable:
            self._answer(problem)
            self.flow.resume_reading()
            self._time("linger", LINGER, self.transport.abort)
            self.transport.write_eof()
        else:  # in the midst of an answer, or after it, so that no other can be given
            self.transport.close()

    def _tell_refused(self, status: HTTPStatus, size: int) -> None:
        """Tells the log of a request that does not reach the application what is known of it."""
        method, target = self.conn.method, self.conn.target
        if not method and status in _UNFINISHED and (found := _LINE.match(self.conn.trailing_data[0])):
            method, target = found.groups()
        path = target.partition(b"?")[0].decode("ascii", "replace")
        seconds = self.loop.time() - self._began
        self.journal.refused(
            status, method=method.decode("ascii") or None, path=path or None, seconds=seconds, size=size
        )

    def _answer(self, problem: ProblemError) -> None:
        body = problem.response().body
        headers = {
            "Content-Type": PROBLEM,
            "Content-Length": str(len(body)),
            "Connection": "close",
            **problem.headers,
            **PROTECTION,
        }
        named = [(name.encode(), value.encode()) for name, value in headers.items()]
        answer = h11.Response(
            status_code=problem.status,
            headers=[*self.server_state.default_headers, *named],
            reason=problem.status.phrase.encode(),
        )
        self.transport.write(self.conn.send(answer))
        if self.conn.method != b"HEAD":
            self.transport.write(self.conn.send(h11.Data(data=bytes(body))))
        self.transport.write(self.conn.send(h11.EndOfMessage()))


def _longest_body(settings: Settings) -> int:
    """Bytes of a body that is taken: bodies are held in memory, and only updates need long ones."""
    limits = settings.limits
    return limits.body if settings.is_writable else min(limits.body, ESCAPES * limits.query)


def _late(what: str, seconds: float) -> ProblemError:
    verb = "have" if what == "headers" else "has"
    return ProblemError(
        HTTPStatus.REQUEST_TIMEOUT,
        f"The {what} of the request {verb} not come within {seconds:g} seconds; send it again.",
    )


def _too_many(limits: Limits) -> ProblemError:
    return ProblemError(
        HTTPStatus.SERVICE_UNAVAILABLE,
        f"There are {limits.connections} connections already, which is the limit of this server; try again.",
        headers={"Retry-After": "1"},
    )
