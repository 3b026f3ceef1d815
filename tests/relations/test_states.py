"""States by titles, appositions, possessives and places, by trees that are written out."""

from __future__ import annotations

import pytest

from kg.relations.drafts import Draft
from kg.relations.statements import pairs
from kg.relations.states import RULES, state_drafts
from tests.sentences import scene_of

TITLE = "Peruvian/ADJ/2/amod President/NOUN/3/nmod:desc Ana@PER/PROPN/0/root"
APPOSITION = """Ana@PER/PROPN/0/root ,/PUNCT/4/punct the/DET/4/det president/NOUN/1/appos of/ADP/6/case
    Peru/PROPN/4/nmod"""
FORMER = """Ana@PER/PROPN/0/root ,/PUNCT/5/punct the/DET/5/det former/ADJ/5/amod president/NOUN/1/appos
    of/ADP/7/case Peru/PROPN/5/nmod"""
ENVOY = """Ana@PER/PROPN/0/root ,/PUNCT/3/punct ambassador/NOUN/1/appos of/ADP/5/case Peru/PROPN/3/nmod"""
CITIZEN = "Peruvian/ADJ/2/amod activist/NOUN/3/nmod:desc Ana@PER/PROPN/0/root"
MEMBER = """Ana@PER/PROPN/0/root ,/PUNCT/3/punct activist/NOUN/1/appos of/ADP/5/case
    Greenpeace@ORG/PROPN/3/nmod"""
POSSESSED = "Peru/PROPN/3/nmod:poss 's/PART/1/case president/NOUN/0/root Ana@PER/PROPN/3/appos"
PLURAL = """Presidents=president/NOUN/2/nmod:desc/Number=Plur Ana@PER/PROPN/0/root of/ADP/4/case
    Peru/PROPN/2/nmod and/CCONJ/6/cc Bo@PER/PROPN/2/conj of/ADP/8/case Chile/PROPN/6/nmod"""
IMPLIED = """President/NOUN/2/nmod:desc Ana@PER/PROPN/3/nsubj left=leave/VERB/0/root Peru/PROPN/3/obj |
    Peru/PROPN/0/root"""
UNCLEAR = "President/NOUN/2/nmod:desc Ana@PER/PROPN/3/nsubj left=leave/VERB/0/root Peru/PROPN/3/obj"
FAMILY = """Ana@PER/PROPN/3/nmod:poss 's/PART/1/case daughter/NOUN/0/root Bea@PER/PROPN/3/appos"""
AFFILIATED = "Ana@PER/PROPN/0/root of/ADP/3/case Greenpeace@ORG/PROPN/1/nmod"
CITY_IN = "Zorba@LOC/PROPN/0/root in/ADP/3/case Peru/PROPN/1/nmod"
CITY_COMMA = "Zorba@LOC/PROPN/0/root ,/PUNCT/3/punct Peru/PROPN/1/appos"
FIRM_IN = "Zorco@ORG/PROPN/0/root in/ADP/3/case Peru/PROPN/1/nmod"
SETTING = "bombing/NOUN/0/root in/ADP/3/case Peru/PROPN/1/nmod"
ATTACKED = "attack/NOUN/0/root on/ADP/3/case Peru/PROPN/1/nmod"
CAPITAL = """Zorba@LOC/PROPN/0/root ,/PUNCT/4/punct the/DET/4/det city/NOUN/1/appos of/ADP/6/case
    Peru/PROPN/4/nmod"""
NATIONAL = """the/DET/3/det Peruvian/ADJ/3/amod company/NOUN/0/root Zorco@ORG/PROPN/3/appos"""
BARE = "Peruvian/ADJ/2/amod presidents=president/NOUN/3/nsubj/Number=Plur met=meet/VERB/0/root"


def drafts(text: str) -> list[Draft]:
    return list(state_drafts(scene_of(text)))


