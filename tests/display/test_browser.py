"""Cards in a real browser: readable on light and dark, no wider than a phone, and nothing runs."""

import json
import re
import subprocess

import pytest

import kg
from kg.store import Store
from tests.display.shown import HOSTILE, extraction

THEMES = {"light": ("#ffffff", "#1f1f1f"), "dark": ("#111111", "#dcdcdc")}
QUIET = "--headless --no-sandbox --disable-gpu --disable-background-networking --window-size=500,800"
MEASURE = """
<pre id="found"></pre>
<script>
function channels(colour) {
  const canvas = document.createElement('canvas').getContext('2d');
  canvas.fillStyle = BACKGROUND; canvas.fillRect(0, 0, 1, 1);
  canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
  return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
}
function luminance(rgb) {  // WCAG 2.2, relative luminance
  const [r, g, b] = rgb.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function opacity(element) {
  return element === null ? 1 : Number(getComputedStyle(element).opacity) * opacity(element.parentElement);
}
function contrast(element) {
  const style = getComputedStyle(element);
  const behind = channels(style.backgroundColor), front = channels(style.color), share = opacity(element);
  const seen = front.map((value, n) => value * share + behind[n] * (1 - share));
  const [one, other] = [luminance(seen), luminance(behind)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}
window.addEventListener('load', () => {
  const cards = [...document.querySelectorAll('.kg-display')];
  const worded = cards.flatMap(card => [...card.querySelectorAll('*')])
    .filter(one => one.tagName !== 'STYLE')
    .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim()));
  document.getElementById('found').textContent = JSON.stringify({
    cards: cards.length, ran: window.ran === undefined ? 0 : 1,
    contrast: Math.min(...worded.map(contrast)),
    wider: cards.filter(card => card.getBoundingClientRect().width > innerWidth).length,
    requests: performance.getEntriesByType('resource').length,
  });
});
</script>
"""


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("theme", THEMES)
def test_cards_are_readable_and_run_nothing(chromium, tmp_path, theme):
    background, colour = THEMES[theme]
    cards = "".join(card._repr_html_() for name in NAMES for card in shown(name))
    script = MEASURE.replace("BACKGROUND", json.dumps(background))
    head = f'<!DOCTYPE html><meta charset="utf-8"><body style="background:{background};color:{colour}">'
    page = tmp_path / "cards.html"
    page.write_text(head + cards + script, "utf-8")
    found = browse(chromium, tmp_path, page)
    assert found["cards"] == 6 * len(NAMES)
    assert (found["ran"], found["requests"], found["wider"]) == (0, 0, 0)
    assert found["contrast"] >= 4.5  # WCAG 2.2, success criterion 1.4.3


NAMES = [*(case.values[0] for case in HOSTILE), "<img src=x onerror=ran=1>", "<script>ran=1</script>"]


def shown(name):
    """Every kind of card of a graph of one hostile name."""
    store = Store.in_memory()
    found = extraction(name.replace("\x00", ""))
    store.add(found)
    graph = kg.Graph(store)
    article = graph.article(found.article.id)
    return [graph, graph.entity("ana"), article, graph.statements(), graph.ask("top-actors"), found]


def browse(chromium, folder, page):
    """What a page measures of itself."""
    done = subprocess.run(
        [chromium, *QUIET.split(), f"--user-data-dir={folder}", "--dump-dom", page.as_uri()],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    [found] = re.findall(r'<pre id="found">(.*?)</pre>', done.stdout)
    return json.loads(found)
