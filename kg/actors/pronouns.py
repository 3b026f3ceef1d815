"""Pronouns of the third person: the clusters that agree with one, and the likeliest of them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from spacy.tokens import Token

from kg.actors.candidates import MOST_CANDIDATES, REACH, THRESHOLDS, likeliest, recent
from kg.actors.phrases import Phrase
from kg.actors.profiles import SEXES
from kg.actors.ranking import pronoun_features
from kg.language.tree import children_of
from kg.types import EntityType

if TYPE_CHECKING:
    from kg.actors.coreference import State

ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
CLAUSES = frozenset({"ccomp", "advcl", "acl:relcl"})
INSIDE = frozenset({"obj", "obl", "nmod", "conj", "xcomp"})
"""Labels of what stands within the clause above."""
COLLECTIVES = frozenset({EntityType.GROUP, EntityType.ORGANIZATION})


def subject_above(state: State, index: int) -> int | None:
    """For `he` and `she` as a subject, the person who is the subject of the clause that theirs depends on.

    In `Ana said that she left` and `Ana went to Oslo, where she met Bo` that is Ana, however often others
    were named before: a subject goes on to be one (Grosz, Joshi and Weinstein 1995, Computational
    Linguistics 21:2). None where that subject is no person who agrees.
    """
    pronoun, token = state.phrases[index], state.heads[index]
    if pronoun.trait not in SEXES or token.dep_ not in SUBJECTS or state.is_quoted(token.i):
        return None
    for verb in clauses_above(token.head):
        subjects = [one for one in children_of(verb) if one.dep_ in SUBJECTS and one.i < token.i]
        if subjects:
            phrase = state.by_head.get(subjects[0].i)
            cluster = state.cluster_of.get(phrase, -1) if phrase is not None else -1
            return cluster if cluster in candidates(state, index) else None
    return None


def clauses_above(verb: Token) -> Iterator[Token]:
    """The predicates of the clauses that one depends on within its sentence, the nearest first.

    Of predicates in a row (`thanked him and said`), which share a subject, each is given.
    """
    is_above = False
    while verb.dep_ in CLAUSES | INSIDE and verb.head.i != verb.i:
        is_above = is_above or verb.dep_ in CLAUSES
        verb = verb.head
        if is_above and verb.pos_ in {"VERB", "AUX"}:
            yield verb


def agreeing(state: State, index: int) -> int | None:
    """The likeliest cluster that agrees with a pronoun in number and kind."""
    return likeliest(pronoun_options(state, index), THRESHOLDS[state.phrases[index].trait])


def pronoun_options(state: State, index: int) -> list[tuple[int, list[str]]]:
    """The clusters that agree with a pronoun, with what speaks for each."""
    found = candidates(state, index)
    return [(c, pronoun_features(state, index, c, (rank, len(found)))) for rank, c in enumerate(found)]


def candidates(state: State, index: int) -> list[int]:
    """The clusters that agree with a pronoun, the last mentioned first."""
    pronoun = state.phrases[index]
    fitting = (c for c in recent(state, index, REACH) if agrees(state, pronoun, c))
    return list(islice((c for c in fitting if not clashes(state, index, c)), MOST_CANDIDATES))


def agrees(state: State, pronoun: Phrase, cluster: int) -> bool:
    """Whether a pronoun can stand for a cluster."""
    profile = state.profiles[cluster]
    kinds, word = profile.types, pronoun.trait
    is_only_said = profile.size == 1 and state.facts(profile.last).role == "predicate"
    if is_only_said or profile.pronouns - {word}:
        return False
    if word in SEXES:
        is_person = kinds == {EntityType.PERSON} or (not kinds and word in profile.pronouns)
        return is_person and not profile.is_plural and profile.sexes <= {SEXES[word]}
    if word == "they":
        return profile.is_plural or bool(kinds & COLLECTIVES)
    is_one = profile.is_singular or not profile.is_plural
    if not is_one or (not kinds and is_time(state.heads[profile.last])):
        return False
    return not kinds & {EntityType.PERSON, EntityType.GROUP}


def is_time(token: Token) -> bool:
    """Whether a noun says when, as `today` and `Wednesday` do: no pronoun stands for that."""
    return token.ent_type_ == "DATE" or token.dep_ in {"obl:unmarked", "nmod:unmarked"}


def clashes(state: State, index: int, cluster: int) -> bool:
    """Whether a pronoun and the last phrase of a cluster are two arguments of one verb: `Ana praised her`."""
    pronoun = state.heads[index]
    last = state.heads[state.profiles[cluster].last]
    return (
        pronoun.head.i == last.head.i
        and last.dep_ in ARGUMENTS
        and pronoun.dep_ in ARGUMENTS
        and not pronoun.lower_.endswith(("self", "selves"))
    )
