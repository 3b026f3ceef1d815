"""SHACL property paths over gathered nodes (Shapes Constraint Language, section 2.3.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypeAlias

import pyoxigraph as ox
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import SH

from kg.rdf.quads import Term
from kg.rdf.validation.gathering import Batch


class Way(Enum):
    """How the parts of a path are gone."""

    INVERSE = auto()
    ONE_OF = auto()
    ONE_OR_MORE = auto()


@dataclass(frozen=True, slots=True)
class Composed:
    """A path made of others."""

    way: Way
    parts: tuple[Path, ...]


Path: TypeAlias = "ox.NamedNode | Composed"


def compile_path(graph: rdflib.Graph, node: rdflib.term.Node) -> Path | None:
    """The path that a node of the shapes' graph writes; None for a kind that is not known here."""
    if isinstance(node, rdflib.URIRef):
        return ox.NamedNode(str(node))
    inverse, either = graph.value(node, SH.inversePath), graph.value(node, SH.alternativePath)
    if isinstance(inverse, rdflib.URIRef):
        return Composed(Way.INVERSE, (ox.NamedNode(str(inverse)),))
    repeated = graph.value(node, SH.oneOrMorePath)
    if isinstance(repeated, rdflib.URIRef):
        return Composed(Way.ONE_OR_MORE, (ox.NamedNode(str(repeated)),))
    if either is not None:
        parts = [compile_path(graph, part) for part in Collection(graph, either)]
        known = tuple(part for part in parts if part is not None)
        return Composed(Way.ONE_OF, known) if len(known) == len(parts) else None
    return None


def values_of(batch: Batch, node: Term, path: Path) -> Sequence[Term]:
    """The values of a path from a node, each once."""
    if isinstance(path, ox.NamedNode):
        return batch.values(node, path)
    if path.way is Way.INVERSE:
        return [subject for part in path.parts for subject in batch.pointed.get((part, node), ())]
    if path.way is Way.ONE_OR_MORE:
        return _reached(batch, node, path.parts[0])
    return _once(value for part in path.parts for value in values_of(batch, node, part))


def _reached(batch: Batch, node: Term, path: Path) -> list[Term]:
    """What is reached by going a path once or more often."""
    found: dict[Term, None] = {}
    waiting = [node]
    while waiting:
        new = [value for value in values_of(batch, waiting.pop(), path) if value not in found]
        found.update(dict.fromkeys(new))
        waiting.extend(new)
    return list(found)


def _once(values: Iterable[Term]) -> list[Term]:
    return list(dict.fromkeys(values))
