"""Which phrases stand for the same, by trees that are written out: a table for each rule of `antecedents`."""

from __future__ import annotations

import datetime

import pytest

from kg.actors.antecedents import RULES, is_variant, synonyms
from kg.actors.candidates import recent
from kg.actors.coreference import State
from kg.actors.phrases import Phrase
from kg.types import Article, EntityType, MentionKind
from tests.sentences import parsed, with_entities

ARTICLE = Article(id="a1", text="", date=datetime.date(2023, 5, 10))
LEFT = "left=leave/VERB/0/root"
ANA_LEFT = f"Ana@PER/PROPN/3/nsubj Bell@+/PROPN/1/flat {LEFT}"
TWO_PEOPLE = f"Ana@PER/PROPN/4/nsubj and/CCONJ/3/cc Bo@PER/PROPN/1/conj {LEFT}"
TWO_STATES = f"Peru/PROPN/4/nsubj and/CCONJ/3/cc Chile/PROPN/1/conj {LEFT}"
PRESIDENT = f"""Peruvian/ADJ/2/amod President/NOUN/3/nmod:desc Ana@PER/PROPN/5/nsubj Bell@+/PROPN/3/flat
    {LEFT}"""


def clusters(text: str) -> list[list[str]]:
    """The names of the phrases of each cluster that has any, in order."""
    doc = with_entities(parsed(text), article=ARTICLE)
    return [[doc._.phrases[i].name for i in cluster.phrases] for cluster in doc._.clusters if cluster.phrases]


def parts(text: str) -> list[list[str]]:
    """What each plural stands for, by the first phrases of its parts."""
    doc = with_entities(parsed(text), article=ARTICLE)
    found = [cluster.parts for cluster in doc._.clusters if cluster.parts]
    return [[doc._.phrases[doc._.clusters[part].phrases[0]].name for part in row] for row in found]


@pytest.mark.parametrize(
    ("text", "together"),
    [
        pytest.param(f"{ANA_LEFT} | {ANA_LEFT}", ["Ana Bell", "Ana Bell"], id="same name"),
        pytest.param(f"{ANA_LEFT} | Bell@PER/PROPN/2/nsubj {LEFT}", ["Ana Bell", "Bell"], id="surname"),
        pytest.param(
            f"Zorba@ORG/PROPN/4/nsubj Trade@+/PROPN/1/flat Union@+/PROPN/1/flat {LEFT} |"
            f" ZTU@ORG/PROPN/2/nsubj {LEFT}", ["Zorba Trade Union", "ZTU"], id="acronym",
        ),
        pytest.param(f"US/PROPN/2/nsubj {LEFT} | Washington/PROPN/2/nsubj {LEFT}", ["US", "Washington"],
                     id="state and its capital that acts"),
        pytest.param(f"Peru/PROPN/2/nsubj {LEFT} | Peruvian/ADJ/2/amod law/NOUN/0/root", ["Peru", "Peruvian"],
                     id="state and nationality"),
    ],
)  # fmt: skip
def test_names_of_one_are_together(text: str, together: list[str]) -> None:
    assert together in clusters(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{ANA_LEFT} | Ana@PER/PROPN/3/nsubj Cole@+/PROPN/1/flat {LEFT}", id="given name alone"),
        pytest.param(f"Peru/PROPN/2/nsubj {LEFT} | Chile/PROPN/2/nsubj {LEFT}", id="two states"),
        pytest.param(f"Bo@PER/PROPN/2/nsubj {LEFT} | Bob@PER/PROPN/2/nsubj {LEFT}", id="names alike"),
    ],
)
def test_names_of_two_are_apart(text: str) -> None:
    assert [len(cluster) for cluster in clusters(text)] == [1, 1]


