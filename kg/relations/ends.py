"""Ends: the words that stand for entities at a noun of a clause, or just inside it.

`two presidents, A and B` stand for A and B; `A's decision` brings in A. What a clause says of them is
decided in `drafts`.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.actors.identity import owner_at
from kg.language.wordsets import word_set
from kg.relations.clauses import expand
from kg.relations.events import arguments_of, examples_of
from kg.relations.scene import Scene
from kg.relations.syntax import has_feature
from kg.types import ACTOR_TYPES, PLACE_TYPES, EntityType

NESTING_TYPES = frozenset({EntityType.EVENT, EntityType.THING, EntityType.ORGANIZATION})


PERSON = frozenset({EntityType.PERSON})
BODIES = frozenset({EntityType.ORGANIZATION, EntityType.COUNTRY})
DESCRIBING_TAGS = frozenset({"NOUN", "NUM", "ADJ"})


def stand_ins(scene: Scene, token: Token) -> tuple[Token, ...]:
    """The names that a description is renamed by; the token itself where there are none.

    `two presidents, A and B`, `senators such as A and B`, `the town of A`: who or what is meant.
    """
    found = scene.entities(token)
    beside = expand(child for child in token.children if child.dep_ == "appos")
    if is_anyone(token) and any(scene.is_named(name, PERSON) for name in beside):
        return tuple(name for name in beside if scene.is_named(name, PERSON))
    is_described = token.pos_ in DESCRIBING_TAGS or bool(found)
    if any(scene.is_name(entity) for entity in found) or not is_described:
        return (token,)
    types = {entity.type for entity in found}
    renamed = (*beside, *examples_of(token), *placed(scene, token))
    named = tuple(name for name in renamed if name.pos_ == "PROPN" and is_named_as(scene, name, types))
    return named or named_examples(scene, token) or parts_of(scene, token) or (token,)


def named_examples(scene: Scene, token: Token) -> tuple[Token, ...]:
    """`attractions such as Boracay and Coron`: the examples of a plural, whatever their type."""
    is_plural = token.pos_ == "NOUN" and has_feature(token, "Number", "Plur")
    examples = examples_of(token) if is_plural else ()
    return tuple(name for name in examples if name.pos_ == "PROPN" and is_named_as(scene, name, set()))


def is_anyone(token: Token) -> bool:
    """Whether a nationality stands for some person of it: `an Australian, B, appeared`."""
    return token.pos_ in {"PROPN", "ADJ"} and any(child.lower_ in {"a", "an"} for child in token.children)


def parts_of(scene: Scene, token: Token) -> tuple[Token, ...]:
    """`both houses of A`, `the members of A`: the whole whose parts act as it does."""
    if token.lemma_.lower() not in word_set("kg.relations", "parts of bodies"):
        return ()
    wholes = (a.token for a in arguments_of(token) if a.preposition == "of")
    return tuple(whole for whole in wholes if scene.is_a(whole, BODIES))


def placed(scene: Scene, token: Token) -> tuple[Token, ...]:
    """`the town of A`: the name of a place after the noun for its kind."""
    if token.lemma_.lower() not in word_set("kg.relations", "kinds of places"):
        return ()
    within = (a.token for a in arguments_of(token) if a.preposition == "of")
    return tuple(place for place in within if scene.is_a(place, PLACE_TYPES))


def is_named_as(scene: Scene, name: Token, types: set[EntityType]) -> bool:
    """Whether a word is a name of one of some types; of any where none are known, or they are a group's."""
    allowed = types | (ACTOR_TYPES if EntityType.GROUP in types else set())
    found = scene.entities(name)
    return any(scene.is_name(entity) and (not types or entity.type in allowed) for entity in found)


def reached(scene: Scene, token: Token) -> Iterator[tuple[Token, str]]:
    """The words with entities at or just inside a noun, each with how it hangs there.

    `condemned the attack`: the attack; `criticised Trump's decision`: also Trump, as `poss`. Inside a name,
    or a noun for people, nothing is looked for.
    """
    names = stand_ins(scene, token)
    if token not in names:
        yield from ((name, "") for name in names)
        return
    if scene.stands_for(token):
        yield token, ""
        if scene.is_name(scene.entities(token)[0]) or not scene.is_a(token, NESTING_TYPES):
            return
    participants = word_set("kg.relations", "participants")
    inside = [pair for child in token.children for pair in (*owner_at(child), *involved(child))]
    inside += [(a.preposition, a.token) for a in arguments_of(token) if a.preposition in participants]
    for way, member in ((way, member) for way, owner in inside for member in expand([owner])):
        if scene.stands_for(member) and not (way in {"in", "at"} and scene.is_a(member, PLACE_TYPES)):
            yield member, way


def involved(child: Token) -> Iterator[tuple[str, Token]]:
    """`talks involving A and B`: the objects of a participle that lists who takes part."""
    if child.dep_ == "acl" and child.lower_ in word_set("kg.relations", "participants"):
        for grandchild in child.children:
            if grandchild.dep_ == "obj":
                yield "involving", grandchild
