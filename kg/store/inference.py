"""Keeps what follows by the ontology in a graph of its own, and takes it out again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.rdf.graphs import graph_node
from kg.rdf.inference import Subject, close, read_axioms
from kg.rdf.iris import NamedGraph
from kg.rdf.quads import Term
from kg.store.changes import Changes, apply
from kg.store.folder import begin_writing
from kg.store.store import Store
from kg.vocabulary import ontology_files


@dataclass(frozen=True, slots=True, kw_only=True)
class Inferred:
    """What was inferred."""

    total: int = 0
    """Triples that follow, and that no other graph holds."""
    by_rule: Mapping[str, int] = field(default_factory=dict)
    """Triples by the OWL 2 RL rule that gave them first."""
    by_property: Mapping[str, int] = field(default_factory=dict)
    """Triples by the IRI of their property, the most first."""


def infer(store: Store, *, ontology: Path | None = None) -> Inferred:
    """Infers what follows by the ontology of package and graph, in the place of what was inferred before.

    It is put into the graph `<base>inferred` in one transaction. Direct triples stand for asserted relations
    only, so nothing follows from plans and denials but what is said of them as such: who takes part, where,
    and when.

    Args:
        store: The graph.
        ontology: A Turtle file to follow beside the package's; None for what the graph keeps.

    Raises:
        StoreError: The store is read-only.
        VocabularyError: The ontology cannot be read.

    >>> infer(Store.in_memory()).total
    0
    """
    graph = _inferred(store)
    axioms = read_axioms(ontology_files(ontology or store.ontology, actors=False))
    facts: dict[ox.NamedNode, set[tuple[Subject, Term]]] = {}
    for predicate in axioms.properties:
        quads = store.data.quads_for_pattern(None, predicate, None, None)
        facts[predicate] = {(quad.subject, quad.object) for quad in quads if quad.graph_name != graph}
    closure = close(facts, axioms)
    new = {ox.Quad(subject, predicate, item, graph) for subject, predicate, item in closure.triples}
    _put(store, graph, new)
    return Inferred(total=len(new), by_rule=closure.by_rule(), by_property=closure.by_property())


def forget_inferred(store: Store) -> int:
    """Takes out all that was inferred; gives how many triples that were.

    Raises:
        StoreError: The store is read-only.

    >>> forget_inferred(Store.in_memory())
    0
    """
    graph = _inferred(store)
    count = sum(1 for _ in store.data.quads_for_pattern(None, None, None, graph))
    if count:
        _begin_writing(store)
        store.data.remove_graph(graph)
    return count


def _inferred(store: Store) -> ox.NamedNode:
    if store.read_only:
        raise StoreError(f"The graph {str(store.path)!r} is open for reading only; open it for writing.")
    return graph_node(NamedGraph.INFERRED, store.base)


def _put(store: Store, graph: ox.NamedNode, new: set[ox.Quad]) -> None:
    """Makes the graph hold these quads and no others."""
    old = set(store.data.quads_for_pattern(None, None, None, graph))
    added = tuple(quad for quad in new if quad not in old)
    changes = Changes(removed=frozenset(old - new), added=added, emptied=() if new else (graph,))
    if old != new:
        _begin_writing(store)
        apply(changes, store.data)


def _begin_writing(store: Store) -> None:
    if store.path is not None:
        begin_writing(store.path)
