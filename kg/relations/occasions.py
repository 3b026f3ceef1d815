"""Occasions: who takes part in an event that a clause mentions only as its setting.

`During a visit to B, A praised C` says that A visited B; `in a call with B, A asked for help` that A talked
to B; `"Thank you, B," A said` that A thanked B. The clauses are read like any others (`drafts`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Token

from kg.language.tree import children_of, tokens_with
from kg.language.wordsets import word_set
from kg.relations.attribution import source_of
from kg.relations.clauses import Clause, expand, preposition_of, subjects_of
from kg.relations.cues import table
from kg.relations.events import agents_of, arguments_of, is_under_light_verb, name_of
from kg.relations.syntax import has_subject, is_gerund, is_infinitive

SETTING_PREPOSITIONS = frozenset(
    {"during", "after", "before", "in", "on", "at", "following", "ahead of", "upon", "with"}
)
LADDER = frozenset({"nmod", "obl", "acl"})
STEPS = 4
"""Phrases that may stand in one another: `in a statement released in conjunction with a visit`."""


def occasion_clauses_of(doc: Doc) -> list[Clause]:
    """The clauses that the settings and salutations of a document stand for, in the order of their words."""
    words = word_set("kg.relations", "encounters") | table("salutations").keys()
    return [clause for token in tokens_with(doc, words) for rule in RULES for clause in rule(token)]


def encounter(token: Token) -> Iterator[Clause]:
    """`During a visit to B, A praised C`: whoever the clause is about made the visit."""
    is_encounter = token.pos_ == "NOUN" and token.lemma_.lower() in word_set("kg.relations", "encounters")
    if not is_encounter or preposition_of(token) not in SETTING_PREPOSITIONS or is_under_light_verb(token):
        return
    arguments = arguments_of(token)
    verb = governing_verb(token)
    if verb is None or not arguments or agents_of(token, arguments):
        return
    subjects = tuple(one for one in subjects_of(verb) if one not in {a.token for a in arguments})
    if subjects and not any(argument.preposition == "between" for argument in arguments):
        yield Clause(
            predicate=token, lemma=name_of(token), subjects=subjects, obliques=arguments, is_nominal=True,
            origin="encounter",
        )  # fmt: skip


def governing_verb(noun: Token) -> Token | None:
    """The verb that a noun is a setting of; None where it hangs on something else."""
    token = noun
    for _ in range(STEPS):
        if token.dep_ not in LADDER:
            return None
        token = token.head
        if token.pos_ == "VERB" and token.dep_ != "acl":
            return token
    return None


def salutation(token: Token) -> Iterator[Clause]:
    """`"Thank you, B," A said`, `A wrote, "Congratulations to B"`: what is said to somebody is done."""
    verb = table("salutations").get(token.lemma_.lower())
    if verb is None or has_subject(token) or is_infinitive(token) or is_gerund(token):
        return
    speaker = source_of(token)
    if token.pos_ == "NOUN":
        greeted = tuple(a.token for a in arguments_of(token) if a.preposition in {"to", "on"})
    else:
        greeted = expand(c for c in children_of(token) if c.dep_ in {"obj", "iobj", "vocative"})
    if speaker is not None and greeted and is_said(token):
        yield Clause(predicate=token, lemma=verb, subjects=(speaker,), objects=greeted, origin="salutation")


def is_said(token: Token) -> bool:
    """Whether a word heads what is said: nothing governs it but a verb of saying."""
    return token.dep_ in {"ROOT", "ccomp", "parataxis"}


RULES: tuple[Callable[[Token], Iterator[Clause]], ...] = (encounter, salutation)
