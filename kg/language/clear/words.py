"""Rules of `kg_clear` for single words: names of labels, fixed pairs, parts of speech and features."""

from __future__ import annotations

from kg.language.clear.tables import LEXICON, NOMINALS, fixed_pairs, label_names, pair_at
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


def fix_pairs(tree: Tree) -> None:
    """`because of`, `such as`: one function word of two."""
    for i in range(len(tree.heads) - 1):
        label = fixed_pairs().get(pair_at(tree, i))
        second = i + 1
        if label and tree.heads[i] == tree.heads[second] not in {i, second} and not tree.has(second):
            labels = {tree.labels[i], tree.labels[second]}
            if label == "advmod" and labels <= {"amod", "advmod"}:
                tree.labels[i] = label
                tree.move(second, i, "fixed")
            elif label == "case" and labels & {"case", "mark"}:
                tree.labels[i] = "mark" if "mark" in labels else label
                tree.move(second, i, "fixed")


def tag_words(tree: Tree) -> None:
    """Parts of speech that follow from the tree: auxiliaries, prepositions, conjunctions."""
    for i, label in enumerate(tree.labels):
        if label in {"aux", "aux:pass", "cop"}:
            tree.pos[i] = "AUX"
        elif label == "mark" and tree.pos[i] == "ADP":
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