@pytest.mark.parametrize(
    ("text", "together"),
    [
        pytest.param(f"{PRESIDENT} | the/DET/2/det president/NOUN/3/nsubj {LEFT}", "president", id="title"),
        pytest.param(
            f"{PRESIDENT} | the/DET/3/det Peruvian/ADJ/3/amod president/NOUN/4/nsubj {LEFT}",
            "Peruvian president", id="title and state",
        ),
    ],
)  # fmt: skip
def test_described_again(text: str, together: str) -> None:
    assert any({"Ana Bell", together} <= set(cluster) for cluster in clusters(text))


@pytest.mark.parametrize(
    "phrase",
    [
        pytest.param("a/DET/2/det president/NOUN/3/nsubj", id="indefinite"),
        pytest.param("the/DET/3/det Chilean/ADJ/3/amod president/NOUN/4/nsubj", id="of another state"),
        pytest.param(
            "the/DET/2/det president/NOUN/5/nsubj of/ADP/4/case Chile/PROPN/2/nmod", id="of a state behind"
        ),
        pytest.param("the/DET/2/det minister/NOUN/3/nsubj", id="another post"),
        pytest.param("the/DET/2/det presidents=president/NOUN/3/nsubj/Number=Plur", id="several"),
    ],
)  # fmt: skip
def test_described_otherwise_is_somebody_else(phrase: str) -> None:
    found = clusters(f"{PRESIDENT} | {phrase} {LEFT}")
    assert all(len(cluster) == 2 for cluster in found if "Ana Bell" in cluster)


def test_office_holder_by_the_registry() -> None:
    text = f"""Emmanuel@PER/PROPN/3/nsubj Macron@+/PROPN/1/flat {LEFT} |
        the/DET/3/det French/ADJ/3/amod president/NOUN/4/nsubj {LEFT}"""
    assert ["Emmanuel Macron", "French president"] in clusters(text)


@pytest.mark.parametrize(
    ("text", "together"),
    [
        pytest.param("talks=talk/NOUN/0/root | the/DET/2/det meeting/NOUN/0/root", ["talks", "meeting"],
                     id="synonym"),
        pytest.param("a/DET/2/det bill/NOUN/0/root | the/DET/2/det bill/NOUN/0/root", ["bill", "bill"],
                     id="same noun"),
    ],
)  # fmt: skip
def test_same_thing(text: str, together: list[str]) -> None:
    assert together in clusters(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("talks=talk/NOUN/0/root | a/DET/2/det meeting/NOUN/0/root", id="indefinite"),
        pytest.param("talks=talk/NOUN/0/root | the/DET/2/det election/NOUN/0/root", id="another event"),
    ],
)
def test_another_thing(text: str) -> None:
    assert [len(cluster) for cluster in clusters(text)] == [1, 1]


@pytest.mark.parametrize(
    ("text", "together"),
    [
        pytest.param(f"Zorba@ORG/PROPN/2/nsubj {LEFT} | the/DET/2/det company/NOUN/3/nsubj {LEFT}",
                     ["Zorba", "company"], id="company"),
        pytest.param(f"Peru/PROPN/2/nsubj {LEFT} | the/DET/2/det country/NOUN/3/nsubj {LEFT}",
                     ["Peru", "country"], id="country"),
        pytest.param(f"Zorba@LOC/PROPN/2/nsubj {LEFT} | the/DET/2/det city/NOUN/3/nsubj {LEFT}",
                     ["Zorba", "city"], id="city"),
    ],
)  # fmt: skip
def test_generic(text: str, together: list[str]) -> None:
    assert together in clusters(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            f"Zorba@ORG/PROPN/2/nsubj {LEFT} | the/DET/2/det country/NOUN/3/nsubj {LEFT}", id="type"
        ),
        pytest.param(
            f"Zorba@ORG/PROPN/2/nsubj {LEFT} | the/DET/2/det party/NOUN/3/nsubj {LEFT}", id="no party"
        ),
        pytest.param(
            f"Zorba@ORG/PROPN/2/nsubj {LEFT} | the/DET/3/det new/ADJ/3/amod company/NOUN/4/nsubj {LEFT}",
            id="modified",
        ),
    ],
)
def test_generic_of_something_else(text: str) -> None:
    assert all(len(cluster) == 1 for cluster in clusters(text))


