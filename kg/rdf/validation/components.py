"""The constraint components that look at values alone, each as a function that makes a test.

A test may doubt what is sound, and never passes what is not: it need not know every form of a datatype.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import TypeAlias

import pyoxigraph as ox
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import SH

from kg.rdf.conversion import from_rdflib
from kg.rdf.quads import Term
from kg.rdf.validation.gathering import Batch
from kg.vocabulary import XSD

Component: TypeAlias = Callable[[Batch, Term, Sequence[Term]], bool]
"""Whether the values of a node are sound."""
Maker: TypeAlias = Callable[[rdflib.Graph, rdflib.term.Node, rdflib.term.Node], Component]
"""Makes a test of the shapes' graph, the shape and the parameter's value."""


def _written(pattern: str) -> Callable[[str], bool]:
    """Whether a text has a form."""
    return lambda text: re.fullmatch(pattern, text, re.DOTALL) is not None


def _is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text) and datetime.date.fromisoformat(text))
    except ValueError:
        return False


def _is_moment(text: str) -> bool:
    form = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z"
    try:
        return bool(re.fullmatch(form, text) and datetime.datetime.fromisoformat(text))
    except ValueError:
        return False


_FORMS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        XSD.date.value: _is_day,
        XSD.dateTime.value: _is_moment,
        XSD.gYearMonth.value: _written(r"\d{4}-(0[1-9]|1[0-2])"),
        XSD.gYear.value: _written(r"\d{4}"),
        XSD.decimal.value: _written(r"[+-]?\d{1,20}(\.\d{1,20})?"),
        XSD.integer.value: _written(r"[+-]?\d{1,20}"),
        XSD.boolean.value: _written(r"true|false"),
        XSD.string.value: _written(r".*"),
        XSD.anyURI.value: _written(r"[!-~]*"),
        ox.Literal("a", language="en").datatype.value: _written(r".*"),
    }
)
"""Plain forms of datatypes."""


def _of_text(test: Callable[[str], bool]) -> Component:
    """A test of what literals and IRIs read as."""
    return lambda _, __, values: all(
        isinstance(value, ox.Literal | ox.NamedNode) and test(value.value) for value in values
    )


def _min_count(_: rdflib.Graph, __: rdflib.term.Node, count: rdflib.term.Node) -> Component:
    least = int(str(count))
    return lambda _, __, values: len(values) >= least


def _max_count(_: rdflib.Graph, __: rdflib.term.Node, count: rdflib.term.Node) -> Component:
    most = int(str(count))
    return lambda _, __, values: len(values) <= most


def _min_length(_: rdflib.Graph, __: rdflib.term.Node, length: rdflib.term.Node) -> Component:
    least = int(str(length))
    return _of_text(lambda text: len(text) >= least)


def _pattern(graph: rdflib.Graph, shape: rdflib.term.Node, pattern: rdflib.term.Node) -> Component:
    if graph.value(shape, SH.flags) is not None:
        return lambda _, __, ___: False
    return _of_text(lambda text: re.search(str(pattern), text) is not None)


def _datatype(_: rdflib.Graph, __: rdflib.term.Node, datatype: rdflib.term.Node) -> Component:
    wanted, form = str(datatype), _FORMS.get(str(datatype))
    return lambda _, __, values: (
        form is not None
        and all(
            isinstance(value, ox.Literal) and value.datatype.value == wanted and form(value.value)
            for value in values
        )
    )


def _node_kind(_: rdflib.Graph, __: rdflib.term.Node, kind: rdflib.term.Node) -> Component:
    kinds: dict[rdflib.term.Node, type] = {SH.IRI: ox.NamedNode, SH.Literal: ox.Literal}
    wanted = kinds.get(kind)
    return lambda _, __, values: wanted is not None and all(isinstance(value, wanted) for value in values)


def _in(graph: rdflib.Graph, _: rdflib.term.Node, members: rdflib.term.Node) -> Component:
    allowed = {from_rdflib(member) for member in Collection(graph, members)}
    return lambda _, __, values: all(value in allowed for value in values)


def _has_value(_: rdflib.Graph, __: rdflib.term.Node, value: rdflib.term.Node) -> Component:
    wanted = from_rdflib(value)
    return lambda _, __, values: wanted in values


def _compares(test: Callable[[Decimal, Decimal], bool]) -> Maker:
    def maker(_: rdflib.Graph, __: rdflib.term.Node, limit: rdflib.term.Node) -> Component:
        bound = Decimal(str(limit))

        def component(_: Batch, __: Term, values: Sequence[Term]) -> bool:
            numbers = [_number(value) for value in values]
            return all(number is not None and test(number, bound) for number in numbers)

        return component

    return maker


def _precedes(*, is_strict: bool) -> Maker:
    def maker(_: rdflib.Graph, __: rdflib.term.Node, predicate: rdflib.term.Node) -> Component:
        other = ox.NamedNode(str(predicate))

        def component(batch: Batch, node: Term, values: Sequence[Term]) -> bool:
            return all(
                _is_before(value, later, is_strict=is_strict)
                for value in values
                for later in batch.values(node, other)
            )

        return component

    return maker


def _disjoint(_: rdflib.Graph, __: rdflib.term.Node, predicate: rdflib.term.Node) -> Component:
    other = ox.NamedNode(str(predicate))
    return lambda batch, node, values: not set(values) & set(batch.values(node, other))


def _is_before(one: Term, other: Term, *, is_strict: bool) -> bool:
    first, second = _number(one), _number(other)
    if first is not None and second is not None:
        return first < second or (first == second and not is_strict)
    days = [term for term in (one, other) if isinstance(term, ox.Literal) and term.datatype == XSD.date]
    if len(days) < 2:  # noqa: PLR2004  # both ends
        return False
    return days[0].value < days[1].value or (days[0].value == days[1].value and not is_strict)


def _number(term: Term) -> Decimal | None:
    if not isinstance(term, ox.Literal) or term.datatype not in {XSD.decimal, XSD.integer}:
        return None
    try:
        return Decimal(term.value)
    except InvalidOperation:
        return None


COMPONENTS: Mapping[str, Maker] = MappingProxyType(
    {
        str(SH.minCount): _min_count,
        str(SH.maxCount): _max_count,
        str(SH.minLength): _min_length,
        str(SH.pattern): _pattern,
        str(SH.datatype): _datatype,
        str(SH.nodeKind): _node_kind,
        str(SH["in"]): _in,
        str(SH.hasValue): _has_value,
        str(SH.minInclusive): _compares(lambda number, bound: number >= bound),
        str(SH.maxInclusive): _compares(lambda number, bound: number <= bound),
        str(SH.lessThan): _precedes(is_strict=True),
        str(SH.lessThanOrEquals): _precedes(is_strict=False),
        str(SH.disjoint): _disjoint,
    }
)
"""What makes a test, by the parameter that it is for."""
