"""Puts relations between the same two entities together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.exploration.filters import counts_of
from kg.exploration.reading import Link, Reader
from kg.exploration.records import Bundle


def bundles(links: Iterable[Link], node: str) -> dict[str, list[Link]]:
    """Relations of an entity by the IRI of the entity at the other end, in their order.

    >>> bundles([], "https://example.org/ana")
    {}
    """
    found: dict[str, list[Link]] = {}
    for link in links:
        found.setdefault(link.other(node), []).append(link)
    return found


def bundle_of(reader: Reader, links: Sequence[Link], node: str) -> Bundle:
    """What an edge shows of relations, seen from one of their two ends."""
    days = [when for when in map(reader.when, links) if when is not None]
    articles = {link.article for link in links}
    mutual = sum(link.symmetric for link in links)
    outgoing = sum(link.subject == node and not link.symmetric for link in links)
    return Bundle(
        weight=len(links),
        outgoing=outgoing,
        incoming=len(links) - mutual - outgoing,
        mutual=mutual,
        articles=len(articles),
        reports=len({reader.report(article) for article in articles}),
        relation_classes=counts_of(link.relation_class for link in links),
        properties=counts_of(link.property for link in links),
        statuses=counts_of(link.status.value for link in links),
        first=min((when.first for when in days), default=None),
        last=max((when.last for when in days), default=None),
    )
