"""Who does what to whom, by trees that are written out."""

from __future__ import annotations

import pytest
from spacy.tokens import Token

from kg.relations import clauses
from kg.relations.clauses import Clause, clause_at, clauses_of, expand, preposition_of, subjects_of
from tests.sentences import parsed

ACTIVE = "Ana/PROPN/2/nsubj met=meet/VERB/0/root Bo/PROPN/2/obj"
PASSIVE = """Ana/PROPN/3/nsubj:pass was=be/AUX/3/aux:pass helped=help/VERB/0/root
    by/ADP/5/case Bo/PROPN/3/obl:agent in/ADP/7/case Rome/PROPN/3/obl"""
COORDINATED = """Ana/PROPN/4/nsubj and/CCONJ/3/cc Bo/PROPN/1/conj met=meet/VERB/0/root
    Cy/PROPN/4/obj and/CCONJ/7/cc Di/PROPN/5/conj"""
SHARED = "Ana/PROPN/2/nsubj came=come/VERB/0/root and/CCONJ/4/cc met=meet/VERB/2/conj Bo/PROPN/4/obj"
CONTROLLED = """Ana/PROPN/2/nsubj agreed=agree/VERB/0/root to/PART/4/mark
    meet/VERB/2/xcomp/VerbForm=Inf Bo/PROPN/4/obj"""
OBJECT_CONTROL = """Ana/PROPN/2/nsubj urged=urge/VERB/0/root Bo/PROPN/2/obj to/PART/5/mark
    leave/VERB/2/xcomp/VerbForm=Inf Rome/PROPN/5/obj"""
ADVERBIAL = """Visiting=visit/VERB/4/advcl/VerbForm=Ger Rome/PROPN/1/obj Ana/PROPN/4/nsubj
    thanked=thank/VERB/0/root Bo/PROPN/4/obj"""
FINITE_ADVERBIAL = """Ana/PROPN/2/nsubj left=leave/VERB/0/root when/SCONJ/4/mark
    asked=ask/VERB/2/advcl/VerbForm=Fin"""
BLAMED = """Ana/PROPN/2/nsubj accused=accuse/VERB/0/root Bo/PROPN/2/obj of/SCONJ/5/mark
    leaving=leave/VERB/2/advcl/VerbForm=Ger"""
BLAMED_PASSIVE = """Bo/PROPN/3/nsubj:pass was=be/AUX/3/aux:pass accused=accuse/VERB/0/root of/SCONJ/5/mark
    leaving=leave/VERB/3/advcl/VerbForm=Ger"""
ADDRESSED = """Ana/PROPN/2/nsubj called=call/VERB/0/root on/ADP/4/case Bo/PROPN/2/obl to/PART/6/mark
    leave/VERB/2/advcl/VerbForm=Inf"""
MISPLACED = """Ana/PROPN/3/nsubj:pass was=be/AUX/3/aux:pass asked=ask/VERB/0/root for/ADP/5/case
    help/NOUN/3/obl by/ADP/7/case Bo/PROPN/5/nmod"""
PARTICIPLE = "men=man/NOUN/0/root leading=lead/VERB/1/acl/VerbForm=Ger Rome/PROPN/2/obj"
REDUCED_PASSIVE = """men=man/NOUN/0/root led=lead/VERB/1/acl/VerbForm=Part|Voice=Pass by/ADP/4/case
    Ana/PROPN/2/obl"""
RELATIVE = "Ana/PROPN/0/root who/PRON/3/nsubj met=meet/VERB/1/acl:relcl Bo/PROPN/3/obj"
OBJECT_RELATIVE = "Ana/PROPN/0/root whom/PRON/4/obj Bo/PROPN/4/nsubj met=meet/VERB/1/acl:relcl"
BARE_RELATIVE = "Ana/PROPN/0/root Bo/PROPN/3/nsubj met=meet/VERB/1/acl:relcl"
OFFER = """Rome/PROPN/3/nmod:poss 's/PART/1/case offer/NOUN/0/root to/PART/5/mark
    mediate/VERB/3/acl/VerbForm=Inf"""
OBJECT_OF_VERB = """Ana/PROPN/2/nsubj made=make/VERB/0/root an/DET/4/det offer/NOUN/2/obj to/PART/6/mark
    mediate/VERB/4/acl/VerbForm=Inf"""
PARTICLE = """Ana/PROPN/2/nsubj pulled=pull/VERB/0/root out/ADP/2/compound:prt of/ADP/5/case
    Rome/PROPN/2/obl"""
FIXED = """Ana/PROPN/2/nsubj left=leave/VERB/0/root because/ADP/5/case of/ADP/3/fixed Bo/PROPN/2/obl"""
COPULA = "Ana/PROPN/3/nsubj is=be/AUX/3/cop ready/ADJ/0/root"


def clause(text: str, lemma: str) -> Clause:
    """The clause of the verb with a lemma."""
    doc = parsed(text)
    return clause_at(next(token for token in doc if token.lemma_ == lemma))


def texts(tokens: tuple[Token, ...]) -> list[str]:
    return [token.text for token in tokens]


