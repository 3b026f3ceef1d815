"""Finds the feeds that a page leads to (RSS Advisory Board, RSS Autodiscovery)."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from kg.articles.feeds.jsonfeeds import web_link

_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})


def page_feeds(page: bytes, url: str) -> list[str]:
    """The addresses of feeds that a page names in its head, in its order.

    Args:
        page: Anything; what is no page names none.
        url: The page's address.

    >>> page_feeds(b'<link rel="alternate" type="application/rss+xml" href="/f">', "https://news.example/")
    ['https://news.example/f']
    """
    from lxml import etree

    target = _Links()
    with suppress(etree.LxmlError):  # empty, or broken; what was found until then counts
        etree.fromstring(page, etree.HTMLParser(target=target))
    return list(dict.fromkeys(link for href in target.found if (link := web_link(href, url))))


class _Links:
    """Gathers links from the events of a parser."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        rel = attributes.get("rel", "").lower().split()
        if tag == "link" and "alternate" in rel and attributes.get("type", "").lower() in _TYPES:
            self.found.append(attributes.get("href", ""))

    def close(self) -> None:
        """All has been read."""
