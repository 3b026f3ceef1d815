"""Antecedents: the cluster that a phrase refers back to, by small rules, one a kind of phrase.

Each rule looks at a `coreference.State` and gives a cluster index, or None where it has no answer:
a wrong link makes false relations, a missing one only fewer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from kg.actors.identity import are_compatible, owners
from kg.actors.names import fold, is_acronym_of, is_name_variant
from kg.actors.phrases import Phrase, given_names, singular
from kg.actors.registry import registry_of
from kg.language.wordsets import word_groups, word_set
from kg.types import EntityType, MentionKind

if TYPE_CHECKING:
    from kg.actors.coreference import State
    from kg.vocabulary import Actor

DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "its", "their", "his", "her"})
SINGULAR_THINGS = frozenset({EntityType.ORGANIZATION, EntityType.COUNTRY, EntityType.EVENT, EntityType.THING})
PERSON_PRONOUNS = frozenset("he she him her his hers himself herself".split())
FEMALE = frozenset("she her hers herself".split())
PLURAL_PRONOUNS = frozenset("they them their theirs themselves".split())
GENERIC_TYPES = (EntityType.COUNTRY, EntityType.PLACE, EntityType.ORGANIZATION)
REACH = 3
"""Sentences that a pronoun looks back over: in GUM news nine of ten antecedents stand that near."""
NOMINAL_REACH = 12


def find(state: State, index: int) -> int | None:
    """The cluster that a phrase belongs to; None where no rule finds one."""
    phrase = state.phrases[index]
    return next((found for rule in RULES[phrase.kind] if (found := rule(state, index)) is not None), None)


# Names.


def bearer_of_name(state: State, index: int) -> int | None:
    """A cluster that bears the same name, or the same registry actor."""
    phrase = state.phrases[index]
    folded = fold(phrase.name)
    for cluster in recent(state, index):
        for other in names_in(state, cluster):
            if phrase.actor is not None and phrase.actor == other.actor:
                return cluster
            if folded == fold(other.name) and not (phrase.actor and other.actor):
                return cluster
    return None


def bearer_of_variant(state: State, index: int) -> int | None:
    """A person by surname or another spelling, an organisation by acronym or a longer form.

    Of several, the one most often named, the first of equals: news calls its main figure by surname.
    """
    phrase = state.phrases[index]
    bearers = [
        c for c in recent(state, index) if any(is_variant(phrase, other) for other in names_in(state, c))
    ]
    return max(bearers, key=lambda c: (len(state.clusters[c].phrases), -c), default=None)


def is_variant(one: Phrase, other: Phrase) -> bool:
    """Whether two names can be forms of one."""
    if one.actor and other.actor:
        return False
    types = {one.type, other.type}
    if types <= {EntityType.PERSON}:
        short, long = sorted((one.name, other.name), key=len)
        return is_name_variant(short, long)
    short, long = sorted((one.name, other.name), key=len)
    if EntityType.PERSON in types:
        return " " not in short and " " in long and fold(short) == fold(long).split()[-1]
    return EntityType.PLACE not in types and (is_acronym_of(short, long) or is_short_form(short, long))


def is_short_form(short: str, long: str) -> bool:
    """Whether a longer name only adds words such as `Company`: `Ford` and `Ford Motor Company`."""
    first, second = fold(short).split(), fold(long).split()
    added = set(second[len(first) :])
    return bool(first) and second[: len(first)] == first and added <= word_set("kg.actors", "company words")


# Nominals.


def described(state: State, index: int) -> int | None:
    """`the Ukrainian president`: a person whose title and owner were given before."""
    phrase = state.phrases[index]
    if phrase.plural or not is_definite(state, phrase):
        return None
    noun, owner = noun_of(state, phrase), owner_keys(state, phrase)
    for cluster in recent(state, index, NOMINAL_REACH * 3):
        for other in state.clusters[cluster].phrases:
            earlier = state.phrases[other]
            if earlier.kind is not MentionKind.NOMINAL or noun_of(state, earlier) != noun or earlier.plural:
                continue
            others = owner_keys(state, earlier)
            if owner & others or (not (owner and others) and may_own(state, owner, cluster)):
                return cluster
    return None


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
    named = Counter(p.actor for p in state.phrases if p.actor and p.type is EntityType.COUNTRY)
    return bool(named) and named.most_common(1)[0][0] in owner


def office_holder(state: State, index: int) -> int | None:
    """`the Ukrainian president`: somebody named before who by the registry held that office on the day."""
    phrase = state.phrases[index]
    if phrase.trait != "office" or phrase.plural or not is_definite(state, phrase):
        return None
    owners_named = {state.phrases[i].actor for i in owner_phrases(state, phrase)} - {None}
    article = state.doc._.article
    held = [
        actor
        for owner in sorted(str(name) for name in owners_named)
        for actor in registry_of(state.doc).holders(
            noun_of(state, phrase), owner, article.date if article else None
        )
    ]
    for cluster in recent(state, index):
        if any(is_one_of(name, held) for name in names_in(state, cluster)):
            return cluster
    return None


def is_one_of(name: Phrase, actors: Sequence[Actor]) -> bool:
    """Whether a name is that of one of some registry actors."""
    folded = fold(name.name)
    return any(
        name.actor == actor.id or folded in map(fold, (actor.name, *actor.aliases)) for actor in actors
    )


def same_thing(state: State, index: int) -> int | None:
    """`the meeting`, `the bill`: the last event or thing that the noun or its synonym named."""
    phrase = state.phrases[index]
    if phrase.type not in {EntityType.EVENT, EntityType.THING} or not is_definite(state, phrase):
        return None
    nouns = synonyms(noun_of(state, phrase))
    for cluster in recent(state, index, NOMINAL_REACH):
        for other in state.clusters[cluster].phrases:
            earlier = state.phrases[other]
            if noun_of(state, earlier) in nouns and are_compatible(earlier.type, phrase.type):
                return cluster
    return None


def generic(state: State, index: int) -> int | None:
    """`the company`, `the country`, `the city`: the last name whose type the noun gives."""
    phrase = state.phrases[index]
    noun = noun_of(state, phrase)
    kinds = {kind for kind in GENERIC_TYPES if noun in word_set("kg.actors", f"generic {kind}")}
    if not kinds or phrase.plural or not is_definite(state, phrase) or has_modifier(state, phrase):
        return None
    for cluster in recent(state, index, REACH):
        if any(other.type in kinds and fits_noun(other, noun) for other in names_in(state, cluster)):
            return cluster
    return None


def fits_noun(name: Phrase, noun: str) -> bool:
    """Whether a name may be called by a noun; `party` needs a party."""
    named_kinds = word_set("kg.actors", "named kind")
    return name.trait != "demonym" and (noun not in named_kinds or noun in fold(name.name).split())


# Pronouns.


def agreeing(state: State, index: int) -> int | None:
    """The best cluster that agrees with a pronoun in number and kind; none for a claim: `denied it`."""
    phrase = state.phrases[index]
    token = state.doc[phrase.head]
    if token.dep_ == "obj" and token.head.lemma_.lower() in word_set("kg.actors", "verbs of claims"):
        return None
    scored = [
        (score(state, index, cluster), -position, cluster)
        for position, cluster in enumerate(recent(state, index, REACH))
        if agrees(state, phrase, cluster)
    ]
    best = max(scored, default=None)
    return best[2] if best and best[0] > 0 else None


def agrees(state: State, pronoun: Phrase, cluster: int) -> bool:
    """Whether a pronoun can stand for a cluster."""
    kinds = {state.phrases[i].type for i in state.clusters[cluster].phrases} - {None}
    word = pronoun.name.lower()
    if word in PERSON_PRONOUNS:
        return kinds == {EntityType.PERSON} and gender_fits(state, word, cluster)
    if word in PLURAL_PRONOUNS:
        plural = any(state.phrases[i].plural for i in state.clusters[cluster].phrases)
        return plural or bool(kinds & {EntityType.GROUP}) or (kinds == {EntityType.ORGANIZATION})
    return bool(kinds & SINGULAR_THINGS) and not any(
        state.phrases[i].plural for i in state.clusters[cluster].phrases
    )


def gender_fits(state: State, word: str, cluster: int) -> bool:
    """Whether the given names and earlier pronouns of a cluster allow a pronoun."""
    phrases = [state.phrases[i] for i in state.clusters[cluster].phrases]
    genders = {gender for phrase in phrases if (gender := gender_of(phrase))}
    return not genders or ("f" if word in FEMALE else "m") in genders


def gender_of(phrase: Phrase) -> str | None:
    """`f` or `m` where a pronoun or a given name tells; None elsewhere."""
    if phrase.kind is MentionKind.PRONOUN and phrase.name.lower() in PERSON_PRONOUNS:
        return "f" if phrase.name.lower() in FEMALE else "m"
    if phrase.kind is MentionKind.NAME and " " in phrase.name:
        return given_names().get(phrase.name.split()[0])
    return None


def score(state: State, index: int, cluster: int) -> float:
    """How well a cluster suits a pronoun: nearness, grammatical role, how often it was named."""
    last = max(i for i in state.clusters[cluster].phrases if i < index)
    token, pronoun = state.doc[state.phrases[last].head], state.doc[state.phrases[index].head]
    if token.head == pronoun.head and token.dep_ in {"nsubj", "obj"} and pronoun.dep_ in {"obj", "obl"}:
        return 0.0
    distance = state.sentence_of[pronoun.i] - state.sentence_of[token.i]
    roles = {"nsubj": 0.8, "nsubj:pass": 0.7, "obj": 0.4, "nmod:poss": 0.3, "obl": 0.2}
    best_role = max(
        roles.get(state.doc[state.phrases[i].head].dep_, 0.0)
        for i in state.clusters[cluster].phrases
        if state.sentence_of[state.phrases[i].head] == state.sentence_of[token.i]
    )
    named = 0.1 * min(5, len(state.clusters[cluster].phrases))
    parallel = 0.2 if token.dep_ == pronoun.dep_ else 0.0
    word = state.phrases[index].name.lower()
    genders = {gender_of(state.phrases[i]) for i in state.clusters[cluster].phrases} - {None}
    known = 0.5 if word in PERSON_PRONOUNS and genders else 0.0
    return 2.0 - 0.8 * distance + best_role + named + parallel + known


RULES: dict[MentionKind, tuple[Callable[[State, int], int | None], ...]] = {
    MentionKind.NAME: (bearer_of_name, bearer_of_variant),
    MentionKind.NOMINAL: (described, office_holder, same_thing, generic),
    MentionKind.PRONOUN: (agreeing,),
}


# What the rules ask.


def recent(state: State, index: int, reach: int | None = None) -> Iterator[int]:
    """Clusters that were named before a phrase, the last named first, within some sentences."""
    here = state.sentence_of[state.phrases[index].head]
    seen = set()
    for earlier in range(index - 1, -1, -1):
        cluster = state.cluster_of.get(earlier)
        if cluster is None or cluster in seen or state.clusters[cluster].parts:
            continue
        if reach is not None and here - state.sentence_of[state.phrases[earlier].head] > reach:
            return
        seen.add(cluster)
        yield cluster


def names_in(state: State, cluster: int) -> list[Phrase]:
    """The names of a cluster."""
    return [
        state.phrases[i] for i in state.clusters[cluster].phrases if state.phrases[i].kind is MentionKind.NAME
    ]


def noun_of(state: State, phrase: Phrase) -> str:
    """The singular of a phrase's noun, lower-case."""
    return singular(state.doc[phrase.head].lower_)


