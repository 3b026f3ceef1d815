"""Pauses between requests to one host."""

from __future__ import annotations

import datetime
import email.utils
import time
from collections import OrderedDict
from collections.abc import Callable

from kg.articles.fetching.targets import Target
from kg.errors import FetchError

_HOSTS = 10_000
"""Hosts that are remembered; the pause of one asked so many hosts ago is over."""


class Pauses:
    """When each host may be asked again.

    >>> waits = []
    >>> pauses = Pauses(wait=waits.append, clock=lambda: 100.0)
    >>> pauses.after("news.example", 2.0)
    >>> from kg.articles.fetching.targets import parse_target
    >>> pauses.keep(parse_target("https://news.example/"), longest=60.0)
    >>> waits
    [2.0]
    """

    def __init__(
        self, *, wait: Callable[[float], object] = time.sleep, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._wait = wait
        self._clock = clock
        self._free: OrderedDict[str, float] = OrderedDict()

    def after(self, host: str, seconds: float) -> None:
        """Notes that a host was just asked, and is not to be for so long."""
        until = self._clock() + seconds
        self._free[host] = max(until, self._free.get(host, until))
        self._free.move_to_end(host)
        if len(self._free) > _HOSTS:
            self._free.popitem(last=False)

    def keep(self, target: Target, *, longest: float) -> None:
        """Waits until a target's host may be asked.

        Raises:
            FetchError: That is more than `longest` seconds.
        """
        left = self._free.get(target.host, 0.0) - self._clock()
        if left > longest:
            raise FetchError(
                f"{target.url!r} is not fetched now: {target.host!r} asks to be left alone for {left:.0f} s; "
                "try again later.",
                url=target.url,
                retry_after=left,
                is_passing=True,
            )
        if left > 0:
            self._wait(left)
            self._free.pop(target.host, None)


def seconds_of(retry_after: str | None) -> float | None:
    """How long `Retry-After` asks to wait, in seconds from now (RFC 9110, section 10.2.3); None for nothing.

    >>> seconds_of("120"), seconds_of("soon"), seconds_of("Mon, 06 Apr 2020 10:00:00 GMT")
    (120.0, None, 0.0)
    """
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])  # thirty years are for ever
    try:
        moment = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return None
    now = datetime.datetime.now(datetime.UTC)
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or datetime.UTC) - now).total_seconds())
