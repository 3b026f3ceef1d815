"""Rules of `kg_clear` for single words: names of labels, parts of speech and features."""

from __future__ import annotations

from kg.language.clear.tables import LEXICON, NOMINALS, label_names
from kg.language.clear.trees import Tree
from kg.language.wordsets import word_set


def label_plainly(tree: Tree) -> None:
    """Renames what has the same place in both schemes."""
    _rename(tree, "early")


def label_remains(tree: Tree) -> None:
    """Renames what no rule has reshaped, such as a stranded preposition."""
    _rename(tree, "late")


def _rename(tree: Tree, stage: str) -> None:
    names = label_names(stage)
    for i, head in enumerate(tree.heads):
        if tree.labels[i] in names and i != head:
            tree.labels[i] = names[tree.labels[i]][tree.pos[head] in NOMINALS]


def tag_words(tree: Tree) -> None:
    """Parts of speech that follow from the tree: auxiliaries, prepositions, conjunctions."""
    for i, label in enumerate(tree.labels):
        if label in {"aux", "aux:pass", "cop"}:
            tree.pos[i] = "AUX"
        elif label == "mark" and tree.pos[i] == "ADP" and not tree.has(i, ("fixed",)):
            tree.pos[i] = "SCONJ"
        elif label == "case" and tree.word(i) in word_set(LEXICON, "possessive endings"):
            tree.pos[i] = "PART"
        elif label == "case" and tree.pos[i] == "SCONJ":
            tree.pos[i] = "ADP"


def tag_passives(tree: Tree) -> None:
    """`was met`, `met by A`: participles in the passive; spaCy's features do not tell them from `has met`."""
    for i, token in enumerate(tree.tokens):
        if token.tag_ == "VBN" and tree.pos[i] == "VERB" and _is_passive(tree, i):
            tree.morphs[i] = "|".join(sorted({*filter(None, tree.morphs[i].split("|")), "Voice=Pass"}))


def _is_passive(tree: Tree, participle: int) -> bool:
    auxiliaries = tree.children(participle, ("aux", "aux:pass"))
    if not auxiliaries and tree.labels[participle] == "conj":
        head = tree.heads[participle]
        return tree.tokens[head].tag_ != "VBN" or _is_passive(tree, head)
    is_perfect = any(tree.tokens[i].lemma_ == "have" for i in auxiliaries)
    return not is_perfect or tree.has(participle, ("aux:pass",))
