"""Words and the ways between them in a parsed document."""

from __future__ import annotations

from itertools import pairwise

from spacy.tokens import Span, Token

from kg.explanation.records import Step, Words
from kg.language.tree import way_between


def words_of(span: Span) -> Words:
    """Tokens as words of the article."""
    return Words(text=span.text, start=span.start_char, end=span.end_char)


def word_of(token: Token) -> Words:
    """One token as words of the article."""
    return Words(text=token.text, start=token.idx, end=token.idx + len(token))


def path_between(one: Token, other: Token) -> tuple[Step, ...]:
    """The way through the tree from one word to another; empty where they stand in different sentences.

    >>> from spacy.tokens import Doc
    >>> from spacy.vocab import Vocab
    >>> doc = Doc(Vocab(), words=["Ana", "met", "Bo"], heads=[1, 1, 1], deps=["nsubj", "ROOT", "obj"])
    >>> path_text(path_between(doc[0], doc[2]))
    'Ana ←nsubj– met –obj→ Bo'
    """
    way = way_between(one, other)
    if way is None:
        return ()
    rising = pairwise((*way.up, way.top))
    above = (Step(word=head.text, label=token.dep_, is_up=True) for token, head in rising)
    below = (Step(word=token.text, label=token.dep_) for token in way.down)
    return (Step(word=one.text), *above, *below)


def path_over(one: Token, middle: Token, other: Token) -> tuple[Step, ...]:
    """The way from one word to another over a third; empty where they stand in different sentences."""
    first, second = path_between(one, middle), path_between(middle, other)
    return (*first, *second[1:]) if first and second else ()


def path_text(path: tuple[Step, ...]) -> str:
    """A way through a tree, with the labels of its arcs, which point away from heads."""
    arcs = (
        f"←{step.label}– {step.word}" if step.is_up else f"–{step.label}→ {step.word}" for step in path[1:]
    )
    return " ".join([*(step.word for step in path[:1]), *arcs])
