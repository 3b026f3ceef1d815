"""Reads RSS 0.9 to 2.0, RDF and Atom by `feedparser`, which is given bytes and never an address.

It neither sanitises nor resolves links within the HTML of entries here: of that only the text is taken.
"""

from __future__ import annotations

import datetime
import io
import itertools
import re
from typing import Any

from kg.articles.feeds.dates import Published, published_date
from kg.articles.feeds.fragments import html_text, is_shortened, line_text, plain_text
from kg.articles.feeds.identities import entry_id, with_own_ids
from kg.articles.feeds.jsonfeeds import web_link
from kg.articles.feeds.records import Entry, Feed
from kg.articles.feeds.references import mended
from kg.errors import ArticleError

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_LONG = 2_000
"""Characters of a `description` that is the article itself: leads of agencies have 200 to 600."""
_PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}
"""Hours that `sy:updatePeriod` names (RDF Site Summary 1.0 Modules: Syndication)."""
MOST_ENTRIES = 5_000
"""Of a feed that are read; most have 10 to 100, and `feedparser` takes a second for 2,000."""
_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)\b")
_MINUTE, _HOUR = 60.0, 3600.0
_UPDATED = re.compile(rb"<(?:\w+:)?(?:updated|modified)\b")

_BUGS = (ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError, OverflowError)
"""What `feedparser` lets through of markup that it did not foresee."""

_Fields = Any
"""A `FeedParserDict`, which knows no types."""


def read_xml_feed(
    data: bytes,
    *,
    place: str,
    url: str | None,
    encoding: str | None,
    retrieved: datetime.datetime | None,
) -> Feed:
    """The feed that XML holds, well formed or not.

    Raises:
        ArticleError: It is no feed.

    >>> data = b"<rss><channel><title>A</title><item><guid>7</guid></item></channel></rss>"
    >>> read_xml_feed(data, place="a.xml", url=None, encoding=None, retrieved=None).entries[0].id
    'a.xml#7'
    """
    import feedparser

    headers = {"content-location": url or ""}
    if encoding is not None:
        headers["content-type"] = f"application/xml; charset={encoding}"
    first, problems = _first_entries(mended(data), place)
    try:
        parsed = feedparser.parse(
            io.BytesIO(first), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except _BUGS as error:
        raise ArticleError(
            f"{place!r} is no feed that can be read ({error}); tell who runs it.", place=place
        ) from error
    if not parsed.get("version") and not parsed.entries:
        raise ArticleError(
            f"{place!r} is no feed (RSS, Atom, RDF or JSON Feed); check the address.", place=place
        )
    reader = _Reader(parsed, data, place, url or place, retrieved)
    entries = [reader.entry(fields, number) for number, fields in enumerate(parsed.entries, 1)]
    return Feed(
        title=reader.title,
        entries=with_own_ids(entries),
        refresh_seconds=_refresh_seconds(parsed.feed),
        problems=problems,
    )


def _first_entries(data: bytes, place: str) -> tuple[bytes, tuple[ArticleError, ...]]:
    """A feed without the entries after so many, and what there is to say of that."""
    begins = itertools.islice(_ENTRY.finditer(data), MOST_ENTRIES, None)
    cut = next(begins, None)
    if cut is None:
        return data, ()
    message = f"{place!r} has more than {MOST_ENTRIES:,} entries; those after are not read."
    return data[: cut.start()], (ArticleError(message, place=place),)


class _Reader:
    """What the entries of one feed share."""

    def __init__(
        self, parsed: _Fields, data: bytes, place: str, base: str, retrieved: datetime.datetime | None
    ) -> None:
        self.title = _title(parsed.feed)
        self._license = _string(parsed.feed, "license")
        # `feedparser` calls `dc:date` an update, but in RSS it is the date of the entry.
        self._is_dc_date = str(parsed.get("version")).startswith("rss") and not _UPDATED.search(data)
        self._place = place
        self._base = base
        self._retrieved = retrieved

    def entry(self, fields: _Fields, number: int) -> Entry:
        """The entry that fields of `feedparser` describe."""
        text, is_whole = _text(fields)
        url = self._url(fields)
        title = _title(fields)
        day, precision = self._date(fields)
        given = _string(fields, "id")
        return Entry(
            id=entry_id(given, feed=self._base, url=url, content=f"{title} {text}"),
            place=f"{self._place} entry {number}",
            url=url,
            title=title,
            text=text,
            is_whole=is_whole or (len(text) > _LONG and not is_shortened(text)),
            date=day,
            date_precision=precision,
            source=_title(fields.get("source") or {}) or self.title,
            license=web_link(_string(fields, "license") or self._license, self._base),
            retrieved=self._retrieved,
        )

    def _url(self, fields: _Fields) -> str | None:
        sources = [content.get("src", "") for content in fields.get("content", ())]
        links = [_string(fields, "feedburner_origlink"), _string(fields, "link"), *sources]
        return next((link for text in links if (link := web_link(text, self._base))), None)

    def _date(self, fields: _Fields) -> Published:
        names = ("published", "updated") if self._is_dc_date else ("published",)
        name = next((name for name in names if dict.__contains__(fields, name)), None)
        if name is None:
            return published_date("", None, None)
        parsed = dict.get(fields, f"{name}_parsed")
        return published_date(str(dict.get(fields, name)), parsed, self._retrieved)


def _text(fields: _Fields) -> tuple[str, bool]:
    """The longest text of an entry, and whether it is the whole article."""
    contents = [_paragraphs(content) for content in fields.get("content", ())]
    whole = max(contents, key=len, default="")
    summary = _paragraphs(fields.get("summary_detail") or {})
    is_whole = bool(whole) and len(whole) >= len(summary) and not is_shortened(whole)
    return (whole if len(whole) >= len(summary) else summary), is_whole


def _paragraphs(detail: _Fields) -> str:
    value = detail.get("value") or ""
    return html_text(value) if detail.get("type", "text/html") in _HTML else plain_text(value)


def _title(fields: _Fields) -> str | None:
    detail = fields.get("title_detail") or {"value": fields.get("title"), "type": "text/html"}
    value = detail.get("value") or ""
    text = line_text(value) if detail.get("type") in _HTML else " ".join(plain_text(value).split())
    return text or None


def _string(fields: _Fields, name: str) -> str:
    value = fields.get(name)
    return value if isinstance(value, str) else ""


def _refresh_seconds(feed: _Fields) -> float:
    """What `ttl` (RSS 2.0) or `sy:updatePeriod` asks for, whichever is longer."""
    period = _PERIODS.get(_string(feed, "sy_updateperiod").strip().lower(), 0) * _HOUR
    frequency = _number(_string(feed, "sy_updatefrequency")) or 1.0
    return max(_number(_string(feed, "ttl")) * _MINUTE, period / frequency)


def _number(text: str) -> float:
    digits = text.strip()
    return float(digits[:9]) if digits.isascii() and digits.isdigit() else 0.0
