"""The examples in the page that explains the formats."""

from __future__ import annotations

import re

import pytest

from kg.export.files import export_graph, formats
from kg.store import Store
from tests.builders import make_extraction
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "exchange.md"
EXAMPLES = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL) if PAGE.is_file() else []
FILES = {
    "csv": "relations.csv", "parquet": "relations.parquet", "graphml": "graph.graphml",
    "gexf": "graph.gexf", "cytoscape": "graph.cyjs", "neo4j": "graph.zip", "gdelt": "events.tsv",
}  # fmt: skip
"""What the examples call the files that they open."""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the graphs and files that the examples read."""
    for name in ("graph", "my-graph"):
        with Store.create(tmp_path / name) as store:
            store.add(make_extraction(time="2026-04-04"))
            store.add(make_extraction("NATO met Bo Cole.", article_id="a2", ends=("NATO", "Bo Cole")))
            for format_ in FILES.keys() & set(formats()):
                with (tmp_path / FILES[format_]).open("wb") as file:
                    export_graph(store, format_, file)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
def test_example_runs(folder, example):
    exec(compile(example, str(PAGE), "exec"), {"__name__": "example"})


@pytest.mark.skipif(not PAGE.is_file(), reason="the page is not in the source distribution")
def test_page_names_every_format():
    text = PAGE.read_text("utf-8")
    assert [name for name in formats() if f"`{name}`" not in text] == []
