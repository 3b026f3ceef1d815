"""Antecedents: the cluster that a phrase refers back to, by small rules, one a kind of phrase.

Each rule looks at a `coreference.State` and gives a cluster index, or None where it has no answer:
a wrong link makes false relations, a missing one only fewer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kg.actors.candidates import MOST_CANDIDATES, REACH, THRESHOLDS, likeliest, names_in, recent
from kg.actors.identity import are_compatible
from kg.actors.names import fold, is_acronym_of, is_body_name, is_name_variant
from kg.actors.phrases import Phrase
from kg.actors.pronouns import agreeing, subject_above
from kg.actors.ranking import noun_features
from kg.actors.registry import registry_of
from kg.language.wordsets import word_groups, word_set
from kg.types import EntityType, MentionKind

if TYPE_CHECKING:
    from kg.actors.coreference import State
    from kg.vocabulary import Actor

DEFINITE = frozenset({"the", "this", "poss"})
BARE = frozenset({"bare", "num"})
"""Classes of determiners, as `profiles.Facts` has them."""
GENERIC_TYPES = (EntityType.COUNTRY, EntityType.PLACE, EntityType.ORGANIZATION)
NOMINAL_REACH = 12
"""Sentences that a word for an event or thing looks back over."""
DESCRIBED_REACH = 36
"""Sentences that a title with its owner looks back over: it says more."""


def find(state: State, index: int) -> int | None:
    """The cluster that a phrase belongs to; None where no rule finds one."""
    phrase = state.phrases[index]
    is_plain = phrase.kind is MentionKind.NOMINAL and phrase.type is None
    rules = PLAIN_RULES if is_plain else RULES[phrase.kind]
    return next((found for rule in rules if (found := rule(state, index)) is not None), None)


# Names.


def bearer_of_name(state: State, index: int) -> int | None:
    """A cluster that bears the same name, or the same registry actor."""
    phrase = state.phrases[index]
    known = state.with_actor(phrase.actor) if phrase.actor else None
    if known is not None:
        return known
    folded = fold(phrase.name)
    for cluster in state.with_name(folded):
        bearers = (name for name in names_in(state, cluster) if fold(name.name) == folded)
        if any(are_alike(phrase, name) and not (phrase.actor and name.actor) for name in bearers) and (
            may_be_one_body(state, index, cluster)
        ):
            return cluster
    return None


def may_be_one_body(state: State, index: int, cluster: int) -> bool:
    """Whether a name's owner is not another than the cluster's: two states have two foreign ministries."""
    if not is_body_name(state.phrases[index].name):
        return True
    names = (i for i in state.clusters[cluster].phrases if state.phrases[i].kind is MentionKind.NAME)
    known = {key for i in names for key in state.owner_keys(i)}
    owners = state.owner_keys(index)
    return not owners or not known or bool(owners & known)


def bearer_of_variant(state: State, index: int) -> int | None:
    """A person by surname or another spelling, an organisation by acronym or a longer form.

    Of several, the one most often named, the first of equals: news calls its main figure by surname.
    """
    phrase = state.phrases[index]
    bearers = [
        c
        for c in state.named()
        if may_bear_variant(phrase, names_in(state, c)) and may_be_one_body(state, index, c)
    ]
    return max(bearers, key=lambda c: (state.profiles[c].size, -c), default=None)


def may_bear_variant(phrase: Phrase, names: Sequence[Phrase]) -> bool:
    """Whether a name is a variant of one of a cluster's, and contradicts none of its full names.

    Ana and Bo Bell are two, though either may be called Bell.
    """
    full = (name for name in names if " " in name.name and " " in phrase.name)
    return any(is_variant(phrase, name) for name in names) and all(
        is_variant(phrase, name) for name in full if {name.type, phrase.type} == {EntityType.PERSON}
    )


def is_variant(one: Phrase, other: Phrase) -> bool:
    """Whether two names can be forms of one."""
    if (one.actor and other.actor) or not are_alike(one, other):
        return False
    types = {one.type, other.type}
    if EntityType.PERSON in types and "address" in {one.trait, other.trait}:
        return False
    if types <= {EntityType.PERSON}:
        short, long = sorted((one.name, other.name), key=len)
        return is_name_variant(short, long)
    short, long = sorted((one.name, other.name), key=len)
    if EntityType.PERSON in types:
        return " " not in short and " " in long and fold(short) == fold(long).split()[-1]
    return EntityType.PLACE not in types and (is_acronym_of(short, long) or is_short_form(short, long))


def are_alike(one: Phrase, other: Phrase) -> bool:
    """Whether both or neither of two names are a ship's: one named after a person is not that person."""
    return (one.trait == "vessel") == (other.trait == "vessel")


