"""What a store says of an entity: each article as it presents it, the default graph as all together do."""

from __future__ import annotations

from itertools import islice

import pyoxigraph as ox

from kg.rdf.entities import description_predicates, read_appearance, read_description
from kg.rdf.graphs import DEFAULT
from kg.rdf.quads import said_of
from kg.types import Entity
from kg.vocabulary import Vocabulary

_FEW = 40
"""Quads of an entity that are all read; who is in the news has direct triples by the thousand."""


def description_of(data: ox.Store, node: ox.NamedNode) -> list[ox.Quad]:
    """The quads that describe an entity, in no order; none where it is merged into another, or unknown."""
    some = list(islice(data.quads_for_pattern(node, None, None, DEFAULT), _FEW))
    wanted = description_predicates()
    if len(some) < _FEW:
        return [quad for quad in some if quad.predicate in wanted]
    return [quad for predicate in wanted for quad in data.quads_for_pattern(node, predicate, None, DEFAULT)]


def described_entity(data: ox.Store, node: ox.NamedNode, vocabulary: Vocabulary) -> Entity | None:
    """The entity that a node is described as; None where it is not."""
    return read_description(node.value, said_of(description_of(data, node)), vocabulary)


def presented_entity(data: ox.Store, appearance: ox.Quad, vocabulary: Vocabulary) -> Entity:
    """The entity as an article presents it; `appearance` is the quad that says of which entity it speaks."""
    said = said_of(data.quads_for_pattern(appearance.subject, None, None, appearance.graph_name))
    return read_appearance(said, vocabulary)
