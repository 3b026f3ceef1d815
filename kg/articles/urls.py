"""Reads what web addresses hold: a page, a feed with what it leads to, or a file of articles.

How things are fetched is the business of `fetching`; what they look like inside is that of `html`, `feeds`
and the readers of files.
"""

from __future__ import annotations

import datetime
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast
from urllib.parse import unquote, urlsplit

from kg.articles.beginnings import begin_of, is_page
from kg.articles.feeds import PageReader, feed_articles, looks_like_feed, read_feed
from kg.articles.fetching import Answer, Fetched, Fetcher, FetchLimits, shared_fetcher
from kg.articles.options import ReadingOptions
from kg.errors import ArticleError
from kg.types import Article

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_SUFFIXES = {
    "application/gzip": ".gz", "application/x-gzip": ".gz", "application/zstd": ".zst",
    "application/json": ".json", "application/jsonl": ".jsonl", "application/x-ndjson": ".jsonl",
    "application/warc": ".warc", "application/vnd.apache.parquet": ".parquet", "application/pdf": ".pdf",
    "message/rfc822": ".eml", "multipart/related": ".mhtml", "text/csv": ".csv",
    "text/tab-separated-values": ".tsv", "text/plain": ".txt",
}  # fmt: skip
"""How files are called that a server sends, by its media type (IANA)."""
_KNOWN = frozenset({*_SUFFIXES.values(), ".ndjson", ".bz2"})
_SINGLE = frozenset({".txt", ".pdf"})
"""What is one article, whose address is that of the file."""
_FILE_NAME = re.compile(r"""filename\s*=\s*"?([^";/\\]+)""", re.IGNORECASE)
_HEAD = 4_096


@dataclass(frozen=True, slots=True, kw_only=True)
class WebOptions:
    """How web addresses are read.

    >>> WebOptions().follows_links
    True
    """

    limits: FetchLimits = field(default_factory=FetchLimits)
    follows_links: bool = True
    """Whether the pages of a feed's entries are read where it gives a summary only."""


def read_url(
    url: str,
    *,
    on_problem: Callable[[ArticleError], None],
    options: ReadingOptions | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Article]:
    """The articles at a web address: one of a page, those of a feed, or all of a file.

    Args:
        url: An address of http or https.
        on_problem: Is told what cannot be fetched or read.
        options: How articles are read; None for the defaults.
        fetcher: What fetches; None for what all with the same limits share.

    >>> list(read_url("http://127.0.0.1/", on_problem=lambda error: print(str(error)[:38])))
    'http://127.0.0.1/' is not fetched: '1
    []
    """
    given = options or ReadingOptions()
    web = given.web or WebOptions()
    asked = fetcher or shared_fetcher(web.limits)
    try:
        with tempfile.TemporaryFile() as file:
            body = _fetch(url, asked, file)
            if isinstance(body, Fetched):
                yield from _read_whole(body, asked, on_problem, follows_links=web.follows_links)
            else:
                yield from _read_file(body, file, on_problem, given)
    except ArticleError as error:
        on_problem(error)
    except OSError as error:  # the disk is full, or there is no place for temporary files
        on_problem(ArticleError(f"{url!r} cannot be kept while it is read: {error.strerror}.", place=url))


def page_reader(fetcher: Fetcher) -> PageReader:
    """What fetches and reads the page at an address.

    Args:
        fetcher: What fetches.
    """

    def read(url: str) -> Article:
        page = fetcher.fetch(url)
        if not _is_page(page.data[:_HEAD], page.content_type):
            raise ArticleError(
                f"{page.url!r} is no page ({page.content_type or 'of unknown type'}); give its address.",
                place=page.url,
            )
        return _read_page(page)

    return read


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """A file that was fetched: where from, when, and what it is called."""

    url: str
    name: str
    retrieved: datetime.datetime