def is_short_form(short: str, long: str) -> bool:
    """Whether a longer name only adds words such as `Company`: `Ford` and `Ford Motor Company`."""
    first, second = fold(short).split(), fold(long).split()
    added = set(second[len(first) :])
    return bool(first) and second[: len(first)] == first and added <= word_set("kg.actors", "company words")


# Nominals.


def described(state: State, index: int) -> int | None:
    """`the Ukrainian president`: who or what was called so before, with the same owner, or none."""
    phrase = state.phrases[index]
    if phrase.type is None or phrase.plural or not is_definite(state, index):
        return None
    for cluster in state.with_word(phrase.noun):
        if state.lines[index] - state.lines[state.profiles[cluster].last] > DESCRIBED_REACH:
            return None
        if is_called(state, index, cluster):
            return cluster
    return None


def is_called(state: State, index: int, cluster: int) -> bool:
    """Whether a cluster was called by the noun of a singular nominal, and of nobody else's."""
    noun, owner = state.phrases[index].noun, state.owner_keys(index)
    for other in state.clusters[cluster].phrases:
        earlier = state.phrases[other]
        if earlier.noun != noun or earlier.plural or rank_of(state, index) != rank_of(state, other):
            continue
        others = state.owner_keys(other)
        if owner & others or (not (owner and others) and may_own(state, owner, cluster)):
            return True
    return False


def rank_of(state: State, index: int) -> frozenset[str]:
    """What makes a post another one: `former`, `deputy`, `acting`."""
    return state.facts(index).modifiers & word_set("kg.actors", "modifiers of posts")


def may_own(state: State, owner: frozenset[str], cluster: int) -> bool:
    """Whether a post whose owner was not said before can be the owner's: `Samoa's president`.

    Not where the registry knows the holder otherwise, nor for a state named less often than another.
    """
    if not owner:
        return True
    actors = [registry_of(state.doc).actor(name.actor) for name in names_in(state, cluster) if name.actor]
    offices = [office.of for actor in actors if actor is not None for office in actor.offices]
    if offices:
        return bool(owner & set(offices))
    return most_named_state(state) in owner


def office_holder(state: State, index: int) -> int | None:
    """`the Ukrainian president`: somebody named before who by the registry held that office on the day."""
    owners_named = (state.phrases[i].actor for i in state.owner_phrases(index))
    return holder_named(state, index, sorted({owner for owner in owners_named if owner}))


def office_holder_at_home(state: State, index: int) -> int | None:
    """`the president`: the same for the state that the document names most."""
    if state.owner_phrases(index):
        return None
    state_named = most_named_state(state)
    return None if state_named is None else holder_named(state, index, [state_named])


def holder_named(state: State, index: int, owners: Sequence[str]) -> int | None:
    """Somebody named before who held a nominal's office of one of some registry actors on the day."""
    phrase = state.phrases[index]
    if phrase.trait != "office" or phrase.plural or not is_definite(state, index) or rank_of(state, index):
        return None
    article = state.doc._.article
    date = article.day if article else None
    registry = registry_of(state.doc)
    held = [actor for owner in owners for actor in registry.holders(phrase.noun, owner, date)]
    if not held:
        return None
    for cluster in state.named():
        if any(is_one_of(name, held) for name in names_in(state, cluster)):
            return cluster
    return None


def most_named_state(state: State) -> str | None:
    """The registry id of the state that a document names most; None where two are named equally."""
    first = state.states_named.most_common(2)
    return first[0][0] if first and (len(first) == 1 or first[0][1] > first[1][1]) else None


def is_one_of(name: Phrase, actors: Sequence[Actor]) -> bool:
    """Whether a name is that of one of some registry actors."""
    folded = fold(name.name)
    return any(
        name.actor == actor.id or folded in map(fold, (actor.name, *actor.aliases)) for actor in actors
    )


