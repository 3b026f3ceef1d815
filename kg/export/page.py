"""One HTML page that draws a graph with pyvis and needs no network to be opened.

Everything the page runs stands within it; what comes from articles enters it as data and is shown as text,
never as markup. What it shows is made in `drawing`, how it looks and what it does is in `templates/`.
"""

from __future__ import annotations

import base64
import gzip
import html
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from pyvis.network import Network

from kg.errors import ExportError
from kg.export.drawing import articles_of, edges_of, legend_of, nodes_of
from kg.export.records import Statement, entities_of, most_connected
from kg.vocabulary import Vocabulary, load_vocabulary

TOP = 2_000
"""Entities a page draws unless told otherwise: as many as it moves smoothly. With 5,000 there are fewer than
20 frames a second where the processor draws (`tests/benchmarks/test_page.py`)."""

_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "layout": {"randomSeed": 1},
    "interaction": {
        "hover": False,
        "selectable": False,
        "selectConnectedEdges": False,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
}
_SOURCE_MAP = re.compile(r"\n//# sourceMappingURL=.*\s*$")
_UNPACK = """<!DOCTYPE html><meta charset="utf-8"><script>
const bytes = Uint8Array.from(atob("{packed}"), (letter) => letter.charCodeAt(0));
const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
new Response(stream).text().then((page) => {{ document.open(); document.write(page); document.close(); }});
</script><p>The graph is being drawn. That takes a browser from 2023 or later.</p>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A drawing, which notebooks show inline."""

    html: str

    def save(self, path: Path | str) -> Path:
        """Writes the page as UTF-8, whatever the machine's own encoding; gives its path."""
        Path(path).write_text(self.html, encoding="utf-8")
        return Path(path)

    def _repr_html_(self) -> str:
        """The page in a frame of its own, packed, as its library is most of it: a third of its size."""
        packed = base64.b64encode(gzip.compress(self.html.encode(), mtime=0)).decode()
        source = html.escape(_UNPACK.format(packed=packed))
        allowed = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
        style = "width: 100%; height: 600px; border: 1px solid #8884; border-radius: 6px"
        shown = f'title="Drawing of a graph" style="{style}" sandbox="{allowed}"'
        return f'<iframe srcdoc="{source}" {shown}></iframe>'


def draw(
    statements: Sequence[Statement],
    *,
    title: str = "Knowledge graph",
    top: int = TOP,
    scope: str = "",
    around: Iterable[str] = (),
    vocabulary: Vocabulary | None = None,
) -> Page:
    """The page of some relations: entities as nodes, relations as edges, evidence behind both.

    Relations of the same ends, class and status share an edge. Beyond `top` entities, those with
    fewest relations are left out, and the page says how many are shown of how many.

    Args:
        statements: The relations.
        title: The page's heading.
        top: Entities to draw at most.
        scope: Which part of a graph it is, in words that end a sentence of their own; empty for all of it.
        around: Ids of entities to set off.
        vocabulary: What types, classes and statuses are called; None for those of the ontology.

    Raises:
        ExportError: `top` is less than 1.

    >>> "<title>A &amp; B</title>" in draw([], title="A & B").html
    True
    """
    if top < 1:
        raise ExportError(f"A drawing of {top} entities shows nothing; give 1 or more.")
    shown = most_connected(statements, top)
    network = Network(directed=True, cdn_resources="in_line")
    # pyvis's own `add_edge` looks through all edges each time.
    network.nodes, network.edges = nodes_of(shown), edges_of(shown)
    network.set_options(json.dumps(_OPTIONS))
    network.set_template_dir(str(files("kg") / "export" / "templates"), "page.html")
    network.templateEnv.globals.update(
        title=title,
        summary=" ".join(filter(None, [scope, _summary(statements, shown)])),
        legend=legend_of(shown, vocabulary or load_vocabulary()),
        articles=articles_of(shown),
        around=sorted(around),
        library=_library(),
    )
    return Page(html=network.generate_html())


def _summary(statements: Sequence[Statement], shown: Sequence[Statement]) -> str:
    """How much is shown; where that is not all, of how much."""
    entities, all_entities = len(entities_of(shown)), len(entities_of(statements))
    articles = _count(len({statement.article.id for statement in shown}), "article")
    if entities == all_entities:
        said = f"{_count(entities, 'entity', 'entities')}, {_count(len(shown), 'relation')}, {articles}."
        return said[0].upper() + said[1:]
    return (
        f"{entities:,} of {_count(all_entities, 'entity', 'entities')} shown: those with most relations; "
        f"{len(shown):,} of {_count(len(statements), 'relation')}, {articles}."
    )


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _library() -> str:
    """vis-network, as pyvis bundles it; the newest where there are several."""
    found = sorted((Path(str(files("pyvis"))) / "templates" / "lib").glob("vis-*/vis-network.min.js"))
    return _SOURCE_MAP.sub("", found[-1].read_text("utf-8")).replace("</script", "<\\/script")
