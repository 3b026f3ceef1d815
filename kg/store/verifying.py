"""Replays the evidence of a graph: each relation and mention against the text that it was read from.

Nothing is read again by a model. An article's graph is held in memory whole, one after the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pyoxigraph as ox

from kg.errors import StoreError
from kg.rdf.articles import article_node, text_hash
from kg.rdf.iris import entity_id
from kg.rdf.quads import Index, Term, index_quads, value, values
from kg.rdf.relations import read_relation, relation_node, words_node
from kg.store.graphs import ArticleGraphs
from kg.store.reading import article_nodes
from kg.store.store import Store
from kg.store.verification import Failure, FailureKind, VerificationReport
from kg.types import Article, Entity, EntityType
from kg.vocabulary import ITSRDF, KG, NIF, RDF, SCHEMA

_NOWHERE = (-1, -1)
_ENGINE = (OSError, RuntimeError)
"""What Oxigraph raises of files, and of what RocksDB finds in them."""


def count_articles(store: Store) -> int:
    """How many articles' graphs there are, for progress.

    Raises:
        StoreError: The engine cannot read the graph.

    >>> count_articles(Store.in_memory())
    0
    """
    return len(_article_graphs(store))


def verify(
    store: Store,
    articles: Iterable[Article] | None = None,
    *,
    on_article: Callable[[str], None] | None = None,
) -> VerificationReport:
    """Replays every relation and mention of a graph against the stored texts, or against the user's own.

    Checked are: that words stand at their offsets, in the article whose graph says so; that the text has the
    SHA-256 that was noted; and that the IRIs of articles and relations are those of what these say.

    Args:
        store: The graph.
        articles: The user's own articles, compared by id; what they lack is replayed against the stored text,
            and one that comes twice with one text is replayed once.
        on_article: Is told the id of each article that is done.

    Raises:
        StoreError: The engine cannot read the graph.

    >>> verify(Store.in_memory()).agrees
    True
    """
    replay = _Replay(store, on_article or _ignore)
    seen: dict[ox.NamedNode, set[str]] = {}
    for article in articles or ():
        nodes, digest = _nodes(store, article.id), text_hash(article)
        if not nodes:
            replay.not_in_graph.append(article.id)
        for node in nodes:
            if digest not in seen.setdefault(node, set()):
                seen[node].add(digest)
                replay.article(node, article.text)
    for node in _article_graphs(store):
        if node not in seen:
            identifier = replay.article(node, None)
            if articles is not None:
                replay.not_in_files.append(identifier)
    return replay.report()


@dataclass(slots=True)
class _Replay:
    """Counts and failures while articles are replayed, one after the other."""

    store: Store
    tell: Callable[[str], None]
    counts: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("articles", "relations", "mentions", "quads"), 0)
    )
    articles: list[Failure] = field(default_factory=list)
    relations: list[Failure] = field(default_factory=list)
    mentions: list[Failure] = field(default_factory=list)
    not_in_graph: list[str] = field(default_factory=list)
    not_in_files: list[str] = field(default_factory=list)

    def article(self, node: ox.NamedNode, text: str | None) -> str:
        """Replays one article against a text, or against its own; gives its id."""
        quads = _quads_of(self.store, node)
        graph = _ArticleGraph(self.store, node, index_quads(quads), text)
        relations, mentions = graph.relations(), graph.mentions()
        found = {"articles": 1, "relations": len(relations), "mentions": len(mentions), "quads": len(quads)}
        self.counts = {name: count + found[name] for name, count in self.counts.items()}
        self.articles.extend(graph.article_failures())
        self.relations.extend(_failures(graph.relation_failure(iri) for iri in relations))
        self.mentions.extend(_failures(graph.mention_failure(iri) for iri in mentions))
        self.tell(graph.identifier)
        return graph.identifier

    def report(self) -> VerificationReport:
        return VerificationReport(
            **self.counts,
            article_failures=tuple(self.articles),
            relation_failures=tuple(self.relations),
            mention_failures=tuple(self.mentions),
            not_in_graph=tuple(self.not_in_graph),
            not_in_files=tuple(self.not_in_files),
        )


class _ArticleGraph:
    """One article's graph, and the text that it is replayed against."""

    def __init__(self, store: Store, node: ox.NamedNode, index: Index, text: str | None) -> None:
        self.store = store
        self.node = node
        self.index = index
        self.said = index.get(node.value, {})
        self.stored = value(self.said, NIF.isString)
        self.identifier = value(self.said, SCHEMA.identifier) or ""
        self.given = text
        self.text = (self.stored or "") if text is None else text
        self.names = {
            value(said, KG.appearanceOf): value(said, KG.name)
            for said in index.values()
            if KG.appearanceOf.value in said
        }

    def relations(self) -> list[str]:
        """The relations' IRIs, in the order of their evidence."""
        found = [
            iri
            for iri, said in self.index.items()
            if KG.evidence.value in said or KG.Relation.value in values(said, RDF.type)
        ]
        return sorted(found, key=lambda iri: (*self._place(value(self.index[iri], KG.evidence)), iri))

    def mentions(self) -> list[str]:
        """The IRIs of the words that stand for entities, in the order of the text."""
        found = [iri for iri, said in self.index.items() if ITSRDF.taIdentRef.value in said]
        return sorted(found, key=lambda iri: (*self._place(iri), iri))

    def article_failures(self) -> Iterator[Failure]:
        """What is wrong with the article itself.

        An IRI that is not the text's follows from a text that is another, and is not told beside it.
        """
        noted = value(self.said, KG.textHash)
        article = Article(
            id=self.identifier, text=self.stored or "", source=value(self.said, SCHEMA.publisher)
        )
        found = text_hash(article)
        if self.stored is None or len(values(self.said, NIF.isString)) > 1:
            yield self._failure(FailureKind.ARTICLE)
        elif found != noted:
            yield self._failure(FailureKind.HASH, said=noted, found=found)
        elif article_node(article, self.store.base) != self.node:
            yield self._failure(FailureKind.ARTICLE, found=article_node(article, self.store.base).value)
        if self.given is not None and self.given != self.stored:
            file = text_hash(Article(id=self.identifier, text=self.given))
            yield self._failure(FailureKind.FILE, said=noted, found=file)

    def relation_failure(self, iri: str) -> Failure | None:
        """The first thing that is wrong with a relation or its evidence; None where all agrees."""
        said = self.index[iri]
        what = iri, self._name(said)
        evidence = values(said, KG.evidence)
        if len(evidence) != 1:
            return self._failure(FailureKind.RELATION, what)
        failure = self._words_failure(evidence[0], what)
        if failure is None and self._minted(said) != iri:
            return self._failure(FailureKind.RELATION, what, place=self._place(evidence[0]))
        return failure

    def mention_failure(self, iri: str) -> Failure | None:
        """The first thing that is wrong with a mention; None where all agrees."""
        return self._words_failure(iri, (iri, value(self.index[iri], NIF.anchorOf)))

    def _words_failure(self, words: str, what: tuple[str, str | None]) -> Failure | None:
        said = self.index.get(words, {})
        place = start, end = self._place(words)
        anchors = values(said, NIF.anchorOf)
        wanted = anchors[0] if len(anchors) == 1 else None
        if not 0 <= start < end <= len(self.text):
            return self._failure(FailureKind.OFFSETS, what, place=place, said=wanted)
        found = self.text[start:end]
        if wanted != found:
            return self._failure(FailureKind.WORDS, what, place=place, said=wanted, found=found)
        is_here = values(said, NIF.referenceContext) == [self.node.value]
        if not is_here or words_node(self.node, start, end).value != words:
            return self._failure(FailureKind.CONTEXT, what, place=place, said=wanted)
        return None

    def _place(self, words: str | None) -> tuple[int, int]:
        """The offsets of words; -1 where one is missing, doubled or no number."""
        said = self.index.get(words or "", {})
        start, end = (_number(said.get(p.value, [])) for p in (NIF.beginIndex, NIF.endIndex))
        return start, end

    def _minted(self, said: dict[str, list[Term]]) -> str | None:
        """The IRI of what a relation says; None where it says something twice, or lacks what it must say."""
        if any(len(objects) > 1 for predicate, objects in said.items() if predicate != RDF.type.value):
            return None
        if len(said.get(RDF.type.value, ())) != 2:  # noqa: PLR2004  # kg:Relation, and one relation class
            return None
        try:
            relation = read_relation(said, self.index, _BareEntities(), self.store.vocabulary)
        except (KeyError, ValueError):
            return None
        return relation_node(relation, self.node, self.store.base).value

    def _name(self, said: dict[str, list[Term]]) -> str:
        ends = [value(said, end) or "" for end in (KG.subject, KG.object)]
        subject, object_ = (self.names.get(end) or (entity_id(end) if end else "?") for end in ends)
        return f"{subject} – {value(said, KG.predicate) or '?'} – {object_}"

    def _failure(
        self,
        kind: FailureKind,
        what: tuple[str, str | None] | None = None,
        *,
        place: tuple[int, int] = _NOWHERE,
        said: str | None = None,
        found: str | None = None,
    ) -> Failure:
        node, name = what or (self.node.value, None)
        start, end = place if min(place) >= 0 else (None, None)
        article = self.identifier
        return Failure(
            kind=kind, article=article, node=node, name=name, start=start, end=end, said=said, found=found
        )


