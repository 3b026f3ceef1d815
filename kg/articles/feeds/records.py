"""What a feed says, whatever its format."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from kg.errors import ArticleError
from kg.types import DatePrecision


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed: an article, or what leads to it."""

    id: str
    """The entry's own id where that is one for all the world, else made of the feed's address and it."""
    place: str
    """Feed and number of the entry, for messages."""
    url: str | None = None
    """The page that it leads to; None where it leads to none."""
    title: str | None = None
    text: str = ""
    """Its paragraphs, apart by blank lines; empty where the feed gives none."""
    is_whole: bool = False
    """Whether `text` is the article, rather than a summary of it."""
    date: datetime.date | None = None
    """When it was published; None where that is not said, or cannot be. A change is no publication."""
    date_precision: DatePrecision = DatePrecision.DAY
    source: str | None = None
    """Who published it: where the entry was taken from, else the feed."""
    license: str | None = None
    retrieved: datetime.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as it was read."""

    title: str | None = None
    entries: tuple[Entry, ...] = ()
    """In the order of the feed; each id once."""
    refresh_seconds: float = 0.0
    """For how long it asks not to be read again; 0 where it asks nothing."""
    is_over: bool = False
    """Whether it says that nothing will be added any more."""
    problems: tuple[ArticleError, ...] = ()
    """What of it could not be read."""
