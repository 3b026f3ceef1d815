"""What hosts ask in `robots.txt` is done (RFC 9309)."""

from __future__ import annotations

import pytest

from kg.articles.fetching import Fetcher, FetchLimits
from kg.articles.fetching.pauses import Pauses, seconds_of
from kg.articles.fetching.robots import MOST_BYTES, Robots
from kg.articles.fetching.targets import parse_target
from kg.errors import FetchError
from tests.articles.conftest import QUICK
from tests.website import Page, raw, redirect

PAGE = Page(b"<p>Ana Bell met Bo Cole.</p>")
RULES = [
    ("User-agent: *\nDisallow: /a", "/a/b", False),
    ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b", True),
    ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf", False),
    ("User-agent: *\nDisallow: /*.pdf$", "/x.pdfs", True),
    ("User-agent: kg-actors\nDisallow: /\n\nUser-agent: *\nAllow: /", "/", False),
    ("User-agent: KG-Actors\nAllow: /\n\nUser-agent: *\nDisallow: /", "/", True),
    ("User-agent: other\nDisallow: /", "/", True),
    ("User-agent: *\nDisallow:", "/", True),
    ("User-agent: *\nDisallow: /%C3%A4", "/ä", False),
    ("\ufeffUser-agent: *\nDisallow: /a", "/a", False),
    ("<html>not found</html>", "/", True),
    ("User-agent: *\nDisallow: /" + "*a" * 3_000 + "b", "/" + "a" * 4_000, True),
]


@pytest.mark.parametrize(("text", "path", "is_allowed"), RULES, ids=range(len(RULES)))
def test_rules_are_kept(website, fetcher, text, path, is_allowed):
    website.pages["/robots.txt"] = Page(text.encode(), type="text/plain")
    website.pages[parse_target(website.url + path).path] = PAGE
    if is_allowed:
        assert fetcher.fetch(website.url + path).status == 200
        return
    with pytest.raises(FetchError, match=r"/robots\.txt asks programs not to; .*save the page yourself"):
        fetcher.fetch(website.url + path)
    assert website.paths == []


def test_file_is_read_once(website, fetcher):
    website.pages |= {"/a": PAGE, "/b": PAGE}
    for path in ("/a", "/b", "/a"):
        fetcher.fetch(website.url + path)
    assert website.asked_robots == 1


def test_file_is_read_again_after_a_day():
    moments, reads = iter([0.0, 3600.0, 25 * 3600.0, 25 * 3600.0]), []
    robots = Robots(lambda target: reads.append(target.url) or "", clock=lambda: next(moments))
    for _ in range(3):
        robots.obey(parse_target("https://news.example/a"))
    assert reads == ["https://news.example/robots.txt"] * 2


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_no_file_allows_all(website, fetcher, status):
    website.pages |= {"/a": PAGE, "/robots.txt": Page(status=status)}
    assert fetcher.fetch(f"{website.url}/a").status == 200


@pytest.mark.parametrize("answer", [Page(status=500), Page(status=429), raw(b"")], ids=["500", "429", "cut"])
def test_file_that_cannot_be_had_forbids_all_for_now(website, fetcher, answer):
    website.pages |= {"/a": PAGE, "/robots.txt": answer}
    for _ in range(2):
        with pytest.raises(FetchError, match="not known what its host allows") as caught:
            fetcher.fetch(f"{website.url}/a")
        assert caught.value.is_passing
    assert website.asked == []
    assert website.asked_robots == 1


def test_file_may_stand_elsewhere(website, fetcher):
    website.pages |= {
        "/robots.txt": redirect("/r", 301),
        "/r": Page(b"User-agent: *\nDisallow: /a"),
        "/a": PAGE,
    }
    with pytest.raises(FetchError, match="asks programs not to"):
        fetcher.fetch(f"{website.url}/a")


def test_file_that_is_moved_round_is_none(website, fetcher):
    website.pages |= {"/robots.txt": redirect("/robots.txt"), "/a": PAGE}
    assert fetcher.fetch(f"{website.url}/a").status == 200
    assert website.asked_robots == 6


def test_file_without_end_is_read_to_its_limit(website, fetcher):
    text = b"User-agent: *\nDisallow: /a\n"
    website.pages |= {"/robots.txt": Page(text + b"#" * (2 * MOST_BYTES) + b"\nDisallow: /b"), "/b": PAGE}
    assert fetcher.fetch(f"{website.url}/b").status == 200
    with pytest.raises(FetchError, match="asks programs not to"):
        fetcher.fetch(f"{website.url}/a")


def test_redirect_to_what_is_forbidden_is_not_followed(website, fetcher):
    website.pages |= {"/robots.txt": Page(b"User-agent: *\nDisallow: /b"), "/a": redirect("/b"), "/b": PAGE}
    with pytest.raises(FetchError, match=r"/b' is not fetched: .*asks programs not to"):
        fetcher.fetch(f"{website.url}/a")
    assert website.paths == ["/a"]


def test_pause_that_a_host_asks_for_is_kept(website):
    waits = []
    website.pages |= {"/robots.txt": Page(b"User-agent: *\nCrawl-delay: 9"), "/a": PAGE}
    fetcher = Fetcher(FetchLimits(**QUICK), pauses=Pauses(wait=waits.append))
    for _ in range(2):
        fetcher.fetch(f"{website.url}/a")
    assert [round(wait) for wait in waits] == [9]


def test_pause_that_is_too_long_is_not_waited_for(website, fetcher):
    website.pages |= {"/robots.txt": Page(b"User-agent: *\nCrawl-delay: 600"), "/a": PAGE}
    fetcher.fetch(f"{website.url}/a")
    with pytest.raises(FetchError, match="asks to be left alone for 600 s") as caught:
        fetcher.fetch(f"{website.url}/a")
    assert caught.value.is_passing
    assert 590 < caught.value.retry_after <= 600


@pytest.mark.parametrize("text", ["", "-3", "³", "soon", "Mon, 99 Apr 2020 10:00:00 GMT"])
def test_retry_after_that_says_nothing_is_none(text):
    assert seconds_of(text) is None
