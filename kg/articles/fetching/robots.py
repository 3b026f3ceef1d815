"""What hosts ask of programs in `robots.txt`, and keeps to it (RFC 9309)."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from kg.articles.fetching.records import PRODUCT
from kg.articles.fetching.targets import Target
from kg.errors import FetchError

MOST_BYTES = 512_000
"""Of a file that are read; at least 500 KiB must be (RFC 9309, section 2.5)."""
MOST_REDIRECTS = 5
"""That are followed to a file (RFC 9309, section 2.3.1.2)."""
_KEPT = 24 * 3600.0
"""Seconds that a file is believed (RFC 9309, section 2.4)."""
_KEPT_FAILURE = 600.0
"""Seconds until a file that could not be fetched is asked for again."""
_ORIGINS = 1_000
"""Whose files are remembered."""
_UNAVAILABLE = range(300, 500)
"""Statuses by which there is no file, and all is allowed (RFC 9309, section 2.3.1.3)."""
_TOO_MANY = 429


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    until: float
    parsed: Protego | None = None
    """None where all is allowed."""
    failure: FetchError | None = None
    """Why it is not known what is allowed; then nothing is, for now."""


class Robots:
    """The files of hosts, each read once a day."""

    def __init__(self, read: Callable[[Target], str], *, clock: Callable[[], float] = time.monotonic) -> None:
        """Keeps what `read` gives: the text of a `robots.txt`; a `FetchError` where there is none."""
        self._read = read
        self._clock = clock
        self._known: OrderedDict[str, _Rules] = OrderedDict()

    def obey(self, target: Target) -> float:
        """The seconds that a host asks to leave between requests (`Crawl-delay`); 0 where it asks nothing.

        Raises:
            FetchError: It asks not to fetch this target; or it cannot be known now, which comes to the same.
        """
        rules = self._rules(target)
        if rules.failure is not None:
            raise _not_now(target, rules.failure) from rules.failure
        if rules.parsed is None:
            return 0.0
        if not rules.parsed.can_fetch(target.url, PRODUCT):
            raise FetchError(
                f"{target.url!r} is not fetched: {target.origin}/robots.txt asks programs not to; ask who "
                "runs it, or save the page yourself and give the file.",
                url=target.url,
            )
        return rules.parsed.crawl_delay(PRODUCT) or 0.0

    def _rules(self, target: Target) -> _Rules:
        known = self._known.get(target.origin)
        if known is None or known.until < self._clock():
            known = self._known[target.origin] = self._fresh(target)
            if len(self._known) > _ORIGINS:
                self._known.popitem(last=False)
        return known

    def _fresh(self, target: Target) -> _Rules:
        now = self._clock()
        try:
            text = self._read(target.at("/robots.txt"))
        except FetchError as error:
            if error.status in _UNAVAILABLE and error.status != _TOO_MANY:
                return _Rules(until=now + _KEPT)
            return _Rules(until=now + (error.retry_after or _KEPT_FAILURE), failure=error)
        return _Rules(until=now + _KEPT, parsed=Protego.parse(text))


def _not_now(target: Target, failure: FetchError) -> FetchError:
    return FetchError(
        f"{target.url!r} is not fetched now, since it is not known what its host allows: {failure}",
        url=target.url,
        retry_after=failure.retry_after,
        is_passing=True,
    )
