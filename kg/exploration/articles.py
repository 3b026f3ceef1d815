"""An article with what was found in it: its paragraphs, with mentions and sentences marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import pyoxigraph as ox

from kg.exploration.nodes import article_at
from kg.exploration.pages import FIRST, Bounds, Page, page
from kg.exploration.reading import Reader, reader_of
from kg.exploration.records import (
    ArticleBrief,
    EntityBrief,
    MarkedMention,
    MarkedSentence,
    Paragraph,
)
from kg.exploration.relations import text_of
from kg.exploration.spans import Place, Ruler, paragraphs, place_of
from kg.rdf.quads import Index, index_quads, value, values
from kg.store import Store
from kg.store.repeats import copies_of
from kg.types import MentionKind
from kg.vocabulary import ITSRDF, KG, NIF

_READ = (NIF.beginIndex, NIF.endIndex, ITSRDF.taIdentRef, KG.mentionKind, KG.evidence)
MOST_COPIES = 100
"""More than mostly print the report of an agency."""
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedArticle:
    """An article, or some paragraphs of it, with what was found there."""

    article: ArticleBrief
    paragraphs: Page[Paragraph]
    entities: tuple[EntityBrief, ...]
    """Those that these paragraphs mention, by name."""
    relations: int
    """How many relations the whole article states."""
    mentions: int
    """How many words of the whole article stand for an entity."""
    copies: tuple[ArticleBrief, ...]
    """Articles that repeat its report, the first published first."""
    copies_total: int
    """How many there are; more than are listed where they are very many."""


def article(store: Store, article: str, *, bounds: Bounds = FIRST) -> MarkedArticle:
    """An article's paragraphs, with the mentions and the sentences that carry relations marked in them.

    Args:
        store: The graph.
        article: IRI or id.
        bounds: Which paragraphs.

    Raises:
        MissingError: The graph has no such article.
        ExplorationError: The page cannot be.
    """
    reader = reader_of(store)
    node = article_at(reader, article)
    found = _Found(reader, node)
    every = ((((one.number,), one)) for one in found.paragraphs())
    shown = page(every, bounds)
    copies = copies_of(reader.data, node)
    named = {mention.entity for one in shown.items for mention in one.mentions}
    return MarkedArticle(
        article=reader.article(node) or ArticleBrief(id=article, iri=node),
        paragraphs=shown,
        entities=tuple(sorted(map(reader.entity, named), key=lambda one: (one.name, one.iri))),
        relations=sum(len(iris) for iris in found.sentences.values()),
        mentions=len(found.mentions),
        copies=_first_published(reader, copies),
        copies_total=len(copies),
    )


def _first_published(reader: Reader, articles: Iterable[str]) -> tuple[ArticleBrief, ...]:
    """As many articles as are listed, the first published first; those without a date, by `~`, last."""
    ranked = sorted(articles, key=lambda node: (reader.published(node) or "~", node))
    return tuple(filter(None, map(reader.article, ranked[:MOST_COPIES])))


class _Found:
    """What the graph of an article says was found in its text."""

    def __init__(self, reader: Reader, article: str) -> None:
        self.text = text_of(reader, article)
        graph = ox.NamedNode(article)
        index = index_quads(
            quad
            for predicate in _READ
            for quad in reader.data.quads_for_pattern(None, predicate, None, graph)
        )
        self.mentions = _mentions(reader, index)
        self.sentences = _sentences(index)

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs, with what stands in them marked."""
        ruler = Ruler(self.text)
        spans = paragraphs(self.text, [*self.sentences, *(mention.place for mention in self.mentions)])
        starts = [start for start, _ in spans]
        mentions = _shared_out(((one.place, one) for one in self.mentions), starts)
        sentences = _shared_out(self.sentences.items(), starts)
        for number, (start, end) in enumerate(spans):
            yield Paragraph(
                number=number + 1,
                text=self.text[start:end],
                span=ruler.span(start, end),
                mentions=tuple(
                    MarkedMention(
                        entity=one.entity,
                        kind=one.kind,
                        text=self.text[slice(*place)],
                        span=ruler.span(*place, within=start),
                    )
                    for place, one in mentions.get(number, ())
                ),
                sentences=tuple(
                    MarkedSentence(relations=iris, span=ruler.span(*place, within=start))
                    for place, iris in sentences.get(number, ())
                ),
            )


@dataclass(frozen=True, slots=True, order=True)
class _Mention:
    place: Place
    entity: str
    kind: MentionKind


def _mentions(reader: Reader, index: Index) -> list[_Mention]:
    """The mentions, in the order of the text, with their entities as they are shown."""
    kinds = {kind.value: kind for kind in MentionKind}
    shown: dict[str, str] = {}
    found = []
    for words in index.values():
        kind = kinds.get(value(words, KG.mentionKind) or "", MentionKind.NAME)
        for entity in values(words, ITSRDF.taIdentRef):
            if entity not in shown:
                shown[entity] = reader.shown(entity)
            found.append(_Mention(place_of(words), shown[entity], kind))
    return sorted(found)


def _sentences(index: Index) -> dict[Place, tuple[str, ...]]:
    """The IRIs of relations by the places of the sentences that carry them, in the order of the text."""
    found: dict[Place, list[str]] = {}
    for iri, said in index.items():
        for words in values(said, KG.evidence):
            found.setdefault(place_of(index.get(words, {})), []).append(iri)
    return {place: tuple(sorted(found[place])) for place in sorted(found)}


def _shared_out(
    placed: Iterable[tuple[Place, Item]], starts: list[int]
) -> dict[int, list[tuple[Place, Item]]]:
    """What stands in which paragraph, by the number of the paragraph from 0."""
    found: dict[int, list[tuple[Place, Item]]] = {}
    for place, item in placed:
        number = max(bisect_right(starts, place[0]) - 1, 0)
        found.setdefault(number, []).append((place, item))
    return found
