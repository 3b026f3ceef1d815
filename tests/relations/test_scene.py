"""What the words of a document stand for."""

from __future__ import annotations

import datetime

import pytest

from kg.relations.scene import Scene
from kg.types import Article, EntityType
from tests.sentences import parsed, scene_of, with_entities

BOTH = """Ana@PER/PROPN/4/nsubj and/CCONJ/3/cc Bo@PER/PROPN/1/conj left=leave/VERB/0/root |
    Both/DET/2/det leaders=leader/NOUN/3/nsubj/Number=Plur spoke=speak/VERB/0/root"""
NAMED = "Ana@PER/PROPN/2/nsubj met=meet/VERB/0/root officials=official/NOUN/2/obj/Number=Plur"
PERSON = frozenset({EntityType.PERSON})


def test_word_without_phrase_stands_for_nothing() -> None:
    scene = scene_of(NAMED)
    assert scene.entities(scene.doc[1]) == ()
    assert not scene.stands_for(scene.doc[1])


def test_name_stands_for_one() -> None:
    scene = scene_of(NAMED)
    assert [entity.name for entity in scene.entities(scene.doc[0])] == ["Ana"]
    assert not scene.is_several(scene.doc[0])


def test_both_leaders_stand_for_several() -> None:
    scene = scene_of(BOTH)
    leaders = scene.doc[5]
    assert scene.is_several(leaders)
    assert [entity.name for entity in scene.entities(leaders)] == ["Ana", "Bo"]


@pytest.mark.parametrize(
    ("word", "types", "is_a", "is_named"),
    [
        pytest.param(0, PERSON, True, True, id="a name"),
        pytest.param(0, frozenset({EntityType.COUNTRY}), False, False, id="of another type"),
        pytest.param(2, frozenset({EntityType.GROUP}), True, False, id="described only"),
        pytest.param(1, PERSON, False, False, id="no phrase"),
    ],
)
def test_types(word: int, types: frozenset[EntityType], is_a: bool, is_named: bool) -> None:
    scene = scene_of(NAMED)
    assert scene.is_a(scene.doc[word], types) is is_a
    assert scene.is_named(scene.doc[word], types) is is_named


def test_is_name_tells_named_from_described() -> None:
    scene = scene_of(NAMED)
    assert [scene.is_name(entity) for entity in scene.doc._.entities] == [True, False]


@pytest.mark.parametrize(
    ("text", "state"),
    [
        pytest.param("Ana@PER/PROPN/0/root", None, id="no country"),
        pytest.param("Ana@PER/PROPN/2/nsubj left=leave/VERB/0/root Peru/PROPN/2/obj", None, id="named once"),
        pytest.param(
            "Ana@PER/PROPN/2/nsubj left=leave/VERB/0/root Peru/PROPN/2/obj | Peru/PROPN/0/root",
            "Peru", id="named twice",
        ),
        pytest.param(
            "Ana@PER/PROPN/2/nsubj left=leave/VERB/0/root Peru/PROPN/2/obj | Peru/PROPN/0/root |"
            " Chile/PROPN/0/root | Chile/PROPN/0/root",
            None, id="as often as another",
        ),
    ],
)  # fmt: skip
def test_state_of_somebody_unknown(text: str, state: str | None) -> None:
    scene = scene_of(text)
    found = scene.state_of(scene.doc[0])
    assert (found.text if found is not None else None) == state


def test_state_of_a_known_leader_is_his_own() -> None:
    text = """Emmanuel@PER/PROPN/3/nsubj Macron@+/PROPN/1/flat left=leave/VERB/0/root Peru/PROPN/3/obj |
        Peru/PROPN/0/root | Peru/PROPN/0/root | France/PROPN/0/root"""
    article = Article(id="a1", text="", date=datetime.date(2023, 5, 10))
    scene = Scene(with_entities(parsed(text), article=article))
    found = scene.state_of(scene.doc[0])
    assert found is not None
    assert found.text == "France"


