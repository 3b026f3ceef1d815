"""Drafts of clauses, by trees that are written out and a lexicon made for these tests."""

from __future__ import annotations

import pytest

from kg.relations.clauses import clauses_of
from kg.relations.drafts import Draft, drafts_of, reached
from kg.relations.events import nominal_clauses_of
from kg.relations.statements import pairs
from tests.relations.lexicons import small_lexicon
from tests.sentences import parsed, scene_of, with_entities

ANA, BO, CY = "Ana@PER/PROPN", "Bo@PER/PROPN", "Cy@PER/PROPN"
MET = f"{ANA}/2/nsubj met=meet/VERB/0/root {BO}/2/obj"
ROW_MET = f"{ANA}/4/nsubj and/CCONJ/3/cc {BO}/1/conj met=meet/VERB/0/root"
ROW_TALKED = f"{ANA}/4/nsubj and/CCONJ/3/cc {BO}/1/conj talked=talk/VERB/0/root"
ROW_VISITED = f"""{ANA}/4/nsubj and/CCONJ/3/cc {BO}/1/conj visited=visit/VERB/0/root
    Peru/PROPN/4/obj"""
TALKS = f"""talks=talk/NOUN/0/root between/ADP/3/case {ANA}/1/nmod and/CCONJ/5/cc {BO}/3/conj"""
RECEIVED = """Peru/PROPN/2/nsubj received=receive/VERB/0/root aid/NOUN/2/obj from/ADP/5/case
    Chile/PROPN/3/nmod"""
AGREED = """Peru/PROPN/2/nsubj agreed=agree/VERB/0/root to/PART/4/mark attack/VERB/2/xcomp/VerbForm=Inf
    Chile/PROPN/4/obj"""
URGED = """Peru/PROPN/2/nsubj urged=urge/VERB/0/root Chile/PROPN/2/obj to/PART/5/mark
    leave/VERB/2/xcomp/VerbForm=Inf"""
DEMANDED = """Peru/PROPN/2/nsubj demanded=demand/VERB/0/root that/SCONJ/5/mark Chile/PROPN/5/nsubj
    leave/VERB/2/ccomp"""
OBLIGED = """Peru/PROPN/2/nsubj said=say/VERB/0/root Chile/PROPN/5/nsubj must/AUX/5/aux
    leave/VERB/2/ccomp"""
CALLED = """Peru/PROPN/2/nsubj called=call/VERB/0/root on/ADP/4/case Chile/PROPN/2/obl"""
UNKNOWN = "Peru/PROPN/2/nsubj bewildered=bewilder/VERB/0/root Chile/PROPN/2/obj"
UNKNOWN_OBLIQUE = """Peru/PROPN/2/nsubj glared=glare/VERB/0/root at/ADP/4/case Chile/PROPN/2/obl"""
NESTED = """Peru/PROPN/2/nsubj condemned=condemn/VERB/0/root an/DET/4/det attack/NOUN/2/obj by/ADP/6/case
    Chile/PROPN/4/nmod"""
POSSESSED = """Peru/PROPN/2/nsubj condemned=condemn/VERB/0/root Chile/PROPN/5/nmod:poss 's/PART/3/case
    decision/NOUN/2/obj"""
ATTACK = "Peru/PROPN/3/nmod:poss 's/PART/1/case attack/NOUN/0/root on/ADP/5/case Chile/PROPN/3/nmod"
ALLY = """Peru/PROPN/4/nsubj is=be/AUX/4/cop an/DET/4/det ally/NOUN/0/root of/ADP/6/case
    Chile/PROPN/4/nmod"""
EACH_OTHER = """Peru/PROPN/4/nsubj and/CCONJ/3/cc Chile/PROPN/1/conj support/VERB/0/root each/PRON/4/obj
    other/ADJ/5/fixed"""
HELD = f"""{ANA}/2/nsubj held=hold/VERB/0/root talks=talk/NOUN/2/obj with/ADP/5/case {BO}/3/nmod"""
PASSIVE = """Peru/PROPN/3/nsubj:pass was=be/AUX/3/aux:pass attacked=attack/VERB/0/root by/ADP/5/case
    Chile/PROPN/3/obl"""


def drafts(text: str) -> list[Draft]:
    """All drafts of the clauses of a document."""
    scene = scene_of(text)
    clauses = (*clauses_of(scene.doc), *nominal_clauses_of(scene.doc))
    return [draft for clause in clauses for draft in drafts_of(scene, clause, small_lexicon())]


