"""Rules of `kg_clear` for names and for what is written beside them.

CLEAR hangs all of `US President Joe Biden` on the last word. In the treebanks we follow (GUM, EWT) the first
word of a person's name is its head, a title hangs on it as `nmod:desc`, and `US` on the title.
"""

from __future__ import annotations

from spacy.tokens import Span

from kg.language.clear.trees import Tree

_BEFORE_NAMES = ("amod", "compound", "nummod")
"""Labels of what belongs to a title that stands between it and a name."""
_NOUNS = frozenset({"NOUN", "PROPN"})


def name_persons(tree: Tree) -> None:
    """`Angela Merkel`: the first word of a person's name is its head, the others hang on it as `flat`."""
    for ent in _entities(tree):
        if ent.label_ == "PER":
            first = _lift_first_word(tree, ent)
            if first is not None:
                _set_title(tree, first)


def _lift_first_word(tree: Tree, ent: Span) -> int | None:
    """The head that a name has after this; None where the parser saw no one phrase in it."""
    places = range(ent.start, ent.end)
    tops = [i for i in places if tree.heads[i] not in places or tree.heads[i] == i]
    if len(tops) != 1:
        return None
    (top,), first = tops, ent.start
    if first != top:
        tree.promote(first, over=top)
        for child in tree.children(top):
            if child not in places:
                tree.move(child, first)
    for i in places[1:]:
        tree.move(i, first, None if tree.labels[i] == "punct" else "flat")
    return first


def _set_title(tree: Tree, name: int) -> None:
    """`US President Biden`: the noun before a name is a title, and takes what describes it."""
    before = tree.children(name, _BEFORE_NAMES)
    title = name - 1
    if title not in before or tree.pos[title] not in _NOUNS or tree.tokens[title].ent_type_:
        return
    tree.labels[title] = "nmod:desc"
    for child in before:
        if child < title:
            tree.move(child, title)


def place_in_places(tree: Tree) -> None:
    """`Paris, France`: a place within another is no other name of it."""
    places = {i for ent in _entities(tree) if ent.label_ == "LOC" for i in range(ent.start, ent.end)}
    for i, head in enumerate(tree.heads):
        if tree.labels[i] == "appos" and {i, head} <= places:
            tree.labels[i] = "nmod:unmarked"


def _entities(tree: Tree) -> tuple[Span, ...]:
    return tuple(tree.tokens[0].doc.ents) if tree.tokens else ()
