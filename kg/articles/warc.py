"""Reads web archives (WARC, ISO 28500), such as those of Common Crawl News: one article a page."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from kg.articles.answers import read_body, read_head, read_headers
from kg.articles.dates import parse_moment
from kg.articles.html import read_html
from kg.articles.opening import Opened, read_whole
from kg.articles.options import ReadingOptions
from kg.errors import ArticleError
from kg.types import Article

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_BROUGHT = frozenset({200, 203})
"""Statuses of answers that bring what was asked for (RFC 9110, section 15.3)."""
_LONGEST_LINE = 1 << 12
_CHUNK = 1 << 16


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

    >>> from kg.articles.opening import unpacked
    >>> options = ReadingOptions()
    >>> content = unpacked(io.BytesIO(b"WARC/1.0"), place="a", options=options)
    >>> tell = lambda error: print(str(error)[:42])
    >>> list(read_archive(content, stem="a", options=options, on_problem=tell))
    'a': the record at byte 0 is broken or cut
    []
    """
    archive = _Archive(content)
    try:
        for number, record in enumerate(archive.records(), 1):
            yield from _read_record(record, f"{stem}-{number}", options, on_problem)
    except _BrokenError as error:
        on_problem(
            ArticleError(
                f"{content.place!r}: the record at byte {archive.offset:,} is broken or cut off ({error}). "
                "What stands before it is read; fetch the file again for the rest.",
                place=content.place,
            )
        )


class _BrokenError(ArticleError):
    """Where an archive cannot be read further."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Record:
    """A record of an archive; its block is read before the next record is."""

    place: str
    headers: Mapping[str, str]
    block: io.BufferedReader

    @property
    def kind(self) -> str:
        return self.headers.get("warc-type", "").lower()

    @property
    def url(self) -> str | None:
        return self.headers.get("warc-target-uri", "").strip("<> ") or None

    @property
    def retrieved(self) -> datetime.datetime | None:
        try:
            return parse_moment(self.headers.get("warc-date", ""))
        except ValueError:
            return None


def _unreadable(error: ArticleError) -> _BrokenError:
    return _BrokenError(f"it cannot be read: {error.__cause__ or error}")


class _Archive:
    """The records of an archive, one after the other."""

    def __init__(self, content: Opened) -> None:
        self.offset = 0
        """Where in the file the record begins that is being read; packed, where it is packed by gzip."""
        self._stream = content.stream
        self._place = content.place
        self._members = content.members
        self._position = 0

    def records(self) -> Iterator[_Record]:
        """The records.

        Raises:
            _BrokenError: What comes next is no record, or is cut off.
        """
        while line := self._begin():
            if not line.startswith(b"WARC/"):
                raise _BrokenError("a record should begin here")
            head = _Counting(self._stream)
            try:
                headers = read_headers(head, place="headers")
            except ArticleError as error:
                raise _unreadable(error) from error
            length = headers.get("content-length", "")
            if not (length.isascii() and length.isdecimal()):
                raise _BrokenError(f"its length is {length!r}")
            block = _Block(self._stream, int(length))
            place = f"{self._place}, byte {self.offset}"
            yield _Record(place=place, headers=headers, block=io.BufferedReader(block, _CHUNK))
            block.skip()
            self._position += head.count + int(length)

    def _begin(self) -> bytes:
        """The first line of the next record; empty at the end."""
        while True:
            line = self._next_line()
            self._position += len(line)
            if line.strip() or not line:
                return line

    def _next_line(self) -> bytes:
        try:
            self._stream.peek(1)  # begins the next member, if there is one
            return self._stream.readline(_LONGEST_LINE)
        except ArticleError as error:
            raise _unreadable(error) from error
        finally:
            self.offset = self._position if self._members is None else self._members.offset


class _Counting:
    """Lines of a stream, counted."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self.count = 0
        self._stream = stream

    def readline(self, size: int, /) -> bytes:
        line = self._stream.readline(size)
        self.count += len(line)
        return line


class _Block(io.RawIOBase):
    """The block of a record, and no more of the archive."""

    def __init__(self, stream: io.BufferedReader, length: int) -> None:
        self._stream = stream
        self._left = length

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # all that is asked of it
        try:
            data = self._stream.read(min(len(buffer), self._left))
        except ArticleError as error:
            raise _unreadable(error) from error
        if not data and self._left and len(buffer):
            raise _BrokenError(f"{self._left:,} bytes of it are missing")
        buffer[: len(data)] = data
        self._left -= len(data)
        return len(data)

    def skip(self) -> None:
        """Passes over what has not been read.

        Raises:
            _BrokenError: It is not there.
        """
        waste = bytearray(_CHUNK)
        while self.readinto(waste):
            pass


def _read_record(
    record: _Record, default_id: str, options: ReadingOptions, on_problem: Callable[[ArticleError], None]
) -> Iterator[Article]:
    place = f"{record.place}, {record.url}" if record.url else record.place
    try:
        page = _page(record, place, options)
        if page is not None:
            data, charset = page
            yield read_html(
                data,
                place=place,
                stem=default_id,
                url=record.url,
                encoding=charset,
                retrieved=record.retrieved,
            )
    except _BrokenError:
        raise
    except ArticleError as error:
        on_problem(error)


def _page(record: _Record, place: str, options: ReadingOptions) -> tuple[bytes, str | None] | None:
    """The page of a record, and what a header says of its encoding; None where it holds none.

    Raises:
        ArticleError: The answer is broken, or the page too large.
    """
    kind = record.headers.get("content-type", "").partition(";")[0].strip().lower()
    if record.kind == "resource" and kind in _PAGES:
        return read_whole(record.block, place=place, largest=options.largest_article), None
    if record.kind != "response" or kind != "application/http":
        return None
    head = read_head(record.block, place=place)
    if head.content_type not in _PAGES or head.status not in _BROUGHT:
        return None
    return read_body(record.block, head, place=place, largest=options.largest_article), head.charset
