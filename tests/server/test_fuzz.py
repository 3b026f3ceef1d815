"""Spoilt queries and requests: no status 500, no dead server, no worker left, and each answer well-formed.

The ordinary run sends some hundreds. All 10,000 queries and as many requests, in some minutes, by

    KG_FUZZ=10000 pytest tests/server/test_fuzz.py -o log_cli=true -o log_cli_level=INFO
"""

from __future__ import annotations

import csv
import io
import json
import logging
import os
import random
import re
import socket
import time
import xml.etree.ElementTree as ET
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx
import psutil
import pyoxigraph as ox
import pytest

from kg.server import Limits, Settings, background
from tests.server.mutation import Maker, request_of

TIMES = int(os.environ.get("KG_FUZZ", "200"))
WORKERS = 2
SEED = 20_261
LOG = logging.getLogger(__name__)
EXPECTED = {
    *(200, 204, 303, 304, 307), *range(400, 407), 408, *range(411, 416), 417, 421, 426, 429, 431,
    *(501, 503, 504, 505, 507),
}  # fmt: skip
"""All that a server may say of such requests; 501 and 505 are HTTP's own, of what it does not know."""
TYPES = {
    "application/sparql-results+json": json.loads,
    "application/sparql-results+xml": ET.fromstring,
    "text/csv": lambda text: list(csv.reader(io.StringIO(text))),
    "text/tab-separated-values": str.splitlines,
    "text/turtle": lambda text: list(ox.parse(text, format=ox.RdfFormat.TURTLE)),
    "application/n-triples": lambda text: list(ox.parse(text, format=ox.RdfFormat.N_TRIPLES)),
    "application/rdf+xml": ET.fromstring,
}
"""The media types that are asked for, and what reads each."""


@pytest.fixture(scope="module")
def served(graph_folder):
    """A server with small limits."""
    limits = Limits(seconds=1.0, rows=50, result=20_000, query=60_000, header_seconds=1, body_seconds=1)
    given = Settings(graph=graph_folder, port=0, workers=WORKERS, limits=limits)
    before = workers()
    with background(given) as url:
        yield url
    assert workers() == before


def workers() -> set[int]:
    """The processes below this one that are not dead."""
    children = psutil.Process().children(recursive=True)
    return {child.pid for child in children if child.status() != psutil.STATUS_ZOMBIE}


def check(answer: httpx.Response, query: str) -> int:
    """The status of an answer that is well-formed."""
    type_ = answer.headers.get("content-type", "").partition(";")[0]
    assert answer.status_code in EXPECTED, (answer.status_code, answer.text, query)
    if answer.status_code == 200:
        TYPES[type_](answer.text)
    else:
        document = answer.json()
        assert (type_, document["status"]) == ("application/problem+json", answer.status_code), query
        assert document["detail"], query
    return answer.status_code


def is_alive(url: str) -> bool:
    """Whether a server still answers, with as many workers as it had."""
    answer = httpx.post(f"{url}sparql", data={"query": "ASK {}"}, timeout=30, trust_env=False)
    return answer.status_code == 200


@pytest.mark.slow
def test_spoilt_queries_are_answered(served):
    kinds = list(TYPES)

    def _ask(number: int) -> int:
        query = Maker(random.Random(SEED + number)).spoilt()
        accept = kinds[number % len(kinds)]
        kind = ("application/sparql-query", "form")[number % 2]
        try:
            sent = {"data": {"query": query}} if kind == "form" else {"content": query.encode()}
            headers = {"Accept": f"{accept}, */*;q=0.1"} | ({"Content-Type": kind} if kind != "form" else {})
            answer = client.post("sparql", headers=headers, **sent)
        except httpx.TransportError as error:
            pytest.fail(f"{error!r} at {number}: {query!r}")
        return check(answer, query)

    before = len(workers())
    with (
        httpx.Client(base_url=served, timeout=60, trust_env=False) as client,
        ThreadPoolExecutor(4) as threads,
    ):
        statuses = Counter(threads.map(_ask, range(TIMES)))
    LOG.info("%s queries: %s", TIMES, dict(sorted(statuses.items())))
    assert statuses[200] > TIMES / 20
    assert statuses[400] > TIMES / 5
    assert is_alive(served)
    wait_until(lambda: len(workers()) == before)


@pytest.mark.slow
def test_spoilt_requests_are_answered(served):
    host = served.split("/")[2]

    def _send(number: int) -> int:
        request = request_of(random.Random(SEED + number), host)
        answer = exchange(host, request)
        head, _, body = answer.partition(b"\r\n\r\n")
        assert not answer or head[:7] == b"HTTP/1.", (answer[:200], request[:300])
        status = int(head[9:12]) if answer else 0
        assert status in EXPECTED | {0, 100, 101}, (answer[:300], request[:300])
        if b"application/problem+json" in head and body and not request.startswith(b"HEAD"):
            size = int(re.search(rb"(?i)content-length: (\d+)", head)[1])  # a second answer may follow
            assert json.loads(body[:size])["status"] == status
        return status

    before = len(workers())
    with ThreadPoolExecutor(4) as threads:
        statuses = Counter(threads.map(_send, range(TIMES)))
    LOG.info("%s requests: %s", TIMES, dict(sorted(statuses.items())))
    assert statuses[200] > 0
    assert is_alive(served)
    wait_until(lambda: len(workers()) == before)


def exchange(host: str, request: bytes) -> bytes:
    """What is answered to these bytes until the server closes the connection; nothing, if it does at once."""
    name, _, port = host.partition(":")
    pieces = []
    with socket.create_connection((name, int(port)), timeout=20) as connection:
        try:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            while piece := connection.recv(2**16):
                pieces.append(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass
    return b"".join(pieces)


def wait_until(is_so, seconds: float = 20.0) -> None:
    """Waits for what a server does after its answer: a worker that was killed is replaced."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(0.05)


def test_maker_makes_queries_of_all_kinds():
    made = [Maker(random.Random(number)).query() for number in range(300)]
    read = Counter(outcome(query) for query in made)
    assert read["read"] > 100
    assert {form for form in ("SELECT", "ASK", "CONSTRUCT",
    "DESCRIBE") if any(form in one for one in made)} == {
        "SELECT", "ASK", "CONSTRUCT", "DESCRIBE",
    }  # fmt: skip


def outcome(query: str) -> str:
    """Whether the engine can read a query."""
    try:
        ox.Store().query(query, base_iri="https://a.example/")
    except SyntaxError:
        return "syntax"
    return "read"
