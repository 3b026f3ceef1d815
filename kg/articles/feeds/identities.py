"""Gives entries ids that are unique in all the world, as far as the feed allows."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from kg.articles.feeds.records import Entry

_WORLDWIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
"""A URI (RFC 3986), which Atom asks for and RSS has where a `guid` is a permalink."""
_LONGEST = 1_000
"""Characters of an id; a longer one is stood for by its digest."""


def entry_id(given: str, *, feed: str, url: str | None, content: str) -> str:
    """The id of an entry: the one given, else its link, else made of what it says.

    Args:
        given: `guid`, `atom:id` or `id`; empty where there is none.
        feed: The feed's address or name, which tells ids apart that are unique in one feed only.
        url: The entry's link.
        content: What it says.

    >>> entry_id("7", feed="https://news.example/feed", url=None, content="")
    'https://news.example/feed#7'
    """
    own = " ".join(given.split())
    if own and len(own) <= _LONGEST:
        return own if _WORLDWIDE.fullmatch(own) else f"{feed}#{own}"
    if own:
        return f"{feed}#{_digest(own)}"
    return url or f"{feed}#{_digest(content)}"


def with_own_ids(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries, each with an id of its own: those that share one go by their links, and what is the same once.

    >>> pair = [Entry(id="7", place="a", url="http://a"), Entry(id="7", place="b", url="http://b")]
    >>> [entry.id for entry in with_own_ids([*pair, pair[0]])]
    ['http://a', 'http://b']
    """
    distinct = list({(entry.id, entry.url, entry.title, entry.text): entry for entry in entries}.values())
    shared = Counter(entry.id for entry in distinct)
    found: dict[str, Entry] = {}
    for entry in distinct:
        own = entry if shared[entry.id] == 1 else replace(entry, id=entry.url or _told_apart(entry))
        if own.id in found and found[own.id].text != own.text:
            own = replace(own, id=_told_apart(own))
        found.setdefault(own.id, own)
    return tuple(found.values())


def _told_apart(entry: Entry) -> str:
    return f"{entry.id}#{_digest(f'{entry.title} {entry.text}')}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
