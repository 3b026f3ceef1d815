"""States by titles, appositions, possessives and places, by trees that are written out."""

from __future__ import annotations

import pytest

from kg.relations.drafts import Draft
from kg.relations.statements import pairs
from kg.relations.states import RULES, state_drafts
from kg.types import MentionKind
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
SEATED = """Senate@ORG/PROPN/2/nsubj met=meet/VERB/0/root | Senator/NOUN/2/nmod:desc Ana@PER/PROPN/3/nsubj
    left=leave/VERB/0/root"""
SEATED_BY_NOUN = """Zorba@ORG/PROPN/3/compound Trade@+/PROPN/3/compound Committee@+/PROPN/4/nsubj
    met=meet/VERB/0/root | committee/NOUN/2/compound member/NOUN/3/nmod:desc Ana@PER/PROPN/4/nsubj
    left=leave/VERB/0/root"""
ANAPHOR = """Senate@ORG/PROPN/2/nsubj met=meet/VERB/0/root | the/DET/2/det senator/NOUN/3/nsubj
    left=leave/VERB/0/root"""
LOCAL = """Zorba@LOC/PROPN/2/nsubj met=meet/VERB/0/root | Governor/NOUN/2/nmod:desc Ana@PER/PROPN/3/nsubj
    left=leave/VERB/0/root"""
DEPUTY = """Zorba@LOC/PROPN/2/nsubj met=meet/VERB/0/root | Deputy/ADJ/2/amod Governor/NOUN/3/nmod:desc
    Ana@PER/PROPN/4/nsubj left=leave/VERB/0/root"""
TITLED_NAME = "Peru/PROPN/3/nmod:poss 's/PART/1/case Queen@PER/PROPN/0/root Ana@+/PROPN/3/flat"
HEADED = "government/NOUN/0/root of/ADP/3/case Ana@PER/PROPN/1/nmod"
SERVED = """Ana@PER/PROPN/2/nsubj served=serve/VERB/0/root as/ADP/4/case mayor/NOUN/2/obl of/ADP/6/case
    Zorba@LOC/PROPN/4/nmod"""
APPOINTED = """Bo@PER/PROPN/2/nsubj appointed=appoint/VERB/0/root Ana@PER/PROPN/2/obj as/ADP/5/case
    mayor/NOUN/2/obl of/ADP/7/case Zorba@LOC/PROPN/5/nmod"""
TENURE = """Ana@PER/PROPN/3/nmod:poss 's/PART/1/case presidency/NOUN/4/nsubj ended=end/VERB/0/root |
    Peru/PROPN/0/root | Peru/PROPN/0/root"""
PARTY = """Ana@PER/PROPN/0/root ,/PUNCT/4/punct a/DET/4/det Democrat@ORG/PROPN/1/appos"""
PARTIES = """Ana@PER/PROPN/0/root and/CCONJ/3/cc Bo@PER/PROPN/1/conj ,/PUNCT/6/punct both/DET/6/det
    Democrats@ORG/PROPN/3/appos/Number=Plur"""
BRACKET = "Ana@PER/PROPN/0/root (/PUNCT/3/punct Democrats@ORG/PROPN/1/appos )/PUNCT/3/punct"
SUCH_AS = """Democrats@ORG/PROPN/8/nsubj/Number=Plur ,/PUNCT/5/punct such/ADJ/5/case as/ADP/3/fixed
    Ana@PER/PROPN/1/nmod and/CCONJ/7/cc Bo@PER/PROPN/5/conj left=leave/VERB/0/root"""
CAMP = "scientists=scientist/NOUN/0/root/Number=Plur from/ADP/3/case Greenpeace@ORG/PROPN/1/nmod"
SPEAKER = """Ana@PER/PROPN/0/root ,/PUNCT/4/punct a/DET/4/det speaker/NOUN/1/appos at/ADP/7/case the/DET/7/det
    summit/NOUN/4/nmod"""
