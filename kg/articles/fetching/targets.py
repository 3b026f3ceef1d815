"""Addresses of the web, taken apart once: by what is checked here it is also connected and asked."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote, urljoin, urlsplit

from kg.errors import FetchError

_PORTS = {"http": 80, "https": 443}
_LONGEST = 8_000
"""Characters; what servers are to take at least (RFC 9110, section 4.1)."""
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_.])?|[0-9a-f:.]+")
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
_RESERVED = "!$%&'()*+,/:;=?@[]~"
_CREDENTIALS = re.compile(r"//[^/?#]*@")
_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a request goes."""

    scheme: str
    host: str
    """In ASCII and lower case; an IPv6 address without its brackets."""
    port: int
    path: str
    """With its query, percent-encoded; never empty."""
    authorization: str | None = None
    """The header for a user and password that the address held; it goes to this origin alone."""

    @property
    def authority(self) -> str:
        """The host, and the port where it is not the usual one: the `Host` header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme, host and port (RFC 6454)."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The whole address, without user, password and fragment."""
        return f"{self.origin}{self.path}"

    def at(self, path: str) -> Target:
        """Another path of the same origin."""
        return replace(self, path=path)


def parse_target(url: str) -> Target:
    """What an address says.

    Raises:
        FetchError: It is none, or one of another scheme than http and https.

    >>> parse_target("https://Ana:secret@News.Example/a b?c#d").url
    Traceback (most recent call last):
    kg.errors.FetchError: 'https://…@News.Example/a b?c#d' is no web address: it holds a space, a ...
    >>> parse_target("https://Ana:secret@News.Example/ä?c#d").url
    'https://news.example/%C3%A4?c'
    """
    if len(url) > _LONGEST:
        raise _no_address(url, f"it has more than {_LONGEST:,} characters")
    if _FORBIDDEN.search(url):
        raise _no_address(url, "it holds a space, a control character or a backslash")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _ascii(parts.hostname or "")
    except ValueError as error:  # of which UnicodeError is one
        raise _no_address(url, str(error)) from error
    if parts.scheme not in _PORTS:
        raise _no_address(url, "only http and https are fetched")
    if not _HOST.fullmatch(host) or port == 0:
        raise _no_address(url, "it names no host that can be asked")
    query = f"?{parts.query}" if parts.query else ""
    return Target(
        scheme=parts.scheme,
        host=host,
        port=port or _PORTS[parts.scheme],
        path=quote(f"{parts.path or '/'}{query}", safe=_RESERVED),
        authorization=_basic(parts.username, parts.password),
    )


def redirected(target: Target, location: str) -> Target:
    """Where an answer of `target` leads; a user and password go along within the same origin only.

    Raises:
        FetchError: It leads to no address, to another scheme, or from https to http.
    """
    try:
        joined = urljoin(target.url, location.strip())
    except ValueError as error:
        raise _no_address(location, str(error)) from error
    new = parse_target(joined)
    if target.scheme == "https" and new.scheme == "http":
        raise FetchError(
            f"{target.url!r} leads from https to {new.url!r}, where anybody on the way can change what "
            "comes; if that is what you want, name that address.",
            url=target.url,
        )
    kept = target.authorization if new.origin == target.origin else None
    return replace(new, authorization=kept)


def shown(url: str) -> str:
    """An address as it may stand in a message: without user and password, and not without end.

    >>> shown("https://ana:secret@news.example/a")
    'https://…@news.example/a'
    """
    safe = _CREDENTIALS.sub("//…@", url)
    return safe if len(safe) <= _SHOWN else f"{safe[:_SHOWN]}…"


def _ascii(host: str) -> str:
    return host if host.isascii() else host.encode("idna").decode("ascii").lower()


def _basic(user: str | None, password: str | None) -> str | None:
    """The header of a user and password (RFC 7617)."""
    if user is None:
        return None
    pair = f"{unquote(user)}:{unquote(password or '')}".encode()
    return f"Basic {base64.b64encode(pair).decode('ascii')}"


def _no_address(url: str, reason: str) -> FetchError:
    return FetchError(
        f"{shown(url)!r} is no web address: {reason}; write it as https://HOST/PATH.", url=shown(url)
    )