def read(draft: Draft) -> str:
    """A draft as `subject meaning object`."""
    meaning = draft.meaning.property or draft.meaning.relation_class
    return f"{draft.subject.text} {meaning} {draft.object.text}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(MET, ["Ana meets Bo"], id="verb"),
        pytest.param(PASSIVE, ["Chile attacks Peru"], id="passive"),
        pytest.param(RECEIVED, ["Chile aids Peru"], id="inverse form"),
        pytest.param(CALLED, ["Peru REQUEST Chile"], id="preposition"),
        pytest.param(AGREED, ["Peru agreesTo Chile", "Peru attacks Chile"], id="complement"),
        pytest.param(URGED, ["Peru REQUEST Chile"], id="who is urged"),
        pytest.param(DEMANDED, ["Peru REQUEST Chile"], id="of whom it is demanded"),
        pytest.param(OBLIGED, ["Peru requests Chile"], id="must"),
        pytest.param(ATTACK, ["Peru attacks Chile"], id="noun"),
        pytest.param(ALLY, ["Peru allyOf Chile"], id="role"),
        pytest.param(ROW_MET, ["Ana meets Bo"], id="reciprocal verb"),
        pytest.param(ROW_TALKED, ["Ana talksWith Bo"], id="reciprocal by the form with a partner"),
        pytest.param(TALKS, ["Ana talksWith Bo"], id="reciprocal noun"),
        pytest.param(UNKNOWN, ["Peru OTHER Chile"], id="unknown verb"),
        pytest.param(UNKNOWN_OBLIQUE, ["Peru OTHER Chile"], id="unknown verb with a preposition"),
    ],
)
def test_drafts_of(text: str, expected: list[str]) -> None:
    assert [read(draft) for draft in drafts(text)] == expected


def test_visitors_do_not_visit_each_other() -> None:
    assert sorted(map(read, drafts(ROW_VISITED))) == ["Ana visits Peru", "Bo visits Peru"]


def test_each_other_goes_both_ways() -> None:
    assert sorted(map(read, drafts(EACH_OTHER))) == ["Chile supports Peru", "Peru supports Chile"]


def test_longer_form_decides() -> None:
    found = [draft for draft in drafts(HELD) if draft.subject.text == "Ana" and draft.object.text == "Bo"]
    assert {draft.meaning.relation_class for draft in found} == {"CONSULT"}
    assert found[0].words == "hold talk with"


def test_status_of_held_talks_is_that_of_the_talks() -> None:
    found = next(draft for draft in drafts(HELD) if draft.words == "hold talk with")
    assert found.occurrence.text == "talks"


@pytest.mark.parametrize(
    ("text", "rule", "nested"),
    [
        pytest.param(MET, "verb", "", id="verb"),
        pytest.param(CALLED, "preposition", "", id="preposition"),
        pytest.param(URGED, "complement", "", id="complement"),
        pytest.param(DEMANDED, "clausal", "", id="clausal"),
        pytest.param(NESTED, "verb noun", "", id="verb and noun"),
        pytest.param(POSSESSED, "verb", "poss", id="possessor of the object"),
        pytest.param(ATTACK, "noun", "", id="noun"),
        pytest.param(ROW_MET, "reciprocal", "", id="reciprocal"),
        pytest.param(TALKS, "reciprocal noun", "", id="reciprocal noun"),
        pytest.param(OBLIGED, "obligation", "", id="obligation"),
        pytest.param(UNKNOWN, "unknown", "", id="unknown"),
        pytest.param(UNKNOWN_OBLIQUE, "unknown at", "", id="unknown with preposition"),
    ],
)
def test_draft_says_its_construction(text: str, rule: str, nested: str) -> None:
    assert (rule, nested) in [(draft.rule, draft.nested) for draft in drafts(text)]


def test_nobody_acts_on_himself() -> None:
    text = "Ana@PER/PROPN/2/nsubj defended=support/VERB/0/root herself/PRON/2/obj"
    assert [pair for draft in drafts(text) for pair in pairs(scene_of(text), draft)] == []


def test_words_without_entities_give_no_draft() -> None:
    assert drafts("Rain/NOUN/2/nsubj attacked=attack/VERB/0/root crops=crop/NOUN/2/obj") == []


def test_reached_looks_into_events_but_not_into_people() -> None:
    scene = scene_of("attack/NOUN/0/root by/ADP/3/case Chile/PROPN/1/nmod")
    assert ("Chile", "by") in [(word.text, way) for word, way in reached(scene, scene.doc[0])]
    people = scene_of("leader/NOUN/0/root of/ADP/3/case Chile/PROPN/1/nmod")
    assert [word.text for word, _ in reached(people, people.doc[0])] == ["leader"]


def test_reached_leaves_out_where_it_happened() -> None:
    scene = scene_of("attack/NOUN/0/root in/ADP/3/case Chile/PROPN/1/nmod")
    assert [word.text for word, _ in reached(scene, scene.doc[0])] == ["attack"]


def test_drafts_come_once_for_each_pair_of_words() -> None:
    doc = with_entities(parsed(MET))
    assert len(doc._.entities) == 2
    assert len(drafts(MET)) == 1
