"""Copies in a store: the same whatever came first and however the graph came about; and what counts them."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pyoxigraph as ox
import pytest
from typer.testing import CliRunner

from kg.cards import graph_card
from kg.cli import app
from kg.exploration.neighbours import neighbours
from kg.exploration.overview import overview
from kg.export.bundles import bundle
from kg.export.columns import relation_columns
from kg.export.selection import Selection, selected
from kg.rdf.graphs import DEFAULT
from kg.store import Store, ask
from kg.store.importing import import_rdf
from kg.store.profiles import Profiles
from kg.store.removal import remove_articles
from kg.store.repeats import SKETCHES, original_ids
from kg.store.sketches import sketches_of
from kg.types import Extraction
from kg.vocabulary import KG
from tests.articles.reports import edited, first, report
from tests.builders import make_extraction
from tests.store.test_importing import same

AGENCY = "Ana Bell met Bo Cole. " + report(1)
PAGE = "https://example.org/talks"


def article(name: str, text: str, publisher: str, day: int, url: str | None = None) -> Extraction:
    made = make_extraction(text, article_id=name, date=datetime.date(2026, 4, day))
    return replace(made, article=replace(made.article, source=publisher, url=url))


ORIGINAL = article("m", AGENCY, "Agency", 2)
COPY = article("a", edited(AGENCY, 0.05), "Post", 3)
EXCERPT = article("b", first(AGENCY, 120), "Times", 4)
OTHER = article("c", "Ana Bell met Bo Cole. " + report(2), "News", 1)
VERSION = article("d", f"{first(AGENCY, 200)} {report(3, 150)}", "Agency", 5, PAGE)
ALL = (replace(ORIGINAL, article=replace(ORIGINAL.article, url=PAGE)), COPY, EXCERPT, OTHER, VERSION)
REPEATS = {"a": "m", "b": "m", "d": "m"}


def graph_of(*given: Extraction, path=None) -> Store:
    store = Store.create(path) if path else Store.in_memory()
    for extraction in given:
        store.add(extraction)
    store.judge()
    return store


def originals(store: Store) -> dict[str, str]:
    return original_ids(store.data)


def fingerprints(orders: Iterable[Iterable[Extraction]]) -> set[str]:
    found = set()
    for order in orders:
        store = graph_of(*order)
        assert originals(store) == REPEATS
        found.add(store.fingerprint())
    return found


def test_order_of_adding_does_not_matter():
    assert len(fingerprints(list(itertools.permutations(ALL))[::11])) == 1


def test_graph_conforms_and_says_copies_and_versions():
    store = graph_of(*ALL)
    said = {quad.predicate for quad in store.data if quad.predicate in {KG.copyOf, KG.versionOf}}
    assert (said, store.validate().conforms) == ({KG.copyOf, KG.versionOf}, True)


def test_finished_graph_knows_a_copy_at_once(tmp_path):
    with graph_of(ORIGINAL, path=tmp_path / "g") as store:
        store.add(COPY)
        assert originals(store) == {"a": "m"}


def test_forgotten_original_makes_the_next_the_original(tmp_path):
    with graph_of(*ALL, path=tmp_path / "g") as store:
        remove_articles(store, ["m"])
        assert originals(store) == {"b": "a"}
        assert store.fingerprint() == graph_of(*ALL[1:]).fingerprint()


def test_nothing_dangles_before_it_is_judged():
    store = graph_of(*ALL)
    with store.adding():
        store.remove("m")
    assert originals(store) == {}


def test_other_text_under_the_id_is_no_copy_any_more():
    store = graph_of(ORIGINAL, COPY)
    store.add(article("a", report(7), "Post", 3))
    assert originals(store) == {}


def test_earlier_article_that_comes_later_is_the_original():
    store = graph_of(COPY, EXCERPT)
    assert originals(store) == {"b": "a"}
    store.add(ORIGINAL)
    assert originals(store) == {"a": "m", "b": "m"}


@pytest.mark.parametrize("format_", ["nq", "trig", "nt", "ttl", "jsonld"])
def test_graph_comes_back_from_a_file(tmp_path, format_):
    store = graph_of(*ALL)
    store.dump(format_, tmp_path / f"g.{format_}")
    assert not import_rdf([tmp_path / f"g.{format_}"], tmp_path / "g").is_derived
    with Store.open(tmp_path / "g") as back:
        assert (originals(back), back.fingerprint()) == (REPEATS, store.fingerprint())


def test_parts_that_are_imported_are_judged_together(tmp_path):
    for place, part in enumerate((ALL[:2], ALL[2:4], ALL[4:])):
        graph_of(*part).dump("nq", tmp_path / f"{place}.nq")
        import_rdf([tmp_path / f"{place}.nq"], tmp_path / "g")
    with Store.open(tmp_path / "g") as store:
        assert store.fingerprint() == graph_of(*ALL).fingerprint()


def test_file_of_an_earlier_version_is_made_anew(tmp_path):
    store = graph_of(*ALL)
    lines = b"\n".join(
        str(quad).encode() + b" ." for quad in store.data if quad.predicate not in {KG.copyOf, KG.versionOf}
    )
    (tmp_path / "g.nq").write_bytes(lines)
    assert import_rdf([tmp_path / "g.nq"], tmp_path / "g").is_derived
    with Store.open(tmp_path / "g") as back:
        assert originals(back) == REPEATS


def test_graph_without_sketches_is_judged_when_it_is_built_on(tmp_path):
    graph_of(*ALL, path=tmp_path / "g").close()
    (tmp_path / "g" / SKETCHES).unlink()
    with Store.open(tmp_path / "g") as store:
        assert store.is_finished  # as who reads it sees it
    with Store.open(tmp_path / "g", read_only=False) as store:
        assert not store.is_finished
        store.judge()
        assert (store.is_finished, originals(store)) == (True, REPEATS)


# ---- sketches


def damaged(data: bytes) -> bytes:
    return data[:1000] + bytes([data[1000] ^ 1]) + data[1001:]


@pytest.mark.parametrize("spoil", [
    pytest.param(lambda data: data[:-100], id="torn"),
    pytest.param(lambda data: data[:7], id="torn head"),
    pytest.param(lambda _: b"", id="empty"),
    pytest.param(lambda data: b"kg sketches 0\n" + data[14:], id="of another version"),
    pytest.param(damaged, id="damaged"),
    pytest.param(lambda data: data + data[16:] * 600, id="many times too long"),
])  # fmt: skip
def test_spoilt_sketches_are_made_anew(tmp_path, spoil):
    graph_of(*ALL, path=tmp_path / "g").close()
    file = tmp_path / "g" / SKETCHES
    whole = file.read_bytes()
    file.write_bytes(spoil(whole))
    with Store.open(tmp_path / "g", read_only=False) as store:
        store.judge()
        assert originals(store) == REPEATS
    assert len(file.read_bytes()) <= len(whole) + (len(whole) - 16) // 5  # one record more at most


def test_kept_sketches_are_those_of_the_texts(tmp_path):
    nodes = [ox.NamedNode(f"https://example.org/article/{place}") for place in range(4)]
    texts = [report(place) for place in range(4)]
    made = sketches_of(nodes[:2], texts.__getitem__, tmp_path)
    asked: list[int] = []

    def text_at(place: int) -> str:
        asked.append(place)
        return texts[place]

    again = sketches_of(nodes, text_at, tmp_path)
    assert (asked, np.array_equal(again[:2], made)) == ([2, 3], True)
    assert np.array_equal(sketches_of(nodes[::-1], texts.__getitem__, tmp_path), again[::-1])


def test_sketch_takes_less_than_a_kilobyte(tmp_path):
    graph_of(*ALL, path=tmp_path / "g").close()
    assert (tmp_path / "g" / SKETCHES).stat().st_size < 1024 * len(ALL)


def test_folder_that_cannot_be_written_to_stops_nothing(tmp_path):
    with graph_of(ORIGINAL, path=tmp_path / "g") as store:
        (tmp_path / "g" / SKETCHES).unlink()
        (tmp_path / "g" / SKETCHES).mkdir()
        store.add(COPY)
        assert originals(store) == {"a": "m"}


# ---- what counts


def test_info_counts_them():
    info = graph_of(*ALL).info()
    assert (info.articles, info.copies, info.versions) == (5, 2, 1)


def test_question_lists_them():
    rows = ask(graph_of(*ALL), "copies").records()
    found = [(row["article"], row["how"], row["original"], row["publisher"]) for row in rows]
    assert found == [("a", "copy", "m", "Post"), ("b", "copy", "m", "Times"), ("d", "version", "m", "Agency")]
    assert [row["article"] for row in ask(graph_of(*ALL), "copies", {"source": "post"}).records()] == ["a"]


def test_questions_count_independent_reports():
    row = next(row for row in ask(graph_of(*ALL), "top-actors").records() if row["entity"] == "Ana Bell")
    assert (row["articles"], row["reports"]) == (5, 2)


def others(count: int) -> Iterable[Extraction]:
    """Articles of one relation each that repeat none, about others."""
    for number in range(count):
        text = f"Cy Dole met Ed Fox. {report(10 + number)}"
        yield make_extraction(text, article_id=f"o{number}", ends=("Cy Dole", "Ed Fox"))


def ranked(store: Store) -> list[tuple[object, ...]]:
    rows = ask(store, "top-actors").records()
    return [(row["entity"], row["relations"], row["independent"]) for row in rows]


def test_top_actors_are_not_raised_by_copies():
    found = ranked(graph_of(*ALL, *others(3)))
    assert found == [("Cy Dole", 3, 3), ("Ed Fox", 3, 3), ("Ana Bell", 5, 2), ("Bo Cole", 5, 2)]


def test_top_actors_leave_out_copies_that_name_an_entity_otherwise():
    text = edited(AGENCY, 0.05).replace("Ana Bell met Bo Cole", "A. Bell met Bo Cole")
    copy = make_extraction(text, article_id="z", ends=("A. Bell", "Bo Cole"), date=datetime.date(2026, 4, 9))
    store = graph_of(ORIGINAL, copy)
    assert original_ids(store.data) == {"z": "m"}
    store.judge([same("Ana Bell", "A. Bell")])
    assert ranked(store) == [("Ana Bell", 2, 1), ("Bo Cole", 2, 1)]


def test_bundles_and_columns_tell_copies():
    rows = selected(graph_of(*ALL), Selection())
    [(_, values)] = bundle(rows, "pair")
    assert (values["articles"], values["reports"], values["count"], values["weight"]) == (5, 2, 5, 2)
    [column] = [column for column in relation_columns() if column.name == "copy_of"]
    assert {row.article.id: column.read(row) for row in rows} == REPEATS | {"m": None, "c": None}


def test_explorer_counts_independent_reports():
    store = graph_of(*ALL)
    [near] = neighbours(store, "Ana_Bell").neighbours.items
    assert (near.bundle.articles, near.bundle.reports) == (5, 2)
    assert (overview(store).totals.articles, overview(store).totals.copies) == (5, 3)


def test_card_and_info_tell_how_many_are_independent(tmp_path):
    graph_of(*ALL, path=tmp_path / "g").close()
    with Store.open(tmp_path / "g") as store:
        assert "Graph of 5 articles (2 independent)" in repr(graph_card(store))
    said = CliRunner().invoke(app, ["info", str(tmp_path / "g")]).output
    assert "5 articles, 2 independent reports" in said
    assert {"copies 2", "versions 1"} <= {" ".join(line.split()) for line in said.splitlines()}


def test_name_in_many_copies_of_one_report_stays_rare():
    copies = [article(f"z{place}", edited(AGENCY, 0.03, place), f"Paper {place}", 9) for place in range(6)]
    store = graph_of(ORIGINAL, *copies)
    counted = Profiles(store.data, store.vocabulary, store.base)
    told = Profiles(store.data, store.vocabulary, store.base, originals_by_node(store))
    assert len(counted["Ana_Bell"].companions) == 0
    [companion] = told["Ana_Bell"].companions
    assert companion in told["Ana_Bell"].companions
    assert "Ana_Bell" in told[companion].companions
    assert [one for one in ("Ana_Bell", "Zed", None) if one in told["Ana_Bell"].companions] == []
    assert companion not in counted["Ana_Bell"].companions


def originals_by_node(store: Store) -> dict[str, str]:
    quads = store.data.quads_for_pattern(None, KG.copyOf, None, DEFAULT)
    return {quad.subject.value: quad.object.value for quad in quads}
