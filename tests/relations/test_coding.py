"""Event coding by PLOVER's conventions, on trees that are written out."""

from __future__ import annotations

import pytest

from kg.relations.classification import Lexicon
from kg.relations.coding import code_events
from tests.relations.lexicons import make_class, make_lexicon
from tests.sentences import parsed, with_entities

VISITED = "Peru/PROPN/2/nsubj visited=visit/VERB/0/root Chile/PROPN/2/obj"
WILL_VISIT = "Peru/PROPN/3/nsubj will/AUX/3/aux visit/VERB/0/root Chile/PROPN/3/obj"
WILL_ATTACK = "Peru/PROPN/3/nsubj will/AUX/3/aux attack/VERB/0/root Chile/PROPN/3/obj"
NOT_VISITED = """Peru/PROPN/4/nsubj did/AUX/4/aux not/PART/4/advmod visit/VERB/0/root
    Chile/PROPN/4/obj"""
DENIED = "Peru/PROPN/4/nsubj did/AUX/4/aux not/PART/4/advmod attack/VERB/0/root Chile/PROPN/4/obj"
RECEIVED = """Peru/PROPN/2/nsubj received=receive/VERB/0/root aid/NOUN/2/obj from/ADP/5/case
    Chile/PROPN/3/nmod"""
OBLIGED = """Peru/PROPN/2/nsubj said=say/VERB/0/root Chile/PROPN/5/nsubj must/AUX/5/aux
    leave/VERB/2/ccomp"""
MET = "Peru/PROPN/4/nsubj and/CCONJ/3/cc Chile/PROPN/1/conj met=meet/VERB/0/root"
PROTESTED = """students=student/NOUN/4/nsubj in/ADP/3/case Peru/PROPN/1/nmod
    demonstrated=demonstrate/VERB/0/root/Tense=Past"""
ATTACKED_HOMES = """Peru/PROPN/2/nsubj attacked=attack/VERB/0/root Chilean/ADJ/4/amod huts=hut/NOUN/2/obj"""
ATTACKED_AT_HOME = "Peru/PROPN/2/nsubj attacked=attack/VERB/0/root huts=hut/NOUN/2/obj"
AGENTLESS = """huts=hut/NOUN/3/nsubj:pass were=be/AUX/3/aux:pass attacked=attack/VERB/0/root/Voice=Pass
    in/ADP/5/case Chile/PROPN/3/obl"""
TRIED = """Peru/PROPN/2/nsubj tried=try/VERB/0/root to/PART/4/mark attack/VERB/2/xcomp/VerbForm=Inf
    Chile/PROPN/4/obj"""
ACCUSED = """Amnesty@ORG/PROPN/3/nsubj International@+/PROPN/1/flat attacked=attack/VERB/0/root
    Peru/PROPN/3/obj"""
OFFICER = """Ana@PER/PROPN/4/nsubj of/ADP/3/case UN@ORG/PROPN/1/nmod visited=visit/VERB/0/root
    Peru/PROPN/4/obj"""
BEWILDERED = "Peru/PROPN/2/nsubj bewildered=bewilder/VERB/0/root Chile/PROPN/2/obj"


def lexicon() -> Lexicon:
    return make_lexicon(
        classes=[
            make_class("CONSULT", verbs=["visit", "meet"]),
            make_class("ASSAULT", verbs=["attack"]),
            make_class("PROTEST", verbs=["demonstrate"]),
            make_class("AID", inverse_verbs=["receive aid from"]),
        ]
    )


def coded(text: str) -> list[str]:
    """The events of a document as `source TYPE target`."""
    events = code_events(with_entities(parsed(text)), lexicon())
    return [f"{event.source} {event.type} {event.target}" for event in events]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(VISITED, ["PER CONSULT CHL"], id="done"),
        pytest.param(WILL_VISIT, ["PER AGREE CHL"], id="friendly and announced"),
        pytest.param(WILL_ATTACK, ["PER THREATEN CHL"], id="hostile and announced"),
        pytest.param(NOT_VISITED, ["PER REJECT CHL"], id="friendly and refused"),
        pytest.param(DENIED, [], id="hostile and denied"),
        pytest.param(RECEIVED, ["CHL AID PER"], id="inverse form"),
        pytest.param(OBLIGED, ["PER REQUEST CHL"], id="must"),
        pytest.param(MET, ["PER CONSULT CHL", "CHL CONSULT PER"], id="mutual"),
        pytest.param(PROTESTED, ["PER PROTEST PER"], id="at home"),
        pytest.param(ATTACKED_HOMES, ["PER ASSAULT CHL"], id="country of what is acted on"),
        pytest.param(ATTACKED_AT_HOME, ["PER ASSAULT PER"], id="nobody else named"),
        pytest.param(AGENTLESS, ["CHL ASSAULT CHL"], id="no agent"),
        pytest.param(TRIED, ["PER ASSAULT CHL"], id="attempted"),
        pytest.param(ACCUSED, ["IGO ASSAULT PER"], id="international body"),
        pytest.param(OFFICER, ["IGO CONSULT PER"], id="officer of an international body"),
        pytest.param(BEWILDERED, [], id="no form"),
    ],
)
def test_events_are_coded(text: str, expected: list[str]) -> None:
    assert coded(text) == expected


def test_event_knows_its_sentence() -> None:
    event = code_events(with_entities(parsed(f"{VISITED} | {WILL_ATTACK}")), lexicon())[1]
    assert (event.start, event.end, event.predicate) == (19, 41, "attack")


def test_three_types_of_a_sentence_are_cut_to_the_two_nearest_its_top() -> None:
    text = """Peru/PROPN/2/nsubj visited=visit/VERB/0/root Chile/PROPN/2/obj and/CCONJ/5/cc
        attacked=attack/VERB/2/conj/Tense=Past Cuba/PROPN/5/obj while/SCONJ/9/mark
        Cubans/PROPN/9/nsubj demonstrated=demonstrate/VERB/5/advcl/Tense=Past"""
    assert coded(text) == ["PER CONSULT CHL", "PER ASSAULT CUB"]


def test_entities_that_bear_the_codes_are_told():
    [event] = code_events(with_entities(parsed(ATTACKED_HOMES)), lexicon())
    bearers = [entity and entity.name for entity in (event.source_entity, event.target_entity)]
    assert (event.source, event.target, bearers) == ("PER", "CHL", ["Peru", "Chile"])


def test_code_that_no_word_of_an_end_names_has_no_entity():
    [event] = code_events(with_entities(parsed(ATTACKED_AT_HOME)), lexicon())
    assert (event.target, event.target_entity) == ("PER", None)
