"""Seats: posts in a body that the title itself names or implies.

`Senator Ana` sits in the Senate, `committee member Ana` in the committee, `Judge Ana` on the court: where the
article names one such body, the post is there. `lexicon/seats.tsv` lists titles with the bodies they imply.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from kg.actors.identity import owners
from kg.actors.phrases import Phrase, nominal_of
from kg.language.tree import children_of
from kg.language.wordsets import table_rows, word_set
from kg.relations.drafts import Draft
from kg.relations.scene import Scene
from kg.relations.states.bearers import ORGANIZED, bearers, draft, predicate_words
from kg.relations.syntax import is_in_name
from kg.types import MentionKind

SEATED = frozenset({"office", "member", "official", "envoy"})
REPRESENTATIVES = frozenset({"envoy"})


@functools.cache
def seats() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """The class and the bodies of titles that imply one, by lemma.

    >>> seats()["senator"]
    ('HOLDS_POSITION', ('senate',))
    """
    rows = table_rows("kg.relations", "seats.tsv")[1:]
    return {title: (relation_class, tuple(bodies.split(";"))) for title, relation_class, bodies in rows}


def seat(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Senator Ana`, `committee member Ana`, `the court's president`: a post in a body named elsewhere."""
    if phrase.kind is not MentionKind.NOMINAL or phrase.trait not in SEATED:
        return
    found = described_seat(scene, phrase) or implied_seat(scene, phrase)
    if found is None:
        return
    relation_class, body, way = found
    preposition = "for" if relation_class == "REPRESENTS" else "of"
    words = predicate_words(scene, phrase, preposition)
    for holder in bearers(scene, phrase, new=True):
        yield draft((holder, body), scene.doc[phrase.head], words, relation_class, f"seat {way}")


def described_seat(scene: Scene, phrase: Phrase) -> tuple[str, Token, str] | None:
    """The body that a noun before or behind a title names: `the council's president`."""
    head = scene.doc[phrase.head]
    nouns = word_set("kg.relations", "body nouns")
    behind = [owner for way, owner in owners(scene.doc, phrase) if way in {"poss", "of"} and is_bare(owner)]
    unnamed = (owner for owner in behind if owner.lower_ in nouns and not is_named_body(scene, owner))
    noun = body_noun(scene, phrase) or next(unnamed, None)
    body = scene.body_called([noun.lower_]) if noun is not None else None
    if body is None:
        return None
    is_member = head.lemma_.lower() in word_set("kg.relations", "members")
    office = "REPRESENTS" if phrase.trait in REPRESENTATIVES else "HOLDS_POSITION"
    return ("MEMBER_OF" if is_member else office), body, "described"


def body_noun(scene: Scene, phrase: Phrase) -> Token | None:
    """The noun for a body before a title: `committee` of `committee member`; None where there is none."""
    nouns = word_set("kg.relations", "body nouns")
    before = scene.doc[phrase.start : phrase.head]
    return next((token for token in before if token.lower_ in nouns and not is_in_name(token)), None)


def is_bare(noun: Token) -> bool:
    """Whether nothing but an article tells which body a noun means."""
    return all(child.dep_ in {"det", "case", "punct"} for child in children_of(noun))


def is_named_body(scene: Scene, token: Token) -> bool:
    """Whether a token stands for an organisation that the article names."""
    return scene.is_named(token, ORGANIZED)


def implied_seat(scene: Scene, phrase: Phrase) -> tuple[str, Token, str] | None:
    """The body that a title alone implies, unless a body stands at it already."""
    head = scene.doc[phrase.head]
    entry = nominal_of(head)
    before = scene.doc[phrase.start - 1].lower_ if phrase.start else ""
    is_inside = before == "of" and scene.title_until(phrase.start - 1) is not None
    if entry is None or entry.lemma not in seats() or is_inside:
        return None
    pairs = owners(scene.doc, phrase)
    if any(scene.is_a(owner, ORGANIZED) and not scene.is_party(owner) for _, owner in pairs):
        return None
    relation_class, bodies = seats()[entry.lemma]
    body = scene.body_called(bodies)
    return (relation_class, body, "implied") if body is not None else None
