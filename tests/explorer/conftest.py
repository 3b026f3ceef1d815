"""The pages of `kg serve` in a real browser: Debian's Chromium, by Playwright."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from kg.server import Settings, background
from tests.conftest import ROOT
from tests.explorer import invented

SCREENSHOTS = ROOT / "build" / "screenshots"
SIZES = {"wide": (1280, 800), "phone": (390, 844)}
QUIET = re.compile(r"GL Driver Message|Automatic fallback to software WebGL|GroupMarkerNotSet")
"""What Chromium says of software drawing, which is no fault of a page."""


class Watched:
    """A page of which everything is recorded that it says and asks for."""

    def __init__(self, page, url: str) -> None:
        self.page = page
        self.url = url
        self.said: list[str] = []
        self.asked: list[str] = []
        self._usual: list[re.Pattern[str]] = [QUIET]
        page.set_default_timeout(10_000)
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        page.on("request", lambda request: self.asked.append(request.url))

    def _hear(self, message) -> None:
        if message.type in {"error", "warning"} and not any(
            usual.search(message.text) for usual in self._usual
        ):
            self.said.append(f"{message.type}: {message.text}")

    def may_say(self, pattern: str) -> None:
        """Lets the console have such messages; of answers that a test makes fail, the browser tells."""
        self._usual.append(re.compile(pattern))

    def open(self, path: str = "") -> None:
        """Goes to a path of the server and waits until the page is there."""
        self.page.goto(f"{self.url}{path}")

    def explore(self, hash_: str = "") -> None:
        """Opens the explorer with what its address holds, and waits until something is shown."""
        self.open(f"#{hash_}" if hash_ else "")
        self.settle()

    def settle(self) -> None:
        """Waits until the status line says how much is shown."""
        self.page.locator(".status").get_by_text(re.compile("relations? shown")).wait_for()

    def status(self) -> str:
        """What the status line says."""
        return " ".join(self.page.locator(".status p").all_inner_texts())

    def scene(self) -> dict[str, list[str]]:
        """What stands in the address behind `#`."""
        return parse_qs(urlsplit(self.page.url).fragment)

    def search(self, words: str) -> None:
        """Types words into the search and waits until it has found what it finds."""
        self.page.keyboard.press("/")
        self.page.get_by_role("combobox", name="Search").fill(words)
        self.page.locator(".found").wait_for()
        self.page.locator(".found-status").filter(has_not_text="Searching").wait_for(state="attached")

    def violations(self, axe: str) -> list[str]:
        """What axe finds against WCAG 2.2 AA and its good practice, each with where."""
        self.page.evaluate(axe)
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
            for one in found["violations"]
            for node in one["nodes"]
        ]

    def keep(self, name: str) -> Path:
        """Keeps a screenshot, as output of CI."""
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        self.page.screenshot(path=path)
        return path

    def elsewhere(self) -> list[str]:
        """What it asked of other hosts."""
        host = urlsplit(self.url).netloc
        return [
            url
            for url in self.asked
            if not url.startswith(("data:", "blob:")) and urlsplit(url).netloc != host
        ]


@pytest.fixture(scope="module")
def browser(chromium) -> Iterator[object]:
    """A browser; a test that wants one is skipped where there is none.

    It does not outlive its module, since Playwright runs an event loop in this thread as long as it is there,
    beside which no test can run one of its own.
    """
    with started_browser(chromium) as started:
        yield started


@contextmanager
def started_browser(chromium: str) -> Iterator[object]:
    """The same for a file that has its own fixture."""
    api = pytest.importorskip("playwright.sync_api", reason="no Playwright here; pip install playwright")
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, which looks for what keeps people out; tests are skipped without it."""
    path = ROOT / "kg" / "explorer" / "node_modules" / "axe-core" / "axe.min.js"
    if not path.is_file():
        pytest.skip("no axe-core here; run `npm ci` in kg/explorer")
    return path.read_text("utf-8")


@pytest.fixture(scope="session")
def invented_graph(tmp_path_factory) -> Path:
    """The graph of `invented`."""
    return invented.write(tmp_path_factory.mktemp("explored") / "graph")


@pytest.fixture(scope="session")
def served(invented_graph) -> Iterator[str]:
    """The address of a server of that graph."""
    with background(Settings(graph=invented_graph, port=0)) as url:
        yield url


@pytest.fixture
def watched(browser, served, request) -> Iterator[Watched]:
    """A page of the server; nothing may be wrong with it when the test is done.

    `@pytest.mark.parametrize("watched", [{"size": "phone", "color_scheme": "dark"}], indirect=True)` sets
    what else a browser's context takes.
    """
    with watching(browser, served, **getattr(request, "param", {})) as found:
        yield found


@contextmanager
def watching(browser, url: str, *, size: str = "wide", **context: object) -> Iterator[Watched]:
    """The same for another server."""
    width, height = SIZES[size]
    opened = browser.new_context(viewport={"width": width, "height": height}, **context)
    found = Watched(opened.new_page(), url)
    yield found
    opened.close()
    assert (found.said, found.elsewhere()) == ([], [])
