"""Fetching over HTTP: what comes through, what is refused, and what is said."""

from __future__ import annotations

import gzip
import socket
import time
import zlib

import pytest

from kg.articles.fetching import USER_AGENT, Fetcher, FetchLimits, fetch
from kg.articles.fetching.pauses import Pauses
from kg.errors import ArticleError, FetchError
from tests.articles.conftest import QUICK
from tests.website import Page, Website, raw, redirect, secure

PAGE = b"<p>Ana Bell met Bo Cole in Oslo.</p>"


def limited(**changed) -> Fetcher:
    return Fetcher(FetchLimits(**(QUICK | changed)))


def test_page_comes_with_what_is_known_of_it(website, fetcher):
    website.pages["/a?b=%C3%A4"] = Page(PAGE, headers={"ETag": '"7"'}, type='Text/HTML; Charset="latin-1"')
    page = fetcher.fetch(f"{website.url}/a?b=ä#part")
    assert (page.url, page.status, page.data) == (f"{website.url}/a?b=%C3%A4", 200, PAGE)
    assert (page.content_type, page.encoding, page.headers["etag"]) == ("text/html", "iso8859-1", '"7"')
    assert page.retrieved.utcoffset().total_seconds() == 0
    assert page.moved_to is None


def test_server_is_told_who_asks(website, fetcher):
    website.pages["/a"] = Page(PAGE)
    fetcher.fetch(f"{website.url}/a")
    headers = website.asked[0][1]
    assert headers["user-agent"] == USER_AGENT
    assert USER_AGENT.startswith("kg-actors/")
    assert headers["accept-encoding"] == "gzip, deflate"
    assert "cookie" not in headers


def test_name_is_resolved_once_and_connected_as_it_was_checked(website):
    asked = []

    def resolve(host, port):
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["203.0.113.1"]

    website.pages["/a"] = Page(PAGE)
    website.pages["/robots.txt"] = Page(b"")
    fetcher = Fetcher(FetchLimits(**QUICK), resolve=lambda host, port: ["127.0.0.1"])
    fetcher.fetch(f"http://news.example:{website.port}/a")  # now the robots are known
    fetcher._resolve = resolve
    assert fetcher.fetch(f"http://news.example:{website.port}/a").data == PAGE
    assert asked == ["news.example"]
    assert website.asked[-1][1]["host"] == f"news.example:{website.port}"


def test_next_address_is_tried(website):
    website.pages["/a"] = Page(PAGE)
    fetcher = Fetcher(FetchLimits(**QUICK), resolve=lambda host, port: ["127.0.0.2", "127.0.0.1"])
    assert fetcher.fetch(f"http://news.example:{website.port}/a").data == PAGE


PRIVATE = [
    "127.0.0.1", "localhost", "a.localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433",
    "0x7f000001", "0177.0.0.1", "127.1", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]", "10.0.0.1",
    "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "192.168.1.1", "[fc00::1]", "[ff02::1]",
    "[::]", "１２７.０.０.１", "8.8.8.8.", "134744072",
]  # fmt: skip


@pytest.mark.parametrize("host", PRIVATE)
def test_private_hosts_are_refused_and_nothing_is_sent(website, host):
    fetcher = limited(allow_private=False)
    with pytest.raises(FetchError, match=r"is not fetched: .*(--allow-private|four decimal numbers)"):
        fetcher.fetch(f"http://{host}:{website.port}/a")
    assert website.connections == 0


@pytest.mark.parametrize("found", [["127.0.0.1"], ["93.184.216.34", "10.0.0.7"], ["::1"], ["fe80::1%1"]])
def test_names_of_private_addresses_are_refused(website, found):
    fetcher = Fetcher(FetchLimits(**(QUICK | {"allow_private": False})), resolve=lambda host, port: found)
    with pytest.raises(FetchError, match=r"'news\.example' is at .*, which is not public"):
        fetcher.fetch(f"http://news.example:{website.port}/a")
    assert website.connections == 0


def test_redirect_to_a_private_address_is_refused(website, monkeypatch):
    """The first host is public by what the resolver says, and then connected to here."""
    monkeypatch.setattr("kg.articles.fetching.addresses.is_public", lambda address: address != "10.0.0.1")
    website.pages["/a"] = redirect("http://10.0.0.1/admin")
    fetcher = Fetcher(
        FetchLimits(**(QUICK | {"allow_private": False})), resolve=lambda host, port: ["127.0.0.1"]
    )
    with pytest.raises(FetchError, match=r"'http://10\.0\.0\.1/admin' is not fetched: .*not public"):
        fetcher.fetch(f"http://news.example:{website.port}/a")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://news.example/a", "only http and https"),
        ("http:///a", "names no host"),
        ("http://news.example:0/a", "names no host"),
        ("http://news.example:99999/a", "Port out of range"),
        ("http://news.example/a\r\nX: y", "control character"),
        ("http://news.example\\@10.0.0.1/", "backslash"),
        ("http://[fe80::1%25eth0]/", "names no host|invalid|does not appear"),
        ("http://[::1/", "Invalid IPv6"),
        ("http://" + "a" * 9_000, "more than 8,000 characters"),
        ("http://ana:secret@/", "names no host"),
    ],
)
def test_what_is_no_address_is_refused(fetcher, url, reason):
    with pytest.raises(FetchError, match=reason) as caught:
        fetcher.fetch(url)
    assert "secret" not in str(caught.value)


