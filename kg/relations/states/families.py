"""Families: `Trump's daughter Ivanka`, `Ivanka, daughter of Trump`, `her brother, King Ana`.

`survived by his wife Ana, two sons, Bo and Cem`: of kin in a row all are of the one.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.actors.identity import owners
from kg.actors.phrases import Phrase
from kg.language.tree import children_of
from kg.relations.drafts import Draft
from kg.relations.scene import Scene
from kg.relations.states.bearers import PERSON, bearers, draft, named

KIN_WAYS = frozenset({"poss", "of"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
SINGULAR_OWNERS = frozenset({"his", "her"})


def family(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """A word for kin with the one who bears it and whose kin that is."""
    head = scene.doc[phrase.head]
    if phrase.trait != "family" and phrase.noun != "child":
        return
    kin = kin_of(scene, phrase)
    for bearer in bearers(scene, phrase):
        for owner in (owner for owner in kin if scene.is_a(owner, PERSON)):
            yield draft((bearer, owner), head, f"{head.lemma_.lower()} of", "FAMILY_OF", "family")


def kin_of(scene: Scene, phrase: Phrase) -> list[Token]:
    """Whose kin a word is about; what its own owner leaves open, the first of the row or the clause says."""
    head = scene.doc[phrase.head]
    found = [owner for way, owner in owners(scene.doc, phrase) if way in KIN_WAYS]
    kin = [named(scene, owner) for owner in map(antecedent, found) if scene.stands_for(owner)]
    if kin:
        return kin
    if phrase.noun == "child" and not found:
        return []
    first = scene.title_at(head.head) if head.dep_ == "conj" else None
    if first is not None and first.trait == "family" and first.head < phrase.head:
        return kin_of(scene, first)
    is_his = any(owner.lower_ in SINGULAR_OWNERS for owner in found)
    return subject_over(scene, head) if is_his else []


def antecedent(owner: Token) -> Token:
    """What `whose` stands for; other owners stand for themselves."""
    if owner.lower_ != "whose":
        return owner
    return next((token.head for token in owner.ancestors if token.dep_ == "acl:relcl"), owner)


def subject_over(scene: Scene, noun: Token) -> list[Token]:
    """The person who is the subject of the clause that a noun is in: `his` of `Ana saw his wife`."""
    for token in noun.ancestors:
        subjects = [c for c in children_of(token) if c.dep_ in SUBJECTS and c.i < noun.i]
        if subjects:
            return [subject for subject in subjects if scene.is_named(subject, PERSON)]
    return []
