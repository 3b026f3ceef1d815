"""The pages: the explorer, the query page, the drawing, and the files that they need."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import re
import tempfile
from asyncio.subprocess import DEVNULL
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from kg.server.conditions import is_known
from kg.server.pool import Pool
from kg.server.problems import ProblemError
from kg.server.security import STATIC
from kg.server.settings import Settings
from kg.server.spawning import command, environment

_KINDS = MappingProxyType(
    {
        ".css": "text/css; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
    }
)
"""Media types of the files of `static/`, by their endings."""
_SECONDS_TO_DRAW = 60.0
"""What takes time is reading the graph; how much of it is drawn is bounded."""
_LAST = 19
"""The lowest priority (setpriority(2)): a drawing may take longer when queries are asked."""
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def add_pages(app: Starlette) -> None:
    """Adds the routes of the pages."""
    app.add_route("/", explorer, methods=["GET"])
    app.add_route("/query", query, methods=["GET"])
    app.add_route("/graph", drawing, methods=["GET"])
    app.add_route(STATIC + "{name:path}", static, methods=["GET"])
    app.add_route("/robots.txt", robots, methods=["GET"])
    app.add_route("/favicon.ico", icon, methods=["GET"])


async def explorer(request: Request) -> Response:
    """The page on which the graph is explored; it tells nothing of the graph, which it asks the API for."""
    settings: Settings = request.app.state.settings
    text = _templates().get_template("explorer.html").render(name=_name(settings))
    return HTMLResponse(text, headers={"Cache-Control": "no-cache"})


async def query(request: Request) -> Response:
    """The page on which queries are written, also without scripts; it tells nothing of the graph."""
    settings: Settings = request.app.state.settings
    text = (
        _templates()
        .get_template("query.html")
        .render(
            name=_name(settings),
            query=request.query_params.get("query") or example(),
            needs_token=settings.token is not None,
        )
    )
    return HTMLResponse(text, headers={"Cache-Control": "no-cache"})


async def drawing(request: Request) -> Response:
    """The page that `kg view` makes of the graph; to browsers, one that waits for it while it is being drawn.

    Raises:
        ProblemError: 503 while it is being drawn, 507 where the graph is too large.
    """
    artist: Drawing = request.app.state.drawing
    try:
        page = await artist.page()
    except ProblemError as error:
        if error.status != HTTPStatus.SERVICE_UNAVAILABLE or "text/html" not in request.headers.get(
            "accept", ""
        ):
            raise
        waiting = _templates().get_template("drawing.html")
        text = waiting.render(detail=error.detail, seconds=error.headers["Retry-After"])
        return HTMLResponse(text, error.status, error.headers)
    # Of a page that a browser has kept, it takes the headers that come now (RFC 9111, section 3.2).
    headers = {"Content-Security-Policy": page.policy, "ETag": page.tag, "Cache-Control": "no-cache"}
    if is_known(request.headers, page.tag, is_found=True):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return HTMLResponse(page.html, headers=headers)


async def static(request: Request) -> Response:
    """A file that the pages need.

    Raises:
        ProblemError: 404 where there is none of the name.
    """
    name = request.path_params["name"]
    if name not in _files():
        raise ProblemError(
            HTTPStatus.NOT_FOUND, f"There is no file {name!r}; there are {', '.join(_files())}."
        )
    content, tag = _static(name)
    headers = {"ETag": tag, "Cache-Control": "no-cache"}
    if is_known(request.headers, tag, is_found=True):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(content, headers={**headers, "Content-Type": _files()[name]})


async def robots(_request: Request) -> Response:
    """Asks search engines to stay away: each page costs a query (RFC 9309)."""
    return PlainTextResponse("User-agent: *\nDisallow: /\n")


async def icon(_request: Request) -> Response:
    """The icon, for browsers that look for it here."""
    return Response(_static("icon.svg")[0], media_type=_KINDS[".svg"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A page with a drawing."""

    html: bytes
    policy: str
    """Its Content-Security-Policy, which lets its own scripts run by their hashes, and no other."""
    tag: str


