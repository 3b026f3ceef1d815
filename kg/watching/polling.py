"""Asks one feed what is new, and says what is known of it then."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kg.articles.feeds import Entry, Feed, looks_like_feed, read_feed
from kg.articles.feeds.links import page_feeds
from kg.articles.fetching import Fetched, Fetcher
from kg.articles.fetching.targets import parse_target
from kg.errors import ArticleError, FetchError
from kg.watching.schedule import fresh_seconds, wished_moment
from kg.watching.state import FeedState, digest

_GONE = 410
_ACCEPTED = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
    "text/xml;q=0.9, */*;q=0.5"
)
_HEAD = 4_096
_PLAIN = re.compile(r"[\x21-\x7e \t]{1,1000}")
"""What a header may hold that goes back to the server as it came."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What came of asking a feed."""

    state: FeedState
    """What is known of it now; its `etag` and `modified` are still those of before."""
    new: tuple[Entry, ...] = ()
    """Entries that were not dealt with yet, in the order of the feed."""
    present: tuple[str, ...] | None = None
    """The ids of all its entries; None where it was not read."""
    etag: str | None = None
    modified: str | None = None
    """What makes it be sent only if it has changed since, once all that is new was dealt with."""
    said: str = ""
    """What came of it, in words."""
    failure: ArticleError | None = None
    problems: tuple[ArticleError, ...] = ()


def poll(url: str, state: FeedState, fetcher: Fetcher, *, now: datetime.datetime) -> Poll:
    """Asks a feed, unless it has not changed; whatever fails is told, not raised.

    Args:
        url: Its address as the user gives it, which may hold a password.
        state: What was known of it.
        fetcher: What fetches.
        now: The moment, in UTC.
    """
    asked = replace(state, polled=now)
    try:
        found = fetcher.fetch(_address(url, state), headers=_conditions(state))
        if found.is_unchanged:
            return _unchanged(asked, found, now)
        return _read(asked, found, now)
    except ArticleError as error:
        return _failed(asked, error, now)


def _read(state: FeedState, found: Fetched, now: datetime.datetime) -> Poll:
    feed = _feed(found)
    seen = frozenset(state.seen)
    new = tuple(entry for entry in feed.entries if digest(entry.id) not in seen)
    wished = max(feed.refresh_seconds, fresh_seconds(found.headers))
    moved = f"; it has moved for good to {found.moved_to}, so change your list" if found.moved_to else ""
    over = "; it says that nothing more will come" if feed.is_over else ""
    return Poll(
        state=replace(
            state,
            failures=0,
            is_over=feed.is_over,
            moved_to=found.moved_to or state.moved_to,
            refresh_seconds=feed.refresh_seconds,
            not_before=wished_moment(now, wished),
        ),
        new=new,
        present=tuple(entry.id for entry in feed.entries),
        etag=_sendable(found.headers, "etag"),
        modified=_sendable(found.headers, "last-modified"),
        said=f"{len(feed.entries)} entries, {len(new)} new{moved}{over}",
        problems=feed.problems,
    )


def _unchanged(state: FeedState, found: Fetched, now: datetime.datetime) -> Poll:
    wished = max(state.refresh_seconds, fresh_seconds(found.headers))
    later = replace(state, failures=0, not_before=wished_moment(now, wished))
    return Poll(state=later, etag=state.etag, modified=state.modified, said="unchanged")


def _failed(state: FeedState, error: ArticleError, now: datetime.datetime) -> Poll:
    status = error.status if isinstance(error, FetchError) else None
    retry_after = error.retry_after if isinstance(error, FetchError) else None
    failures = state.failures + 1
    if status == _GONE:
        gone = replace(state, failures=failures, is_over=True)
        return Poll(state=gone, said=f"{error} It is gone for good, and is asked no more.", failure=error)
    later = replace(
        state,
        failures=failures,
        not_before=wished_moment(now, retry_after or 0.0),
        moved_to=None,  # where it was said to have moved, it may not be any more
    )
    return Poll(state=later, said=str(error), failure=error)


def _feed(found: Fetched) -> Feed:
    """The feed that was fetched.

    Raises:
        ArticleError: It is none; where it is a page, the feeds are named that it leads to.
    """
    if not looks_like_feed(found.data[:_HEAD], found.content_type):
        leads = page_feeds(found.data, found.url)
        advice = f"give the address of its feed, {leads[0]!r}" if leads else "check the address"
        raise ArticleError(f"{found.url!r} is no feed; {advice}.", place=found.url)
    return read_feed(
        found.data, place=found.url, url=found.url, encoding=found.encoding, retrieved=found.retrieved
    )


def _address(url: str, state: FeedState) -> str:
    """Where a feed is now; one with a password stays where the user says it is."""
    has_password = parse_target(url).authorization is not None
    return url if state.moved_to is None or has_password else state.moved_to


def _conditions(state: FeedState) -> dict[str, str]:
    """What has a server send the feed, and only if it has changed (RFC 9110, sections 12.5.1 and 13.1)."""
    given = {"Accept": _ACCEPTED, "If-None-Match": state.etag, "If-Modified-Since": state.modified}
    return {name: value for name, value in given.items() if value is not None}


def _sendable(headers: Mapping[str, str], name: str) -> str | None:
    value = headers.get(name, "")
    return value if _PLAIN.fullmatch(value) else None