def owner_phrases(state: State, phrase: Phrase) -> list[int]:
    """Phrases of whoever a nominal belongs to."""
    found = (state.by_head.get(token.i) for _, token in owners(state.doc, phrase))
    return [index for index in found if index is not None]


def owner_keys(state: State, phrase: Phrase) -> frozenset[str]:
    """Whoever a nominal belongs to, by registry id, folded name, or for `his` the cluster.

    By name, since an owner behind the noun has no cluster yet when the noun is placed.
    """
    keys = set()
    for index in owner_phrases(state, phrase):
        owner = state.phrases[index]
        if owner.kind is MentionKind.PRONOUN:
            keys.add(f"cluster {state.cluster_of.get(index)}")
        else:
            keys.add(owner.actor or fold(owner.name))
    return frozenset(keys)


def is_definite(state: State, phrase: Phrase) -> bool:
    """Whether a nominal refers to what is known: `the`, `this`, a possessor, or a capitalised title.

    What is said of somebody refers to nobody else: `to become the first senator`.
    """
    head = state.doc[phrase.head]
    if head.dep_ == "xcomp" or any(child.dep_ == "cop" for child in head.children):
        return False
    if any(child.lower_ in DEFINITE or child.dep_ == "nmod:poss" for child in head.children):
        return True
    return head.pos_ == "PROPN" and not any(child.dep_ == "det" for child in head.children)


def has_modifier(state: State, phrase: Phrase) -> bool:
    """Whether a nominal says more than its noun."""
    return phrase.end - phrase.start > 1 or bool(owners(state.doc, phrase))


def synonyms(noun: str) -> frozenset[str]:
    """Nouns that name the same event or thing."""
    groups = word_groups("kg.actors", "same event")
    return next((nouns for nouns in groups if noun in nouns), frozenset({noun}))