class _BareEntities(dict[str, Entity]):
    """Entities of which nothing is known but the id, by IRI: enough to mint a relation's IRI."""

    def __missing__(self, iri: str) -> Entity:
        return Entity(id=entity_id(iri), name="", type=EntityType.THING)


def _number(objects: list[Term]) -> int:
    found = objects[0] if len(objects) == 1 else None
    return int(found.value) if isinstance(found, ox.Literal) and found.value.isdecimal() else -1


def _failures(found: Iterable[Failure | None]) -> Iterator[Failure]:
    return (failure for failure in found if failure is not None)


def _article_graphs(store: Store) -> list[ox.NamedNode]:
    """The graphs of articles, sorted: those that are named as such, and those that hold one."""
    named = ArticleGraphs(store.base)
    with _reading(store, "the list of its articles"):
        graphs = set(store.data.named_graphs())
        typed = {
            quad.graph_name for quad in store.data.quads_for_pattern(None, RDF.type, SCHEMA.NewsArticle, None)
        }
    found = {
        graph for graph in graphs if isinstance(graph, ox.NamedNode) and (graph in named or graph in typed)
    }
    return sorted(found, key=lambda graph: graph.value)


def _nodes(store: Store, identifier: str) -> list[ox.NamedNode]:
    """The nodes of the articles with an id: one, or none."""
    with _reading(store, f"the article {identifier!r}"):
        return article_nodes(store.data, identifier)


