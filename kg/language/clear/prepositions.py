"""Rules of `kg_clear` for prepositions, which are heads of their objects in CLEAR."""

from __future__ import annotations

from kg.language.clear.tables import NOMINALS, fixed_label
from kg.language.clear.trees import Tree

_HEADS = NOMINALS | {"VERB", "AUX"}
"""Parts of speech that are no prepositions, even if a parser hangs an object on them as on one."""
_PREPOSITIONS = ("prep", "agent", "dative")
_INNER_PREPOSITIONS = ("prep", "pcomp", "conj")
"""What the second preposition of a row may be labelled."""
_OWN_PLACES = frozenset({"conj", "ROOT", "parataxis", "appos", "dep", "xcomp", "ccomp", "advcl", "acl:relcl"})
"""Labels of prepositions that their objects take over, since they say nothing of prepositions."""


def part_prepositions(tree: Tree) -> None:
    """`flew from A to B`: both hang on the verb."""
    for i in tree.from_top():
        if tree.labels[i] == "prep" and tree.heads[i] != i:
            for child in _prepositions_behind(tree, i):
                tree.move(child, tree.heads[i])


def _prepositions_behind(tree: Tree, preposition: int) -> list[int]:
    """Those that hang on a preposition and stand behind its object."""
    objects = tree.children(preposition, ("pobj",))
    return [child for child in tree.children(preposition, ("prep",)) if objects and child > objects[0]]


def join_prepositions(tree: Tree) -> None:
    """`out of A`, `according to A`, `in and around A`: the first preposition bears the object."""
    for i in reversed(tree.from_top()):
        inner = _continuation(tree, i) if _object(tree, i) is None else None
        if inner is not None:
            tree.move(tree.children(inner, ("pobj",))[0], i)
            if tree.labels[inner] != "conj":
                tree.labels[inner] = "case"


def _continuation(tree: Tree, first: int) -> int | None:
    inner = tree.children(first, _INNER_PREPOSITIONS)
    return next((second for second in inner if _continues(tree, first, second)), None)


def _continues(tree: Tree, first: int, second: int) -> bool:
    is_known = second == first + 1 and fixed_label(tree, first, 2) == "case"
    is_row = tree.labels[first] in _PREPOSITIONS or (is_known and tree.labels[second] != "conj")
    return is_row and tree.has(second, ("pobj",))


def invert_prepositions(tree: Tree) -> None:
    """`met in A`, `by meeting A`: the object hangs on the verb or noun, the preposition on the object."""
    for i in tree.from_top():
        found = _object(tree, i)
        if found is not None and (tree.labels[i] in _PREPOSITIONS or tree.pos[i] not in _HEADS):
            _invert(tree, i, found)


def _object(tree: Tree, preposition: int) -> int | None:
    return next(iter(tree.children(preposition, ("pobj",)) or tree.children(preposition, ("pcomp",))), None)


def _invert(tree: Tree, preposition: int, found: int) -> None:
    label, is_clause = tree.labels[preposition], _is_clause(tree, found)
    staying = _coordinate_prepositions(tree, preposition)
    tree.promote(found, over=preposition)
    for child in tree.children(preposition):
        if child not in staying:
            is_second = tree.labels[child] in {"pcomp", "prep"} and child < found and not tree.has(child)
            tree.move(child, found, "case" if is_second else None)
    if label not in _OWN_PLACES:
        tree.labels[found] = _phrase_label(tree, found, label, is_clause=is_clause)
    tree.labels[preposition] = "mark" if is_clause else "case"


def _phrase_label(tree: Tree, found: int, label: str, *, is_clause: bool) -> str:
    governor = tree.heads[found]
    is_nominal = governor != found and tree.pos[governor] in NOMINALS
    if is_clause:
        return "acl" if is_nominal else "advcl"
    if label == "agent":
        return "obl:agent"
    return "nmod" if is_nominal else "obl"


def _is_clause(tree: Tree, i: int) -> bool:
    is_verb = tree.pos[i] in {"VERB", "AUX"}
    return tree.labels[i] == "pcomp" and (is_verb or tree.has(i, ("nsubj", "nsubj:pass", "mark", "aux")))


def _coordinate_prepositions(tree: Tree, preposition: int) -> set[int]:
    """`in and around A`: the second preposition and its conjunction, which stay with the first."""
    joined = [
        child
        for child in tree.children(preposition, ("conj",))
        if tree.pos[child] == "ADP" and _object(tree, child) is None
    ]
    linked = tree.children(preposition, ("cc",)) if joined else []
    return {*joined, *(child for child in linked if child < joined[-1])}
