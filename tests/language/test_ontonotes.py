from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.language.labels import ENTITY_TYPES
from kg.language.ontonotes import entities_of, entity_types, foreign_types

_VOCAB = spacy.blank("en").vocab


def entities(text, label):
    """What becomes of a text that is one entity."""
    doc = Doc(_VOCAB, words=text.split())
    doc.ents = [Span(doc, 0, len(doc), label=label)]
    return [(ent.text, ent.label_) for ent in entities_of(doc)]


@pytest.mark.parametrize(
    ("text", "label", "expected"),
    [
        ("Angela Merkel", "PERSON", [("Angela Merkel", "PER")]),
        ("NATO", "ORG", [("NATO", "ORG")]),
        ("Norway", "GPE", [("Norway", "LOC")]),
        ("Alps", "LOC", [("Alps", "LOC")]),
        ("Heathrow", "FAC", [("Heathrow", "LOC")]),
        ("World Cup", "EVENT", [("World Cup", "EVENT")]),
        ("last week", "DATE", [("last week", "DATE")]),
        ("Angela Merkel", "PER", [("Angela Merkel", "PER")]),
        ("the United Nations", "ORG", [("United Nations", "ORG")]),
        ("The United Nations 's", "ORG", [("United Nations", "ORG")]),
        ("Emirates '", "GPE", [("Emirates", "LOC")]),
        ("the", "ORG", []),
        ("Turkish", "NORP", []),
        ("Brexit Act", "LAW", []),
        ("noon", "TIME", []),
        ("BRCA1", "GENE", []),
    ],
)
def test_entity_is_ours(text, label, expected):
    assert entities(text, label) == expected


def test_table_names_our_types_only():
    assert {ours for ours in entity_types().values() if ours} == set(ENTITY_TYPES)


def test_our_types_stay():
    assert [entity_types()[label] for label in ENTITY_TYPES] == list(ENTITY_TYPES)


def test_foreign_types_are_told():
    assert foreign_types(["ORG", "GENE", "CELL"]) == ["CELL", "GENE"]
