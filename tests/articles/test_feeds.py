"""Feeds of all formats: what is taken from them, and what hostile ones cannot do."""

from __future__ import annotations

import datetime
import json

import pytest

from kg.articles.feeds import Entry, feed_articles, looks_like_feed, read_entry, read_feed
from kg.articles.feeds.fragments import html_text, is_shortened, line_text, plain_text
from kg.articles.feeds.reading import LARGEST_FEED
from kg.articles.feeds.xmlfeeds import MOST_ENTRIES
from kg.errors import ArticleError, FetchError
from kg.types import Article, DateBasis, DatePrecision

FEED = "https://news.example/feeds/a.xml"
NOON = datetime.datetime(2026, 4, 6, 12, tzinfo=datetime.UTC)
NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" xmlns:dcterms="http://purl.org/dc/terms/"'
)


def rss(items: str, about: str = "<title>Oslo Desk</title>") -> bytes:
    begin = f'<?xml version="1.0"?><rss version="2.0" {NAMESPACES}><channel>'
    return f"{begin}{about}{items}</channel></rss>".encode()


def atom(entries: str, about: str = "<title>Oslo Desk</title>") -> bytes:
    return f'<feed xmlns="http://www.w3.org/2005/Atom">{about}{entries}</feed>'.encode()


def rdf(items: str) -> bytes:
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Oslo Desk</title></channel>'
        f"{items}</rdf:RDF>"
    ).encode()


def json_feed(*items: object, **fields: object) -> bytes:
    known = {"version": "https://jsonfeed.org/version/1.1", "title": "Oslo Desk", "items": list(items)}
    return json.dumps(known | fields).encode()


def entries(data: bytes, **known) -> tuple[Entry, ...]:
    return read_feed(data, place="a", **({"url": FEED, "retrieved": NOON} | known)).entries


def entry(data: bytes, **known) -> Entry:
    [only] = entries(data, **known)
    return only


ONE = "<title>Talks</title><link>/1</link><guid>https://news.example/1</guid>"
FORMATS = {
    "rss": rss(
        f"<item>{ONE}<pubDate>Sun, 05 Apr 2026 23:30:00 -0500</pubDate>"
        "<content:encoded>&lt;p&gt;Ana met Bo.&lt;/p&gt;&lt;p&gt;In Oslo.&lt;/p&gt;</content:encoded></item>"
    ),
    "atom": atom(
        '<entry><title>Talks</title><link href="/1"/><id>https://news.example/1</id>'
        "<published>2026-04-05T23:30:00-05:00</published><updated>2026-04-06T01:00:00Z</updated>"
        '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Ana met Bo.</p>'
        "<p>In Oslo.</p></div></content></entry>"
    ),
    "json": json_feed({
        "id": "https://news.example/1", "url": "/1", "title": "Talks",
        "date_published": "2026-04-05T23:30:00-05:00", "date_modified": "2026-04-06T01:00:00Z",
        "content_html": "<p>Ana met Bo.</p><p>In Oslo.</p>",
    }),
}  # fmt: skip


@pytest.mark.parametrize("data", FORMATS.values(), ids=FORMATS)
def test_every_format_gives_the_same(data):
    assert looks_like_feed(data)
    assert entry(data) == Entry(
        id="https://news.example/1",
        place="a entry 1",
        url="https://news.example/1",
        title="Talks",
        text="Ana met Bo.\n\nIn Oslo.",
        is_whole=True,
        date=datetime.date(2026, 4, 5),
        source="Oslo Desk",
        retrieved=NOON,
    )


def test_rdf_has_its_date_by_dublin_core():
    one = entry(
        rdf("<item><title>t</title><link>http://news.example/1</link><dc:date>2026-04</dc:date></item>")
    )
    assert (one.date, one.date_precision) == (datetime.date(2026, 4, 1), DatePrecision.MONTH)


@pytest.mark.parametrize(
    "version",
    ['<rss version="0.91"><channel>', '<rss version="0.92"><channel>', "<rss><channel>"],
)
def test_old_versions_are_read(version):
    data = f"{version}<title>A</title><item><title>Talks</title></item></channel></rss>".encode()
    assert entry(data).title == "Talks"


