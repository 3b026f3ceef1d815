"""What the beginning of a body shows it to be: a page, a feed in XML, or a JSON Feed.

What stands before the first element is passed over without a way back (`*+`): comments can be parted in so
many ways that a body of a few dozen would never be done.
"""

from __future__ import annotations

import codecs
import re

from kg.articles.decoding import wide_encoding

_PAGE = re.compile(
    r"\s*(?:(?:<!--.*?-->|<\?[^>]*>)\s*)*+<(?:!doctype\s+html|html)\b", re.DOTALL | re.IGNORECASE
)
_FEED = re.compile(
    r"""\s* (?:(?:<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?>|<\?[^>]*>)\s*)*+
    <(?:\w+:)?(?:rss|feed|RDF|channel)\b""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_JSON_FEED = re.compile(
    r"""\s* \{ (?=.*? "version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
"""An object that says it is a JSON Feed (1.1, "version"); in a text that quotes one they are escaped."""


def begin_of(head: bytes) -> str:
    r"""The first bytes of a body as text that is good enough to tell what it is, whatever its encoding.

    >>> begin_of("<rss>".encode("utf-16")), begin_of(b"\xef\xbb\xbf<rss>")
    ('<rss>', '<rss>')
    """
    encoding = wide_encoding(head)
    if encoding is not None:
        return head.decode(encoding, "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def is_page(begin: str) -> bool:
    """Whether a body that begins so is an HTML page.

    >>> is_page("<!-- a --><!DOCTYPE html>"), is_page("<rss>"), is_page("Ana met Bo.")
    (True, False, False)
    """
    return _PAGE.match(begin) is not None


def is_xml_feed(begin: str) -> bool:
    """Whether a body that begins so is a feed in XML: RSS of any version, or Atom.

    >>> is_xml_feed('<?xml version="1.0"?><feed>'), is_xml_feed("<html>")
    (True, False)
    """
    return _FEED.match(begin) is not None


def is_json_feed(begin: str) -> bool:
    """Whether a body that begins so is a JSON Feed.

    >>> is_json_feed('{"version": "https://jsonfeed.org/version/1"'), is_json_feed('{"text": "A."}')
    (True, False)
    """
    return _JSON_FEED.match(begin) is not None
