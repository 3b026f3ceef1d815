"""Conditions and open questions: what stands in one is possible, whatever else is said of it."""

from __future__ import annotations

from spacy.tokens import Token

from kg.language.tree import children_of, remembered
from kg.relations.cues import words
from kg.relations.syntax import is_infinitive, phrase_at

MAXIMUM_DEPTH = 12
"""Governors that are followed upwards; deeper nesting is a parse error, not language."""


@remembered
def is_conditional(predicate: Token) -> bool:
    """Whether a predicate stands in an `if` clause or an open question, itself or by what governs it."""
    token = predicate
    for _ in range(MAXIMUM_DEPTH):
        if marks_condition(token) or is_asked(token):
            return True
        is_governed = token.dep_ in {"xcomp", "ccomp", "conj", "obj", "nsubj:pass"}
        if token.head.i == token.i or not (is_governed or (token.dep_ == "advcl" and is_infinitive(token))):
            return False
        token = token.head
    return False


def marks_condition(clause: Token) -> bool:
    """Whether a clause begins with `if`, `unless` or `whether`."""
    marks = [c for c in children_of(clause) if c.dep_ in {"mark", "case", "cc", "advmod"} and c.i < clause.i]
    return clause.dep_ != "ROOT" and any(phrase_at(mark) in words("conditions") for mark in marks)


def is_asked(clause: Token) -> bool:
    """`Did A meet B?`: whether a verb is asked for; `Why did A meet B?` takes it that A did."""
    if clause.dep_ not in {"ROOT", "ccomp", "parataxis"} or clause.doc[clause.right_edge.i].text != "?":
        return False
    opened = any(word.lower_ in words("question_words") for word in clause.doc[clause.left_edge.i : clause.i])
    subjects = [child.i for child in children_of(clause) if child.dep_ in {"nsubj", "nsubj:pass"}]
    verbs = [child.i for child in children_of(clause) if child.dep_ in {"aux", "aux:pass", "cop"}]
    return not opened and bool(subjects and verbs) and min(verbs) < min(subjects)
