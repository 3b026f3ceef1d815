"""Validates a store, some nodes at a time, so that memory does not grow with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox

from kg.errors import StoreError
from kg.rdf.graphs import DEFAULT
from kg.rdf.validation.checks import check_articles, check_entities, check_terms
from kg.rdf.validation.compiling import suspects
from kg.rdf.validation.gathering import (
    Batch,
    Subject,
    article_nodes,
    described_nodes,
    gather_articles,
    gather_nodes,
    other_graphs,
)
from kg.rdf.validation.records import Finding, Report
from kg.rdf.validation.shapes import Ontology, load_ontology
from kg.rdf.validation.standard import run_shapes
from kg.vocabulary import SCHEMA

Member = TypeVar("Member")
Checker = Callable[[ox.Store, Batch, Ontology], Iterator[Finding]]

_BATCH = 25
"""Articles at a time: some 25,000 triples."""
_NODES = 2_000
"""Nodes of the default graph at a time, which have about ten triples each."""


def validate(
    data: ox.Store,
    *,
    ontology: Sequence[Path] = (),
    articles: Collection[str] | None = None,
    batch: int = _BATCH,
    on_article: Callable[[str], None] | None = None,
) -> Report:
    """Checks all articles of a store, the descriptions of entities and the judgements; or some articles.

    It takes some milliseconds an article, more where something is wrong. Memory does not grow with the store.

    Args:
        data: The Oxigraph store.
        ontology: Turtle files that define further classes and properties.
        articles: Ids of the articles to check, with the entities that they name; None for everything.
        batch: How many articles are checked at a time.
        on_article: Is told the id of each article that is done.

    Raises:
        VocabularyError: The shapes are broken.
        StoreError: There is no article of an id.

    >>> validate(ox.Store()).conforms
    True
    """
    known = load_ontology(tuple(ontology))
    nodes = article_nodes(data) if articles is None else _named(data, articles)
    found: dict[Finding, None] = {}
    pointed: dict[Subject, None] = {}
    for chunk in _chunks(nodes, batch):
        gathered = gather_articles(data, chunk)
        found.update(dict.fromkeys(_findings(data, gathered, known, check_articles)))
        if articles is not None:
            pointed.update(dict.fromkeys(_pointed(gathered)))
        for node in chunk:
            (on_article or _ignore)(gathered.ids[node])
    for gathered, check in _beside(data, None if articles is None else pointed):
        found.update(dict.fromkeys(_findings(data, gathered, known, check)))
    order = sorted(found, key=_order)
    return Report(articles=len(nodes), findings=tuple(order))


def find(batch: Batch, ontology: Ontology) -> Iterator[Finding]:
    """What the shapes find wrong with the nodes of a batch.

    Raises:
        VocabularyError: The shapes are broken.
    """
    for subject, predicate, value in ontology.triples:
        batch.add(subject, predicate, value)
    doubted = list(suspects(batch, ontology))
    if doubted:
        yield from run_shapes(batch, doubted)


def _findings(data: ox.Store, batch: Batch, ontology: Ontology, check: Checker) -> Iterator[Finding]:
    yield from check(data, batch, ontology)
    yield from find(batch, ontology)


def _beside(data: ox.Store, nodes: Iterable[Subject] | None) -> Iterator[tuple[Batch, Checker]]:
    """What stands beside the articles, and what checks it.

    Of some nodes that is what the default graph says; else all of that, judgements, and what is inferred.
    """
    described = described_nodes(data, DEFAULT) if nodes is None else nodes
    for chunk in _chunks(described, _NODES):
        yield gather_nodes(data, chunk, DEFAULT), check_entities
    for graph in other_graphs(data) if nodes is None else ():
        for chunk in _chunks(described_nodes(data, graph), _NODES):
            yield gather_nodes(data, chunk, graph), check_terms


def _named(data: ox.Store, ids: Iterable[str]) -> list[ox.NamedNode]:
    nodes: list[ox.NamedNode] = []
    for id_ in dict.fromkeys(ids):
        quads = data.quads_for_pattern(None, SCHEMA.identifier, ox.Literal(id_), None)
        found = [quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)]
        if not found:
            raise StoreError(
                f"There is no article {id_!r} in the graph; `kg query` with "
                "'SELECT ?id { ?article schema:identifier ?id }' lists all."
            )
        nodes.extend(found)
    return sorted(nodes, key=lambda node: node.value)


def _pointed(batch: Batch) -> Iterator[Subject]:
    """What the articles of a batch point to outside of themselves."""
    own = set(batch.focus)
    for subject, _, value in batch.triples():
        if subject in own and value not in own and isinstance(value, ox.NamedNode):
            yield value


def _chunks(members: Iterable[Member], size: int) -> Iterator[list[Member]]:
    waiting = iter(members)
    while chunk := list(islice(waiting, size)):
        yield chunk


def _order(finding: Finding) -> tuple[str, ...]:
    return (finding.severity, finding.article or "", finding.node, finding.message, finding.value or "")


def _ignore(_: str) -> None:
    return None
