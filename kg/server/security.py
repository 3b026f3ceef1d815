"""Who may ask, by which name of the server, and from which pages: what each request passes first.

A token (RFC 6750) keeps strangers out. Names of hosts are checked against DNS rebinding. Pages elsewhere may
not ask through the browser of somebody who can reach the server: `Origin` (RFC 6454) and `Sec-Fetch-Site`
(W3C Fetch Metadata) tell them, and listed ones are answered by CORS (WHATWG Fetch). No cookie is set or read.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import re
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.server.problems import ProblemError
from kg.server.settings import LEAST_MEMORY, MEBI, Settings, SettingsError

FEWEST_CHARACTERS = 16
"""Of a token: 16 random letters and digits are 95 bits, which nobody guesses over a network."""
HEALTH: Final = ("/health", "/health/ready")
"""Paths that are answered under any name and without a token; what they say is of no use to others."""
_OPEN = frozenset({*HEALTH, "/", "/query", "/robots.txt", "/favicon.ico"})
"""Paths that are answered without a token; none tells what is in the graph."""
STATIC: Final = "/static/"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

# The pages have no inline script and no inline style, and nothing may show them in a frame.
CONTENT_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)
PROTECTION = MappingProxyType(
    {
        "Content-Security-Policy": CONTENT_POLICY,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
)
"""Headers of every answer, where a route has not set its own."""
_EXPOSED = "ETag, Kg-Generation, Kg-Truncated, Link, Location, Retry-After, WWW-Authenticate"
_SENT = "Accept, Authorization, Content-Type, If-Match, If-None-Match, Prefer"
_READING, _WRITING = "GET, HEAD, POST", "GET, HEAD, POST, PUT, PATCH, DELETE"
_AGE = "600"
"""Seconds that a browser may remember the answer to a preflight: ten minutes, so that a change soon holds."""

_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")
MOST_PORT = 2**16 - 1
_HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::[0-9]{0,5})?")
_ORIGIN = re.compile(r"https?://(?:\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?")


def check_settings(settings: Settings) -> None:
    """Checks that a server with these settings keeps out whom it should.

    Raises:
        SettingsError: It would not, or an origin or the token is no such thing.

    >>> from pathlib import Path
    >>> check_settings(Settings(graph=Path("graph"), host="0.0.0.0"))
    Traceback (most recent call last):
    kg.server.settings.SettingsError: 0.0.0.0 can be reached from other machines; give a token \
