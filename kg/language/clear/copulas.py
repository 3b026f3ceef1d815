"""Rule of `kg_clear` for `be`: CLEAR has it as the head, Universal Dependencies what is said with it."""

from __future__ import annotations

from collections.abc import Callable

from kg.language.clear.tables import LEXICON
from kg.language.clear.trees import Tree
from kg.language.wordsets import word_set


def demote_copulas(tree: Tree) -> None:
    """`A is president`, `A is in B`: the predicate heads the clause; `there is A` has a subject."""
    for i in tree.from_top():
        if _is_copula(tree, i):
            if any(tree.word(child) == "there" for child in tree.children(i, ("expl",))):
                _set_existential(tree, i)
                continue
            found = next((found for rule in PREDICATES if (found := rule(tree, i)) is not None), None)
            if found is not None:
                _set_predicate(tree, i, found)


def _is_copula(tree: Tree, i: int) -> bool:
    if tree.labels[i] in {"aux", "aux:pass", "case", "cop"} or tree.pos[i] not in {"AUX", "VERB"}:
        return False
    is_short = tree.word(i) in word_set(LEXICON, "short forms of be")
    known = tree.tokens[i].lemma_ == "be" or tree.word(i) in word_set(LEXICON, "forms of be")
    return known or (is_short and tree.tokens[i].lemma_ in {"", tree.tokens[i].text})


def _set_existential(tree: Tree, copula: int) -> None:
    tree.pos[copula] = "VERB"
    for child in tree.children(copula, ("attr",))[:1]:
        tree.labels[child] = "nsubj"


def _set_predicate(tree: Tree, copula: int, found: int) -> None:
    is_clause = tree.labels[found] in {"ccomp", "xcomp"}
    if tree.labels[found] in {"acomp", "attr"}:
        _extrapose(tree, copula, found)
    for child in tree.children(copula, ("nsubj", "csubj")) if is_clause else ():
        tree.labels[child] += ":outer"
    tree.promote(found, over=copula)
    for child in tree.children(copula):
        tree.move(child, found)
    tree.labels[copula] = "cop"


def _extrapose(tree: Tree, copula: int, found: int) -> None:
    """`it is clear that A left`: the clause is the subject."""
    clauses = [clause for clause in tree.children(copula, ("ccomp", "xcomp")) if clause > found]
    for subject in tree.children(copula, ("nsubj", "expl")):
        if clauses and tree.word(subject) == "it":
            tree.labels[subject], tree.labels[clauses[0]] = "expl", "csubj"


def complement(tree: Tree, copula: int) -> int | None:
    """`is president`, `is angry`, `who is A`: the one behind the copula before the one in front of it."""
    found = tree.children(copula, ("acomp", "attr"))
    return next((child for child in found if child > copula), next(iter(found), None))


def clause(tree: Tree, copula: int) -> int | None:
    """`the problem is that A left`, `A is to meet B`."""
    return next((child for child in tree.children(copula, ("ccomp", "xcomp")) if child > copula), None)


def circumstance(tree: Tree, copula: int) -> int | None:
    """`is in A`, `is on Monday`."""
    return next((child for child in tree.children(copula, ("obl",)) if child > copula), None)


def place(tree: Tree, copula: int) -> int | None:
    """`is abroad`, `where is A`."""
    adverbs = tree.children(copula, ("advmod",))
    return next((child for child in adverbs if tree.word(child) in word_set(LEXICON, "places")), None)


def time(tree: Tree, copula: int) -> int | None:
    """`the vote was last week`."""
    return next((child for child in tree.children(copula, ("obl:unmarked",)) if child > copula), None)


PREDICATES: tuple[Callable[[Tree, int], int | None], ...] = (complement, clause, circumstance, place, time)
"""What the predicate of a copula is, tried in this order."""