class Drawing:
    """Draws the graph in a process of its own, once for each state of the graph that is asked for."""

    def __init__(self, settings: Settings, pool: Pool) -> None:
        self._settings = settings
        self._pool = pool
        self._generation = ""
        self._task: asyncio.Task[Drawn] | None = None
        self._under_way: set[asyncio.Task[Drawn]] = set()

    async def page(self) -> Drawn:
        """The page of the state that is served now.

        Raises:
            ProblemError: 503 where it is not ready within the time limit; 507 where it cannot be drawn.
        """
        task = self._of_now()
        done, _ = await asyncio.wait({task}, timeout=self._settings.limits.seconds)
        if not done or task.cancelled():  # the latter where the graph has changed meanwhile
            raise _being_drawn()
        return task.result()

    async def close(self) -> None:
        """Ends the drawings that are under way."""
        for task in self._under_way:
            task.cancel()
        if self._under_way:
            await asyncio.wait(self._under_way)
        self._task = None

    def _of_now(self) -> asyncio.Task[Drawn]:
        """The drawing of the state that is served now; that of another ends, whoever waits for it.

        Nothing is awaited between the test and the set: of all who ask at once, one begins it.
        """
        generation = self._pool.generation
        if self._task is None or self._generation != generation:
            if self._task is not None:
                self._task.cancel()
            self._generation = generation
            self._task = asyncio.create_task(self._draw(generation, self._pool.folder))
            self._under_way.add(self._task)
            self._task.add_done_callback(self._under_way.discard)
        return self._task

    async def _draw(self, generation: str, graph: Path) -> Drawn:
        with tempfile.TemporaryDirectory(prefix="kg-drawing-") as folder:
            output = Path(folder) / "graph.html"
            await self._run("view", str(graph), "-o", str(output))
            if not output.exists() and self._pool.generation != generation:
                raise _being_drawn()  # what it was drawn from went away beneath it
            if not output.exists():
                detail = "The graph is too large to be drawn here; draw a part of it with `kg view --around`."
                raise ProblemError(HTTPStatus.INSUFFICIENT_STORAGE, detail)
            return drawn(output.read_text("utf-8"))

    async def _run(self, *arguments: str) -> None:
        """Runs `kg` until it ends, or for as long as it may."""
        process = await asyncio.create_subprocess_exec(
            *command("kg"), *arguments, env=environment(), stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL
        )
        _bound(process.pid, self._settings.limits.memory)
        try:
            await asyncio.wait_for(process.wait(), _SECONDS_TO_DRAW)
        except TimeoutError:
            return
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()


def drawn(html: str) -> Drawn:
    """A page with the policy for it: its own scripts run, and nothing is loaded.

    Its library sets styles on elements, which no hash can allow, so that inline styles are.

    >>> drawn("<script>1</script>").policy.split("; ")[1]
    "script-src 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='"
    """
    digests = [hashlib.sha256(script.encode()).digest() for script in _SCRIPT.findall(html)]
    hashes = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests) or "'none'"
    policy = (
        "default-src 'self'",
        f"script-src {hashes}",
        "style-src 'unsafe-inline'",
        "img-src data:",
        "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "object-src 'none'",
    )
    content = html.encode()
    return Drawn(html=content, policy="; ".join(policy), tag=_tag(content))


def _name(settings: Settings) -> str:
    """What the pages are headed with: the name of the graph's folder, but to strangers."""
    return settings.graph.resolve().name if settings.token is None else "Knowledge graph"


def _being_drawn() -> ProblemError:
    detail = "The graph is being drawn; ask again in a few seconds."
    return ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, detail, headers={"Retry-After": "5"})


def _bound(process: int, memory: int) -> None:
    """Bounds the address space of a process, and lets all others go first, where the system can do that."""
    try:
        from os import PRIO_PROCESS, setpriority
        from resource import RLIMIT_AS, prlimit
    except ImportError:  # only Linux has them all
        return
    with suppress(ProcessLookupError):  # it has ended already
        setpriority(PRIO_PROCESS, process, _LAST)
        prlimit(process, RLIMIT_AS, (memory, memory))


@cache
def example() -> str:
    """The query that the page starts with."""
    return (files("kg") / "server" / "templates" / "example.rq").read_text("utf-8").strip()


@cache
def _files() -> Mapping[str, str]:
    """The files that the pages need, by name, with their media types."""
    folder = Path(str(files("kg") / "server" / "static"))
    found = sorted(file for file in folder.rglob("*") if file.suffix in _KINDS)
    return {file.relative_to(folder).as_posix(): _KINDS[file.suffix] for file in found}


@cache
def _static(name: str) -> tuple[bytes, str]:
    content = (files("kg") / "server" / "static" / name).read_bytes()
    return content, _tag(content)


def _tag(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


@cache
def _templates() -> Environment:
    return Environment(loader=PackageLoader("kg.server"), autoescape=True, undefined=StrictUndefined)
