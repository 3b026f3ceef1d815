"""Reading web addresses: pages, feeds with what they lead to, files of articles."""

from __future__ import annotations

import datetime
import gzip
import json
import sys
import types

import pytest

from kg.articles.fetching import Fetcher, FetchLimits
from kg.articles.urls import WebOptions, read_url
from kg.errors import ArticleError
from kg.types import Article
from tests.articles.conftest import QUICK
from tests.website import Page, raw

PAGE = Page(b"<html><body><p>Ana Bell met Bo Cole in Oslo.</p></body></html>")
PACKED = {"Content-Encoding": "gzip"}
NAMED = {"Content-Disposition": 'attachment; filename="news.csv.gz"'}
LINE = json.dumps({"text": "Ana Bell met Bo Cole."}).encode() + b"\n"


@pytest.fixture(autouse=True)
def plain_reader_of_pages(monkeypatch):
    """What stands for the reader of HTML, which has tests of its own."""

    def read_html(data, *, place, stem, url=None, encoding=None, retrieved=None):
        text = data.decode(encoding or "utf-8").partition("<p>")[2].partition("</p>")[0]
        if not text:
            raise ArticleError(f"{place}: no text.", place=place)
        return Article(id=url or stem, text=text, url=url, retrieved=retrieved, title=stem)

    fake = types.ModuleType("kg.articles.html")
    fake.read_html = read_html
    monkeypatch.setitem(sys.modules, "kg.articles.html", fake)


@pytest.fixture
def files(monkeypatch):
    """What stands for the reader of files: names and contents that it was given."""
    given = []

    def read_stream(stream, *, place, name, on_problem, options):
        given.append((place, name, stream.read(), options))
        yield Article(id="f", text="Ana met Bo.")

    monkeypatch.setattr("kg.articles.reading.read_stream", read_stream, raising=False)
    monkeypatch.setattr("kg.articles.reading.ReadingOptions", lambda: "usual", raising=False)
    return given


def read(url, fetcher, **web):
    problems = []
    options = types.SimpleNamespace(web=WebOptions(**web))
    articles = list(read_url(url, on_problem=problems.append, options=options, fetcher=fetcher))
    return articles, [str(problem) for problem in problems]


def test_page_is_read_with_its_address_and_moment(website, fetcher):
    website.pages["/2026/talks.html?a=1"] = PAGE
    [article], problems = read(f"{website.url}/2026/talks.html?a=1", fetcher)
    assert (article.text, article.url, problems) == (
        "Ana Bell met Bo Cole in Oslo.",
        f"{website.url}/2026/talks.html?a=1",
        [],
    )
    assert article.title == "talks"
    assert abs((article.retrieved - datetime.datetime.now(datetime.UTC)).total_seconds()) < 60
    assert article.date is None


def test_characters_are_those_that_the_server_names(website, fetcher):
    website.pages["/a"] = Page("<html><p>Måløy</p>".encode("latin-1"), type="text/html; charset=ISO-8859-1")
    assert read(f"{website.url}/a", fetcher)[0][0].text == "Måløy"


@pytest.mark.parametrize("charset", ["x-unknown", "", '"', "\x00"])
def test_characters_of_no_encoding_that_is_known_are_left_to_the_reader(website, fetcher, charset):
    website.pages["/a"] = raw(
        f"HTTP/1.0 200 OK\r\nContent-Type: text/html; charset={charset}\r\n\r\n<html><p>Måløy</p>".encode()
    )
    assert read(f"{website.url}/a", fetcher)[0][0].text == "Måløy"


def rss(*entries: str) -> Page:
    begin = '<?xml version="1.0"?><rss version="2.0"><channel><title>Desk</title>'
    body = f"{begin}{''.join(entries)}</channel></rss>"
    return Page(body.encode(), type="application/xml")


def test_feed_is_read_with_the_pages_that_it_leads_to(website, fetcher):
    website.pages["/feed"] = rss(
        "<item><guid>x:1</guid><link>/1</link><description>Ana met Bo.</description></item>",
        "<item><guid>x:2</guid><link>/2</link><description>Ana met Bo.</description></item>",
    )
    website.pages["/1"] = PAGE
    articles, problems = read(f"{website.url}/feed", fetcher)
    assert [(one.id, one.text) for one in articles] == [
        ("x:1", "Ana Bell met Bo Cole in Oslo."),
        ("x:2", "Ana met Bo."),
    ]
    assert problems == [
        (
            f"{website.url}/feed entry 2: its summary is taken, since its page cannot be read: "
            f"'{website.url}/2' cannot be fetched: its server answers 404 (Not Found); check the address, "
            "and whether it is open to everybody."
        )
    ]


def test_feed_is_read_without_its_pages_if_that_is_asked(website, fetcher):
    website.pages["/feed"] = rss(
        "<item><guid>x:1</guid><link>/1</link><description>Ana met.</description></item>"
    )
    articles, problems = read(f"{website.url}/feed", fetcher, follows_links=False)
    assert ([one.text for one in articles], problems, website.paths) == (["Ana met."], [], ["/feed"])


