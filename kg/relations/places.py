"""Where: the places that a document names, and which of them a predicate happened in.

A place belongs to the predicate that it hangs on, or whose carrier (`carriers`) it hangs on. Only places that
the article names count; of several the first is the most exact (`in Lyon in France`).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.language.tree import children_of, sentence_bounds
from kg.relations.carriers import Carrier, attached_to, carriers_of, is_where_clause
from kg.relations.clauses import preposition_of
from kg.relations.cues import words
from kg.relations.drafts import Draft
from kg.relations.narrative import stem_of
from kg.relations.scene import Scene
from kg.types import PLACE_TYPES, Entity, EntityType

PREPOSITIONS = frozenset({"in", "at", "near", "outside", "on", "inside", "throughout", "across"})
BUILDING_PREPOSITIONS = frozenset({"at", "outside", "inside"})
"""Before an organisation they name its building."""
STATES = frozenset(
    """ALLY_OF ADVERSARY_OF CITIZEN_OF FAMILY_OF HOLDS_POSITION LOCATED_IN MEDIATES MEMBER_OF OWNS PART_OF
    REPRESENTS""".split()
)
"""Classes of what holds, and does not happen in a place."""
SEATED = PLACE_TYPES | {EntityType.ORGANIZATION}
"""Types of subjects whose place tells which one is meant."""
ADJUNCTS = frozenset({"obl", "nmod", "obl:unmarked"})
NOMINAL = frozenset({"NOUN", "PROPN"})


def place_of_draft(
    scene: Scene, draft: Draft, ends: tuple[Entity, Entity], anchor: Token | None
) -> Entity | None:
    """Where what a draft says happened: by its own words, else by those that told it before.

    Args:
        scene: The document.
        draft: What is said; a state holds nowhere in particular.
        ends: Its subject and object.
        anchor: The predicate before it in the narrative, on whose day it happened; None where there is none.
    """
    if draft.meaning.relation_class in STATES:
        return None
    own = place_of(scene, draft.predicate, ends) or place_of_object(draft, ends[1])
    own = own or place_where(scene, draft.predicate)
    is_retold = anchor is not None and stem_of(anchor) == stem_of(draft.predicate)
    return place_of(scene, anchor, ends) if own is None and anchor is not None and is_retold else own


def place_of(scene: Scene, predicate: Token, ends: tuple[Entity, Entity]) -> Entity | None:
    """Where what a predicate says happened; None where the article does not say.

    Args:
        scene: The document.
        predicate: A verb, or a noun that names an event.
        ends: Who has part in it: they are not their own place.
    """
    excluded = {end.id for end in ends}
    settings = list(settings_in(scene, predicate))
    for carriers in carriers_of(predicate) if settings else ():
        found = (place for carrier in carriers for place in places_at(scene, carrier, settings))
        place = next((place for place in found if place.id not in excluded), None)
        if place is not None:
            return place
    return None


def place_where(scene: Scene, predicate: Token) -> Entity | None:
    """`went to Lyon, where A met B`: the nearest place before such a clause; None of another."""
    if not is_where_clause(predicate):
        return None
    before = scene.doc[sentence_bounds(predicate)[0] : predicate.left_edge.i]
    settings = (noun for noun in reversed(before) if preposition_of(noun) in PREPOSITIONS | {"to", "into"})
    return next((place for noun in settings if (place := named(scene, noun, PLACE_TYPES))), None)


def place_of_object(draft: Draft, object_: Entity) -> Entity | None:
    """The object where it is also the place: `attacked A`, `died in A`; None where it is not."""
    if object_.type not in PLACE_TYPES:
        return None
    is_within = draft.words.split()[-1] in PREPOSITIONS
    return object_ if is_within or draft.meaning.relation_class == "ASSAULT" else None


def settings_in(scene: Scene, predicate: Token) -> Iterator[tuple[Token, Entity]]:
    """The nouns of a predicate's sentence that name places, each with its place, in the order of the text."""
    for token in predicate.sent:
        place = place_at(scene, token)
        if place is not None:
            yield token, place


def place_at(scene: Scene, noun: Token) -> Entity | None:
    """The place that a noun names as a setting: `in Lima`, `the Lima summit`."""
    if noun.dep_ == "compound" and noun.head.lemma_.lower() in words("meeting_nouns"):
        return named(scene, noun, frozenset({EntityType.PLACE}))
    preposition = preposition_of(noun)
    if noun.dep_ not in ADJUNCTS or preposition not in PREPOSITIONS or is_seat(scene, noun):
        return None
    place = named_part(scene, noun) or named(scene, noun, PLACE_TYPES)
    return place or building(scene, noun, preposition)


def is_seat(scene: Scene, noun: Token) -> bool:
    """`Orange County in Florida issued an order`: whether a place only tells which subject is meant."""
    return noun.head.dep_ in {"nsubj", "nsubj:pass"} and scene.is_a(noun.head, SEATED)


def named(scene: Scene, noun: Token, types: frozenset[EntityType]) -> Entity | None:
    """The one entity of some types that a noun stands for, if the article names it."""
    return scene.entities(noun)[0] if scene.is_named(noun, types) else None


def named_part(scene: Scene, noun: Token) -> Entity | None:
    """`the island of Corsica`, `the city of Lyon`: what follows `of` is the place."""
    if noun.lemma_.lower() not in words("place_nouns"):
        return None
    parts = (child for child in children_of(noun) if child.dep_ == "nmod" and preposition_of(child) == "of")
    return next((place for part in parts if (place := named(scene, part, PLACE_TYPES))), None)


def building(scene: Scene, noun: Token, preposition: str) -> Entity | None:
    """`outside the United Nations`: an organisation that is where it sits."""
    found = named(scene, noun, frozenset({EntityType.ORGANIZATION}))
    if found is None or noun.dep_ == "nmod":
        return None
    return found if preposition in BUILDING_PREPOSITIONS else None


def places_at(scene: Scene, carrier: Carrier, settings: list[tuple[Token, Entity]]) -> Iterator[Entity]:
    """The places that hang on a carrier."""
    for token, place in settings:
        on = token.head if token.dep_ == "compound" else attached_to(token, token.right_edge.i + 1)
        if on.i == carrier.token.i and token.left_edge.i > carrier.after and is_shared(carrier):
            yield place


def is_shared(carrier: Carrier) -> bool:
    """Whether a place after an object is the verb's: `held talks in C`, not `condemned the attack in C`."""
    noun, verb = carrier.token, carrier.token.head
    if carrier.after != noun.i or noun.pos_ not in NOMINAL:
        return True
    lemma = verb.lemma_.lower()
    is_event = noun.lemma_.lower() in words("meeting_nouns")
    return lemma in words("light_verbs") or not (is_event or lemma in words("reporting_verbs"))
