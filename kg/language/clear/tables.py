"""What several rules of `kg_clear` ask: names of labels, words that stand for one, parts of speech."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from kg.language.clear.trees import Tree
from kg.language.wordsets import table_rows

LEXICON = "kg.language"
NOMINALS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "DET"})
"""Parts of speech whose phrases are `nmod` and `acl`, not `obl` and `advcl`."""
KEPT = "*"
"""The label of words that stand for one and may have any label."""
LONGEST = 3
"""Words in the longest row of those that stand for one."""


@functools.cache
def label_names(stage: str) -> Mapping[str, tuple[str, str]]:
    """The names of CLEAR labels at one stage: under a predicate, under a noun.

    >>> label_names("early")["npadvmod"]
    ('obl:unmarked', 'nmod:unmarked')
    """
    rows = table_rows(LEXICON, "clear.tsv")
    return {label: (verbal, nominal) for when, label, verbal, nominal in rows if when == stage}


@functools.cache
def fixed_words() -> Mapping[str, str]:
    """The label of each row of words that stand for one.

    >>> fixed_words()["because of"]
    'case'
    """
    return {row[0]: row[1] for row in table_rows(LEXICON, "fixed.tsv")}


def fixed_label(tree: Tree, first: int, size: int) -> str:
    """The label of so many words, from a token on, that stand for one; empty where they do not."""
    places = range(first, min(first + size, len(tree.heads)))
    return fixed_words().get(" ".join(tree.word(i) for i in places), "") if len(places) == size else ""
