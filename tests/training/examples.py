"""Small annotated sentences for the tests of training."""

from __future__ import annotations

from kg.language.pieces import WordPieces
from kg.training.corpora import Sentence
from kg.training.examples import ExampleMaker, collect_labels

LETTERS = "abcdefghijklmnopqrstuvwxyz."
PIECES = WordPieces(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *LETTERS, *(f"##{c}" for c in LETTERS)])
TREE = Sentence(
    corpus="gum-train",
    document="d",
    id="1",
    forms=("Ana", "met", "Bo", "."),
    tags=("PROPN|NNP", "VERB|VBD", "PROPN|NNP", "PUNCT|."),
    lemmas=("Ana", "meet", "Bo", "."),
    heads=(2, 0, 2, 2),
    relations=("nsubj", "root", "obj", "punct"),
    entities=("B-PER", "O", "B-PER", "O"),
    has_events=True,
)
SPANS = Sentence(
    corpus="wikigold", document="e", id="", forms=("in", "Oslo", "now"), entities=("O", "B-LOC", "")
)
LABELS = collect_labels([TREE] * 3)
MAKER = ExampleMaker(LABELS, PIECES)
