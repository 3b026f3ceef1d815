"""What connections may do: raw sockets against the real server."""

import json
import logging
import re
import select
import time
from pathlib import Path

import pytest

from kg.server import Settings
from kg.server.connections import address_of, listening
from tests.server.running import (
    LARGE,
    connected,
    exchange,
    read_all,
    requests_in,
    running,
    status_of,
    wait_until,
)

HOST = b"Host: localhost\r\n"
CLOSE = HOST + b"Connection: close\r\n"
TOKEN = "0123456789abcdef-token"
GET = b"GET /echo HTTP/1.1\r\n" + HOST
POST = b"POST /echo HTTP/1.1\r\n" + HOST


@pytest.fixture(scope="module")
def address():
    with running(headers=4096, body=100_000) as found:
        yield found


@pytest.fixture(scope="module")
def hasty():
    """A server with little patience."""
    with running(
        header_seconds=0.2, body_seconds=0.2, send_seconds=0.2, idle_seconds=0.4, connections=5
    ) as found:
        yield found


REFUSED = {
    "garbage": (b"\x16\x03\x01\x02\x00\r\n\r\n", 400),
    "no-version": (b"GET /echo\r\n\r\n", 400),
    "no-host": (b"GET /echo HTTP/1.1\r\n\r\n", 400),
    "two-hosts": (GET + HOST + b"\r\n", 400),
    "bad-host": (b"GET /echo HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n", 400),
    "space-in-name": (GET + b"A b: c\r\n\r\n", 400),
    "space-before-colon": (GET + b"Content-Length : 3\r\n\r\nabc", 400),
    "two-lengths": (POST + b"Content-Length: 3\r\nContent-Length: 4\r\n\r\n", 400),
    "negative-length": (POST + b"Content-Length: -1\r\n\r\n", 400),
    "endless-length": (POST + b"Content-Length: " + b"9" * 3000 + b"\r\n\r\n", 400),
    "length-and-chunked": (
        POST + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        400,
    ),
    "unknown-coding": (POST + b"Transfer-Encoding: gzip\r\n\r\n", 501),
    "bad-chunk": (POST + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n", 400),
    "http-2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    "authority-form": (b"CONNECT localhost:80 HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "relative-target": (b"GET echo HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "asterisk": (b"GET * HTTP/1.1\r\n" + HOST + b"\r\n", 400),
    "long-address": (b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", 414),
    "endless-address": (b"GET /" + b"a" * 5000, 414),
    "large-headers": (GET + b"A: " + b"a" * 5000 + b"\r\n\r\n", 431),
    "endless-headers": (GET + b"A: b\r\n" * 1000, 431),
    "large-body": (POST + b"Content-Length: 100001\r\n\r\n", 413),
    "large-chunks": (
        POST + b"Transfer-Encoding: chunked\r\n\r\n"
        + (b"8000\r\n" + bytes(0x8000) + b"\r\n") * 4,
        413,
    ),
    "compressed": (
        b"POST /echo HTTP/1.1\r\n" + CLOSE + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        415,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("request_", "status"), REFUSED.values(), ids=REFUSED)
def test_request_that_is_no_http_or_too_large_is_refused_with_a_problem(address, request_, status) -> None:
    head, _, body = exchange(address, request_).partition(b"\r\n\r\n")
    assert status_of(head) == status
    assert b"application/problem+json" in head
    assert b"x-content-type-options: nosniff" in head.lower()
    assert json.loads(body)["status"] == status


ANSWERED = {
    "1.1": (b"GET /echo HTTP/1.1\r\n" + CLOSE + b"\r\n", b"GET /echo 0"),
    "1.0": (b"GET /echo HTTP/1.0\r\n\r\n", b"GET /echo 0"),
    "absolute-form": (b"GET http://localhost/echo?a=b HTTP/1.1\r\n" + CLOSE + b"\r\n", b"GET /echo 0"),
    "body": (b"POST /echo HTTP/1.1\r\n" + CLOSE + b"Content-Length: 3\r\n\r\nabc", b"POST /echo 3"),
    "chunks": (
        POST + b"Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n",
        b"POST /echo 3",
    ),
    "upgrade": (
        GET + b"Connection: upgrade, close\r\nUpgrade: h2c\r\n\r\n",
        b"GET /echo 0",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("request_", "body"), ANSWERED.values(), ids=ANSWERED)
def test_request_in_any_form_of_http_is_answered(address, request_, body) -> None:
    answer = exchange(address, request_)
    assert status_of(answer) == 200
    assert answer.endswith(body)


def test_absolute_form_names_the_host_that_counts(address) -> None:
    answer = exchange(address, b"GET http://evil.example/echo HTTP/1.1\r\n" + CLOSE + b"\r\n")
    assert status_of(answer) == 421


def test_options_for_the_server_as_a_whole_say_what_it_takes(address) -> None:
    answer = exchange(address, b"OPTIONS * HTTP/1.1\r\n" + CLOSE + b"\r\n")
    assert status_of(answer) == 204
    assert b"allow: get" in answer.lower()


def test_refusal_of_head_has_no_body(address) -> None:
    answer = exchange(address, b"HEAD /" + b"a" * 5000 + b" HTTP/1.1\r\n" + HOST + b"\r\n")
    assert status_of(answer) == 414
    assert answer.endswith(b"\r\n\r\n")


def test_pipelined_requests_are_answered_in_order(address) -> None:
    one = b"GET /slow HTTP/1.1\r\n" + HOST + b"\r\n"
    other = b"POST /echo HTTP/1.1\r\n" + CLOSE + b"Content-Length: 2\r\n\r\nab"
    answer = exchange(address, one + one + other)
    assert answer.count(b"HTTP/1.1 200") == 3
    assert answer.index(b"slept") < answer.index(b"POST /echo 2")


def test_request_smuggled_in_a_body_is_no_request(address) -> None:
    smuggled = b"DELETE /echo HTTP/1.1\r\n" + HOST + b"\r\n"
    head = b"POST /echo HTTP/1.1\r\n" + CLOSE + b"Content-Length: %d\r\n\r\n" % len(smuggled)
    answer = exchange(address, head + smuggled)
    assert answer.count(b"HTTP/1.1") == 1
    assert b"DELETE" not in answer


def test_broken_request_after_a_good_one_is_refused_after_its_answer(address) -> None:
    answer = exchange(address, b"GET /slow HTTP/1.1\r\n" + HOST + b"\r\nnonsense\r\n\r\n")
    assert [int(part[:3]) for part in answer.split(b"HTTP/1.1 ")[1:]] == [200, 400]


@pytest.mark.parametrize("begun", [b"G", b"GET /echo HTTP/1.1\r\nHost: lo"], ids=["letter", "half"])
def test_headers_that_do_not_come_in_time_are_refused(hasty, begun) -> None:
    assert status_of(exchange(hasty, begun)) == 408


def test_connection_without_a_request_is_closed_without_a_word(hasty) -> None:
    assert exchange(hasty, b"") == b""


def test_headers_in_drops_gain_no_time(hasty) -> None:
    drops = 0
    with connected(hasty) as connection:
        while not select.select([connection], [], [], 0.02)[0]:
            connection.sendall(b"G")
            drops += 1
        assert status_of(read_all(connection)) == 408
    assert 1 < drops < 100


def test_body_that_does_not_come_in_time_is_refused(hasty) -> None:
    head = POST + b"Content-Length: 10\r\n\r\nabc"
    assert status_of(exchange(hasty, head)) == 408


def test_reader_that_stops_is_cut(hasty) -> None:
    with connected(hasty) as connection:
        connection.sendall(b"GET /large HTTP/1.1\r\n" + HOST + b"\r\n")
        connection.recv(100)
        time.sleep(0.6)
        assert _length_until_end(connection) < LARGE


def _length_until_end(connection) -> int:
    try:
        return len(read_all(connection))
    except ConnectionResetError:
        return 0


def test_reader_that_goes_on_gets_all(hasty) -> None:
    answer = exchange(hasty, b"GET /large HTTP/1.0\r\n\r\n")
    assert len(answer.partition(b"\r\n\r\n")[2]) == LARGE


def test_idle_connections_make_room_for_others(hasty) -> None:
    idle = [connected(hasty) for _ in range(100)]
    try:
        assert status_of(exchange(hasty, b"GET /echo HTTP/1.0\r\n\r\n")) == 200
    finally:
        for connection in idle:
            connection.close()


def test_requests_that_are_never_finished_make_room_too(hasty) -> None:
    begun = [connected(hasty) for _ in range(5)]
    try:
        for connection in begun:
            connection.sendall(b"GET /ec")
        time.sleep(0.05)
        assert status_of(exchange(hasty, b"GET /echo HTTP/1.0\r\n\r\n")) == 200
    finally:
        for connection in begun:
            connection.close()


@pytest.mark.parametrize(("is_writable", "status"), [(False, 413), (True, 200)], ids=["reading", "writing"])
def test_only_who_may_write_may_send_long_bodies(is_writable, status) -> None:
    body = bytes(50_000)
    head = b"PUT /echo HTTP/1.1\r\n" + CLOSE + b"Authorization: Bearer " + TOKEN.encode()
    request = head + b"\r\nContent-Length: 50000\r\n\r\n" + body
    with running(query=10_000, token=TOKEN, is_writable=is_writable) as address:
        assert status_of(exchange(address, request)) == status


def test_connection_beyond_the_number_is_turned_away(hasty) -> None:
    busy = [connected(hasty) for _ in range(5)]
    try:
        for connection in busy:
            connection.sendall(b"GET /slow HTTP/1.0\r\n\r\n")
        time.sleep(0.1)
        answer = exchange(hasty, b"GET /echo HTTP/1.0\r\n\r\n")
        assert status_of(answer) == 503
        assert b"retry-after: 1" in answer.lower()
        assert all(read_all(connection).endswith(b"slept") for connection in busy)
    finally:
        for connection in busy:
            connection.close()


def test_connection_is_closed_when_it_has_been_idle(hasty) -> None:
    with connected(hasty) as connection:
        connection.sendall(GET + b"\r\n")
        assert read_all(connection).endswith(b"GET /echo 0")


def test_server_listens_by_ipv6_too() -> None:
    settings = Settings(graph=Path("news"), host="::1", port=0)
    try:
        listener = listening(settings)
    except OSError:
        pytest.skip("no IPv6 here")
    with listener:
        assert re.fullmatch(r"http://\[::1\]:[1-9][0-9]*/", address_of(settings, listener))


def test_refused_requests_are_logged(address, caplog) -> None:
    with caplog.at_level(logging.INFO, "kg.server.requests"):
        exchange(address, b"GET /secret HTTP/9\r\n\r\n")
        exchange(address, POST + b"Transfer-Encoding: chunked\r\n\r\nx\r\n")
        wait_until(lambda: len(requests_in(caplog)) == 2)
    seen = requests_in(caplog)
    assert [(one.get("path"), one["status"], one["outcome"]) for one in seen] == [
        (None, 400, "refused"),
        ("/echo", 400, "refused"),
    ]


KNOWN = {
    "long": (b"GET /" + b"a" * 5000 + b"?secret HTTP/1.1\r\n" + HOST + b"\r\n", "GET", "/" + "a" * 199),
    "endless": (b"GET /" + b"a" * 5000, "GET", "/" + "a" * 199),
    "headers": (GET + b"A: " + b"a" * 5000 + b"\r\n\r\n", "GET", "/echo"),
    "body": (POST + b"Content-Length: 100001\r\n\r\n", "POST", "/echo"),
    "chunks": (POST + b"Transfer-Encoding: chunked\r\n\r\n" + b"20000\r\n" + bytes(0x20000), "POST", "/echo"),
    "version": (b"PRI /x?secret HTTP/2.0\r\n\r\n", "PRI", "/x"),
    "body of nonsense": (b"\x16\r\n\r\nGET /secret HTTP/1.1\r\n", None, None),
    "nonsense": (b"\x16\x03\x01 secret\r\n\r\n", None, None),
}


@pytest.mark.parametrize(("request_", "method", "path"), KNOWN.values(), ids=KNOWN)
def test_log_has_what_is_known_of_a_refused_request(address, caplog, request_, method, path) -> None:
    with caplog.at_level(logging.INFO, "kg.server.requests"):
        _, _, body = exchange(address, request_).partition(b"\r\n\r\n")
        wait_until(lambda: requests_in(caplog))
    [seen] = requests_in(caplog)
    assert (seen.get("method"), seen.get("path")) == (method, path)
    assert seen["ms"] > 0
    assert seen["bytes"] == len(body)
    assert "secret" not in str(seen)


def test_log_of_a_late_head_says_how_long_it_took(hasty, caplog) -> None:
    with caplog.at_level(logging.INFO, "kg.server.requests"):
        exchange(hasty, b"GET /late?secret HTTP/1.1\r\nHost:")
        wait_until(lambda: requests_in(caplog))
    [seen] = requests_in(caplog)
    assert (seen["method"], seen["path"], seen["status"]) == ("GET", "/late", 408)
    assert seen["ms"] > 50


def test_log_of_a_broken_request_is_not_that_of_the_one_before(address, caplog) -> None:
    with caplog.at_level(logging.INFO, "kg.server.requests"):
        exchange(address, b"GET /echo HTTP/1.1\r\n" + HOST + b"\r\nnonsense\r\n\r\n")
        wait_until(lambda: len(requests_in(caplog)) == 2)
    assert {one.get("path") for one in requests_in(caplog)} == {"/echo", None}
