"""Clients get their answers whole, and what they do not wait for is stopped."""

import socket
import time

import httpx
import pytest

from kg.server import Settings
from kg.server.serving import _listening
from tests.server.servers import served

LONG = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?q ?r ?s }"


@pytest.fixture(scope="module")
def own(graph_folder):
    with served(graph_folder) as started:
        yield started


def test_head_has_the_length_alone(own):
    query = {"query": "SELECT * { ?s ?p ?o } LIMIT 2"}
    whole = httpx.get(f"{own.url}sparql", params=query)
    head = httpx.head(f"{own.url}sparql", params=query)
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["Content-Length"]) == len(whole.content)


def test_long_answer_comes_whole_to_a_slow_client(own):
    query = {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"}
    whole = httpx.get(f"{own.url}sparql", params=query, timeout=30).content
    assert len(whole) > 2**20
    with httpx.stream("GET", f"{own.url}sparql", params=query, timeout=30) as answer:
        time.sleep(0.2)
        assert answer.read() == whole
    assert len(whole) == int(answer.headers["Content-Length"])


def test_task_of_a_client_that_left_is_stopped(own):
    before = {process.pid for process in own.below()}
    host, port = own.url.removeprefix("http://").rstrip("/").split(":")
    path = httpx.URL("/sparql", params={"query": LONG})
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        time.sleep(0.3)
    end = time.monotonic() + 5
    while before == {process.pid for process in own.below()}:  # the worker was replaced
        assert time.monotonic() < end
        time.sleep(0.01)
    assert own.count()


def test_small_pieces_are_sent_at_once(graph_folder):
    with _listening(Settings(graph=graph_folder, port=0)) as service:
        assert service.listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
