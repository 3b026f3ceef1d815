"""Reads feeds: RSS 0.9 to 2.0, Atom, RDF and JSON Feed, in; their entries, and the articles of those, out.

Nothing is fetched here: who can fetch hands over what reads the pages that entries lead to.
"""

from kg.articles.feeds.entries import PageReader, feed_articles, read_entry
from kg.articles.feeds.reading import looks_like_feed, read_feed
from kg.articles.feeds.records import Entry, Feed

__all__ = ["Entry", "Feed", "PageReader", "feed_articles", "looks_like_feed", "read_entry", "read_feed"]
