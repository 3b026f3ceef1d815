"""A small graph that is served, for all tests of the server."""

import pytest

from kg.builder import build_graph
from kg.server import Settings, background
from tests.test_builder import fake_extractor


@pytest.fixture(scope="session")
def graph_folder(tmp_path_factory):
    """A graph of two people who met."""
    folder = tmp_path_factory.mktemp("served")
    (folder / "a.txt").write_text("Ana met Bo.")
    build_graph([folder / "a.txt"], folder / "graph", extractor=fake_extractor)
    return folder / "graph"


@pytest.fixture(scope="session")
def server(graph_folder):
    """The address of a server of that graph, which ends in a slash."""
    with background(Settings(graph=graph_folder, port=0, workers=2)) as url:
        yield url
