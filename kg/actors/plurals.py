"""Plurals that stand for several: `both leaders`, `the two countries`, `they` after `A and B`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.actors.candidates import REACH, names_in, recent
from kg.actors.identity import coordinated
from kg.actors.phrases import Phrase
from kg.language.tree import children_of
from kg.language.wordsets import word_set
from kg.types import ACTOR_TYPES, EntityType, MentionKind

if TYPE_CHECKING:
    from kg.actors.coreference import State

PAIR_WORDS = frozenset({"both", "two"})
PAIR = 2


def parts_of(state: State, index: int) -> tuple[int, ...]:
    """What a plural stands for: `both leaders`, `the two countries`, `they` after `A and B`.

    Empty where the phrase is no such plural, or where there is no clear candidate.
    """
    phrase = state.phrases[index]
    if phrase.kind is MentionKind.PRONOUN:
        return row_before(state, index) if phrase.trait == "they" else ()
    if phrase.kind is not MentionKind.NOMINAL or not phrase.plural:
        return ()
    noun = phrase.noun
    kind = plural_type(noun)
    if kind is None or not is_pair(state, phrase):
        return ()
    found = [c for c in recent(state, index, REACH) if any(p.type is kind for p in names_in(state, c))]
    if len(found) < PAIR or (len(found) > PAIR and not says_two(state, phrase)):
        return ()
    return tuple(sorted(found[:PAIR]))


def plural_type(noun: str) -> EntityType | None:
    """What a noun in the plural stands for several of; None where it stands for none named before."""
    if noun in word_set("kg.actors", "plural persons"):
        return EntityType.PERSON
    return EntityType.COUNTRY if noun in word_set("kg.actors", "plural states") else None


def row_before(state: State, index: int) -> tuple[int, ...]:
    """The last row of coordinated actors before a pronoun, or the plural that stood for several.

    It must stand in the same sentence or be a subject of the one before, with no other plural between.
    """
    here = state.lines[index]
    for earlier in range(index - 1, -1, -1):
        phrase = state.phrases[earlier]
        distance = here - state.lines[earlier]
        token = state.heads[earlier]
        if distance > 1:
            return ()
        if distance == 1 and not token.dep_.startswith("nsubj"):
            continue
        cluster = state.cluster_of.get(earlier)
        if cluster is not None and state.clusters[cluster].parts:
            return state.clusters[cluster].parts
        if phrase.plural:
            return ()
        row = [
            state.by_head[t.i]
            for t in coordinated(token)
            if t.i in state.by_head and state.by_head[t.i] < index
        ]
        clusters = tuple(dict.fromkeys(state.cluster_of[i] for i in row if is_actor(state, i)))
        if len(clusters) > 1:
            return clusters
    return ()


def is_actor(state: State, index: int) -> bool:
    """Whether a phrase that has a cluster names someone who acts."""
    return index in state.cluster_of and state.phrases[index].type in ACTOR_TYPES


def is_pair(state: State, phrase: Phrase) -> bool:
    """Whether a plural speaks of two: `both`, `the two`, or a bare `the leaders`."""
    if says_two(state, phrase):
        return True
    head = state.doc[phrase.head]
    words = before_noun(state, phrase)
    is_restricted = any(child.dep_.startswith(("acl", "nmod")) for child in children_of(head))
    return words == {"the"} and phrase.end - phrase.start == 1 and not is_restricted


def says_two(state: State, phrase: Phrase) -> bool:
    """Whether a plural has `both` or `two` before it."""
    return bool(before_noun(state, phrase) & PAIR_WORDS)


def before_noun(state: State, phrase: Phrase) -> set[str]:
    """The determiners, numbers and adjectives of a nominal."""
    labels = {"det", "nummod", "amod", "det:predet"}
    return {child.lower_ for child in children_of(state.doc[phrase.head]) if child.dep_ in labels}
