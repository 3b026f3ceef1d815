"""What is loaded to read articles is let go of after a build, or after several that are kept together."""

from __future__ import annotations

import pytest

from kg.builder import BuildOptions, add_articles
from kg.partitions import settings
from kg.partitions.settings import forget_tools, keeping_tools
from kg.types import Article

pytestmark = pytest.mark.model


@pytest.fixture
def loads(monkeypatch):
    """How often a pipeline was loaded."""
    import kg.extraction

    forget_tools()  # which another test may have left
    found: list[object] = []
    load = kg.extraction.load

    def counted(**given: object) -> object:
        found.append(given)
        return load(**given)

    monkeypatch.setattr(kg.extraction, "load", counted)
    return found


def build(folder, number):
    article = Article(id=f"a{number}", text=f"Ana Bell met Bo Cole in Oslo on day {number}.")
    assert add_articles([article], folder / "graph", options=BuildOptions()).added == 1


def test_each_build_lets_go_of_what_it_loaded(tmp_path, loads):
    build(tmp_path, 1)
    assert settings._load.cache_info().currsize == 0
    build(tmp_path, 2)
    assert len(loads) == 2


def test_builds_that_are_kept_together_load_once(tmp_path, loads):
    with keeping_tools():
        build(tmp_path, 1)
        build(tmp_path, 2)
        assert settings._load.cache_info().currsize == 1
    assert settings._load.cache_info().currsize == 0
    assert len(loads) == 1


def test_what_is_kept_is_let_go_of_when_a_build_fails(tmp_path, loads):
    def broken():
        yield Article(id="a1", text="Ana Bell met Bo Cole in Oslo.")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError), keeping_tools():
        add_articles(broken(), tmp_path / "graph")
    assert settings._load.cache_info().currsize == 0
