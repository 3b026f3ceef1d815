"""Nominal events, by trees that are written out."""

from __future__ import annotations

import pytest

from kg.relations.clauses import Clause
from kg.relations.events import nominal_clause_at, nominal_clauses_of
from tests.sentences import parsed

POSSESSOR = "Rome/PROPN/3/nmod:poss 's/PART/1/case attack/NOUN/0/root on/ADP/5/case Oslo/PROPN/3/nmod"
AGENT = "attack/NOUN/0/root on/ADP/3/case Oslo/PROPN/1/nmod by/ADP/5/case Rome/PROPN/1/nmod"
WHOLE = "visit/NOUN/0/root of/ADP/3/case Ana/PROPN/1/nmod to/ADP/5/case Oslo/PROPN/1/nmod"
BETWEEN = "talks=talk/NOUN/0/root between/ADP/3/case Rome/PROPN/1/nmod and/CCONJ/5/cc Oslo/PROPN/3/conj"
NATIONALITY = "Roman/ADJ/2/amod support/NOUN/0/root for/ADP/4/case Oslo/PROPN/2/nmod"
PAIR = "Rome/PROPN/3/compound -/PUNCT/3/punct Oslo/PROPN/4/compound talks=talk/NOUN/0/root"
ROW = "Roman/ADJ/4/amod and/CCONJ/3/cc Norse/ADJ/1/conj talks=talk/NOUN/0/root"
LIGHT = """Rome/PROPN/2/nsubj held=hold/VERB/0/root talks=talk/NOUN/2/obj with/ADP/5/case
    Oslo/PROPN/2/obl"""
LIGHT_PASSIVE = """talks=talk/NOUN/3/nsubj:pass were=be/AUX/3/aux:pass held=hold/VERB/0/root
    by/ADP/5/case Rome/PROPN/3/obl"""
FULL_VERB = """Rome/PROPN/2/nsubj praised=praise/VERB/0/root talks=talk/NOUN/2/obj with/ADP/5/case
    Oslo/PROPN/3/nmod"""
COPULA = """Rome/PROPN/4/nsubj is=be/AUX/4/cop an/DET/4/det ally/NOUN/0/root of/ADP/6/case
    Oslo/PROPN/4/nmod"""
APPOSITION = "Ana/PROPN/0/root ,/PUNCT/3/punct ally/NOUN/1/appos of/ADP/5/case Oslo/PROPN/3/nmod"
PLURAL_APPOSITION = """Ana/PROPN/0/root and/CCONJ/3/cc Bo/PROPN/1/conj ,/PUNCT/5/punct
    allies=ally/NOUN/1/appos/Number=Plur of/ADP/7/case Oslo/PROPN/5/nmod"""
RENAMED = "Oslo/PROPN/3/nmod:poss 's/PART/1/case ally/NOUN/0/root Ana/PROPN/3/appos"
BECOME = """Ana/PROPN/2/nsubj became=become/VERB/0/root ally/NOUN/2/xcomp of/ADP/5/case
    Oslo/PROPN/3/nmod"""
EXAMPLES = """allies=ally/NOUN/0/root of/ADP/3/case Oslo/PROPN/1/nmod like/ADP/5/case
    Ana/PROPN/1/nmod"""
ROLE = """Rome/PROPN/3/nmod:poss 's/PART/1/case role/NOUN/0/root as/ADP/6/case a/DET/6/det
    mediator/NOUN/3/nmod between/ADP/8/case Oslo/PROPN/6/nmod and/CCONJ/10/cc Bonn/PROPN/8/conj"""
MADE = """It/PRON/2/nsubj named=name/VERB/0/root Rome/PROPN/2/obj as/ADP/5/case ally/NOUN/2/obl
    of/ADP/7/case Oslo/PROPN/5/nmod"""
SHARED = """Rome/PROPN/3/nsubj is=be/AUX/3/cop mediator/NOUN/0/root and/CCONJ/5/cc
    partner/NOUN/3/conj with/ADP/7/case Oslo/PROPN/5/nmod"""


