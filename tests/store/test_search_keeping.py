"""The index beside the store is that of the store, whatever happens to either, or it is not used."""

from __future__ import annotations

import json
import logging
import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import kg.store.search.keeping
from kg.store import Claim, Store
from kg.store.folder import MARKER, data_state, read_marker
from kg.store.importing import import_rdf
from kg.store.search import search
from kg.store.search.keeping import FILE, open_kept
from kg.store.search.opening import index_of
from kg.types import Entity, Verdict
from tests.builders import make_extraction
from tests.rdf.strategies import extractions
from tests.store.searching import contents, names, rebuilt

ROOT = Path(__file__).parents[2]
MET = make_extraction()
APART = make_extraction("Cy Dole saw Ed Fox.", article_id="a3", ends=("Cy Dole", "Ed Fox"))
WHOLE = b"SQLite format 3\0"


@pytest.fixture
def folder(tmp_path):
    with Store.create(tmp_path / "graph") as store:
        store.add(MET)
    return tmp_path / "graph"


def kept(folder: Path):
    """What the index beside a store holds; None where there is none that is of the store."""
    state = data_state(folder, read_marker(folder))
    index = None if state is None else open_kept(folder, state)
    if index is None:
        return None
    with index:
        return contents(index)


def made_anew(folder: Path):
    with Store.open(folder) as store:
        return rebuilt(store)


def found(folder: Path, words: str) -> list[str]:
    with Store.open(folder) as store, index_of(store) as index:
        return names(index, words)


# ---- in step with the store


def test_closing_a_graph_keeps_its_index(folder):
    assert (folder / FILE).read_bytes().startswith(WHOLE)
    assert kept(folder) == made_anew(folder)
    assert not list(folder.glob("*.part"))


def test_index_goes_when_a_change_begins(folder):
    with Store.open(folder, read_only=False) as store:
        store.add(APART)
        assert not (folder / FILE).exists()
    assert kept(folder) == made_anew(folder)
    assert found(folder, "fox") == ["Ed Fox"]


def test_opening_for_writing_without_a_change_leaves_the_index(folder):
    before = (folder / FILE).stat()
    with Store.open(folder, read_only=False) as store:
        store.add(MET)
    after = (folder / FILE).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_removed_article_is_found_no_more(folder):
    with Store.open(folder, read_only=False) as store:
        store.add(APART)
    with Store.open(folder, read_only=False) as store:
        store.remove("a3")
    assert found(folder, "fox") == []
    assert kept(folder) == made_anew(folder)


def test_merged_entity_gives_the_one_that_it_is_shown_as(folder):
    with Store.open(folder, read_only=False) as store:
        store.add(APART)
        store.judge([Claim(one="Ana Bell", other="Cy Dole", verdict=Verdict.SAME)])
    with Store.open(folder) as store, index_of(store) as index:
        dole, bell = search(index, "cy dole").hits, search(index, "ana bell").hits
        assert [hit.iri for hit in dole] == [hit.iri for hit in bell]
        assert dole[0].relations == 2
        (by_id,) = {hit.iri for one in store.entities() for hit in search(index, one.id).hits} & {dole[0].iri}
    assert kept(folder) == made_anew(folder)
    assert by_id
    with Store.open(folder, read_only=False) as store:
        assert store.withdraw("Ana Bell", "Cy Dole")
    with Store.open(folder) as store, index_of(store) as index:
        assert search(index, "cy dole").hits[0].iri != search(index, "ana bell").hits[0].iri


def test_import_leaves_the_index_to_the_first_search(folder, tmp_path):
    with Store.in_memory() as other:
        other.add(APART)
        other.dump("nq", tmp_path / "other.nq")
    import_rdf([tmp_path / "other.nq"], folder)
    assert read_marker(folder).data != "oxigraph"
    assert not (folder / FILE).exists()
    assert found(folder, "fox") == ["Ed Fox"]
    assert kept(folder) == made_anew(folder)


