"""Places: where a place, a body or an event lies, and whose country somebody is of.

`Jolo in Sulu`, `the Spanish island of Majorca`, `the capital, Sanaa`, `the bombing in Mokha`,
`a Saudi national`.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.actors.identity import owners
from kg.actors.phrases import Phrase
from kg.language.tree import children_of
from kg.language.wordsets import word_set
from kg.relations.clauses import preposition_of
from kg.relations.drafts import Draft
from kg.relations.scene import Scene
from kg.relations.states.bearers import COUNTRY, ORGANIZED, PERSON, draft
from kg.types import PLACE_TYPES, EntityType, MentionKind

PLACE = frozenset({EntityType.PLACE})
LYING = PLACE | ORGANIZED
SETTLED_TYPES = frozenset({EntityType.EVENT, EntityType.PLACE, EntityType.ORGANIZATION})
COMMA_LABELS = frozenset({"nmod", "appos", "list", "nmod:unmarked"})
WORDS_TO_PLACE = 6
"""Tokens that may stand between two names of places: `in the north-eastern province of`."""
LYING_WAYS = frozenset({"in", "near", "on", "off", "outside", "within"})
EVENT_LABELS = frozenset({"nsubj", "nsubj:pass"})
VENUE_PREPOSITIONS = frozenset({"in", "at", "near", "on"})
POSSESSIVES = frozenset({"'s", "’s"})
INDEFINITE = frozenset({"a", "an", "another"})


def situation(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Jolo in Sulu`, `Mindanao, Philippines`, `a company in China`: where a place or body lies."""
    head = scene.doc[phrase.head]
    if not scene.is_named(head, LYING) or is_party_member(head):
        return
    found = {place.i: (way, place) for way, place in places_at(scene, head)}
    if phrase.kind is MentionKind.NAME and scene.is_named(head, PLACE):
        found |= {place.i: ("in", place) for place in places_behind(scene, phrase) if place.i not in found}
    for way, place in found.values():
        yield draft((head, place), head, "be in", "LOCATED_IN", f"situation {way}")


def is_party_member(head: Token) -> bool:
    """Whether the name of a party stands for one of its people: `ran as a Republican in Ohio`."""
    return head.lower_ in word_set("kg.relations", "party members")


def places_at(scene: Scene, head: Token) -> Iterator[tuple[str, Token]]:
    """The places that the tree hangs on a noun behind it, with `in`, `of` or a comma."""
    for child in children_of(head):
        if child.i > head.i and child.dep_ in COMMA_LABELS and scene.is_named(child, PLACE_TYPES):
            way = next((c.lower_ for c in children_of(child) if c.dep_ == "case"), "comma")
            if way == "in" and (is_near(head) or is_counted(child)):
                continue
            is_of = way == "of" and scene.is_a(head, PLACE_TYPES) and head.pos_ == "PROPN"
            is_comma = way == "comma" and (scene.is_a(head, PLACE) or is_address(scene, head, child))
            if way in LYING_WAYS or is_comma or is_of:
                yield way, child


def is_near(place: Token) -> bool:
    """Whether something is only near a place: `near Lima in Peru` leaves open what is in Peru."""
    return preposition_of(place) in {"near", "outside", "off"}


def is_counted(place: Token) -> bool:
    """Whether a number stands in for a noun before a place: `30 in Lima, 21 in Quito`."""
    case = next((child for child in children_of(place) if child.dep_ == "case"), place)
    return case.i > case.sent.start and case.nbor(-1).pos_ == "NUM"


def is_address(scene: Scene, head: Token, place: Token) -> bool:
    """Whether a place behind a body's name and a comma says where it is: `Zorg Studios, Lima, Peru`."""
    name = scene.name_of(place)
    is_row = any(child.dep_ == "conj" for token in (head, place) for child in children_of(token))
    before = scene.doc[name.start - 1].text if name is not None and name.start else ""
    is_campus = head.lower_ == "university" and any(
        child.dep_ == "nmod" for child in children_of(head) if child != place
    )
    return before == "," and not is_row and not is_campus and scene.is_a(head, ORGANIZED)