def clause(text: str, lemma: str) -> Clause | None:
    """The clause of the noun with a lemma."""
    return nominal_clause_at(next(token for token in parsed(text) if token.lemma_ == lemma))


def read(found: Clause | None) -> tuple[str, str, str]:
    """Subjects, obliques with their prepositions, and parties of a clause, each as text."""
    assert found is not None
    return (
        " ".join(token.text for token in found.subjects),
        " ".join(f"{a.preposition}:{a.token.text}" for a in found.obliques),
        " ".join(token.text for token in found.parties),
    )


@pytest.mark.parametrize(
    ("text", "lemma", "expected"),
    [
        pytest.param(POSSESSOR, "attack", ("Rome", "on:Oslo", ""), id="possessor"),
        pytest.param(AGENT, "attack", ("Rome", "on:Oslo", ""), id="by"),
        pytest.param(WHOLE, "visit", ("Ana", "to:Oslo", ""), id="of beside another argument"),
        pytest.param(BETWEEN, "talk", ("", "", "Rome Oslo"), id="between"),
        pytest.param(NATIONALITY, "support", ("Roman", "for:Oslo", ""), id="nationality"),
        pytest.param(PAIR, "talk", ("", "", "Rome Oslo"), id="hyphenated pair"),
        pytest.param(LIGHT, "talk", ("Rome", "with:Oslo", ""), id="light verb"),
        pytest.param(LIGHT_PASSIVE, "talk", ("Rome", "", ""), id="passive light verb"),
        pytest.param(FULL_VERB, "talk", ("", "with:Oslo", ""), id="full verb"),
        pytest.param(SHARED, "mediator", ("", "with:Oslo", ""), id="shared argument"),
    ],
)
def test_nominal_clause_at(text: str, lemma: str, expected: tuple[str, str, str]) -> None:
    assert read(clause(text, lemma)) == expected


@pytest.mark.parametrize(
    ("text", "lemma", "bearers"),
    [
        pytest.param(COPULA, "ally", ["Rome"], id="copula"),
        pytest.param(APPOSITION, "ally", ["Ana"], id="apposition"),
        pytest.param(PLURAL_APPOSITION, "ally", ["Ana", "Bo"], id="plural apposition"),
        pytest.param(RENAMED, "ally", ["Ana"], id="name behind"),
        pytest.param(BECOME, "ally", ["Ana"], id="became"),
        pytest.param(ROLE, "mediator", ["Rome"], id="role as"),
        pytest.param(MADE, "ally", ["Rome"], id="named as"),
        pytest.param(SHARED, "partner", ["Rome"], id="coordinated noun"),
        pytest.param(EXAMPLES, "ally", ["Ana"], id="examples"),
        pytest.param(AGENT, "attack", [], id="an act is said of nobody"),
    ],
)
def test_bearers(text: str, lemma: str, bearers: list[str]) -> None:
    found = clause(text, lemma)
    assert found is not None
    assert [token.text for token in found.bearers] == bearers


def test_title_of_several_words_is_one_lemma() -> None:
    text = "secretary/NOUN/2/compound general/NOUN/0/root of/ADP/4/case NATO/PROPN/2/nmod"
    found = clause(text, "general")
    assert found is not None
    assert found.lemma == "secretary general"


def test_noun_without_arguments_states_nothing() -> None:
    assert nominal_clauses_of(parsed("The/DET/2/det talks=talk/NOUN/0/root")) == []


def test_nominal_clauses_of_keeps_the_order_of_the_text() -> None:
    found = [clause.lemma for clause in nominal_clauses_of(parsed(f"{BETWEEN} | {COPULA}"))]
    assert found == ["talk", "ally"]


def test_nominal_clause_is_nominal() -> None:
    found = clause(BETWEEN, "talk")
    assert found is not None
    assert found.is_nominal
    assert not found.is_passive
