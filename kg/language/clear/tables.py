"""What several rules of `kg_clear` ask: names of labels, pairs of words, parts of speech."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from kg.language.clear.trees import Tree
from kg.language.wordsets import table_rows

LEXICON = "kg.language"
NOMINALS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "DET"})
"""Parts of speech whose phrases are `nmod` and `acl`, not `obl` and `advcl`."""


@functools.cache
def label_names(stage: str) -> Mapping[str, tuple[str, str]]:
    """The names of CLEAR labels at one stage: under a predicate, under a noun.

    >>> label_names("early")["npadvmod"]
    ('obl:unmarked', 'nmod:unmarked')
    """
    rows = table_rows(LEXICON, "clear.tsv")
    return {label: (verbal, nominal) for when, label, verbal, nominal in rows if when == stage}


@functools.cache
def fixed_pairs() -> Mapping[str, str]:
    """The label of each pair of words that stand for one.

    >>> fixed_pairs()["because of"]
    'case'
    """
    return {row[0]: row[1] for row in table_rows(LEXICON, "fixed.tsv")}


def pair_at(tree: Tree, first: int) -> str:
    """A token and the one behind it, in lower case; empty at the end."""
    second = first + 1
    return f"{tree.word(first)} {tree.word(second)}" if second < len(tree.heads) else ""
