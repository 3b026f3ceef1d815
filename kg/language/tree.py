"""The tree of a document, read once, and answers about its tokens, remembered while it is read.

spaCy makes a new `Token` for each word that it gives, and looks through a whole subtree for the children of
a word; rules ask for the same children and the same properties of a word again and again. Only the document
that was asked about last is remembered. Whoever changes its tags or its tree afterwards calls `forget`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar

from spacy.tokens import Doc, Token

from kg.language.columns import token_columns

Answer = TypeVar("Answer")


class _Memory:
    """What is remembered of one document.

    Attributes:
        doc: The document; None before any is asked about.
        children: The children of each token, in the order of the text.
        bounds: The first token of each token's sentence, and the one after its last.
        answers: What functions said, by function and token index.
    """

    __slots__ = ("answers", "bounds", "children", "doc")

    def __init__(self, doc: Doc | None) -> None:
        self.doc = doc
        self.children: list[tuple[Token, ...]] | None = None
        self.bounds: list[tuple[int, int]] | None = None
        self.answers: dict[Callable[[Token], Any], dict[int, Any]] = {}


_last = [_Memory(None)]
"""One element: it is put in whole, so that threads never see half of one."""


def children_of(token: Token) -> tuple[Token, ...]:
    """The immediate dependents of a token, in the order of the text, as `token.children` gives them.

    >>> from spacy.vocab import Vocab
    >>> doc = Doc(Vocab(), words=["Ana", "met", "Bo"], heads=[1, 1, 1], deps=["nsubj", "ROOT", "obj"])
    >>> [child.text for child in children_of(doc[1])]
    ['Ana', 'Bo']
    """
    memory = _memory_of(token.doc)
    if memory.children is None:
        memory.children = _all_children(token.doc)
    return memory.children[token.i]


def sentence_bounds(token: Token) -> tuple[int, int]:
    """Where the sentence of a token begins and ends, as token indices, end exclusive.

    >>> from spacy.vocab import Vocab
    >>> doc = Doc(Vocab(), words=["Ana", "left", "Bo", "stayed"], sent_starts=[True, False, True, False])
    >>> sentence_bounds(doc[3])
    (2, 4)
    """
    memory = _memory_of(token.doc)
    if memory.bounds is None:
        memory.bounds = _all_bounds(token.doc)
    return memory.bounds[token.i]


def remembered(function: Callable[[Token], Answer]) -> Callable[[Token], Answer]:
    """A function of a token that is asked once for each token of the document that is being read.

    The answer must not change and must not be changed: give tuples, not lists.

    >>> from spacy.vocab import Vocab
    >>> asked = []
    >>> length = remembered(lambda token: asked.append(token.text) or len(token))
    >>> doc = Doc(Vocab(), words=["Ana", "met", "Bo"])
    >>> length(doc[0]), length(doc[0]), asked
    (3, 3, ['Ana'])
    """

    @functools.wraps(function)
    def asked_once(token: Token) -> Answer:
        answers = _memory_of(token.doc).answers.setdefault(function, {})
        i = token.i
        if i not in answers:
            answers[i] = function(token)
        found: Answer = answers[i]
        return found

    return asked_once


def forget() -> None:
    """Remember nothing: for whoever sets tags or trees of a document that was asked about."""
    _last[0] = _Memory(None)


def _memory_of(doc: Doc) -> _Memory:
    memory = _last[0]
    if memory.doc is not doc:
        memory = _last[0] = _Memory(doc)
    return memory


def _all_children(doc: Doc) -> list[tuple[Token, ...]]:
    found: list[list[Token]] = [[] for _ in range(len(doc))]
    heads = token_columns(doc, ("HEAD",))[:, 0].astype("int64").tolist()
    for token, offset in zip(doc, heads, strict=True):
        if offset:
            found[token.i + offset].append(token)
    return [tuple(children) for children in found]


def _all_bounds(doc: Doc) -> list[tuple[int, int]]:
    return [(sent.start, sent.end) for sent in doc.sents for _ in range(sent.start, sent.end)]
