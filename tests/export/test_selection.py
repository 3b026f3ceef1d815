"""Filters of relations."""

import datetime

import pytest

from kg.errors import ExportError, VocabularyError
from kg.export.selection import Filters, select, selected, selection_of
from kg.store import Store
from kg.types import EntityType, Status
from kg.vocabulary import load_vocabulary
from tests.builders import make_entity, make_extraction

WORDS = load_vocabulary()
OSLO = make_entity("Oslo", EntityType.PLACE)
ARTICLES = [
    make_extraction("Ana Bell met Bo Cole.", article_id="a1", symmetric=True, time="2026-03", confidence=0.5),
    make_extraction("Cy Dole led Di Eck.", article_id="a2", ends=("Cy Dole", "Di Eck"), property="leads",
                    relation_class="HOLDS_POSITION", status=Status.PLANNED, confidence=0.8),
    make_extraction("Bo Cole met Di Eck.", article_id="a3", ends=("Bo Cole", "Di Eck"), date=None, place=OSLO,
                    attribution=make_entity("Cy Dole"), confidence=0.95),
    make_extraction("Di Eck met Ed Fox.", article_id="a4", ends=("Di Eck", "Ed Fox"), time="2020-01-31"),
]  # fmt: skip


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store.in_memory()
    for extraction in ARTICLES:
        store.add(extraction)
    return store


CASES: list[tuple[Filters, str]] = [
    ({}, "a1 a2 a3 a4"),
    ({"subject": "Bo Cole"}, "a1 a3"),
    ({"object": "Ana"}, "a1"),
    ({"subject": "bo cole", "object": "ana bell"}, "a1"),
    ({"subject": ["Ana Bell", "Cy Dole"]}, "a1 a2"),
    ({"object": "Cy Dole"}, ""),
    ({"place": "Oslo"}, "a3"),
    ({"attribution": "Dole"}, "a3"),
    ({"property": "meets"}, "a1 a3 a4"),
    ({"property": ["kg:leads"]}, "a2"),
    ({"property": ["leads", "meets"], "status": "planned"}, "a2"),
    ({"relation_class": "CONSULT", "article": ["a1", "a2"]}, "a1"),
    ({"relation_class": ("plover:CONSULT", "HOLDS_POSITION")}, "a1 a2 a3 a4"),
    ({"status": [Status.PLANNED, "negated"]}, "a2"),
    ({"article": "a9"}, ""),
    ({"min_confidence": 0.8}, "a2 a3 a4"),
    ({"min_confidence": 0}, "a1 a2 a3 a4"),
    ({"since": "2026-03-31"}, "a1 a2"),
    ({"since": "2026-04"}, "a2"),
    ({"until": datetime.date(2026, 3, 1)}, "a1 a4"),
    ({"since": "2026", "until": "2026-02"}, ""),
    ({"since": "2020-02", "until": "2026"}, "a1 a2"),
    ({"around": "Ana"}, "a1"),
    ({"around": "Ana", "hops": 2}, "a1 a3"),
    ({"around": "Ana", "hops": 3}, "a1 a2 a3 a4"),
    ({"around": ["Ana", "Ed Fox"]}, "a1 a3 a4"),
    ({"around": ["Ana", "Ed Fox"], "hops": 0}, ""),
    ({"around": "Ana", "hops": 3, "relation_class": "CONSULT"}, "a1 a3 a4"),
    ({"around": "Cy Dole", "relation_class": "CONSULT"}, ""),
    ({"around": "Ana", "hops": 0}, ""),
]


@pytest.mark.parametrize(("filters", "expected"), CASES, ids=[str(filters) for filters, _ in CASES])
def test_relations_are_narrowed(store, filters, expected):
    found = selected(store, selection_of(filters, WORDS))
    assert [statement.article.id for statement in found] == expected.split()


def test_filters_narrow_what_was_read_as_they_narrow_what_is_read(store):
    everything = selected(store, selection_of({}, WORDS))
    for filters, _ in CASES:
        selection = selection_of(filters, WORDS)
        assert select(everything, selection, store.entities()) == selected(store, selection)


@pytest.mark.parametrize(
    ("filters", "error", "message"),
    [
        ({"relation_class": "consult"}, VocabularyError, "no relation class 'consult'; there are CONSULT"),
        ({"property": "kg:meet"}, VocabularyError, "no property 'kg:meet'; there are meets"),
        ({"status": ["planned", "plannd"]}, VocabularyError, "no status 'plannd'; there are planned"),
        (
            {"status": "xyz"},
            VocabularyError,
            "no status 'xyz'; there are asserted, planned",
        ),
        ({"min_confidence": 70}, ExportError, "lies in 0–1, which 70 does not"),
        ({"since": "2026", "until": "2025"}, ExportError, "both since 2026-01-01 and until 2025-12-31"),
        ({"hops": -1}, ExportError, "-1 relations away"),
        (
            {"class": "CONSULT"},
            TypeError,
            "no filter 'class'; relations are narrowed by subject",
        ),
    ],
    ids=str,
)
def test_filter_that_is_none_is_told(filters, error, message):
    with pytest.raises(error, match=message):
        selection_of(filters, WORDS)


@pytest.mark.parametrize("which", ["subject", "object", "place", "attribution", "around"])
def test_nobody_is_told(store, which):
    with pytest.raises(ExportError, match="No entity is named 'Zoe'"):
        selected(store, selection_of({which: "Zoe"}, WORDS))
