"""Every format, written whole, and opened by the library that it is for."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable

import networkx as nx
import pandas as pd
import pyoxigraph as ox
import pytest

from kg.errors import ExportError
from kg.export.files import export_graph, formats
from kg.export.selection import Selection
from kg.store import FORMATS, Store
from kg.types import Status
from tests.builders import make_extraction
from tests.export.drawn import HOSTILE, read_gexf


class Pipe(io.RawIOBase):
    """What can be written to and nothing else, as standard output may be."""

    def __init__(self) -> None:
        self.written = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.written += bytes(data)
        return len(data)


def exported(store: Store, format_: str, selection: Selection | None = None) -> bytes:
    out = Pipe()
    export_graph(store, format_, out, selection or Selection())
    return bytes(out.written)


def rows_of_neo4j(data: bytes) -> int:
    archive = zipfile.ZipFile(io.BytesIO(data))
    with io.TextIOWrapper(archive.open("relationships.csv"), encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


OPENED: dict[str, Callable[[bytes], int]] = {
    "jsonl": lambda data: len([json.loads(line) for line in data.decode().splitlines()]),
    "csv": lambda data: len(pd.read_csv(io.BytesIO(data))),
    "parquet": lambda data: len(pd.read_parquet(io.BytesIO(data))),
    "graphml": lambda data: nx.read_graphml(io.BytesIO(data), force_multigraph=True).number_of_edges(),
    "gexf": lambda data: read_gexf(data).number_of_edges(),
    "cytoscape": lambda data: nx.cytoscape_graph(json.loads(data)).number_of_edges(),
    "neo4j": rows_of_neo4j,
}
"""How many relations the library of a format reads from a file."""


@pytest.fixture(scope="module")
def small() -> Store:
    store = Store.in_memory()
    for number, name in enumerate(HOSTILE):
        clean = name.replace("\x85", "")
        store.add(
            make_extraction(f"{clean} met {clean}!", article_id=f"a{number}", ends=(clean, f"{clean}!"))
        )
    store.add(make_extraction(article_id="z", status=Status.PLANNED))
    return store


@pytest.mark.parametrize("format_", list(OPENED))
def test_hostile_graph_is_opened_by_the_library_of_the_format(small, format_):
    assert OPENED[format_](exported(small, format_)) == len(HOSTILE) + 1


@pytest.mark.parametrize("format_", list(OPENED))
def test_empty_graph_is_opened_too(format_):
    assert OPENED[format_](exported(Store.in_memory(), format_)) == 0


@pytest.mark.parametrize("format_", list(OPENED))
def test_every_format_of_relations_is_narrowed(small, format_):
    assert OPENED[format_](exported(small, format_, Selection(status=(Status.PLANNED,)))) == 1


@pytest.mark.parametrize("format_", list(OPENED))
def test_same_graph_gives_the_same_file(small, format_):
    assert exported(small, format_) == exported(small, format_)


def test_rdf_is_all_of_the_graph(small):
    with pytest.raises(ExportError, match="'nq' holds all of a graph"):
        exported(small, "nq", Selection(status=(Status.PLANNED,)))


def test_format_that_is_none_is_told(small):
    with pytest.raises(ExportError, match="no format 'xlsx'; choose one of jsonl, csv, parquet"):
        exported(small, "xlsx")


@pytest.fixture(scope="module")
def wikinews(wikinews_graph):
    with Store.open(wikinews_graph) as store:
        yield store


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("format_", formats())
def test_wikinews_is_exported_to_every_format(wikinews, format_):
    written, relations = exported(wikinews, format_), wikinews.info().relations
    if format_ in FORMATS:
        assert sum(1 for _ in ox.parse(written, FORMATS[format_])) > 100_000
    elif format_ in OPENED:
        assert OPENED[format_](written) == relations > 1000
    else:  # events, which are coded anew and need not be as many
        assert len(written.splitlines()) > 0
