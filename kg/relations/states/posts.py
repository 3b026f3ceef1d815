"""Posts: `Turkish President Erdoğan`, `the Defence Secretary of the Philippines`, `Trump's lawyer`.

Who bears the title is the question of `bearers`; here, whose the post is and what class that gives.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.actors.identity import owner_at, owners
from kg.actors.phrases import Phrase
from kg.language.tree import children_of
from kg.language.wordsets import word_set
from kg.relations.drafts import Draft
from kg.relations.scene import Scene
from kg.relations.states.bearers import (
    COUNTRY,
    ORGANIZED,
    PERSON,
    bearers,
    draft,
    named,
    title_before,
)
from kg.relations.states.classes import POST_CLASSES, POST_WAYS, post_class, post_words
from kg.relations.states.seats import body_noun
from kg.types import EntityType

BODIES = frozenset({EntityType.ORGANIZATION, EntityType.COUNTRY, EntityType.PLACE})
KINDS_OF_POSTS = frozenset({"state", "district"})
"""Before a title they say which kind of post it is."""
OWNERS_OF_POSTS = {"office": BODIES, "envoy": BODIES | PERSON, "member": BODIES, "official": BODIES | PERSON}


def post(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`the president of Ukraine`, said of a person: the post, and whose it is."""
    head = scene.doc[phrase.head]
    if phrase.trait not in POST_CLASSES or head.lemma_.lower() in word_set("kg.relations", "owner nouns"):
        return
    for holder, way, owner in posts_held(scene, phrase):
        relation_class = post_class(scene, phrase, way, owner)
        if relation_class is not None:
            words = post_words(scene, phrase, relation_class, way, owner)
            yield draft((holder, owner), head, words, relation_class, f"post {way}")


def posts_held(scene: Scene, phrase: Phrase) -> Iterator[tuple[Token, str, Token]]:
    """Who bears a title, with whose it is and how that is said; of a plural, each with his own."""
    holders = bearers(scene, phrase)
    shared = owners_of_post(scene, phrase) if holders else []
    for number, bearer in enumerate(holders):
        found = shared
        if len(holders) > 1:
            own = [pair for child in children_of(bearer) for pair in owner_at(child)]
            own = [pair for pair in own if is_owner_of_post(scene, phrase, *pair)]
            paired = shared[number : number + 1] if len(shared) == len(holders) else shared[:1]
            found = own or paired
        yield from ((bearer, way, owner) for way, owner in found)


def owners_of_post(scene: Scene, phrase: Phrase) -> list[tuple[str, Token]]:
    """Whose a post is: what stands at it, else at a title that it is joined to, else a name before it."""
    found = owners_at_title(scene, phrase, phrase)
    for other in (title_before(scene, phrase), title_behind(scene, phrase)):
        if not found and other is not None:
            pairs = owners_at_title(scene, other, phrase)
            found = [pair for pair in pairs if pair[1].i >= max(phrase.end, other.end)]
    return found or [("modifier", owner) for owner in names_in_title(scene, phrase)]


def owners_at_title(scene: Scene, title: Phrase, phrase: Phrase) -> list[tuple[str, Token]]:
    """What stands at a title and may own the post that a phrase names."""
    first = scene.doc[title.head].head  # of `attorney general` the parser may take either as the head
    inside = children_of(first) if title.start <= first.i < title.head else ()
    found = [*owners(scene.doc, title), *(pair for child in inside for pair in owner_at(child))]
    pairs = [(way, named(scene, owner)) for way, owner in found if owner.i != title.head]
    return [pair for pair in pairs if is_owner_of_post(scene, phrase, *pair)]


def title_behind(scene: Scene, phrase: Phrase) -> Phrase | None:
    """The title without article that is joined to another: `spokesman of` behind `chair and`."""
    other = scene.title_from(phrase.end + 1)
    joined = other is not None and title_before(scene, other)
    return other if joined and joined.head == phrase.head else None


def names_in_title(scene: Scene, phrase: Phrase) -> list[Token]:
    """The name before a title that the article knows from elsewhere: `Sea-Eye spokesperson`."""
    for start in range(phrase.start, phrase.head):
        words = scene.doc[start : phrase.head]
        word = scene.word_for(words.text) if words[0].pos_ == "PROPN" else None
        if word is not None and not scene.is_a(word, PERSON) and not scene.stands_for(words[-1]):
            return [word]
    return []


def is_owner_of_post(scene: Scene, phrase: Phrase, way: str, owner: Token) -> bool:
    """Whether a post may belong to what stands at its title."""
    head = scene.doc[phrase.head]
    is_aide = phrase.noun in word_set("kg.relations", "posts of persons") and way in {"poss", "to", "of"}
    if is_in_title(scene, phrase, way, owner) or (way not in POST_WAYS and not is_aide):
        return False
    if scene.is_a(owner, ORGANIZED | PERSON if is_aide else ORGANIZED):
        return True
    if not scene.is_a(owner, OWNERS_OF_POSTS[phrase.trait]):
        return False
    if way in {"in", "with"} or (way not in {"poss", "modifier"} and body_noun(scene, phrase) is not None):
        return False
    if way == "modifier" and head.lemma_.lower() in word_set("kg.relations", "lawyers"):
        return scene.is_a(owner, COUNTRY)
    is_on_title = owner.head.i == head.i or way in {"poss", "modifier"} or owner.dep_ == "conj"
    return is_on_title or head.lemma_.lower() in word_set("kg.relations", "posts of places")


def is_in_title(scene: Scene, phrase: Phrase, way: str, owner: Token) -> bool:
    """Whether a word is one of the title itself: `chief of staff`, `state senator`, `district judge`."""
    words = phrase.noun.split()
    is_behind = phrase.head < owner.i < phrase.head + len(words) and not scene.is_named(owner, ORGANIZED)
    is_part = way == "modifier" and owner.lower_ in KINDS_OF_POSTS
    return is_behind or is_part
