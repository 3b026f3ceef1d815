"""One HTML page that draws a graph with pyvis and needs no network to be opened.

Everything the page runs stands within it; what comes from articles enters it as data and is shown as text,
never as markup. What it shows is made in `drawing`, how it looks is in `templates/`.
"""

from __future__ import annotations

import html
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from pyvis.network import Network

from kg.export.drawing import edges_of, legend_of, nodes_of
from kg.export.records import Statement, entities_of, most_connected
from kg.vocabulary import Vocabulary, load_vocabulary

LIMIT = 300
"""Entities a page draws unless told otherwise; more can be opened, but not read."""

_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "interaction": {"hover": True, "tooltipDelay": 150, "keyboard": {"enabled": True, "bindToWindow": False}},
    "nodes": {"font": {"size": 26, "strokeWidth": 6, "strokeColor": "#ffffff"}, "borderWidth": 1},
    "edges": {
        "font": {
            "size": 22,
            "strokeWidth": 6,
            "strokeColor": "#ffffff",
            "color": "#444444",
            "align": "middle",
        },
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.6}},
        "selectionWidth": 2,
        "scaling": {"label": {"enabled": False, "drawThreshold": 4}},
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A drawing, which notebooks show inline."""

    html: str

    def save(self, path: Path | str) -> Path:
        """Writes the page as UTF-8, whatever the machine's own encoding; gives its path."""
        Path(path).write_text(self.html, encoding="utf-8")
        return Path(path)

    def _repr_html_(self) -> str:
        frame = 'width="100%" height="600" style="border: 1px solid #ddd" sandbox="allow-scripts"'
        return f'<iframe srcdoc="{html.escape(self.html)}" {frame}></iframe>'


def draw(
    statements: Sequence[Statement],
    *,
    title: str = "Knowledge graph",
    limit: int = LIMIT,
    vocabulary: Vocabulary | None = None,
) -> Page:
    """The page of some relations: entities as nodes, relations as edges, evidence behind both.

    Relations of the same ends, class and status share an edge. Beyond `limit` entities, those with
    fewest relations are left out, and the page says so.

    >>> "<title>A &amp; B</title>" in draw([], title="A & B").html
    True
    """
    words = vocabulary or load_vocabulary()
    shown = most_connected(statements, limit)
    nodes, edges = nodes_of(shown, words), edges_of(shown, words)
    network = Network(directed=True, cdn_resources="in_line")
    # pyvis's own `add_edge` looks through all edges each time.
    network.nodes, network.edges = nodes, edges
    network.set_options(json.dumps(_OPTIONS))
    network.set_template_dir(str(files("kg") / "export" / "templates"), "page.html")
    network.templateEnv.globals.update(
        title=title,
        left_out=len(entities_of(statements)) - len(nodes),
        legend=legend_of(shown, words),
        library=_library(),
        articles=len({statement.article.id for statement in shown}),
        count=len(shown),
    )
    return Page(html=network.generate_html())


def _library() -> str:
    """vis-network, as pyvis bundles it; the newest where there are several."""
    found = sorted((Path(str(files("pyvis"))) / "templates" / "lib").glob("vis-*/vis-network.min.js"))
    return found[-1].read_text("utf-8").replace("</script", "<\\/script")
