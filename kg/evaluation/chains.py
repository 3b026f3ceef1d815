"""Chains of mentions: those that GUM's `Entity=` annotates, and those that a document's clusters give.

The format is that of CorefUD and GUM (Zeldes 2017): a mention opens with `(chain-type-…-link-identity` and
closes with `chain)`. Identity of names, nominals and pronouns is scored: what refers to a clause (`disc`), an
expletive before one (`cata`) and what is only said of a subject (`pred`) are left out on both sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.evaluation.coreference import Chain
from kg.evaluation.treebanks import Annotation, Span, Word

_BRACKETS = re.compile(r"\([^()]*\)?|[^()]+\)")
_NO_IDENTITY = frozenset({"disc", "cata", "pred"})
_LINK = 6
"""Where a mention's link stands: `chain-type-infstat-salience-centering-minspan-link-identity`."""
_EDGES = " \n\t\"'“”‘’.,;:!?()[]-–—"
_OUTSIDE = frozenset(
    {"appos", "cc", "conj", "cop", "aux", "discourse", "parataxis", "mark", "expl", "nsubj", "punct", "csubj"}
)
"""What hangs on a noun without being part of what it names."""
_TITLE_LABELS = frozenset({"nmod:desc", "compound", "flat"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a mention stands, in characters; end exclusive."""

    span: Span
    """From its first to its last word, without punctuation at the edges."""
    head: Span
    """The word that the others hang on."""
    is_row: bool
    """Whether it is several things in a row: `Peru and Chile`."""


def gold_chains(document: Annotation) -> list[list[Place]]:
    """The chains of two mentions and more, in the order of their names.

    >>> word = Word(span=(0, 3), upos="PROPN", xpos="NNP", lemma="Ana", relation="root", head=None,
    ...             notes="Entity=(1-person-new-s-cf1-1-coref)")
    >>> note = Annotation(text="Ana", words=(word,), sentences=frozenset({(0, 3)}), entities=None)
    >>> gold_chains(note)
    []
    """
    found: dict[str, list[Place]] = {}
    for chain, words in sorted(_mentions(document.words), key=lambda pair: (pair[0], pair[1][0].span)):
        found.setdefault(chain, []).append(_gold_place(document.text, words))
    return [places for _, places in sorted(found.items()) if len(places) > 1]


def found_chains(doc: Doc, groups: Iterable[Iterable[int]]) -> list[list[Place]]:
    """The chains of groups of tokens, each the head of a mention.

    What is said of a subject is left out, and a title before a name of its chain: GUM has one mention there.
    """
    chains = [{index: doc[index] for index in group} for group in groups]
    return [
        [_found_place(token) for token in chain.values() if not (_is_said(token) or _is_title(token, chain))]
        for chain in chains
    ]


def by_span(chains: Iterable[Iterable[Place]]) -> list[Chain]:
    """Chains whose mentions are the same where all their words are."""
    return [frozenset(place.span for place in chain) for chain in chains]


def by_head(chains: Iterable[Iterable[Place]]) -> list[Chain]:
    """Chains whose mentions are the same where their heads are, as in CorefUD's head match."""
    return [frozenset((place.head, place.is_row) for place in chain) for chain in chains]


def _mentions(words: Iterable[Word]) -> Iterator[tuple[str, list[Word]]]:
    """Each mention's chain and words; those that are no identity are left out."""
    words = list(words)
    opened: dict[str, list[tuple[int, bool]]] = {}
    for place, word in enumerate(words):
        for bracket in _BRACKETS.findall(_entity_note(word)):
            fields = bracket.strip("()").split("-")
            if bracket.startswith("("):
                is_identity = len(fields) > _LINK and fields[_LINK] not in _NO_IDENTITY
                opened.setdefault(fields[0], []).append((place, is_identity))
            if bracket.endswith(")"):
                start, is_identity = opened[fields[0]].pop()
                yield from [(fields[0], words[start : place + 1])] if is_identity else []


def _entity_note(word: Word) -> str:
    notes = (note.partition("=") for note in word.notes.split("|"))
    return next((value for name, _, value in notes if name == "Entity"), "")


def _gold_place(text: str, words: list[Word]) -> Place:
    spans = {word.span for word in words}
    head = next((word for word in words if word.head is None or word.head not in spans), words[0])
    is_row = any(word.relation == "conj" and word.head == head.span for word in words)
    return Place(span=_trimmed(text, words[0].span[0], words[-1].span[1]), head=head.span, is_row=is_row)


def _found_place(head: Token) -> Place:
    inside = sorted({token.i for token in _extent(head)})
    text = head.doc.text
    first, last = head.doc[inside[0]], head.doc[inside[-1]]
    span = _trimmed(text, first.idx, last.idx + len(last))
    return Place(span=span, head=(head.idx, head.idx + len(head)), is_row=False)


def _extent(head: Token) -> Iterator[Token]:
    """The words of the phrase that a token heads, as GUM delimits it."""
    yield head
    for child in head.children:
        is_preposition = child.dep_ == "case" and child.i < head.i
        if child.dep_ not in _OUTSIDE and not is_preposition:
            yield from child.subtree


def _is_said(token: Token) -> bool:
    return any(child.dep_ == "cop" for child in token.children)


def _is_title(token: Token, chain: Mapping[int, Token]) -> bool:
    return token.dep_ in _TITLE_LABELS and token.head.i != token.i and token.head.i in chain


def _trimmed(text: str, start: int, end: int) -> Span:
    """A span without white space and punctuation at its edges; as it is if nothing else is in it."""
    inside = text[start:end]
    left, right = len(inside) - len(inside.lstrip(_EDGES)), len(inside.rstrip(_EDGES))
    return (start + left, start + right) if left < right else (start, end)


def clusters_of(doc: Doc) -> list[list[int]]:
    """The heads of the phrases of each cluster of `kg_coreference`; plurals of the same parts are one."""
    found: dict[object, set[int]] = {}
    for number, cluster in enumerate(doc._.clusters):
        heads = (doc._.phrases[index].head for index in cluster.phrases)
        found.setdefault(cluster.parts or number, set()).update(heads)
    return [sorted(heads) for heads in found.values()]
