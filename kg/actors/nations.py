"""Nationalities as names: when they stand for a nation, and when for one of its people, or a language."""

from __future__ import annotations

from spacy.tokens import Span

from kg.actors.phrases import is_plural
from kg.language.tree import children_of

MODIFIERS = frozenset({"amod", "compound", "nmod:desc"})
_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "nmod:poss"})
_ENDINGS = ("sh", "ch", "ese", "ss")
"""Of nationalities that have no plural."""


def is_all_of_nation(span: Span) -> bool:
    """Whether a nationality names its people without an ending: `the British`, `the Chinese`."""
    has_article = any(child.lower_ == "the" for child in children_of(span.root))
    return has_article and span.text.lower().endswith(_ENDINGS)


def is_one_of_nation(span: Span) -> bool:
    """Whether a nationality or party stands for one of its people, a part of a name, or a language.

    `An American fled`, `told Weekly American`, `said it in French`. Not where it says what somebody is:
    `Ana Bell, an American`, `ran as a Democrat`.
    """
    noun = span.root
    while noun.dep_ == "conj":
        noun = noun.head
    children = list(children_of(span.root))
    tells = any(child.dep_ == "appos" or child.lower_ == "as" for child in children)
    if noun.dep_ not in _ARGUMENTS or tells or is_plural(span.root) or is_all_of_nation(span):
        return False
    is_one = any(child.lower_ in {"a", "an"} for child in children)
    is_language = any(child.lower_ in {"in", "into"} for child in children_of(noun))
    return is_one or is_language or not span.text.lower().endswith(_ENDINGS)
