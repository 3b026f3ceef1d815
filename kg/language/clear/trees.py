"""A document's dependency trees while rules reshape them.

Each step leaves a tree with the same words: a rule can neither cut a sentence in two nor run in circles.
What the rules are is not said here.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Collection

import numpy as np
from spacy.tokens import Doc, Token


class Tree:
    """Heads, labels, parts of speech and morphological features of a document's tokens, by their numbers.

    >>> import spacy
    >>> doc = Doc(spacy.blank("en").vocab, ["in", "Oslo"], heads=[0, 0], deps=["ROOT", "pobj"])
    >>> tree = Tree(doc)
    >>> tree.promote(1, over=0)
    >>> tree.heads, tree.labels
    ([1, 1], ['ROOT', 'ROOT'])
    """

    def __init__(self, doc: Doc) -> None:
        self.tokens: tuple[Token, ...] = tuple(doc)
        self.heads = [token.head.i for token in doc]
        self.labels = [token.dep_ for token in doc]
        self.pos = [token.pos_ for token in doc]
        self.morphs = [str(token.morph) for token in doc]
        self._children: list[list[int]] = [[] for _ in doc]
        for i, head in enumerate(self.heads):
            if i != head:
                self._children[head].append(i)

    def children(self, i: int, labels: Collection[str] = ()) -> list[int]:
        """The dependents of a token in the order of the text; where labels are given, only theirs."""
        return [child for child in self._children[i] if not labels or self.labels[child] in labels]

    def has(self, i: int, labels: Collection[str] = ()) -> bool:
        """Whether a token has a dependent; where labels are given, one of theirs."""
        return bool(self.children(i, labels))

    def word(self, i: int) -> str:
        """A token in lower case."""
        return self.tokens[i].lower_

    def from_top(self) -> list[int]:
        """All tokens, each after its head, else in the order of the text."""
        found = [i for i, head in enumerate(self.heads) if i == head]
        for i in found:
            found.extend(self._children[i])
        return found

    def move(self, i: int, head: int, label: str | None = None) -> None:
        """Hangs a token with all below it on another, which is not below it; None keeps its label."""
        self._cut(i)
        self.heads[i] = head
        insort(self._children[head], i)
        if label is not None:
            self.labels[i] = label

    def promote(self, i: int, *, over: int) -> None:
        """Sets a token in the place of one that it is below: it takes its head and label, and bears it."""
        head, label = self.heads[over], self.labels[over]
        self._cut(i)
        self._cut(over)
        self.heads[i] = i if head == over else head
        if head != over:
            insort(self._children[head], i)
        self.heads[over] = i
        insort(self._children[i], over)
        self.labels[i] = label

    def write(self, doc: Doc) -> None:
        """Sets heads, labels, parts of speech and features of the document."""
        add = doc.vocab.strings.add
        heads = np.array(self.heads, np.int64) - np.arange(len(self.heads))
        values = np.zeros((len(self.heads), 4), np.uint64)
        values[:, 0] = heads.astype(np.uint64)
        values[:, 1] = [add(label) for label in self.labels]
        values[:, 2] = [add(pos) for pos in self.pos]
        values[:, 3] = [doc.vocab.morphology.add(morph) for morph in self.morphs]
        doc.from_array(["HEAD", "DEP", "POS", "MORPH"], values)  # type: ignore[arg-type]  # hashes are unsigned

    def _cut(self, i: int) -> None:
        if self.heads[i] != i:
            self._children[self.heads[i]].remove(i)
