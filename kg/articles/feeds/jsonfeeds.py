"""Reads JSON Feed, versions 1 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

from kg.articles.feeds.dates import published_date
from kg.articles.feeds.fragments import html_text, is_shortened, line_text, plain_text
from kg.articles.feeds.identities import entry_id, with_own_ids
from kg.articles.feeds.records import Entry, Feed
from kg.articles.jsonlines import parse_object
from kg.errors import ArticleError

_VERSION = "jsonfeed.org/version/"
JSON_TYPE = "application/feed+json"


def read_json_feed(data: bytes, *, place: str, url: str | None, retrieved: datetime.datetime | None) -> Feed:
    """The feed that JSON holds; what is not as the format has it is left aside.

    Raises:
        ArticleError: It is no JSON, or no feed.

    >>> data = b'{"version": "https://jsonfeed.org/version/1.1", "title": "A", "items": []}'
    >>> read_json_feed(data, place="a.json", url=None, retrieved=None).title
    'A'
    """
    fields = parse_object(data.decode("utf-8-sig", "replace"), place=place)
    items = fields.get("items")
    if _VERSION not in _string(fields, "version") or not isinstance(items, list):
        raise ArticleError(
            f"{place!r} is no JSON Feed: it needs 'version' and 'items'; check the address.", place=place
        )
    title = line_text(_string(fields, "title")) or None
    reader = _Reader(title, url or _string(fields, "feed_url") or place, place, retrieved)
    entries = [reader.entry(item, number) for number, item in enumerate(items, 1) if isinstance(item, dict)]
    return Feed(title=title, entries=with_own_ids(entries), is_over=fields.get("expired") is True)


class _Reader:
    """What the entries of one feed share."""

    def __init__(self, title: str | None, base: str, place: str, retrieved: datetime.datetime | None) -> None:
        self._title = title
        self._base = base
        self._place = place
        self._retrieved = retrieved

    def entry(self, item: Mapping[str, object], number: int) -> Entry:
        """The entry that an item describes."""
        whole = plain_text(_string(item, "content_text")) or html_text(_string(item, "content_html"))
        summary = plain_text(_string(item, "summary"))
        url = self._link(_string(item, "url")) or self._link(_string(item, "external_url"))
        day, precision = published_date(_string(item, "date_published"), None, self._retrieved)
        title = line_text(_string(item, "title")) or None
        content = f"{title} {whole or summary}"
        return Entry(
            id=entry_id(_id(item), feed=self._base, url=url, content=content),
            place=f"{self._place} entry {number}",
            url=url,
            title=title,
            text=whole or summary,
            is_whole=bool(whole) and not is_shortened(whole),
            date=day,
            date_precision=precision,
            source=self._title,
            retrieved=self._retrieved,
        )

    def _link(self, text: str) -> str | None:
        return web_link(text, self._base)


def web_link(text: str, base: str) -> str | None:
    """A link in full, if it is one of the web; None where it is none.

    >>> web_link("a", "https://news.example/feed"), web_link("tag:a", "https://news.example/feed")
    ('https://news.example/a', None)
    """
    try:
        link = urljoin(base, text.strip())
        parts = urlsplit(link)
    except ValueError:
        return None
    is_web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    return link if text.strip() and is_web and link.isprintable() else None


def _id(item: Mapping[str, object]) -> str:
    value = item.get("id")
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else _string(item, "id")


def _string(fields: Mapping[str, object], name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""
