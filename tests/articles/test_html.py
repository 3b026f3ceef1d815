"""Pages: the article without what stands around it, what it says of itself, and pages that mean harm."""

from __future__ import annotations

import contextlib
import datetime
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.articles.html import declared_encoding, read_html
from kg.articles.refusals import refusal_of
from kg.errors import ArticleError, LanguageError
from kg.types import DateBasis
from tests.articles import pages
from tests.articles.pages import BODY, CANONICAL, FIRST, LINKED_DATA, OPEN_GRAPH, SECOND, TEXT, page


def read(text, **about):
    return read_html(text.encode(), place="a.html", stem="a", **about)


LAYOUTS = {
    "news": page(head=OPEN_GRAPH),
    "linked data": page(head=LINKED_DATA),
    "amp": pages.AMP,
    "divisions": pages.DIVISIONS,
    "live": pages.LIVE,
    "windows line ends": page(head=OPEN_GRAPH).replace("\n", "\r\n"),
    "xhtml": '<?xml version="1.0" encoding="utf-8"?>\n' + page(head=OPEN_GRAPH),
    "links": page(body=BODY.replace("Peru", '<a href="/peru"><b>Peru</b></a>')),
    "soft hyphens": page(body=BODY.replace("minister", "min\u00adis\u200bter")),
    "spaces": page(body=BODY.replace(" ", " \n\t&nbsp;")),
    "comments in the text": page(body=BODY.replace("Peru", "Pe<!-- x -->ru")),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_text_is_that_of_the_article_alone(layout):
    assert read(LAYOUTS[layout]).text == TEXT


def test_paywall_leaves_what_can_be_read():
    assert read(pages.PAYWALL).text.startswith(FIRST)
    assert SECOND not in read(pages.PAYWALL).text


def test_page_in_another_language_is_read_and_refused_later():
    article = read(pages.FOREIGN)
    assert article.published == "2025-03-02"
    assert isinstance(refusal_of(article), LanguageError)


def test_headings_lists_and_quotations_are_paragraphs_and_tables_are_left_out():
    more = """<h2>What is next</h2><blockquote><p>We will not yield, said Bo Cole.</p></blockquote>
    <ul><li>Peru withdraws its troops.</li><li>Chile pays.</li></ul>
    <table><tr><td>12</td><td>13</td></tr></table>"""
    assert read(page(body=f"<p>{FIRST}</p>{more}<p>{SECOND}</p>")).text.split("\n\n") == [
        FIRST,
        "What is next",
        "We will not yield, said Bo Cole.",
        "Peru withdraws its troops.",
        "Chile pays.",
        SECOND,
    ]


def test_line_breaks_part_lines_and_two_of_them_paragraphs():
    text = read(page(body=f"<p>{FIRST}<br>It rained.<br><br>{SECOND}</p>")).text
    assert text == f"{FIRST}\nIt rained.\n\n{SECOND}"


def test_what_the_page_says_of_itself_is_kept():
    article = read(page(head=OPEN_GRAPH + CANONICAL))
    assert (article.id, article.url) == ("https://oslo.example/talks-begin",) * 2
    assert (article.title, article.source, article.retrieved) == ("Talks begin in Oslo", "Oslo Post", None)


ADDRESSES = [
    ('<link rel="canonical" href="https://oslo.example/">', None),
    ('<link rel="canonical" href="/talks">', None),
    ('<base href="https://oslo.example/"><link rel="canonical" href="/talks">', "https://oslo.example/talks"),
    ('<link rel="canonical" href="javascript:alert(1)//x">', None),
    ('<link rel="canonical" href="https://[oslo/x">', None),
    ('<meta property="og:url" content="https://oslo.example/?id=7">', "https://oslo.example/?id=7"),
]


@pytest.mark.parametrize(("head", "url"), ADDRESSES)
def test_address_is_that_of_the_page_and_not_of_a_site(head, url):
    article = read(page(head=head))
    assert (article.url, article.id) == (url, url or "a")


def test_address_of_the_fetch_comes_first():
    assert (
        read(page(head=CANONICAL), url="https://oslo.example/amp/talks").url
        == "https://oslo.example/amp/talks"
    )


def linked(data):
    return f'<script type="application/ld+json">{data}</script>'


def named(name, content="2025-03-02"):
    return f'<meta name="{name}" content="{content}">'


DATES = {
    "linked data": (LINKED_DATA, "", "2025-03-02"),
    "open graph": (OPEN_GRAPH, "", "2025-03-02"),
    "month": (named("dc.date.issued", "2025-03"), "", "2025-03"),
    "unset first": (named("date", "1970-01-01") + named("pubdate"), "", "2025-03-02"),
    "time": ("", '<p>Ana Bell <time datetime="2025-03-02T08:00Z">today</time></p>', "2025-03-02"),
    "item property": ("", '<span itemprop="datePublished" content="2025-03-02">today</span>', "2025-03-02"),
    "written": ("", '<div class="date">Published 2 March 2025</div>', "2025-03-02"),
    "american": ("", '<div class="meta">By Ana Bell | Sept. 2nd, 2025, 8:15 a.m.</div>', "2025-09-02"),
    "broken linked data": (linked('{"@type": [') + OPEN_GRAPH, "", "2025-03-02"),
    "linked page": (linked('[{"@type": "WebPage", "datePublished": "2025-03-02"}]'), "", "2025-03-02"),
}  # fmt: skip


@pytest.mark.parametrize("case", DATES)
def test_date_is_the_one_that_the_page_states(case):
    head, above, published = DATES[case]
    article = read(page(head=head, above=above))
    assert (article.published, article.date_basis) == (published, DateBasis.PAGE)


LISTED = """{"@type": "ItemList", "itemListElement": [
{"@type": "NewsArticle", "datePublished": "2025-03-02"}]}"""
NO_DATES = {
    "nothing": ("", ""),
    "modified": (named("article:modified_time"), ""),
    "linked data modified": (linked('{"@type": "NewsArticle", "dateModified": "2025-03-02"}'), ""),
    "updated": ("", '<p class="byline">Updated: <time datetime="2025-03-02">2 March</time></p>'),
    "updated in words": ("", '<div class="date">Last updated 2 March 2025</div>'),
    "two ways to read": ("", '<div class="date">04/05/2025</div>'),
    "no day": ("", '<div class="date">31 February 2025</div>'),
    "list of articles": (linked(LISTED), ""),
    "address": ('<link rel="canonical" href="https://oslo.example/2025/03/02/talks">', ""),
}  # fmt: skip


@pytest.mark.parametrize("case", NO_DATES)
def test_there_is_no_date_where_none_of_publication_is_stated(case):
    head, above = NO_DATES[case]
    assert read(page(head=head, above=above)).date is None


def test_day_of_the_fetch_is_no_date():
    fetched = datetime.datetime(2025, 5, 6, tzinfo=datetime.UTC)
    article = read(page(), retrieved=fetched)
    assert (article.date, article.retrieved) == (None, fetched)


def test_date_after_the_fetch_is_none():
    fetched = datetime.datetime(2024, 1, 1, tzinfo=datetime.UTC)
    assert read(page(head=OPEN_GRAPH), retrieved=fetched).date is None


ENCODINGS = [
    ("utf-8", None, "utf-8"),
    ("windows-1252", None, "windows-1252"),
    ("iso-8859-1", None, "windows-1252"),
    ("nonsense", "windows-1252", "windows-1252"),
    ("utf-8", None, "windows-1252"),
    ("utf-16", None, "utf-16"),
]


@pytest.mark.parametrize(("declared", "header", "used"), ENCODINGS)
def test_letters_come_out_right(declared, header, used):
    body = BODY.replace("Bo Cole", "Bø Cólé")
    data = page(body=body).replace('charset="utf-8"', f'charset="{declared}"').encode(used)
    article = read_html(data, place="a.html", stem="a", encoding=header)
    assert article.text == TEXT.replace("Bo Cole", "Bø Cólé")


def test_encoding_is_found_where_it_is_declared():
    assert declared_encoding(b'<meta content="text/html; charset=koi8-r">') == "koi8-r"
    assert declared_encoding(b"<p>charset=koi8-r</p>") is None


def test_text_is_stored_in_one_form_and_holds_no_control_characters():
    body = (
        BODY.replace("Bo Cole", "Bo Co\u0301le")
        .replace("Oslo", "Os&#0;lo\x00")
        .replace("Peru", "Peru&#xD800;")
    )
    text = read(page(body=body)).text
    assert "Bo Cóle" in text
    assert not any(
        (character < " " and character != "\n") or "\ud800" <= character <= "\udfff" for character in text
    )


EMPTY = [
    "",
    "<html></html>",
    "<html><body><div id='root'></div><script>x()</script></body></html>",
    pages.page(body="<div id='root'></div>").replace("Share", ""),
    "\x00\x01\x02",
]


@pytest.mark.parametrize("text", EMPTY)
def test_page_without_article_is_told(text):
    with pytest.raises(ArticleError, match=r"a\.html.* holds no article's text"):
        read(text)


def test_entities_of_a_document_type_are_not_expanded():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "lol">{laughs}]>'
    text = read(bomb + page(body=BODY + "<p>&l9;</p>").replace("<!DOCTYPE html>", "")).text
    assert len(text) < 2 * len(TEXT)


