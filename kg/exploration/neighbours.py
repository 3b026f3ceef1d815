"""Who is connected with an entity, the strongest first, and who with two of them."""

from __future__ import annotations

from dataclasses import dataclass

from kg.exploration.bundles import bundle_of, bundles
from kg.exploration.filters import NONE, Filters, Sieve
from kg.exploration.nodes import entity_at
from kg.exploration.pages import FIRST, Bounds, Key, Page, page
from kg.exploration.reading import Link, Reader, reader_of
from kg.exploration.records import EntityBrief, Facets, Neighbour, Shared
from kg.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbourhood:
    """A page of the neighbours of an entity."""

    entity: EntityBrief
    neighbours: Page[Neighbour]
    relations: int
    """How many relations fit the filters: the sum of the weights of all neighbours."""
    facets: Facets


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """A page of the entities that are neighbours of both of two."""

    one: EntityBrief
    other: EntityBrief
    shared: Page[Shared]


def neighbours(
    store: Store, entity: str, *, filters: Filters = NONE, bounds: Bounds = FIRST
) -> Neighbourhood:
    """The neighbours of an entity: those with most relations first, then by name.

    An entity that relations connect with itself is its own neighbour.

    Args:
        store: The graph.
        entity: IRI or id.
        filters: Which relations count.
        bounds: Which page.

    Raises:
        MissingError: The graph has no such entity, or none of a filter.
        VocabularyError: The ontology has no such class or property.
        ExplorationError: A filter or the page cannot be.

    >>> neighbours(Store.in_memory(), "nobody")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    kg.errors.MissingError: The graph has no entity 'nobody'; give an IRI or id, ...
    """
    reader = reader_of(store)
    node = entity_at(reader, entity)
    sieve = Sieve(reader, filters)
    by_other = bundles(sieve.fitting(node), node)
    weights = {other: len(links) for other, links in by_other.items()}
    found = page(_ranked(reader, weights), bounds)
    return Neighbourhood(
        entity=reader.entity(node),
        neighbours=Page(
            items=tuple(
                Neighbour(entity=reader.entity(other), bundle=bundle_of(reader, by_other[other], node))
                for other in found.items
            ),
            total=found.total,
            next=found.next,
        ),
        relations=sum(weights.values()),
        facets=sieve.facets((link, link.other(node)) for link in reader.links(node)),
    )


def shared_neighbours(
    store: Store, one: str, other: str, *, filters: Filters = NONE, bounds: Bounds = FIRST
) -> Sharing:
    """The entities that are neighbours of both: the strongest first, then by name.

    As strong as the smaller of the two weights. Neither of the two is among them.

    Raises:
        MissingError: The graph has no such entity, or none of a filter.
        VocabularyError: The ontology has no such class or property.
        ExplorationError: A filter or the page cannot be.
    """
    reader = reader_of(store)
    ends = entity_at(reader, one), entity_at(reader, other)
    sieve = Sieve(reader, filters)
    first, second = (bundles(sieve.fitting(end), end) for end in ends)
    both = (first.keys() & second.keys()) - set(ends)
    found = page(_ranked(reader, {node: min(len(first[node]), len(second[node])) for node in both}), bounds)
    return Sharing(
        one=reader.entity(ends[0]),
        other=reader.entity(ends[1]),
        shared=Page(
            items=tuple(_shared(reader, node, ends, (first[node], second[node])) for node in found.items),
            total=found.total,
            next=found.next,
        ),
    )


def _ranked(reader: Reader, weights: dict[str, int]) -> list[tuple[Key, str]]:
    """Entities with their keys: the heaviest first, then by name and IRI."""
    return [((-weight, reader.name(node), node), node) for node, weight in weights.items()]


def _shared(reader: Reader, node: str, ends: tuple[str, str], links: tuple[list[Link], list[Link]]) -> Shared:
    return Shared(
        entity=reader.entity(node),
        strength=min(map(len, links)),
        one=bundle_of(reader, links[0], ends[0]),
        other=bundle_of(reader, links[1], ends[1]),
    )
