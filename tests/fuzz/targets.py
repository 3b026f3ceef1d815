"""What is fuzzed: readers of untrusted bytes, each with seeds made in code.

A target takes any bytes and may only raise `ArticleError`. What it gives must keep the promises of the
readers: ids, and texts that are not empty and can be stored.
"""

from __future__ import annotations

import gzip
import io
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from kg.articles import ReadingOptions
from kg.articles.feeds import feed_articles, read_feed
from kg.articles.reading import read_stream
from kg.errors import ArticleError
from kg.types import Article

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

OPTIONS = ReadingOptions(largest_article=1_000_000)
TEXT = "Ana Bell met Bo Cole in Oslo on Monday, officials said. " * 4
PAGE = f"<html><head><title>Talks</title></head><body><article><p>{TEXT}</p></article></body></html>"
LINE = f'{{"id": "a", "text": "{TEXT}", "date": "2026-04-06"}}\n'
ITEM = f"<item><guid>x</guid><description>{TEXT}</description></item>"
RSS = f'<?xml version="1.0"?><rss version="2.0"><channel>{ITEM}</channel></rss>'
ATOM = f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>x</id><content>{TEXT}</content></entry></feed>'
MAIL = "From: a@a.example\nSubject: Talks\nMIME-Version: 1.0\n"
PARTS = f"{MAIL}Content-Type: multipart/alternative; boundary=b\n\n--b\n\n{TEXT}\n--b--\n"
HTTP = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{PAGE}"
RECORD = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\n"
    f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(HTTP)}\r\n\r\n{HTTP}\r\n\r\n"
)


@dataclass(frozen=True, slots=True)
class Target:
    """A reader that is fuzzed."""

    read: Callable[[bytes], Iterator[Article]]
    seeds: Sequence[bytes]

    def __call__(self, data: bytes) -> None:
        """Reads bytes; fails where a promise is broken."""
        with suppress(ArticleError):
            for article in self.read(data):
                _check(article.id, "an id is empty")
                _check(article.text.strip(), "a text is empty")
                article.text.encode()  # no halves of a pair


def _named(name: str) -> Callable[[bytes], Iterator[Article]]:
    """What reads bytes as a file of that name."""

    def read(data: bytes) -> Iterator[Article]:
        return read_stream(
            io.BytesIO(data), place=name, name=name, on_problem=_check_problem, options=OPTIONS
        )

    return read


def _check_problem(problem: ArticleError) -> None:
    _check(problem.place, f"a problem names no place: {problem}")
    str(problem).encode("utf-8", "surrogateescape")


def _check(is_kept: object, otherwise: str) -> None:
    if not is_kept:
        raise AssertionError(otherwise)


def _feed(data: bytes) -> Iterator[Article]:
    return feed_articles(read_feed(data, place="a.rss"), on_problem=_check_problem)


TARGETS: Mapping[str, Target] = {
    "text": Target(_named("a.txt"), [TEXT.encode(), TEXT.encode("utf-16"), "Ém\x85\x93".encode("latin-1")]),
    "jsonlines": Target(_named("a.jsonl"), [LINE.encode(), b'{"text": "\\ud800 \\u0000"}\n']),
    "json": Target(_named("a.json"), [f"[{LINE}]".encode(), f'{{"articles": [{LINE}]}}'.encode()]),
    "html": Target(_named("a.html"), [PAGE.encode(), b'<meta charset="utf-7">' + PAGE.encode()]),
    "feed": Target(_feed, [RSS.encode(), ATOM.encode()]),
    "mail": Target(_named("a.eml"), [f"{MAIL}\n{TEXT}".encode(), PARTS.encode()]),
    "table": Target(_named("a.csv"), [f'id,text\na,"{TEXT}"\n'.encode(), b"\xff\xfet\0e\0x\0t\0\n\0"]),
    "warc": Target(_named("a.warc"), [RECORD.encode(), RECORD.encode() * 2]),
    "gzip": Target(_named("a.jsonl.gz"), [gzip.compress(LINE.encode(), mtime=0)]),
    "zstd": Target(_named("a.jsonl.zst"), [zstd.compress(LINE.encode())]),
    "any": Target(_named("a"), [PAGE.encode(), LINE.encode(), RECORD.encode(), RSS.encode(), PARTS.encode()]),
}
