"""`kg_pairs`: hyphens in names. "Serbia-Kosovo talks" has two entities, "Jean-Claude Juncker" is one.

The network reads each word with its neighbours and is unsure at hyphens; the rest of the article, where
the parts stand alone, tells pairs from names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span, Token
from spacy.util import filter_spans

from kg.language.columns import token_columns
from kg.language.labels import NAME_TYPES

_HYPHENS = frozenset({"-", "–", "—"})
_PERSON = "PER"
_NAMES = Path(__file__).with_name("hyphenated.txt")
# Types whose pairs are common; a hyphenated person is one person unless the parts are known alone.
_PAIRED = frozenset({"LOC", "ORG"})


@Language.factory(
    "kg_pairs", requires=["doc.ents", "token.pos"], assigns=["doc.ents", "token.ent_iob", "token.ent_type"]
)
def make_pairs(nlp: Language, name: str) -> Pairs:
    """The component; it has no settings."""
    return Pairs()


class Pairs:
    """Joins, splits and completes entities at hyphens."""

    def __call__(self, doc: Doc) -> Doc:
        """Sets the entities anew where there is a hyphen between two words."""
        if _has_hyphen(doc):
            alone = _single_names(doc)
            doc.ents = tuple(_join_names(_resolve(doc, alone), alone))
        return doc


def _has_hyphen(doc: Doc) -> bool:
    """Whether there is a hyphen between two words, without space."""
    columns = token_columns(doc, ("ORTH", "SPACY"))
    marks = np.array([doc.vocab.strings[mark] for mark in sorted(_HYPHENS)], np.uint64)
    is_glued = columns[:, 1] == 0
    return bool((np.isin(columns[1:, 0], marks) & is_glued[1:] & is_glued[:-1]).any())


def _resolve(doc: Doc, alone: Mapping[str, str]) -> list[Span]:
    """The entities with their pairs split and completed, in order."""
    spans: list[Span] = []
    for ent in doc.ents:
        spans += _split(ent, alone)
        other = _partner(ent, alone)
        if other is not None:
            spans.append(other)
    return sorted(filter_spans(spans), key=lambda span: span.start)


def _single_names(doc: Doc) -> Mapping[str, str]:
    """The commonest type of each one-word entity, and of each last name, that stands beside no hyphen."""
    counts: dict[str, Counter[str]] = {}
    for ent in doc.ents:
        is_name = ent.label_ in NAME_TYPES and (len(ent) == 1 or ent.label_ == _PERSON)
        if is_name and not any(_is_hyphen(token) for token in _around(ent)):
            counts.setdefault(ent[-1].text, Counter())[ent.label_] += 1
    return {name: min(kinds, key=lambda kind: (-kinds[kind], kind)) for name, kinds in counts.items()}


def _around(ent: Span) -> Span:
    return ent.doc[max(ent.start - 1, 0) : ent.end + 1]


def _split(ent: Span, alone: Mapping[str, str]) -> list[Span]:
    """Both sides of `X-Y`, where they are two names; else the entity."""
    is_whole = not any(_is_hyphen(token) for token in (*_around(ent)[:1], *_around(ent)[-1:]))
    has_form = len(ent) == len(("X", "-", "Y")) and _is_hyphen(ent[1]) and is_whole
    if not (has_form and _is_pair(ent, alone)):
        return [ent]
    sides = (ent[0], ent[2])
    return [_span(ent.doc, side.i, side.i + 1, alone.get(side.text, ent.label_)) for side in sides]


def _is_pair(ent: Span, alone: Mapping[str, str]) -> bool:
    """Whether the sides are names of their own: in this article, or by what such names look like."""
    left, right = ent[0].text, ent[2].text
    if left in alone or right in alone:
        return True
    if ent.label_ == "LOC":
        return f"{left}-{right}" not in _one_name()
    # "EU-Norway" is a pair; "Coca-Cola" is none.
    return ent.label_ == "ORG" and left.isupper() and len(left) > 1


@cache
def _one_name() -> frozenset[str]:
    """Places whose one name has a hyphen."""
    return frozenset(_NAMES.read_text(encoding="utf-8").split())


def _partner(ent: Span, alone: Mapping[str, str]) -> Span | None:
    """The proper noun behind the hyphen that follows an entity, where the network left it out."""
    behind = ent.doc[ent.end : ent.end + 2]
    is_open = ent.label_ in _PAIRED and len(behind) == len(("-", "Y")) and _is_hyphen(behind[0])
    if not is_open or behind[1].pos_ != "PROPN" or behind[1].ent_type or not behind[1].text[0].isupper():
        return None
    return _span(ent.doc, behind[1].i, behind[1].i + 1, alone.get(behind[1].text, ent.label_))


def _join_names(spans: list[Span], alone: Mapping[str, str]) -> Iterator[Span]:
    """The spans; persons whose parts a hyphen joins are one, unless they are known alone."""
    before: Span | None = None
    for span in spans:
        if before is not None and _are_joined(before, span) and not {before.text, span.text} & alone.keys():
            before = _span(span.doc, before.start, span.end, span.label_)
            continue
        if before is not None:
            yield before
        before = span
    if before is not None:
        yield before


def _are_joined(left: Span, right: Span) -> bool:
    # "Port-au" "Prince": a small word inside a name ends nothing.
    is_name = left.label_ == right.label_ and (left.label_ == _PERSON or left[-1].is_lower)
    return is_name and right.start - left.end <= 1 and _is_hyphen(right.doc[right.start - 1])


def _is_hyphen(token: Token) -> bool:
    """Whether the token is a hyphen between two words, without space."""
    return token.text in _HYPHENS and not token.whitespace_ and token.i > 0 and not token.nbor(-1).whitespace_


def _span(doc: Doc, start: int, end: int, label: str) -> Span:
    return Span(doc, start, end, label=label)
