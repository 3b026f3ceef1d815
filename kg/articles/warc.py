"""Reads web archives (WARC, ISO 28500), such as those of Common Crawl News: one article a page."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO, cast

from kg.articles.html import read_html
from kg.articles.opening import Opened, read_whole
from kg.articles.options import ReadingOptions
from kg.errors import ArticleError
from kg.types import Article

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_ANSWERED = range(200, 300)
"""Statuses of answers that bring what was asked for (RFC 9110, section 15.3)."""
_PARTIAL = 206


def read_archive(
    content: Opened, *, stem: str, options: ReadingOptions, on_problem: Callable[[ArticleError], None]
) -> Iterator[Article]:
    """The articles of the pages in an archive, in its order. One page is held at a time.

    Answers that are no pages, such as pictures and errors, are passed over. The address of an article is that
    of its record, and the time of the fetch goes into `retrieved`, never into its date.

    Args:
        content: The archive, opened.
        stem: Articles of records without address are named `STEM-NUMBER`.
        options: How large a page may be.
        on_problem: Is told of each page without an article, and where an archive is broken or cut off: what
            comes after that is not read.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    is_packed = content.packing == "gzip"
    source = cast(
        "BinaryIO", content.packed if is_packed else content.stream
    )  # the library unpacks gzip itself
    reached = 0
    try:
        records = ArchiveIterator(source, record_types=WarcRecordType.response, parse_http=False)
        for number, record in enumerate(records, 1):
            reached = record.stream_pos
            yield from _read_record(
                record, f"{content.place}, byte {reached}", f"{stem}-{number}", options, on_problem
            )
    except (OSError, EOFError, UnicodeError) as error:
        on_problem(
            ArticleError(
                f"{content.place!r} is no web archive, or is broken or cut off, in or after the record at byte "
                f"{reached:,} ({error}). What stands before is read; fetch the file again for the rest.",
                place=content.place,
            )
        )


def _read_record(
    record: WarcRecord,
    place: str,
    default_id: str,
    options: ReadingOptions,
    on_problem: Callable[[ArticleError], None],
) -> Iterator[Article]:
    try:
        article = _article(record, place, default_id, options)
    except ArticleError as error:
        on_problem(error)
        return
    if article is not None:
        yield article


def _article(record: WarcRecord, place: str, default_id: str, options: ReadingOptions) -> Article | None:
    """The article of a record; None where it is no page.

    Raises:
        ArticleError: The page is cut off, too large, or holds no article.
    """
    if not record.is_http:
        return None
    _refuse_cut(record, place, options)
    try:
        record.parse_http(strict_mode=False, auto_decode="all")
    except (OSError, ValueError, UnicodeError) as error:
        raise ArticleError(f"{place}: the answer of a server is broken ({error}).", place=place) from error
    kind = (record.http_content_type or "").lower()
    status = record.http_headers.status_code if record.http_headers else None
    if kind not in _PAGES or status not in _ANSWERED or status == _PARTIAL:
        return None
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ") or None
    where = f"{place}, {url}" if url else place
    try:
        data = read_whole(cast("BinaryIO", record.reader), place=where, largest=options.largest_article)
    except (OSError, ValueError) as error:
        raise ArticleError(f"{where}: the page is cut off or broken ({error}).", place=place) from error
    return read_html(
        data,
        place=where,
        stem=default_id,
        url=url,
        encoding=record.http_charset,
        retrieved=_retrieved(record),
    )


def _refuse_cut(record: WarcRecord, place: str, options: ReadingOptions) -> None:
    """Refuses a record that ends before it should; one that is too large for a page is not looked at."""
    if record.content_length > options.largest_article:
        return
    data = record.reader.read()
    if len(data) < record.content_length:
        raise ArticleError(
            f"{place}: the archive is cut off; {record.content_length - len(data):,} bytes of the record are "
            "missing. Fetch the file again.",
            place=place,
        )
    record.set_bytes_content(data)


def _retrieved(record: WarcRecord) -> datetime.datetime | None:
    moment = record.record_date
    return moment if isinstance(moment, datetime.datetime) else None
