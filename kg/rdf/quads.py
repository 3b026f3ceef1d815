"""Puts quads together from what is said of one subject, and takes them apart again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import pyoxigraph as ox

from kg.vocabulary import XSD

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Graph: TypeAlias = ox.NamedNode | ox.DefaultGraph
Said: TypeAlias = tuple[ox.NamedNode, ox.NamedNode | ox.Literal | None]
"""A predicate with its object; None where there is nothing to say."""
Index: TypeAlias = dict[str, dict[str, list[Term]]]
"""Objects by subject and predicate."""


def describe(subject: ox.NamedNode, said: Iterable[Said], graph: Graph) -> Iterator[ox.Quad]:
    """The quads that say it of the subject; what is None is left out."""
    return (ox.Quad(subject, predicate, item, graph) for predicate, item in said if item is not None)


def text_of(value: str | None, *, datatype: ox.NamedNode | None = None) -> ox.Literal | None:
    """The literal of a text, None of None.

    >>> text_of("UKR").value
    'UKR'
    """
    return None if value is None else ox.Literal(value, datatype=datatype)


def decimal_of(number: float) -> ox.Literal:
    """A number to four places, in canonical form, so that it reads the same after storing.

    >>> decimal_of(0.93004).value, decimal_of(1.0).value
    ('0.93', '1')
    """
    digits = f"{number:.4f}".rstrip("0").rstrip(".")
    return ox.Literal(digits, datatype=XSD.decimal)


def term_text(term: Term) -> str:
    """An IRI or text as it is; empty for a triple term, which is neither.

    >>> term_text(ox.NamedNode("https://example.org/a")), term_text(ox.Literal("Ana"))
    ('https://example.org/a', 'Ana')
    """
    return "" if isinstance(term, ox.Triple) else term.value


def iri_of(node: object) -> str:
    """The IRI of a node; empty for whatever has none.

    >>> iri_of(ox.NamedNode("https://example.org/a")), iri_of(ox.Literal("Ana"))
    ('https://example.org/a', '')
    """
    return node.value if isinstance(node, ox.NamedNode) else ""


def index_quads(quads: Iterable[ox.Quad]) -> Index:
    """What the quads say, by subject and predicate, whatever the graph."""
    index: Index = {}
    for quad in quads:
        subject = quad.subject  # made anew each time it is asked for
        if not isinstance(subject, ox.Triple):
            index.setdefault(subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object)
    return index


def said_of(quads: Iterable[ox.Quad]) -> dict[str, list[Term]]:
    """Objects by predicate of quads that all have one subject."""
    said: dict[str, list[Term]] = {}
    for quad in quads:
        said.setdefault(quad.predicate.value, []).append(quad.object)
    return said


def values(said: dict[str, list[Term]], predicate: ox.NamedNode) -> list[str]:
    """IRIs and texts of the objects, sorted."""
    found = said.get(predicate.value)
    return sorted([item.value for item in found if not isinstance(item, ox.Triple)]) if found else []


def value(said: dict[str, list[Term]], predicate: ox.NamedNode) -> str | None:
    """The IRI or text of the object; the first in order where there are several, None where none."""
    found = values(said, predicate)
    return found[0] if found else None