ISLAND = "the/DET/3/det Peruvian/ADJ/3/amod island/NOUN/0/root of/ADP/5/case Zorba@LOC/PROPN/3/nmod"
PROVINCE = """Jolla@LOC/PROPN/0/root in/ADP/4/case the/DET/4/det province/NOUN/1/nmod of/ADP/6/case
    Zorba@LOC/PROPN/4/nmod"""
NATIONAL_OF = "Ana@PER/PROPN/0/root ,/PUNCT/5/punct a/DET/5/det Peruvian/ADJ/5/amod national/NOUN/1/appos"
BRANCH = "Peru/PROPN/4/nmod:poss 's/PART/1/case Zorba@ORG/PROPN/4/compound Agency@+/PROPN/0/root"
STATE_OWNED = "Peru/PROPN/4/nmod:poss 's/PART/1/case state-owned/ADJ/4/amod Zorco@ORG/PROPN/0/root"
COMPOUND = """the/DET/5/det Peru/PROPN/4/compound -/PUNCT/2/punct based/VERB/5/amod company/NOUN/0/root
    Zorco@ORG/PROPN/5/appos"""
LED = "the/DET/5/det Peru/PROPN/4/compound -/PUNCT/2/punct led/VERB/5/amod war/NOUN/0/root"
BACKED = "Peru/PROPN/3/compound -/PUNCT/1/punct backed/VERB/4/amod rebels=rebel/NOUN/0/root/Number=Plur"
ALLY = "Peru/PROPN/3/nmod:poss 's/PART/1/case ally/NOUN/0/root Chile/PROPN/3/appos"
COUNTERPART = """president/NOUN/2/nmod:desc Ana@PER/PROPN/3/nsubj met=meet/VERB/0/root his/PRON/6/nmod:poss
    Peruvian/ADJ/6/amod counterpart/NOUN/3/obj Bo@PER/PROPN/6/appos"""
OWNER = """Ana@PER/PROPN/0/root ,/PUNCT/3/punct owner/NOUN/1/appos of/ADP/5/case Zorco@ORG/PROPN/3/nmod"""
WORK = (
    """a/DET/2/det film/NOUN/0/root by/ADP/4/case Ana@PER/PROPN/2/nmod and/CCONJ/6/cc Bo@PER/PROPN/4/conj"""
)
CANDIDATE = "Peruvian/ADJ/3/amod presidential/ADJ/3/amod candidate/NOUN/4/nmod:desc Ana@PER/PROPN/0/root"
VENUE = """protests=protest/NOUN/2/nsubj/Number=Plur erupted=erupt/VERB/0/root in/ADP/5/case the/DET/5/det
    town/NOUN/2/obl of/ADP/7/case Zorba@LOC/PROPN/5/nmod"""
NO_VENUE = VENUE.replace("erupted=erupt", "praised=praise")
FROM = "Ana@PER/PROPN/0/root ,/PUNCT/4/punct from/ADP/4/case Zorba@LOC/PROPN/1/nmod"
FROM_ROW = """Ana@PER/PROPN/0/root and/CCONJ/3/cc Bo@PER/PROPN/1/conj of/ADP/5/case Peru/PROPN/1/nmod"""
SENATOR_OF = "Senator/NOUN/2/nmod:desc Ana@PER/PROPN/0/root of/ADP/4/case Zorba@LOC/PROPN/2/nmod"
IS_FROM = "Ana@PER/PROPN/4/nsubj is=be/AUX/4/cop from/ADP/4/case Zorba@LOC/PROPN/0/root"
TRADE = """Ana@PER/PROPN/0/root ,/PUNCT/4/punct a/DET/4/det tinkerer/NOUN/1/appos at/ADP/6/case
    Zorco@ORG/PROPN/4/nmod"""
OWN_BAND = "Ana@PER/PROPN/3/nmod:poss 's/PART/1/case band/NOUN/0/root Zorco@ORG/PROPN/3/appos"
PART_FIRST = """Zorco@ORG/PROPN/2/nsubj met=meet/VERB/0/root | Zorco@ORG/PROPN/2/compound
    School@+/PROPN/0/root of@+/ADP/4/case Law@+/PROPN/2/nmod"""