def test_files_that_a_page_names_are_not_read(tmp_path):
    (tmp_path / "secret").write_text("a secret")
    entity = f'<!DOCTYPE html [<!ENTITY s SYSTEM "file://{tmp_path}/secret">]>'
    assert "a secret" not in read(entity + page(body=BODY + "<p>&s;</p>")).text


def many(count, of):
    return page(body=f"{BODY}{of * count}")


HOSTILE = {
    "nested divisions": lambda: page(body="<div>" * 1_000_000 + BODY),
    "nested words": lambda: page(body=f"<p>{'<b>' * 1_000_000}{FIRST}"),
    "elements": lambda: many(100_000, "<p>a</p>"),
    "links": lambda: many(1, f"<p>{'<a href=x>a</a> ' * 100_000}</p>"),
    "cells": lambda: many(1, f"<table><tr>{'<td>a' * 100_000}</table>"),
    "attributes": lambda: page(body=f"<p {' '.join(f'a{n}=1' for n in range(200_000))}>{FIRST}</p>"),
    "attributes that end tags": lambda: page(
        body="<p " + " ".join(f'a{n}=">"' for n in range(100_000)) + ">"
    ),
    "too large": lambda: page(body=f"<p>{'a b ' * 3_000_000}</p>"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_page_is_refused_or_read_soon(case):
    text = HOSTILE[case]()
    started = time.process_time()
    with pytest.raises(ArticleError, match=r"a\.html"):
        read(text)
    assert time.process_time() - started < 20  # these take hours, or the stack, where nothing bounds them


LONG = {
    "attribute": lambda: page(body=f'<p title="{"a" * 5_000_000}">{FIRST}</p><p>{SECOND}</p>'),
    "picture": lambda: page(body=f'<img src="data:image/png;base64,{"A" * 5_000_000}">{BODY}'),
    "script": lambda: page(head=f"<script>{'x = 1; ' * 500_000}</script>"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", LONG)
def test_page_with_something_huge_in_it_is_read(case):
    assert read(LONG[case]()).text == TEXT


PIECES = st.sampled_from([
    "<p>", "</p>", "<div class='date'>", "</div>", "<article>", "<table><tr><td>", "<br><br>", "<ul><li>",
    "<h1>", "<script type='application/ld+json'>", '{"@type": "NewsArticle", "datePublished": [1]}',
    "</script>", "<title>", "<meta property='og:url' content='", "<meta name=author content='", "'>",
    "<a href='http://[x'>", "<time datetime=0>", "&#0;", "&#xD800;", "\x00", "<![CDATA[", "]]>", "<?php",
    "<!--", "-->", "<svg>", "<math>", "<template>", "<base href='//'>", FIRST, "2 March 2025", "é", "\u202e",
])  # fmt: skip


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES | st.text(max_size=9), max_size=30))
def test_any_page_is_an_article_or_refused(pieces):
    data = "".join(pieces).encode("utf-8", "surrogatepass")
    with contextlib.suppress(ArticleError):
        article = read_html(data, place="a.html", stem="a")
        assert article.text.encode().strip()
        assert "\x00" not in f"{article.title}{article.text}{article.source}{article.url}"
