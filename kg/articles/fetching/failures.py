"""Says in words what went wrong with a fetch."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPException

from urllib3.exceptions import (
    ConnectTimeoutError,
    HTTPError,
    NewConnectionError,
    ProtocolError,
    ReadTimeoutError,
)

from kg.articles.fetching.bodies import BrokenBodyError
from kg.articles.fetching.connections import Deadline
from kg.articles.fetching.records import FetchLimits
from kg.errors import FetchError

_PASSING = frozenset({408, 425, 429})
"""Of the statuses that blame the client, those that a later time may change (RFC 9110 and 6585)."""
_SERVERS = 500


@contextmanager
def explained(url: str, limits: FetchLimits, deadline: Deadline) -> Iterator[None]:
    """Turns errors of connections and bodies into one that says what, where and what to do."""
    try:
        yield
    except BrokenBodyError as error:
        raise _failure(url, _late(limits, deadline) or f"what came is broken: {error}") from error
    except (HTTPError, HTTPException, OSError, ValueError) as error:
        if isinstance(error, FetchError):
            raise
        if any(isinstance(one, ssl.SSLCertVerificationError) for one in (error, *error.args)):
            raise _untrusted(url, error) from error
        raise _failure(url, _late(limits, deadline) or _reason(error, limits)) from error


def refused_status(url: str, status: int, retry_after: float | None) -> FetchError:
    """The error for an answer that is neither what was asked for nor leads there."""
    try:
        phrase = f" ({HTTPStatus(status).phrase})"
    except ValueError:
        phrase = ""
    is_passing = status in _PASSING or status >= _SERVERS
    later = f" after {retry_after:.0f} s" if retry_after else " later"
    advice = f"try again{later}" if is_passing else "check the address, and whether it is open to everybody"
    return FetchError(
        f"{url!r} cannot be fetched: its server answers {status}{phrase}; {advice}.",
        url=url,
        status=status,
        retry_after=retry_after,
        is_passing=is_passing,
    )


def too_big(url: str, most: int) -> FetchError:
    """The error for a body that is larger than it may be."""
    return FetchError(
        f"{url!r} is not read: it has more than {most:,} bytes; if it should, download it by other means "
        "and give the file.",
        url=url,
    )


def _failure(url: str, reason: str) -> FetchError:
    return FetchError(f"{url!r} cannot be fetched: {reason}; try again later.", url=url, is_passing=True)


def _late(limits: FetchLimits, deadline: Deadline) -> str | None:
    if not deadline.is_over:
        return None
    seconds = limits.file_seconds if deadline.seconds > limits.total_seconds else limits.total_seconds
    return f"it took longer than {seconds:g} s in all"


_REASONS: tuple[tuple[tuple[type[Exception], ...], str], ...] = (
    ((NewConnectionError, ConnectionRefusedError), "it takes no connection ({words})"),
    ((ConnectTimeoutError,), "it took no connection within {limits.connect_seconds:g} s"),
    ((ReadTimeoutError, TimeoutError), "nothing came for {limits.read_seconds:g} s"),
    ((ProtocolError, ConnectionError), "the connection ended before all had come ({words})"),
    ((OSError,), "the connection failed ({words})"),
)
"""What errors of the connection mean; the first that fits."""


def _reason(error: Exception, limits: FetchLimits) -> str:
    for kinds, reason in _REASONS:
        if isinstance(error, kinds):
            return reason.format(limits=limits, words=_words(error))
    return f"its answer is not HTTP as it should be ({_words(error)})"


def _untrusted(url: str, error: Exception) -> FetchError:
    return FetchError(
        f"{url!r} cannot be fetched: its certificate is not to be trusted ({_words(error)}); if it is one of "
        "your own, name the file of who signs them in SSL_CERT_FILE.",
        url=url,
    )


def _words(error: Exception) -> str:
    """The last part of a message of urllib3, which begins with the connection's own description."""
    text = " ".join(str(error).split())
    return text.rpartition(": ")[2][:120] or type(error).__name__
