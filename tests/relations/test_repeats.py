"""What is said more than once is one relation."""

from __future__ import annotations

import pytest

from kg.relations.repeats import agreed, surest
from kg.types import Article, Relation, Status
from tests.builders import make_entity, make_relation

ARTICLE = Article(id="a1", text="")
LIMA = make_entity("Lima")


def relation(subject: str = "Ana", object_: str = "Bo", **fields: object) -> Relation:
    return make_relation(ARTICLE, make_entity(subject), "meet", make_entity(object_), **fields)


def test_surest_of_equal_relations_stays() -> None:
    found = surest([relation(confidence=0.3), relation(confidence=0.8), relation(confidence=0.5)])
    assert [each.confidence for each in found] == [0.8]


@pytest.mark.parametrize(
    ("other", "count"),
    [
        pytest.param({"status": Status.PLANNED}, 2, id="another status"),
        pytest.param({"relation_class": "AGREE"}, 2, id="another class"),
        pytest.param({"object_": "Cy"}, 2, id="another object"),
        pytest.param({"property": "visits"}, 1, id="another property"),
        pytest.param({"subject": "Bo", "object_": "Ana"}, 2, id="turned round"),
        pytest.param({"subject": "Bo", "object_": "Ana", "symmetric": True}, 1, id="symmetric and turned"),
    ],
)
def test_surest_compares_ends_class_and_status(other: dict[str, object], count: int) -> None:
    symmetric = bool(other.get("symmetric", False))
    assert len(surest([relation(symmetric=symmetric), relation(**other)])) == count


def test_time_and_place_of_a_repeat_are_taken() -> None:
    (found,) = surest([relation(confidence=0.9), relation(confidence=0.5, time="2020-05", place=LIMA)])
    assert (found.confidence, found.time, found.place) == (0.9, "2020-05", LIMA)


def test_time_of_the_surest_stays() -> None:
    (found,) = surest([relation(confidence=0.9, time="2019"), relation(confidence=0.5, time="2020-05")])
    assert found.time == "2019"


def test_times_that_disagree_are_not_taken() -> None:
    group = [
        relation(confidence=0.9),
        relation(time="2019-05", confidence=0.5),
        relation(time="2020", confidence=0.4),
    ]
    assert [found.time for found in surest(group)] == [None]


def test_time_of_another_act_is_not_taken() -> None:
    other = make_relation(
        ARTICLE, make_entity("Ana"), "phone", make_entity("Bo"), time="2020", confidence=0.5
    )
    assert [found.time for found in surest([relation(confidence=0.9, property=None), other])] == [None]


def test_what_the_article_says_itself_is_nobodys_claim() -> None:
    (found,) = surest([relation(confidence=0.9, attribution=LIMA), relation(confidence=0.5)])
    assert found.attribution is None


def test_claim_that_all_tellings_make_stays() -> None:
    (found,) = surest(
        [relation(confidence=0.9, attribution=LIMA), relation(confidence=0.5, attribution=LIMA)]
    )
    assert found.attribution == LIMA


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ({"2019", "2019-05"}, "2019-05"),
        ({"2018", "2019-05"}, None),
        ({"2019-05", "2019-06"}, None),
        (set(), None),
    ],
)
def test_agreed(times: set[str], expected: str | None) -> None:
    assert agreed(times) == expected
