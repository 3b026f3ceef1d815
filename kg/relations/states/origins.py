"""Origins: the place or country that a named person is from.

`Ana Silva of Lima`, `Bo from Peru`, `Ana is from Lima`.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.actors.phrases import Phrase
from kg.relations.clauses import preposition_of
from kg.relations.drafts import Draft
from kg.relations.scene import Scene
from kg.relations.states.bearers import COUNTRY, PERSON, draft
from kg.types import PLACE_TYPES, MentionKind

TITLE_LABELS = frozenset({"nmod:desc", "compound", "amod"})


def origin(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Ana Silva of Lima`, `Bo from Peru`, `Ana is from Lima`: whence somebody is."""
    head = scene.doc[phrase.head]
    if phrase.kind is not MentionKind.NAME or not scene.is_named(head, PERSON):
        return
    for place in places_of(head):
        ways = {"from"} if is_titled(head) else {"from", "of"}
        if preposition_of(place) in ways and scene.is_named(place, PLACE_TYPES):
            relation_class = "CITIZEN_OF" if scene.is_a(place, COUNTRY) else "LOCATED_IN"
            yield draft((head, place), head, "be from", relation_class, "origin")


def is_titled(head: Token) -> bool:
    """Whether a title stands before a name, or before the first of its row: `of` then says whose it is."""
    first = head.head if head.dep_ == "conj" else head
    return any(child.dep_ in TITLE_LABELS and child.i < head.i for child in first.children)


def places_of(head: Token) -> Iterator[Token]:
    """The nouns behind a name, and what it is said to be."""
    yield from (child for child in head.children if child.dep_ == "nmod" and child.i > head.i)
    if head.dep_ == "nsubj" and any(child.dep_ == "cop" for child in head.head.children):
        yield head.head