DATES = {
    "update": ("atom", "<updated>2026-04-05T10:00:00Z</updated>", None),
    "update of rss": ("rss", "<dcterms:modified>2026-04-05</dcterms:modified>", None),
    "dublin core": ("rss", "<dc:date>2026-04-05T10:00:00Z</dc:date>", "2026-04-05"),
    "iso": ("rss", "<pubDate>2026-04-05</pubDate>", "2026-04-05"),
    "month": ("rss", "<pubDate>2026-04</pubDate>", "2026-04-01"),
    "own zone": ("rss", "<pubDate>Mon, 06 Apr 2026 00:30:00 +0900</pubDate>", "2026-04-06"),
    "named zone": ("rss", "<pubDate>Sun, 05 Apr 2026 23:30:00 EST</pubDate>", "2026-04-05"),
    "epoch": ("rss", "<pubDate>Thu, 01 Jan 1970 00:00:00 GMT</pubDate>", None),
    "future": ("rss", "<pubDate>Thu, 01 Jan 2099 00:00:00 GMT</pubDate>", None),
    "no day": ("rss", "<pubDate>Mon, 99 Apr 2026 00:00:00 GMT</pubDate>", None),
    "words": ("rss", "<pubDate>yesterday</pubDate>", None),
    "empty": ("rss", "<pubDate/>", None),
    "year 99999": ("atom", "<published>99999-01-01T00:00:00Z</published>", None),
    "none": ("rss", "", None),
}


@pytest.mark.parametrize(("format", "said", "day"), DATES.values(), ids=DATES)
def test_only_a_date_of_publication_counts(format, said, day):
    data = rss(f"<item>{ONE}{said}</item>") if format == "rss" else atom(f"<entry><id>x:1</id>{said}</entry>")
    found = entry(data).date
    assert (found and found.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "is_whole"),
    [
        ("<description>Ana met Bo.</description>", False),
        ("<description>" + "Ana met Bo. " * 200 + "</description>", True),
        ("<description>" + "Ana met Bo. " * 200 + "[…]</description>", False),
        ("<content:encoded>Ana met Bo.</content:encoded>", True),
        ("<content:encoded>Ana met Bo [&amp;#8230;]</content:encoded>", False),
        ("<description>Ana met Bo in Oslo.</description><content:encoded>Ana</content:encoded>", False),
    ],
)
def test_summaries_are_told_from_articles(text, is_whole):
    assert entry(rss(f"<item>{ONE}{text}</item>")).is_whole is is_whole


def test_titles_are_plain_text():
    one = entry(rss("<item><title>Ana &lt;i&gt;Bell&lt;/i&gt; &amp;amp; Co:\n 5 &lt; 6</title></item>"))
    assert one.title == "Ana Bell & Co: 5 < 6"
    two = entry(
        atom('<entry><id>x:1</id><title type="text">Use of &lt;b&gt; &amp; &lt;i&gt;</title></entry>')
    )
    assert two.title == "Use of <b> & <i>"


def test_links_are_resolved_and_only_those_of_the_web_kept():
    found = entries(
        atom(
            '<entry xml:base="2026/"><id>x:1</id><link href="p?q=1"/></entry>'
            '<entry><id>x:2</id><link href="javascript:alert(1)"/></entry>'
            '<entry><id>x:3</id><content type="text/html" src="/3"/></entry>',
            '<title>A</title><link rel="license" href="https://licenses.example/by"/>',
        )
    )
    assert [one.url for one in found] == [
        "https://news.example/feeds/2026/p?q=1",
        None,
        "https://news.example/3",
    ]
    assert {one.license for one in found} == {"https://licenses.example/by"}


def test_source_of_an_entry_wins():
    data = rss(f'<item>{ONE}<source url="https://b.example/f">Bergen Desk</source></item>')
    assert entry(data).source == "Bergen Desk"


