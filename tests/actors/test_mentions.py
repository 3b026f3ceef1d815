"""Which words of a document may stand for an entity."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc

from kg.actors.mentions import Mentions, with_last_syllable
from kg.actors.phrases import Phrase
from kg.types import EntityType
from tests.sentences import parsed


def phrases(text: str) -> list[Phrase]:
    return list(Mentions(spacy.blank("en"), "kg_mentions").predict(parsed(text)))


def read(phrase: Phrase) -> str:
    return f"{phrase.kind} {phrase.type} {phrase.name}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ana@PER/PROPN/0/root Bell@+/PROPN/1/flat", ["name person Ana Bell"], id="person"),
        pytest.param("Peru/PROPN/0/root", ["name country Peru"], id="state by the registry"),
        pytest.param("Peruvian/ADJ/2/amod law/NOUN/0/root", "name country Peruvian", id="nationality"),
        pytest.param("the/DET/2/det company/NOUN/0/root", ["nominal organization company"], id="nominal"),
        pytest.param(
            "foreign/ADJ/2/amod minister/NOUN/0/root",
            ["nominal person foreign minister"],
            id="with modifiers",
        ),
        pytest.param("leaders=leader/NOUN/0/root/Number=Plur", ["nominal group leaders"], id="people"),
        pytest.param("They/PRON/2/nsubj left=leave/VERB/0/root", ["pronoun None They"], id="pronoun"),
        pytest.param("It/DET/2/det left=leave/VERB/0/root", ["pronoun None It"], id="tagged as a determiner"),
        pytest.param("rain/NOUN/0/root", ["nominal None rain"], id="no actor"),
        pytest.param("I/PRON/2/nsubj left=leave/VERB/0/root", ["pronoun None I"], id="first person"),
        pytest.param("It/PRON/2/expl rained=rain/VERB/0/root", [], id="expletive"),
        pytest.param(
            "defence/NOUN/2/compound talks=talk/NOUN/0/root",
            ["nominal event defence talks", "nominal None defence"],
            id="event and what it is about",
        ),
    ],
)
def test_phrases(text: str, expected: list[str] | str) -> None:
    found = [read(phrase) for phrase in phrases(text)]
    assert expected in found if isinstance(expected, str) else found == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("The@ORG/DET/2/det Zorba@+/PROPN/0/root", "Zorba", id="determiner"),
        pytest.param("Minister@PER/NOUN/2/nmod:desc Ana@+/PROPN/0/root", "Ana", id="title"),
        pytest.param("Ana@PER/PROPN/3/nmod:poss 's@+/PART/1/case law/NOUN/0/root", "Ana", id="possessive"),
        pytest.param("“@ORG/PUNCT/2/punct Zorba@+/PROPN/0/root ”@+/PUNCT/2/punct", "Zorba", id="quotes"),
    ],
)
def test_name_is_trimmed(text: str, name: str) -> None:
    assert name in [phrase.name for phrase in phrases(text) if phrase.kind == "name"]


def test_name_of_nothing_but_small_words_is_none() -> None:
    assert [phrase.kind for phrase in phrases("the@ORG/DET/2/det rain@+/NOUN/0/root")] == ["nominal"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("a/DET/2/det Peruvian/PROPN/3/nsubj left=leave/VERB/0/root", [], id="one of a nation"),
        pytest.param("the/DET/2/det Peruvian/ADJ/3/nsubj left=leave/VERB/0/root", [], id="the one"),
        pytest.param(
            "the/DET/2/det Peruvians=Peruvian/NOUN/3/nsubj/Number=Plur left=leave/VERB/0/root",
            ["Peruvians"],
            id="people",
        ),
        pytest.param("the/DET/2/det British/ADJ/3/nsubj left=leave/VERB/0/root", ["British"], id="no plural"),
        pytest.param("a/DET/2/det Briton/NOUN/3/nsubj left=leave/VERB/0/root", [], id="one Briton"),
        pytest.param(
            "a/DET/2/det Peruvian/NOUN/4/nsubj Ana@PER/PROPN/2/appos left=leave/VERB/0/root",
            ["Peruvian", "Ana"],
            id="says what she is",
        ),
        pytest.param(
            "ran=run/VERB/0/root as/ADP/4/case a/DET/4/det Peruvian/NOUN/1/obl", ["Peruvian"], id="as one"
        ),
        pytest.param(
            "said=say/VERB/0/root so/ADV/1/advmod in/ADP/4/case French/PROPN/1/obl and/CCONJ/6/cc "
            "English/PROPN/4/conj",
            [],
            id="languages",
        ),
        pytest.param(
            "told=tell/VERB/0/root Weekly/PROPN/3/amod Peruvian/PROPN/1/iobj",
            [],
            id="part of a name that nobody found",
        ),
        pytest.param(
            "Peruvian/ADJ/4/amod and/CCONJ/3/cc Bolivian/ADJ/1/conj ministers/NOUN/0/root/Number=Plur",
            ["Peruvian", "Bolivian"],
            id="two nations",
        ),
    ],
)
def test_nationality_of_one_person_is_no_state(text: str, names: list[str]) -> None:
    assert [phrase.name for phrase in phrases(text) if phrase.kind == "name"] == names


@pytest.mark.parametrize(
    ("text", "trait"),
    [
        pytest.param(
            "Bo/PROPN/0/root of/ADP/3/case Allen@LOC/PROPN/1/nmod ,/PUNCT/5/punct Zorba@LOC/PROPN/3/nmod",
            "address",
            id="in a place",
        ),
        pytest.param(
            "Allen@LOC/PROPN/0/root ,/PUNCT/3/punct Zorba@LOC/PROPN/1/appos", "", id="not in or of it"
        ),
        pytest.param(
            "of/ADP/2/case Allen@LOC/PROPN/0/root ,/PUNCT/4/punct Zorba@ORG/PROPN/2/appos",
            "",
            id="behind it no place",
        ),
        pytest.param("of/ADP/2/case Allen@LOC/PROPN/0/root", "", id="nothing behind it"),
    ],
)
def test_place_within_another_is_marked(text: str, trait: str) -> None:
    (found,) = (phrase for phrase in phrases(text) if phrase.name == "Allen")
    assert found.trait == trait


def test_state_within_a_longer_name_is_a_part_of_it() -> None:
    found = phrases(
        "Bank@ORG/PROPN/0/root of@+/ADP/3/case Zorba@+/PROPN/1/nmod and/CCONJ/5/cc Peru/PROPN/1/conj"
    )
    assert [phrase.name for phrase in found] == ["Bank of Zorba", "Peru"]
    inside = phrases("Peru@ORG/PROPN/2/compound Railways@+/PROPN/0/root")
    assert [read(phrase) for phrase in inside] == ["name organization Peru Railways"]


def test_row_of_states_is_no_longer_name() -> None:
    text = "Peru@ORG/PROPN/4/compound -@+/PUNCT/3/punct Chile@+/PROPN/1/flat talks=talk/NOUN/0/root"
    assert {"Peru", "Chile"} <= {phrase.name for phrase in phrases(text)}


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        pytest.param("Lima/PROPN/2/nsubj condemned=condemn/VERB/0/root it/PRON/2/obj", "country", id="acts"),
        pytest.param("They/PRON/2/nsubj met/VERB/0/root in/ADP/4/case Lima/PROPN/2/obl", "place", id="in"),
        pytest.param("talks=talk/NOUN/0/root with/ADP/3/case Lima/PROPN/1/nmod", "country", id="with"),
        pytest.param("Lima/PROPN/3/nmod:poss 's/PART/1/case policy/NOUN/0/root", "country", id="governs"),
        pytest.param("Lima/PROPN/3/nmod:poss 's/PART/1/case beaches=beach/NOUN/0/root", "place", id="has"),
        pytest.param("They/PRON/2/nsubj accuse/VERB/0/root Lima/PROPN/2/obj", "country", id="is accused"),
        pytest.param("They/PRON/2/nsubj visit/VERB/0/root Lima/PROPN/2/obj", "place", id="is visited"),
        pytest.param(
            "Ana@PER/PROPN/4/nsubj and/CCONJ/3/cc Lima/PROPN/1/conj agreed=agree/VERB/0/root", "country",
            id="coordinated",
        ),
        pytest.param("Lima/PROPN/3/nsubj is=be/AUX/3/cop large/ADJ/0/root", "place", id="is something"),
    ],
)  # fmt: skip
def test_capital_that_acts_is_the_state(text: str, type_: str) -> None:
    assert [phrase.type for phrase in phrases(text) if phrase.name == "Lima"] == [type_]


def test_titled_name_is_a_person() -> None:
    found = phrases("President/NOUN/2/nmod:desc Zorba@LOC/PROPN/0/root")
    assert [phrase.type for phrase in found if phrase.name == "Zorba"] == [EntityType.PERSON]


def test_name_after_a_comma_keeps_its_type() -> None:
    found = phrases("Zorba@LOC/PROPN/0/root ,/PUNCT/1/punct president/NOUN/1/appos")
    assert [phrase.type for phrase in found if phrase.name == "Zorba"] == [EntityType.PLACE]


def test_phrases_are_in_the_order_of_the_text() -> None:
    found = phrases(
        "They/PRON/2/nsubj met=meet/VERB/0/root Ana@PER/PROPN/2/obj and/CCONJ/5/cc"
        " officials=official/NOUN/3/conj"
    )
    assert [phrase.start for phrase in found] == sorted(phrase.start for phrase in found)


def test_component_sets_the_extension() -> None:
    component = Mentions(spacy.blank("en"), "kg_mentions")
    doc = component(parsed("Peru/PROPN/0/root"))
    assert doc._.phrases == component.predict(doc)


@pytest.mark.parametrize(
    ("second", "is_name"), [("hye", True), ("in", True), ("led", False), ("backed", False)]
)
def test_cut_given_name_is_whole_again(second: str, is_name: bool) -> None:
    words, spaces = ["Park", "Geun", "-", second], [True, False, False, False]
    doc = Doc(spacy.blank("en").vocab, words=words, spaces=spaces)
    assert with_last_syllable(doc, 0, 2, "PER") == (4 if is_name else 2)
    assert with_last_syllable(doc, 0, 2, "ORG") == 2


def test_half_behind_a_surname_alone_is_no_name() -> None:
    doc = Doc(spacy.blank("en").vocab, words=["Park", "-", "run"], spaces=[False, False, False])
    assert with_last_syllable(doc, 0, 1, "PER") == 1


@pytest.mark.parametrize("first", ["Park", "Bill", "Ban"])
def test_name_that_is_a_noun_too_stays(first: str) -> None:
    assert read(phrases(f"{first}@PER/PROPN/0/root Cole@+/PROPN/1/flat")[0]) == f"name person {first} Cole"
