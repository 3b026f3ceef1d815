"""How soon the explorer draws, beside a default pyvis page of the same graph in the same browser.

The ordinary run takes a graph that pyvis draws too. `KG_BENCH_NODES=1000,10000,50000` says how large the
graphs are, `KG_BENCH_GRAPHS=FOLDER` where they are kept for the next time: to make one of 50,000 takes
minutes. Figures are logged; asserted are ratios of one run.
"""

import logging
import os
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.exploration.network import Network, network
from kg.server import Settings, background
from kg.store import Store
from tests.explorer.conftest import started_browser
from tests.explorer.large import write

pytestmark = [pytest.mark.slow, pytest.mark.browser]
SIZES = tuple(map(int, os.environ.get("KG_BENCH_NODES", "200").split(",")))
PATIENCE = 60
"""Seconds after which a page is given up."""
MOST_THEIRS = 10_000
"""Nodes of a pyvis page: its physics takes more than a minute from some thousand on."""
LOG = logging.getLogger(__name__)
FRAMES = """() => {
  window.frames_ = [];
  const go = (time) => { window.frames_.push(time); window.going = requestAnimationFrame(go); };
  requestAnimationFrame(go);
}"""
RATE = """() => {
  cancelAnimationFrame(window.going);
  return (window.frames_.length - 1) * 1000 / (window.frames_.at(-1) - window.frames_[0]);
}"""
ONE_FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
INK = """() => [...document.querySelectorAll('#mynetwork canvas')].some((canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.some((value, place) => place % 4 === 3 && value > 0);
})"""


@dataclass(frozen=True)
class Times:
    """Of a page: seconds from navigation; frames a second while it is panned. None where it was given up."""

    drawn: float | None
    interactive: float | None
    frames: float | None


@pytest.fixture(scope="module")
def browser(chromium):
    with started_browser(chromium) as started:
        yield started


@contextmanager
def page_of(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1_000)
    yield page
    context.close()


def graph_of(nodes, tmp_path) -> Path:
    kept = os.environ.get("KG_BENCH_GRAPHS")
    folder = (Path(kept) if kept else tmp_path) / f"g{nodes}"
    return folder if folder.is_dir() else write(folder, nodes)


def panned(page, selector: str) -> float:
    """Frames a second while the ground is dragged."""
    box = page.locator(selector).bounding_box()
    x, y = box["x"] + 20, box["y"] + 20
    page.mouse.move(x, y)
    page.mouse.down()
    page.evaluate(FRAMES)
    for step in range(60):
        page.mouse.move(x + 4 * step, y + 2 * step)
    rate = page.evaluate(RATE)
    page.mouse.up()
    return rate


def ours(browser, url: str, nodes: int) -> Times:
    with page_of(browser) as page:
        began = time.perf_counter()
        page.goto(f"{url}#most={nodes}", wait_until="commit")
        page.locator(f'.drawing-stage[data-drawn="{nodes}"]').wait_for()
        page.evaluate(ONE_FRAME)
        drawn = time.perf_counter() - began
        page.locator(".drawing-stage").focus()
        page.keyboard.press("n")
        page.get_by_text(f"1 of {nodes:,}").wait_for()
        interactive = time.perf_counter() - began
        return Times(drawn, interactive, panned(page, ".drawing-stage"))


def theirs(browser, file: Path) -> Times:
    errors = pytest.importorskip("playwright.sync_api")
    with page_of(browser) as page:
        page.route("http*://**", lambda route: route.abort())  # it asks for styles elsewhere
        began = time.perf_counter()
        try:
            page.goto(file.as_uri(), wait_until="commit")
            page.locator("#mynetwork canvas").wait_for()
            page.wait_for_function(INK)
            drawn = time.perf_counter() - began
            page.wait_for_function("document.getElementById('loadingBar')?.style.display !== 'block'")
            page.evaluate(ONE_FRAME)
            return Times(drawn, time.perf_counter() - began, panned(page, "#mynetwork"))
        except errors.TimeoutError:
            return Times(None, None, None)


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
        return f"given up after {PATIENCE} s"
    began = f"drawn {times.drawn:.1f} s, interactive {times.interactive:.1f} s"
    return f"{began}, {times.frames:.0f} frames a second"


@pytest.mark.parametrize("nodes", SIZES)
def test_explorer_draws_sooner_than_pyvis(browser, tmp_path, nodes):
    folder = graph_of(nodes, tmp_path)
    with Store.open(folder, read_only=True) as store:
        page = pyvis_page(network(store, limit=nodes), tmp_path / "pyvis.html")
    with background(Settings(graph=folder, port=0)) as url:
        LOG.info("%6d nodes, first to ask: %s", nodes, said(ours(browser, url, nodes)))
        warm = ours(browser, url, nodes)
    other = theirs(browser, page) if nodes <= MOST_THEIRS else Times(None, None, None)
    LOG.info("%6d nodes, asked before:  %s", nodes, said(warm))
    LOG.info("%6d nodes, pyvis:         %s", nodes, said(other) if nodes <= MOST_THEIRS else "not tried")
    if other.drawn is not None and other.interactive is not None:
        LOG.info("%6d nodes, %.1f times as soon interactive", nodes, other.interactive / warm.interactive)
        assert warm.interactive < other.interactive
        assert warm.frames > 0.5 * other.frames  # small graphs are moved as fast as the screen shows