def places_behind(scene: Scene, phrase: Phrase) -> Iterator[Token]:
    """The place in `Zorba in the province of Sulu`, by the order of the words."""
    doc = scene.doc
    if doc[phrase.end : phrase.end + 1].text != "in":
        return
    for position in range(phrase.end + 1, min(phrase.end + 1 + WORDS_TO_PLACE, len(doc))):
        name = scene.name_at(position)
        if name is not None and scene.is_a(doc[name.head], PLACE_TYPES):
            yield doc[name.head]
        if name is not None and doc[name.end : name.end + 1].text not in POSSESSIVES:
            return
        if name is None and not is_between(doc[position]):
            return


def is_between(token: Token) -> bool:
    """Whether a token may stand between the names of two places: `the northern province of`."""
    is_noun = token.lower_ in word_set("kg.relations", "place nouns") or token.lower_ == "of"
    return is_noun or token.pos_ in {"DET", "ADJ", "PART"} or token.ent_type_ != ""


def province(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`the Spanish island of Majorca`, `Peru's Zorba province`: a named place in the owner of its noun."""
    head = scene.doc[phrase.head]
    if phrase.kind is not MentionKind.NOMINAL or head.lemma_.lower() not in word_set(
        "kg.relations", "place nouns"
    ):
        return
    if scene.is_named(head, PLACE):
        return
    places = [child for child in children_of(head) if is_its_name(scene, child)]
    for place in places[:1]:
        for way, owner in owners(scene.doc, phrase):
            is_owner = way in {"poss", "modifier"} and scene.is_a(owner, PLACE_TYPES)
            if is_owner and owner.i != place.i and owner.head.i == head.i:
                words = f"{head.lemma_.lower()} in"
                yield draft((place, owner), head, words, "LOCATED_IN", f"province {way}")


def is_its_name(scene: Scene, child: Token) -> bool:
    """Whether a dependent of a noun for a place is the name of the place: `of Majorca`, `Zorba province`."""
    name = scene.name_of(child)
    if name is None or name.trait == "demonym" or not scene.is_a(child, PLACE):
        return False
    is_of = child.dep_ == "nmod" and preposition_of(child) == "of"
    return is_of or child.dep_ == "appos" or (child.dep_ == "compound" and child.i < child.head.i)


def setting(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`the bombing in Mokha`, `a base in Kabul`: where an event or a thing is, said of its noun."""
    head = scene.doc[phrase.head]
    if phrase.kind is not MentionKind.NOMINAL or not scene.is_a(head, SETTLED_TYPES):
        return
    is_some = scene.is_a(head, LYING) and not any(scene.is_name(entity) for entity in scene.entities(head))
    if is_some and (phrase.plural or scene.is_a(head, PLACE)):
        return
    for child in children_of(head):
        is_place = child.dep_ == "nmod" and scene.is_a(child, PLACE_TYPES)
        is_known = is_place and scene.is_name(scene.entities(child)[0])
        if is_known and preposition_of(child) in {"in", "at", "near"}:
            yield draft((head, child), head, "be in", "LOCATED_IN", "setting")


def venue(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`the talks took place in Lima`, `a bomb attack killed five in the town of Zorba`: where an event is."""
    head = scene.doc[phrase.head]
    is_event = phrase.trait == "event" or phrase.kind is MentionKind.NAME
    if not is_event or not scene.is_a(head, frozenset({EntityType.EVENT})):
        return
    settings = [
        (verb, child)
        for verb in (*verbs_of(head), *verbs_holding(head))
        for child in children_of(verb)
        if child.dep_ == "obl" and preposition_of(child) in VENUE_PREPOSITIONS
    ]
    for verb, child in settings:
        for place in named_places(scene, child):
            yield draft((head, place), verb, "take place in", "LOCATED_IN", "venue")


def verbs_holding(noun: Token) -> list[Token]:
    """The verb that says that somebody holds or goes to an event: `attended the summit in Lima`."""
    known = word_set("kg.relations", "verbs of holding events")
    return [noun.head] if noun.dep_ == "obj" and noun.head.lemma_.lower() in known else []


def verbs_of(noun: Token) -> list[Token]:
    """The verbs that say that an event happens or whom it harms: `was reported to have killed`."""
    if noun.dep_ == "nmod" and noun.head.lower_ in word_set("kg.relations", "amounts"):
        noun = noun.head
    if noun.dep_ not in EVENT_LABELS:
        return []
    verbs = [noun.head, *(child for child in children_of(noun.head) if child.dep_ == "xcomp")]
    known = word_set("kg.relations", "verbs of events")
    return [verb for verb in verbs if verb.lemma_.lower() in known]


def named_places(scene: Scene, noun: Token) -> Iterator[Token]:
    """A noun if it stands for a named place, else the name that it has: `the town of Zorba`."""
    own = [child for child in children_of(noun) if is_its_name(scene, child)]
    own.sort(key=preposition_of, reverse=True)  # `of` first: `the Red Sea town of Zorba`
    found = [token for token in (noun, *own) if scene.is_named(token, PLACE_TYPES)]
    yield from found[:1]


def capital(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Sanaa, the capital of Yemen`, `the capital, Sanaa`: a place by a noun that says of what it is part."""
    head = scene.doc[phrase.head]
    is_place = phrase.type in PLACE_TYPES or phrase.trait == "state"
    if phrase.kind is not MentionKind.NOMINAL or not is_place or not scene.is_named(head, PLACE):
        return
    noun = head.lemma_.lower()
    found = [
        (way, owner)
        for way, owner in owners(scene.doc, phrase)
        if way in {"of", "poss", "in", "modifier"} and scene.is_a(owner, PLACE_TYPES)
    ]
    if noun == "capital" and not any(scene.is_name(scene.entities(owner)[0]) for _, owner in found):
        country = scene.country_around(head)
        found = [("implied", country)] if country is not None else []
    for way, owner in found:
        yield draft((head, owner), head, f"{noun} of", "LOCATED_IN", f"capital {way}")


def nationality(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`the Australian company Woolworths`, `Peru's Liberal Party`: a body by the nationality of its noun."""
    head = scene.doc[phrase.head]
    is_site = phrase.kind is MentionKind.NAME and scene.is_named(head, PLACE)
    if not (is_site or scene.is_named(head, ORGANIZED)) or is_state_body(scene, phrase):
        return
    ways = {"poss", "modifier"} if phrase.kind is MentionKind.NOMINAL else {"poss"}
    for way, owner in owners(scene.doc, phrase):
        if way in ways and scene.is_named(owner, PLACE_TYPES):
            rule = "nationality" if scene.is_a(owner, COUNTRY) else "locality"
            yield draft((head, owner), head, "be in", "LOCATED_IN", rule)


def is_state_body(scene: Scene, phrase: Phrase) -> bool:
    """Whether a noun or name is one for a part of a state: `court`, `Ministry of Health`."""
    words = [token.lower_ for token in scene.doc[phrase.start : phrase.end]]
    first = words[words.index("of") - 1] if "of" in words[1:] else words[-1]
    return first in word_set("kg.relations", "state bodies")


def citizen(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`an Australian, Ana`, `Ana, a Saudi national`: somebody by a noun of nationality."""
    head = scene.doc[phrase.head]
    if phrase.kind is not MentionKind.NAME or not scene.is_a(head, COUNTRY):
        return
    noun = head.head if head.head.lower_ in word_set("kg.relations", "nationals") else head
    if not any(child.lower_ in INDEFINITE for child in children_of(noun)):
        return
    around = [child for child in children_of(noun) if child.dep_ == "appos"]
    around += [noun.head] if noun.dep_ == "appos" else []
    for person in (token for token in around if scene.is_named(token, PERSON)):
        yield draft((person, head), noun, "citizen of", "CITIZEN_OF", "citizen")
