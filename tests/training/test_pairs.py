"""The classifier of entity pairs: which words are a pair, and what it learns."""

from __future__ import annotations

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

pytest.importorskip("torch")

from kg.evaluation import Claim
from kg.language.tree import way_between
from kg.training.pairs import Classifier, Pair, best_claims, near_way
from tests.builders import make_entity


def chain(length: int) -> Doc:
    """A document whose every word depends on the one before."""
    return Doc(
        spacy.blank("en").vocab,
        words=[f"w{n}" for n in range(length)],
        heads=[max(0, n - 1) for n in range(length)],
        deps=["ROOT", *["obj"] * (length - 1)],
    )


def test_way_between_goes_over_the_word_where_the_paths_meet() -> None:
    words, heads = ["Ana", "met", "old", "Bo"], [1, 1, 3, 1]
    doc = Doc(spacy.blank("en").vocab, words=words, heads=heads, deps=["nsubj", "ROOT", "amod", "obj"])
    way = way_between(doc[0], doc[3])
    assert way is not None
    assert ([t.text for t in way.up], way.top.text, [t.text for t in way.down]) == (["Ana"], "met", ["Bo"])
    assert [token.text for token in way.inner] == ["met"]


@pytest.mark.parametrize(("length", "is_pair"), [(7, True), (8, False)])
def test_near_way_ends_where_words_are_too_far_apart(length: int, is_pair: bool) -> None:
    doc = chain(length)
    assert (near_way(doc[0], doc[length - 1]) is not None) is is_pair


def test_way_between_two_trees_is_none() -> None:
    doc = Doc(spacy.blank("en").vocab, words=["a", "b"], heads=[0, 1], deps=["ROOT", "ROOT"])
    assert way_between(doc[0], doc[1]) is None


def fact(relation_class: str = "CONSULT") -> Claim:
    return Claim(
        subject=frozenset({"ana"}), object=frozenset({"bo"}), relation_class=relation_class, status="asserted"
    )


def pair(feature: str, forward: Claim | None = None, backward: Claim | None = None) -> Pair:
    return Pair(
        article="a1",
        first=make_entity("Ana"),
        second=make_entity("Bo"),
        features=(feature,),
        vector=np.zeros(3, dtype=np.float32),
        forward=forward,
        backward=backward,
    )


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    seen = [
        *[pair("meet", fact(), None)] * 20,
        *[pair("hit by", None, fact("ASSAULT"))] * 20,
        *[pair("and")] * 20,
    ]
    return Classifier(seen)


def test_classifier_learns_which_pairs_are_related(classifier: Classifier) -> None:
    chances = {p.features[0]: c for c, p, _ in classifier.claims([pair("meet"), pair("hit by"), pair("and")])}
    assert min(chances["meet"], chances["hit by"]) > 0.5 > chances["and"]


def test_classifier_learns_direction_and_class(classifier: Classifier) -> None:
    (_, _, met), (_, _, hit) = classifier.claims([pair("meet"), pair("hit by")])
    assert (met.subject, met.relation_class) == ({"ana"}, "CONSULT")
    assert (hit.subject, hit.relation_class) == ({"bo"}, "ASSAULT")


def test_best_claims_keeps_the_surest_of_two_ends() -> None:
    found = best_claims(
        [(0.2, pair("a"), fact("AID")), (0.9, pair("b"), fact()), (0.4, pair("c"), fact("AID"))]
    )
    assert [(chance, claim.relation_class) for chance, claim in found.values()] == [(0.9, "CONSULT")]