def holders(text: str) -> list[str]:
    """What the drafts of a document say of which entities."""
    scene = scene_of(text)
    return [
        f"{subject.name} {draft.meaning.relation_class} {object_.name}"
        for draft in state_drafts(scene)
        for subject, object_ in pairs(scene, draft)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(TITLE, ["Ana HOLDS_POSITION Peru"], id="title"),
        pytest.param(APPOSITION, ["Ana HOLDS_POSITION Peru"], id="apposition"),
        pytest.param(POSSESSED, ["Ana HOLDS_POSITION Peru"], id="possessive"),
        pytest.param(ENVOY, ["Ana REPRESENTS Peru"], id="envoy"),
        pytest.param(CITIZEN, ["Ana CITIZEN_OF Peru"], id="nationality of a person"),
        pytest.param(MEMBER, ["Ana MEMBER_OF Greenpeace"], id="member"),
        pytest.param(IMPLIED, ["Ana HOLDS_POSITION Peru"], id="title without state"),
        pytest.param(UNCLEAR, [], id="title without a clear state"),
        pytest.param(FAMILY, ["Bea FAMILY_OF Ana"], id="family"),
        pytest.param(AFFILIATED, ["Ana MEMBER_OF Greenpeace"], id="affiliation"),
        pytest.param(CITY_IN, ["Zorba LOCATED_IN Peru"], id="place in a state"),
        pytest.param(CITY_COMMA, ["Zorba LOCATED_IN Peru"], id="place, comma, state"),
        pytest.param(FIRM_IN, ["Zorco LOCATED_IN Peru"], id="body in a state"),
        pytest.param(SETTING, ["bombing LOCATED_IN Peru"], id="event in a state"),
        pytest.param(ATTACKED, [], id="what is attacked is no place of the attack"),
        pytest.param(CAPITAL, ["Zorba LOCATED_IN Peru"], id="place by its noun"),
        pytest.param(NATIONAL, ["Zorco LOCATED_IN Peru"], id="nationality of a body"),
        pytest.param(BARE, [], id="nobody named"),
    ],
)
def test_state_drafts(text: str, expected: list[str]) -> None:
    assert sorted(set(holders(text))) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param(TITLE, "president of", id="title"),
        pytest.param(FORMER, "former president of", id="former"),
        pytest.param(ENVOY, "ambassador for", id="envoy"),
        pytest.param(FAMILY, "daughter of", id="family"),
        pytest.param(CITY_IN, "be in", id="place"),
    ],
)
def test_predicate_of_a_state(text: str, words: str) -> None:
    assert words in [draft.words for draft in drafts(text)]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param(TITLE, "post modifier", id="title"),
        pytest.param(APPOSITION, "post of", id="apposition"),
        pytest.param(POSSESSED, "post poss", id="possessive"),
        pytest.param(IMPLIED, "post implied", id="implied"),
        pytest.param(FAMILY, "family", id="family"),
        pytest.param(AFFILIATED, "affiliation of", id="affiliation"),
        pytest.param(CITY_IN, "situation in", id="place"),
        pytest.param(CITY_COMMA, "situation comma", id="comma"),
        pytest.param(SETTING, "setting", id="setting"),
        pytest.param(CAPITAL, "capital of", id="capital"),
        pytest.param(NATIONAL, "nationality", id="nationality"),
    ],
)
def test_state_says_its_construction(text: str, rule: str) -> None:
    assert rule in [draft.rule for draft in drafts(text)]


def test_states_are_marked_as_such() -> None:
    assert all(draft.is_state for draft in drafts(APPOSITION))


def test_property_is_that_of_the_title() -> None:
    assert [draft.meaning.property for draft in drafts(TITLE)] == ["presidentOf"]


def test_plural_title_is_shared_out() -> None:
    assert holders(PLURAL) == ["Ana HOLDS_POSITION Peru", "Bo HOLDS_POSITION Chile"]


def test_every_rule_is_tested_here() -> None:
    tested = {
        "post", "implied_post", "family", "affiliation", "situation", "setting", "capital", "nationality",
    }  # fmt: skip
    assert {rule.__name__ for rule in RULES} == tested
