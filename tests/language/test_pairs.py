from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

from kg.language.pairs import Pairs
from kg.language.tokenizer import make_tokenizer

NLP = English()
TOKENIZER = make_tokenizer(NLP)


def entities(text, labels):
    """What becomes of labels, one a word: L LOC, O ORG, P PER, in lower case inside, a point for none."""
    kinds = {"L": "LOC", "O": "ORG", "P": "PER"}
    tags = ["O" if c == "." else ("B-" if c.isupper() else "I-") + kinds[c.upper()] for c in labels]
    tokens = TOKENIZER(text)
    assert len(tokens) == len(labels)
    doc = Doc(
        NLP.vocab,
        words=[t.text for t in tokens],
        spaces=[bool(t.whitespace_) for t in tokens],
        pos=["PROPN" if t.text[0].isupper() else "NOUN" for t in tokens],
        ents=tags,
    )
    return [(ent.text, ent.label_) for ent in Pairs()(doc).ents]


@pytest.mark.parametrize(
    ("text", "labels", "expected"),
    [
        ("Serbia-Kosovo talks", "L.L.", [("Serbia", "LOC"), ("Kosovo", "LOC")]),
        ("Serbia-Kosovo talks", "L...", [("Serbia", "LOC"), ("Kosovo", "LOC")]),
        ("Serbia-Kosovo talks", "Lll.", [("Serbia", "LOC"), ("Kosovo", "LOC")]),
        ("Guinea-Bissau voted", "Lll.", [("Guinea-Bissau", "LOC")]),
        ("Port-au-Prince", "Lll.L", [("Port-au-Prince", "LOC")]),
        ("EU-Norway talks", "Ooo.", [("EU", "ORG"), ("Norway", "ORG")]),
        (
            "Serbia-Kosovo talks in Kosovo",
            "Lll..L",
            [("Serbia", "LOC"), ("Kosovo", "LOC"), ("Kosovo", "LOC")],
        ),
        ("Oxfam knows Chad-Oxfam ties", "O.L...", [("Oxfam", "ORG"), ("Chad", "LOC"), ("Oxfam", "ORG")]),
        ("Coca-Cola grew", "Ooo.", [("Coca-Cola", "ORG")]),
        ("Jean-Claude Juncker", "PpPp", [("Jean-Claude Juncker", "PER")]),
        ("Jean-Claude Juncker", "P.Pp", [("Jean-Claude Juncker", "PER")]),
        ("Oslo-based firms", "L...", [("Oslo", "LOC")]),
        ("Oslo - Riga", "L.L", [("Oslo", "LOC"), ("Riga", "LOC")]),
        (
            "Ann Bo met. Bo-Cy talks. Cy",
            "Pp..P.P..P",
            [("Ann Bo", "PER"), ("Bo", "PER"), ("Cy", "PER"), ("Cy", "PER")],
        ),
        ("Ann Bo", "PP", [("Ann", "PER"), ("Bo", "PER")]),
    ],
    ids=[
        "found",
        "completed",
        "split places",
        "one place",
        "one place of three",
        "split after an abbreviation",
        "split",
        "own type",
        "one name",
        "joined",
        "joined over the hyphen",
        "no name behind",
        "spaced",
        "known alone",
        "no hyphen",
    ],
)
def test_pairs_at_hyphens(text, labels, expected):
    assert entities(text, labels) == expected