def _fetch(url: str, fetcher: Fetcher, file: IO[bytes]) -> Fetched | _File:
    """A page or feed as a whole; of anything else what it is called, and its content in `file`."""
    with fetcher.open(url) as answer:
        pieces = answer.pieces()
        head = _head(pieces)
        if not head.strip():
            raise ArticleError(f"{answer.url!r} is empty; an article needs a text.", place=answer.url)
        is_feed = looks_like_feed(head[:_HEAD], answer.content_type)
        if is_feed or _is_page(head[:_HEAD], answer.content_type):
            return _fetched(answer, head + b"".join(pieces))
        answer.allow_file()
        file.write(head)
        file.writelines(pieces)
        file.seek(0)
        return _File(url=answer.url, name=_name(answer, head), retrieved=answer.retrieved)


def _head(pieces: Iterator[bytes]) -> bytes:
    head = b""
    for piece in pieces:
        head += piece
        if len(head.lstrip()) >= _HEAD:
            break
    return head


def _fetched(answer: Answer, data: bytes) -> Fetched:
    return Fetched(
        url=answer.url,
        status=answer.status,
        content_type=answer.content_type,
        encoding=answer.encoding,
        data=data,
        headers=answer.headers,
        retrieved=answer.retrieved,
        moved_to=answer.moved_to,
    )


def _is_page(head: bytes, content_type: str) -> bool:
    is_binary = b"\0" in head
    return is_page(begin_of(head)) or (content_type in _PAGES and not is_binary)


def _read_whole(
    body: Fetched, fetcher: Fetcher, on_problem: Callable[[ArticleError], None], *, follows_links: bool
) -> Iterator[Article]:
    if not looks_like_feed(body.data[:_HEAD], body.content_type):
        yield _read_page(body)
        return
    feed = read_feed(
        body.data, place=body.url, url=body.url, encoding=body.encoding, retrieved=body.retrieved
    )
    read_page = page_reader(fetcher) if follows_links else None
    yield from feed_articles(feed, on_problem=on_problem, read_page=read_page)


def _read_page(page: Fetched) -> Article:
    from kg.articles.html import read_html  # which loads what many addresses do without

    stem = PurePosixPath(unquote(urlsplit(page.url).path)).stem or urlsplit(page.url).netloc
    return read_html(
        page.data, place=page.url, stem=stem, url=page.url, encoding=page.encoding, retrieved=page.retrieved
    )


def _read_file(
    body: _File, file: IO[bytes], on_problem: Callable[[ArticleError], None], options: ReadingOptions
) -> Iterator[Article]:
    from kg.articles.reading import read_stream  # which reads web addresses by this module

    is_single = PurePosixPath(body.name).suffix in _SINGLE
    stream = cast("BinaryIO", file)
    for article in read_stream(
        stream, place=body.url, name=body.name, on_problem=on_problem, options=options
    ):
        yield _at(body, article) if is_single else article


def _at(body: _File, article: Article) -> Article:
    """An article that is a whole file, with the address and moment of that."""
    return replace(
        article,
        id=body.url if article.id == PurePosixPath(body.name).stem else article.id,
        url=article.url or body.url,
        retrieved=article.retrieved or body.retrieved,
    )


def _name(answer: Answer, head: bytes) -> str:
    """What a file is called: as the server or its address says, with the suffix of what it is."""
    said = _FILE_NAME.search(answer.headers.get("content-disposition", ""))
    path = PurePosixPath(unquote(urlsplit(answer.url).path)).name
    name = said[1].strip() if said else path or urlsplit(answer.url).netloc
    stem, dot, suffix = name.rpartition(".")
    if f".{suffix}".lower() == ".gz" and not head.startswith(b"\x1f\x8b"):
        return stem  # a server that sent it packed for the way, and we unpacked it
    is_known = bool(dot) and f".{suffix}".lower() in _KNOWN
    return name if is_known else f"{name}{_SUFFIXES.get(answer.content_type, '')}"
