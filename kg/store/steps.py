"""Large additions in steps, each in one transaction, and how they are mended after a kill between two.

What is taken out goes through the engine's parser and journal, and what is put in beside it would too: five
times slower than new files, which can take nothing out. So first the entities are described as all articles
present them, the new ones too, with a mark on each; then come the articles; then the marks go. Where a
process is killed in between, the graph is not finished, and whoever writes next describes the marked entities
anew, by the articles that are there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph as ox

from kg.rdf.entities import description_predicates
from kg.rdf.graphs import DEFAULT, graph_node
from kg.rdf.iris import NamedGraph
from kg.store.builds import unfinished, with_mark
from kg.store.changes import MANY, Changes, Planner, apply
from kg.vocabulary import BASE, KG, Vocabulary


def carry_out(changes: Changes, store: ox.Store, base: str = BASE) -> None:
    """Makes changes of articles, which leave the graph unfinished; many that are put in, in steps.

    >>> store = ox.Store()
    >>> carry_out(Changes(added=(ox.Quad(KG.Person, KG.Person, KG.Person),)), store)
    >>> len(store)  # with the mark that judging is due
    2
    """
    for step in _in_steps(changes, base):
        apply(with_mark(step, store, base), store)


def mend(store: ox.Store, vocabulary: Vocabulary, base: str = BASE) -> None:
    """Describes anew the entities over which a process was killed; nothing where there are none.

    >>> from kg.vocabulary import load_vocabulary
    >>> mend(ox.Store(), load_vocabulary())
    """
    graph = graph_node(NamedGraph.BUILDS, base)
    marks = [
        quad for quad in store.quads_for_pattern(None, KG.unfinished, None, graph) if quad.subject != graph
    ]
    if marks:
        nodes = [quad.subject for quad in marks if isinstance(quad.subject, ox.NamedNode)]
        changes = Planner(store, vocabulary, base, gone=()).describe_anew(nodes)
        apply(replace(changes, removed=changes.removed | frozenset(marks)), store)


def _in_steps(changes: Changes, base: str) -> Iterator[Changes]:
    if not changes.removed or changes.emptied or len(changes.added) < MANY:
        yield changes
        return
    nodes = {quad.subject for quad in changes.removed if isinstance(quad.subject, ox.NamedNode)}
    described = tuple(quad for quad in changes.added if _describes(quad, nodes))
    marks = tuple(unfinished(node, base) for node in sorted(nodes, key=str))
    yield Changes(removed=changes.removed, added=(*described, *marks))
    yield Changes(added=tuple(quad for quad in changes.added if not _describes(quad, nodes)))
    yield Changes(removed=frozenset(marks))


def _describes(quad: ox.Quad, nodes: set[ox.NamedNode]) -> bool:
    return quad.graph_name == DEFAULT and quad.subject in nodes and quad.predicate in description_predicates()
