"""Classes of posts: what a title makes of its bearer, by the title and whose it is.

A post is held, an envoy represents; a party before another's post, a body of members and a nationality say
something else.
"""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from kg.actors.identity import owners
from kg.actors.phrases import Phrase, nominal_of
from kg.language.wordsets import word_set
from kg.relations.scene import Scene
from kg.relations.states.bearers import COUNTRY, ORGANIZED, predicate_words
from kg.relations.states.seats import body_noun, seats
from kg.types import PLACE_TYPES

POST_WAYS = frozenset({"poss", "modifier", "of", "for", "at", "in", "to", "with"})
ENVOY_WORDS = frozenset({"permanent", "special"})
ERRAND_WORDS = frozenset({"envoy", "representative", "emissary", "mediator", "coordinator"})
POST_CLASSES = {
    "office": "HOLDS_POSITION",
    "envoy": "REPRESENTS",
    "member": "MEMBER_OF",
    "official": "HOLDS_POSITION",
}
POST_PREPOSITIONS = {
    "HOLDS_POSITION": "of",
    "REPRESENTS": "for",
    "MEMBER_OF": "of",
    "CITIZEN_OF": "of",
    "OTHER": "of",
}


def post_class(scene: Scene, phrase: Phrase, way: str, owner: Token) -> str | None:
    """The class of a post, by the first of `CLASS_RULES` that knows it; else by the title's trait."""
    for rule in CLASS_RULES:
        found = rule(scene, phrase, way, owner)
        if found is not None:
            return found
    return POST_CLASSES[phrase.trait] if phrase.trait != "member" else None


def class_in_party(scene: Scene, phrase: Phrase, way: str, owner: Token) -> str | None:
    """A candidate stands for a party, in a country; who holds another's post is a member of the party."""
    is_candidate = scene.doc[phrase.head].lemma_.lower() in word_set("kg.relations", "candidates")
    if not scene.is_party(owner):
        return "OTHER" if is_candidate and scene.is_a(owner, COUNTRY) else None
    if is_candidate:
        return "REPRESENTS"
    return None if is_party_post(scene, phrase, way, owner) else "MEMBER_OF"


def class_of_envoy(scene: Scene, phrase: Phrase, way: str, owner: Token) -> str | None:
    """`the ambassador to Peru`, `the envoy for Peru` stand for others; so does a permanent representative."""
    words = {token.lower_ for token in scene.doc[phrase.start : phrase.end]}
    is_envoy = phrase.trait == "envoy" or bool(words & ENVOY_WORDS and "representative" in words)
    if not is_envoy:
        return None
    is_errand = way == "for" and scene.is_a(owner, PLACE_TYPES) and bool(words & ERRAND_WORDS)
    return "OTHER" if way == "to" or is_errand else "REPRESENTS"


def class_of_seat(scene: Scene, phrase: Phrase, way: str, owner: Token) -> str | None:
    """The class that a title of `lexicon/seats.tsv` gives with a body: `member of Parliament`."""
    entry = nominal_of(scene.doc[phrase.head])
    is_seat = entry is not None and entry.lemma in seats() and scene.is_a(owner, ORGANIZED)
    return seats()[entry.lemma][0] if entry is not None and is_seat and not scene.is_party(owner) else None


def class_of_national(scene: Scene, phrase: Phrase, way: str, owner: Token) -> str | None:
    """`a Canadian activist`, `an Indian lawyer`: a citizen, by nationality before a noun for people."""
    head = scene.doc[phrase.head]
    is_lawyer = head.lemma_.lower() in word_set("kg.relations", "lawyers") and not head.text.istitle()
    is_people = phrase.trait == "member" or is_lawyer
    return "CITIZEN_OF" if is_people and way == "modifier" and scene.is_a(owner, COUNTRY) else None


def class_of_member(scene: Scene, phrase: Phrase, way: str, owner: Token) -> str | None:
    """`an activist of Greenpeace`, `a columnist of the Post`: a member, or a post, of an organisation."""
    if not scene.is_a(owner, ORGANIZED):
        return None
    if scene.doc[phrase.head].lemma_.lower() in word_set("kg.relations", "members"):
        return "MEMBER_OF"
    return "HOLDS_POSITION" if phrase.trait == "member" else None


CLASS_RULES: tuple[Callable[[Scene, Phrase, str, Token], str | None], ...] = (
    class_in_party,
    class_of_national,
    class_of_envoy,
    class_of_seat,
    class_of_member,
)


def is_party_post(scene: Scene, phrase: Phrase, way: str, owner: Token) -> bool:
    """Whether a post is one in the party at it: `Labour leader`, not `Democratic committee chairman`.

    A post that belongs to somebody else too, or to a body named by its noun, is none of the party.
    """
    head = scene.doc[phrase.head]
    if way != "modifier":
        entry = nominal_of(head)
        return entry is None or (entry.lemma not in seats() and entry.trait != "member")
    if head.lemma_.lower() not in word_set("kg.relations", "party posts"):
        return False
    others = [o for w, o in owners(scene.doc, phrase) if o.i != owner.i and w in POST_WAYS]
    if any(scene.is_a(other, ORGANIZED) and not scene.is_party(other) for other in others):
        return False
    return body_noun(scene, phrase) is None


def post_words(scene: Scene, phrase: Phrase, relation_class: str, way: str, owner: Token) -> str:
    """The post as a predicate: `former prime minister of`."""
    if relation_class == "CITIZEN_OF":
        return "citizen of"
    if relation_class == "MEMBER_OF" and scene.is_party(owner):
        return "member of"
    is_errand = relation_class == "OTHER" and way in {"to", "for"}
    preposition = way if is_errand else POST_PREPOSITIONS[relation_class]
    return predicate_words(scene, phrase, preposition)