@pytest.mark.parametrize(
    ("text", "together"),
    [
        pytest.param(f"{ANA_LEFT} | She/PRON/2/nsubj {LEFT}", ["Ana Bell", "She"], id="person"),
        pytest.param(f"Peru/PROPN/2/nsubj {LEFT} | It/PRON/2/nsubj {LEFT}", ["Peru", "It"], id="state"),
        pytest.param(f"ZTU@ORG/PROPN/2/nsubj {LEFT} | They/PRON/2/nsubj {LEFT}", ["ZTU", "They"], id="body"),
        pytest.param(
            f"Rebels=rebel/NOUN/2/nsubj/Number=Plur {LEFT} | They/PRON/2/nsubj {LEFT}", ["Rebels", "They"],
            id="group",
        ),
        pytest.param(
            f"Bo@PER/PROPN/3/nsubj Cole@+/PROPN/1/flat {LEFT} |"
            f" Bo@PER/PROPN/3/nsubj Cole@+/PROPN/1/flat praised=praise/VERB/0/root Dan@PER/PROPN/3/obj"
            f" Fox@+/PROPN/4/flat | He/PRON/2/nsubj {LEFT}", ["Bo Cole", "Bo Cole", "He"],
            id="subject before object",
        ),
        pytest.param(
            f"Dan@PER/PROPN/3/nsubj Cole@+/PROPN/1/flat praised=praise/VERB/0/root Mary@PER/PROPN/3/obj"
            f" Fox@+/PROPN/4/flat | She/PRON/2/nsubj {LEFT}", ["Mary Fox", "She"], id="by the given name",
        ),
    ],
)  # fmt: skip
def test_pronoun_agrees(text: str, together: list[str]) -> None:
    assert together in clusters(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"{ANA_LEFT} | It/PRON/2/nsubj {LEFT}", id="thing for a person"),
        pytest.param(f"{ANA_LEFT} | He/PRON/2/nsubj {LEFT}", id="gender"),
        pytest.param(f"Peru/PROPN/2/nsubj {LEFT} | She/PRON/2/nsubj {LEFT}", id="person for a state"),
        pytest.param(f"{ANA_LEFT} | {LEFT} | {LEFT} | {LEFT} | {LEFT} | She/PRON/2/nsubj {LEFT}", id="far"),
        pytest.param(f"She/PRON/2/nsubj {LEFT} | {ANA_LEFT}", id="before its name"),
        pytest.param("Ana@PER/PROPN/2/nsubj praised=praise/VERB/0/root her/PRON/2/obj", id="its own object"),
    ],
)
def test_pronoun_of_nobody_is_left_out(text: str) -> None:
    assert all(len(cluster) == 1 for cluster in clusters(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(f"{TWO_PEOPLE} | Both/DET/2/det leaders=leader/NOUN/3/nsubj/Number=Plur {LEFT}",
                     ["Ana", "Bo"], id="both leaders"),
        pytest.param(
            f"{TWO_PEOPLE} | The/DET/3/det two/NUM/3/nummod leaders=leader/NOUN/4/nsubj/Number=Plur {LEFT}",
            ["Ana", "Bo"], id="the two leaders",
        ),
        pytest.param(f"{TWO_PEOPLE} | The/DET/2/det leaders=leader/NOUN/3/nsubj/Number=Plur {LEFT}",
                     ["Ana", "Bo"], id="the leaders"),
        pytest.param(f"{TWO_STATES} | Both/DET/2/det countries=country/NOUN/3/nsubj/Number=Plur {LEFT}",
                     ["Peru", "Chile"], id="both countries"),
        pytest.param(f"{TWO_PEOPLE} | They/PRON/2/nsubj {LEFT}", ["Ana", "Bo"], id="they after a row"),
        pytest.param(
            f"{TWO_PEOPLE} | Both/DET/2/det leaders=leader/NOUN/3/nsubj/Number=Plur {LEFT} |"
            f" They/PRON/2/nsubj {LEFT}", ["Ana", "Bo"], id="they after both",
        ),
    ],
)  # fmt: skip
def test_plural_stands_for_its_parts(text: str, found: list[str]) -> None:
    assert found in parts(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            f"{ANA_LEFT} | Both/DET/2/det leaders=leader/NOUN/3/nsubj/Number=Plur {LEFT}", id="one alone"
        ),
        pytest.param(
            f"{TWO_STATES} | Both/DET/2/det leaders=leader/NOUN/3/nsubj/Number=Plur {LEFT}", id="states"
        ),
        pytest.param(
            f"{TWO_PEOPLE} | Some/DET/2/det leaders=leader/NOUN/3/nsubj/Number=Plur {LEFT}", id="some"
        ),
        pytest.param(
            f"{TWO_PEOPLE} | Both/DET/2/det parents=parent/NOUN/3/nsubj/Number=Plur {LEFT}", id="kin"
        ),
        pytest.param(f"{TWO_PEOPLE} | He/PRON/2/nsubj {LEFT}", id="singular pronoun"),
        pytest.param(
            f"{TWO_PEOPLE} | {LEFT} | {LEFT} | They/PRON/2/nsubj {LEFT}", id="they far from the row"
        ),
    ],
)
def test_plural_without_parts(text: str) -> None:
    assert parts(text) == []