NAME_SAKE = PART_FIRST.replace("School", "Friends")
LOCATED = """Zorco@ORG/PROPN/3/nsubj ,/PUNCT/1/punct located=locate/VERB/0/root near/ADP/5/case
    Zorba@LOC/PROPN/3/obl"""
BOTH_IN = """Zorco@ORG/PROPN/0/root and/CCONJ/3/cc Greenpeace@ORG/PROPN/1/conj ,/PUNCT/7/punct both/DET/7/det
    in/ADP/7/case Zorba@LOC/PROPN/1/nmod"""
ASSET = "Zorco@ORG/PROPN/4/nmod:poss 's/PART/1/case Zorba/PROPN/4/compound telescope/NOUN/0/root"
LOCALITY = "Zorba@LOC/PROPN/3/nmod:poss 's/PART/1/case Zorco@ORG/PROPN/0/root"
AIDE = """Ana@PER/PROPN/3/nmod:poss 's/PART/1/case chief/NOUN/0/root of/ADP/5/case staff/NOUN/3/nmod
    Bo@PER/PROPN/3/appos"""
SURVIVED = """Ana@PER/PROPN/3/nsubj:pass is=be/AUX/3/aux:pass survived=survive/VERB/0/root by/ADP/6/case
    his/PRON/6/nmod:poss wife/NOUN/3/obl:agent Bea@PER/PROPN/6/appos and/CCONJ/9/cc
    sons=son/NOUN/6/conj/Number=Plur Bo@PER/PROPN/9/appos and/CCONJ/12/cc Cem@PER/PROPN/10/conj"""
RAN_AS = """Ana@PER/PROPN/2/nsubj ran=run/VERB/0/root as/ADP/5/case a/DET/5/det Democrat@ORG/PROPN/2/obl"""
JOINED = """Ana@PER/PROPN/0/root ,/PUNCT/5/punct aged/ADJ/1/amod and/CCONJ/5/cc director/NOUN/1/conj
    of/ADP/7/case Zorco@ORG/PROPN/5/nmod"""
VETERAN = """Ana@PER/PROPN/0/root ,/PUNCT/6/punct a/DET/6/det Zorba@EVENT/PROPN/5/compound
    War@+/PROPN/6/compound veteran/NOUN/1/appos"""
ONE_OF = """Ana@PER/PROPN/3/nsubj is=be/AUX/3/cop one/NUM/0/root of/ADP/6/case the/DET/6/det
    founders=founder/NOUN/3/nmod/Number=Plur of/ADP/8/case Zorco@ORG/PROPN/6/nmod"""
LISTED = """Zorco@ORG/PROPN/3/nmod:poss 's/PART/1/case members=member/NOUN/4/nsubj/Number=Plur
    include/VERB/0/root Ana@PER/PROPN/4/obj and/CCONJ/7/cc Bo@PER/PROPN/5/conj"""
AGED = """Ana@PER/PROPN/7/nsubj ,/PUNCT/3/punct 34/NUM/7/obl ,/PUNCT/3/punct of/ADP/6/case
    Zorba@LOC/PROPN/7/obl fled=flee/VERB/0/root"""
WHOSE = """Ana@PER/PROPN/0/root ,/PUNCT/6/punct whose=whose/PRON/4/nmod:poss father/NOUN/6/nsubj
    Bo@PER/PROPN/4/appos left=leave/VERB/1/acl:relcl"""
ROW = """Ana@PER/PROPN/0/root ,/PUNCT/3/punct director/NOUN/1/appos of/ADP/5/case Greenpeace@ORG/PROPN/3/nmod
    ,/PUNCT/8/punct and/CCONJ/8/cc Bo@PER/PROPN/1/conj ,/PUNCT/10/punct director/NOUN/1/appos of/ADP/12/case
    Zorco@ORG/PROPN/10/nmod"""
TOWN_OF = """Ana@PER/PROPN/0/root ,/PUNCT/3/punct mayor/NOUN/1/appos of/ADP/6/case the/DET/6/det
    town/NOUN/3/nmod of/ADP/8/case Zorba@LOC/PROPN/6/nmod"""
