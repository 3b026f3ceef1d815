"""Phrases: the words of a document that stand for someone or something, before they are resolved.

A phrase is a mention that does not yet know its entity. What it takes to find one in a tree is here;
which phrases a document has is decided in `mentions`, who they are in `coreference` and `entities`.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.language.tree import has_value, remembered, sentence_bounds, tokens_tagged
from kg.language.wordsets import table_rows
from kg.types import EntityType, MentionKind

NOUN_TAGS = frozenset({"NOUN", "PROPN"})
LEFT_MODIFIERS = frozenset({"amod", "compound", "nummod", "nmod:desc", "flat", "goeswith"})
SHORTEST_PLURAL = 4
"""Letters; `ties` and `omen` are no such plurals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words that may stand for an entity. Token indices, end exclusive."""

    start: int
    end: int
    head: int
    """The token that the rest of the sentence attaches to."""
    kind: MentionKind
    type: EntityType | None
    """None for a pronoun, and for a name whose type is not known."""
    name: str
    """The words without determiners, titles and possessive endings."""
    actor: str | None = None
    """Registry id, where the name is in the registry."""
    trait: str = ""
    """What the noun tells (`lexicon/nominals.tsv`), or `demonym`, `capital`, `seat` for a name."""
    plural: bool = False
    noun: str = ""
    """For a nominal its noun in base form, a title of several words in full: `vice president`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nominal:
    """A common noun of `lexicon/nominals.tsv`."""

    lemma: str
    type: EntityType
    trait: str


@functools.cache
def nominals() -> Mapping[str, Nominal]:
    """Nouns that stand for actors and things, by lower-case lemma.

    >>> nominals()["prime minister"].trait
    'office'
    """
    rows = table_rows("kg.actors", "nominals.tsv")
    return {
        lemma.lower(): Nominal(lemma=lemma.lower(), type=EntityType(kind), trait=trait)
        for lemma, kind, trait in rows
    }


@functools.cache
def given_names() -> Mapping[str, str]:
    """Given names that one gender bears, with `f` or `m`.

    >>> given_names()["Nancy"]
    'f'
    """
    return {row[0]: row[1] for row in table_rows("kg.actors", "given_names.tsv")}


@remembered
def nominal_of(token: Token) -> Nominal | None:
    """The table's entry for a noun, the longest first ("prime minister" before "minister").

    None where the noun stands for no actor.
    """
    if token.pos_ not in NOUN_TAGS:
        return None
    table = nominals()
    collocation = table.get(with_next_words(token)) if token.lemma_.lower() in first_words() else None
    if collocation:
        return collocation
    lemmas = {token.lemma_.lower(), token.lower_, singular(token.lower_)}
    if lemmas.isdisjoint(last_words()):
        return next((table[lemma] for lemma in sorted(lemmas) if lemma in table), None)
    before = [token.doc[i].lower_ for i in range(max(sentence_bounds(token)[0], token.i - 2), token.i)]
    for count in range(len(before), 0, -1):
        for lemma in sorted(lemmas):
            entry = table.get(" ".join([*before[-count:], lemma]))
            if entry:
                return entry
    return next((table[lemma] for lemma in sorted(lemmas) if lemma in table), None)


def with_next_words(token: Token) -> str:
    """A noun's lemma with the two words behind it, lower-case: `member of parliament`."""
    return f"{token.lemma_.lower()} {token.doc[token.i + 1 : token.i + 3].text.lower()}"


@functools.cache
def first_words() -> frozenset[str]:
    """What nominals of several words begin with."""
    return frozenset(lemma.split()[0] for lemma in nominals() if " " in lemma)


@functools.cache
def last_words() -> frozenset[str]:
    """What nominals of several words end with."""
    return frozenset(lemma.split()[-1] for lemma in nominals() if " " in lemma)


def singular(word: str) -> str:
    """A plain English plural without its ending; other words unchanged.

    >>> singular("parties"), singular("leaders"), singular("crisis")
    ('party', 'leader', 'crisis')
    """
    if word.endswith("ies") and len(word) > SHORTEST_PLURAL:
        return word[:-3] + "y"
    if word.endswith("men") and len(word) > SHORTEST_PLURAL:
        return word[:-3] + "man"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def left_edge(head: Token) -> int:
    """Where the contiguous run of modifiers before a noun begins, without determiners."""
    start, first = head.i, sentence_bounds(head)[0]
    while start > first and is_left_modifier(head.doc[start - 1], head):
        start -= 1
    while start < head.i and head.doc[start].pos_ in {"PUNCT", "DET", "NUM", "CCONJ"}:
        start += 1
    return start


def is_left_modifier(token: Token, head: Token) -> bool:
    """Whether a token modifies a noun from the left, itself or through another modifier."""
    if token.dep_ == "punct" and token.text in {"-", "–"}:
        return True
    while token.head.i != token.i and token.i < head.i:
        if token.dep_ not in LEFT_MODIFIERS:
            return False
        if token.head.i == head.i:
            return True
        token = token.head
    return False


def is_plural(token: Token) -> bool:
    """Whether a noun or pronoun is plural."""
    return has_value(token, "Number", "Plur")


def nouns_of(doc: Doc) -> list[Token]:
    """Every token that may head a nominal phrase, in order."""
    return tokens_tagged(doc, NOUN_TAGS)
