"""Makes the default graph of a store anew from its articles: descriptions, direct triples, software.

What merged entities change is for the judging, which comes after.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.rdf.entities import description_quads, merge_entities, read_appearance
from kg.rdf.graphs import DEFAULT
from kg.rdf.quads import Index, index_quads, iri_of, value
from kg.types import Entity, Status
from kg.vocabulary import KG, PROV, Vocabulary

_APPEARANCE = (KG.appearanceOf, KG.entityType, KG.name, KG.alias, KG.country, KG.sector, KG.wikidata)


def derive(data: ox.Store, vocabulary: Vocabulary, base: str, software: Iterable[ox.Quad] = ()) -> None:
    """Makes the default graph what the articles say, each entity by itself.

    It is done in several steps, so it is for a store that nobody reads yet.

    Args:
        data: The store.
        vocabulary: What it is written with.
        base: Where its IRIs are minted.
        software: What is said of software that articles of it were read by, if the default graph may lack it.
    """
    agents = {quad.object for quad in data.quads_for_pattern(None, PROV.wasAssociatedWith, None, None)}
    said = [quad for agent in agents for quad in _described(data, agent)]
    known = dict.fromkeys([*said, *(quad for quad in software if quad.subject in agents)])
    data.clear_graph(DEFAULT)
    data.bulk_extend(known)
    data.bulk_extend(_descriptions(data, vocabulary, base))
    data.bulk_extend(dict.fromkeys(direct(data, vocabulary)))


def direct(data: ox.Store, vocabulary: Vocabulary) -> Iterator[ox.Quad]:
    """The direct triples that asserted relations of the articles carry, each as often as it is carried."""
    asserted = ox.NamedNode(vocabulary.statuses[Status.ASSERTED].iri)
    ends = index_quads(quad for end in (KG.subject, KG.object) for quad in stated(data, end))
    is_asserted = {quad.subject for quad in data.quads_for_pattern(None, KG.status, asserted, None)}
    for quad in stated(data, KG.property):
        said = ends.get(iri_of(quad.subject), {})
        one, other = value(said, KG.subject), value(said, KG.object)
        if quad.subject in is_asserted and one and other and isinstance(quad.object, ox.NamedNode):
            yield ox.Quad(ox.NamedNode(one), quad.object, ox.NamedNode(other), DEFAULT)


def stated(data: ox.Store, predicate: ox.NamedNode) -> Iterator[ox.Quad]:
    """What articles say with a predicate, not what is derived from it."""
    quads = data.quads_for_pattern(None, predicate, None, None)
    return (quad for quad in quads if quad.graph_name != DEFAULT)


def _descriptions(data: ox.Store, vocabulary: Vocabulary, base: str) -> Iterator[ox.Quad]:
    index: Index = index_quads(quad for predicate in _APPEARANCE for quad in stated(data, predicate))
    found: dict[str, list[Entity]] = {}
    for said in index.values():
        entity = read_appearance(said, vocabulary)
        found.setdefault(entity.id, []).append(entity)
    for _, entities in sorted(found.items()):
        yield from description_quads(merge_entities(entities), vocabulary, base)


def _described(data: ox.Store, agent: object) -> Iterator[ox.Quad]:
    if isinstance(agent, ox.NamedNode):
        yield from data.quads_for_pattern(agent, None, None, DEFAULT)
