"""Pages in a real browser: each test fails on an error of the console, and on a request to another host."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).parents[2]
SCREENSHOTS = ROOT / "build" / "screenshots"
"""Where pictures are kept that tests take, so that people can look at them."""
DESKTOP, PHONE = (1280, 800), (390, 844)
_OWN = frozenset({"", "localhost", "127.0.0.1", "[::1]", "::1"})
_HARMLESS = frozenset({"file", "data", "blob", "about"})
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


@dataclass
class Record:
    """What a page did: its requests, and what went wrong."""

    requests: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def strangers(self) -> list[str]:
        """The requests that went to another host."""
        return [url for url in self.requests if not _is_own(url)]


def _is_own(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in _HARMLESS or (parts.hostname or "") in _OWN


# Of a module, since the loop of Playwright's synchronous interface must end before other tests run their own.
@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Any]:
    """A headless Chromium; tests are skipped without it, or without Playwright."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="no Playwright here; pip install playwright")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=list(_ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture
def record() -> Record:
    """What the pages of a test did; a test may take errors out that it expects."""
    return Record()


@pytest.fixture
def new_page(browser: Any, record: Record) -> Iterator[Callable[..., Any]]:
    """Makes a page: `new_page(PHONE, color_scheme="dark")`, or with any other option of a context."""
    contexts = []

    def _new_page(size: tuple[int, int] = DESKTOP, **options: Any) -> Any:
        options = {"reduced_motion": "reduce", **options}
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("request", lambda request: record.requests.append(request.url))
        page.on("pageerror", lambda error: record.errors.append(str(error)))
        page.on("console", lambda message: message.type == "error" and record.errors.append(message.text))
        page.on("dialog", lambda dialog: record.errors.append(f"dialog: {dialog.message}"))
        return page

    yield _new_page
    for context in contexts:
        context.close()
    assert record.errors == []
    assert record.strangers == []


@pytest.fixture
def page(new_page: Callable[..., Any]) -> Any:
    """A page of 1280×800, light, without motion."""
    return new_page()


@pytest.fixture
def keep() -> Callable[[Any, str], Path]:
    """Keeps a picture of a page under `build/screenshots`: `keep(page, "evidence")`."""

    def _keep(page: Any, name: str) -> Path:
        path = SCREENSHOTS / f"{name}.png"
        page.screenshot(path=path)
        return path

    return _keep
