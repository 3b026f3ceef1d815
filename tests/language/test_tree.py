"""What is read of a document once must be what spaCy gives for each token."""

from __future__ import annotations

import gc
import sys

import pytest
import spacy
from spacy.tokens import Doc

from kg.language import tree

WORDS = "Ana , who left , met Bo . \n\n They talked .".split(" ")
HEADS = [5, 3, 3, 0, 0, 5, 5, 5, 5, 10, 10, 10]
DEPS = [
    "nsubj",
    "punct",
    "nsubj",
    "acl:relcl",
    "punct",
    "ROOT",
    "obj",
    "punct",
    "dep",
    "nsubj",
    "ROOT",
    "punct",
]


@pytest.fixture
def doc() -> Doc:
    lemmas = [word.lower() for word in WORDS]
    return Doc(spacy.blank("en").vocab, words=WORDS, heads=HEADS, deps=DEPS, lemmas=lemmas)


def test_children_are_those_of_spacy_in_their_order(doc):
    assert [tree.children_of(token) for token in doc] == [tuple(token.children) for token in doc]


def test_sentence_bounds_are_those_of_spacy(doc):
    assert [tree.sentence_bounds(token) for token in doc] == [(t.sent.start, t.sent.end) for t in doc]


def test_tokens_with_a_lemma_come_in_the_order_of_the_text(doc):
    assert [token.i for token in tree.tokens_with(doc, {"talked", "ana", "absent"})] == [0, 10]


def test_line_breaks_are_the_tokens_with_one(doc):
    assert tree.line_breaks(doc) == [8]


def test_answer_is_remembered_for_one_document_only(doc):
    asked = []
    ask = tree.remembered(lambda token: asked.append(token.text) or token.i)
    other = Doc(doc.vocab, words=["Bo", "left"])
    assert [ask(doc[6]), ask(doc[6]), ask(other[0]), ask(doc[6])] == [6, 6, 0, 6]
    assert asked == ["Bo", "Bo", "Bo"]


def test_forgotten_tree_is_read_again(doc):
    before = tree.children_of(doc[5])
    doc[6].head = doc[3]
    assert tree.children_of(doc[5]) == before
    tree.forget()
    assert doc[6] in tree.children_of(doc[3])


def test_no_document_but_the_last_is_kept(doc):
    held = [Doc(doc.vocab, words=["Ana", str(number)]) for number in range(3)]
    before = [sys.getrefcount(each) for each in held]
    for number in range(3):
        tree.children_of(held[number][0])
    gc.collect()
    after = [sys.getrefcount(each) for each in held]
    assert after[:2] == before[:2]
    assert after[2] > before[2]