@pytest.mark.parametrize(
    ("text", "lemma", "subjects", "objects"),
    [
        pytest.param(ACTIVE, "meet", ["Ana"], ["Bo"], id="active"),
        pytest.param(PASSIVE, "help", ["Bo"], ["Ana"], id="passive with agent"),
        pytest.param(COORDINATED, "meet", ["Ana", "Bo"], ["Cy", "Di"], id="coordinated ends"),
        pytest.param(SHARED, "meet", ["Ana"], ["Bo"], id="shared subject"),
        pytest.param(CONTROLLED, "meet", ["Ana"], ["Bo"], id="subject control"),
        pytest.param(OBJECT_CONTROL, "leave", ["Bo"], ["Rome"], id="object control"),
        pytest.param(ADVERBIAL, "visit", ["Ana"], ["Rome"], id="participle before its clause"),
        pytest.param(FINITE_ADVERBIAL, "ask", [], [], id="finite adverbial clause"),
        pytest.param(BLAMED, "leave", ["Bo"], [], id="gerund of who is accused"),
        pytest.param(BLAMED_PASSIVE, "leave", ["Bo"], [], id="gerund of who was accused"),
        pytest.param(ADDRESSED, "leave", ["Bo"], [], id="infinitive of who is called on"),
        pytest.param(MISPLACED, "ask", ["Bo"], ["Ana"], id="agent behind another noun"),
        pytest.param(PARTICIPLE, "lead", ["men"], ["Rome"], id="participle after its noun"),
        pytest.param(REDUCED_PASSIVE, "lead", ["Ana"], ["men"], id="reduced passive"),
        pytest.param(RELATIVE, "meet", ["Ana"], ["Bo"], id="relative subject"),
        pytest.param(OBJECT_RELATIVE, "meet", ["Bo"], ["Ana"], id="relative object"),
        pytest.param(BARE_RELATIVE, "meet", ["Bo"], ["Ana"], id="relative object without pronoun"),
        pytest.param(OFFER, "mediate", ["Rome"], [], id="infinitive of an owned noun"),
        pytest.param(OBJECT_OF_VERB, "mediate", ["Ana"], [], id="infinitive of an object"),
        pytest.param(COPULA, "ready", ["Ana"], [], id="adjective"),
    ],
)
def test_clause_at_finds_both_ends(text: str, lemma: str, subjects: list[str], objects: list[str]) -> None:
    found = clause(text, lemma)
    assert (texts(found.subjects), texts(found.objects)) == (subjects, objects)


@pytest.mark.parametrize(
    ("rule", "text", "lemma", "found"),
    [
        pytest.param("own_subject", ACTIVE, "meet", ["Ana"], id="own"),
        pytest.param("own_subject", SHARED, "meet", [], id="no own"),
        pytest.param("modified_noun", PARTICIPLE, "lead", ["men"], id="modified"),
        pytest.param("modified_noun", OBJECT_RELATIVE, "meet", [], id="antecedent is the object"),
        pytest.param("modified_noun", OFFER, "mediate", [], id="infinitive modifies"),
        pytest.param("shared_subject", SHARED, "meet", ["Ana"], id="shared"),
        pytest.param("shared_subject", ACTIVE, "meet", [], id="nothing shared"),
        pytest.param("controlled_subject", CONTROLLED, "meet", ["Ana"], id="subject controls"),
        pytest.param("controlled_subject", OBJECT_CONTROL, "leave", ["Bo"], id="object controls"),
        pytest.param("adverbial_subject", ADVERBIAL, "visit", ["Ana"], id="participle"),
        pytest.param("adverbial_subject", FINITE_ADVERBIAL, "ask", [], id="finite"),
        pytest.param("possessor", OFFER, "mediate", ["Rome"], id="owner"),
        pytest.param("possessor", OBJECT_OF_VERB, "mediate", ["Ana"], id="subject of the verb"),
        pytest.param("possessor", PARTICIPLE, "lead", [], id="no infinitive"),
    ],
)
def test_subject_rule(rule: str, text: str, lemma: str, found: list[str]) -> None:
    verb = next(token for token in parsed(text) if token.lemma_ == lemma)
    assert texts(getattr(clauses, rule)(verb)) == found


def test_subject_rules_are_all_tested() -> None:
    tested = {
        "own_subject", "modified_noun", "shared_subject", "controlled_subject", "adverbial_subject",
        "possessor",
    }  # fmt: skip
    assert {rule.__name__ for rule in clauses.SUBJECT_RULES} == tested


def test_agent_is_no_oblique() -> None:
    assert [(a.preposition, a.token.text) for a in clause(PASSIVE, "help").obliques] == [("in", "Rome")]


def test_passive_is_said() -> None:
    assert clause(PASSIVE, "help").is_passive
    assert clause(REDUCED_PASSIVE, "lead").is_passive
    assert not clause(ACTIVE, "meet").is_passive


def test_particle_belongs_to_the_lemma() -> None:
    found = clause(PARTICLE, "pull")
    assert found.lemma == "pull out"
    assert [(a.preposition, a.token.text) for a in found.obliques] == [("of", "Rome")]


def test_adjective_has_be_in_its_lemma() -> None:
    assert clause(COPULA, "ready").lemma == "be ready"


def test_multiword_preposition_is_joined() -> None:
    assert preposition_of(parsed(FIXED)[4]) == "because of"


def test_complement_is_listed() -> None:
    assert texts(clause(CONTROLLED, "agree").complements) == ["meet"]


def test_clauses_of_gives_them_in_order() -> None:
    assert [found.lemma for found in clauses_of(parsed(f"{SHARED} | {ACTIVE}"))] == ["come", "meet", "meet"]


@pytest.mark.parametrize("label", ["amod", "compound", "case", "aux", "fixed"])
def test_verb_form_that_modifies_is_no_clause(label: str) -> None:
    assert clauses_of(parsed(f"planned=plan/VERB/2/{label} talks=talk/NOUN/0/root")) == []


def test_expand_follows_chains_of_coordination() -> None:
    doc = parsed("A/PROPN/0/root B/PROPN/1/conj and/CCONJ/4/cc C/PROPN/2/conj")
    assert texts(expand([doc[0]])) == ["A", "B", "C"]


def test_subjects_of_nothing_are_none() -> None:
    assert subjects_of(parsed("Rain/NOUN/0/root")[0]) == ()
