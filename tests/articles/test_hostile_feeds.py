"""Whatever bytes come, feeds and addresses give records or a refusal in words."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.articles.feeds import feed_articles, looks_like_feed, read_feed
from kg.articles.feeds.fragments import html_text
from kg.articles.fetching.bodies import BrokenBodyError, unpacked
from kg.articles.fetching.targets import parse_target, redirected, shown
from kg.errors import ArticleError, FetchError

PARTS = st.sampled_from([
    "<rss>", "<channel>", "<item>", "</item>", "<title>", "</title>", "<guid>", "</guid>", "<link>",
    "</link>", "<pubDate>", "</pubDate>", "<description>", "</description>", "<![CDATA[", "]]>", "<!--",
    "-->", "&amp;", "&#0;", "&#xd800;", "&#x110000", "&#55357;&#56832;", "<entry>", "<id>", "<content src='",
    "<feed xmlns='http://www.w3.org/2005/Atom'>", "<content type='xhtml'>", "'>", "<updated>",
    "<content type='application/octet-stream'>", "<?xml version='1.0'?>", "2026-13-45", "Mon, 31 Feb 2026",
    "<!DOCTYPE r [<!ENTITY a 'b'>]>", "&a;", "http://[", "//", "\0", "\ud83d", "é", "{", "}", '"id":', ",",
    '{"version": "https://jsonfeed.org/version/1.1", "items": [', '"url": "http://["', "]",
])  # fmt: skip
QUIET = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.slow
@QUIET
@given(st.lists(PARTS | st.text(max_size=8), max_size=25).map("".join))
def test_any_feed_is_read_or_refused(text):
    data = text.encode("utf-8", "surrogatepass")
    looks_like_feed(data)
    with contextlib.suppress(ArticleError):
        feed = read_feed(data, place="a", url="https://news.example/f")
        assert len({entry.id for entry in feed.entries}) == len(feed.entries)
        problems = []
        for article in feed_articles(feed, on_problem=problems.append):
            article.text.encode("utf-8")  # holds no half of a pair
            assert "\0" not in article.text
            assert article.url is None or article.url.startswith(("http://", "https://"))


@QUIET
@given(st.text(max_size=200))
def test_any_html_becomes_text(html):
    html_text(html).encode("utf-8")


@QUIET
@given(st.sampled_from(["http://", "https://u:p@h.example/", "//", ""]), st.text(max_size=40))
def test_any_address_is_taken_apart_or_refused_without_its_password(begin, rest):
    told = ""
    try:
        target = parse_target(f"{begin}{rest}")
    except FetchError as error:
        told = str(error)
    else:
        assert parse_target(target.url).url == target.url
        assert target.url.isascii()
    assert "u:p@" not in told
    with contextlib.suppress(FetchError):
        assert redirected(parse_target("https://h.example/a"), rest).scheme == "https"
    assert "u:p@" not in shown(f"{begin}{rest}")


@QUIET
@given(
    st.lists(st.binary(max_size=50), max_size=5), st.sampled_from(["gzip", "deflate", "br", "identity", "x"])
)
def test_any_body_is_unpacked_or_refused(pieces, encoding):
    with contextlib.suppress(BrokenBodyError):
        b"".join(unpacked(pieces, encoding))
