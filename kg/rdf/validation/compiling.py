"""Reads shapes into functions that tell at once whether a node is sound.

What they pass conforms; what they do not pass is suspect, and pySHACL decides. So a constraint that is not
known here costs time and never a finding: whatever node has such a shape is suspect.
Components are those of SHACL Core (Shapes Constraint Language, W3C Recommendation 2017, section 4).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH

from kg.rdf.conversion import from_rdflib
from kg.rdf.quads import Term
from kg.rdf.validation.components import COMPONENTS, Component
from kg.rdf.validation.gathering import Batch, Subject
from kg.rdf.validation.paths import Path, compile_path, values_of
from kg.rdf.validation.shapes import Ontology, load_shapes
from kg.vocabulary import RDF as TYPED

Test = Callable[["Scope", Term, Sequence[Term]], bool]
"""Whether the values of a node are sound."""
Maker = Callable[[rdflib.Graph, rdflib.term.Node, rdflib.term.Node], Test]
"""Makes a test of the shapes' graph, the shape and the parameter's value."""

_SILENT = frozenset(
    {
        *(SH.path, SH.message, SH.severity, SH.name, SH.description, SH.order, SH.group, SH.flags, RDF.type),
        *(SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode),
        *(SH.ignoredProperties, SH.qualifiedMinCount, SH.qualifiedMaxCount),
    }
)
"""What constrains nothing by itself."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What tests look at."""

    batch: Batch
    ontology: Ontology

    def is_of(self, node: Term, class_: Term) -> bool:
        """Whether a node is of a class, or of one below it."""
        above = self.ontology.above
        kinds = self.batch.values(node, TYPED.type)
        return any(class_ == kind or class_ in above.get(kind, ()) for kind in kinds)


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape with the tests that it makes of a node, or of the values of a path from it."""

    path: Path | None
    tests: tuple[Test, ...]

    def passes(self, scope: Scope, node: Term) -> bool:
        """Whether a node is sound by this shape."""
        values = [node] if self.path is None else values_of(scope.batch, node, self.path)
        return all(test(scope, node, values) for test in self.tests)


@dataclass(frozen=True, slots=True)
class Targets:
    """Which shapes are for which nodes."""

    of_class: Mapping[Term, Sequence[Shape]]
    """Shapes for the nodes of a class."""
    of_subjects: Mapping[Term, Sequence[Shape]]
    """Shapes for the nodes that have a predicate."""
    of_objects: Mapping[Term, Sequence[Shape]]
    """Shapes for the nodes that a predicate points to."""

    def shapes_for(self, scope: Scope, node: Subject) -> Iterator[Shape]:
        """The shapes that a node has to meet."""
        kinds = scope.batch.values(node, TYPED.type)
        above = scope.ontology.above
        for class_ in {one for kind in kinds for one in above.get(kind, frozenset({kind}))}:
            yield from self.of_class.get(class_, ())
        for predicate in scope.batch.said.get(node, {}):
            yield from self.of_subjects.get(predicate, ())
        for pointer, shapes in self.of_objects.items():
            if (pointer, node) in scope.batch.pointed:
                yield from shapes


def suspects(batch: Batch, ontology: Ontology) -> Iterator[Subject]:
    """Those nodes of a batch that pySHACL must look at, in their order."""
    scope, targets = Scope(batch, ontology), _targets()
    for node in (*batch.focus, *batch.strangers):
        if not all(shape.passes(scope, node) for shape in targets.shapes_for(scope, node)):
            yield node


@cache
def _targets() -> Targets:
    graph = load_shapes()
    ways = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
    found: list[dict[Term, list[Shape]]] = [{}, {}, {}]
    for way, shapes in zip(ways, found, strict=True):
        for node, target in sorted(graph.subject_objects(way), key=str):
            shapes.setdefault(from_rdflib(target), []).append(_compile(graph, node))
    return Targets(*found)


def _compile(graph: rdflib.Graph, node: rdflib.term.Node) -> Shape:
    """The shape that a node of the shapes' graph is."""
    written = graph.value(node, SH.path)
    path = None if written is None else compile_path(graph, written)
    tests = tuple(_tests(graph, node))
    is_known = (written is None) == (path is None)
    return Shape(path, tests if is_known else (_is_doubtful,))


def _tests(graph: rdflib.Graph, node: rdflib.term.Node) -> Iterator[Test]:
    for predicate in sorted(set(graph.predicates(node)) - _SILENT, key=str):
        for value in graph.objects(node, predicate):
            yield _test(graph, node, predicate, value)


def _test(
    graph: rdflib.Graph, node: rdflib.term.Node, predicate: rdflib.term.Node, value: rdflib.term.Node
) -> Test:
    maker = _MAKERS.get(str(predicate))
    if maker is not None:
        return maker(graph, node, value)
    component = COMPONENTS.get(str(predicate))
    return _is_doubtful if component is None else _plain(component(graph, node, value))


def _every(graph: rdflib.Graph, _: rdflib.term.Node, value: rdflib.term.Node) -> Test:
    shape = _compile(graph, value)
    return lambda scope, _, values: all(shape.passes(scope, value) for value in values)


def _any(graph: rdflib.Graph, _: rdflib.term.Node, members: rdflib.term.Node) -> Test:
    shapes = [_compile(graph, member) for member in Collection(graph, members)]
    return lambda scope, _, values: all(
        any(shape.passes(scope, value) for shape in shapes) for value in values
    )


def _of_class(_: rdflib.Graph, __: rdflib.term.Node, value: rdflib.term.Node) -> Test:
    class_ = from_rdflib(value)
    return lambda scope, _, values: all(scope.is_of(value, class_) for value in values)


def _closed(graph: rdflib.Graph, node: rdflib.term.Node, _: rdflib.term.Node) -> Test:
    allowed = _allowed(graph, node)
    return lambda scope, _, values: all(
        isinstance(value, Subject) and scope.batch.said.get(value, {}).keys() <= allowed for value in values
    )


def _qualified(graph: rdflib.Graph, node: rdflib.term.Node, value: rdflib.term.Node) -> Test:
    shape = _compile(graph, value)
    least = int(str(graph.value(node, SH.qualifiedMinCount) or 0))
    most = int(str(graph.value(node, SH.qualifiedMaxCount) or sys.maxsize))
    return lambda scope, _, values: least <= sum(shape.passes(scope, value) for value in values) <= most


_MAKERS: Mapping[str, Maker] = MappingProxyType(
    {
        str(SH.property): _every,
        str(SH.node): _every,
        str(SH["or"]): _any,
        str(SH["class"]): _of_class,
        str(SH.closed): _closed,
        str(SH.qualifiedValueShape): _qualified,
    }
)
"""What makes a test of shapes, classes or all that is said, by the parameter that it is for."""


def _plain(component: Component) -> Test:
    return lambda scope, node, values: component(scope.batch, node, values)


def _is_doubtful(_: Scope, __: Term, ___: Sequence[Term]) -> bool:
    return False


def _allowed(graph: rdflib.Graph, node: rdflib.term.Node) -> frozenset[Term]:
    """The predicates that a closed shape names or ignores."""
    ignored = graph.value(node, SH.ignoredProperties)
    names = set(Collection(graph, ignored)) if ignored is not None else set()
    names |= {path for shape in graph.objects(node, SH.property) for path in graph.objects(shape, SH.path)}
    return frozenset(from_rdflib(name) for name in names if isinstance(name, rdflib.URIRef))
