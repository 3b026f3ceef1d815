"""A vocabulary of a few properties and classes, so that tests of the rules do not hang on the ontology."""

from __future__ import annotations

from collections.abc import Iterable

from kg.relations.classification import Lexicon, lexicon_of
from kg.types import EntityType
from kg.vocabulary import Property, RelationClass, Vocabulary

PERSON, COUNTRY = EntityType.PERSON, EntityType.COUNTRY
_STATES = frozenset({"HOLDS_POSITION", "MEMBER_OF", "ALLY_OF"})


def make_class(name: str, **forms: Iterable[str]) -> RelationClass:
    """A class; a state, if its name is one of `_STATES`."""
    kind = "state" if name in _STATES else "event"
    return RelationClass(
        name=name, iri=f"urn:{name}", label=name, definition="", kind=kind, **_as_tuples(forms)
    )


def make_property(name: str, relation_class: str, **fields: object) -> Property:
    """A property of a class."""
    return Property(
        name=name, iri=f"urn:{name}", label=name, definition="", relation_class=relation_class,
        **_as_tuples(fields),
    )  # fmt: skip


def _as_tuples(fields: dict[str, object]) -> dict[str, object]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in fields.items()}


def make_lexicon(properties: Iterable[Property] = (), classes: Iterable[RelationClass] = ()) -> Lexicon:
    """The lexicon of some properties and classes."""
    vocabulary = Vocabulary(
        types={},
        statuses={},
        classes={c.name: c for c in classes},
        properties={p.name: p for p in properties},
    )
    return lexicon_of(vocabulary)


def small_lexicon() -> Lexicon:
    """A lexicon with one property or class of each make."""
    return make_lexicon(
        properties=[
            make_property(
                "meets", "CONSULT", symmetric=True, verbs=["meet", "meet with"],
                nouns=["meeting", "meeting with"],
            ),
            make_property(
                "talksWith", "CONSULT", symmetric=True, verbs=["talk with"],
                nouns=["talk with", "talk between"],
            ),
            make_property("visits", "CONSULT", verbs=["visit"], nouns=["visit to"]),
            make_property("attacks", "ASSAULT", verbs=["attack"], nouns=["attack on"]),
            make_property("supports", "SUPPORT", verbs=["support"], nouns=["support for"]),
            make_property("aids", "AID", verbs=["give aid to"], inverse_verbs=["receive aid from"]),
            make_property("agreesTo", "AGREE", verbs=["agree to"]),
            make_property(
                "presidentOf", "HOLDS_POSITION", nouns=["president of"], parent="holdsPositionIn",
                subject_types=frozenset({PERSON}), object_types=frozenset({COUNTRY}),
            ),
            make_property("holdsPositionIn", "HOLDS_POSITION"),
            make_property("allyOf", "ALLY_OF", symmetric=True, nouns=["ally of"]),
        ],
        classes=[
            make_class("CONSULT", verbs=["hold talk with"], nouns=["talk", "summit between"]),
            make_class("REQUEST", verbs=["urge to", "demand", "call on"]),
            make_class("ACCUSE", verbs=["condemn attack by", "condemn"]),
            make_class("HOLDS_POSITION"),
            make_class("ALLY_OF"),
        ],
    )  # fmt: skip
