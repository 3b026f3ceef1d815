"""Requests to a store over HTTP: tried again where that is safe, and bounded in time and size.

What may be repeated is repeated after 429, 502, 503, 504 and broken connections (RFC 9110, section 9.2.2),
after a wait that doubles each time, at random between its half and its whole, so that clients that failed
together do not return together; or as long as Retry-After says (section 10.2.3).
"""

from __future__ import annotations

import datetime
import logging
import os
import random
import ssl
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlencode, urljoin, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3
from urllib3 import exceptions

from kg.errors import KgError, RemoteError
from kg.store.remote.answers import Answer
from kg.store.remote.authorization import LOCAL, Authorization
from kg.store.remote.credentials import Credentials
from kg.store.remote.settings import RemoteSettings

_LOGGER = logging.getLogger(__name__)
_TRANSIENT = frozenset({429, 502, 503, 504})
_KEEPS_METHOD = frozenset({307, 308})
_MOVED = frozenset({301, 302, 303}) | _KEEPS_METHOD
_MOST_MOVES = 3
_CHALLENGES = 3
"""Requests to a place that challenges: one without an answer, and one more where its nonce is stale."""
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 30.0
_MOST_PATIENCE = 120.0
"""Seconds that Retry-After may ask for; who has to wait longer wants to know."""
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a store is asked for."""

    method: str
    url: str
    parameters: Sequence[tuple[str, str]] = ()
    """Those of the address."""
    body: bytes | None = field(default=None, repr=False)
    content_type: str | None = None
    accept: str = "*/*"
    is_repeatable: bool = True
    """Whether it does the same when it is done twice."""

    @property
    def address(self) -> str:
        """The URL with its parameters."""
        if not self.parameters:
            return self.url
        return f"{self.url}{'&' if '?' in self.url else '?'}{urlencode(self.parameters)}"


class _TransientError(Exception):
    """The store cannot answer for the moment."""

    def __init__(self, wait: float | None) -> None:
        super().__init__()
        self.wait = wait
        """Seconds after which to ask again; None where the store does not say."""


class Transport:
    """Connections to a store, which are kept from one request to the next."""

    def __init__(
        self,
        settings: RemoteSettings,
        *,
        environment: Mapping[str, str] | None = None,
        credentials: Credentials | None = None,
    ) -> None:
        """Makes no connection yet.

        Args:
            settings: How a store is asked.
            environment: Where credentials are looked for; None for that of the process.
            credentials: Who asks; None for whom the environment or `.netrc` names.
        """
        self.settings = settings
        self._authorization = Authorization(os.environ if environment is None else environment, credentials)
        self._has_answered = False
        self._options: dict[str, Any] = {
            "retries": False,
            "maxsize": 2,  # one for what is asked, one for the signs of life of a push (`claims`)
            "ssl_context": _trusting(settings),
            "timeout": urllib3.Timeout(connect=settings.connect_timeout, read=settings.timeout),
        }
        self._pools: dict[str | None, urllib3.PoolManager] = {}

    def close(self) -> None:
        """Lets the connections go."""
        for pool in self._pools.values():
            pool.clear()

    def send(self, request: Request, read: Callable[[Answer], _Result]) -> _Result:
        """What is read of the answer to a request; both are tried again where that may help.

        Args:
            request: What is asked.
            read: Reads the answer, perhaps several times, where it was cut half-way; an answer of any status.

        Raises:
            RemoteError: There is no whole answer.
        """
        for attempt in range(1, self.settings.attempts + 1):
            is_last = attempt == self.settings.attempts or not request.is_repeatable
            try:
                return self._read(request, read, is_last=is_last)
            except _TransientError as error:
                wait = self._usual_wait(attempt) if error.wait is None else error.wait
            except KgError:
                raise
            except (exceptions.HTTPError, OSError) as error:
                if is_last or not self._is_transient(error):
                    raise self._failure(request, error) from error
                wait = self._usual_wait(attempt)
            _LOGGER.info("Asking %s again in %.1f s.", request.url, wait)
            self.settings.sleep(wait)
        raise AssertionError  # pragma: no cover  (the last attempt returns or raises)

    def _read(self, request: Request, read: Callable[[Answer], _Result], *, is_last: bool) -> _Result:
        with self._answered(request) as answer:
            if answer.status not in _TRANSIENT or is_last:
                return read(answer)
            raise _TransientError(self._asked_wait(answer))

    def _answered(self, request: Request) -> Answer:
        address = request.address
        for _ in range(_MOST_MOVES + 1):
            response = self._asked(request, address)
            target = response.headers.get("Location")
            if response.status not in _MOVED or not target:
                return Answer(response, request, self.settings, self._authorization.hidden)
            response.drain_conn()
            response.release_conn()
            address = self._moved(request, address, urljoin(address, target), response.status)
        raise RemoteError(f"{request.url} sends on and on, lastly to {_plain(address)}; give another.")

    def _asked(self, request: Request, address: str) -> urllib3.BaseHTTPResponse:
        """What a place answers, after its challenge where it has one."""
        for _ in range(_CHALLENGES):
            response = self._sent(request, address)
            challenge = response.headers.get("WWW-Authenticate")
            is_turned_away = response.status == HTTPStatus.UNAUTHORIZED
            if not is_turned_away or not self._authorization.is_asked_anew(address, challenge):
                break
            response.drain_conn()
            response.release_conn()
        return response

    def _sent(self, request: Request, address: str) -> urllib3.BaseHTTPResponse:
        response = self._pool(address).urlopen(
            request.method,
            address,
            body=request.body,
            headers=self._headers(request, address),
            preload_content=False,
            redirect=False,
            retries=False,
        )
        self._has_answered = True
        return response

    def _pool(self, address: str) -> urllib3.PoolManager:
        """Connections to a place, through the proxy that the environment names for it, if any."""
        proxy = proxy_of(address)
        if proxy not in self._pools:
            self._pools[proxy] = (
                urllib3.PoolManager(**self._options)
                if proxy is None
                else urllib3.ProxyManager(proxy, **self._options)
            )
        return self._pools[proxy]

    def _moved(self, request: Request, address: str, target: str, status: int) -> str:
        """Where a request goes on to, if it may: with its method kept, and to no one else with a secret."""
        before, after = urlsplit(address), urlsplit(target)
        keeps = status in _KEEPS_METHOD or request.method in {"GET", "HEAD"}
        is_same = before.hostname == after.hostname and (before.scheme, after.scheme) != ("https", "http")
        if not keeps or not is_same or after.scheme not in {"http", "https"}:
            raise RemoteError(
                f"{request.url} has moved to {_plain(target)} (status {status}); give that address if it is "
                "the store's.",
                status=status,
            )
        return target

    def _headers(self, request: Request, address: str) -> dict[str, str]:
        headers = {"Accept": request.accept, "Accept-Encoding": "identity", "User-Agent": "kg"}
        if request.content_type:
            headers["Content-Type"] = request.content_type
        authorization = self._authorization.header(request.method, address)
        if authorization:
            headers["Authorization"] = authorization
        return headers

    def _is_transient(self, error: Exception) -> bool:
        if isinstance(error, exceptions.NewConnectionError):
            return self._has_answered  # for then it is being started again
        if isinstance(error, (exceptions.SSLError, exceptions.TimeoutError)):
            return False
        return isinstance(error, (exceptions.ProtocolError, ConnectionError))

    @staticmethod
    def _asked_wait(answer: Answer) -> float | None:
        """Seconds that the store asks to be left alone; None where it does not say."""
        asked = seconds_of(answer.headers.get("Retry-After"))
        if asked is not None and asked > _MOST_PATIENCE:
            raise RemoteError(
                f"{answer.request.url} asks to be left alone for {asked:,.0f} s (status {answer.status}); "
                "try again then.",
                status=answer.status,
            )
        return asked

    @staticmethod
    def _usual_wait(attempt: int) -> float:
        longest: float = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** (attempt - 1))
        return longest * random.uniform(0.5, 1)  # noqa: S311  (no secret)

    def _failure(self, request: Request, error: Exception) -> RemoteError:
        return RemoteError(f"{request.url} {self._reason(error)}.")

    def _reason(self, error: Exception) -> str:
        said = self._authorization.hidden(str(error.__cause__ or error))[:200]
        if isinstance(error, exceptions.SSLError):
            return (
                f"cannot be trusted ({said}); give the certificate of its authority with --ca-file, or "
                "correct the address"
            )
        if isinstance(error, exceptions.ReadTimeoutError):
            return f"was silent for {self.settings.timeout:g} s; ask for less, or wait longer with --timeout"
        if isinstance(error, (exceptions.NewConnectionError, exceptions.TimeoutError)):
            return f"cannot be reached ({said}); check the address, and whether the store runs"
        return f"broke the connection off ({said}); run the same command again"


def proxy_of(address: str) -> str | None:
    """The proxy that `https_proxy` or `http_proxy` name for an address; None for places here, and `no_proxy`.

    >>> proxy_of("http://127.0.0.1:7878/query")
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    proxy = getproxies().get(parts.scheme)
    return None if not proxy or host in LOCAL or proxy_bypass(host) else proxy


def seconds_of(text: str | None) -> float | None:
    """Seconds that Retry-After asks for, as a number or until a date; None where it says nothing sensible.

    >>> seconds_of("3"), seconds_of("Thu, 01 Jan 1970 00:00:00 GMT"), seconds_of("soon")
    (3.0, 0.0, None)
    """
    if text is None:
        return None
    if text.strip().isdecimal():
        return float(text)
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    zoned = date if date.tzinfo else date.replace(tzinfo=datetime.UTC)
    return max(0.0, (zoned - datetime.datetime.now(datetime.UTC)).total_seconds())


def _trusting(settings: RemoteSettings) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if settings.ca_file is not None:
        try:
            context.load_verify_locations(settings.ca_file)
        except (OSError, ssl.SSLError) as error:
            _refuse_certificates(settings, error)
    return context


def _refuse_certificates(settings: RemoteSettings, error: Exception) -> NoReturn:
    raise RemoteError(
        f"The file {str(settings.ca_file)!r} holds no certificates ({error}); give one in PEM."
    ) from error


def _plain(url: str) -> str:
    """An address without what may be secret in it."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}"
