"""Reads requests as h11 does, and refuses what is too large, or could be understood in two ways."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import NoReturn

import h11

from kg.server.problems import ProblemError
from kg.server.settings import Limits

_ABSOLUTE = re.compile(rb"https?://([^/?#@]+)([^#]*)", re.IGNORECASE)


class RequestReader(h11.Connection):
    """Reads requests within the limits.

    Attributes:
        refusal: Why nothing more is read.
        method: That of the request, from when its head is read.
        target: Likewise its target, as sent.
    """

    def __init__(self, limits: Limits, *, body: int) -> None:
        """Begins with the first request.

        Args:
            limits: Those of the server.
            body: Bytes that a body may have.
        """
        super().__init__(h11.SERVER, limits.headers)
        self.limits = limits
        self.body = body
        self.refusal: ProblemError | None = None
        self.method = self.target = b""
        self._size = 0

    def next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        """The next event, a request's target in origin form.

        Raises:
            h11.RemoteProtocolError: It is no HTTP, or beyond a limit; `refusal` says which.
        """
        try:
            event = super().next_event()
            if isinstance(event, h11.Request):
                return self._head(event)
            if isinstance(event, h11.Data):
                self._size += len(event.data)
                self._check_size(self._size)
        except h11.RemoteProtocolError as error:
            self.refusal = self.refusal or self._refusal_of(error)
            raise
        return event

    def _head(self, request: h11.Request) -> h11.Request:
        self.method, self.target, self._size = request.method, request.target, 0
        headers = dict(request.headers)
        if not request.http_version.startswith(b"1."):
            self._end(
                ProblemError(HTTPStatus.HTTP_VERSION_NOT_SUPPORTED, "This server speaks HTTP/1.1; send that.")
            )
        lengths = [len(name) + len(value) + 4 for name, value in request.headers]
        if len(request.target) > self.limits.headers:
            self._end(_long_target(self.limits))
        if len(request.target) + sum(lengths) > self.limits.headers:
            self._end(_large_head(self.limits))
        if b"transfer-encoding" in headers and b"content-length" in headers:
            self._end(malformed("it has both Transfer-Encoding and Content-Length"))
        self._check_size(int(headers.get(b"content-length", b"0")))
        return self._in_origin_form(request)

    def _in_origin_form(self, request: h11.Request) -> h11.Request:
        """The request as one to this server; of the absolute form the host counts (RFC 9112, 3.2.2)."""
        if request.target.startswith(b"/") or (request.target == b"*" and request.method == b"OPTIONS"):
            return request
        found = _ABSOLUTE.fullmatch(request.target)
        if found is None:
            self._end(malformed("its target is no path"))
        host, target = found.groups()
        others = [(name, value) for name, value in request.headers if name != b"host"]
        return h11.Request(
            method=request.method,
            target=target if target.startswith(b"/") else b"/" + target,
            headers=[(b"host", host), *others],
            http_version=request.http_version,
        )

    def _check_size(self, size: int) -> None:
        if size > self.body:
            self._end(
                ProblemError(
                    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                    f"The body is longer than {self.body} bytes, which is the limit of this server; "
                    "send it in parts.",
                )
            )

    def _end(self, problem: ProblemError) -> NoReturn:
        self.refusal = problem
        raise h11.RemoteProtocolError(problem.detail, error_status_hint=int(problem.status))

    def _refusal_of(self, error: h11.RemoteProtocolError) -> ProblemError:
        if error.error_status_hint == HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE:
            has_line = b"\n" in self.trailing_data[0]
            return _large_head(self.limits) if has_line else _long_target(self.limits)
        if error.error_status_hint == HTTPStatus.NOT_IMPLEMENTED:
            return ProblemError(
                HTTPStatus.NOT_IMPLEMENTED, "Of the transfer codings only chunked is known; send that."
            )
        return malformed()


def malformed(reason: str = "RFC 9112 says how it is written") -> ProblemError:
    """What is said of a request that is no HTTP.

    >>> malformed("its target is no path").detail
    'The request is no valid HTTP/1.1: its target is no path.'
    """
    return ProblemError(HTTPStatus.BAD_REQUEST, f"The request is no valid HTTP/1.1: {reason}.")


def _long_target(limits: Limits) -> ProblemError:
    return ProblemError(
        HTTPStatus.REQUEST_URI_TOO_LONG,
        f"The address is longer than {limits.headers} bytes, which is the limit here; "
        "send the query by POST.",
    )


def _large_head(limits: Limits) -> ProblemError:
    return ProblemError(
        HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
        f"The address and the headers are longer than {limits.headers} bytes, which is the limit here; "
        "send the query by POST.",
    )