def name(text: str, type_: EntityType, actor: str | None = None) -> Phrase:
    return Phrase(start=0, end=1, head=0, kind=MentionKind.NAME, type=type_, name=text, actor=actor)


@pytest.mark.parametrize(
    ("one", "other", "variant"),
    [
        pytest.param(("Bell", EntityType.PERSON), ("Ana Bell", EntityType.PERSON), True, id="surname"),
        pytest.param(
            ("Bell", EntityType.PLACE), ("Ana Bell", EntityType.PERSON), True, id="surname mistyped"
        ),
        pytest.param(
            ("Ana", EntityType.PLACE), ("Ana Bell", EntityType.PERSON), False, id="given name mistyped"
        ),
        pytest.param(
            ("ZTU", EntityType.ORGANIZATION),
            ("Zorba Trade Union", EntityType.ORGANIZATION),
            True,
            id="acronym",
        ),
        pytest.param(
            ("ZTU", EntityType.ORGANIZATION),
            ("Zorba Trade Union", EntityType.PLACE),
            False,
            id="acronym of a place",
        ),
    ],
)
def test_is_variant(one: tuple[str, EntityType], other: tuple[str, EntityType], variant: bool) -> None:
    assert is_variant(name(*one), name(*other)) is is_variant(name(*other), name(*one)) is variant


def test_registry_actors_are_no_variants() -> None:
    people = EntityType.PERSON
    assert not is_variant(
        name("Bush", people, "George_W_Bush"), name("George Bush", people, "George_H_W_Bush")
    )


def test_synonyms_hold_the_noun_itself() -> None:
    assert "summit" in synonyms("meeting")
    assert synonyms("zorba") == {"zorba"}


def test_every_kind_of_phrase_has_rules() -> None:
    assert set(RULES) == set(MentionKind)


def test_recent_gives_the_last_named_first() -> None:
    doc = with_entities(parsed(f"{TWO_PEOPLE} | Ana@PER/PROPN/2/nsubj {LEFT}"), article=ARTICLE)
    state = State(doc)
    for index in range(2):
        state.place(index)
    assert [state.phrases[state.clusters[c].phrases[0]].name for c in recent(state, 2)] == [
        "Bo",
        "Ana",
    ]
