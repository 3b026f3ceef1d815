"""Web archives: answers of all kinds, damages with their place, and archives that mean harm."""

from __future__ import annotations

import datetime
import gzip
import io
import tracemalloc
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.articles import ReadingOptions, read_articles, read_stream
from kg.errors import ArticleError
from tests.articles.pages import LINKED_DATA, TEXT, page

PAGE = page().encode()
FETCHED = datetime.datetime(2025, 5, 6, 7, 8, 9, tzinfo=datetime.UTC)


def answer(body=PAGE, *, status="200 OK", kind="text/html; charset=utf-8", headers=""):
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{headers}\r\n".encode() + body


def record(
    block, *, url="https://oslo.example/talks", kind="response", content="application/http; msgtype=response"
):
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-05-06T07:08:09Z\r\n"
        f"Content-Type: {content}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


INFO = record(b"software: a test\r\n", kind="warcinfo", content="application/warc-fields")


def packed(*records):
    return b"".join(map(gzip.compress, records))


def read(data, name="a.warc.gz", **options):
    problems: list[ArticleError] = []
    found = read_stream(
        io.BytesIO(data), place=name, name=name, on_problem=problems.append, options=ReadingOptions(**options)
    )
    return list(found), [str(problem) for problem in problems]


def chunked(data):
    pieces = [data[place : place + 100] for place in range(0, len(data), 100)]
    return b"".join(b"%x;x=1\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "unnamed"])
@pytest.mark.parametrize("pack", [packed, lambda *records: b"".join(records)])
def test_page_of_an_archive_is_an_article(name, pack):
    [article], problems = read(pack(INFO, record(answer())), name)
    assert (article.id, article.url) == ("https://oslo.example/talks",) * 2
    assert (article.text, problems) == (TEXT, [])
    assert (article.date, article.retrieved) == (None, FETCHED)


def test_date_is_that_of_the_page_and_not_of_the_fetch():
    data = packed(record(answer(page(head=LINKED_DATA).encode())))
    assert read(data)[0][0].published == "2025-03-02"


CODED = {
    "chunked": (chunked(PAGE), "Transfer-Encoding: chunked\r\n"),
    "gzip": (gzip.compress(PAGE), "Content-Encoding: gzip\r\n"),
    "brotli": (brotli.compress(PAGE), "Content-Encoding: br\r\n"),
    "deflate": (zlib.compress(PAGE), "Content-Encoding: deflate\r\n"),
    "bare deflate": (zlib.compress(PAGE)[2:-4], "Content-Encoding: deflate\r\n"),
    "both": (chunked(gzip.compress(PAGE)), "Transfer-Encoding: chunked\r\ncontent-encoding: GZIP\r\n"),
    "unpacked already": (PAGE, "Content-Encoding: gzip\r\n"),
    "brotli unpacked already": (PAGE, "Content-Encoding: br\r\n"),
    "joined already": (PAGE, "Transfer-Encoding: chunked\r\n"),
    "of Common Crawl": (PAGE, "X-Crawl-Content-Encoding: gzip\r\nContent-Length: 7\r\n"),
    "unknown": (PAGE, "Content-Encoding: identity\r\n"),
}


@pytest.mark.parametrize("coding", CODED)
def test_body_is_unpacked_where_it_is_packed(coding):
    body, headers = CODED[coding]
    [article], problems = read(packed(record(answer(body, headers=headers))))
    assert (article.text, problems) == (TEXT, [])


def test_encoding_of_the_header_comes_before_that_of_the_page():
    body = (
        page().replace("Bo Cole", "Bø Cólé").replace('charset="utf-8"', 'charset="koi8-r"').encode("cp1252")
    )
    [article], _ = read(packed(record(answer(body, kind="text/html; charset=windows-1252"))))
    assert "Bø Cólé" in article.text


PASSED = {
    "picture": record(answer(b"\x89PNG", kind="image/png")),
    "not found": record(answer(status="404 Not Found")),
    "moved": record(answer(status="301 Moved")),
    "part": record(answer(status="206 Partial Content")),
    "request": record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
    "seen before": record(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", kind="revisit"),
    "words": record(b"Ana met Bo.", kind="conversion", content="text/plain"),
    "lookup": record(b"20250506 1.2.3.4", content="text/dns"),
}


@pytest.mark.parametrize("case", PASSED)
def test_what_is_no_page_is_passed_over(case):
    articles, problems = read(packed(PASSED[case], record(answer())))
    assert ([article.text for article in articles], problems) == ([TEXT], [])


def test_page_that_was_kept_without_an_answer_is_read():
    [article], _ = read(packed(record(PAGE, kind="resource", content="text/html")))
    assert article.text == TEXT


def test_page_without_article_is_named_and_the_others_read():
    articles, [problem] = read(packed(INFO, record(answer(b"<p>Hi.</p>")), record(answer())))
    assert len(articles) == 1
    assert (
        f"'a.warc.gz, byte {len(gzip.compress(INFO))}, https://oslo.example/talks' holds no article"
        in problem
    )


RECORDS = [INFO, *(record(answer(), url=f"https://oslo.example/{n}") for n in range(4))]
LAST = len(packed(*RECORDS[:-1]))


@pytest.mark.parametrize("missing", [1, 30, 300])
def test_archive_that_is_cut_off_is_told_with_its_place(missing):
    articles, [problem] = read(packed(*RECORDS)[:-missing])
    assert len(articles) >= 3
    assert f"'a.warc.gz': the record at byte {LAST:,} is broken or cut off" in problem


@pytest.mark.parametrize("missing", [10, 100, len(RECORDS[-1]) - 20])
def test_unpacked_archive_that_is_cut_off_is_told_with_its_place(missing):
    data = b"".join(RECORDS)
    articles, [problem] = read(data[:-missing], "a.warc")
    assert len(articles) == 3
    assert f"'a.warc': the record at byte {len(data) - len(RECORDS[-1]):,} is broken or cut off" in problem


def test_damage_within_is_told_with_its_place():
    data = bytearray(packed(*RECORDS))
    place = len(packed(*RECORDS[:2]))
    data[place + 20 : place + 60] = b"\xff" * 40
    articles, [problem] = read(bytes(data))
    assert [article.url for article in articles] == ["https://oslo.example/0"]
    assert f"the record at byte {place:,} is broken" in problem


HOSTILE = {
    "header without end": b"WARC/1.0\r\nX: " + b"a" * 30_000_000,
    "headers without end": b"WARC/1.0\r\n" + b"X: y\r\n" * 1_000_000,
    "length too large": INFO.replace(b"Content-Length: 18", b"Content-Length: 99999999999"),
    "length below zero": INFO.replace(b"Content-Length: 18", b"Content-Length: -18"),
    "length no number": INFO.replace(b"Content-Length: 18", b"Content-Length: \xc2\xb2"),
    "no length": INFO.replace(b"Content-Length: 18\r\n", b""),
    "something else": INFO + b"Ana met Bo.\r\n",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_archive_is_told_and_not_held(case):
    tracemalloc.start()
    articles, [problem] = read(HOSTILE[case], "a.warc")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert articles == []
    assert "'a.warc': the record at byte" in problem
    assert peak < 20_000_000


BOMB = b"<p>" + b"a" * 40_000_000
BOMBS = {
    "gzip": (gzip.compress(BOMB), "gzip"),
    "brotli": (brotli.compress(BOMB, quality=1), "br"),
    "deflate": (zlib.compress(BOMB), "deflate"),
    "plain": (BOMB, "identity"),
}


@pytest.mark.parametrize("case", BOMBS)
def test_page_that_unpacks_to_too_much_is_told_and_the_others_read(case):
    body, coding = BOMBS[case]
    data = packed(record(answer(body, headers=f"Content-Encoding: {coding}\r\n")), record(answer()))
    articles, [problem] = read(data, largest_article=1_000_000)
    assert len(articles) == 1
    assert "has more than 1,000,000 bytes, too many for one article" in problem


def test_broken_answer_is_named_and_the_others_read():
    broken = [record(b"nonsense"), record(answer(b"\x1f\x8bxxxx", headers="Content-Encoding: gzip\r\n"))]
    articles, problems = read(packed(*broken, record(answer())))
    assert len(articles) == 1
    assert "this is no answer of a server" in problems[0]
    assert "the page is damaged, and cannot be unpacked" in problems[1]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # it leaves files open
def test_records_of_other_programs_are_read(tmp_path):
    warcio = pytest.importorskip("warcio.warcwriter")
    from warcio.statusandheaders import StatusAndHeaders

    with (tmp_path / "a.warc.gz").open("wb") as file:
        writer = warcio.WARCWriter(file, gzip=True)
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        kept = {"WARC-Date": "2025-05-06T07:08:09Z"}
        for n in range(3):
            writer.write_record(
                writer.create_warc_record(
                    f"https://oslo.example/{n}", "response",
                    payload=io.BytesIO(PAGE), http_headers=headers, warc_headers_dict=kept,
                )
            )  # fmt: skip
    articles = list(read_articles([tmp_path]))
    assert [(article.url, article.text) for article in articles] == [
        (f"https://oslo.example/{n}", TEXT) for n in range(3)
    ]


def test_large_archive_is_not_held():
    data = packed(*(record(b"x" * 1_000_000, kind="request") for _ in range(40)), record(answer()))
    tracemalloc.start()
    articles, _ = read(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(articles) == 1
    assert peak < 20_000_000


@given(st.integers(0), st.binary(max_size=9))
def test_any_damage_is_told_or_does_no_harm(place, piece):
    data = b"".join([INFO, record(answer(b"<p>A."))])
    place %= len(data)
    read(data[:place] + piece + data[place + len(piece) :], "a.warc")
