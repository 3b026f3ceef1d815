"""How soon the explorer draws, beside a default pyvis page of the same graph in the same browser.

A page has drawn when a canvas of it holds ink (pixels that are not transparent, read back from it, which
also ends the painting) and two more frames have begun, so that the one with the ink was handed to the
screen; a picture of the page must then show it too. It is interactive when a key, or the pointer, is
answered. Times are the page's own, from navigation on. While the ground is dragged, frames are counted, and
the longest that one took.

The ordinary run takes a graph that pyvis draws too. `KG_BENCH_NODES=1000,10000,50000` says how large the
graphs are, `KG_BENCH_GRAPHS=FOLDER` where they are kept for the next time: to make one of 50,000 takes
minutes. Each is asked for once from a server that has just started, and once more. The server finds nothing
made ready beside the graph, and makes it before it listens; how long that took is told.
Figures are logged; asserted are ratios of one run.
"""

import base64
import logging
import os
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.exploration.network import Network, network
from kg.server import Settings, background
from kg.store import Store
from kg.store.folder import COLUMNS
from kg.store.search.keeping import FILE as INDEX
from tests.explorer.conftest import SCREENSHOTS, started_browser
from tests.explorer.large import write

pytestmark = [pytest.mark.slow, pytest.mark.browser]
SIZES = tuple(map(int, os.environ.get("KG_BENCH_NODES", "200").split(",")))
PATIENCE = 60
"""Seconds after which a page is given up."""
LOG = logging.getLogger(__name__)
LOOK = """
const isInked = (canvas) => {
  if (canvas.width === 0 || canvas.height === 0) return false;
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let inked = 0;
  for (let at = 3; at < data.length; at += 4) inked += data[at] > 0;
  return inked > 100;
};
const look = () => {
  const isThere = document.querySelector('READY') !== null;
  if (!isThere || ![...document.querySelectorAll('CANVASES')].some(isInked)) return setTimeout(look, 20);
  const tell = () => { document.documentElement.dataset.drawnAt = performance.now() / 1000; };
  requestAnimationFrame(() => requestAnimationFrame(tell));
};
look();
"""
NOW = "() => performance.now() / 1000"
FRAMES = """() => {
  window.frames_ = [];
  const go = (time) => { window.frames_.push(time); window.going = requestAnimationFrame(go); };
  requestAnimationFrame(go);
}"""
RATE = """() => {
  cancelAnimationFrame(window.going);
  const ways = window.frames_.slice(1).map((time, place) => time - window.frames_[place]);
  return [1000 * ways.length / (window.frames_.at(-1) - window.frames_[0]), Math.max(...ways) / 1000];
}"""
COLOURS = """async (address) => {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext('2d').drawImage(picture, 0, 0);
  const { data } = canvas.getContext('2d').getImageData(0, 0, picture.width, picture.height);
  return new Set(new Uint32Array(data.buffer)).size;
}"""
FEWEST_COLOURS = 50
"""Of a picture that shows something: more than a page's ground, lines and buttons have without rims."""


@dataclass(frozen=True)
class Times:
    """Of a page: seconds from navigation; None where it was given up."""

    drawn: float | None = None
    interactive: float | None = None
    frames: float = 0.0
    """A second, while it is panned."""
    longest: float = 0.0
    """Seconds of the longest of these frames."""


@contextmanager
def page_of(chromium):
    """A page of a browser of its own, since one that is at work for minutes answers to nothing else."""
    with started_browser(chromium) as browser:
        page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        page.set_default_timeout(PATIENCE * 1_000)
        yield page


def graph_of(nodes, tmp_path) -> Path:
    kept = os.environ.get("KG_BENCH_GRAPHS")
    folder = (Path(kept) if kept else tmp_path) / f"g{nodes}"
    return folder if folder.is_dir() else write(folder, nodes)


def drawn(page, address: str, canvases: str, ready: str) -> float:
    """When a page has drawn."""
    page.add_init_script(LOOK.replace("READY", ready).replace("CANVASES", canvases))
    page.goto(address, wait_until="commit")
    at = page.locator("html[data-drawn-at]")
    at.wait_for(state="attached")
    return float(at.get_attribute("data-drawn-at"))


def shows_something(page, selector: str, name: str) -> bool:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    content = page.locator(selector).screenshot(path=SCREENSHOTS / f"{name}.png")
    blank = page.context.new_page()  # whose rules let it read the picture
    found = blank.evaluate(COLOURS, f"data:image/png;base64,{base64.b64encode(content).decode()}")
    blank.close()
    return found > FEWEST_COLOURS


