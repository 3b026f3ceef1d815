"""The sixteen event types: complete, each form in one class and in the shape that extraction expects."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

import pytest

from kg.vocabulary import RelationClass, load_vocabulary

EVENTS = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION"
    " MOBILIZE COERCE ASSAULT"
).split()
FORMS: dict[str, Callable[[RelationClass], tuple[str, ...]]] = {
    "verb": lambda entry: (*entry.verbs, *entry.inverse_verbs),
    "noun": lambda entry: entry.nouns,
}
SENSES = [
    ("verb", "meet with", "CONSULT"),
    ("verb", "call for", "REQUEST"),
    ("verb", "call on", "REQUEST"),
    ("verb", "call off meeting", "REJECT"),
    ("verb", "impose sanction on", "SANCTION"),
    ("verb", "sign agreement with", "SUPPORT"),
    ("verb", "reach agreement with", "AGREE"),
    ("verb", "issue arrest warrant for", "ACCUSE"),
    ("verb", "recall ambassador", "SANCTION"),
    ("verb", "step down", "RETREAT"),
    ("verb", "declare war on", "ASSAULT"),
    ("verb", "receive aid from", "AID"),
    ("verb", "arrest", "COERCE"),
    ("verb", "lift curfew", "CONCEDE"),
    ("verb", "lift blockade", "RETREAT"),
    ("noun", "visit to", "CONSULT"),
    ("noun", "attack on", "ASSAULT"),
    ("noun", "protest against", "PROTEST"),
    ("noun", "sanction against", "SANCTION"),
    ("noun", "withdrawal from", "RETREAT"),
]


@pytest.fixture(scope="module")
def events() -> dict[str, RelationClass]:
    return {name: entry for name, entry in load_vocabulary().classes.items() if entry.kind == "event"}


def test_classes_are_the_sixteen(events: dict[str, RelationClass]) -> None:
    assert sorted(events) == sorted(EVENTS)


@pytest.mark.parametrize("name", EVENTS)
def test_class_is_described(events: dict[str, RelationClass], name: str) -> None:
    entry = events[name]
    assert entry.label
    assert len(entry.definition.split()) > 8
    assert re.fullmatch(r"#[0-9a-f]{6}", entry.colour or "")


@pytest.mark.parametrize("name", EVENTS)
def test_class_has_many_forms(events: dict[str, RelationClass], name: str) -> None:
    assert len(events[name].verbs) >= 200
    assert len(events[name].nouns) >= 20


@pytest.mark.parametrize("kind", FORMS)
def test_form_stands_in_one_class(events: dict[str, RelationClass], kind: str) -> None:
    owners = defaultdict(set)
    for name, entry in events.items():
        for form in FORMS[kind](entry):
            owners[form].add(name)
    assert {form: names for form, names in owners.items() if len(names) > 1} == {}


@pytest.mark.parametrize("kind", FORMS)
def test_form_is_a_sequence_of_lower_case_words(events: dict[str, RelationClass], kind: str) -> None:
    forms = [form for entry in events.values() for form in FORMS[kind](entry)]
    assert [form for form in forms if not re.fullmatch(r"[^\W\d_][\w'’.-]*( [\w'’.-]+)*", form)] == []
    assert [form for form in forms if form != form.lower()] == []


@pytest.mark.parametrize(("kind", "form", "name"), SENSES, ids=lambda value: value)
def test_form_has_its_usual_sense(events: dict[str, RelationClass], kind: str, form: str, name: str) -> None:
    assert form in FORMS[kind](events[name])


def test_saying_is_no_event(events: dict[str, RelationClass]) -> None:
    verbs = {form for entry in events.values() for form in entry.verbs}
    assert verbs.isdisjoint({"say", "tell", "announce", "state", "report", "win", "defeat", "be", "have"})


def test_colours_differ(events: dict[str, RelationClass]) -> None:
    assert len({entry.colour for entry in events.values()}) == len(EVENTS)
