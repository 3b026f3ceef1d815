"""Bodies that many states have: only their owner tells one from another."""

from __future__ import annotations

import datetime

import pytest

from kg.actors.bodies import body_of, split_owner
from kg.actors.names import is_body_name
from kg.actors.registry import load_registry
from kg.types import Article, Entity
from tests.sentences import parsed, with_entities

LEFT = "left=leave/VERB/0/root"


def entities(text: str, *, article: str = "a1") -> list[Entity]:
    known = Article(id=article, text="", date=datetime.date(2023, 5, 10))
    return list(with_entities(parsed(text), article=known)._.entities)


def owned(owner: str, body: str) -> str:
    """A sentence in which the body of an owner left, the body's last word its head."""
    words = body.split()
    head = 2 + len(words)
    parts = [f"{owner}/PROPN/{head}/nmod:poss", "'s/PART/1/case"]
    parts += [f"{words[0]}@ORG/PROPN/{head if len(words) > 1 else head + 1}/{'compound'}"]
    parts += [f"{word}@+/PROPN/{head + 1}/nsubj" for word in words[1:]]
    return " ".join([*parts, LEFT])


@pytest.mark.parametrize(
    ("name", "shared"),
    [
        ("Foreign Ministry", True),
        ("Ministry of Defence", True),
        ("Supreme Court", True),
        ("Labour Party", True),
        ("Senate", True),
        ("Bank of England", False),
        ("World Bank", False),
        ("Constitutional", False),
        ("Revolutionary Guards", False),
        ("", False),
    ],
)
def test_body_names_table(name: str, shared: bool) -> None:
    assert is_body_name(name) is shared


def test_body_of_a_state_is_the_registrys() -> None:
    found = [one.id for one in entities(owned("India", "Supreme Court"))]
    assert load_registry().lookup("Supreme Court of India").id in found


def test_the_same_body_said_in_two_ways_is_one() -> None:
    registry = load_registry()
    state, rest = split_owner("Russian Ministry of Defence", registry)
    assert (state, rest) == ("Russia", "Ministry of Defence")
    assert split_owner("Ministry of Defence of Russia", registry) == (state, rest)
    assert split_owner("Ministry of Defence", registry) == (None, "Ministry of Defence")
    assert body_of(registry.actor(state), rest, registry) is body_of(
        registry.actor(state), "Defence Ministry", registry
    )


def test_body_that_no_registry_has_bears_its_owner() -> None:
    names = {one.name: one for one in entities(owned("Peru", "Coast Guard"))}
    guard = names["Coast Guard (Peru)"]
    assert (guard.id, guard.country, guard.aliases) == ("Coast_Guard_Peru", "PER", ("Coast Guard",))


def test_two_states_have_two_bodies_of_one_name() -> None:
    text = f"{owned('Peru', 'Coast Guard')} | {owned('Chile', 'Coast Guard')}"
    assert {"Coast Guard (Peru)", "Coast Guard (Chile)"} <= {one.name for one in entities(text)}


def test_body_without_owner_is_of_its_article_only() -> None:
    text = f"Coast@ORG/PROPN/2/compound Guard@+/PROPN/3/nsubj {LEFT}"
    one, other = (entities(text, article=article)[0] for article in ("a1", "a2"))
    assert one.name == other.name == "Coast Guard"
    assert one.id != other.id


def test_registry_name_of_another_states_body_is_not_it() -> None:
    found = [one for one in entities(owned("Peru", "Labour Party")) if "Labour" in one.name]
    assert [(one.name, one.country) for one in found] == [("Labour Party (Peru)", "PER")]


def test_registry_name_without_owner_stays() -> None:
    (party,) = entities(f"Labour@ORG/PROPN/2/compound Party@+/PROPN/3/nsubj {LEFT}")
    assert party.country == "GBR"
