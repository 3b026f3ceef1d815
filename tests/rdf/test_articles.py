"""What an article's graph says of where the article comes from, and how it was read."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.rdf.articles import Software, article_node, article_quads, retrieval_node, text_hash
from kg.rdf.iris import page_iri
from kg.store import Store
from kg.types import Article, DateBasis, DatePrecision
from kg.vocabulary import KG, PROV, SCHEMA
from tests.builders import make_extraction
from tests.rdf.strategies import extractions

ARTICLE = Article(
    id="a1",
    text="Ana Bell met Bo Cole.",
    date=datetime.date(2026, 4, 1),
    date_precision=DatePrecision.MONTH,
    date_basis=DateBasis.PAGE,
    url="https://example.org/a b",
    source="The Example",
    retrieved=datetime.datetime(2026, 5, 1, 8, 30, tzinfo=datetime.UTC),
)
SOFTWARE = Software(version="1.2.3", model="minilm 0.1.0", min_confidence=0.5)
DATES = [("year", "gYear", "2026"), ("month", "gYearMonth", "2026-04"), ("day", "date", "2026-04-01")]


def said(article: Article, subject: ox.NamedNode) -> dict[ox.NamedNode, object]:
    quads = list(article_quads(article, SOFTWARE))
    return {quad.predicate: quad.object for quad in quads if quad.subject == subject}


def test_article_says_source_retrieval_basis_and_hash():
    node = article_node(ARTICLE)
    known = said(ARTICLE, node)
    assert known[SCHEMA.publisher].value == "The Example"
    assert known[KG.dateBasis] == KG.PageDate
    assert known[KG.textHash].value == text_hash(ARTICLE)
    assert known[KG.retrieval] == retrieval_node(node)


@pytest.mark.parametrize(("precision", "datatype", "value"), DATES, ids=[row[0] for row in DATES])
def test_datatype_of_the_date_says_its_precision(precision, datatype, value):
    article = replace(ARTICLE, date_precision=DatePrecision(precision))
    date = said(article, article_node(article))[SCHEMA.datePublished]
    assert (date.value, date.datatype.value.partition("#")[2]) == (value, datatype)


def test_retrieval_used_the_page_and_ended():
    known = said(ARTICLE, retrieval_node(article_node(ARTICLE)))
    assert known[PROV.used] == ox.NamedNode("https://example.org/a%20b")
    assert known[PROV.endedAtTime].value == "2026-05-01T08:30:00Z"


def test_reading_names_its_software_and_the_retrieval_that_informed_it():
    node = article_node(ARTICLE)
    reading = said(ARTICLE, node)[PROV.wasGeneratedBy]
    known = said(ARTICLE, reading)
    assert known[PROV.wasInformedBy] == retrieval_node(node)
    assert known[KG.minConfidence].value == "0.5"
    assert "software/" in known[PROV.wasAssociatedWith].value


def test_article_that_was_given_says_nothing_of_a_retrieval():
    given_ = replace(ARTICLE, retrieved=None, date=None)
    predicates = {quad.predicate for quad in article_quads(given_, SOFTWARE)}
    assert not predicates & {KG.retrieval, PROV.used, PROV.endedAtTime, KG.dateBasis, SCHEMA.datePublished}


def test_same_record_gives_the_same_quads():
    assert list(article_quads(ARTICLE, SOFTWARE)) == list(article_quads(replace(ARTICLE), SOFTWARE))


def test_node_does_not_depend_on_date_and_retrieval():
    assert article_node(ARTICLE) == article_node(replace(ARTICLE, retrieved=None, date=None))


@settings(max_examples=25, deadline=None)
@given(extractions())
def test_stored_article_is_the_given_one(extraction):
    store = Store.in_memory()
    store.add(extraction)
    assert store.articles() == [extraction.article]
    assert store.contains(extraction.article)
    assert store.extraction(extraction.article.id).article == extraction.article


def test_other_precision_is_another_article_record():
    store = Store.in_memory()
    extraction = make_extraction()
    store.add(extraction)
    month = replace(extraction.article, date_precision=DatePrecision.MONTH)
    assert not store.contains(month)
    assert store.add(replace(extraction, article=month))
    assert store.articles() == [month]


@settings(max_examples=300)
@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text('a:/?#[]@%2 <>"{}|\\^`é\u202e'))
def test_page_is_an_iri_whatever_the_address(rest):
    iri = page_iri(f"https://{rest}")
    assert iri is None or ox.NamedNode(iri).value == iri


@pytest.mark.parametrize("url", [None, "", "example.org/a", "mailto:ana@example.org", "https://", "../a"])
def test_address_that_is_not_whole_names_no_page(url):
    assert page_iri(url) is None
