"""What pages are told of copies: which article repeats which, and how many reports are independent."""

import pytest

from kg.exploration import articles
from kg.exploration.articles import article
from kg.exploration.entities import entity
from kg.exploration.filters import Filters
from kg.exploration.records import Repeated
from kg.exploration.relations import relations
from kg.types import Repeats
from tests.store.test_repeats import ALL, REPEATS, graph_of


@pytest.fixture(scope="module")
def store():
    return graph_of(*ALL)


def test_article_tells_which_one_it_repeats_and_how(store):
    found = {name: article(store, name).article.repeats for name in "abcdm"}
    assert {name: one.id for name, one in found.items() if one} == REPEATS
    assert found["a"] == Repeated(id="m", kind=Repeats.COPY, published="2026-04-02", publisher="Agency")
    assert found["d"].kind is Repeats.VERSION


def test_article_tells_what_repeats_it_the_first_published_first(store):
    found = article(store, "m")
    assert [(one.id, one.repeats.kind.value) for one in found.copies] == [
        ("a", "copy"), ("b", "copy"), ("d", "version"),
    ]  # fmt: skip
    assert (found.copies_total, article(store, "a").copies) == (3, ())


def test_many_copies_are_cut_with_how_many_there_are(store, monkeypatch):
    monkeypatch.setattr(articles, "MOST_COPIES", 2)
    found = article(store, "m")
    assert ([one.id for one in found.copies], found.copies_total) == (["a", "b"], 3)


def test_relations_count_articles_and_independent_reports(store):
    every = relations(store, "Ana_Bell", "Bo_Cole")
    assert (every.relations.total, every.articles, every.reports) == (5, 5, 2)
    copied = relations(store, "Ana_Bell", filters=Filters(publishers=("Post", "Times")))
    assert (copied.relations.total, copied.articles, copied.reports) == (2, 2, 1)


def test_entity_counts_articles_and_independent_reports(store):
    found = entity(store, "Ana_Bell")
    assert (found.articles, found.reports) == (5, 2)
