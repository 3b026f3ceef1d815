"""Connects to the addresses that were checked, or to the user's proxy, and ends what takes too long."""

from __future__ import annotations

import functools
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse
from urllib3.util import make_headers

from kg.articles.fetching.targets import Target, shown
from kg.errors import FetchError


class Deadline:
    """A moment at which a connection is shut, whatever it is waiting for.

    Timeouts of sockets begin anew with every byte, and so does a server that sends one now and then.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.is_over = False
        self._began = time.monotonic()
        self._connection: HTTPConnection | None = None
        self._socket: socket.socket | None = None
        self._timer = self._start()

    @property
    def spent(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self._began

    @property
    def remaining(self) -> float:
        """Seconds that are left; never quite 0, which sockets take for not waiting at all."""
        return max(0.001, self.seconds - self.spent)

    def stop(self) -> None:
        """Ends the connection, if there is one."""
        self._timer.cancel()
        if self._connection is not None:
            self._connection.close()

    def extend(self, seconds: float) -> None:
        """Moves the end to so many seconds after the beginning."""
        self._timer.cancel()
        self.seconds = seconds
        self._timer = self._start()

    def watch(self, connection: HTTPConnection) -> None:
        """Takes charge of a connection, which is being made."""
        self._connection, self._socket = connection, None

    def hold(self) -> None:
        """Notes the socket of the connection: an answer that ends with it takes it away from there."""
        self._socket = self._connection.sock if self._connection else None

    def _start(self) -> threading.Timer:
        timer = threading.Timer(self.remaining, self._end)
        timer.daemon = True
        timer.start()
        return timer

    def _end(self) -> None:
        self.is_over = True
        held = self._socket or (self._connection.sock if self._connection else None)
        if held is None:
            return
        with suppress(OSError):  # it may have ended by itself
            # Not the method of `SSLSocket`, which takes from the reader what it is reading with.
            socket.socket.shutdown(held, socket.SHUT_RDWR)


def proxy_of(target: Target) -> str | None:
    """The proxy that the environment names for a target; None where there is none.

    It is named by `https_proxy`, `http_proxy` or `all_proxy`, unless `no_proxy` names the host.
    """
    proxies = getproxies()
    named = proxies.get(target.scheme) or proxies.get("all")
    return None if not named or proxy_bypass(target.authority) else named


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How a target is reached: at one of its addresses, or by a proxy."""

    addresses: tuple[str, ...] = ()
    """IP addresses, in the order of trying."""
    proxy: str | None = None


def connect(target: Target, route: Route, *, seconds: float, deadline: Deadline) -> HTTPConnection:
    """A connection to the first of the addresses that takes one, or to the proxy.

    Args:
        target: Whose name the server is called by, and its certificate is held to.
        route: What to connect to.
        seconds: How long each attempt may take.
        deadline: Watches the connection.

    Raises:
        FetchError: The proxy is not named as `http://HOST:PORT`.
        OSError: None takes one; the error is that of the last. `HTTPError` of urllib3 likewise.
    """
    last: OSError | HTTPError = OSError(f"no address is known of {target.host!r}")
    ends = _proxy_end(route.proxy) if route.proxy else [(host, target.port) for host in route.addresses]
    for host, port in ends:
        connection = _connection(target, host, port, min(seconds, deadline.remaining))
        if route.proxy and target.scheme == "https":  # the proxy sees no more than whom it leads to
            headers = _proxy_headers(route.proxy)
            connection.set_tunnel(target.host, target.port, headers=headers, scheme="http")
        try:
            deadline.watch(connection)
            connection.connect()
        except (OSError, HTTPError) as error:
            connection.close()
            last = error
        else:
            deadline.hold()
            return connection
        if deadline.is_over:
            break
    raise last


def request(
    connection: HTTPConnection, target: Target, route: Route, headers: Mapping[str, str]
) -> BaseHTTPResponse:
    """The answer to a request for a target, with its body still to be read.

    Raises:
        OSError: The connection fails. `HTTPError` of urllib3 and `HTTPException` likewise.
    """
    is_forwarded = route.proxy is not None and target.scheme == "http"
    own = _proxy_headers(route.proxy) if route.proxy and is_forwarded else {}
    path = target.url if is_forwarded else target.path
    connection.request("GET", path, headers={**headers, **own}, preload_content=False, decode_content=False)
    return connection.getresponse()


def _connection(target: Target, host: str, port: int, seconds: float) -> HTTPConnection:
    if target.scheme == "http":
        return HTTPConnection(host, port, timeout=seconds)
    return HTTPSConnection(
        host, port, timeout=seconds, ssl_context=_tls(), server_hostname=target.host.rstrip(".")
    )


def _tls() -> ssl.SSLContext:
    """Certificates of the system, or of `SSL_CERT_FILE`, which is looked up each time that it has changed."""
    paths = ssl.get_default_verify_paths()
    return _tls_of(paths.cafile, paths.capath)


@functools.lru_cache(maxsize=4)
def _tls_of(file: str | None, folder: str | None) -> ssl.SSLContext:  # the key of the cache
    return ssl.create_default_context()


def _proxy_end(proxy: str) -> list[tuple[str, int]]:
    """Host and port of a proxy.

    Raises:
        FetchError: It is not named as `http://HOST:PORT`.
    """
    try:
        parts = _proxy_parts(proxy)
        host, port = parts.hostname, parts.port or 80
    except ValueError:
        host, port = None, 0
    if not host or parts.scheme != "http":
        raise FetchError(
            f"The proxy {shown(proxy)!r} of the environment cannot be used; name it as http://HOST:PORT, "
            "or name hosts that need none in no_proxy."
        )
    return [(host, port)]


def _proxy_headers(proxy: str) -> dict[str, str]:
    """What tells a proxy who asks; nothing where its address holds no user."""
    parts = _proxy_parts(proxy)
    if parts.username is None:
        return {}
    return make_headers(proxy_basic_auth=f"{unquote(parts.username)}:{unquote(parts.password or '')}")


def _proxy_parts(proxy: str) -> SplitResult:
    return urlsplit(proxy if "://" in proxy else f"http://{proxy}")
