"""A document cut into windows for the network: a paragraph each, a long one cut between sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Doc, Token

from kg.language.batches import Integers, Word, make_word
from kg.language.pieces import WordPieces

# A form longer than this is no word (an address, a run of letters); the network sees its beginning.
_MOST_PIECES = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Consecutive words of one document."""

    tokens: Integers
    """The places of the words in the document; white space is left out."""
    words: tuple[Word, ...]
    starts: Integers
    """1 where a sentence was set to begin, -1 where it was set not to, 0 where nothing was set."""
    length: int
    """Number of pieces."""


def cut_windows(doc: Doc, pieces: WordPieces, longest: int) -> Iterator[Window]:
    """The windows of a document in the order of the text; every word stands in exactly one."""
    for tokens in _paragraphs(doc):
        words = [_word(token.text, pieces) for token in tokens]
        for first, end in _cuts(tokens, words, longest):
            yield Window(
                tokens=np.array([token.i for token in tokens[first:end]], np.int64),
                words=tuple(words[first:end]),
                starts=np.array([_preset(token) for token in tokens[first:end]], np.int64),
                length=sum(len(word.pieces) for word in words[first:end]),
            )


def _word(form: str, pieces: WordPieces) -> Word:
    word = make_word(form, pieces)
    if len(word.pieces) <= _MOST_PIECES:
        return word
    return Word(pieces=word.pieces[:_MOST_PIECES], shape=word.shape)


def _paragraphs(doc: Doc) -> Iterator[list[Token]]:
    tokens: list[Token] = []
    for token in doc:
        if not token.is_space:
            tokens.append(token)
        elif "\n" in token.text and tokens:
            yield tokens
            tokens = []
    if tokens:
        yield tokens


def _preset(token: Token) -> int:
    return 0 if token.is_sent_start is None else 1 if token.is_sent_start else -1


def _cuts(tokens: Sequence[Token], words: Sequence[Word], longest: int) -> Iterator[tuple[int, int]]:
    """Bounds of the windows of one paragraph."""
    first, length = 0, 0
    for place, word in enumerate(words):
        if length + len(word.pieces) > longest and place > first:
            end = _sentence_end(tokens, first, place)
            yield first, end
            length = sum(len(w.pieces) for w in words[end:place])
            first = end
        length += len(word.pieces)
    yield first, len(words)


def _sentence_end(tokens: Sequence[Token], first: int, limit: int) -> int:
    """Where to cut: after the last sentence that seems to end in the second half, else at the limit."""
    for place in range(limit - 1, first + (limit - first) // 3, -1):
        if tokens[place].text in {".", "!", "?"} or tokens[place].is_sent_start:
            return place + (not tokens[place].is_sent_start)
    return limit
