"""The tree of a document, read once, and answers about its tokens, remembered while it is read.

spaCy makes a new `Token` for each word that it gives, and looks through a whole subtree for the children of
a word; rules ask for the same children and the same properties of a word again and again. Only the document
that was asked about last is remembered. Whoever changes its tags or its tree afterwards calls `forget`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, TypeVar

from spacy.tokens import Doc, Token

from kg.language.columns import token_columns

Answer = TypeVar("Answer")


class _Memory:
    """What is remembered of one document.

    Attributes:
        doc: The document; None before any is asked about.
        children: The children of each token, in the order of the text.
        answers: What functions of a token said, by function and token index.
        whole: What functions of the document said.
    """

    __slots__ = ("answers", "children", "doc", "whole")

    def __init__(self, doc: Doc | None) -> None:
        self.doc = doc
        self.children: list[tuple[Token, ...]] | None = None
        self.answers: dict[Callable[[Token], Any], dict[int, Any]] = {}
        self.whole: dict[Callable[[Doc], Any], Any] = {}


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
    return _bounds(token.doc)[token.i]


def tokens_with(doc: Doc, words: AbstractSet[str]) -> list[Token]:
    """The tokens whose lower-case lemma is one of some words, in the order of the text.

    >>> from spacy.vocab import Vocab
    >>> doc = Doc(Vocab(), words=["Ana", "Met", "Bo"], lemmas=["Ana", "Meet", "Bo"])
    >>> tokens_with(doc, {"meet", "visit"})
    [Met]
    """
    tokens, places = tokens_of(doc), _places_by_lemma(doc)
    return [tokens[i] for i in sorted(i for lemma in places.keys() & words for i in places[lemma])]


def line_breaks(doc: Doc) -> list[int]:
    r"""The indices of the tokens with a line break, in order.

    >>> from spacy.vocab import Vocab
    >>> line_breaks(Doc(Vocab(), words=["Ana", "\n\n", "Bo"]))
    [1]
    """
    return _breaks(doc)


@dataclass(frozen=True, slots=True)
class Way:
    """The way through a tree from one word to another: up to where their paths meet, and down again."""

    up: tuple[Token, ...]
    """From the one word upward, without where they meet; empty if that is the one word."""
    top: Token
    down: tuple[Token, ...]
    """From where they meet downward to the other word; empty if they meet at the other word."""

    @property
    def inner(self) -> tuple[Token, ...]:
        """The words between the two."""
        meeting = (self.top,) if self.up and self.down else ()
        return (*self.up[1:], *meeting, *self.down[:-1])


def way_between(one: Token, other: Token) -> Way | None:
    """The way from one word to another; None where they stand in different trees.

    >>> from spacy.vocab import Vocab
    >>> doc = Doc(Vocab(), words=["Ana", "met", "Bo"], heads=[1, 1, 1], deps=["nsubj", "ROOT", "obj"])
    >>> way_between(doc[0], doc[2])
    Way(up=(Ana,), top=met, down=(Bo,))
    """
    upward = [one, *one.ancestors]
    steps = {token.i: number for number, token in enumerate(upward)}
    downward: list[Token] = []
    for token in (other, *other.ancestors):
        if token.i in steps:
            return Way(tuple(upward[: steps[token.i]]), token, tuple(reversed(downward)))
        downward.append(token)
    return None


def has_value(token: Token, feature: str, value: str) -> bool:
    """Whether a token bears a morphological feature with a value: `VerbForm`, `Inf`.

    >>> from spacy.vocab import Vocab
    >>> doc = Doc(Vocab(), words=["to", "go"], morphs=["", "Number=Sing|VerbForm=Inf"])
    >>> has_value(doc[1], "VerbForm", "Inf"), has_value(doc[0], "VerbForm", "Inf")
    (True, False)
    """
    return value in _values(str(token.morph), feature)


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
        memory, i = _memory_of(token.doc), token.i
        answers = memory.answers.get(function)
        if answers is None:
            answers = memory.answers[function] = {}
        if i not in answers:
            answers[i] = function(token)
        found: Answer = answers[i]
        return found

    return asked_once


def remembered_whole(function: Callable[[Doc], Answer]) -> Callable[[Doc], Answer]:
    """A function of a document that is asked once while the document is being read; as `remembered` is.

    >>> from spacy.vocab import Vocab
    >>> asked = []
    >>> length = remembered_whole(lambda doc: asked.append(doc.text) or len(doc))
    >>> doc = Doc(Vocab(), words=["Ana", "left"])
    >>> length(doc), length(doc), asked
    (2, 2, ['Ana left '])
    """

    @functools.wraps(function)
    def asked_once(doc: Doc) -> Answer:
        memory = _memory_of(doc)
        if function not in memory.whole:
            memory.whole[function] = function(doc)
        found: Answer = memory.whole[function]
        return found

    return asked_once


@remembered_whole
def tokens_of(doc: Doc) -> list[Token]:
    """All tokens of a document, in order: `doc` itself makes new ones each time that it is gone through.

    >>> from spacy.vocab import Vocab
    >>> tokens_of(Doc(Vocab(), words=["Ana", "left"]))
    [Ana, left]
    """
    return list(doc)


def tokens_known(doc: Doc, words: AbstractSet[str]) -> list[Token]:
    """The tokens of which some words have the lower-case form or lemma, in the order of the text.

    >>> from spacy.vocab import Vocab
    >>> tokens_known(Doc(Vocab(), words=["Ana", "led", "Bo"], lemmas=["Ana", "lead", "Bo"]), {"lead"})
    [led]
    """
    tokens = tokens_of(doc)
    places = (_places_by_lemma(doc), _places_by_spelling(doc))
    return [tokens[i] for i in sorted({i for by in places for word in by.keys() & words for i in by[word]})]


def tokens_tagged(doc: Doc, tags: AbstractSet[str]) -> list[Token]:
    """The tokens whose universal part of speech is one of some, in the order of the text.

    >>> from spacy.vocab import Vocab
    >>> tokens_tagged(Doc(Vocab(), words=["Ana", "left"], pos=["PROPN", "VERB"]), {"VERB"})
    [left]
    """
    tokens = tokens_of(doc)
    places = _places_by_tag(doc)
    return [tokens[i] for i in sorted(i for tag in places.keys() & tags for i in places[tag])]


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
    for token, offset in zip(tokens_of(doc), heads, strict=True):
        if offset:
            found[token.i + offset].append(token)
    return [tuple(children) for children in found]


@remembered_whole
def _bounds(doc: Doc) -> list[tuple[int, int]]:
    spans = ((sent.start, sent.end) for sent in doc.sents)
    return [bounds for bounds in spans for _ in range(*bounds)]


@remembered_whole
def _places_by_lemma(doc: Doc) -> dict[str, list[int]]:
    return _places(doc, "LEMMA")


@remembered_whole
def _places_by_spelling(doc: Doc) -> dict[str, list[int]]:
    return _places(doc, "LOWER")


@remembered_whole
def _places_by_tag(doc: Doc) -> dict[str, list[int]]:
    return _places(doc, "POS", form=str)


def _places(doc: Doc, column: str, form: Callable[[str], str] = str.lower) -> dict[str, list[int]]:
    """Token indices by the string of a column, in lower case or another form."""
    strings = doc.vocab.strings
    formed: dict[int, str] = {}
    found: dict[str, list[int]] = {}
    for position, key in enumerate(token_columns(doc, (column,))[:, 0].tolist()):
        if key not in formed:
            formed[key] = form(strings[key]) if key else ""
        found.setdefault(formed[key], []).append(position)
    return found


@remembered_whole
def _breaks(doc: Doc) -> list[int]:
    return [token.i for token in tokens_of(doc) if "\n" in token.text]


@functools.lru_cache(maxsize=4096)  # an English tag set has some hundred combinations
def _values(features: str, name: str) -> frozenset[str]:
    """The values of one feature in `Number=Sing|VerbForm=Inf`."""
    pairs = (feature.partition("=") for feature in features.split("|"))
    return frozenset(value for key, _, values in pairs if key == name for value in values.split(","))