def test_unknown_host_is_told():
    def resolve(host, port):
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(FetchError, match=r"no host 'news\.example'.*check its name") as caught:
        Fetcher(FetchLimits(**QUICK), resolve=resolve).fetch("http://news.example/")
    assert caught.value.is_passing


def test_redirects_are_followed_within_the_site_and_told_if_for_good(website, fetcher):
    website.pages |= {"/a": redirect("b", 301), "/b": redirect("/c", 308), "/c": Page(PAGE)}
    page = fetcher.fetch(f"{website.url}/a")
    assert (page.url, page.moved_to, page.data) == (f"{website.url}/c", f"{website.url}/c", PAGE)


def test_only_the_first_redirects_that_are_for_good_are_a_move(website, fetcher):
    website.pages |= {"/a": redirect("/b", 301), "/b": redirect("/c", 302), "/c": Page(PAGE)}
    assert fetcher.fetch(f"{website.url}/a").moved_to == f"{website.url}/b"


def test_redirects_that_go_round_end(website, fetcher):
    website.pages |= {"/a": redirect("/b"), "/b": redirect("/a")}
    with pytest.raises(FetchError, match=r"leads on after 10 redirects, now to '.*/b'"):
        fetcher.fetch(f"{website.url}/a")
    assert len(website.asked) == 11


@pytest.mark.parametrize("location", ["ftp://news.example/a", "file:///etc/passwd", "javascript:alert(1)"])
def test_redirects_to_other_schemes_are_refused(website, fetcher, location):
    website.pages["/a"] = redirect(location)
    with pytest.raises(FetchError, match="only http and https are fetched"):
        fetcher.fetch(f"{website.url}/a")


def test_password_goes_to_its_own_host_only(website, fetcher):
    with Website().running() as other:
        other.pages["/c"] = Page(PAGE)
        website.pages |= {"/a": redirect("/b"), "/b": redirect(f"{other.url}/c")}
        page = fetcher.fetch(website.url.replace("//", "//ana:s%40cret@") + "/a")
        assert [headers.get("authorization") for _, headers in website.asked] == [
            "Basic YW5hOnNAY3JldA=="
        ] * 2
        assert "authorization" not in other.asked[0][1]
    assert page.url == f"{other.url}/c"


@pytest.mark.parametrize("path", ["/missing", "/cut"])
def test_password_stands_in_no_message(website, fetcher, path):
    website.pages["/cut"] = Page(PAGE, headers={"Content-Length": "99"})
    with pytest.raises(FetchError) as caught:
        fetcher.fetch(website.url.replace("//", "//ana:secret@") + path)
    assert "secret" not in f"{caught.value}{caught.value.url}{caught.value.place}"


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (gzip.compress(PAGE), "gzip"),
        (gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:]) + b"\0\0", "x-gzip"),
        (zlib.compress(PAGE), "deflate"),
        (zlib.compress(PAGE, wbits=-15), "deflate"),
        (PAGE, "identity"),
    ],
    ids=["gzip", "members", "zlib", "deflate", "plain"],
)
def test_packed_bodies_are_unpacked(website, fetcher, packed, encoding):
    website.pages["/a"] = Page(packed, headers={"Content-Encoding": encoding})
    assert fetcher.fetch(f"{website.url}/a").data == PAGE


@pytest.mark.parametrize(
    ("body", "encoding", "reason"),
    [
        (gzip.compress(PAGE)[:-9], "gzip", "ends before all is unpacked"),
        (PAGE, "gzip", "cannot be unpacked"),
        (PAGE, "br", "packed as 'br', and we asked for gzip, deflate"),
        (gzip.compress(gzip.compress(PAGE)), "gzip, gzip", "packed as 'gzip, gzip'"),
    ],
    ids=["cut", "not packed", "brotli", "twice"],
)
def test_bodies_that_cannot_be_unpacked_are_told(website, fetcher, body, encoding, reason):
    website.pages["/a"] = Page(body, headers={"Content-Encoding": encoding})
    with pytest.raises(FetchError, match=f"what came is broken: it (is )?{reason}"):
        fetcher.fetch(f"{website.url}/a")