def _quads_of(store: Store, node: ox.NamedNode) -> list[ox.Quad]:
    """All quads of an article's graph.

    Raises:
        StoreError: The engine cannot read them.
    """
    try:
        return list(store.data.quads_for_pattern(None, None, None, node))
    except _ENGINE as error:
        raise _damaged(store, _called(store, node), error) from error


def _called(store: Store, node: ox.NamedNode) -> str:
    """An article by its id, where that at least can be read, and its IRI."""
    try:
        quads = list(store.data.quads_for_pattern(node, SCHEMA.identifier, None, node))
    except _ENGINE:
        quads = []
    names = [repr(quad.object.value) for quad in quads if isinstance(quad.object, ox.Literal)]
    return " ".join(["the article", *names[:1], f"<{node.value}>"])


@contextmanager
def _reading(store: Store, what: str) -> Iterator[None]:
    """Says of which part of a graph the engine's error is."""
    try:
        yield
    except _ENGINE as error:
        raise _damaged(store, what, error) from error


def _damaged(store: Store, what: str, error: Exception) -> StoreError:
    return StoreError(
        f"The data of {str(store.path or 'the graph in memory')!r} is damaged: {what} cannot be read "
        f"({error}); take the graph from a copy, or build it again."
    )


def _ignore(_: str) -> None:
    return None