IDS = {
    "own": ("<guid>tag:news.example,2026:1</guid>", ["tag:news.example,2026:1"]),
    "number": ("<guid isPermaLink='false'>77</guid>", [f"{FEED}#77"]),
    "link": ("<link>/1</link>", ["https://news.example/1"]),
    "nothing": ("<title>Talks</title>", [f"{FEED}#0c2e28d92d4c5ea8"]),
}


@pytest.mark.parametrize(("said", "ids"), IDS.values(), ids=IDS)
def test_ids_are_unique_in_the_world(said, ids):
    found = [one.id for one in entries(rss(f"<item>{said}</item>"))]
    assert found == ids or (ids[0].startswith(f"{FEED}#0") and len(found[0]) == len(ids[0]))


def test_ids_that_several_entries_share_are_none():
    found = entries(
        rss(
            "<item><guid>x:7</guid><link>/1</link></item><item><guid>x:7</guid><link>/2</link></item>"
            "<item><guid>x:7</guid><title>a</title></item><item><guid>x:7</guid><title>b</title></item>"
            "<item><guid>x:8</guid><link>/8</link></item><item><guid>x:8</guid><link>/8</link></item>"
        )
    )
    assert [one.id for one in found[:2]] == ["https://news.example/1", "https://news.example/2"]
    assert len({one.id for one in found}) == len(found) == 5
    assert found[-1].id == "x:8"


@pytest.mark.parametrize(
    ("about", "seconds"),
    [
        ("<ttl>60</ttl>", 3600),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", 21_600),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>", 86_400),
        ("<ttl>soon</ttl>", 0),
        ("", 0),
    ],
)
def test_feed_says_how_often_it_changes(about, seconds):
    assert read_feed(rss(f"<item>{ONE}</item>", about), place="a").refresh_seconds == seconds


def test_json_feed_takes_what_fits_and_leaves_what_does_not():
    found = read_feed(
        json_feed(
            {"id": 7, "content_text": "Ana met Bo.\n\n\nIn Oslo.", "url": 5},
            "no item",
            {"id": None, "external_url": "https://b.example/2", "summary": "Ana met Bo."},
            expired=True,
        ),
        place="a",
        url=FEED,
    )
    assert [(one.id, one.text, one.is_whole) for one in found.entries] == [
        (f"{FEED}#7", "Ana met Bo.\n\nIn Oslo.", True),
        ("https://b.example/2", "Ana met Bo.", False),
    ]
    assert found.is_over


@pytest.mark.parametrize(
    "data", [b"<html><p>Ana met Bo.</p></html>", b"Ana met Bo.", b"", b"<xml/>", b"{}", b"{"]
)
def test_what_is_no_feed_is_refused(data):
    assert not looks_like_feed(data)
    with pytest.raises(ArticleError, match=r"is no (JSON Feed|feed)|not JSON"):
        read_feed(data, place="a")


SNIFFED = {
    "comment": b"<?xml version='1.0'?>\n<!-- by hand --><?xml-stylesheet href='a.xsl'?><rss>",
    "doctype": b'<!DOCTYPE rss [<!ENTITY a "b">]><rss>',
    "prefix": b'<atom:feed xmlns:atom="http://www.w3.org/2005/Atom">',
    "utf-16": '<?xml version="1.0"?><rss>'.encode("utf-16"),
    "mark": b"\xef\xbb\xbf<rss>",
    "escaped": b'{"version": "https:\\/\\/jsonfeed.org\\/version\\/1"}',
}


@pytest.mark.parametrize("head", SNIFFED.values(), ids=SNIFFED)
def test_feeds_are_told_by_their_beginning(head):
    assert looks_like_feed(head)


