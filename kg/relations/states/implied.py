"""Implied posts: `President Trump`, `Governor Ivey`, `Peru's Queen Ana`, `the government of Ana`.

The title has no owner of its own: it is the state's or the place's that the article is about.
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
from kg.relations.states.bearers import COUNTRY, PERSON, bearers, draft, predicate_words
from kg.relations.states.classes import POST_CLASSES, POST_WAYS
from kg.relations.states.posts import BODIES, owners_of_post
from kg.types import MentionKind

STATE_POSTS = frozenset({"representative", "senator"})
"""Local only where `state` stands before them."""
INDEFINITE = frozenset({"a", "an"})
GOVERNMENTS = frozenset({"government", "administration", "cabinet", "regime", "junta"})
"""Of these `of` names the head; of an investigation it names whom it is about."""
LOCAL = frozenset({"state", "regional", "provincial", "local", "municipal", "city"})
"""Before a local title they say of what kind of place it is."""
LESSER = frozenset({"deputy", "vice", "assistant"})
"""Before a local title they make it one of several."""


def implied_post(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`President Trump`, `the Defence Secretary`: a post of the state that the article is about."""
    head = scene.doc[phrase.head]
    if phrase.trait not in POST_CLASSES or not is_state_post(scene, phrase):
        return
    if any(child.lower_ in INDEFINITE for child in children_of(head)):
        return
    if any(way in POST_WAYS and is_outside(scene, phrase, owner) for way, owner in owners(scene.doc, phrase)):
        return
    for holder in bearers(scene, phrase):
        state = scene.state_of(holder)
        if state is not None:
            words = predicate_words(scene, phrase, "of")
            yield draft((holder, state), head, words, "HOLDS_POSITION", "post implied")


def is_outside(scene: Scene, phrase: Phrase, owner: Token) -> bool:
    """Whether what stands at a title is an actor or place, and no word of the title: `secretary of state`."""
    return scene.is_a(owner, BODIES | PERSON) and not phrase.head < owner.i < phrase.end


def local_post(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Governor Ana`: a post of the one place that the article is about."""
    noun = scene.doc[phrase.head].lemma_.lower()
    posts = word_set("kg.relations", "local posts")
    if phrase.kind is not MentionKind.NOMINAL or not {noun, phrase.noun} & posts:
        return
    before = {token.lower_ for token in scene.doc[phrase.start : phrase.head]}
    is_other = bool(before & (LESSER | word_set("kg.relations", "parts of states") - LOCAL))
    owned = any(
        scene.is_name(entity) for _, o in owners_of_post(scene, phrase) for entity in scene.entities(o)
    )
    if is_other or owned or (noun in STATE_POSTS and "state" not in before):
        return
    place = scene.place_of()
    if place is None:
        return
    for holder in bearers(scene, phrase, new=True):
        words = predicate_words(scene, phrase, "of")
        yield draft((holder, place), scene.doc[phrase.head], words, "HOLDS_POSITION", "post local")


def titled_name(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Peru's Queen Ana`: a post that is part of a name, of what stands at it, else of the holder's state."""
    head = scene.doc[phrase.head]
    title = scene.doc[phrase.start].lower_
    titles = word_set("kg.relations", "titles in names")
    if phrase.kind is not MentionKind.NAME or title not in titles or not scene.is_named(head, PERSON):
        return
    pairs = [pair for child in children_of(head) for pair in owner_at(child)]
    owned = [owner for way, owner in pairs if way in {"poss", "of"} and scene.is_a(owner, COUNTRY)]
    state = scene.state_of(head) if not owned else None
    for owner in [*owned, *([state] if state is not None else [])]:
        yield draft((head, owner), head, f"{title} of", "HOLDS_POSITION", "post titled name")


def headed(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`the government of Ana`, `Bo's investigation`: who heads what acts in his name."""
    head = scene.doc[phrase.head]
    if phrase.kind is not MentionKind.NOMINAL or head.lemma_.lower() not in word_set(
        "kg.relations", "headed nouns"
    ):
        return
    ways = {"poss", "of"} if head.lemma_.lower() in GOVERNMENTS else {"poss"}
    for way, owner in owners(scene.doc, phrase):
        if way in ways and owner.pos_ == "PROPN" and scene.is_named(owner, PERSON):
            yield draft((owner, head), head, "head of", "HOLDS_POSITION", "headed")


def is_state_post(scene: Scene, phrase: Phrase) -> bool:
    """Whether a title without owner is one of a state: `president`, not `regional governor`, `professor`."""
    words = [token.lower_ for token in scene.doc[phrase.start : phrase.end]]
    posts = word_set("kg.relations", "state posts")
    ends = {" ".join(words[start:]) for start in range(len(words))} | {scene.doc[phrase.head].lemma_.lower()}
    if phrase.noun in word_set("kg.relations", "local posts"):
        return False
    return bool(ends & posts) and not word_set("kg.relations", "parts of states") & set(words[:-1])
