"""Tells feeds from other things, and reads each format by what knows it."""

from __future__ import annotations

import datetime

from kg.articles.beginnings import begin_of, is_json_feed, is_page, is_xml_feed
from kg.articles.decoding import wide_encoding
from kg.articles.feeds.jsonfeeds import JSON_TYPE, read_json_feed
from kg.articles.feeds.records import Feed
from kg.articles.feeds.xmlfeeds import read_xml_feed
from kg.errors import ArticleError

LARGEST_FEED = 8 * 2**20
"""Bytes; feeds of news have 0.01 to 1 MB, and `feedparser` takes some seconds for a megabyte of tags."""
_TYPES = frozenset({
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
    "application/x-rss+xml", "text/rss+xml",
})  # fmt: skip
_HEAD = 4_096


def looks_like_feed(head: bytes, content_type: str = "") -> bool:
    r"""Whether a body is a feed, by its first bytes, and by its media type where these leave it open.

    >>> looks_like_feed(b'<?xml version="1.0"?>\n<rss version="2.0">'), looks_like_feed(b"<html>")
    (True, False)
    >>> looks_like_feed(b'{"version": "https://jsonfeed.org/version/1.1"}')
    True
    """
    begin = begin_of(head[:_HEAD])
    if begin.lstrip()[:1] == "<":
        return is_xml_feed(begin) or (content_type in _TYPES and not is_page(begin))
    return is_json_feed(begin) or (content_type == JSON_TYPE and begin.lstrip()[:1] == "{")


def read_feed(
    data: bytes,
    *,
    place: str,
    url: str | None = None,
    encoding: str | None = None,
    retrieved: datetime.datetime | None = None,
) -> Feed:
    """The feed that bytes hold.

    Args:
        data: RSS, Atom, RDF or JSON Feed.
        place: Its address or file, for messages.
        url: Its address, by which relative links are resolved, and ids made that are unique in it alone.
        encoding: What the server says of its characters, which wins (RFC 7303, section 3).
        retrieved: When it was fetched.

    Raises:
        ArticleError: It is no feed, or larger than a feed may be.

    >>> data = b'<rss><channel><title>A</title><item><title>Talks</title></item></channel></rss>'
    >>> read_feed(data, place="a.xml").entries[0].title
    'Talks'
    """
    if len(data) > LARGEST_FEED:
        raise ArticleError(
            f"{place!r} has more than {LARGEST_FEED:,} bytes, too many for a feed; ask for a shorter one.",
            place=place,
        )
    if begin_of(data[:_HEAD]).lstrip()[:1] == "{":
        return read_json_feed(data, place=place, url=url, retrieved=retrieved)
    wide = wide_encoding(data)  # which says more than the XML declaration (XML 1.0, appendix F)
    if wide is not None:
        data, encoding = data.decode(wide, "replace").encode(), "utf-8"
    return read_xml_feed(data, place=place, url=url, encoding=encoding, retrieved=retrieved)
