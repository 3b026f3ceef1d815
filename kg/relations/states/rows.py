"""Rows of names by the order of the words: `senators such as Ana of Lima, Bo and Cem`.

What a plural introduces stands in a row behind it. Parsers hang such rows on many things; words are surer.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.actors.phrases import Phrase
from kg.language.tree import sentence_bounds
from kg.language.wordsets import word_set
from kg.relations.scene import Scene
from kg.types import EntityType

TITLE_TAGS = frozenset({"ADJ", "NOUN", "PROPN", "PUNCT", "DET", "ADP"})
LONGEST_TITLE = 9
"""Tokens of a title before a name in a row: `Labour MP (Member of Parliament)`."""
BRACKETS = {"(": ")", "[": "]"}
LONGEST_BRACKET = 6
"""Tokens of an aside between a title and a name: `MP (Member of Parliament) Ana`."""
LONGEST_NAME = 5
"""Tokens of a person's name."""


def after_bracket(scene: Scene, start: int) -> int:
    """The token behind an aside in brackets that begins at a token; that token where none does."""
    closing = BRACKETS.get(scene.doc[start : start + 1].text)
    if closing is None:
        return start
    aside = scene.doc[start : start + LONGEST_BRACKET]
    return next((token.i + 1 for token in aside if token.text == closing), start)


def examples(scene: Scene, start: int) -> tuple[Token, ...]:
    """The names that `such as`, `including` or a comma introduces behind a plural; behind a comma two."""
    doc = scene.doc
    comma = start < len(doc) and doc[start].text in {",", ":", "—", "–"}
    begin = start + 1 if comma else start
    for words in sorted(word_set("kg.relations", "example words")):
        end = begin + len(words.split())
        if doc[begin:end].text.lower() == words:
            return tuple(row(scene, end))
    found = tuple(row(scene, begin)) if comma else ()
    return found if len(found) > 1 else ()


def row(scene: Scene, start: int) -> Iterator[Token]:
    """The names of persons in a row that begins at a token, with their titles and `of` phrases: `A and B`."""
    doc, position = scene.doc, start
    while position < len(doc):
        name = titled_name_at(scene, position)
        if name is None or sentence_bounds(doc[name.start]) != sentence_bounds(doc[start]):
            return
        yield doc[name.head]
        position = after_place(scene, name.end)
        if doc[position : position + 2].text in {", and", ", &"}:
            position += 2
        elif doc[position : position + 1].text in {",", "and", "&"}:
            position += 1
        else:
            return


def titled_name_at(scene: Scene, start: int) -> Phrase | None:
    """The first name of a person from a token on, with nothing but a title before it; None if none is."""
    for position in range(start, min(start + LONGEST_TITLE, len(scene.doc))):
        name = scene.name_at(position)
        if name is not None and name.type is EntityType.PERSON:
            return name
        token = scene.doc[position]
        if token.pos_ not in TITLE_TAGS or token.text == ",":
            return None
    return None


def after_place(scene: Scene, start: int) -> int:
    """The token behind `of Florida`, where a token begins that."""
    place = scene.name_at(start + 1) if scene.doc[start : start + 1].text == "of" else None
    return place.end if place is not None else start


def name_before(scene: Scene, end: int) -> Iterator[Token]:
    """The head of the name that ends before a token, if one does."""
    for start in range(max(0, end - LONGEST_NAME), end):
        name = scene.name_at(start)
        if name is not None and name.end == end:
            yield scene.doc[name.head]
