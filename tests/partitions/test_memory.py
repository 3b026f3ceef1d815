"""What keeps builds small is undone when they end."""

from __future__ import annotations

import gc

import pytest

from kg.builder import add_articles, extract_lazily
from kg.partitions.memory import give_back, spare_nothing, spare_what_is_loaded
from kg.types import Article


@pytest.fixture(autouse=True)
def unfrozen():
    """Nothing is spared before, nor after."""
    spare_nothing()
    gc.unfreeze()
    yield
    spare_nothing()
    gc.unfreeze()


def test_what_is_loaded_is_spared_until_it_is_forgotten():
    before = gc.get_threshold()
    spare_what_is_loaded()
    assert gc.get_freeze_count() > 0
    assert gc.get_threshold()[0] > before[0]
    spare_what_is_loaded()  # as the next build of the process does
    spare_nothing()
    assert (gc.get_freeze_count(), gc.get_threshold()) == (0, before)


def test_what_others_have_spared_stays_as_it_is():
    before = gc.get_threshold()
    gc.freeze()
    spare_what_is_loaded()
    spare_nothing()
    assert gc.get_freeze_count() > 0
    assert gc.get_threshold() == before


@pytest.mark.model
def test_build_leaves_the_search_for_garbage_as_it_was(tmp_path):
    before = gc.get_threshold()
    article = Article(id="a1", text="Ana Bell met Bo Cole in Oslo on Monday.")
    assert add_articles([article], tmp_path / "graph").added == 1
    assert (gc.get_freeze_count(), gc.get_threshold()) == (0, before)


@pytest.mark.model
def test_extraction_without_a_build_leaves_it_as_it_is():
    before = gc.get_threshold()
    assert len(list(extract_lazily([Article(id="a1", text="Ana Bell met Bo Cole in Oslo.")]))) == 1
    assert (gc.get_freeze_count(), gc.get_threshold()) == (0, before)


def test_memory_is_given_back_where_the_library_can():
    give_back()
