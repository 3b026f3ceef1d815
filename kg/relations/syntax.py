"""Questions about one token of a Universal Dependencies tree, which several rules ask."""

from __future__ import annotations

from spacy.tokens import Token

from kg.language.labels import NAME_TYPES
from kg.language.tree import children_of, has_value, remembered

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "expl"})


def is_in_name(token: Token) -> bool:
    """Whether a token is part of a name; dates are entities of a document, but no names."""
    return token.ent_type_ in NAME_TYPES


def has_feature(token: Token, name: str, value: str) -> bool:
    """Whether a token bears a morphological feature: `VerbForm`, `Inf`."""
    return has_value(token, name, value)


def has_mark(token: Token, word: str) -> bool:
    """Whether a clause is marked by a word: `to`, `that`."""
    return any(child.dep_ == "mark" and child.lower_ == word for child in children_of(token))


@remembered
def has_subject(token: Token) -> bool:
    """Whether a predicate has a subject of its own."""
    return any(child.dep_ in SUBJECTS for child in children_of(token))


def has_auxiliary(token: Token) -> bool:
    """Whether a predicate has an auxiliary of its own."""
    return any(child.dep_ in {"aux", "aux:pass", "cop"} for child in children_of(token))


@remembered
def is_infinitive(token: Token) -> bool:
    """Whether a predicate is an infinitive with `to`: `to meet`, `to be met`; not `admitted to meeting`."""
    is_participle = is_gerund(token) and has_feature(token, "VerbForm", "Part")
    return has_mark(token, "to") and (not is_participle or has_auxiliary(token))


def is_gerund(token: Token) -> bool:
    """Whether a token is an `-ing` form, as verb or noun."""
    return token.lower_.endswith("ing") and token.pos_ in {"VERB", "NOUN", "AUX"}


def is_finite(token: Token) -> bool:
    """Whether a verb stands in a finite form of its own."""
    return has_feature(token, "VerbForm", "Fin")


@remembered
def is_past(token: Token) -> bool:
    """Whether a predicate, or its auxiliary, is in the past or perfect."""
    auxiliaries = [child for child in children_of(token) if child.dep_ in {"aux", "aux:pass", "cop"}]
    if any(has_feature(child, "Tense", "Past") or child.lemma_ == "have" for child in auxiliaries):
        return True
    return not auxiliaries and has_feature(token, "Tense", "Past")


def introduced(clause: Token) -> bool:
    """Whether a conjunction or preposition introduces a clause: `after meeting B`."""
    conjunctions = {"when", "whenever", "while", "where", "once"}
    return any(c.dep_ in {"mark", "case"} or c.lower_ in conjunctions for c in children_of(clause))


@remembered
def case_of(token: Token) -> str:
    """The preposition that introduces a noun or gerund, multiword ones joined; empty where there is none."""
    before = [child for child in children_of(token) if child.i < token.i]
    no_mark = "to" if is_infinitive(token) else ""
    found = [c for c in before if c.dep_ == "case" or (c.dep_ == "mark" and c.lower_ != no_mark)]
    return " ".join(phrase_at(child) for child in found)


@remembered
def phrase_at(token: Token) -> str:
    """A function word with the fixed parts that follow it: `in case`, `according to`."""
    fixed = [child for child in children_of(token) if child.dep_ == "fixed"]
    if not fixed:
        return token.lower_
    return " ".join(word.lower_ for word in sorted([token, *fixed], key=lambda word: word.i))