def test_bomb_is_given_up_as_soon_as_it_is_too_big(website):
    bomb = gzip.compress(b"\0" * 50_000_000)
    website.pages["/a"] = Page(bomb, headers={"Content-Encoding": "gzip"})
    with limited(max_bytes=100_000).open(f"{website.url}/a") as answer:
        held = []
        with pytest.raises(FetchError, match="it has more than 100,000 bytes"):
            held.extend(answer.pieces())
    assert sum(map(len, held)) <= 100_000


def test_body_without_end_is_given_up(website):
    website.pages["/a"] = raw(b"HTTP/1.0 200 OK\r\n\r\n" + b"x" * 10_000, times=1_000)
    with pytest.raises(FetchError, match="it has more than 100,000 bytes"):
        limited(max_bytes=100_000).fetch(f"{website.url}/a")


CUTS = {
    "length": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
    "chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf",
    "between chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
    "headers": b"",
}


@pytest.mark.parametrize("sent", CUTS.values(), ids=CUTS)
def test_what_is_cut_off_is_told(website, fetcher, sent):
    website.pages["/a"] = raw(sent)
    with pytest.raises(FetchError, match="connection ended before all had come") as caught:
        fetcher.fetch(f"{website.url}/a")
    assert caught.value.is_passing


NO_HTTP = {
    "words": b"Hello, who is there?\r\n\r\n",
    "long line": b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",
    "many headers": b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n",
    "two lengths": b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
}


@pytest.mark.parametrize("sent", NO_HTTP.values(), ids=NO_HTTP)
def test_what_is_no_http_is_told(website, fetcher, sent):
    website.pages["/a"] = raw(sent)
    with pytest.raises(FetchError, match="its answer is not HTTP as it should be"):
        fetcher.fetch(f"{website.url}/a")


def test_server_that_says_nothing_is_given_up(website):
    website.pages["/a"] = raw(b"", drip=2)
    with pytest.raises(FetchError, match=r"nothing came for 0\.2 s"):
        limited(read_seconds=0.2).fetch(f"{website.url}/a")


