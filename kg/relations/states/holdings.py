"""Holdings: what belongs to a state or body: its parts, what it owns, and what a participle ties to it.

`Thailand's Election Commission`, `a unit of Alphabet`, `the state-owned Zorco`, `the Yemen-based movement`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from kg.actors.identity import owners
from kg.actors.phrases import Phrase
from kg.language.tree import children_of
from kg.language.wordsets import table_rows, word_set
from kg.relations.drafts import Draft
from kg.relations.scene import Scene
from kg.relations.states.bearers import COUNTRY, ORGANIZED, draft
from kg.relations.states.places import is_state_body
from kg.relations.syntax import is_in_name
from kg.types import ACTOR_TYPES, PLACE_TYPES, EntityType, MentionKind

BODIES = ORGANIZED | PLACE_TYPES
HYPHENS = frozenset({"-", "–", "‐"})


def branch(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Thailand's Election Commission`, `Zorco, a unit of Zorg`: a body that is part of its owner."""
    head = scene.doc[phrase.head]
    if not scene.is_named(head, ORGANIZED):
        return
    is_part = head.lower_ in word_set("kg.relations", "part nouns")
    if not is_part and not is_state_body(scene, phrase):
        return
    ways = {"poss", "of", "for", "modifier"} if phrase.kind is MentionKind.NOMINAL else {"poss"}
    for way, owner in owners(scene.doc, phrase):
        if way in ways and scene.is_a(owner, BODIES) and not scene.is_party(owner):
            yield draft((head, owner), head, f"{head.lemma_.lower()} of", "PART_OF", f"branch {way}")


def state_owned(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`Peru's state-owned Zorco`: a body that its state owns."""
    head = scene.doc[phrase.head]
    if not scene.is_named(head, ORGANIZED):
        return
    said = [head.head] if head.dep_ in {"nsubj", "nsubj:pass"} else []
    marks = [token for token in (*children_of(head), *said) if is_state_owned(token)]
    pairs = owners(scene.doc, phrase) if marks else []
    states = [o for way, o in pairs if way in {"poss", "modifier"} and scene.is_a(o, COUNTRY)]
    state = scene.state_of(head) if marks and not states else None
    for owner in [*states, *([state] if state is not None else [])]:
        yield draft((owner, head), marks[0], "own", "OWNS", "state-owned")


def is_state_owned(token: Token) -> bool:
    """Whether a participle says that a state owns: `state-owned`, in one token or three."""
    doc, verbs = token.doc, word_set("kg.relations", "owned")
    if token.lower_ == "state" and token.dep_ == "compound" and not is_in_name(token):
        return token.head.lower_ in word_set("kg.relations", "state firms") and token.i < token.head.i
    first, _, last = token.lower_.partition("-")
    if last:
        return first in {"state", "government"} and last in verbs
    before = doc[max(0, token.i - 2) : token.i].text.lower()
    return token.lower_ in verbs and before in {
        f"{noun}{sign}" for noun in ("state", "government") for sign in HYPHENS
    }


@functools.cache
def participles() -> Mapping[str, tuple[str, str, str]]:
    """What participles behind a hyphen mean: class, predicate, and which end the name before is.

    >>> participles()["based"]
    ('LOCATED_IN', 'be based in', 'object')
    """
    rows = table_rows("kg.relations", "participles.tsv")[1:]
    return {word: (relation_class, words, end) for word, relation_class, words, end in rows}


def compound(scene: Scene, phrase: Phrase) -> Iterator[Draft]:
    """`the Yemen-based movement`, `US-led talks`, `Russian-backed rebels`: a name tied by a participle."""
    doc = scene.doc
    if (
        phrase.kind is not MentionKind.NAME
        or phrase.end + 1 >= len(doc)
        or doc[phrase.end].text not in HYPHENS
    ):
        return
    participle = doc[phrase.end + 1]
    meaning = participles().get(participle.lower_)
    noun = participle.head
    if meaning is None or participle.dep_ not in {"amod", "acl"} or not scene.stands_for(noun):
        return
    relation_class, words, end = meaning
    if relation_class == "PARTICIPATES_IN" and not scene.is_a(noun, {EntityType.EVENT}):
        return
    if end == "subject" and not scene.is_a(doc[phrase.head], ACTOR_TYPES):
        return
    ends = (doc[phrase.head], noun) if end == "subject" else (noun, doc[phrase.head])
    yield draft(ends, participle, words, relation_class, f"compound {relation_class}")
