"""How likely a phrase refers to a cluster: a logistic regression over what is known of both.

The weights are learnt from annotated documents by `kg/training/coreference.py` and stand in
`coreference.json`; a feature without a weight counts nothing. The features follow those that are known to
matter: distance, grammatical role, agreement, mentions so far (Lappin and Leass 1994, Computational
Linguistics 20:4; Bengtson and Roth 2008, EMNLP).
"""

from __future__ import annotations

import functools
import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from importlib import resources
from typing import TYPE_CHECKING

from kg.actors.profiles import Profile
from kg.language.wordsets import word_set

if TYPE_CHECKING:
    from kg.actors.coreference import State

NEAR = (0, 1, 2, 3, 6, 12, 25)
"""Bounds of the steps that distances in sentences are told by."""
SIZES = (1, 2, 3, 6)
RANKS = 5
PROMINENCE = ("subject", "object", "owner", "oblique", "other", "compound", "predicate")


@functools.cache
def load_weights() -> Mapping[str, float]:
    """The weights of the package, by feature; `""` is the bias."""
    text = resources.files("kg.actors").joinpath("coreference.json").read_text("utf-8")
    weights: dict[str, float] = json.loads(text)["weights"]
    return weights


def log_odds(features: Iterable[str], weights: Mapping[str, float]) -> float:
    """The logarithm of how much likelier than not a phrase refers to a cluster.

    >>> log_odds(["near"], {"": -1.0, "near": 3.0})
    2.0
    """
    return weights.get("", 0.0) + sum(weights.get(feature, 0.0) for feature in features)


def pronoun_features(state: State, index: int, cluster: int, place: tuple[int, int]) -> list[str]:
    """What speaks for and against a pronoun of the third person standing for a cluster.

    Args:
        state: The clusters so far.
        index: The pronoun.
        cluster: The cluster.
        place: How many clusters that agree stand nearer, and how many there are.
    """
    rank, count = place
    profile = state.profiles[cluster]
    word = state.phrases[index].trait
    last = state.phrases[profile.last]
    token, head = state.heads[index], state.heads[profile.last]
    facts, own = state.facts(profile.last), state.facts(index)
    distance = step(state.lines[index] - state.lines[profile.last], NEAR)
    kind, role = kind_of(profile), best_role(state, cluster)
    found = [
        word,
        f"{word} of={min(count, RANKS)}",
        f"{word} near={min(distance, 3)}",
        f"{word} rank={min(rank, RANKS)}",
        f"{word} kind={kind}",
        f"{word} last={last.kind} near={min(distance, 1)}",
        f"{word} {role} near={min(distance, 2)}",
        f"{word} {role}-{own.role}",
        f"{word} {role} rank={min(rank, 2)} near={min(distance, 1)}",
        f"{word} as={own.role}",
        f"{word} size={step(profile.size, SIZES)}",
        f"{word} after={facts.determiner}",
        f"quoted={state.is_quoted(token.i)}-{state.is_quoted(head.i)}",
    ]
    if word in profile.pronouns:
        found.append(f"{word} again near={min(distance, 2)}")
    if profile.sexes:
        found.append(f"{word} sex")
    if is_first(state, profile.last):
        found.append(f"{word} first near={min(distance, 2)}")
    if own.role == "object" and token.head.lemma_.lower() in word_set("kg.actors", "verbs of claims"):
        found.append(f"{word} claimed")
    if token.head.i == head.head.i and token.i != token.head.i:
        found.append(f"{word} same governor")
    if is_within(state, index, profile.last):
        found.append(f"{word} within")
    return found


def noun_features(state: State, index: int, cluster: int, rank: int) -> list[str]:
    """What speaks for and against a nominal standing for a cluster that its noun was said of.

    Args:
        state: The clusters so far.
        index: The nominal.
        cluster: The cluster.
        rank: How many such clusters stand nearer.
    """
    profile = state.profiles[cluster]
    phrase, own = state.phrases[index], state.facts(index)
    before = profile.by_noun.get(phrase.noun, profile.last)
    facts = state.facts(before)
    distance = step(state.lines[index] - state.lines[profile.last], NEAR)
    how = likeness(own.modifiers, facts.modifiers)
    kind = "noun" if phrase.noun in profile.by_noun else "name"
    new, old = own.determiner, facts.determiner
    role = "compound" if own.role == "compound" else "noun"
    number = f"{'many' if phrase.plural else 'one'}-{'many' if profile.is_plural else 'one'}"
    found = [
        f"{kind} {role}",
        f"{new} after {old}",
        f"{new} {how}",
        f"{new} {role} {how}",
        f"{how} {'clause' if 'clause' in own.modifiers else 'plain'}",
        f"noun near={distance}",
        f"{new} near={distance}",
        f"{how} near={min(distance, 4)}",
        f"number={number}",
        f"{new} number={number}",
        f"noun rank={min(rank, 3)}",
        f"noun size={step(profile.size, SIZES)}",
        f"{new} said={step(state.times_said(phrase.noun), SIZES)}",
        f"{new} type={phrase.type}",
        f"{kind} {new} of {kind_of(profile)}",
        f"{role} after {facts.role}",
    ]
    owner = owner_match(state, index, before)
    if owner:
        found.append(f"owner {owner}")
    if is_within(state, index, profile.last):
        found.append("noun within")
    return found


def kind_of(profile: Profile) -> str:
    """What a cluster is, and whether it has a name."""
    types = sorted(profile.types)
    named = "name" if profile.is_named else "noun" if profile.by_noun else "pronoun"
    return f"{types[0] if len(types) == 1 else 'mixed' if types else 'unknown'} {named}"


def best_role(state: State, cluster: int) -> str:
    """The most prominent role of a cluster's phrases in the sentence of its last."""
    phrases = state.clusters[cluster].phrases
    sentence = state.lines[phrases[-1]]
    roles = set()
    for index in reversed(phrases):
        if state.lines[index] != sentence:
            break
        roles.add(state.facts(index).role)
    return next(role for role in PROMINENCE if role in roles)


def likeness(new: frozenset[str], old: frozenset[str]) -> str:
    """How the modifiers of a nominal stand to those of an earlier one."""
    if new == old:
        return "same" if new else "plain"
    if not new:
        return "fewer, none"
    if not old:
        return "more, from none"
    if new < old:
        return "fewer"
    if new > old:
        return "more"
    return "overlapping" if new & old else "different"


def owner_match(state: State, index: int, other: int) -> str:
    """Whether two nominals have owners that are `one` or `two`; empty where either has none."""
    mine, theirs = state.owner_keys(index), state.owner_keys(other)
    if not mine or not theirs:
        return ""
    return "one" if mine & theirs else "two"


def is_first(state: State, index: int) -> bool:
    """Whether a phrase is the first of its sentence."""
    number = state.lines[index]
    return index == 0 or state.lines[index - 1] != number


def is_within(state: State, index: int, other: int) -> bool:
    """Whether either of two phrases in a sentence stands inside the other."""
    if state.lines[index] != state.lines[other]:
        return False
    one, two = state.heads[index], state.heads[other]
    return bool(one.is_ancestor(two) or two.is_ancestor(one))


def step(value: int, bounds: tuple[int, ...]) -> int:
    """Which of ascending bounds a value reaches: the number of those below it.

    >>> [step(value, (0, 1, 3)) for value in (0, 1, 2, 3, 9)]
    [0, 1, 2, 2, 3]
    """
    return bisect_left(bounds, value)