def panned(page, selector: str) -> tuple[float, float]:
    """Frames a second while the ground is dragged, and the longest, from the second move on."""
    box = page.locator(selector).bounding_box()
    x, y = box["x"] + 20, box["y"] + 20
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 8, y + 4)
    page.evaluate(FRAMES)
    for step in range(3, 90):
        page.mouse.move(x + 4 * step, y + 2 * step)
    rate, longest = page.evaluate(RATE)
    page.mouse.up()
    return rate, longest


def ours(page, url: str, nodes: int, name: str) -> Times:
    at = drawn(page, f"{url}#most={nodes}", ".drawing-bulk", f'.drawing-stage[data-drawn="{nodes}"]')
    page.locator(".drawing-stage").focus()
    page.keyboard.press("n")
    page.get_by_text(f"1 of {nodes:,}").wait_for()
    interactive = page.evaluate(NOW)
    assert shows_something(page, ".drawing-stage", f"explorer-{nodes}-{name}")
    return Times(at, interactive, *panned(page, ".drawing-stage"))


def theirs(page, file: Path, nodes: int) -> Times:
    page.route("http*://**", lambda route: route.abort())  # it asks for styles elsewhere
    at = drawn(page, file.as_uri(), "#mynetwork canvas", "body")
    page.locator("#loadingBar[style*='opacity: 0']").wait_for(state="attached")
    interactive = page.evaluate(NOW)
    assert shows_something(page, "#mynetwork", f"pyvis-{nodes}")
    return Times(at, interactive, *panned(page, "#mynetwork"))


def times(chromium, measure: Callable[[object], Times]) -> Times:
    """What is measured of a page; nothing where it takes too long."""
    errors = pytest.importorskip("playwright.sync_api")
    with page_of(chromium) as page:
        try:
            return measure(page)
        except errors.TimeoutError as error:
            LOG.info("%s", error)
            return Times()


def pyvis_page(drawing: Network, file: Path) -> Path:
    """The page that pyvis makes by default; its lists are set at once, since `add_edge` is quadratic."""
    pyvis = pytest.importorskip("pyvis.network")
    page = pyvis.Network(cdn_resources="in_line")
    page.add_nodes(range(len(drawing.entities)), label=[entity.name for entity in drawing.entities])
    page.edges = [
        {"from": source, "to": target, "width": 1}
        for source, target in zip(drawing.edges.source, drawing.edges.target, strict=True)
    ]
    file.write_text(page.generate_html(notebook=False), encoding="utf-8")
    return file


def said(times: Times) -> str:
    if times.drawn is None:
        return f"none in {PATIENCE} s"
    began = f"drawn {times.drawn:.2f} s, interactive {times.interactive:.2f} s"
    return f"{began}, panned at {times.frames:.0f} frames a second, the longest {times.longest:.2f} s"


@pytest.mark.parametrize("nodes", SIZES)
def test_explorer_draws_sooner_than_pyvis(chromium, tmp_path, nodes):
    folder = graph_of(nodes, tmp_path)
    with Store.open(folder, read_only=True) as store:
        file = pyvis_page(network(store, limit=nodes), tmp_path / "pyvis.html")
    for name in (COLUMNS, INDEX):
        (folder / name).unlink(missing_ok=True)
    began = time.perf_counter()
    with background(Settings(graph=folder, port=0)) as url:
        LOG.info("%6d nodes, server starts in:   %.1f s", nodes, time.perf_counter() - began)
        first = times(chromium, lambda page: ours(page, url, nodes, "first"))
        again = times(chromium, lambda page: ours(page, url, nodes, "again"))
    LOG.info("%6d nodes, server just started: %s", nodes, said(first))
    LOG.info("%6d nodes, asked before:        %s", nodes, said(again))
    other = times(chromium, lambda page: theirs(page, file, nodes))
    LOG.info("%6d nodes, default pyvis page:  %s", nodes, said(other))
    assert again.drawn is not None
    if other.interactive is not None:
        LOG.info("%6d nodes, %.1f times as soon interactive", nodes, other.interactive / again.interactive)
        assert again.interactive < other.interactive
        assert again.frames > 0.5 * other.frames  # small graphs are moved as fast as the screen shows
