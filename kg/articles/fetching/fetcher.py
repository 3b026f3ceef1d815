"""Fetches: checks, asks, follows, and gives the answer, in this order."""

from __future__ import annotations

import codecs
import datetime
import functools
import itertools
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType

from urllib3.response import BaseHTTPResponse

from kg.articles.fetching.addresses import (
    Resolver,
    addresses_of,
    refuse_private_host,
    system_addresses,
)
from kg.articles.fetching.bodies import ACCEPTED, BrokenBodyError, unpacked
from kg.articles.fetching.connections import Deadline, Route, connect, proxy_of, request
from kg.articles.fetching.failures import explained, refused_status, too_big
from kg.articles.fetching.pauses import Pauses, seconds_of
from kg.articles.fetching.records import USER_AGENT, Fetched, FetchLimits
from kg.articles.fetching.robots import MOST_BYTES, MOST_REDIRECTS, Robots
from kg.articles.fetching.targets import Target, parse_target, redirected
from kg.errors import FetchError

_ACCEPTED_TYPES = (
    "text/html, application/xhtml+xml, application/atom+xml, application/rss+xml, application/feed+json, "
    "*/*;q=0.5"
)
_PIECE = 2**16
_DIGITS = 18
"""Of a length that may be meant: an exabyte has 19."""
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FOR_GOOD = frozenset({301, 308})
_BUSY = frozenset({429, 503})
_UNCHANGED = 304
_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([\w.:+-]+)""", re.IGNORECASE)


@dataclass(slots=True, kw_only=True)
class Answer:
    """What a server has begun to send: all but its body, which `pieces` gives."""

    url: str
    status: int
    headers: Mapping[str, str]
    retrieved: datetime.datetime
    moved_to: str | None
    limits: FetchLimits
    response: BaseHTTPResponse = field(repr=False)
    deadline: Deadline = field(repr=False)
    _most: int = 0
    """Bytes that the body may have; 0 for those of a page or feed."""

    @property
    def content_type(self) -> str:
        """The media type in lower case, without parameters; empty where none is said."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def encoding(self) -> str | None:
        """The character encoding that is named, if Python knows it."""
        named = _CHARSET.search(self.headers.get("content-type", ""))
        try:
            return codecs.lookup(named[1]).name if named else None
        except LookupError:
            return None

    def pieces(self) -> Iterator[bytes]:
        """The body, unpacked, as it comes.

        Raises:
            FetchError: It is larger than a page or feed may be, takes too long, is cut off or broken.
        """
        yield from self._bounded()

    def allow_file(self) -> None:
        """Lets the body be as large, and take as long, as a file of articles may.

        Raises:
            FetchError: It says itself that it is larger.
        """
        self._most = self.limits.max_file_bytes
        said = self.headers.get("content-length", "").strip()
        if said.isascii() and said.isdigit():
            self._refuse(int(said[:_DIGITS]))
        self.deadline.extend(self.limits.file_seconds)

    def close(self) -> None:
        """Lets go of the connection."""
        self.response.close()
        self.deadline.stop()

    def _bounded(self) -> Iterator[bytes]:
        with explained(self.url, self.limits, self.deadline):
            size = 0
            for piece in unpacked(self._sent(), self.headers.get("content-encoding", "")):
                size += len(piece)
                self._refuse(size)
                yield piece

    def _sent(self) -> Iterator[bytes]:
        size = 0
        while piece := self.response.read1(_PIECE, decode_content=False):
            size += len(piece)
            self._refuse(size)
            yield piece
        if self.deadline.is_over:  # a body without a length ends with its connection
            raise BrokenBodyError("it was cut off")

    def _refuse(self, size: int) -> None:
        most = self._most or self.limits.max_bytes
        if size > most:
            raise too_big(self.url, most)