def test_party_is_known_by_its_sector() -> None:
    scene = scene_of("Peru/PROPN/0/root")
    assert not scene.is_party(scene.doc[0])


BODIES = """Zorba@ORG/PROPN/2/compound Senate@+/PROPN/3/nsubj met=meet/VERB/0/root |
    Zorba@ORG/PROPN/2/compound Court@+/PROPN/0/root | Jolla@ORG/PROPN/2/compound Court@+/PROPN/0/root"""
TOWNS = "Zorba@LOC/PROPN/0/root | Jolla@LOC/PROPN/0/root"


@pytest.mark.parametrize(
    ("names", "found"),
    [
        pytest.param(["senate"], "Senate", id="ends in it"),
        pytest.param(["house", "senate"], "Senate", id="the second is tried where nothing bears the first"),
        pytest.param(["court"], None, id="several"),
        pytest.param(["court", "senate"], None, id="several bear the first"),
        pytest.param(["parliament"], None, id="none"),
    ],
)
def test_body_by_its_noun(names: list[str], found: str | None) -> None:
    word = scene_of(BODIES).body_called(names)
    assert (word.text if word is not None else None) == found


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("Zorba@LOC/PROPN/0/root", "Zorba", id="the only one"),
        pytest.param(TOWNS, None, id="one of two"),
        pytest.param(f"{TOWNS} | Zorba@LOC/PROPN/0/root | Zorba@LOC/PROPN/0/root", "Zorba", id="named most"),
        pytest.param("Peru/PROPN/0/root", None, id="a state is no such place"),
    ],
)
def test_place_that_an_article_is_about(text: str, place: str | None) -> None:
    word = scene_of(text).place_of()
    assert (word.text if word is not None else None) == place


def test_country_around_a_capital() -> None:
    scene = scene_of("Nairobi/PROPN/0/root | Kenya/PROPN/0/root")
    found = scene.country_around(scene.doc[0])
    assert found is not None
    assert found.text == "Kenya"


def test_state_that_bodies_are_in_counts() -> None:
    text = """Ana@PER/PROPN/2/nsubj met=meet/VERB/0/root Pentagon/PROPN/2/obj | Pentagon/PROPN/0/root |
        Pentagon/PROPN/0/root | the/DET/2/det US/PROPN/0/root | Peru/PROPN/0/root"""
    scene = scene_of(text)
    found = scene.state_of(scene.doc[0])
    assert found is not None
    assert found.text == "US"


@pytest.mark.parametrize(
    ("name", "is_party"),
    [
        pytest.param("Zorba@ORG/PROPN/2/compound Party@+/PROPN/0/root", True, id="party by its noun"),
        pytest.param("Democrats@ORG/PROPN/0/root/Number=Plur", True, id="party of the registry"),
        pytest.param("Zorba@ORG/PROPN/2/compound Bank@+/PROPN/0/root", False, id="no party"),
    ],
)
def test_party_by_its_name(name: str, is_party: bool) -> None:
    scene = scene_of(name)
    assert scene.is_party(scene.doc[len(scene.doc) - 1]) is is_party


def test_name_and_title_by_place() -> None:
    scene = scene_of("the/DET/2/det president/NOUN/0/root of/ADP/4/case Peru/PROPN/2/nmod")
    name, title = scene.name_at(3), scene.title_until(4)
    assert name is not None
    assert title is not None
    assert (name.name, title.name) == ("Peru", "president")
    assert scene.title_from(1) is title is scene.title_at(scene.doc[1])
    assert scene.name_at(1) is None
    assert scene.is_title_before(2)


def test_word_for_a_name() -> None:
    scene = scene_of("Zorba@ORG/PROPN/2/compound Bank@+/PROPN/0/root")
    word = scene.word_for("zorba bank")
    assert word is not None
    assert word.text == "Bank"
    assert scene.word_for("bank") is None
