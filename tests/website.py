"""A web server on this machine for tests: pages by path, and whatever misbehaviour a test writes itself."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

Handler = Callable[[BaseHTTPRequestHandler], None]


@dataclass(frozen=True)
class Page:
    """What is answered."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    type: str | None = "text/html; charset=utf-8"

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(self.status)
        for name, value in self.headers.items():
            handler.send_header(name, value)
        if self.type is not None and "Content-Type" not in self.headers:
            handler.send_header("Content-Type", self.type)
        if not {"Content-Length", "Transfer-Encoding"} & set(self.headers):
            handler.send_header("Content-Length", str(len(self.body)))
        handler.end_headers()
        handler.wfile.write(self.body)


def redirect(location: str, status: int = 302) -> Page:
    """An answer that leads elsewhere."""
    return Page(status=status, headers={"Location": location})


def raw(data: bytes, *, drip: float = 0.0, times: int = 1) -> Handler:
    """Bytes that are sent as they are, so many times, with a pause after each; then the connection ends."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        for _ in range(times):
            handler.wfile.write(data)
            handler.wfile.flush()
            if drip and handler.server.stopping.wait(drip):
                return

    return answer


class Website:
    """The server: what it answers by path, and what it was asked.

    A path that it does not know is 404, `/robots.txt` too.
    """

    def __init__(self) -> None:
        self.pages: dict[str, Handler] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        """Paths and headers, in the order of the requests; without those of `/robots.txt`."""
        self.asked_robots = 0
        self.connections = 0
        website = self

        class Answering(BaseHTTPRequestHandler):
            def setup(self) -> None:
                website.connections += 1
                super().setup()

            def do_GET(self) -> None:
                website.answer(self)

            do_CONNECT = do_GET  # noqa: N815  # as the library calls it

            def log_message(self, *_: object) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.server.daemon_threads = False  # so that closing waits for its answers
        self.server.stopping = threading.Event()
        self.port = self.server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answers one request."""
        path = handler.path
        if path == "/robots.txt":
            self.asked_robots += 1
        else:
            self.asked.append((path, {name.lower(): value for name, value in handler.headers.items()}))
        with contextlib.suppress(OSError):  # who asked may have gone
            self.pages.get(path, Page(b"not found", 404))(handler)

    @property
    def paths(self) -> list[str]:
        """What was asked for, without `/robots.txt`."""
        return [path for path, _ in self.asked]

    @contextlib.contextmanager
    def running(self) -> Iterator[Website]:
        """Answers until the end of the block."""
        thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield self
        finally:
            self.server.stopping.set()
            self.server.shutdown()
            thread.join()
            self.server.server_close()


def secure(website: Website, folder: Path, name: str) -> Path:
    """Has a website speak TLS, with a certificate for a name; gives the file of who signed it."""
    import ssl
    import subprocess

    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", key, "-out", certificate, "-days", "2", "-subj", f"/CN={name}",
            "-addext", f"subjectAltName=DNS:{name}",
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    website.server.socket = context.wrap_socket(website.server.socket, server_side=True)
    return certificate
