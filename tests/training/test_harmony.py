from __future__ import annotations

import pytest

from kg.training.corpora import Sentence
from kg.training.harmony import Harmony, harmonise

HARMONY = Harmony(adjectives=frozenset({"Greek"}))


def harmonised(corpus, text, labels):
    sentence = Sentence(
        corpus=corpus, document="d", id="", forms=tuple(text.split()), entities=tuple(labels.split())
    )
    return harmonise(sentence, HARMONY)


@pytest.mark.parametrize(
    ("corpus", "text", "labels", "expected"),
    [
        ("redocred-dev", "the United Nations", "B-ORG I-ORG I-ORG", ("O", "B-ORG", "I-ORG")),
        ("redocred-dev", "British bombers", "B-LOC O", ("O", "O")),
        ("redocred-dev", "Greek ships", "B-LOC O", ("O", "O")),
        ("redocred-dev", "Sebastian left", "B-PER O", ("B-PER", "O")),
        ("redocred-dev", "on Monday", "O B-TIME", ("O", "B-DATE")),
        ("wikigold", "Blue Velvet", "B-MISC I-MISC", ("", "")),
        ("wikigold", "British", "B-MISC", ("O",)),
        ("gum-train", "The Hague", "B-LOC I-LOC", ("B-LOC", "I-LOC")),
        ("ewt-dev", "Bosnian Serbs", "B-LOC O", ("B-LOC", "O")),
    ],
    ids=["article", "ending", "adjective", "person", "date", "unknown", "misc", "gum keeps", "uner keeps"],
)
def test_harmonise_gives_one_convention(corpus, text, labels, expected):
    assert harmonised(corpus, text, labels).entities == expected


def test_harmonise_knows_where_events_were_annotated():
    assert harmonised("gum-train", "Expo", "B-EVENT").has_events
    assert not harmonised("wikigold", "Expo", "O").has_events


def test_harmony_learns_adjectives_from_treebanks():
    sentence = Sentence(
        corpus="t", document="d", id="", forms=("Greek", "May"), tags=("ADJ|JJ|Degree=Pos", "PROPN|NNP")
    )
    assert Harmony.of([sentence]).adjectives == {"Greek"}
