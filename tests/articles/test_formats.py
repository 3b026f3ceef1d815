"""Which format a file is in."""

from __future__ import annotations

import io

import pytest

from kg.articles import ReadingOptions, read_stream
from kg.articles.formats import format_of, inner_name, stem_of
from kg.articles.options import Format, parse_columns
from kg.errors import ArticleError

FORMATS = [
    ("a.txt", b'{"text": "A."}', Format.TEXT),
    ("a.txt", b"<html><p>A.", Format.TEXT),
    ("a.txt.gz", b"A.", Format.TEXT),
    ("a.NDJSON", b"{}", Format.JSON_LINES),
    ("a.jsonl.zst", b"{}", Format.JSON_LINES),
    ("a.json", b"{}", Format.JSON),
    ("a.html.zst", b"<p>", Format.HTML),
    ("a.html", b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n\r\n", Format.MAIL),
    ("a.html", b"From: here on\nit: rained <p>", Format.HTML),
    ("a.tsv", b"text\tid", Format.CSV),
    ("a.bin", b"PAR1", Format.PARQUET),
    ("a.txt", b"PAR1", Format.PARQUET),
    ("a", b"WARC/1.1\r\n", Format.WARC),
    ("feed.xml", b"<?xml version='1.0'?>\n<!-- x --><rss version='2.0'>", Format.FEED),
    ("-", b"<feed xmlns='http://www.w3.org/2005/Atom'>", Format.FEED),
    ("-", b'\xef\xbb\xbf {"text": "A."}', Format.JSON_LINES),
    ("-", b'{"text": "A."}', Format.JSON_LINES),
    ("-", b'{\n  "text": "A."}', Format.JSON),
    ("-", b"\n[{", Format.JSON),
    ("-", b"<!-- saved --> <!DOCTYPE html>", Format.HTML),
    ("-", b'<?xml version="1.0"?>\n<html xmlns="x">', Format.HTML),
    ("-", b"Received: from a\n by b\nSubject: x\n\n", Format.MAIL),
    ("-", b"Ana: I left.\nBo: I did not.\n", Format.TEXT),
    ("notes.md", b"# Talks", Format.TEXT),
    ("https://oslo.example/feed", b"Ana met Bo.", Format.TEXT),
]


@pytest.mark.parametrize(("name", "head", "expected"), FORMATS)
def test_format_is_told_by_content_and_name(name, head, expected):
    assert format_of(name, head) is expected


REFUSED = [
    ("a.pdf", b"%PDF-1.7", "is a PDF file"),
    ("a.docx", b"PK\x03\x04", "is an archive or office document"),
    ("a.doc", b"\xd0\xcf\x11\xe0", "save its text as .txt"),
    ("a.rtf", b"{\\rtf1", "is rich text"),
    ("a.tar.gz", b"a" * 257 + b"ustar", "is an archive; unpack it"),
    ("a.txt", b"\x1f\x8b\x08", "is packed twice"),
    ("a.xml", b"<?xml version='1.0'?><nitf>", "is XML, but no page and no feed"),
    ("a.bin", b"\x7fELF\x00\x00", "holds no text"),
]


@pytest.mark.parametrize(("name", "head", "message"), REFUSED)
def test_what_is_not_read_is_refused_with_what_to_do(name, head, message):
    with pytest.raises(ArticleError, match=message):
        format_of(name, head)


def test_format_that_is_given_comes_first():
    found = read_stream(
        io.BytesIO(b"id,text\n7,Ana met Bo.\n"), place="-", name="-", on_problem=print,
        options=ReadingOptions(format=Format.CSV),
    )  # fmt: skip
    assert [article.id for article in found] == ["7"]


def test_names_are_taken_apart():
    assert [inner_name(name) for name in ("a.gz", ".gz", "a.b.ZST", "a")] == ["a", ".gz", "a.b", "a"]
    assert [stem_of(name) for name in ("b/a.warc.gz", "zip://d/x.txt::a.zip", "s3://b/c")] == ["a", "x", "c"]


@pytest.mark.parametrize("pairs", [["text"], ["text="], ["text=a", "text=b"]])
def test_column_is_given_once_and_as_a_pair(pairs):
    with pytest.raises(ArticleError, match="A column is given once, as NAME=COLUMN"):
        parse_columns(pairs)


def test_options_travel_to_other_processes():
    import pickle

    options = ReadingOptions(columns={"text": "body"}, format=Format.CSV, largest_article=7)
    assert pickle.loads(pickle.dumps(options)) == options
    assert hash(options) == hash(pickle.loads(pickle.dumps(options)))
