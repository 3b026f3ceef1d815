"""Finding a stored relation by what people have of it."""

from __future__ import annotations

import json

import pytest

from kg.errors import StoreError
from kg.export.records import Statement
from kg.export.tables import exchange_row
from kg.store import Store
from kg.store.finding import Found, find_relation
from tests.builders import make_extraction


@pytest.fixture
def store() -> Store:
    store = Store.in_memory()
    store.add(make_extraction("Ana Bell met Bo Cole.", article_id="a1", time="2026-04-04"))
    store.add(make_extraction("José Díaz met Bo Cole.", article_id="a2", ends=("José Díaz", "Bo Cole")))
    return store


def found(store: Store, words: str) -> str:
    return find_relation(store, words).relation.subject.name


@pytest.fixture
def iri(store: Store) -> str:
    return find_relation(store, "Ana").iri


def test_found_relation_says_its_article(store, iri):
    one = find_relation(store, iri)
    assert isinstance(one, Found)
    assert (one.article, one.relation.subject.name) == ("a1", "Ana Bell")


@pytest.mark.parametrize("form", ["{}", "<{}>", " {} "])
def test_iri_is_found(store, iri, form):
    assert found(store, form.format(iri)) == "Ana Bell"


@pytest.mark.parametrize("length", [4, 8, 16])
def test_end_of_an_iri_is_found_by_its_first_digits(store, iri, length):
    end = iri.rpartition("/")[2][:length]
    assert found(store, end) == found(store, f"rel:{end}") == "Ana Bell"


def test_row_of_an_export_is_found(store):
    for statement in store.relations():
        article = next(one for one in store.articles() if one.id == statement[0])
        row = exchange_row(Statement(article=article, relation=statement[1]))
        assert found(store, json.dumps(row)) == statement[1].subject.name


@pytest.mark.parametrize(
    "words",
    ["Ana Bell meet Bo Cole", "ana cole", "bell kg:meets cole CONSULT asserted", "Ana 2026-04-04", "a1"],
)
def test_words_are_found(store, words):
    assert found(store, words) == "Ana Bell"


def test_words_need_no_accents(store):
    assert found(store, "jose diaz") == "José Díaz"


def test_words_of_the_relation_go_before_those_of_its_place():
    store = Store.in_memory()
    store.add(make_extraction("Ana Bell met Bo Cole.", article_id="Zoe"))
    store.add(make_extraction("Zoe Day met Bo Cole.", article_id="b", ends=("Zoe Day", "Bo Cole")))
    assert found(store, "Zoe") == "Zoe Day"


def test_several_are_listed(store):
    with pytest.raises(StoreError, match=r"2 relations fit 'Cole'; .*Ana Bell meet Bo Cole, asserted"):
        find_relation(store, "Cole")


def test_none_is_told_with_the_nearest(store):
    with pytest.raises(
        StoreError, match=r"No relation .* fits 'Ana denounce Cole'.*nearest are: \w+ \(Ana Bell"
    ):
        find_relation(store, "Ana denounce Cole")


@pytest.mark.parametrize("words", ["", "ffffffff", "https://example.org/nothing", "{}"])
def test_nothing_fits_nothing(store, words):
    with pytest.raises(StoreError, match="No relation of the graph fits"):
        find_relation(store, words)


def test_broken_row_is_told(store):
    with pytest.raises(StoreError, match="The row is not JSON"):
        find_relation(store, "{x")
