"""Relations in full: evidence in its place, order, pages; articles with what is marked in them."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import MissingError
from kg.exploration.articles import article
from kg.exploration.filters import Filters
from kg.exploration.pages import Bounds
from kg.exploration.records import Basis
from kg.exploration.relations import Order, relation, relations
from kg.exploration.spans import Ruler, paragraphs
from kg.types import Evidence, Extraction, Status
from tests.builders import make_extraction
from tests.exploration.graphs import KINDS, make_article, make_store, present, stores, weights

MEETS, ACCUSES, _ = KINDS


@pytest.fixture(scope="module")
def store():
    claims = [
        ("Ana Bell", "Bo Cole", MEETS, Status.ASSERTED, None, 0.7),
        ("Bo Cole", "Ana Bell", ACCUSES, Status.NEGATED, "2026-03", 0.9),
        ("Ana Bell", "Di Eck", MEETS, Status.PLANNED, "2027", 0.8),
    ]
    return make_store(
        [make_article(1, claims, datetime.date(2026, 4, 6), "Wire"), make_article(2, claims[:1])]
    )


def utf16(text, start, end):
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.NEWEST, ["2027-01-01", "2026-04-06", "2026-03-01", None]),
        (Order.OLDEST, ["2026-03-01", "2026-04-06", "2027-01-01", None]),
    ],
)
def test_order_by_day_has_those_without_last(store, order, expected):
    found = relations(store, "Ana_Bell", order=order).relations
    assert [one.when and one.when.first.isoformat() for one in found.items] == expected


def test_surest_come_first(store):
    found = relations(store, "Ana_Bell", order=Order.SUREST).relations
    assert [one.confidence for one in found.items] == [0.9, 0.8, 0.7, 0.7]


def test_pair_has_all_of_both(store):
    found = relations(store, "Bo_Cole", "Ana_Bell")
    assert (found.relations.total, found.other.name) == (3, "Ana Bell")
    assert {(one.subject.name, one.status.value) for one in found.relations.items} == {
        ("Ana Bell", "asserted"), ("Bo Cole", "negated"),
    }  # fmt: skip


def test_filters_narrow_relations(store):
    found = relations(store, "Ana_Bell", filters=Filters(statuses=(Status.PLANNED,))).relations
    assert [one.object.name for one in found.items] == ["Di Eck"]


def test_evidence_stands_in_its_paragraph(store):
    (one,) = relations(store, "Di_Eck").relations.items
    evidence, text = one.evidence, store.articles()[0].text
    assert evidence.paragraph == evidence.sentence == "Ana Bell 🙂 met Di Eck."
    assert text[evidence.span.start : evidence.span.end] == evidence.sentence
    assert utf16(text, evidence.span.start_utf16, evidence.span.end_utf16) == evidence.sentence
    assert (evidence.in_paragraph.start, evidence.in_paragraph.end) == (0, 22)


def test_long_paragraph_is_quoted_near_the_sentence():
    text = "x " * 5_000 + "Ana Bell met Bo Cole." + " y" * 5_000
    start = text.index("Ana")
    evidence = Evidence(text="Ana Bell met Bo Cole.", start=start, end=start + 21)
    store = make_store([make_extraction(text, evidence=evidence)])
    quoted = relations(store, "Ana_Bell").relations.items[0].evidence
    assert len(quoted.paragraph) == 2_021
    assert quoted.paragraph[quoted.in_paragraph.start : quoted.in_paragraph.end] == quoted.sentence


def test_relation_is_had_by_iri_and_end(store):
    one = relations(store, "Ana_Bell").relations.items[0]
    end = one.iri.rpartition("/")[2]
    assert relation(store, one.iri) == relation(store, f"rel:{end}") == relation(store, end) == one
    assert (one.when.basis, one.article.publisher, one.article.published) == (
        Basis.RELATION,
        "Wire",
        "2026-04-06",
    )


@pytest.mark.parametrize("key", ["rel:0", "https://w3id.org/actors-kg/entity/Ana_Bell", "no iri", ""])
def test_unknown_relation_is_told(store, key):
    with pytest.raises(MissingError, match="The graph has no relation"):
        relation(store, key)


def test_article_marks_mentions_and_sentences(store):
    found = article(store, "a1")
    title, first, *_ = found.paragraphs.items
    assert (title.text, title.mentions, found.paragraphs.total, found.relations) == ("Title 🙂", (), 4, 3)
    assert [first.text[m.span.start : m.span.end] for m in first.mentions] == ["Ana Bell", "Bo Cole"]
    assert [utf16(first.text, m.span.start_utf16, m.span.end_utf16) for m in first.mentions] == [
        "Ana Bell",
        "Bo Cole",
    ]
    (sentence,) = first.sentences
    assert (first.text[sentence.span.start : sentence.span.end], len(sentence.relations)) == (first.text, 1)
    assert [one.name for one in found.entities] == ["Ana Bell", "Bo Cole", "Di Eck"]


def test_article_comes_by_paragraphs(store):
    second = article(store, "a1", bounds=Bounds(limit=1, after=(1,)))
    assert [one.number for one in second.paragraphs.items] == [2]
    assert [one.name for one in second.entities] == ["Ana Bell", "Bo Cole"]


def test_unknown_article_is_told(store):
    with pytest.raises(MissingError, match="The graph has no article 'a3'"):
        article(store, "a3")


def test_article_without_relations_is_its_text():
    store = make_store([Extraction(article=make_extraction("One.\nTwo.").article)])
    assert [one.text for one in article(store, "a1").paragraphs.items] == ["One.", "Two."]


@given(st.text(alphabet="a🙂\n \u2028é", max_size=30), st.data())
def test_spans_agree_in_both_countings(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    within = data.draw(st.integers(0, start))
    span = Ruler(text).span(start, end, within=within)
    assert text[within:][span.start : span.end] == text[start:end]
    assert utf16(text[within:], span.start_utf16, span.end_utf16) == text[start:end]


@given(st.text(alphabet="ab \n\r", max_size=40), st.data())
def test_paragraphs_hold_all_words_and_whole_spans(text, data):
    start = data.draw(st.integers(0, len(text)))
    whole = (start, data.draw(st.integers(start, len(text))))
    words = text[slice(*whole)].strip()
    found = paragraphs(text, [whole] if words else [])
    assert "".join("".join(text[a:b] for a, b in found).split()) == "".join(text.split())
    if words:
        at = start + text[slice(*whole)].index(words)
        assert any(a <= at and at + len(words) <= b for a, b in found)


@settings(max_examples=20, deadline=None)
@given(stores, st.sampled_from(Order))
def test_pages_hold_every_relation_once(store, order):
    for identifier in present(store):
        seen, after = [], None
        while True:
            page = relations(store, identifier, order=order, bounds=Bounds(limit=2, after=after)).relations
            seen += [one.iri for one in page.items]
            after = page.next
            if after is None:
                break
        assert len(seen) == len(set(seen)) == page.total == sum(weights(store, identifier).values())
