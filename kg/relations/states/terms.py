"""Terms: posts that a verb or a noun for the time in office gives.

`served as president`, `was elected mayor of Lima`, `the post of Speaker`, `Ana's presidency`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from kg.actors.phrases import Phrase
from kg.language.tree import children_of
from kg.language.wordsets import table_rows, word_set
from kg.relations.clauses import expand, preposition_of
from kg.relations.drafts import Draft
from kg.relations.scene import Scene
from kg.relations.states.bearers import PERSON, draft, predicate_words
from kg.relations.states.classes import POST_CLASSES, POST_PREPOSITIONS
from kg.relations.states.implied import is_state_post
from kg.relations.states.posts import BODIES, owners_of_post
from kg.relations.states.seats import described_seat, implied_seat
from kg.types import MentionKind

POSTS = frozenset({"office", "official", "envoy"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})


def served(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Ana served as mayor of Lima`, `resumed the office of Speaker`: the post that a verb gives."""
    if phrase.kind is not MentionKind.NOMINAL or phrase.trait not in POSTS or phrase.plural:
        return
    holders = [token for token in holders_by_verb(scene.doc[phrase.head]) if scene.is_named(token, PERSON)]
    for holder in holders:
        owner = owner_of(scene, phrase, holder)
        if owner is not None:
            relation_class = POST_CLASSES[phrase.trait]
            words = predicate_words(scene, phrase, POST_PREPOSITIONS[relation_class])
            yield draft((holder, owner), scene.doc[phrase.head], words, relation_class, "served")


def holders_by_verb(head: Token) -> tuple[Token, ...]:
    """Who serves as, is appointed to, or takes the post that a noun names."""
    while head.dep_ == "conj":
        head = head.head
    if head.dep_ == "obl" and preposition_of(head) == "as":
        return holders_as(head.head)
    office = head.head
    is_office = office.dep_ in {"obj", "obl"} and office.lemma_.lower() in word_set(
        "kg.relations", "posts held"
    )
    is_held = is_office and office.head.lemma_.lower() in word_set("kg.relations", "verbs of office")
    return subjects_of(office.head) if head.dep_ == "nmod" and is_held else ()


def holders_as(verb: Token) -> tuple[Token, ...]:
    """Of `serve as` the subject; of `appoint as` the object, or the subject of its passive."""
    lemma = verb.lemma_.lower()
    if lemma in word_set("kg.relations", "verbs of service"):
        return subjects_of(verb)
    if lemma in word_set("kg.relations", "verbs of appointment"):
        objects = [child for child in children_of(verb) if child.dep_ == "obj"]
        passive = [child for child in children_of(verb) if child.dep_ == "nsubj:pass"]
        return expand(objects or passive)
    return ()


def subjects_of(verb: Token) -> tuple[Token, ...]:
    """The subjects of a verb, of a relative clause what it is said of; coordinated verbs share them."""
    own = [child for child in children_of(verb) if child.dep_ in SUBJECTS]
    if verb.dep_ == "acl:relcl" and all(child.lower_ in {"who", "that"} for child in own):
        return (nearest_before(own[0], verb.head) if own else verb.head,)
    if not own and verb.dep_ == "conj":
        return subjects_of(verb.head)
    return expand(own)


def nearest_before(pronoun: Token, antecedent: Token) -> Token:
    """The name right before a relative pronoun, within what the parser takes as its antecedent.

    In `Ana, the son of Bo, who served` the parser takes Ana.
    """
    last = pronoun.nbor(-1)
    last = last.nbor(-1) if last.text == "," and last.i else last
    while last.dep_ == "flat":
        last = last.head
    return last if last.pos_ == "PROPN" and antecedent.is_ancestor(last) else antecedent


def owner_of(scene: Scene, phrase: Phrase, holder: Token) -> Token | None:
    """Whose post a title without bearer names: what stands at it, the body it implies, the state."""
    for way, owner in owners_of_post(scene, phrase):
        if scene.is_a(owner, BODIES) and way != "to":
            return owner
    seated = described_seat(scene, phrase) or implied_seat(scene, phrase)
    if seated is not None:
        return seated[1]
    is_owned = any(child.dep_ == "nmod:poss" for child in children_of(scene.doc[phrase.head]))
    return scene.state_of(holder) if is_state_post(scene, phrase) and not is_owned else None


def tenure(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Ana's presidency`: the post that a noun for the time in it names, of the state or body at hand."""
    head = scene.doc[phrase.head]
    if phrase.kind is not MentionKind.NAME or not scene.is_named(head, PERSON) or head.dep_ != "nmod:poss":
        return
    title = tenures().get(head.head.lemma_.lower())
    state = scene.state_of(head) if title is not None else None
    if title is not None and state is not None:
        yield draft((head, state), head.head, f"{title} of", "HOLDS_POSITION", "tenure")


@functools.cache
def tenures() -> Mapping[str, str]:
    """Posts by the noun for the time in them.

    >>> tenures()["presidency"]
    'president'
    """
    return {row[0]: row[1] for row in table_rows("kg.relations", "tenures.tsv")[1:]}
