"""Stores beyond this process, for tests: Oxigraph's own server, and one of ours that fails as it is told."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import urllib3

JSON, NT = "application/sparql-results+json", "application/n-triples"


def oxigraph_program():
    """The path of the Oxigraph server; None where it is not installed."""
    beside = Path(sys.executable).with_name("oxigraph")
    return str(beside) if beside.is_file() else shutil.which("oxigraph")


def free_port():
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return bound.getsockname()[1]


@contextmanager
def oxigraph_server(folder, *options):
    """The address of an Oxigraph server on a folder; another port is taken where one is gone meanwhile."""
    for _ in range(3):
        port = free_port()
        process = subprocess.Popen(
            [oxigraph_program(), "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}", *options],
            stderr=subprocess.DEVNULL,
        )
        try:
            if _is_up(process, f"http://127.0.0.1:{port}"):
                yield f"http://127.0.0.1:{port}"
                return
        finally:
            process.kill()
            process.wait()
    raise AssertionError("the Oxigraph server does not start")


def _is_up(process, url):
    pool = urllib3.PoolManager(retries=False)
    for _ in range(400):
        if process.poll() is not None:
            return False
        try:
            pool.request("GET", f"{url}/query")
        except urllib3.exceptions.HTTPError:
            time.sleep(0.05)
        else:
            return True
    return False


@dataclass(frozen=True)
class Reply:
    """What the failing store answers, in place of the truth."""

    status: int = 200
    body: bytes = b""
    headers: dict = field(default_factory=dict)
    content_type: str = "text/plain"
    cut: int | None = None
    """Bytes after which the connection ends, though more are announced."""
    resets: bool = False
    """Whether the connection ends without an answer."""
    delay: float = 0
    announced: bool = True
    """Whether the length of the body is told."""


@dataclass
class Store:
    """A store over HTTP at `/query`, `/update` and `/store`, which does what its fields say."""

    data: ox.Store = field(default_factory=ox.Store)
    union: bool = True
    has_default_in_union: bool = True
    updates: bool = True
    graphs: bool = True
    most: int | None = None
    """Bytes of a body that it takes."""
    secret: str | None = None
    """What `Authorization` must be."""
    posts: bool = True
    """Whether queries are taken by POST."""
    takes_sparql_update: bool = True
    """Whether updates are taken as such, rather than in a form only."""
    counts: bool = True
    """Whether queries may aggregate."""
    pause: float = 0
    """Seconds that an update takes."""
    replies: deque = field(default_factory=deque)
    """Given first, one a request; None for the truth."""
    seen: list = field(default_factory=list)
    """Method, path and headers of each request."""
    url: str = ""
    busy: int = 0
    """Requests that are being answered."""

    parameter: str = ""
    """That by which a query sees all graphs."""

    def seen_data(self):
        """What queries see: all, or all but the default graph, as where a union is one of named graphs."""
        if self.has_default_in_union:
            return self.data
        seen = ox.Store()
        seen.extend(quad for quad in self.data if quad.graph_name != ox.DefaultGraph())
        return seen

    def settle(self):
        """Waits until what a client that is gone had asked for is done."""
        time.sleep(0.2)
        while self.busy:
            time.sleep(0.01)

    def writes(self):
        """The requests that change something."""
        return [one for one in self.seen if one[1] == "/update" or one[0] in {"PUT", "DELETE"}]


@contextmanager
def failing_store(**fields):
    store = Store(**fields)

    class Handler(_Handler):
        pass

    Handler.store = store
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.handle_error = lambda *_: None  # a client that was killed
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    store.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield store
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    store: Store

    def log_message(self, *_):
        pass

    def _handle(self):
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.store.seen.append((self.command, parts.path, dict(self.headers)))
        fields = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        reply = self.store.replies.popleft() if self.store.replies else None
        self.store.busy += 1
        try:
            reply = reply or self._answer(parts.path, fields, body)
        finally:
            self.store.busy -= 1
        self._send(reply)

    do_GET = do_POST = do_PUT = do_DELETE = _handle  # noqa: N815  (as the library has them)

    def _answer(self, path, fields, body):
        store = self.store
        if store.secret is not None and self.headers.get("Authorization") != store.secret:
            return Reply(401, b"Who are you?", {"WWW-Authenticate": "Basic"})
        if store.most is not None and len(body) > store.most:
            return Reply(413, b"Too much.")
        if self.headers.get("Content-Type") == "application/x-www-form-urlencoded":
            fields |= {name: values[0] for name, values in parse_qs(body.decode()).items()}
        try:
            return getattr(self, f"_{path[1:]}", lambda *_: Reply(404, b"Nothing here."))(fields, body)
        except (SyntaxError, ValueError) as error:
            return Reply(400, str(error).encode())

    def _query(self, fields, body):
        text = fields.get("query")
        if not self.store.posts and self.command == "POST":
            return Reply(405, b"Use GET.")
        if text is None:
            return Reply(400, b"There is no query.")
        if not self.store.counts and "COUNT" in text:
            return Reply(500, b"No aggregates.")
        found = self.store.seen_data().query(text, use_default_graph_as_union=self._is_union(fields))
        if isinstance(found, ox.QueryTriples):
            return Reply(200, found.serialize(format=ox.RdfFormat.N_TRIPLES), content_type=NT)
        return Reply(200, found.serialize(format=ox.QueryResultsFormat.JSON), content_type=JSON)

    def _is_union(self, fields):
        return self.store.union or fields.get(self.store.parameter) == "true"

    def _update(self, fields, body):
        if not self.store.updates:
            return Reply(403, b"<html><body><h1>Reading only</h1></body></html>", content_type="text/html")
        is_form = "update" in fields
        time.sleep(self.store.pause)
        if not is_form and not self.store.takes_sparql_update:
            return Reply(415, b"Send a form.")
        self.store.data.update(fields["update"] if is_form else body.decode())
        return Reply(204)

    def _store(self, fields, body):
        if not self.store.graphs or not fields.keys() & {"graph", "default"}:
            return Reply(404, b"No graphs here.")
        graph = ox.NamedNode(fields["graph"]) if "graph" in fields else ox.DefaultGraph()
        data, is_named = self.store.data, isinstance(graph, ox.NamedNode)
        if self.command == "GET":
            if is_named and not data.contains_named_graph(graph):
                return Reply(404, b"No such graph.")
            triples = [quad.triple for quad in data.quads_for_pattern(None, None, None, graph)]
            return Reply(200, ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), content_type=NT)
        if self.command in {"PUT", "DELETE"}:
            data.remove_graph(graph) if is_named else data.clear_graph(graph)
        if self.command != "DELETE":
            data.load(body, ox.RdfFormat.N_TRIPLES, to_graph=graph)
        return Reply(204)

    def _send(self, reply):
        time.sleep(reply.delay)
        if reply.resets:
            self.close_connection = True
            self.connection.close()
            return
        self.send_response(reply.status)
        if reply.status != 204:
            self.send_header("Content-Type", reply.content_type)
            if reply.announced:
                self.send_header("Content-Length", str(len(reply.body)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.close_connection = self.close_connection or not reply.announced or reply.cut is not None
        self.end_headers()
        self.wfile.write(reply.body if reply.cut is None else reply.body[: reply.cut])
