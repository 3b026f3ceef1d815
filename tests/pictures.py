"""Makes the pictures of the documentation anew: the explorer over the sample articles, in Chromium.

`make picture` runs it. Whom the pictures show is not named here, but found: those of most relations.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from kg.server import Settings, background
from tests.conftest import ROOT

DOCS = ROOT / "docs"
SIZE = {"width": 1280, "height": 800}
MOST_BYTES = 200_000
"""Pictures stand in the repository, and in every clone of it."""
NEIGHBOURS = 20
COLOURS = 256


def make(chromium: str) -> None:
    """Writes the pictures.

    Raises:
        AssertionError: A picture is larger than `MOST_BYTES`.
    """
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder) / "samples") as url:
        (DOCS / "pictures").mkdir(exist_ok=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium, args=["--no-sandbox", "--disable-gpu"]
            )
            context = browser.new_context(viewport=SIZE, reduced_motion="reduce", color_scheme="light")
            page = context.new_page()
            for name, take in PICTURES.items():
                take(page, url)
                page.mouse.move(0, 0)
                page.wait_for_timeout(1_500)
                path = DOCS / name
                path.write_bytes(_small(page.screenshot()))
                assert path.stat().st_size <= MOST_BYTES, f"{path}: {path.stat().st_size} bytes"
            browser.close()


def _small(png: bytes) -> bytes:
    """The same picture in few colours, the rare and bright ones kept: its file is a third as large."""
    out = io.BytesIO()
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    few = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


@contextmanager
def _served(graph: Path) -> Iterator[str]:
    build = [sys.executable, "-m", "kg", "build", str(ROOT / "kg" / "samples"), "-o", str(graph)]
    subprocess.run(build, check=True, capture_output=True)
    with background(Settings(graph=graph, port=0)) as url:
        yield url


def _asked(url: str, endpoint: str) -> Any:
    with urlopen(f"{url}api/{endpoint}") as answer:
        return json.load(answer)


def _person(url: str) -> str:
    """The person of most relations who met somebody."""
    people = [one for one in _asked(url, "network?limit=60")["entities"] if one["type"] == "person"]
    return next(one["id"] for one in people if _meetings(url, one["id"]))


def _meetings(url: str, entity: str) -> list[Any]:
    """Meetings of a person with another that took place, the newest first."""
    found = _asked(
        url, f"relations?entity={quote(entity)}&property=meets&status=asserted&type=person&order=newest"
    )
    return found["relations"]["items"]


def _around(url: str, entity: str) -> str:
    found = _asked(url, f"neighbours?entity={quote(entity)}&limit={NEIGHBOURS}")["neighbours"]["items"]
    return "&".join(f"entity={quote(one)}" for one in [entity, *(item["entity"]["id"] for item in found)])


def _evidence(page: Page, url: str) -> None:
    person = _person(url)
    (meeting, *_) = _meetings(url, person)
    page.goto(f"{url}#{_around(url, person)}&relation={quote(meeting['iri'])}")
    page.locator(".card").wait_for()


def _actor(page: Page, url: str) -> None:
    person = _person(url)
    page.goto("about:blank")
    page.goto(f"{url}#{_around(url, person)}&selected={quote(person)}")
    page.locator("table.relations").wait_for()


def _time(page: Page, url: str) -> None:
    years = sorted(_asked(url, "overview")["totals"]["years"]["counts"], key=lambda one: -one["count"])
    year = next(one["value"] for one in years if one["value"])
    page.goto("about:blank")
    page.goto(f"{url}#since={year}-01-01&until={year}-12-31")
    page.get_by_role("slider", name="First day").wait_for()


def _question(page: Page, url: str) -> None:
    page.goto(f"{url}query?question=what-is-planned")
    page.locator(".told strong").wait_for()


PICTURES = {
    "graph.png": _evidence,
    "pictures/actor.png": _actor,
    "pictures/timeline.png": _time,
    "pictures/query.png": _question,
}

if __name__ == "__main__":
    import shutil

    make(sys.argv[1] if len(sys.argv) > 1 else shutil.which("chromium") or "chromium")
