"""Tells feeds from other things, and reads each format by what knows it."""

from __future__ import annotations

import codecs
import datetime
import re

from kg.articles.feeds.jsonfeeds import is_json_feed, read_json_feed
from kg.articles.feeds.records import Feed
from kg.articles.feeds.xmlfeeds import read_xml_feed
from kg.errors import ArticleError

LARGEST_FEED = 8 * 2**20
"""Bytes; feeds of news have 0.01 to 1 MB, and `feedparser` takes some seconds for a megabyte of tags."""
_TYPES = frozenset({
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json",
    "application/x-rss+xml", "text/rss+xml",
})  # fmt: skip
_WIDE = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # which begins as that of UTF-16 does
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Encodings whose mark says more than the XML declaration (XML 1.0, appendix F)."""
_HEAD = 4_096
_ROOT = re.compile(
    r"""\s* (?:<\?xml[^>]*>\s*)? (?:(?:<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?>|<\?[^>]*>)\s*)*
    <(?:\w+:)?(?:rss|feed|RDF|channel)\b""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


def looks_like_feed(head: bytes, content_type: str = "") -> bool:
    r"""Whether a body is a feed, by its first bytes, and by its media type where these leave it open.

    >>> looks_like_feed(b'<?xml version="1.0"?>\n<rss version="2.0">'), looks_like_feed(b"<html>")
    (True, False)
    >>> looks_like_feed(b'{"version": "https://jsonfeed.org/version/1.1"}')
    True
    """
    begin = _text(head[:_HEAD])
    if begin.lstrip()[:1] == "<":
        is_page = re.match(r"\s*<(?:!doctype\s+html|html)\b", begin, re.IGNORECASE) is not None
        return bool(_ROOT.match(begin)) or (content_type in _TYPES and not is_page)
    return is_json_feed(begin, content_type)


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
    if _text(data[:_HEAD]).lstrip()[:1] == "{":
        return read_json_feed(data, place=place, url=url, retrieved=retrieved)
    for mark, wide in _WIDE:
        if data.startswith(mark):
            data, encoding = data.decode(wide, "replace").encode(), "utf-8"
            break
    return read_xml_feed(data, place=place, url=url, encoding=encoding, retrieved=retrieved)


def _text(head: bytes) -> str:
    """The first bytes as text: markup is ASCII in all encodings that feeds are in, but for UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if head[:1] == b"\0" or head[1:2] == b"\0":
        return head.replace(b"\0", b"").decode("latin-1")
    return head.removeprefix(b"\xef\xbb\xbf").decode("latin-1")
