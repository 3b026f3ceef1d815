"""The whole pipeline on the bundled articles, and on texts that nobody would call an article."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

import kg.extraction
from kg.types import Article, DatePrecision, Extraction, MentionKind, Relation, Status
from tests.seeds import seed_articles

pytestmark = pytest.mark.model

ZELENSKY, ERDOGAN, PUTIN = "Volodymyr_Zelensky", "Recep_Tayyip_Erdogan", "Vladimir_Putin"
TOGETHER = frozenset({"meets", "talksWith", "visits", "hosts"})
"""Properties of those who come together."""


@pytest.fixture(scope="module")
def nlp() -> Language:
    return kg.extraction.load()


@pytest.fixture(scope="module")
def extractions(nlp: Language) -> dict[str, Extraction]:
    """What each seed says, by its id."""
    return {article.id: kg.extraction.extract(nlp, article) for article in seed_articles()}


def relations(extractions: dict[str, Extraction]) -> list[Relation]:
    return [relation for extraction in extractions.values() for relation in extraction.relations]


def between(found: Iterable[Relation], one: str, other: str) -> list[Relation]:
    """Relations between two entities, either way."""
    return [r for r in found if {r.subject.id, r.object.id} == {one, other}]


def test_components_are_in_order(nlp: Language) -> None:
    names = list(nlp.pipe_names)
    assert [name for name in names if name in kg.extraction.COMPONENTS] == list(kg.extraction.COMPONENTS)


def test_components_need_only_what_was_assigned_before(nlp: Language) -> None:
    assert not any(nlp.analyze_pipes()["problems"][name] for name in kg.extraction.COMPONENTS)


# What the bundled articles say.


def test_meeting_is_asserted_once_with_day_and_place(extractions: dict[str, Extraction]) -> None:
    found = extractions["zelensky-erdogan-security-energy"].relations
    meetings = [r for r in between(found, ZELENSKY, ERDOGAN) if r.property == "meets"]
    assert [(r.status, r.time, r.place and r.place.name) for r in meetings] == [
        (Status.ASSERTED, "2026-04-04", "Istanbul")
    ]


def test_meeting_is_of_the_article_of_its_day(extractions: dict[str, Extraction]) -> None:
    article = extractions["zelensky-erdogan-security-energy"].article
    assert article.date == datetime.date(2026, 4, 5)


def test_talks_are_planned(extractions: dict[str, Extraction]) -> None:
    found = between(extractions["putin-erdogan-planned-talks"].relations, PUTIN, ERDOGAN)
    assert Status.PLANNED in {r.status for r in found if r.relation_class == "CONSULT"}


def test_planned_talks_are_told_by_diplomatic_circles(extractions: dict[str, Extraction]) -> None:
    found = between(extractions["putin-erdogan-planned-talks"].relations, PUTIN, ERDOGAN)
    sources = {r.attribution.name for r in found if r.status is Status.PLANNED and r.attribution}
    assert sources == {"diplomatic circles"}


def test_no_meeting_that_is_only_planned_is_asserted(extractions: dict[str, Extraction]) -> None:
    found = between(relations(extractions), PUTIN, ERDOGAN)
    assert not [r for r in found if r.status is Status.ASSERTED and r.relation_class == "CONSULT"]
    assert not [r for r in found if r.status is Status.ASSERTED and r.property in TOGETHER]


def test_visit_is_possible_only(extractions: dict[str, Extraction]) -> None:
    found = between(extractions["putin-erdogan-planned-talks"].relations, PUTIN, "Turkey")
    assert {r.status for r in found if r.property == "visits"} <= {Status.POSSIBLE, Status.PLANNED}


def test_turkey_mediates(extractions: dict[str, Extraction]) -> None:
    found = [r for r in relations(extractions) if r.property == "mediates" and r.subject.id == "Turkey"]
    assert Status.ASSERTED in {r.status for r in found}


@pytest.mark.parametrize(
    ("person", "state"),
    [
        pytest.param(ZELENSKY, "Ukraine", id="Ukraine"),
        pytest.param(ERDOGAN, "Turkey", id="Turkey"),
        pytest.param(PUTIN, "Russia", id="Russia"),
    ],
)
def test_presidents_are_known(extractions: dict[str, Extraction], person: str, state: str) -> None:
    found = between(relations(extractions), person, state)
    assert "presidentOf" in {
        r.property for r in found if r.status is Status.ASSERTED and r.subject.id == person
    }


def test_nobody_is_president_of_another_state(extractions: dict[str, Extraction]) -> None:
    found = {(r.subject.id, r.object.id) for r in relations(extractions) if r.property == "presidentOf"}
    assert found == {(ZELENSKY, "Ukraine"), (ERDOGAN, "Turkey"), (PUTIN, "Russia")}


def test_what_was_agreed_is_there(extractions: dict[str, Extraction]) -> None:
    found = extractions["zelensky-erdogan-security-energy"].relations
    agreed = [r for r in found if r.relation_class == "AGREE" and r.status is Status.ASSERTED]
    assert [r for r in between(agreed, "Ukraine", "Turkey") if r.property == "agreesWith"]
    assert {ZELENSKY, ERDOGAN} <= {r.subject.id for r in agreed if r.property == "agreesTo"}


# What holds of every article.


def test_evidence_is_reproduced_by_its_offsets(extractions: dict[str, Extraction]) -> None:
    for extraction in extractions.values():
        for found in extraction.relations:
            evidence = found.evidence
            assert extraction.article.text[evidence.start : evidence.end] == evidence.text


def test_mentions_are_reproduced_by_their_offsets(extractions: dict[str, Extraction]) -> None:
    for extraction in extractions.values():
        text = extraction.article.text
        assert [text[m.start : m.end] for m in extraction.mentions] == [m.text for m in extraction.mentions]


def test_ends_of_relations_are_entities_of_the_article(extractions: dict[str, Extraction]) -> None:
    for extraction in extractions.values():
        known = {entity.id for entity in extraction.entities}
        assert {end.id for r in extraction.relations for end in (r.subject, r.object)} <= known


def test_mentions_are_of_entities_of_the_article(extractions: dict[str, Extraction]) -> None:
    for extraction in extractions.values():
        known = {entity.id for entity in extraction.entities}
        assert {mention.entity_id for mention in extraction.mentions} <= known


def test_no_relation_is_said_twice(extractions: dict[str, Extraction]) -> None:
    for extraction in extractions.values():
        keys = [(r.subject.id, r.object.id, r.relation_class, r.status) for r in extraction.relations]
        assert len(keys) == len(set(keys))


def test_extraction_is_the_same_again(nlp: Language, extractions: dict[str, Extraction]) -> None:
    assert {a.id: kg.extraction.extract(nlp, a) for a in seed_articles()} == extractions


def test_extraction_does_not_hang_on_the_company(nlp: Language, extractions: dict[str, Extraction]) -> None:
    together = kg.extraction.extract_all(nlp, seed_articles())
    assert {extraction.article.id: extraction for extraction in together} == extractions


def test_extraction_in_two_processes_is_the_same(nlp: Language, extractions: dict[str, Extraction]) -> None:
    docs = (kg.extraction.document(nlp, article) for article in seed_articles())
    found = [kg.extraction.extraction_of(doc) for doc in nlp.pipe(docs, n_process=2, batch_size=1)]
    assert {extraction.article.id: extraction for extraction in found} == extractions


# What spaCy users do.


def test_relations_are_read_from_a_document(nlp: Language) -> None:
    (found,) = nlp("Angela Merkel met Emmanuel Macron.")._.relations
    assert (found.subject.name, found.property, found.object.name) == (
        "Angela Merkel",
        "meets",
        "Emmanuel Macron",
    )


def test_document_survives_bytes(nlp: Language) -> None:
    doc = nlp("Angela Merkel met Emmanuel Macron.")
    assert Doc(nlp.vocab).from_bytes(doc.to_bytes())._.relations == doc._.relations


def test_mentions_say_their_kind(nlp: Language) -> None:
    doc = nlp("Angela Merkel visited Mali. She praised the army.")
    kinds = {mention.text: mention.kind for mention in doc._.mentions}
    assert (kinds["Angela Merkel"], kinds["She"]) == (MentionKind.NAME, MentionKind.PRONOUN)


@pytest.mark.parametrize("day", ["on Monday", "yesterday", "last week", "tomorrow", "in March"])
def test_relative_date_of_an_undated_article_is_not_guessed(nlp: Language, day: str) -> None:
    article = Article(id="a1", text=f"Angela Merkel met Emmanuel Macron {day}.")
    assert [found.time for found in kg.extraction.extract(nlp, article).relations] == [None]


@pytest.mark.parametrize("precision", [DatePrecision.MONTH, DatePrecision.YEAR])
def test_relative_date_needs_the_day_of_the_article(nlp: Language, precision: DatePrecision) -> None:
    article = Article(
        id="a1", text="Angela Merkel met Emmanuel Macron on Monday.", date=datetime.date(2021, 3, 1)
    )
    assert [found.time for found in kg.extraction.extract(nlp, article).relations] == ["2021-03-01"]
    vague = replace(article, date_precision=precision)
    assert [found.time for found in kg.extraction.extract(nlp, vague).relations] == [None]


def test_full_date_needs_no_date_of_the_article(nlp: Language) -> None:
    article = Article(id="a1", text="Angela Merkel met Emmanuel Macron on 3 March 2021.")
    assert [found.time for found in kg.extraction.extract(nlp, article).relations] == ["2021-03-03"]


# Texts that nobody would call an article.


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param(" \n\t ", id="white space"),
        pytest.param("Hello", id="one word"),
        pytest.param("Peru", id="one name"),
        pytest.param("🙂🇺🇦👨‍👩‍👧", id="emoji"),
        pytest.param("?!… — “”", id="punctuation"),
        pytest.param("a" * 5000, id="one long word"),
        pytest.param("Peru " * 700, id="one name often"),
        pytest.param("Peru and " * 300 + "Chile met.", id="long row"),
        pytest.param("\u202eЁжик\u200b المدينة 北京 met Peru\x00.", id="other scripts"),
        pytest.param("PERU ATTACKED CHILE. PERU ATTACKED CHILE.", id="capitals"),
        pytest.param("he said she said they said it said", id="pronouns"),
        pytest.param("Peru\r\nmet\r\nChile\r\n", id="carriage returns"),
        pytest.param("Peru " + "who met Chile " * 60, id="deep clauses"),
    ],
)
def test_odd_text_does_no_harm(nlp: Language, text: str) -> None:
    extraction = kg.extraction.extract(nlp, Article(id="a1", text=text))
    assert [text[r.evidence.start : r.evidence.end] for r in extraction.relations] == [
        r.evidence.text for r in extraction.relations
    ]
    assert [text[m.start : m.end] for m in extraction.mentions] == [m.text for m in extraction.mentions]


WORDS = st.sampled_from(
    "Peru Chile Ana Bell she they both the two leaders countries met attacked said that will not to of and "
    ", . \n “ ” 's president Monday talks between with in Lima who by was".split(" ")
)


@pytest.mark.slow
@given(st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=80))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_keeps_its_offsets(nlp: Language, text: str) -> None:
    extraction = kg.extraction.extract(nlp, Article(id="a1", text=text, date=datetime.date(2026, 4, 5)))
    assert all(text[m.start : m.end] == m.text for m in extraction.mentions)
    for found in extraction.relations:
        assert text[found.evidence.start : found.evidence.end] == found.evidence.text
        assert 0 <= found.confidence <= 1
        assert found.subject.id != found.object.id
