"""A small HTTP server for one person on one machine: loopback only, read-only, one request at a time.

`/` is the drawn graph, `/sparql` the query operation of the SPARQL 1.1 Protocol (W3C 2013, section 2.1) by
GET, by form and by body. It keeps no time limit: it is for whoever started it, not for strangers' queries.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import TracebackType
from urllib.parse import parse_qs, urlsplit

from kg.errors import QueryError
from kg.graph import Graph
from kg.store import QueryResult, Store, write_triples

LOOPBACK = "127.0.0.1"
DIGITS = 9
LONGEST_QUERY = 20_000
"""Bytes; a deeper query than fits here can end the engine's process."""
SAFE_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data: blob:; font-src data:; connect-src 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
JSON_RESULTS = "application/sparql-results+json"
CSV_RESULTS = "text/csv"
TURTLE = "text/turtle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What goes back: status, media type and body."""

    status: HTTPStatus = HTTPStatus.OK
    type: str = "text/html; charset=utf-8"
    body: bytes = b""


class Server:
    """A server over one graph. Use it as a context manager, or close it.

    Attributes:
        url: Where the page is.
    """

    def __init__(self, graph: Path, *, port: int = 0) -> None:
        """Opens the graph and the port.

        Args:
            graph: The graph's folder.
            port: 0 takes a free one.

        Raises:
            StoreError: The folder is no graph.
            OSError: The port is taken.
        """
        with Graph.open(graph) as opened:
            self._page = opened.view(title=graph.resolve().name).html.encode()
        self._store = Store.open(graph)
        self._http = Listener(port, self.respond)
        self.url = f"http://{LOOPBACK}:{self._http.server_port}/"

    def run(self) -> None:
        """Answers until it is stopped."""
        self._http.serve_forever()

    def stop(self) -> None:
        """Ends `run`, from another thread."""
        self._http.shutdown()

    def close(self) -> None:
        """Frees the port and the graph."""
        self._http.server_close()
        self._store.close()

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def respond(self, path: str, query: str | None, accept: str) -> Response:
        """The answer to a request: a page, results, or a problem (RFC 9457)."""
        if path == "/":
            return Response(body=self._page)
        if path != "/sparql":
            return problem(HTTPStatus.NOT_FOUND, f"There is nothing at {path!r}; try / or /sparql?query=….")
        if not query:
            return problem(HTTPStatus.BAD_REQUEST, "There is no query; send one as the parameter `query`.")
        try:
            return results(self._store.query(query), accept, self._store)
        except QueryError as error:
            return problem(HTTPStatus.BAD_REQUEST, str(error), line=error.line, column=error.column)


def serve(graph: Path, *, port: int, on_start: Callable[[str], None]) -> None:
    """Serves a graph until it is interrupted.

    Args:
        graph: The graph's folder.
        port: Where; 0 takes a free one.
        on_start: Is told the address.

    Raises:
        StoreError: The folder is no graph.
        OSError: The port is taken.
    """
    with Server(graph, port=port) as server:
        on_start(server.url)
        server.run()


def results(result: QueryResult, accept: str, store: Store) -> Response:
    """A result in the form that is asked for: triples in Turtle, rows in JSON or, where wanted, CSV."""
    if result.kind == "graph":
        text, kind = write_triples(iter(result.triples), "ttl", store.prefixes), TURTLE
    elif CSV_RESULTS in accept and result.kind == "select":
        text, kind = result.to_csv(), CSV_RESULTS
    else:
        text, kind = result.to_json(), JSON_RESULTS
    return Response(type=f"{kind}; charset=utf-8", body=text.encode())


def problem(
    status: HTTPStatus, detail: str, *, line: int | None = None, column: int | None = None
) -> Response:
    """A problem document (RFC 9457), with the place in the query where that is known."""
    body: dict[str, object] = {"title": status.phrase, "status": int(status), "detail": detail}
    place = {"line": line, "column": column}
    body |= {name: value for name, value in place.items() if value is not None}
    return Response(status=status, type="application/problem+json", body=json.dumps(body).encode())


class Listener(HTTPServer):
    """The port, with what answers.

    Attributes:
        respond: Gives the answer to a path, a query and an Accept header.
    """

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing: whoever asked is gone, or sent what is no HTTP."""

    def __init__(self, port: int, respond: Callable[[str, str | None, str], Response]) -> None:
        self.respond = respond
        super().__init__((LOOPBACK, port), Handler)


class Handler(BaseHTTPRequestHandler):
    """Reads a request, refuses what is not for this machine, writes the answer."""

    server: Listener
    timeout = 10

    def do_GET(self) -> None:
        """Answers a page or a query in the address."""
        self.answer(query_of(urlsplit(self.path).query))

    def do_POST(self) -> None:
        """Answers a query in the body."""
        self.answer(self.posted() if self.length() <= LONGEST_QUERY else None)

    def answer(self, query: str | None) -> None:
        """Writes the answer, or why there is none."""
        if not is_local(self.headers.get("Host", "")):
            self.write(problem(HTTPStatus.FORBIDDEN, "This server answers requests to this machine only."))
        elif max(self.length(), len(self.path)) > LONGEST_QUERY:
            detail = f"A query has {LONGEST_QUERY} bytes at most."
            self.write(problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail))
        else:
            path, accept = urlsplit(self.path).path, self.headers.get("Accept", "")
            self.write(self.server.respond(path, query, accept))

    def length(self) -> int:
        """Bytes of the body, by its header; 0 where that says no number."""
        given = self.headers.get("Content-Length", "")
        return int(given) if given.isdecimal() and len(given) <= DIGITS else 0

    def posted(self) -> str | None:
        """The query of a form, or of a body that is one."""
        body = self.rfile.read(self.length()).decode(errors="replace")
        kind = self.headers.get_content_type()
        return body if kind == QUERY else query_of(body) if kind == FORM else None

    def write(self, response: Response) -> None:
        """Sends an answer."""
        self.send_response(response.status)
        headers = {"Content-Type": response.type, "Content-Length": str(len(response.body))} | SAFE_HEADERS
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(response.body)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Says nothing: queries are nobody's business."""


def query_of(parameters: str) -> str | None:
    """The parameter `query` of a form; None where there is none.

    >>> query_of("query=ASK%20%7B%7D&x=1")
    'ASK {}'
    """
    return parse_qs(parameters).get("query", [None])[0]


def is_local(host: str) -> bool:
    """Whether a Host header names this machine: a page elsewhere could reach it by a name of its own.

    >>> is_local("localhost:8000"), is_local("example.org")
    (True, False)
    """
    return host.rpartition(":")[0] in {"localhost", LOOPBACK} or host in {"localhost", LOOPBACK}
