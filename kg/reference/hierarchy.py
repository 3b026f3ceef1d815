"""The object properties of an ontology by what implies what (OWL 2 Structural Specification, section 11)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from kg.reference.triples import OWL, RDFS, Node, Triples, Value

CHAIN = OWL + "propertyChainAxiom"
_KINDS: Mapping[str, str] = {
    "FunctionalProperty": "functional",
    "InverseFunctionalProperty": "inverse functional",
    "IrreflexiveProperty": "irreflexive",
    "AsymmetricProperty": "asymmetric",
}
_RESTRICTIONS: Mapping[str, str] = {
    **dict.fromkeys(
        ("minCardinality", "maxCardinality", "cardinality", "hasSelf"), "counted in a restriction"
    ),
    **dict.fromkeys(
        ("minQualifiedCardinality", "maxQualifiedCardinality", "qualifiedCardinality"),
        "counted in a restriction",
    ),
}


def restricted_uses(triples: Triples) -> Iterator[tuple[Node, str]]:
    """The uses of properties that are not simple where only simple ones may stand: property and use."""
    composite = composite_properties(triples)
    for kind, use in _KINDS.items():
        for node in triples.of_type(OWL + kind):
            if node in composite:
                yield node, use
    for one, other in triples.having(OWL + "propertyDisjointWith"):
        yield from ((node, "disjoint with another") for node in _nodes(one, other) if node in composite)
    for group in triples.of_type(OWL + "AllDisjointProperties"):
        for head in triples.objects(group, OWL + "members"):
            members = _nodes(*triples.listed(head))
            yield from ((node, "disjoint with another") for node in members if node in composite)
    for name, use in _RESTRICTIONS.items():
        for restriction, _ in triples.having(OWL + name):
            properties = _nodes(*triples.objects(restriction, OWL + "onProperty"))
            yield from ((node, use) for node in properties if node in composite)


def composite_properties(triples: Triples) -> set[Node]:
    """The properties that are not simple: transitive, a chain, or above or inverse to one of these."""
    found: set[Node] = set(triples.of_type(OWL + "TransitiveProperty"))
    found |= {subject for subject, _ in triples.having(CHAIN)}
    waiting = list(found)
    implied = _implications(triples)
    while waiting:
        new = implied.get(waiting.pop(), set()) - found
        found |= new
        waiting.extend(new)
    return found


def irregular_chains(triples: Triples) -> Iterator[Node]:
    """The properties with a chain that depends on the property itself in a way that no order allows."""
    before = _order(triples)
    for subject, head in triples.having(CHAIN):
        steps = _nodes(*triples.listed(head))
        if not _is_own_extension(subject, steps) and any(
            subject in _reached(step, before) for step in _others(subject, steps)
        ):
            yield subject


def _is_own_extension(subject: Node, steps: list[Node]) -> bool:
    """Whether a chain is the property after itself, which is transitivity."""
    return steps == [subject, subject]


def _others(subject: Node, steps: list[Node]) -> list[Node]:
    """The steps that must stand before the property: all but itself at one end."""
    if steps[:1] == [subject]:
        return steps[1:]
    return steps[:-1] if steps[-1:] == [subject] else steps


def _order(triples: Triples) -> dict[Node, set[Node]]:
    """For each property those that come before it: its steps, its subproperties, and its inverses."""
    before: dict[Node, set[Node]] = {}
    for subject, head in triples.having(CHAIN):
        steps = _nodes(*triples.listed(head))
        if not _is_own_extension(subject, steps):
            before.setdefault(subject, set()).update(_others(subject, steps))
    for node, implied in _implications(triples).items():
        for other in implied:
            before.setdefault(other, set()).add(node)
    return before


def _reached(start: Node, before: Mapping[Node, set[Node]]) -> set[Node]:
    found, waiting = {start}, [start]
    while waiting:
        new = before.get(waiting.pop(), set()) - found
        found |= new
        waiting.extend(new)
    return found


def _implications(triples: Triples) -> dict[Node, set[Node]]:
    """For each property those that it implies, one step up; an inverse is composite where its property is."""
    implied: dict[Node, set[Node]] = {}
    pairs = [
        *triples.having(RDFS + "subPropertyOf"),
        *_both(triples, OWL + "equivalentProperty"),
        *_both(triples, OWL + "inverseOf"),
    ]
    for one, other in pairs:
        if not isinstance(one, ox.Literal) and not isinstance(other, ox.Literal):
            implied.setdefault(one, set()).add(other)
    return implied


def _both(triples: Triples, predicate: str) -> Iterator[tuple[Value, Value]]:
    for one, other in triples.having(predicate):
        yield one, other
        yield other, one


def _nodes(*values: Value) -> list[Node]:
    return [value for value in values if not isinstance(value, ox.Literal)]