(--token-file, KG_TOKEN), or say --behind-proxy if a reverse proxy decides who may ask.
    """
    if settings.token is not None:
        _check_token(settings.token)
    if settings.is_writable and settings.token is None:
        raise SettingsError(
            "Updates are only taken from clients with a token; give one (--token-file, KG_TOKEN)."
        )
    if not (is_loopback(settings.host) or settings.token or settings.is_behind_proxy):
        raise SettingsError(
            f"{settings.host or 'Every address'} can be reached from other machines; give a token "
            "(--token-file, KG_TOKEN), or say --behind-proxy if a reverse proxy decides who may ask."
        )
    if settings.limits.memory < LEAST_MEMORY:
        raise SettingsError(
            f"{settings.limits.memory:,} bytes of memory (--max-memory) are too few for any query; "
            f"give {LEAST_MEMORY // MEBI}M or more, 2G as a rule."
        )
    for origin in settings.origins:
        if origin != "*" and not (_ORIGIN.fullmatch(origin.lower()) and _has_port(origin)):
            raise SettingsError(f"{origin!r} is no origin; write it as https://example.org, without a path.")
    for host in settings.hosts:
        if not _HOST.fullmatch(host.lower()) or not _has_port(host):
            raise SettingsError(f"{host!r} is no name of a host; write it as graph.example.org.")


def _has_port(name: str) -> bool:
    """Whether the port that ends a name or an origin is one, if there is one (RFC 9110, section 4.2.1)."""
    port = re.search(":([0-9]+)$", name)
    return port is None or 0 < int(port[1]) <= MOST_PORT


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine only.

    >>> [is_loopback(host) for host in ("localhost", "127.0.0.2", "::1", "0.0.0.0", "example.org", "")]
    [True, True, True, False, False, False]
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def may_write(request: Request) -> None:
    """Lets a request pass that changes the graph.

    Raises:
        ProblemError: 403 where the server takes no updates; 401 where the token is missing or wrong.
    """
    settings: Settings = request.app.state.settings
    if not settings.is_writable:
        raise ProblemError(
            HTTPStatus.FORBIDDEN,
            "This server takes no updates; whoever runs it can allow them with --writable.",
        )
    check_token(request.headers, settings)


def check_token(headers: Headers, settings: Settings) -> None:
    """Lets a request pass that bears the token, or any where there is none (RFC 6750).

    The comparison takes the same time whatever is given.

    Raises:
        ProblemError: 401 or, where the header is not one, 400.
    """
    if settings.token is None:
        return
    given = headers.getlist("authorization")
    if len(given) > 1:
        raise _unauthorized(
            "The request has several headers Authorization; send one.", error="invalid_request"
        )
    scheme, _, token = (given[0] if given else "").partition(" ")
    if scheme.lower() != "bearer":
        raise _unauthorized("This server answers with a token only; send `Authorization: Bearer TOKEN`.")
    if not hmac.compare_digest(_digest(token.strip()), _digest(settings.token)):
        raise _unauthorized("The token is not that of this server.", error="invalid_token")


class Guard:
    """What stands before the application: refuses, or hands on, and sets the headers of every answer."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.settings = settings
        self.origins = frozenset(origin.lower() for origin in settings.origins)
        names = {settings.host, *settings.hosts}
        self.hosts = LOOPBACK | {name.lower().strip("[]").rstrip(".") for name in names if name}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request, or has the application answer it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if self.settings.is_behind_proxy:
            _take_forwarded(scope)
        headers = Headers(scope=scope)

        async def _send(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._protect(MutableHeaders(scope=message), headers)
            await send(message)

        await self._chosen(scope, headers)(scope, receive, _send)

    def _chosen(self, scope: Scope, headers: Headers) -> ASGIApp:
        """What answers: the application, or what is to be said instead."""
        path = scope["path"]
        if path in HEALTH:
            return self.app
        try:
            self._check_host(scope, headers)
            if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
                return self._preflight(headers)
            self._check_origin(scope, headers)
            if path not in _OPEN and not path.startswith(STATIC):
                check_token(headers, self.settings)
            _check_coding(headers)
            if path == "*":  # OPTIONS asks what the server as a whole takes (RFC 9110, section 9.3.7)
                return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Allow": self._methods})
        except ProblemError as error:
            return error.response()
        return self.app

    @property
    def _methods(self) -> str:
        return _WRITING if self.settings.is_writable else _READING

    def _check_host(self, scope: Scope, headers: Headers) -> None:
        host = headers.get("host")
        if host is None:  # HTTP/1.0, which no browser speaks, so that no name can have been rebound
            return
        name = _name_of(host)
        bound = (scope.get("server") or ("",))[0]
        if name in self.hosts or name == bound:
            return
        raise ProblemError(
            HTTPStatus.MISDIRECTED_REQUEST,
            f"This server does not go by the name {name!r}; whoever runs it can add it with --allow-host.",
        )

    def _preflight(self, headers: Headers) -> Response:
        if not self._is_listed(headers.get("origin", "")):
            raise _foreign()
        allowed = {
            "Access-Control-Allow-Methods": self._methods,
            "Access-Control-Allow-Headers": _SENT,
            "Access-Control-Max-Age": _AGE,
            "Vary": "Access-Control-Request-Method, Access-Control-Request-Headers",
        }
        return Response(status_code=HTTPStatus.NO_CONTENT, headers=allowed)

    def _check_origin(self, scope: Scope, headers: Headers) -> None:
        """Refuses what a page elsewhere asks for; that somebody follows a link is no such thing."""
        origin = headers.get("origin")
        if origin is not None:
            if not (self._is_listed(origin) or _is_own(origin, headers)):
                raise _foreign()
            return
        if headers.get("sec-fetch-site", "none") in {"none", "same-origin"}:
            return
        is_followed = (
            scope["method"] in {"GET", "HEAD"}
            and headers.get("sec-fetch-mode") == "navigate"
            and headers.get("sec-fetch-dest", "document") == "document"
        )
        if not is_followed:
            raise _foreign()

    def _is_listed(self, origin: str) -> bool:
        return "*" in self.origins or origin.lower() in self.origins

    def _protect(self, answer: MutableHeaders, asked: Headers) -> None:
        for name, value in PROTECTION.items():
            answer.setdefault(name, value)
        if not self.origins:
            return
        answer.add_vary_header("Origin")
        origin = asked.get("origin", "")
        if origin and self._is_listed(origin):
            answer["Access-Control-Allow-Origin"] = origin
            answer["Access-Control-Expose-Headers"] = _EXPOSED


def _check_token(token: str) -> None:
    if len(token) < FEWEST_CHARACTERS:
        raise SettingsError(
            f"The token has {len(token)} characters, which can be guessed; take {FEWEST_CHARACTERS} or more, "
            "as `openssl rand -hex 32` gives them."
        )
    if not _TOKEN.fullmatch(token):
        raise SettingsError(
            "The token has characters that no header can carry; take letters, digits and -._~+/ (RFC 6750)."
        )


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _unauthorized(detail: str, *, error: str | None = None) -> ProblemError:
    is_malformed = error == "invalid_request"
    status = HTTPStatus.BAD_REQUEST if is_malformed else HTTPStatus.UNAUTHORIZED
    challenge = 'Bearer realm="kg"' + (f', error="{error}"' if error else "")
    return ProblemError(status, detail, headers={"WWW-Authenticate": challenge})


def _foreign() -> ProblemError:
    return ProblemError(
        HTTPStatus.FORBIDDEN,
        "Pages of other origins may not ask this server; whoever runs it can add one with --allow-origin.",
    )


def _name_of(host: str) -> str:
    """The name in a header Host, without its port."""
    found = _HOST.fullmatch(host.lower())
    if found is None:
        raise ProblemError(
            HTTPStatus.BAD_REQUEST, "The header Host is no name of a host; send one as HTTP/1.1 has it."
        )
    return str(found[1] or found[2]).rstrip(".")


def _is_own(origin: str, headers: Headers) -> bool:
    """Whether an origin is this server's own, by its host and port; a proxy may speak another scheme."""
    scheme, _, authority = origin.lower().partition("://")
    return scheme in {"http", "https"} and authority == headers.get("host", "").lower()


def _check_coding(headers: Headers) -> None:
    """Refuses bodies that are compressed: a small one can hold a very large one."""
    if headers.get("content-encoding", "identity").strip().lower() in {"", "identity"}:
        return
    raise ProblemError(
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        "Bodies are taken uncompressed only; send it without Content-Encoding.",
        headers={"Accept-Encoding": "identity"},
    )


def _take_forwarded(scope: Scope) -> None:
    """Takes the client's address and the scheme as the proxy tells them.

    Of several addresses the last is the one that the proxy itself saw; a client can write the others.
    """
    headers = Headers(scope=scope)
    given = headers.getlist("x-forwarded-for")
    if given:
        scope["client"] = (given[-1].rpartition(",")[2].strip(), 0)
    scheme = headers.get("x-forwarded-proto", "").lower()
    if scheme in {"http", "https"}:
        scope["scheme"] = scheme
