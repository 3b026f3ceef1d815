"""What the shapes ask of each term, in the words that a user reads when it is not met."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox

from kg.reference.coverage import steps_of
from kg.reference.triples import SH, Node, Triples

_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf")


def messages_by_term(shapes: Triples) -> dict[str, list[str]]:
    """The messages of the shapes that concern each term, by its IRI, in the order of the file, each once.

    A message concerns what its shape targets and what is on its path.

    >>> messages_by_term(Triples({}))
    {}
    """
    found: dict[str, dict[str, None]] = {}
    for shape in shapes.said:
        targets = [iri for kind in _TARGETS for iri in shapes.iris(shape, SH + kind)]
        for term, message in _concerning(shapes, shape, targets):
            found.setdefault(term, {})[message] = None
    return {term: list(messages) for term, messages in found.items()}


def _concerning(shapes: Triples, shape: Node, targets: list[str]) -> Iterator[tuple[str, str]]:
    own = shapes.texts(shape, SH + "message")
    steps = [step for path in shapes.objects(shape, SH + "path") for step in steps_of(shapes, path)]
    yield from ((term, message) for term in (*targets, *steps) for message in own)
    for inner in shapes.nodes(shape, SH + "property"):
        messages = shapes.texts(inner, SH + "message")
        yield from ((term, message) for term in targets for message in messages)
    for node in shapes.objects(shape, SH + "in"):
        members = [member.value for member in shapes.listed(node) if isinstance(member, ox.NamedNode)]
        yield from ((member, message) for member in members for message in own)
