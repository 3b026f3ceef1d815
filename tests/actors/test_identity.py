"""What syntax says of two phrases, by trees that are written out."""

from __future__ import annotations

import pytest
import spacy

from kg.actors.identity import are_compatible, coordinated, owners, phrase_at, same_by_syntax
from kg.actors.mentions import Mentions
from kg.types import EntityType
from tests.sentences import parsed

APPOSITION = "Ana@PER/PROPN/0/root ,/PUNCT/4/punct the/DET/4/det minister/NOUN/1/appos"
TITLE = "President/NOUN/2/nmod:desc Ana@PER/PROPN/0/root"
COPULA = "Ana@PER/PROPN/4/nsubj is=be/AUX/4/cop the/DET/4/det president/NOUN/0/root"
NEGATED = """Ana@PER/PROPN/5/nsubj is=be/AUX/5/cop not/PART/5/advmod the/DET/5/det
    president/NOUN/0/root"""
ORIGIN = "Ana@PER/PROPN/4/nsubj is=be/AUX/4/cop from/ADP/4/case government/NOUN/0/root"
BECAME = "Ana@PER/PROPN/2/nsubj became=become/VERB/0/root president/NOUN/2/xcomp"
NAMED_NEXT = """President/NOUN/4/dep of/ADP/3/case Peru/PROPN/1/nmod Ana@PER/PROPN/0/root"""
COMMA_NEXT = """minister/NOUN/0/root ,/PUNCT/3/punct Ana@PER/PROPN/1/dep"""
FAR = "minister/NOUN/2/nsubj met=meet/VERB/0/root Ana@PER/PROPN/2/obj"
PLURAL = "Ana@PER/PROPN/0/root ,/PUNCT/3/punct ministers=minister/NOUN/1/appos/Number=Plur"
COMPANY = "Ana@PER/PROPN/0/root ,/PUNCT/3/punct company/NOUN/1/appos"


def document(text: str):
    """A document with its phrases."""
    return Mentions(spacy.blank("en"), "kg_mentions")(parsed(text))


@pytest.mark.parametrize(
    ("text", "same"),
    [
        pytest.param(APPOSITION, True, id="apposition"),
        pytest.param(TITLE, True, id="title"),
        pytest.param(COPULA, True, id="copula"),
        pytest.param(NEGATED, False, id="negated copula"),
        pytest.param(ORIGIN, False, id="copula with a preposition"),
        pytest.param(BECAME, True, id="became"),
        pytest.param(COMMA_NEXT, False, id="only a comma between"),
        pytest.param(FAR, False, id="verb between"),
        pytest.param(PLURAL, False, id="one and several"),
        pytest.param(COMPANY, False, id="person and company"),
    ],
)
def test_same_by_syntax(text: str, same: bool) -> None:
    assert bool(set(same_by_syntax(document(text)))) is same


def test_name_follows_the_complement_of_its_title() -> None:
    doc = document(NAMED_NEXT)
    names = [phrase.name for phrase in doc._.phrases]
    assert [(names[one], names[other]) for one, other in same_by_syntax(doc)] == [("President", "Ana")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            "Peru/PROPN/3/nmod:poss 's/PART/1/case president/NOUN/0/root", ["poss Peru"], id="possessor"
        ),
        pytest.param("Peruvian/ADJ/2/amod president/NOUN/0/root", ["modifier Peruvian"], id="nationality"),
        pytest.param(
            "president/NOUN/0/root of/ADP/3/case Peru/PROPN/1/nmod", ["of Peru"], id="preposition"
        ),
        pytest.param(
            "president/NOUN/0/root of/ADP/3/case Peru/PROPN/1/nmod and/CCONJ/5/cc Chile/PROPN/3/conj",
            ["of Peru", "of Chile"], id="coordinated",
        ),
        pytest.param(
            "Peruvian/ADJ/3/amod foreign/ADJ/3/amod president/NOUN/0/root in/ADP/5/case Rome/PROPN/3/nmod",
            ["modifier foreign", "modifier Peruvian", "in Rome"], id="nearest first",
        ),
        pytest.param("president/NOUN/0/root despite/ADP/3/case Peru/PROPN/1/nmod", [], id="no owner"),
        pytest.param(
            "President/NOUN/2/nmod:desc Ana@PER/PROPN/0/root of/ADP/4/case Peru/PROPN/2/nmod", ["of Peru"],
            id="behind the name",
        ),
    ],
)  # fmt: skip
def test_owners_of_a_title(text: str, found: list[str]) -> None:
    doc = document(text)
    title = next(phrase for phrase in doc._.phrases if doc[phrase.head].lower_ == "president")
    assert sorted(f"{way} {token.text}" for way, token in owners(doc, title)) == sorted(found)


def test_nearest_owner_comes_first() -> None:
    doc = document("Peru/PROPN/2/nmod:poss president/NOUN/0/root of/ADP/4/case Chile/PROPN/2/nmod")
    title = next(phrase for phrase in doc._.phrases if phrase.kind == "nominal")
    assert [token.text for _, token in owners(doc, title)] == ["Peru", "Chile"]


@pytest.mark.parametrize(
    ("one", "other", "fit"),
    [
        pytest.param(EntityType.PERSON, EntityType.PERSON, True, id="same"),
        pytest.param(EntityType.PERSON, None, True, id="pronoun"),
        pytest.param(EntityType.ORGANIZATION, EntityType.COUNTRY, True, id="state as a body"),
        pytest.param(EntityType.PLACE, EntityType.COUNTRY, True, id="state as a place"),
        pytest.param(EntityType.PERSON, EntityType.COUNTRY, False, id="person and state"),
        pytest.param(EntityType.EVENT, EntityType.PLACE, False, id="event and place"),
    ],
)
def test_are_compatible(one: EntityType, other: EntityType | None, fit: bool) -> None:
    assert are_compatible(one, other) is are_compatible(other, one) is fit


def test_coordinated_gives_the_row() -> None:
    doc = parsed("A/PROPN/0/root B/PROPN/1/conj and/CCONJ/4/cc C/PROPN/1/conj")
    assert [token.text for token in coordinated(doc[0])] == ["A", "B", "C"]


def test_name_wins_over_a_nominal_on_its_token() -> None:
    doc = document(TITLE)
    assert {doc[head].text: doc._.phrases[index].name for head, index in phrase_at(doc).items()} == {
        "President": "President",
        "Ana": "Ana",
    }
