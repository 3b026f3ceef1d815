"""Origins: where a person is from, and the body at a trade that no title tells.

`Ana, from Lima`, `Bo and Cem of Zorba`, `Ana, a biomechanicist at Zorba College`, `Ana's band Zorg`.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.actors.identity import coordinated, owner_at, owners
from kg.actors.phrases import Phrase, nominal_of
from kg.language.tree import children_of
from kg.language.wordsets import word_set
from kg.relations.clauses import preposition_of
from kg.relations.drafts import Draft
from kg.relations.scene import Scene
from kg.relations.states.bearers import (
    COUNTRY,
    ORGANIZED,
    PERSON,
    draft,
    is_predicated,
    predicate_words,
)
from kg.relations.states.classes import POST_CLASSES
from kg.types import PLACE_TYPES, EntityType, MentionKind

PEOPLE = PERSON | {EntityType.GROUP}
BODY_WAYS = frozenset({"at", "of", "for", "with", "in"})


def origin(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Ana, from Lima`, `Bo of Zorba`: where a person is from."""
    head = scene.doc[phrase.head]
    if (
        phrase.kind is not MentionKind.NAME
        or not scene.is_named(head, PERSON)
        or is_post_before(scene, phrase)
    ):
        return
    for way, person, place in (*bonds(head), *aged(scene, phrase)):
        is_way = way == "from" or (way == "of" and not is_titled(scene, phrase))
        if is_way and scene.is_named(place, PLACE_TYPES):
            yield origin_draft(scene, person, place)


def origin_said(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Ana is from Lima`: where somebody is said to be from."""
    head = scene.doc[phrase.head]
    is_from = preposition_of(head) == "from" and any(child.dep_ == "cop" for child in children_of(head))
    if phrase.kind is not MentionKind.NAME or not is_from or not scene.is_named(head, PLACE_TYPES):
        return
    for subject in (child for child in children_of(head) if child.dep_ == "nsubj"):
        for person in coordinated(subject):
            if scene.is_a(person, PEOPLE):
                yield origin_draft(scene, person, head)


def origin_draft(scene: Scene, person: Token, place: Token) -> Draft:
    """That somebody is from a place, or of a country."""
    relation_class = "CITIZEN_OF" if scene.is_a(place, COUNTRY) else "LOCATED_IN"
    return draft((person, place), place, "be from", relation_class, "origin")


def is_post_before(scene: Scene, phrase: Phrase) -> bool:
    """Whether the noun before a name, or the row that it is in, is a post: `Senator Ana of Florida`."""
    name, head = phrase, scene.doc[phrase.head]
    while head.dep_ == "conj" and scene.name_of(head.head) is not None:
        head = head.head
        name = scene.name_of(head) or name
    return is_post_at(scene, name.start - 1)


def is_post_at(scene: Scene, position: int) -> bool:
    """Whether a token is the noun of a post."""
    if position < 0:
        return False
    entry = nominal_of(scene.doc[position])
    return entry is not None and entry.trait in POST_CLASSES and entry.trait != "member"


def is_titled(scene: Scene, phrase: Phrase) -> bool:
    """Whether a name has a title, or stands within quotation marks as a by-name."""
    return scene.is_title_before(phrase.start) or scene.doc[max(0, phrase.start - 1)].text in {'"', "“"}


def bonds(head: Token) -> Iterator[tuple[str, Token, Token]]:
    """What prepositions tie to a name, with how and whom; of a row, with each: `Ana and Bo of A`."""
    row = coordinated(head) if head.dep_ != "conj" else [head]
    for child in children_of(head):
        if child.dep_ != "nmod" or child.i < head.i:
            continue
        for way, first in owner_at(child):
            for owner in coordinated(first):
                yield from ((way, person, owner) for person in row if person.i < first.i)


def aged(scene: Scene, phrase: Phrase) -> Iterator[tuple[str, Token, Token]]:
    """`Ana, 34, of Lima`: the place behind a name and an age, whatever the parser hangs it on."""
    doc, head = scene.doc, scene.doc[phrase.head]
    age = doc[phrase.end + 1 : phrase.end + 2]
    if doc[phrase.end : phrase.end + 1].text != "," or not age or age[0].pos_ != "NUM":
        return
    behind = phrase.end + 2 + (doc[phrase.end + 2 : phrase.end + 3].text == ",")
    way = doc[behind : behind + 1].text
    name = scene.name_at(behind + 1) if way in {"of", "from"} else None
    if name is not None and doc[name.head].head.i != head.i:
        yield way, head, doc[name.head]


def trade(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Ana, a biomechanicist at the college`: a person by a noun without trait, and the body at it."""
    head = scene.doc[phrase.head]
    if phrase.kind is not MentionKind.NOMINAL or phrase.type is not None or not is_predicated(head):
        return
    said_of = [head.head] if head.dep_ == "appos" else [c for c in children_of(head) if c.dep_ == "nsubj"]
    people = [token for token in said_of if scene.is_named(token, PERSON)]
    for way, owner in owners(scene.doc, phrase) if people else ():
        if way in BODY_WAYS and owner.i > head.i and scene.is_named(owner, ORGANIZED):
            words = predicate_words(scene, phrase, way)
            yield draft((people[0], owner), head, words, "HOLDS_POSITION", "trade")


def own_body(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Ana's band Zorg`, `Bo's former party, the Greens`: a body by one of its own."""
    head = scene.doc[phrase.head]
    if not scene.is_named(head, ORGANIZED) or (scene.is_party(head) and phrase.kind is MentionKind.NAME):
        return
    nouns = word_set("kg.relations", "own bodies")
    if phrase.kind is MentionKind.NOMINAL and head.lemma_.lower() not in nouns:
        return
    for way, person in owners(scene.doc, phrase):
        if way == "poss" and person.head.i == head.i and scene.is_named(person, PERSON):
            yield draft((person, head), head, "member of", "MEMBER_OF", "own body")