def test_media_type_tells_where_the_beginning_does_not():
    assert looks_like_feed(b"<x:y/>", "application/rss+xml")
    assert not looks_like_feed(b"<!DOCTYPE html><html>", "application/rss+xml")


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (rss("<item><title>Mal\u00f8y</title></item>").replace(b"?>", b' encoding="latin-1"?>', 1), None),
        (rss("<item><title>Mal\u00f8y</title></item>"), "iso8859-1"),
        (rss("<item><title>Mal\u00f8y</title></item>"), None),
        (rss("<item><title>Mal\u00f8y</title></item>").decode().encode("utf-16"), None),
    ],
    ids=["declared", "by the server", "utf-8", "utf-16"],
)
def test_characters_are_read_as_they_are_encoded(data, encoding):
    if encoding or b"latin-1" in data:
        data = data.decode("utf-8").encode("latin-1")
    assert entry(data, encoding=encoding).title == "Maløy"


BOMB = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(12)
)
HOSTILE = {
    "entities": f"<?xml version='1.0'?>{BOMB}]><rss><channel><item><title>&m;</title></item></channel></rss>",
    "cut": "<rss><channel><item><title>Talks</title><description>Ana met",
    "nuls": "<rss><channel><item><title>T\0alks</title></item></channel></rss>",
    "deep": "<rss><channel><item><description>" + "<a>" * 5_000,
    "deep text": "<rss><channel><item><description>" + "&lt;div&gt;" * 5_000 + "Ana met Bo.",
    "unclosed": "<rss><channel><item><title>" + "<" * 50_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_hostile_feeds_do_not_grow(data):
    try:
        found = entries(data.encode())
    except ArticleError:
        found = ()
    assert sum(len(f"{one.title}{one.text}") for one in found) < 100_000
    assert all("\0" not in f"{one.title}{one.text}" for one in found)


def test_feed_reads_no_file(tmp_path):
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    data = (
        f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
        "<rss><channel><title>&x;</title><item><title>a&x;</title></item></channel></rss>"
    )
    found = read_feed(data.encode(), place="a", url=FEED)
    assert "secret" not in f"{found.title}{found.entries[0].title}"


def test_feed_never_has_its_library_fetch(monkeypatch):
    monkeypatch.setattr("feedparser.http.get", lambda *_: pytest.fail("fetched"))
    with pytest.raises(ArticleError, match="is no feed"):
        read_feed(b"http://127.0.0.1:9/feed", place="a")


def test_feed_that_is_too_large_is_refused_unread():
    with pytest.raises(ArticleError, match="too many for a feed"):
        read_feed(b"<rss>" + b" " * LARGEST_FEED, place="a")


@pytest.mark.slow
def test_of_entries_without_end_the_first_are_read():
    items = "".join(f"<item><guid>x:{n}</guid></item>" for n in range(100_000))
    feed = read_feed(rss(items), place="a")
    assert (len(feed.entries), feed.entries[-1].id) == (MOST_ENTRIES, f"x:{MOST_ENTRIES - 1}")
    problems = []
    assert list(feed_articles(feed, on_problem=problems.append)) == []
    assert str(problems[0]) == "'a' has more than 5,000 entries; those after are not read."


TEXTS = {
    "paragraphs": ("<p>Ana met Bo.<p>In Oslo.", "Ana met Bo.\n\nIn Oslo."),
    "breaks": ("Ana met Bo.<br><br/>In Oslo.<br>Yes.", "Ana met Bo.\n\nIn Oslo.\nYes."),
    "spaces": ("<p>\n  Ana\n met&nbsp;Bo. </p>\n\n", "Ana met Bo."),
    "scripts": ("<p>Ana</p><script>x < y</script><style>p {}</style><p>Bo</p>", "Ana\n\nBo"),
    "captions": ("<figure><img><figcaption>A hall</figcaption></figure><p>Ana</p>", "Ana"),
    "lists": ("<ul><li>Ana<li>Bo</ul>", "Ana\n\nBo"),
    "cells": ("<table><tr><td>Ana</td><td>Bo</td></tr></table>", "Ana Bo"),
    "inline": ("Ana <a href='x'>Bell</a>, <b>B</b>o", "Ana Bell, Bo"),
    "plain": ("AT&amp;T met Bo.", "AT&T met Bo."),
    "bare sign": ("5 < 6 & 7", "5 < 6 & 7"),
    "footer": ("<p>Ana</p><p>The post <a>Talks</a> appeared first on <a>Desk</a>.</p>", "Ana"),
    "more": ("<p>Ana</p><p>Read more…</p>", "Ana"),
    "normal form": ("<p>Malo\u0308y</p>", "Malöy"),
    "empty": ("", ""),
}


@pytest.mark.parametrize(("html", "text"), TEXTS.values(), ids=TEXTS)
def test_html_becomes_paragraphs(html, text):
    assert html_text(html) == text


def test_references_to_half_of_a_pair_are_put_together_or_left_out():
    assert entry(
        rss("<item><title>Talks &#55357;&#56832; &#xD83D; &#x110000; &#0;!</title></item>")
    ).title == ("Talks \U0001f600 !")


def test_lone_surrogates_and_controls_become_spaces():
    assert plain_text("Ana\ud800met\x0bBo\x00.") == "Ana met Bo ."
    assert line_text("Ana\ud800") == "Ana"


@pytest.mark.parametrize("text", ["Ana […]", "Ana...", "Ana [...] "])
def test_shortened_texts_are_told(text):
    assert is_shortened(text)


LINKED = Entry(
    id="x:1", place="a entry 1", url="https://news.example/1", title="Talks", text="Ana met Bo.",
    source="Oslo Desk", date=datetime.date(2026, 4, 5), retrieved=NOON,
)  # fmt: skip
PAGE = Article(
    id="https://news.example/1", text="Ana Bell met Bo Cole in Oslo.", title="Other", source="Other",
    date=datetime.date(2026, 4, 1), date_basis=DateBasis.PAGE, url="https://news.example/one",
)  # fmt: skip


def test_page_gives_the_text_and_the_feed_the_rest():
    assert read_entry(LINKED, on_problem=pytest.fail, read_page=lambda url: PAGE) == Article(
        id="x:1", text=PAGE.text, title="Talks", source="Oslo Desk", date=datetime.date(2026, 4, 5),
        date_basis=DateBasis.GIVEN, url="https://news.example/one", retrieved=NOON,
    )  # fmt: skip


def test_page_gives_the_date_that_the_feed_lacks():
    bare = Entry(id="x:1", place="a", url="https://news.example/1")
    article = read_entry(bare, on_problem=pytest.fail, read_page=lambda url: PAGE)
    assert (article.date, article.date_basis, article.title) == (PAGE.date, DateBasis.PAGE, "Other")


def test_page_that_has_less_text_than_the_feed_is_not_taken():
    article = read_entry(
        LINKED, on_problem=pytest.fail, read_page=lambda url: Article(id="a", text="Accept", date=None)
    )
    assert article.text == "Ana met Bo."


def test_page_is_not_read_where_the_feed_has_all():
    whole = Entry(id="x:1", place="a", url="https://news.example/1", text="Ana met Bo.", is_whole=True)
    assert read_entry(whole, on_problem=pytest.fail, read_page=pytest.fail).text == "Ana met Bo."


@pytest.mark.parametrize("is_passing", [True, False])
def test_page_that_fails_leaves_the_summary_and_is_told(is_passing):
    problems = []

    def fail(url):
        raise FetchError("it is gone", url=url, is_passing=is_passing)

    assert read_entry(LINKED, on_problem=problems.append, read_page=fail).text == "Ana met Bo."
    assert [str(one) for one in problems] == [
        "a entry 1: its summary is taken, since its page cannot be read: it is gone"
    ]
    if is_passing:
        with pytest.raises(FetchError, match="it is gone"):
            read_entry(LINKED, on_problem=pytest.fail, read_page=fail, can_wait=True)
    else:
        assert read_entry(LINKED, on_problem=problems.append, read_page=fail, can_wait=True) is not None


def test_entries_without_text_are_told():
    problems = []
    feed = read_feed(rss("<item><title>a</title></item><item><link>/1</link></item>"), place="a", url=FEED)
    assert list(feed_articles(feed, on_problem=problems.append)) == []
    assert [str(one) for one in problems] == [
        "a entry 1: the feed gives no text, and it leads to no page.",
        "a entry 2: the feed gives no text, and its page is not read.",
    ]