def test_names_of_the_registry_are_found(tmp_path):
    with Store.create(tmp_path / "graph") as store:
        actor = next(one for one in store.vocabulary.actors if len(one.aliases) > 2)
        subject = Entity(id=actor.id, name=actor.name, type=actor.type)
        relation = replace(MET.relations[0], subject=subject)
        store.add(replace(MET, mentions=(), entities=(subject, relation.object), relations=(relation,)))
    for alias in actor.aliases:
        with Store.open(tmp_path / "graph") as opened, index_of(opened) as index:
            assert actor.id in [hit.id for hit in search(index, alias).hits]


# ---- never stale


def test_killed_writer_leaves_no_index_that_is_taken_for_fresh(folder):
    code = (
        "import os, sys; from kg.store import Store; from tests.builders import make_extraction;"
        "store = Store.open(sys.argv[1], read_only=False);"
        "store.add(make_extraction('Cy Dole saw Ed Fox.', article_id='a3', ends=('Cy Dole', 'Ed Fox')));"
        "os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(folder)], cwd=ROOT, check=False)
    assert kept(folder) is None
    assert found(folder, "fox") == ["Ed Fox"]
    with Store.open(folder, read_only=False):
        pass
    assert kept(folder) == made_anew(folder)


class Killed(BaseException):
    """Stands for the end of the process: nothing catches it."""


@pytest.mark.parametrize(
    ("change", "moment"), [*(("add", step) for step in range(5)), *(("import", step) for step in range(3))]
)
def test_stop_at_any_step_leaves_no_stale_index(folder, tmp_path, monkeypatch, moment, change):
    """After each replacing or removing of a file the process may end."""
    with Store.in_memory() as other:
        other.add(APART)
        other.dump("nq", tmp_path / "other.nq")
    steps = 0

    def stopping(work):
        def step(*given, **named):
            nonlocal steps
            if steps == moment:
                raise Killed
            steps += 1
            return work(*given, **named)

        return step

    with monkeypatch.context() as patch:
        for name in ("replace", "unlink", "rename"):
            patch.setattr(Path, name, stopping(getattr(Path, name)))
        with pytest.raises(Killed):
            _added(folder) if change == "add" else import_rdf([tmp_path / "other.nq"], folder)
    assert kept(folder) in (None, made_anew(folder))
    with Store.open(folder) as store, index_of(store) as index:
        assert contents(index) == rebuilt(store)


def test_index_of_another_state_is_not_used(folder, tmp_path):
    shutil.copy(folder / FILE, tmp_path / FILE)
    with Store.open(folder, read_only=False) as store:
        store.add(APART)
    shutil.copy(tmp_path / FILE, folder / FILE)
    assert kept(folder) is None
    assert found(folder, "fox") == ["Ed Fox"]
    assert kept(folder) == made_anew(folder)


@pytest.mark.parametrize("damage", [b"", b"junk" * 2000, WHOLE * 512], ids=["empty", "junk", "no tables"])
def test_damaged_index_is_made_anew(folder, damage):
    (folder / FILE).write_bytes(damage)
    assert found(folder, "bell") == ["Ana Bell"]
    assert kept(folder) == made_anew(folder)


def test_index_of_an_earlier_version_is_made_anew(folder):
    file = sqlite3.connect(folder / FILE)
    with file:
        file.execute("UPDATE about SET value = '0' WHERE key = 'format'")
    file.close()
    assert found(folder, "bell") == ["Ana Bell"]
    assert kept(folder) == made_anew(folder)


def test_open_index_goes_on_with_what_was(folder):
    with Store.open(folder) as reader, index_of(reader) as index:
        with Store.open(folder, read_only=False) as store:
            store.remove("a1")
            store.add(APART)
        assert names(index, "bell") == ["Ana Bell"]
        assert names(index, "fox") == []


def test_reader_of_what_was_keeps_no_index_for_what_is(folder, tmp_path):
    """An import leaves no index, and a reader that has the old data open may be the first that needs one."""
    with Store.in_memory() as other:
        other.add(APART)
        other.dump("nq", tmp_path / "other.nq")
    with Store.open(folder) as reader:
        import_rdf([tmp_path / "other.nq"], folder)
        with index_of(reader) as index:
            assert (names(index, "bell"), names(index, "fox")) == (["Ana Bell"], [])
    assert found(folder, "fox") == ["Ed Fox"]
    assert kept(folder) == made_anew(folder)


def test_hard_link_of_an_index_is_never_changed(folder, tmp_path):
    os.link(folder / FILE, tmp_path / "linked")
    before = (tmp_path / "linked").read_bytes()
    with Store.open(folder, read_only=False) as store:
        store.add(APART)
    assert (tmp_path / "linked").read_bytes() == before


# ---- made when it is needed


def without_index(folder: Path) -> None:
    """Makes the graph one from before there were indexes."""
    (folder / FILE).unlink()
    marker = json.loads((folder / MARKER).read_text())
    del marker["state"]
    (folder / MARKER).write_text(json.dumps(marker))


def test_graph_from_before_gets_its_index_when_it_is_searched(folder):
    without_index(folder)
    assert kept(folder) is None
    assert found(folder, "bell") == ["Ana Bell"]
    assert kept(folder) == made_anew(folder)


def test_index_of_a_graph_from_before_is_stale_once_its_marker_is_written(folder):
    without_index(folder)
    found(folder, "bell")
    text = (folder / MARKER).read_text()
    os.utime(folder / MARKER, ns=(1, 1))
    assert (folder / MARKER).read_text() == text
    assert kept(folder) is None


def test_folder_that_cannot_be_written_to_gets_its_index_in_memory(folder, monkeypatch, caplog):
    without_index(folder)
    caplog.set_level(logging.INFO)

    def refused(*_given, **_named):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refused)
    assert found(folder, "bell") == ["Ana Bell"]
    assert sorted(child.name for child in folder.iterdir()) == [MARKER, "oxigraph", "sketches.bin"]
    assert "cannot be kept" in caplog.text


