"""Which terms of an ontology the shapes ask for, and which need none because no graph holds them."""

from __future__ import annotations

from functools import cached_property

import pyoxigraph as ox

from kg.reference.declarations import Declarations, Kind
from kg.reference.triples import RDFS, SH, Triples, Value

_PATHS = ("inversePath", "alternativePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")


class Coverage:
    """What the shapes cover.

    A term has a shape where one of these holds, each for its reason:

    - a shape targets it, has it on its path, or it is one of the values that a shape lists;
    - it is a class at or below one that a shape targets: SHACL targets go to subclasses (section 2.1.3.2);
    - it is a class above such classes only, so that whatever is of it is of one that has a shape;
    - it is a class that a shape demands of values (sh:class), or that is only what follows of the values of
      properties that have a shape: no graph says of a node that it is of this class;
    - it is an annotation property: it speaks of terms and the registry, and OWL draws nothing from it.
    """

    def __init__(self, triples: Triples, shapes: Triples, declarations: Declarations) -> None:
        """Reads the shapes against an ontology."""
        self._triples = triples
        self._shapes = shapes
        self._declarations = declarations

    def covers(self, term: str) -> bool:
        """Whether a term has a shape, or needs none."""
        kinds = self._declarations.of(ox.NamedNode(term))
        if kinds == {Kind.ANNOTATION} or term in self.named:
            return True
        return Kind.CLASS in kinds and (
            self._is_targeted(term) or self._is_above_targeted(term) or self._is_range_only(term)
        )

    @cached_property
    def named(self) -> frozenset[str]:
        """The terms that shapes name: as targets, on paths, as classes and among listed values."""
        found: set[str] = set(self.targets)
        for predicate in ("targetSubjectsOf", "targetObjectsOf", "class", "hasValue"):
            found |= {value.value for _, value in self._shapes.having(SH + predicate)}
        for _, head in self._shapes.having(SH + "in"):
            found |= {value.value for value in self._shapes.listed(head)}
        for _, path in self._shapes.having(SH + "path"):
            found |= set(steps_of(self._shapes, path))
        return frozenset(found)

    @cached_property
    def targets(self) -> frozenset[str]:
        """The classes that shapes target."""
        return frozenset(value.value for _, value in self._shapes.having(SH + "targetClass"))

    def _is_targeted(self, term: str) -> bool:
        return bool(self._triples.above(term, RDFS + "subClassOf") & self.targets)

    def _is_above_targeted(self, term: str) -> bool:
        below = {
            node.value
            for node, value in self._triples.having(RDFS + "subClassOf")
            if value == ox.NamedNode(term)
        }
        return bool(below) and all(
            self._is_targeted(name) or self._is_above_targeted(name) for name in below - {term}
        )

    def _is_range_only(self, term: str) -> bool:
        """Whether a class is only what the values of properties with shapes are."""
        using = {
            node.value for node, value in self._triples.having(RDFS + "range") if value == ox.NamedNode(term)
        }
        members = {node.value for node in self._triples.of_type(term)}
        return bool(using) and using <= self.named and all(self.covers(member) for member in members)


def steps_of(shapes: Triples, path: Value) -> list[str]:
    """The properties on a SHACL path (section 2.3.1), in its order.

    >>> steps_of(Triples({}), ox.NamedNode("https://example.org/terms#eats"))
    ['https://example.org/terms#eats']
    """
    if isinstance(path, ox.NamedNode):
        return [path.value]
    if isinstance(path, ox.Literal):
        return []
    inner = [value for name in _PATHS for value in shapes.objects(path, SH + name)]
    members = [member for value in (path, *inner) for member in shapes.listed(value)]
    steps = [step for value in (*inner, *members) for step in steps_of(shapes, value)]
    return list(dict.fromkeys(steps))
