"""Rules of `kg_clear` for clauses: infinitives, raised subjects, coordination."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kg.language.clear.tables import LEXICON
from kg.language.clear.trees import Tree
from kg.language.wordsets import word_set

_FINITE_TAGS = frozenset({"VBD", "VBP", "VBZ", "MD"})


def mark_infinitives(tree: Tree) -> None:
    """`to meet`: the particle is a mark."""
    for i, label in enumerate(tree.labels):
        if label == "aux" and tree.word(i) == "to":
            tree.labels[i] = "mark"


def raise_subjects(tree: Tree) -> None:
    """`want A to leave`, `consider A a friend`: the subject of what is not finite is the verb's object."""
    for i, label in enumerate(tree.labels):
        subject = next(iter(tree.children(i, ("nsubj", "nsubj:pass"))), None) if label == "ccomp" else None
        if subject is not None and _is_raised(tree, i, subject):
            tree.move(subject, tree.heads[i], "obj")
            tree.labels[i] = "xcomp"


def _is_raised(tree: Tree, predicate: int, subject: int) -> bool:
    is_between = tree.heads[predicate] < subject < predicate
    marks = {tree.word(mark) for mark in tree.children(predicate, ("mark",))}
    if not is_between or marks - {"to"} or tree.word(subject) in word_set(LEXICON, "nominatives"):
        return False
    verbs = [tree.tokens[i] for i in (predicate, *tree.children(predicate, ("aux", "aux:pass", "cop")))]
    if "to" in marks or not tree.tokens[predicate].tag_:
        return "to" in marks
    return not _is_finite(verbs) and not _is_subjunctive(tree, tree.heads[predicate], verbs)


def _is_finite(verbs: Iterable[Token]) -> bool:
    return any(verb.tag_ in _FINITE_TAGS or "Fin" in verb.morph.get("VerbForm", []) for verb in verbs)


def _is_subjunctive(tree: Tree, governor: int, verbs: Iterable[Token]) -> bool:
    """`demanded A stop`, `demanded A be punished`: a clause that looks like an infinitive."""
    is_asking = tree.word(governor) in word_set(LEXICON, "forms of verbs with the subjunctive")
    return is_asking and any(verb.tag_ == "VB" for verb in verbs)


def attach_conjunctions(tree: Tree) -> None:
    """`A, B and C`: a conjunction and a comma hang on what follows them."""
    for i in tree.from_top():
        for child in tree.children(i):
            following = _following_conjunct(tree, child) if child > i else None
            if following is not None:
                tree.move(child, following)


def _following_conjunct(tree: Tree, link: int) -> int | None:
    """The conjunct that a conjunction or comma stands before; a comma must be right before it."""
    is_conjunction = tree.labels[link] == "cc"
    if not is_conjunction and tree.word(link) not in {",", ";"}:
        return None
    passed = {"cc", "punct", "advmod"} if is_conjunction else {"cc", "punct"}
    siblings = [child for child in tree.children(tree.heads[link]) if child > link]
    following = next((child for child in siblings if tree.labels[child] not in passed), None)
    return following if following is not None and tree.labels[following] == "conj" else None


def flatten_conjuncts(tree: Tree) -> None:
    """`A, B and C`: all conjuncts hang on the first."""
    for i in tree.from_top():
        head = tree.heads[i]
        if tree.labels[i] == "conj" and tree.labels[head] == "conj" and tree.heads[head] != head:
            tree.move(i, tree.heads[head])