class Fetcher:
    """Fetches addresses one after the other, and remembers what their hosts ask for.

    One of these serves one thread; all that is fetched in a run should go through the same.

    Args:
        limits: What a fetch may take.
        resolve: Gives the addresses of hosts.
        pauses: Keeps the pauses.
    """

    def __init__(
        self,
        limits: FetchLimits | None = None,
        *,
        resolve: Resolver = system_addresses,
        pauses: Pauses | None = None,
    ) -> None:
        self.limits = limits or FetchLimits()
        self._resolve = resolve
        self._pauses = pauses or Pauses()
        self._robots = Robots(self._read_robots)

    def fetch(self, url: str, *, headers: Mapping[str, str] | None = None) -> Fetched:
        """What an address holds: a page or feed.

        Args:
            url: An address of http or https.
            headers: Further ones to send, such as `If-None-Match`.

        Raises:
            FetchError: It is refused, by us or by its host, or fails.
        """
        with self.open(url, headers=headers) as answer:
            return Fetched(
                url=answer.url,
                status=answer.status,
                content_type=answer.content_type,
                encoding=answer.encoding,
                data=b"".join(answer.pieces()),
                headers=answer.headers,
                retrieved=answer.retrieved,
                moved_to=answer.moved_to,
            )

    @contextmanager
    def open(self, url: str, *, headers: Mapping[str, str] | None = None) -> Iterator[Answer]:
        """The answer of an address while its body comes; what is not read is left.

        A host that is busy for a while is waited for.

        Raises:
            FetchError: It is refused, by us or by its host, or fails.
        """
        target = parse_target(url)
        for tried in itertools.count():
            try:
                answer = self._follow(target, headers or {}, self.limits.max_redirects, is_polite=True)
            except FetchError as error:
                wait = error.retry_after
                is_busy = error.status in _BUSY and wait is not None and wait <= self.limits.max_wait
                if not is_busy or tried >= self.limits.retries:
                    raise
                self._pauses.after(target.host, wait or 0.0)
            else:
                break
        try:
            yield answer
        finally:
            answer.close()

    def _follow(self, target: Target, headers: Mapping[str, str], most: int, *, is_polite: bool) -> Answer:
        """The answer in the end, which is no redirect; each step is checked as the first was."""
        spent, moved_to, is_for_good, host = 0.0, None, True, ""
        for _ in range(most + 1):
            route = self._route(target)
            delay = self._be_polite(target, is_first=target.host != host) if is_polite else 0.0
            try:
                answer = self._ask(target, route, headers, self.limits.total_seconds - spent)
            finally:
                self._pauses.after(target.host, delay)
            if answer.status not in _REDIRECTS:
                answer.moved_to = moved_to
                return self._accepted(answer)
            answer.close()
            spent, host = spent + answer.deadline.spent, target.host
            is_for_good = is_for_good and answer.status in _FOR_GOOD
            target = redirected(target, answer.headers.get("location", ""))
            moved_to = target.url if is_for_good else moved_to
        raise FetchError(
            f"{answer.url!r} leads on after {most} redirects, now to {target.url!r}; open it in a browser, "
            "and name the address where you arrive.",
            url=answer.url,
            status=answer.status,
        )

    def _be_polite(self, target: Target, *, is_first: bool) -> float:
        """Waits until a host may be asked; gives the pause that it wants after it."""
        delay = self._robots.obey(target)
        if is_first:  # a redirect within a host is part of the same request
            self._pauses.keep(target, longest=self.limits.max_wait)
        return max(delay, self.limits.pause)

    def _accepted(self, answer: Answer) -> Answer:
        if answer.status == _UNCHANGED or answer.status in range(200, 300):
            return answer
        answer.close()
        raise refused_status(answer.url, answer.status, seconds_of(answer.headers.get("retry-after")))

    def _route(self, target: Target) -> Route:
        """How a target is reached, if it may be.

        By a proxy it is the proxy that knows the addresses of names.
        """
        proxy = proxy_of(target)
        if proxy is None:
            found = addresses_of(target, self._resolve, allow_private=self.limits.allow_private)
            return Route(addresses=tuple(found))
        if not self.limits.allow_private:
            refuse_private_host(target)
        return Route(proxy=proxy)

    def _ask(self, target: Target, route: Route, headers: Mapping[str, str], seconds: float) -> Answer:
        """The answer of a target itself, whose deadline is running."""
        deadline = Deadline(max(seconds, 0.001))
        try:
            with explained(target.url, self.limits, deadline):
                connection = connect(target, route, seconds=self.limits.connect_seconds, deadline=deadline)
                connection.timeout = self.limits.read_seconds
                response = request(connection, target, route, {**_request_headers(target), **headers})
        except FetchError:
            deadline.stop()
            raise
        return Answer(
            url=target.url,
            status=response.status,
            headers=MappingProxyType({name.lower(): value for name, value in response.headers.items()}),
            retrieved=datetime.datetime.now(datetime.UTC),
            moved_to=None,
            limits=self.limits,
            response=response,
            deadline=deadline,
        )

    def _read_robots(self, target: Target) -> str:
        answer = self._follow(target, {}, MOST_REDIRECTS, is_polite=False)
        try:
            data = b"".join(_first(answer.pieces(), MOST_BYTES))
        finally:
            answer.close()
        return data[:MOST_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")


def fetch(url: str, *, limits: FetchLimits | None = None) -> Fetched:
    """What an address of the web holds: a page or feed.

    Args:
        url: An address of http or https.
        limits: What it may take; None for the usual limits.

    Raises:
        FetchError: It is refused, by us or by its host, or fails.

    >>> fetch("http://127.0.0.1/")
    Traceback (most recent call last):
    kg.errors.FetchError: 'http://127.0.0.1/' is not fetched: '127.0.0.1' is the address, which is ...
    """
    return shared_fetcher(limits or FetchLimits()).fetch(url)


@functools.lru_cache(maxsize=4)
def shared_fetcher(limits: FetchLimits) -> Fetcher:
    """The fetcher that all with the same limits share, so that pauses are kept between what they fetch.

    >>> shared_fetcher(FetchLimits()) is shared_fetcher(FetchLimits())
    True
    """
    return Fetcher(limits)


def _request_headers(target: Target) -> dict[str, str]:
    known = {
        "Host": target.authority,
        "User-Agent": USER_AGENT,
        "Accept": _ACCEPTED_TYPES,
        "Accept-Encoding": ACCEPTED,
        "Connection": "close",
    }
    return known | ({"Authorization": target.authorization} if target.authorization else {})


def _first(pieces: Iterator[bytes], most: int) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        yield piece
        size += len(piece)
        if size >= most:
            return
