"""What it takes to find a phrase in a tree."""

from __future__ import annotations

import pytest

from kg.actors.phrases import given_names, is_plural, left_edge, nominal_of, nominals, nouns_of, singular
from tests.sentences import parsed


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        pytest.param("minister/NOUN/0/root", "minister", id="one word"),
        pytest.param("prime/ADJ/2/amod minister/NOUN/0/root", "prime minister", id="two words"),
        pytest.param("ministers=minister/NOUN/0/root", "minister", id="plural by its lemma"),
        pytest.param("ministers/NOUN/0/root", "minister", id="plural without a lemma"),
        pytest.param("head/NOUN/0/root of/ADP/3/case state/NOUN/1/nmod", "head of state", id="with of"),
    ],
)
def test_nominal_of_finds_the_longest_entry(text: str, lemma: str) -> None:
    doc = parsed(text)
    found = nominal_of(
        next(token for token in reversed(doc) if token.pos_ == "NOUN" and token.dep_ == "ROOT")
    )
    assert found is not None
    assert found.lemma == lemma


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("weather/NOUN/0/root", id="no actor"),
        pytest.param("minister/VERB/0/root", id="no noun"),
    ],
)
def test_nominal_of_is_none(text: str) -> None:
    assert nominal_of(parsed(text)[0]) is None


def test_nominal_of_stays_in_its_sentence() -> None:
    found = nominal_of(parsed("prime/ADJ/0/root | minister/NOUN/0/root")[1])
    assert found is not None
    assert found.lemma == "minister"


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("leaders", "leader"),
        ("parties", "party"),
        ("policemen", "policeman"),
        ("ties", "tie"),
        ("omen", "omen"),
        ("class", "class"),
        ("crisis", "crisis"),
        ("status", "status"),
        ("state", "state"),
    ],
)
def test_singular(word: str, found: str) -> None:
    assert singular(word) == found


@pytest.mark.parametrize(
    ("text", "head", "edge"),
    [
        pytest.param("the/DET/3/det new/ADJ/3/amod law/NOUN/0/root", 2, 1, id="not the determiner"),
        pytest.param("defence/NOUN/2/compound minister/NOUN/0/root", 1, 0, id="compound"),
        pytest.param("very/ADV/2/advmod new/ADJ/3/amod law/NOUN/0/root", 2, 1, id="not the adverb"),
        pytest.param("Peru/PROPN/3/nmod:poss 's/PART/1/case law/NOUN/0/root", 2, 2, id="not the possessor"),
        pytest.param("two/NUM/2/nummod laws/NOUN/0/root", 1, 1, id="not the number"),
        pytest.param(
            "air/NOUN/3/compound defence/NOUN/1/conj force/NOUN/0/root", 2, 2, id="an unbroken run only"
        ),
    ],
)
def test_left_edge(text: str, head: int, edge: int) -> None:
    assert left_edge(parsed(text)[head]) == edge


def test_is_plural_is_told_by_morphology() -> None:
    doc = parsed("laws/NOUN/0/root/Number=Plur | law/NOUN/0/root/Number=Sing")
    assert [is_plural(token) for token in doc] == [True, False]


def test_nouns_of_gives_nouns_and_names_in_order() -> None:
    doc = parsed("Ana/PROPN/2/nsubj saw=see/VERB/0/root him/PRON/2/obj leaders/NOUN/2/obl")
    assert [token.text for token in nouns_of(doc)] == ["Ana", "leaders"]


def test_nominals_are_lower_case_and_typed() -> None:
    assert all(lemma == lemma.lower() and entry.trait for lemma, entry in nominals().items())


def test_given_names_say_one_gender() -> None:
    assert set(given_names().values()) == {"f", "m"}
