"""Rules of `kg_clear` for words that stand for one: `because of`, `as well as`, `in order`, `rather than`.

The first of them is the head, the others hang on it as `fixed`. `lexicon/fixed.tsv` says which they are.
"""

from __future__ import annotations

from collections.abc import Collection

from kg.language.clear.tables import KEPT, LONGEST, NOMINALS, fixed_label
from kg.language.clear.trees import Tree

_CLAUSES = ("acl", "acl:relcl", "advcl", "ccomp")
_OBJECTS = ("iobj", "obj", "obl", "xcomp")
_PHRASES = frozenset({"obl", "nmod"})
_BEARERS = {
    "advmod": ("advmod", "amod"),
    "case": ("mark", "case"),
    "cc": ("cc", "mark", "case"),
    "mark": ("mark",),
}
"""By the label of a row: labels of which one of its words must have one; the first that is found is kept."""


def free_clauses(tree: Tree) -> None:
    """`met in order to sign`, `in case A attacks`: the clause hangs on the verb, not on `order`."""
    for i in range(len(tree.heads) - 1):
        noun = i + 1
        is_known = fixed_label(tree, i, 2) == "mark" and tree.heads[i] == noun
        if is_known and tree.labels[i] == "case" and tree.labels[noun] in _PHRASES:
            clause = next((child for child in tree.children(noun, _CLAUSES) if child > noun), None)
            if clause is not None and tree.heads[noun] != noun:
                _free(tree, clause, noun)


def _free(tree: Tree, clause: int, noun: int) -> None:
    tree.promote(clause, over=noun)
    tree.labels[clause], tree.labels[noun] = "advcl", "mark"
    for child in tree.children(noun):
        if child != noun - 1:
            tree.move(child, clause)


def coordinate_alternatives(tree: Tree) -> None:
    """`talks rather than war`: what follows is a conjunct, if what it is set against stands before it."""
    for rather in range(len(tree.heads) - 1):
        than = rather + 1
        if fixed_label(tree, rather, 2) == "cc" and tree.labels[than] in {"case", "mark", "prep"}:
            _coordinate(tree, rather, than)


def _coordinate(tree: Tree, rather: int, than: int) -> None:
    second = tree.heads[than]
    first = tree.heads[second]
    if tree.labels[than] == "prep":
        # Its conjunct hangs beside it; `attach_conjunctions` does the rest.
        tree.labels[than] = "cc" if any(i > than for i in tree.children(second, ("conj",))) else "prep"
    elif first < rather and than < second:
        if tree.pos[second] in NOMINALS and tree.pos[first] not in NOMINALS:
            beside = [i for i in tree.children(first, _OBJECTS) if first < i < rather]
            first = next((i for i in reversed(beside) if tree.pos[i] in NOMINALS), first)
        tree.move(second, first, "conj")
        tree.labels[than] = "cc"


def fix_words(tree: Tree) -> None:
    """`because of`, `as well as`: several words have one place in the tree; the longest come first."""
    fixed_until = 0
    for first in range(len(tree.heads)):
        for size in range(LONGEST, 1, -1) if first >= fixed_until else ():
            if _fix(tree, range(first, first + size)):
                fixed_until = first + size
                break


def _fix(tree: Tree, places: range) -> bool:
    """Joins words if they are known, hang in one place, and nothing hangs on those behind the first."""
    wanted = fixed_label(tree, places.start, len(places))
    tops = [i for i in places if tree.heads[i] not in places or tree.heads[i] == i] if wanted else []
    heads = {tree.heads[i] for i in tops}
    label = _common_label(wanted, [tree.labels[i] for i in tops])
    if label is None or len(heads) != 1 or not heads.isdisjoint(tops):
        return False
    outside = [child for i in places[1:] for child in tree.children(i) if child not in places]
    if outside and wanted != KEPT:
        return False
    tree.move(places.start, heads.pop(), label)
    for i in (*places[1:], *outside):
        tree.move(i, places.start, "fixed" if i in places else None)
    return True


def _common_label(wanted: str, labels: Collection[str]) -> str | None:
    """What several words are together; None if they cannot be what is wanted."""
    if wanted == KEPT:
        return next(iter(labels)) if len(labels) == 1 else None
    if wanted == "advmod":
        return wanted if labels and set(labels) <= set(_BEARERS[wanted]) else None
    return next((label for label in _BEARERS.get(wanted, ()) if label in labels), None)
