"""Parts: bodies that their own names, or the words right behind, place in another body or a place.

`Zorba University School of Law`, `the Command Centre of the Coast Guard`, `Nevada Assembly`,
`Zorba airfield, located near Lima`.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.actors.identity import coordinated, owners
from kg.actors.phrases import Phrase
from kg.language.tree import children_of
from kg.language.wordsets import word_set
from kg.relations.drafts import Draft
from kg.relations.scene import Scene
from kg.relations.states.bearers import COUNTRY, ORGANIZED, PERSON, draft
from kg.relations.states.places import LYING
from kg.types import PLACE_TYPES, EntityType, MentionKind

LYING_WORDS = frozenset({"located", "situated", "based", "headquartered"})
LYING_PREPOSITIONS = frozenset({"in", "near", "at", "on", "outside", "off", "within", "inside"})
THING = frozenset({EntityType.THING})
ASSETS = frozenset({"asset", "vessel"})
OWNERS = ORGANIZED | COUNTRY


def named_part(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Zorba University School of Law`, `the Command of the Coast Guard`, `Nevada Police`."""
    head = scene.doc[phrase.head]
    if phrase.kind is not MentionKind.NAME or not scene.is_named(head, ORGANIZED):
        return
    words = {token.lower_ for token in scene.doc[phrase.start : phrase.end]}
    for way, whole in wholes(scene, phrase):
        is_self = scene.entities(whole) == scene.entities(head)
        is_body = scene.is_named(whole, ORGANIZED) and not scene.is_party(whole)
        is_place = way == "first" and scene.is_named(whole, PLACE_TYPES)
        is_division = is_body and bool(words & word_set("kg.relations", "divisions"))
        is_arm = is_place and bool(words & word_set("kg.relations", "arms of governments"))
        if not is_self and (is_division or is_arm):
            yield draft((head, whole), head, "part of", "PART_OF", f"named part {way}")


def wholes(scene: Scene, phrase: Phrase) -> Iterator[tuple[str, Token]]:
    """Words for what the first words of a name mean by themselves, and for what those behind its `of` do."""
    doc = scene.doc
    for end in range(phrase.end - 1, phrase.start, -1):
        if doc[end].pos_ in {"ADP", "CCONJ"} or doc[end].lower_ in {"of", "for", "and", "&"}:
            continue
        whole = scene.word_for(doc[phrase.start : end].text)
        if whole is not None:
            yield "first", whole
            break
    for position in range(phrase.start + 1, phrase.end - 1):
        if doc[position].lower_ == "of":
            start = position + 1 + (doc[position + 1].lower_ == "the")
            whole = scene.word_for(doc[start : phrase.end].text)
            if whole is not None:
                yield "last", whole


def located(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Zorba airfield, located near Lima`: where a participle right behind a name says that it lies."""
    doc, head = scene.doc, scene.doc[phrase.head]
    behind = phrase.end + 1 if doc[phrase.end : phrase.end + 1].text == "," else phrase.end
    if behind >= len(doc) or doc[behind].lower_ not in LYING_WORDS or not scene.is_named(head, LYING):
        return
    for child in doc[behind].children:
        case = next((c.lower_ for c in children_of(child) if c.dep_ == "case"), "")
        if child.dep_ == "obl" and case in LYING_PREPOSITIONS and scene.is_named(child, PLACE_TYPES):
            yield draft((head, child), doc[behind], f"be located {case}", "LOCATED_IN", "located")


def both_in(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Zorba College and Zorg University, both in Peru`: where all of a row lie."""
    head = scene.doc[phrase.head]
    marks = {child.lower_ for child in children_of(head) if child.i < head.i}
    is_place = phrase.kind is MentionKind.NAME and scene.is_named(head, PLACE_TYPES)
    if not is_place or not marks >= {"in"} or not marks & {"both", "all"} or head.dep_ != "nmod":
        return
    first = head.head.head if head.head.dep_ == "conj" else head.head
    for member in coordinated(first):
        if member.i < head.i and scene.is_named(member, LYING):
            yield draft((member, head), head, "be in", "LOCATED_IN", "both in")


def asset(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`NASA's Zorba telescope`: a named thing of the body that runs it."""
    head = scene.doc[phrase.head]
    is_named = any(token.pos_ == "PROPN" for token in scene.doc[phrase.start : phrase.end])
    if phrase.trait not in ASSETS or not is_named or not scene.is_a(head, THING):
        return
    for way, owner in owners(scene.doc, phrase):
        if way == "poss" and scene.is_named(owner, OWNERS | PERSON):
            yield draft((owner, head), head, "own", "OWNS", "asset")
