"""Gathers what shapes look at: some nodes' quads with whatever they point to, from a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias

import pyoxigraph as ox

from kg.rdf.graphs import DEFAULT
from kg.rdf.iris import NamedGraph
from kg.rdf.quads import Graph, Term, term_text
from kg.vocabulary import KG, RDF, SCHEMA, SKOS

Subject: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Triple
_REPEATING = (KG.copyOf, KG.versionOf)


@dataclass(slots=True)
class Batch:
    """Some nodes with what is said of them, in memory, as one graph."""

    said: dict[Subject, dict[ox.NamedNode, list[Term]]] = field(default_factory=dict)
    pointed: dict[tuple[object, Term], list[Subject]] = field(default_factory=dict)
    """Subjects by predicate and object."""
    article_of: dict[Subject, ox.NamedNode] = field(default_factory=dict)
    """Which article's graph says it."""
    ids: dict[ox.NamedNode, str] = field(default_factory=dict)
    """The ids of the articles."""
    focus: list[Subject] = field(default_factory=list)
    """The nodes that are to be checked; the others are here for what is said of them."""
    strangers: list[Subject] = field(default_factory=list)
    """What the nodes point to and of which the store says nothing, sorted."""

    def add(self, subject: Subject, predicate: ox.NamedNode, value: Term) -> None:
        """Adds a triple; one that is there stays there once."""
        values = self.said.setdefault(subject, {}).setdefault(predicate, [])
        if value not in values:
            values.append(value)
            self.pointed.setdefault((predicate, value), []).append(subject)

    def triples(self) -> Iterator[tuple[Subject, ox.NamedNode, Term]]:
        """All that is said."""
        for subject, said in self.said.items():
            for predicate, values in said.items():
                for value in values:
                    yield subject, predicate, value

    def values(self, subject: Term, predicate: ox.NamedNode) -> Sequence[Term]:
        """What a subject's predicate gives; empty where nothing."""
        if isinstance(subject, ox.Literal):
            return ()
        return self.said.get(subject, {}).get(predicate, ())

    def name(self, node: Subject) -> str | None:
        """A relation in words, or the label of an entity; None where the node has neither."""
        predicate = self._text(node, KG.predicate)
        if predicate is None:
            return self._text(node, SKOS.prefLabel)
        ends = (next(iter(self.values(node, end)), None) for end in (KG.subject, KG.object))
        labels = (None if end is None else self._text(end, SKOS.prefLabel) for end in ends)
        subject, object_ = (label or "?" for label in labels)
        return f"{subject} – {predicate} – {object_}"

    def article(self, node: Subject) -> str | None:
        """The id of the article whose graph says something of a node; None for none."""
        article = self.article_of.get(node)
        return None if article is None else self.ids.get(article, "")

    def _text(self, node: Term, predicate: ox.NamedNode) -> str | None:
        found = self.values(node, predicate)
        return next((value.value for value in found if isinstance(value, ox.Literal)), None)


def article_nodes(data: ox.Store) -> list[ox.NamedNode]:
    """The nodes of all articles, sorted."""
    quads = data.quads_for_pattern(None, RDF.type, SCHEMA.NewsArticle, None)
    found = {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    return sorted(found, key=lambda node: node.value)


def described_nodes(data: ox.Store, graph: Graph) -> Iterator[Subject]:
    """The subjects of a graph, each once where the engine gives quads by subject, as it does."""
    quads = data.quads_for_pattern(None, None, None, graph)
    return (subject for subject, _ in groupby(quads, key=lambda quad: quad.subject))


def other_graphs(data: ox.Store) -> list[ox.NamedNode]:
    """The graphs of judgements, of builds and of what is inferred, sorted."""
    judged = {quad.graph_name for quad in data.quads_for_pattern(None, RDF.type, KG.Judgement, None)}
    ends = tuple(f"/{name}" for name in (NamedGraph.INFERRED, NamedGraph.BUILDS))
    others = {graph for graph in data.named_graphs() if graph.value.endswith(ends)}
    found = (graph for graph in judged | others if isinstance(graph, ox.NamedNode))
    return sorted(found, key=lambda graph: graph.value)


def gather_articles(data: ox.Store, articles: Iterable[ox.NamedNode]) -> Batch:
    """What some articles' graphs say, with type and name of what they point to."""
    batch = Batch()
    for article in articles:
        quads = list(data.quads_for_pattern(None, None, None, article))
        ids = (term_text(quad.object) for quad in quads if quad.predicate == SCHEMA.identifier)
        batch.ids[article] = next(ids, "")
        for quad in quads:
            batch.article_of[quad.subject] = article
            batch.add(quad.subject, quad.predicate, quad.object)
    return _completed(batch, data)


def gather_nodes(data: ox.Store, nodes: Iterable[Subject], graph: Graph) -> Batch:
    """What a graph says of some nodes, with type and name of what they point to."""
    batch, waiting = Batch(), list(nodes)
    for node in waiting:
        for quad in data.quads_for_pattern(node, None, None, graph):
            batch.add(quad.subject, quad.predicate, quad.object)
            if isinstance(quad.object, ox.BlankNode) and quad.object not in batch.said:
                waiting.append(quad.object)  # a part of the node, such as an office
    return _completed(batch, data, is_partial=graph != DEFAULT)


def _completed(batch: Batch, data: ox.Store, *, is_partial: bool = False) -> Batch:
    """A batch with type and name of what its nodes point to; of the nodes too where they are described apart.

    What is shown as another entity has type and name of that one.
    """
    batch.focus = list(batch.said)
    pointed = {value for _, _, value in batch.triples() if isinstance(value, ox.NamedNode | ox.BlankNode)}
    for node in batch.focus if is_partial else ():
        _name(batch, data, node)
    repeated = {value for _, predicate, value in batch.triples() if predicate in _REPEATING}
    for node in sorted(pointed - set(batch.focus), key=str):
        _name(batch, data, node)
        if node in repeated:
            _add_article(batch, data, node)
        if node not in batch.said and not any(True for _ in data.quads_for_pattern(node, None, None, None)):
            batch.strangers.append(node)
    return batch


def _add_article(batch: Batch, data: ox.Store, node: Subject) -> None:
    """What is to be known of an article that others repeat: its type, and whether it repeats one itself."""
    if isinstance(node, ox.NamedNode):
        for quad in data.quads_for_pattern(node, RDF.type, None, node):
            batch.add(node, RDF.type, quad.object)
    for predicate in _REPEATING:
        for quad in data.quads_for_pattern(node, predicate, None, DEFAULT):
            batch.add(node, predicate, quad.object)


def _name(batch: Batch, data: ox.Store, node: Subject) -> None:
    shown = node
    for quad in data.quads_for_pattern(node, KG.mergedInto, None, DEFAULT):
        batch.add(node, KG.mergedInto, quad.object)
        shown = quad.object if isinstance(quad.object, ox.NamedNode) else node
    for predicate in (RDF.type, SKOS.prefLabel):
        for quad in data.quads_for_pattern(shown, predicate, None, DEFAULT):
            batch.add(node, predicate, quad.object)
