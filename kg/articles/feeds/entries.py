"""Makes articles of entries: of their own text, or of the page that they lead to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from kg.articles.feeds.records import Entry, Feed
from kg.errors import ArticleError, FetchError
from kg.types import Article, DateBasis

PageReader = Callable[[str], Article]
"""Fetches and reads the page at an address; raises `ArticleError` where it cannot."""


def feed_articles(
    feed: Feed, *, on_problem: Callable[[ArticleError], None], read_page: PageReader | None = None
) -> Iterator[Article]:
    """The articles of a feed, in its order; entries that give none are told.

    Args:
        feed: The feed.
        on_problem: Is told what cannot be read.
        read_page: Reads the pages of entries whose text the feed does not give; None to take summaries.

    >>> feed = Feed(entries=(Entry(id="a", place="a", text="Ana met Bo.", is_whole=True),))
    >>> [article.text for article in feed_articles(feed, on_problem=print)]
    ['Ana met Bo.']
    """
    for problem in feed.problems:
        on_problem(problem)
    for entry in feed.entries:
        article = read_entry(entry, on_problem=on_problem, read_page=read_page)
        if article is not None:
            yield article


def read_entry(
    entry: Entry,
    *,
    on_problem: Callable[[ArticleError], None],
    read_page: PageReader | None = None,
    can_wait: bool = False,
) -> Article | None:
    """The article of an entry: as the feed has it whole, else as its page has it, else its summary.

    The feed's date, title and publisher win over the page's. None, and a problem, where there is no text.

    Args:
        entry: The entry.
        on_problem: Is told why a page cannot be read, and that the summary is taken for it.
        read_page: Reads its page; None to take the summary.
        can_wait: Whether the entry can be read at another time, so that an error which passes is raised.

    Raises:
        FetchError: With `can_wait`, its page cannot be fetched now.

    >>> entry = Entry(id="a", place="a.xml entry 1", text="Ana met Bo.", source="Desk")
    >>> read_entry(entry, on_problem=print).source
    'Desk'
    """
    if not entry.is_whole and entry.url is not None and read_page is not None:
        try:
            return _completed(entry, read_page(entry.url))
        except ArticleError as error:
            if can_wait and isinstance(error, FetchError) and error.is_passing:
                raise
            on_problem(_explained(entry, error))
            return _article(entry) if entry.text else None
    if not entry.text:
        where = "its page is not read" if entry.url else "it leads to no page"
        on_problem(ArticleError(f"{entry.place}: the feed gives no text, and {where}.", place=entry.place))
        return None
    return _article(entry)


def _article(entry: Entry) -> Article:
    return Article(
        id=entry.id,
        text=entry.text,
        title=entry.title,
        date=entry.date,
        date_precision=entry.date_precision,
        date_basis=DateBasis.GIVEN,
        source=entry.source,
        url=entry.url,
        license=entry.license,
        retrieved=entry.retrieved,
    )


def _completed(entry: Entry, page: Article) -> Article:
    """The page's article, with what the feed says of it; where the feed has more text, that of the feed."""
    own = _article(entry) if entry.date is not None else _dated(_article(entry), page)
    if len(page.text) < len(entry.text):
        return own
    return replace(
        own,
        text=page.text,
        title=own.title or page.title,
        source=own.source or page.source,
        url=page.url or own.url,
        license=own.license or page.license,
        retrieved=page.retrieved or own.retrieved,
    )


def _dated(article: Article, page: Article) -> Article:
    return replace(article, date=page.date, date_precision=page.date_precision, date_basis=page.date_basis)


def _explained(entry: Entry, error: ArticleError) -> ArticleError:
    instead = "its summary is taken" if entry.text else "the feed gives no summary"
    message = f"{entry.place}: {instead}, since its page cannot be read: {error}"
    return ArticleError(message, place=entry.place)