ATTORNEY = """Zorba@LOC/PROPN/3/nmod:poss 's/PART/1/case attorney/NOUN/0/root general/NOUN/3/amod
    Ana@PER/PROPN/4/appos"""
COUNTED = """Zorba@LOC/PROPN/0/root ,/PUNCT/5/punct 30/NUM/5/nummod in/ADP/5/case Jolla@LOC/PROPN/1/nmod"""
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
        pytest.param(SEATED, ["Ana HOLDS_POSITION Senate"], id="body of a title"),
        pytest.param(SEATED_BY_NOUN, ["Ana MEMBER_OF Zorba Trade Committee"], id="body of a noun"),
        pytest.param(ANAPHOR, [], id="nobody is said to sit there"),
        pytest.param(LOCAL, ["Ana HOLDS_POSITION Zorba"], id="local title without place"),
        pytest.param(DEPUTY, [], id="one of several deputies"),
        pytest.param(TITLED_NAME, ["Ana HOLDS_POSITION Peru"], id="title in a name"),
        pytest.param(HEADED, ["Ana HOLDS_POSITION government"], id="head of a government"),
        pytest.param(SERVED, ["Ana HOLDS_POSITION Zorba"], id="served as"),
        pytest.param(APPOINTED, ["Ana HOLDS_POSITION Zorba"], id="appointed as"),
        pytest.param(TENURE, ["Ana HOLDS_POSITION Peru"], id="time in office"),
        pytest.param(PARTY, ["Ana MEMBER_OF Democratic Party"], id="a Democrat"),
        pytest.param(
            PARTIES, ["Ana MEMBER_OF Democratic Party", "Bo MEMBER_OF Democratic Party"], id="both Democrats"
        ),
        pytest.param(BRACKET, ["Ana MEMBER_OF Democratic Party"], id="party in brackets"),
        pytest.param(
            SUCH_AS, ["Ana MEMBER_OF Democratic Party", "Bo MEMBER_OF Democratic Party"], id="such as"
        ),
        pytest.param(CAMP, ["scientists MEMBER_OF Greenpeace"], id="group of a body"),
        pytest.param(SPEAKER, ["Ana PARTICIPATES_IN summit"], id="speaker at an event"),
        pytest.param(ISLAND, ["Zorba LOCATED_IN Peru"], id="island of a state"),
        pytest.param(PROVINCE, ["Jolla LOCATED_IN Zorba"], id="place in a province"),
        pytest.param(NATIONAL_OF, ["Ana CITIZEN_OF Peru"], id="national of a state"),
        pytest.param(BRANCH, ["Zorba Agency PART_OF Peru"], id="part of a state"),
        pytest.param(
            STATE_OWNED, ["Peru OWNS Zorco", "Zorco LOCATED_IN Peru"], id="owned by the state that it is in"
        ),
        pytest.param(COMPOUND, ["Zorco LOCATED_IN Peru"], id="based in a state"),
        pytest.param(LED, ["Peru PARTICIPATES_IN Peru - led war"], id="led by a state"),
        pytest.param(BACKED, ["Peru SUPPORT Peru - backed rebels"], id="backed by a state"),
        pytest.param(ALLY, ["Chile ALLY_OF Peru"], id="ally of a state"),
        pytest.param(COUNTERPART, ["Bo HOLDS_POSITION Peru"], id="counterpart"),
        pytest.param(OWNER, ["Ana OWNS Zorco"], id="owner"),
        pytest.param(WORK, ["Ana OTHER film", "Bo OTHER film"], id="work of two"),
        pytest.param(CANDIDATE, ["Ana OTHER Peru"], id="candidate in a state"),
        pytest.param(VENUE, ["protests LOCATED_IN Zorba"], id="where an event happens"),
        pytest.param(NO_VENUE, [], id="what an event does elsewhere"),
        pytest.param(FROM, ["Ana LOCATED_IN Zorba"], id="from a place"),
        pytest.param(FROM_ROW, ["Ana CITIZEN_OF Peru", "Bo CITIZEN_OF Peru"], id="two of a state"),
        pytest.param(SENATOR_OF, ["Ana HOLDS_POSITION Zorba"], id="title with its place"),
        pytest.param(IS_FROM, ["Ana LOCATED_IN Zorba"], id="is from a place"),
        pytest.param(TRADE, ["Ana HOLDS_POSITION Zorco"], id="unknown noun at a body"),
        pytest.param(OWN_BAND, ["Ana MEMBER_OF Zorco"], id="band of one's own"),
        pytest.param(PART_FIRST, ["Zorco School of Law PART_OF Zorco"], id="part by its name"),
        pytest.param(NAME_SAKE, [], id="name that only begins alike"),
        pytest.param(LOCATED, ["Zorco LOCATED_IN Zorba"], id="located near"),
        pytest.param(BOTH_IN, ["Greenpeace LOCATED_IN Zorba", "Zorco LOCATED_IN Zorba"], id="both in"),
        pytest.param(ASSET, ["Zorco OWNS Zorba telescope"], id="thing of a body"),
        pytest.param(LOCALITY, ["Zorco LOCATED_IN Zorba"], id="body of a town"),
        pytest.param(AIDE, ["Bo HOLDS_POSITION Ana"], id="aide of a person"),
        pytest.param(
            SURVIVED, ["Bea FAMILY_OF Ana", "Bo FAMILY_OF Ana", "Cem FAMILY_OF Ana"], id="kin in a row"
        ),
        pytest.param(RAN_AS, ["Ana MEMBER_OF Democratic Party"], id="ran as a Democrat"),
        pytest.param(JOINED, ["Ana HOLDS_POSITION Zorco"], id="title joined to a name"),
        pytest.param(VETERAN, ["Ana PARTICIPATES_IN Zorba War"], id="veteran of a war"),
        pytest.param(ONE_OF, ["Ana HOLDS_POSITION Zorco"], id="one of several"),
        pytest.param(LISTED, ["Ana MEMBER_OF Zorco", "Bo MEMBER_OF Zorco"], id="list of members"),
        pytest.param(AGED, ["Ana LOCATED_IN Zorba"], id="age between"),
        pytest.param(WHOSE, ["Bo FAMILY_OF Ana"], id="whose kin"),
        pytest.param(ROW, ["Ana HOLDS_POSITION Greenpeace", "Bo HOLDS_POSITION Zorco"], id="titles in a row"),
        pytest.param(TOWN_OF, ["Ana HOLDS_POSITION Zorba"], id="town with its name"),
        pytest.param(ATTORNEY, ["Ana HOLDS_POSITION Zorba"], id="title with the adjective last"),
        pytest.param(COUNTED, [], id="numbers of two places"),
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
        pytest.param(SEATED, "seat implied", id="seat"),
        pytest.param(SEATED_BY_NOUN, "seat described", id="described seat"),
        pytest.param(LOCAL, "post local", id="local"),
        pytest.param(SERVED, "served", id="served"),
        pytest.param(BRACKET, "party bracketed", id="party"),
        pytest.param(BACKED, "compound SUPPORT", id="compound"),
        pytest.param(ALLY, "tie ALLY_OF", id="tie"),
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
        "post", "implied_post", "local_post", "titled_name", "headed", "seat", "served", "tenure", "party",
        "family", "affiliation", "camp", "attendance", "situation", "province", "setting", "venue", "capital",
        "citizen", "nationality", "branch", "state_owned", "compound", "tie", "counterpart", "ownership",
        "authorship", "origin", "origin_said", "trade", "own_body", "named_part", "located", "both_in",
        "asset",
    }  # fmt: skip
    assert {rule.__name__ for rule in RULES} == tested


def test_rules_give_nothing_for_the_kinds_that_they_are_not_asked_of() -> None:
    trees = [value for name, value in globals().items() if name.isupper() and isinstance(value, str)]
    assert trees
    for scene in map(scene_of, trees):
        asked = [phrase for phrase in scene.doc._.phrases if phrase.kind is not MentionKind.PRONOUN]
        assert list(state_drafts(scene)) == [d for p in asked for rule in RULES for d in rule(scene, p)]