def same_thing(state: State, index: int) -> int | None:
    """`the meeting`, `the bill`: the last event or thing that the noun or its synonym named."""
    phrase = state.phrases[index]
    if phrase.type not in {EntityType.EVENT, EntityType.THING} or not is_definite(state, index):
        return None
    nouns = synonyms(phrase.noun)
    for cluster in recent(state, index, NOMINAL_REACH):
        for other in state.clusters[cluster].phrases:
            earlier = state.phrases[other]
            if earlier.noun in nouns and are_compatible(earlier.type, phrase.type):
                return cluster
    return None


def generic(state: State, index: int) -> int | None:
    """`the company`, `the city`: the last name of the noun's type; of states the one most spoken of."""
    phrase = state.phrases[index]
    noun = phrase.noun
    kinds = {kind for kind in GENERIC_TYPES if noun in word_set("kg.actors", f"generic {kind}")}
    if not kinds or phrase.plural or not is_definite(state, index) or has_modifier(state, index):
        return None
    fitting = [
        cluster
        for cluster in recent(state, index, REACH)
        if any(other.type in kinds and fits_noun(other, noun) for other in names_in(state, cluster))
    ]
    if EntityType.COUNTRY in kinds:
        return max(fitting, key=lambda cluster: state.profiles[cluster].size, default=None)
    return fitting[0] if fitting else None


def fits_noun(name: Phrase, noun: str) -> bool:
    """Whether a name may be called by a noun; `party` needs a party."""
    named_kinds = word_set("kg.actors", "named kind")
    return name.trait != "demonym" and (noun not in named_kinds or noun in fold(name.name).split())


def same_noun(state: State, index: int) -> int | None:
    """`the study`, `iodine`: the likeliest of the clusters that the noun was said of."""
    threshold = THRESHOLDS["plain" if state.phrases[index].type is None else "typed"]
    return likeliest(noun_options(state, index), threshold)


def noun_options(state: State, index: int) -> list[tuple[int, list[str]]]:
    """The clusters that a nominal's noun was said of, with what speaks for each."""
    clusters = state.with_word(state.phrases[index].noun)[:MOST_CANDIDATES]
    if not clusters:
        return []
    facts = state.facts(index)
    is_new = state.phrases[index].type is not None and facts.determiner in {"a", "some"}
    if is_new or facts.role == "predicate":
        return []
    fitting = (c for c in clusters if may_be_said(state, index, c))
    return [(c, noun_features(state, index, c, rank)) for rank, c in enumerate(fitting)]


def may_be_said(state: State, index: int, cluster: int) -> bool:
    """Whether a nominal may be said of what a cluster stands for; a post only of whoever was called by it."""
    phrase = state.phrases[index]
    own = phrase.type
    if phrase.trait in {"office", "envoy"} and not phrase.plural and not is_called(state, index, cluster):
        return False
    return not state.clusters[cluster].parts and all(
        are_compatible(own, other) for other in state.profiles[cluster].types
    )


RULES: dict[MentionKind, tuple[Callable[[State, int], int | None], ...]] = {
    MentionKind.NAME: (bearer_of_name, bearer_of_variant),
    MentionKind.NOMINAL: (
        office_holder,
        described,
        office_holder_at_home,
        same_thing,
        generic,
        same_noun,
    ),
    MentionKind.PRONOUN: (subject_above, agreeing),
}
PLAIN_RULES = (same_noun,)
"""For nouns that stand for no actor, event or thing."""


# What the rules ask.


def is_definite(state: State, index: int) -> bool:
    """Whether a nominal refers to what is known: `the`, `this`, a possessor, or a capitalised title.

    What is said of somebody refers to nobody else: `to become the first senator`.
    """
    facts = state.facts(index)
    if facts.role == "predicate":
        return False
    determiner = facts.determiner
    return determiner in DEFINITE or (determiner in BARE and state.heads[index].pos_ == "PROPN")


def has_modifier(state: State, index: int) -> bool:
    """Whether a nominal says more than its noun."""
    phrase = state.phrases[index]
    return phrase.end - phrase.start > 1 or bool(state.owner_phrases(index))


def synonyms(noun: str) -> frozenset[str]:
    """Nouns that name the same event or thing."""
    groups = word_groups("kg.actors", "same event")
    return next((nouns for nouns in groups if noun in nouns), frozenset({noun}))
