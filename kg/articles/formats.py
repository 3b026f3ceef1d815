"""Tells the format of a file of articles by its content and its name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from kg.articles.beginnings import begin_of, is_json_feed, is_page, is_xml_feed
from kg.articles.decoding import wide_encoding
from kg.articles.options import Format
from kg.errors import ArticleError

SUFFIXES = {
    ".txt": Format.TEXT,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".json": Format.JSON,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".mhtml": Format.MAIL,
    ".mht": Format.MAIL,
    ".eml": Format.MAIL,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".parquet": Format.PARQUET,
    ".rss": Format.FEED,
    ".atom": Format.FEED,
    ".warc": Format.WARC,
}
"""The format that a name says; files of other names are read only where they are named themselves."""
COLLECTIONS = frozenset({Format.JSON_LINES, Format.CSV, Format.PARQUET, Format.WARC})
"""Formats that hold many articles, which are numbered."""

_PACKED = frozenset({".gz", ".zst", ".zstd", ".bz2"})
_MAGIC = (
    (b"PAR1", Format.PARQUET),
    (b"WARC/", Format.WARC),
)
_FOREIGN = (
    (b"%PDF-", "is a PDF file, whose words come out broken too often; save its text as .txt"),
    (b"PK\x03\x04", "is an archive or office document; name 'zip://**::{name}', or save its text as .txt"),
    (b"\xd0\xcf\x11\xe0", "is a document of an office program; save its text as .txt"),
    (b"{\\rtf", "is rich text; save its text as .txt"),
    (b"\x1f\x8b\x08", "is packed twice; unpack it once"),
    (b"7z\xbc\xaf\x27\x1c", "is an archive; unpack it, and name the folder"),
    (b"Rar!", "is an archive; unpack it, and name the folder"),
    (b"\xfd7zXZ", "is packed by xz; unpack it, or pack it by gzip or zstd"),
)  # fmt: skip
"""What files begin with that hold no article which could be read, and what to do."""
_TAR = (257, b"ustar")
"""Where a tar archive says that it is one (POSIX.1, pax)."""
_HEADERS = re.compile(rb"[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*[!-9;-~]+:")
"""Two headers of RFC 5322, each perhaps of several lines."""
_MAIL = re.compile(
    rb"^(From|To|Subject|Date|MIME-Version|Received|Return-Path|Delivered-To|Message-ID|Content-Type|"
    rb"Snapshot-Content-Location):",
    re.IGNORECASE | re.MULTILINE,
)
_FEWEST_HEADERS = 2
"""Different ones by which a message is known."""


def format_of(name: str, head: bytes) -> Format:
    r"""The format of a file: what its first bytes show for certain, else what its name says, else their look.

    Args:
        name: Its path, with or without `.gz` and the like.
        head: Its first bytes, unpacked.

    Raises:
        ArticleError: It is in no format that is read.

    >>> str(format_of("a.html.gz", b"<p>Ana met Bo.")), str(format_of("-", b'{"text": "Ana met Bo."}'))
    ('html', 'jsonl')
    """
    _refuse_foreign(name, head)
    certain = next((format for start, format in _MAGIC if head.startswith(start)), None)
    named = SUFFIXES.get(PurePosixPath(inner_name(name)).suffix.lower())
    if certain is not None:
        return certain
    if named in {None, Format.JSON} and is_json_feed(begin_of(head)):
        return Format.FEED
    if named is Format.HTML and _is_mail(head):
        return Format.MAIL
    return named or _looks_like(name, head)


def inner_name(name: str) -> str:
    """The name of a file without what says how it is packed.

    >>> inner_name("a.warc.gz"), inner_name("a.txt")
    ('a.warc', 'a.txt')
    """
    stem, dot, suffix = name.rpartition(".")
    return stem if stem and f"{dot}{suffix}".lower() in _PACKED else name


def stem_of(path: str) -> str:
    """The name of a file without its folders and suffixes.

    >>> stem_of("s3://bucket/2026/a.jsonl.gz"), stem_of("a.b.txt"), stem_of("notes")
    ('a', 'a.b', 'notes')
    """
    return PurePosixPath(inner_name(path.partition("::")[0])).stem


def _refuse_foreign(name: str, head: bytes) -> None:
    start, mark = _TAR
    advice = next((advice for begin, advice in _FOREIGN if head.startswith(begin)), None)
    if head[start : start + len(mark)] == mark:
        advice = "is an archive; unpack it, and name the folder"
    if advice is not None:
        raise ArticleError(f"{name!r} {advice.format(name=name)}.", place=name)


def _looks_like(name: str, head: bytes) -> Format:
    content = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if content.startswith(b"["):
        return Format.JSON
    if content.startswith(b"{"):
        return Format.JSON if content.partition(b"\n")[0].strip() == b"{" else Format.JSON_LINES
    begin = begin_of(content)
    if is_page(begin):
        return Format.HTML
    if is_xml_feed(begin):
        return Format.FEED
    if content.startswith(b"<?xml"):
        raise ArticleError(f"{name!r} is XML, but no page and no feed; save its text as .txt.", place=name)
    if _is_mail(head):
        return Format.MAIL
    if b"\x00" in head and wide_encoding(head) is None:
        raise ArticleError(f"{name!r} holds no text; name the files of the articles.", place=name)
    return Format.TEXT


def _is_mail(head: bytes) -> bool:
    headers = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0] + b"\n"
    names = {name.lower() for name in _MAIL.findall(headers)}
    return _HEADERS.match(headers) is not None and len(names) >= _FEWEST_HEADERS