DRIPS = {
    "body": (b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
    "length": (b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"x"),
    "chunks": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    "headers": (b"HTTP/1.1 200 OK\r\nX: ", b"x"),
    "interim": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
}


@pytest.mark.parametrize(("begin", "drop"), DRIPS.values(), ids=DRIPS)
def test_slow_drip_ends(website, begin, drop):
    website.pages["/a"] = lambda handler: (raw(begin)(handler), raw(drop, drip=0.02, times=200)(handler))
    began = time.monotonic()
    with pytest.raises(FetchError, match=r"it took longer than 0\.3 s in all"):
        limited(total_seconds=0.3).fetch(f"{website.url}/a")
    assert time.monotonic() - began < 2  # the drip takes 4


def test_port_that_nobody_listens_at_is_told(fetcher):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    with pytest.raises(FetchError, match=r"takes no connection.*try again later"):
        fetcher.fetch(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    ("status", "is_passing"), [(404, False), (410, False), (500, True), (418, False), (299, None)]
)
def test_status_is_told(website, fetcher, status, is_passing):
    website.pages["/a"] = Page(PAGE, status)
    if is_passing is None:
        assert fetcher.fetch(f"{website.url}/a").status == status
        return
    with pytest.raises(FetchError, match=f"its server answers {status}") as caught:
        fetcher.fetch(f"{website.url}/a")
    assert (caught.value.status, caught.value.is_passing) == (status, is_passing)


def test_what_has_not_changed_is_no_error(website, fetcher):
    website.pages["/a"] = Page(status=304, type=None)
    page = fetcher.fetch(f"{website.url}/a", headers={"If-None-Match": '"7"'})
    assert page.is_unchanged
    assert website.asked[0][1]["if-none-match"] == '"7"'


def test_busy_host_is_asked_again_after_the_time_it_names(website):
    waits = []
    answers = iter([Page(status=429, headers={"Retry-After": "7"}), Page(PAGE)])
    website.pages["/a"] = lambda handler: (next(answers)(handler), None)[1]
    fetcher = Fetcher(FetchLimits(**QUICK), pauses=Pauses(wait=waits.append))
    assert fetcher.fetch(f"{website.url}/a").data == PAGE
    assert [round(wait) for wait in waits] == [7]


@pytest.mark.parametrize("after", [{}, {"Retry-After": "3600"}])
def test_host_that_is_busy_for_long_is_left_alone(website, fetcher, after):
    website.pages["/a"] = Page(status=503, headers=after)
    with pytest.raises(FetchError, match=r"answers 503 .*; try again") as caught:
        fetcher.fetch(f"{website.url}/a")
    assert caught.value.retry_after == (3600 if after else None)
    assert len(website.asked) == 1


def test_hosts_are_asked_with_pauses(website):
    waits = []
    website.pages |= {"/a": Page(PAGE), "/b": Page(PAGE)}
    fetcher = Fetcher(FetchLimits(**(QUICK | {"pause": 5.0})), pauses=Pauses(wait=waits.append))
    for path in ("/a", "/b"):
        fetcher.fetch(website.url + path)
    assert [round(wait) for wait in waits] == [5]


def test_certificate_is_held_to_the_name(tmp_path, monkeypatch):
    website = Website()
    certificate = secure(website, tmp_path, "news.example")
    website.pages["/a"] = Page(PAGE)
    fetcher = Fetcher(FetchLimits(**QUICK), resolve=lambda host, port: ["127.0.0.1"])
    with website.running():
        with pytest.raises(FetchError, match=r"certificate is not to be trusted.*SSL_CERT_FILE"):
            limited().fetch(f"https://127.0.0.1:{website.port}/a")
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert fetcher.fetch(f"https://news.example:{website.port}/a").data == PAGE
        with pytest.raises(FetchError, match="certificate is not to be trusted"):
            fetcher.fetch(f"https://other.example:{website.port}/a")


def test_drip_over_tls_ends(tmp_path, monkeypatch):
    website = Website()
    monkeypatch.setenv("SSL_CERT_FILE", str(secure(website, tmp_path, "news.example")))
    website.pages["/a"] = raw(b"HTTP/1.1 200 OK\r\nX: x", drip=0.02, times=100)
    fetcher = Fetcher(
        FetchLimits(**(QUICK | {"total_seconds": 0.4})), resolve=lambda host, port: ["127.0.0.1"]
    )
    with website.running(), pytest.raises(FetchError, match=r"longer than 0\.4 s in all"):
        fetcher.fetch(f"https://news.example:{website.port}/a")


def test_https_does_not_lead_to_http(tmp_path, monkeypatch):
    website = Website()
    monkeypatch.setenv("SSL_CERT_FILE", str(secure(website, tmp_path, "news.example")))
    website.pages["/a"] = redirect("http://news.example/b")
    fetcher = Fetcher(FetchLimits(**QUICK), resolve=lambda host, port: ["127.0.0.1"])
    with website.running(), pytest.raises(FetchError, match=r"leads from https to 'http://news\.example/b'"):
        fetcher.fetch(f"https://news.example:{website.port}/a")


def test_proxy_of_the_environment_is_asked(website, fetcher, monkeypatch):
    monkeypatch.setenv("http_proxy", website.url.replace("//", "//ana:secret@"))
    website.pages["http://news.example/a"] = Page(PAGE)
    assert fetcher.fetch("http://news.example/a").data == PAGE
    path, headers = website.asked[-1]
    assert (path, headers["host"]) == ("http://news.example/a", "news.example")
    assert headers["proxy-authorization"] == "Basic YW5hOnNlY3JldA=="


def test_proxy_is_led_through_for_https(website, fetcher, monkeypatch):
    monkeypatch.setenv("https_proxy", website.url)
    website.pages["news.example:443"] = Page(status=403)
    with pytest.raises(FetchError, match="403"):
        fetcher.fetch("https://news.example/a")
    assert set(website.paths) == {"news.example:443"}


def test_proxy_is_not_asked_for_private_hosts_nor_for_those_of_no_proxy(website, monkeypatch):
    monkeypatch.setenv("http_proxy", website.url)
    with pytest.raises(FetchError, match="not public"):
        limited(allow_private=False).fetch("http://10.0.0.1/")
    monkeypatch.setenv("no_proxy", "news.example")
    with pytest.raises(FetchError, match="not public"):
        Fetcher(resolve=lambda host, port: ["10.0.0.1"]).fetch("http://news.example/")
    assert website.connections == 0


def test_proxy_of_another_kind_is_refused(fetcher, monkeypatch):
    monkeypatch.setenv("all_proxy", "socks5://ana:secret@127.0.0.1:1080")
    with pytest.raises(FetchError, match=r"The proxy 'socks5://…@127\.0\.0\.1:1080'.*http://HOST:PORT"):
        fetcher.fetch("http://news.example/")


@pytest.mark.parametrize("limits", [{"max_bytes": 0}, {"pause": -1}])
def test_limits_that_nothing_keeps_are_refused(limits):
    with pytest.raises(ArticleError, match="give more than 0"):
        FetchLimits(**limits)


def test_function_fetches_with_limits(website):
    website.pages["/a"] = Page(PAGE)
    assert fetch(f"{website.url}/a", limits=FetchLimits(**QUICK)).data == PAGE
