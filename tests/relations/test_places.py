"""Where a predicate happened, by trees made for these tests."""

from __future__ import annotations

import pytest

from kg.relations.places import named_part, place_of
from tests.builders import make_entity
from tests.sentences import scene_of

ENDS = (make_entity("Ana"), make_entity("Bo"))
MET = """Ana@PER/PROPN/2/nsubj met=meet/VERB/0/root/Tense=Past|VerbForm=Fin Bo@PER/PROPN/2/obj in/ADP/5/case
    Peru/PROPN/2/obl"""
NOWHERE = "Ana@PER/PROPN/2/nsubj met=meet/VERB/0/root Bo@PER/PROPN/2/obj"
HELD = "Ana@PER/PROPN/2/nsubj held=hold/VERB/0/root talks=talk/NOUN/2/obj in/ADP/5/case"
CONDEMNED = """Ana@PER/PROPN/2/nsubj condemned=condemn/VERB/0/root attacks=attack/NOUN/2/obj in/ADP/5/case
    Peru/PROPN/3/nmod"""


@pytest.mark.parametrize(
    ("text", "predicate", "place"),
    [
        pytest.param(MET, 1, "Peru", id="at the verb"),
        pytest.param(NOWHERE, 1, None, id="nowhere"),
        pytest.param(f"{HELD} Peru/PROPN/2/obl", 2, "Peru", id="at the verb of an event"),
        pytest.param(f"{HELD} Peru/PROPN/3/nmod", 1, "Peru", id="at the event of a light verb"),
        pytest.param(CONDEMNED, 1, None, id="of the event that is spoken of"),
        pytest.param(CONDEMNED, 2, "Peru", id="of that event itself"),
        pytest.param(
            "Ana@PER/PROPN/2/nsubj left=leave/VERB/0/root for/ADP/4/case Peru/PROPN/2/obl",
            1, None, id="another preposition",
        ),
        pytest.param(
            "Ana@PER/PROPN/2/nsubj met=meet/VERB/0/root Bo@PER/PROPN/2/obj in/ADP/5/case Peru/PROPN/3/nmod",
            1, "Peru", id="hung on a person",
        ),
        pytest.param(
            "On/ADP/2/case Monday@DATE/PROPN/6/obl in/ADP/4/case Peru/PROPN/2/nmod Ana@PER/PROPN/6/nsubj"
            " met=meet/VERB/0/root Bo@PER/PROPN/6/obj",
            5, "Peru", id="hung on a date",
        ),
        pytest.param(
            "Ana@PER/PROPN/2/nsubj spoke=speak/VERB/0/root in/ADP/4/case Peru/PROPN/2/obl"
            " praising=praise/VERB/2/advcl/VerbForm=Part Bo@PER/PROPN/5/obj",
            4, "Peru", id="of the main verb",
        ),
        pytest.param(
            "Ana@PER/PROPN/2/nsubj met=meet/VERB/0/root Bo@PER/PROPN/2/obj in/ADP/6/case a/DET/6/det"
            " prison/NOUN/2/obl",
            1, None, id="no place that is named",
        ),
    ],
)  # fmt: skip
def test_place_of(text: str, predicate: int, place: str | None) -> None:
    scene = scene_of(text)
    found = place_of(scene, scene.doc[predicate], ENDS)
    assert (found.name if found else None) == place


def test_end_of_a_relation_is_no_place_of_it() -> None:
    scene = scene_of(MET)
    peru = scene.entities(scene.doc[4])[0]
    assert place_of(scene, scene.doc[1], (make_entity("Ana"), peru)) is None


def test_named_part_is_what_follows_of() -> None:
    scene = scene_of(
        "Ana@PER/PROPN/2/nsubj left=leave/VERB/0/root the/DET/4/det republic/NOUN/2/obj"
        " of/ADP/6/case Peru/PROPN/4/nmod"
    )
    place = named_part(scene, scene.doc[3])
    assert place is not None
    assert place.name == "Peru"


def test_named_part_asks_for_a_kind_of_place() -> None:
    scene = scene_of(
        "Ana@PER/PROPN/2/nsubj left=leave/VERB/0/root the/DET/4/det army/NOUN/2/obj"
        " of/ADP/6/case Peru/PROPN/4/nmod"
    )
    assert named_part(scene, scene.doc[3]) is None