def test_feed_leads_to_no_private_address(website, monkeypatch):
    monkeypatch.setattr(
        "kg.articles.fetching.addresses.is_public", lambda address: not address.startswith("10.")
    )
    website.pages["/feed"] = rss(
        "<item><guid>x:1</guid><link>http://10.0.0.1/</link><description>Ana met.</description></item>"
    )
    fetcher = Fetcher(
        FetchLimits(**(QUICK | {"allow_private": False})), resolve=lambda host, port: ["127.0.0.1"]
    )
    articles, problems = read(f"http://news.example:{website.port}/feed", fetcher)
    assert [one.text for one in articles] == ["Ana met."]
    assert "'10.0.0.1' is the address, which is not public" in problems[0]


def test_feed_leads_to_pages_only(website, fetcher):
    website.pages["/feed"] = rss("<item><guid>x:1</guid><link>/1</link></item>")
    website.pages["/1"] = Page(b"%PDF-1.7", type="application/pdf")
    assert read(f"{website.url}/feed", fetcher) == (
        [],
        [
            (
                f"{website.url}/feed entry 1: the feed gives no summary, since its page cannot be read: "
                f"'{website.url}/1' is no page (application/pdf); give its address."
            )
        ],
    )


FILES = {
    "by its address": ("/a.jsonl", LINE, {"type": "text/plain"}, "a.jsonl"),
    "by its type": ("/a?x=1", LINE, {"type": "application/x-ndjson"}, "a.jsonl"),
    "by its header": (
        "/get", LINE, {"headers": NAMED, "type": None}, "news.csv",
    ),
    "packed": ("/a.jsonl.gz", gzip.compress(LINE, mtime=0), {"type": "application/gzip"}, "a.jsonl.gz"),
    "packed for the way": (
        "/a.jsonl.gz", gzip.compress(LINE, mtime=0), {"headers": PACKED, "type": None}, "a.jsonl",
    ),
    "unknown": ("/", LINE, {"type": None}, "127.0.0.1"),
    "escaped": ("/a%20b.warc", LINE, {"type": None}, "a b.warc"),
    "hostile": ("/..%2F..%2Fa.csv", LINE, {"type": None}, "a.csv"),
}  # fmt: skip


@pytest.mark.parametrize(("path", "body", "known", "name"), FILES.values(), ids=FILES)
def test_files_go_to_the_reader_of_files_with_a_name_that_tells_their_format(
    website, fetcher, files, path, body, known, name
):
    website.pages[path] = Page(body, **known)
    articles, problems = read(website.url + path, fetcher)
    assert ([one.id for one in articles], problems) == (["f"], [])
    [(place, given, content, _)] = files
    assert (place, given.removesuffix(f":{website.port}")) == (website.url + path, name)
    assert content in {LINE, gzip.compress(LINE, mtime=0)}


def test_article_that_is_a_file_has_its_address(website, fetcher, files):
    website.pages["/a.txt"] = Page(b"Ana met Bo.", type="text/plain")
    [article], _ = read(f"{website.url}/a.txt", fetcher)
    assert (article.id, article.url) == ("f", f"{website.url}/a.txt")
    website.pages["/f.txt"] = Page(b"Ana met Bo.", type="text/plain")
    assert read(f"{website.url}/f.txt", fetcher)[0][0].id == f"{website.url}/f.txt"
    assert article.retrieved is not None


def test_files_may_be_larger_than_pages(website, files):
    website.pages |= {"/a.jsonl": Page(LINE * 9_000, type=None), "/a": Page(b"<html>" + LINE * 9_000)}
    small = Fetcher(FetchLimits(**(QUICK | {"max_bytes": 200_000, "max_file_bytes": 400_000})))
    assert read(f"{website.url}/a.jsonl", small)[1] == []
    assert files[0][2] == LINE * 9_000
    assert "more than 200,000 bytes" in read(f"{website.url}/a", small)[1][0]
    smaller = Fetcher(FetchLimits(**(QUICK | {"max_file_bytes": 300_000})))
    website.pages["/b.jsonl"] = raw(
        b"HTTP/1.1 200 OK\r\nContent-Length: 9999999999\r\n\r\n" + LINE * 200, drip=9
    )
    assert "more than 300,000 bytes" in read(f"{website.url}/b.jsonl", smaller)[1][0]  # before it has come
    assert "more than 300,000 bytes" in read(f"{website.url}/a.jsonl", smaller)[1][0]


@pytest.mark.parametrize("body", [b"", b"  \n"])
def test_empty_bodies_are_told(website, fetcher, body):
    website.pages["/a"] = Page(body)
    assert read(f"{website.url}/a", fetcher) == (
        [],
        [f"'{website.url}/a' is empty; an article needs a text."],
    )


def test_what_cannot_be_fetched_is_told_and_no_more(website, fetcher):
    articles, [problem] = read(f"{website.url}/a", fetcher)
    assert articles == []
    assert "answers 404" in problem


def test_body_that_is_cut_off_gives_no_article(website, fetcher, files):
    website.pages["/a.jsonl"] = Page(LINE * 2_000, headers={"Content-Length": "999999"}, type=None)
    articles, [problem] = read(f"{website.url}/a.jsonl", fetcher)
    assert (articles, files) == ([], [])
    assert "the connection ended before all had come" in problem
