"""Class expressions and data ranges of OWL 2 RL: what may stand where (OWL 2 Profiles, section 4.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pyoxigraph as ox

from kg.reference.declarations import RL_DATATYPES, Declarations, Kind
from kg.reference.triples import OWL, RDF, RDFS, Triples, Value, short

THING = OWL + "Thing"
_MOST = 1
"""The largest number of a cardinality that rules can follow."""


class Position(StrEnum):
    """Where a class expression stands."""

    SUB = "subclass"
    SUPER = "superclass"
    EQUIVALENT = "equivalent class"


_ALLOWED: Mapping[Position, frozenset[str]] = {
    Position.SUB: frozenset({"intersectionOf", "unionOf", "oneOf", "someValuesFrom", "hasValue"}),
    Position.SUPER: frozenset(
        {
            *("intersectionOf", "complementOf", "allValuesFrom", "hasValue", "maxCardinality"),
            "maxQualifiedCardinality",
        }
    ),
    Position.EQUIVALENT: frozenset({"intersectionOf", "hasValue"}),
}
_CONSTRUCTORS = (
    *("intersectionOf", "unionOf", "complementOf", "oneOf", "someValuesFrom", "allValuesFrom", "hasValue"),
    *("hasSelf", "minCardinality", "maxCardinality", "cardinality", "minQualifiedCardinality"),
    *("maxQualifiedCardinality", "qualifiedCardinality"),
)
_OF_DATA = ("intersectionOf", "unionOf", "oneOf", "datatypeComplementOf", "onDatatype")


@dataclass(frozen=True, slots=True)
class Expressions:
    """The expressions of an ontology."""

    triples: Triples
    declarations: Declarations

    def class_faults(self, node: Value, position: Position) -> Iterator[str]:
        """What in a class expression OWL 2 RL does not allow at a position; a clause each.

        An expression of OWL alone has one constructor; where a node has none, it is no class expression.
        """
        if isinstance(node, ox.NamedNode):
            yield from self._named_faults(node, position)
            return
        constructor = self.constructor(node)
        if constructor is None:
            yield f"what stands as {position} is no class"
        elif constructor not in _ALLOWED[position]:
            yield f"owl:{constructor} may not stand as {position}"
        else:
            yield from self._inner_faults(node, constructor, position)

    def data_faults(self, node: Value) -> Iterator[str]:
        """What in a data range OWL 2 RL does not allow."""
        if isinstance(node, ox.NamedNode):
            if node.value not in RL_DATATYPES and not self._is_defined(node):
                yield f"{short(node.value)} is no datatype of the profile"
            return
        found = [name for name in _OF_DATA if self._values(node, name)]
        if found != ["intersectionOf"]:
            yield f"owl:{found[0]} may not stand as data range" if found else "the range is no data range"
            return
        for member in self._members(node, "intersectionOf"):
            yield from self.data_faults(member)

    def constructor(self, node: Value) -> str | None:
        """What a class expression is made by; None where a node is none."""
        return next((name for name in _CONSTRUCTORS if self._values(node, name)), None)

    def named_in(self, node: Value) -> Iterator[ox.NamedNode]:
        """The classes that stand in a class expression, itself where it is a name."""
        if isinstance(node, ox.NamedNode):
            yield node
            return
        for name in ("intersectionOf", "unionOf"):
            for member in self._members(node, name):
                yield from self.named_in(member)
        for name in ("complementOf", "onClass"):
            for member in self._values(node, name):
                yield from self.named_in(member)
        if not self.is_of_data(node):
            for name in ("someValuesFrom", "allValuesFrom"):
                for member in self._values(node, name):
                    yield from self.named_in(member)

    def is_of_data(self, node: Value) -> bool:
        """Whether a restriction is on a datatype property."""
        return any(Kind.DATA in self.declarations.of(term) for term in self._values(node, "onProperty"))

    def _named_faults(self, node: ox.NamedNode, position: Position) -> Iterator[str]:
        if node.value == THING:
            yield f"owl:Thing may not stand as {position}"

    def _inner_faults(self, node: Value, constructor: str, position: Position) -> Iterator[str]:
        if constructor == "intersectionOf":
            inner, where = self._members(node, constructor), position
        elif constructor == "unionOf":
            inner, where = self._members(node, constructor), Position.SUB
        elif constructor == "complementOf":
            inner, where = self._values(node, constructor), Position.SUB
        elif constructor == "maxQualifiedCardinality":
            inner, where = self._values(node, "onClass"), Position.SUB
        else:
            inner = self._values(node, constructor) if constructor.endswith("ValuesFrom") else []
            where = position
        yield from self._number_faults(node, constructor)
        for member in inner:
            if constructor.endswith("ValuesFrom") and self.is_of_data(node):
                yield from self.data_faults(member)
            elif not (member.value == THING and constructor in {"someValuesFrom", "maxQualifiedCardinality"}):
                yield from self.class_faults(member, where)

    def _number_faults(self, node: Value, constructor: str) -> Iterator[str]:
        if not constructor.endswith("ardinality"):
            return
        for number in self._values(node, constructor):
            if not number.value.isdecimal() or int(number.value) > _MOST:
                yield f"owl:{constructor} may be 0 or 1 only, not {number.value}"

    def _is_defined(self, node: ox.NamedNode) -> bool:
        """Whether a datatype has a definition, which is checked where it stands."""
        return bool(self.triples.objects(node, OWL + "equivalentClass")) and (
            ox.NamedNode(RDFS + "Datatype") in self.triples.objects(node, RDF + "type")
        )

    def _members(self, node: Value, name: str) -> list[Value]:
        return [member for head in self._values(node, name) for member in self.triples.listed(head)]

    def _values(self, node: Value, name: str) -> list[Value]:
        return [] if isinstance(node, ox.Literal) else self.triples.objects(node, OWL + name)