def test_index_is_kept_elsewhere_if_asked(folder, tmp_path):
    without_index(folder)
    (tmp_path / "indexes").mkdir()
    with Store.open(folder) as store, index_of(store, folder=tmp_path / "indexes") as index:
        assert names(index, "bell") == ["Ana Bell"]
    assert [child.name for child in (tmp_path / "indexes").iterdir()] == [FILE]
    assert not (folder / FILE).exists()


def test_graph_that_is_being_written_is_searched_as_it_is(folder):
    with Store.open(folder, read_only=False) as store:
        with store.adding():
            store.add(APART)
        with index_of(store) as index:
            assert names(index, "fox") == ["Ed Fox"]


def test_graph_closes_where_its_index_cannot_be_made(folder, monkeypatch):
    def full(*_given):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(kg.store.search.keeping, "write_index", full)
    with Store.open(folder, read_only=False) as store:
        store.add(APART)
    assert read_marker(folder).is_closed
    assert not list(folder.glob("search*"))
    monkeypatch.undo()
    assert found(folder, "fox") == ["Ed Fox"]


ACTIONS = st.lists(
    st.tuples(st.sampled_from(["add", "remove", "judge", "import"]), st.integers(0, 3), st.integers(0, 3)),
    min_size=1,
    max_size=4,
)


@pytest.mark.slow
@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(st.lists(extractions(), min_size=4, max_size=4), ACTIONS)
def test_index_after_changes_is_that_made_anew(tmp_path_factory, pool, actions):
    folder = tmp_path_factory.mktemp("graphs") / "graph"
    with Store.create(folder) as store:
        store.add(pool[0])
    for action, one, other in actions:
        if action == "import":
            _import(pool[one], folder)
            continue
        with Store.open(folder, read_only=False) as store:
            _change(store, action, pool[one], pool[other])
        assert kept(folder) in (None, made_anew(folder))
    assert _found_now(folder) == kept(folder) == made_anew(folder)


def _found_now(folder):
    with Store.open(folder) as store, index_of(store) as index:
        return contents(index)


def _added(folder):
    with Store.open(folder, read_only=False) as store:
        store.add(APART)


def _import(extraction, folder):
    file = folder.parent / "other.nq"
    with Store.in_memory() as other:
        other.add(extraction)
        other.dump("nq", file)
    import_rdf([file], folder)


def _change(store, action, one, other):
    if action == "add":
        store.add(one)
    elif action == "remove":
        store.remove(one.article.id)
    else:
        known = [entity.id for entity in store.entities()]
        if len(known) > 1:
            claim = Claim(one=known[0], other=known[-1], verdict=Verdict.SAME, is_by_id=True)
            store.judge([claim])
