"""Unseen verbs get the class of what they are like, others stay as they are."""

from __future__ import annotations

import pytest

from kg.relations.clauses import clauses_of
from kg.relations.cues import rows
from kg.relations.drafts import Draft
from kg.relations.guesses import drafts_or_guesses
from kg.relations.similarity import likeness_of, resembling
from kg.vocabulary import load_vocabulary
from tests.relations.lexicons import make_lexicon, make_property
from tests.sentences import scene_of

CRITIQUED = "Peru/PROPN/2/nsubj critiqued=critique/VERB/0/root Chile/PROPN/2/obj"
BEWILDERED = "Peru/PROPN/2/nsubj bewildered=bewilder/VERB/0/root Chile/PROPN/2/obj"
LEXICON = make_lexicon([make_property("meets", "CONSULT", verbs=["meet"])])
OWN = make_lexicon([make_property("reviews", "OTHER", verbs=["critique in"])])


def draft_of(text: str) -> Draft:
    """The one draft of a sentence whose verb is unknown."""
    scene = scene_of(text)
    (draft,) = drafts_or_guesses(scene, clauses_of(scene.doc)[0], LEXICON)
    return draft


def test_unseen_verb_gets_the_class_of_what_it_is_like() -> None:
    assert resembling(draft_of(CRITIQUED), LEXICON).meaning.relation_class == "ACCUSE"


def test_its_rule_still_says_that_there_is_no_form() -> None:
    assert resembling(draft_of(CRITIQUED), LEXICON).rule == "unknown"


def test_verb_that_is_like_none_stays() -> None:
    assert resembling(draft_of(BEWILDERED), LEXICON).meaning.relation_class == "OTHER"


def test_form_of_the_ontology_comes_first() -> None:
    known = make_lexicon([make_property("reviews", "OTHER", verbs=["critique"])])
    assert resembling(draft_of(CRITIQUED), known).meaning.relation_class == "OTHER"


def test_likeness_names_the_verbs_that_it_comes_from() -> None:
    found = likeness_of("critique")
    assert found is not None
    assert found.like[0] == "criticize"
    assert 0.4 <= found.probability <= 1


def test_known_verb_has_no_likeness() -> None:
    assert likeness_of("meet") is None


@pytest.mark.parametrize("row", rows("similar_verbs"), ids=lambda row: row[0])
def test_shipped_likeness_is_of_a_class_and_of_known_verbs(row: tuple[str, ...]) -> None:
    vocabulary = load_vocabulary()
    entries = (*vocabulary.properties.values(), *vocabulary.classes.values())
    assert row[1] in vocabulary.classes
    assert set(row[3].split(";")) <= {form for e in entries for form in (*e.verbs, *e.inverse_verbs)}
