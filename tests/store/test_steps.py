"""Large additions in steps: a process that ends between two of them leaves nothing that is not mended."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import kg.store.steps
from kg.rdf.articles import this_software
from kg.store import Store
from kg.store.changes import Changes
from kg.store.incoming import Incoming, incoming_of
from kg.types import Extraction
from tests.builders import make_extraction

FIRST = make_extraction("Ana Bell met Bo Cole.", article_id="a1")
AGAIN = make_extraction("Ana Bell saw Cy Dole.", article_id="a2", ends=("Ana Bell", "Cy Dole"))
LONGER = make_extraction("Ana Bell-Fox met Cy Dole.", article_id="a3", ends=("Ana Bell", "Cy Dole"))
APART = make_extraction("Ed Fox met Gil Hay.", article_id="a4", ends=("Ed Fox", "Gil Hay"))
STEPS = 3


class EndedError(Exception):
    """Stands for the end of the process."""


@pytest.fixture(autouse=True)
def small_steps(monkeypatch):
    """Every addition that takes something out goes in steps."""
    monkeypatch.setattr(kg.store.steps, "MANY", 1)


def incoming(store: Store, extraction: Extraction) -> Incoming:
    return incoming_of(extraction, store.vocabulary, this_software(), store.base)


def renamed() -> Extraction:
    """An article that has a longer name for an entity that is known: its description changes."""
    ana = replace(LONGER.entities[0], name="Ana Bell-Fox")
    other = LONGER.entities[1]
    relations = tuple(replace(one, subject=ana) for one in LONGER.relations)
    return replace(LONGER, mentions=(), entities=(ana, other), relations=relations)


def put(store: Store, *extractions: Extraction) -> None:
    with store.adding():
        store.put([incoming(store, one) for one in extractions])


def built(*extractions: Extraction) -> str:
    """The fingerprint of a graph of these articles."""
    with Store.in_memory() as store:
        put(store, *extractions)
        store.judge()
        return store.fingerprint()


def end_after(step: int, monkeypatch: pytest.MonkeyPatch) -> list[Changes]:
    """Lets so many steps be made, and none more; gives those that were asked for."""
    asked: list[Changes] = []
    apply = kg.store.steps.apply

    def applied(changes: Changes, data: object) -> None:
        asked.append(changes)
        if len(asked) > step:
            raise EndedError
        apply(changes, data)

    monkeypatch.setattr(kg.store.steps, "apply", applied)
    return asked


def broken_off(folder: Path, step: int) -> None:
    """A graph of two articles, and of a third of which so many steps were stored."""
    with Store.create(folder) as store:
        put(store, FIRST, AGAIN)
        store.judge()
    with pytest.MonkeyPatch.context() as patch, Store.create(folder) as store:
        asked = end_after(step, patch)
        with pytest.raises(EndedError):
            put(store, renamed())
        assert len(asked) == step + 1


def test_steps_end_in_the_same_graph(monkeypatch):
    in_steps = built(FIRST, AGAIN, renamed())
    monkeypatch.setattr(kg.store.steps, "MANY", 1_000_000)
    assert built(FIRST, AGAIN, renamed()) == in_steps


@pytest.mark.parametrize("step", range(STEPS))
def test_same_article_finishes_what_was_broken_off(step, tmp_path):
    broken_off(tmp_path / "graph", step)
    with Store.create(tmp_path / "graph") as store:
        assert not store.is_finished or step == 0
        put(store, renamed())
        store.judge()
        assert store.fingerprint() == built(FIRST, AGAIN, renamed())


@pytest.mark.parametrize("step", range(STEPS))
def test_another_article_mends_what_was_broken_off(step, tmp_path):
    """What is left is as if the article had come whole, or never."""
    broken_off(tmp_path / "graph", step)
    with Store.create(tmp_path / "graph") as store:
        put(store, APART)
        store.judge()
        is_there = store.holds("a3")
        assert is_there == (step == STEPS - 1)
        assert store.fingerprint() == built(FIRST, AGAIN, *([renamed()] if is_there else []), APART)


@pytest.mark.parametrize("step", range(STEPS))
def test_who_goes_on_after_a_break_judges_by_what_is_there(step, tmp_path, monkeypatch):
    """As when a build is interrupted by its user: the same process finishes the graph."""
    with Store.create(tmp_path / "graph") as store:
        put(store, FIRST, AGAIN)
        store.judge()
        with monkeypatch.context() as patch:
            end_after(step, patch)
            with pytest.raises(EndedError):
                put(store, renamed())
        store.judge()
        is_there = store.holds("a3")
        assert store.is_finished
        assert store.fingerprint() == built(FIRST, AGAIN, *([renamed()] if is_there else []))
