"""What lexical forms mean, by a vocabulary made for these tests."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.relations.classification import Lexicon, Meaning, load_lexicon
from kg.types import EntityType
from kg.vocabulary import KG
from tests.relations.lexicons import COUNTRY, PERSON, make_class, make_lexicon, make_property, small_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return small_lexicon()


def names(meanings: tuple[Meaning, ...]) -> list[str | None]:
    """The property of each meaning, else its class."""
    return [meaning.property or meaning.relation_class for meaning in meanings]


def test_verb_form_gives_its_property(lexicon: Lexicon) -> None:
    assert lexicon.verbs["visit"] == (Meaning(relation_class="CONSULT", property="visits", **any_type()),)


def any_type() -> dict[str, frozenset[EntityType]]:
    return {"subject_types": frozenset(EntityType), "object_types": frozenset(EntityType)}


def test_inverse_form_says_so(lexicon: Lexicon) -> None:
    assert lexicon.verbs["receive aid from"][0].is_inverse
    assert not lexicon.verbs["give aid to"][0].is_inverse


def test_property_comes_before_class_of_the_same_form() -> None:
    found = make_lexicon(
        [make_property("hits", "ASSAULT", verbs=["hit"])], [make_class("COERCE", verbs=["hit"])]
    )
    assert names(found.verbs["hit"]) == ["hits", "COERCE"]


@pytest.mark.parametrize(
    ("form", "found"),
    [
        pytest.param("visit to", ["visits"], id="as it stands"),
        pytest.param("talk", ["talksWith", "CONSULT"], id="property of the noun with a partner"),
        pytest.param("talk of", ["talksWith"], id="another preposition of partners"),
        pytest.param("talk about", [], id="no preposition of partners"),
        pytest.param("summit between", ["CONSULT"], id="class alone"),
        pytest.param("rain", [], id="unknown"),
    ],
)
def test_of_noun(lexicon: Lexicon, form: str, found: list[str]) -> None:
    assert names(lexicon.of_noun(form)) == found


def test_of_noun_keeps_the_class_of_the_form() -> None:
    properties = [make_property("fights", "ASSAULT", nouns=["row with"])]
    assert names(make_lexicon(properties, [make_class("ACCUSE", nouns=["row"])]).of_noun("row")) == ["ACCUSE"]


@pytest.mark.parametrize(
    ("form", "noun", "property_"),
    [
        pytest.param("meet", "meet", "meets", id="symmetric itself"),
        pytest.param("talk", "talk", "talksWith", id="with a partner"),
        pytest.param("hold meeting", "meeting", "meets", id="by its noun"),
        pytest.param("visit", "visit", None, id="nothing symmetric"),
    ],
)
def test_reciprocal(lexicon: Lexicon, form: str, noun: str, property_: str | None) -> None:
    found = lexicon.reciprocal(form, "CONSULT", noun=noun)
    assert (found.property, found.is_symmetric) == (property_, True)


@pytest.mark.parametrize(
    ("words", "property_"),
    [
        pytest.param("president of", "presidentOf", id="whole"),
        pytest.param("former vice president of", "presidentOf", id="its end"),
        pytest.param("treasurer of", "holdsPositionIn", id="widest of the class"),
    ],
)
def test_of_state(lexicon: Lexicon, words: str, property_: str) -> None:
    assert lexicon.of_state("HOLDS_POSITION", words).property == property_


def test_of_state_without_property_is_the_class(lexicon: Lexicon) -> None:
    assert lexicon.of_state("MEMBER_OF", "member of") == Meaning(relation_class="MEMBER_OF")


@pytest.mark.parametrize(
    ("ends", "fit"),
    [
        pytest.param((PERSON, COUNTRY), True, id="both"),
        pytest.param((COUNTRY, COUNTRY), False, id="wrong subject"),
        pytest.param((PERSON, PERSON), False, id="wrong object"),
    ],
)
def test_fits(lexicon: Lexicon, ends: tuple[EntityType, EntityType], fit: bool) -> None:
    assert lexicon.nouns["president of"][0].fits(*ends) is fit


def test_meaning_without_types_fits_all() -> None:
    assert Meaning(relation_class="OTHER").fits(EntityType.THING, EntityType.PLACE)


def test_own_forms_come_first() -> None:
    ours = make_property("aids", "AID", verbs=["sponsor"])
    own = replace(make_property("sponsors", "OTHER", verbs=["sponsor"]), iri="https://example.org/sponsors")
    ours = replace(ours, iri=f"{KG.base}aids")
    assert names(make_lexicon([ours, own]).verbs["sponsor"]) == ["sponsors", "aids"]


def test_shipped_lexicon_gives_states_their_widest_property() -> None:
    assert load_lexicon().states["HOLDS_POSITION"].property == "holdsPosition"


@pytest.mark.parametrize(
    ("form", "found"),
    [
        pytest.param("reject proposal", ["rejects", "REJECT"], id="same class"),
        pytest.param("reject visit", ["CONSULT"], id="another class"),
        pytest.param("reject proposal of", ["REJECT"], id="with a preposition"),
        pytest.param("reject in", ["REJECT"], id="a preposition and no noun"),
    ],
)
def test_form_of_a_class_has_the_property_of_its_verb(form: str, found: list[str]) -> None:
    classes = [
        make_class("REJECT", verbs=["reject proposal", "reject proposal of", "reject in"]),
        make_class("CONSULT", verbs=["reject visit"]),
    ]
    verbs = make_lexicon([make_property("rejects", "REJECT", verbs=["reject"])], classes).verbs
    assert names(verbs[form]) == found
