"""Requests that are broken at random, byte by byte: each is answered or refused, and the server goes on."""

import logging
import random
import re

import pytest

from tests.server.running import exchange, running, status_of

CLOSE = b"Host: localhost\r\nConnection: close\r\n"
GET = b"GET /echo?a=b HTTP/1.1\r\n" + CLOSE + b"Accept: */*\r\n\r\n"
SEEDS = (
    GET,
    b"POST /echo HTTP/1.1\r\n" + CLOSE + b"Content-Length: 11\r\n\r\nquery=ASK{}",
    b"POST /echo HTTP/1.1\r\n"
    + CLOSE
    + b"Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nabcde\r\n0\r\nA: b\r\n\r\n",
    b"GET /echo HTTP/1.1\r\nHost: localhost\r\n\r\n" + GET,
    b"OPTIONS * HTTP/1.1\r\n" + CLOSE + b"Origin: null\r\nAccess-Control-Request-Method: POST\r\n\r\n",
    b"HEAD http://localhost/metrics HTTP/1.0\r\nExpect: 100-continue\r\nUpgrade: websocket\r\n\r\n",
    b"PUT /static/%2e%2e/x HTTP/1.1\r\n" + CLOSE + b"X-Forwarded-For: 1.2.3.4\r\nIf-None-Match: *\r\n\r\n",
)
BITS = (
    *(b"\r\n", b"\n", b"\0", b"\xff", b" ", b":", b"\t", b"%", b"%ff", b"*", b"//", b"?", b"#", b"A" * 5000),
    *(b"Content-Length: 99999999999999999999\r\n", b"Transfer-Encoding: chunked\r\n", b"fffffffff\r\n"),
    *(b"Host: \r\n", b"HTTP/1.1", b"Sec-Fetch-Site: cross-site\r\n", b"Content-Encoding: gzip\r\n"),
)
CASES = 400


def mutated(chance: random.Random) -> bytes:
    """A request with up to four bits put in, left out, changed or said twice."""
    request = bytearray(chance.choice(SEEDS))
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(request))
        way = chance.randrange(4)
        if way == 0:
            request[place:place] = chance.choice(BITS)
        elif way == 1:
            del request[place : place + chance.randint(1, 20)]
        elif way == 2:
            request[place] = chance.randrange(256)
        else:
            request[place:place] = request[max(0, place - 30) : place]
    return bytes(request)


@pytest.mark.slow
def test_mutated_requests_are_answered_or_refused_and_never_a_mistake(caplog) -> None:
    chance = random.Random(6)
    patience = {"header_seconds": 0.03, "body_seconds": 0.03, "idle_seconds": 0.03}
    statuses = set()
    with caplog.at_level(logging.ERROR), running(headers=4096, body=20_000, **patience) as address:
        for _ in range(CASES):
            answer = exchange(address, mutated(chance))
            statuses |= set(map(int, re.findall(rb"HTTP/1\.1 (\d{3})", answer)))
        assert status_of(exchange(address, GET)) == 200
    assert {200, 400, 403, 408, 431} <= statuses
    assert not {status for status in statuses if status >= 500 and status != 501}
    assert not caplog.records
