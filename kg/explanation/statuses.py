"""Statuses: which words made a relation planned, possible, negated or requested."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.explanation.records import Cue
from kg.explanation.trees import word_of
from kg.relations.conditions import is_conditional, marks_condition
from kg.relations.cues import governors, table, words
from kg.relations.factuality import OWN_RULES, signs_of
from kg.relations.governors import base_forms
from kg.relations.syntax import case_of
from kg.types import Status

DEPTH = 12
"""Governors that are looked at, as in `factuality`."""


def cues_of(predicate: Token, occurrence: Token) -> tuple[Cue, ...]:
    """The words that give a predicate another status than asserted; the nearest first."""
    signs = {str(sign) for token in (predicate, occurrence) for sign in signs_of(token)}
    if is_conditional(predicate) or is_conditional(occurrence):
        signs.add(str(Status.POSSIBLE))
    found = [cue for token in (occurrence, predicate) for cue in cues_above(token) if cue.status in signs]
    found = found or [cue for cue in purposes(predicate) if cue.status in signs]
    return tuple({(cue.words.start, cue.status): cue for cue in reversed(found)}.values())[::-1]


def purposes(token: Token) -> Iterator[Cue]:
    """`came to celebrate`: the mark of an infinitive that no other word gives a status."""
    for child in token.children:
        if child.dep_ == "mark" and child.lower_ == "to":
            yield Cue(
                words=word_of(child), status=str(Status.PLANNED), reason=f"purpose of “{token.head.text}”"
            )


def cues_above(token: Token) -> Iterator[Cue]:
    """The cues at a token and at what governs it, up to the root."""
    for _ in range(DEPTH):
        yield from own_cues(token)
        if token.head.i == token.i:
            return
        yield from governing_cues(token)
        token = token.head


def own_cues(token: Token) -> Iterator[Cue]:
    """`did not meet`, `will meet`, `if they meet`: the cues among the dependents of a token."""
    for rule in OWN_RULES:
        sign = rule(token)
        if sign is not None:
            reason = rule.__name__.replace("_", " ").strip()
            yield Cue(
                words=word_of(cue_word(token, str(sign))),
                status=str(sign),
                reason=f"{reason} of “{token.text}”",
            )
    if marks_condition(token):
        mark = next(c for c in token.children if c.dep_ in {"mark", "case", "cc", "advmod"})
        yield Cue(words=word_of(mark), status=str(Status.POSSIBLE), reason=f"condition of “{token.text}”")


def cue_word(token: Token, sign: str) -> Token:
    """The dependent, or the head, of a token that the cue lists have for a status; else the token itself."""
    for child in (*token.children, token.head):
        listed = (table("auxiliaries").get(child.lower_), table("modifiers").get(child.lower_))
        negates = sign == str(Status.NEGATED) and child.lower_ in words("negators")
        if sign in listed or negates or sign in governed_statuses(child, ""):
            return child
    return token


def governing_cues(token: Token) -> Iterator[Cue]:
    """`plan to meet`, `called for talks`: what a token depends on, where the list of governors has it."""
    for status in governed_statuses(token.head, case_of(token)):
        yield Cue(words=word_of(token.head), status=status, reason=f"governs “{token.text}”")


def governed_statuses(governor: Token, preposition: str) -> list[str]:
    """The statuses that a word may give to what it governs, with its particle or preposition before alone."""
    particles = [child.lower_ for child in governor.children if child.dep_ == "compound:prt"]
    for form in base_forms(governor):
        for key in (" ".join([form, *particles]), f"{form} {preposition}".strip(), form):
            if key in governors():
                return [status for status, _ in governors()[key]]
    return []
