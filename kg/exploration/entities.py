"""An entity with all that is known of it: its names, roles, counts, and what it was put together of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import pyoxigraph as ox

from kg.exploration.bundles import bundle_of
from kg.exploration.filters import Sieve
from kg.exploration.nodes import entity_at
from kg.exploration.reading import Link, Reader, reader_of
from kg.exploration.records import Member, NameCount, OfficeHeld, Profile, Role
from kg.rdf.graphs import DEFAULT, graph_node
from kg.rdf.iris import NamedGraph, entity_id
from kg.rdf.quads import iri_of, term_text
from kg.store import Store
from kg.types import MentionKind, Verdict
from kg.vocabulary import ITSRDF, KG, NIF, OWL, SKOS, WIKIDATA

_RoleKey: TypeAlias = tuple[bool, str, str, str, str]
"""Whether the entity is the object; class, property, predicate, and the entity at the other end."""
MOST_ROLES = 100
"""More than a page shows; of a state, each of its officials is one."""
_NAME = ox.Literal(MentionKind.NAME.value)


def entity(store: Store, entity: str) -> Profile:
    """An entity with all that is known of it.

    Args:
        store: The graph.
        entity: IRI or id; of one that is merged into another, the other is given.

    Raises:
        MissingError: The graph has no such entity.

    >>> entity(Store.in_memory(), "nobody")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    kg.errors.MissingError: The graph has no entity 'nobody'; give an IRI or id, ...
    """
    reader = reader_of(store)
    node = entity_at(reader, entity)
    return reader.answer((Profile.__name__, node), lambda: _profile(reader, node))


def _profile(reader: Reader, node: str) -> Profile:
    links, brief = reader.links(node), reader.entity(node)
    same = _texts(reader, node, OWL.sameAs)
    wikidata = next((iri.removeprefix(WIKIDATA) for iri in same if iri.startswith(WIKIDATA)), None)
    mentioned = _mentioned(reader, node)
    roles = _grouped_roles(reader, links, node)
    whole = bundle_of(reader, links, node)
    articles = _presenting(reader, node)
    return Profile(
        entity=brief,
        wikidata=wikidata,
        links=tuple(same),
        names=_names(brief.name, _texts(reader, node, SKOS.altLabel), mentioned),
        members=_members(reader, node),
        roles=tuple(_role(reader, *role, node) for role in roles[:MOST_ROLES]),
        roles_total=len(roles),
        offices=_offices(reader, brief.id),
        mentions=mentioned.total(),
        articles=len(articles),
        reports=len(set(map(reader.report, articles))),
        relations=whole.weight,
        neighbours=len({link.other(node) for link in links}),
        facets=Sieve(reader).facets((link, link.other(node)) for link in links),
        first=whole.first,
        last=whole.last,
    )


def _texts(reader: Reader, node: str, predicate: ox.NamedNode) -> list[str]:
    quads = reader.data.quads_for_pattern(ox.NamedNode(node), predicate, None, DEFAULT)
    return sorted(term_text(quad.object) for quad in quads)


def _subjects(reader: Reader, predicate: ox.NamedNode, node: str) -> set[ox.NamedNode]:
    """What points to a node; from articles, or from the default graph to what is merged into it."""
    quads = reader.data.quads_for_pattern(None, predicate, ox.NamedNode(node), None)
    return {quad.subject for quad in quads if isinstance(quad.subject, ox.NamedNode)}


def _presenting(reader: Reader, node: str) -> set[str]:
    """The articles that present an entity, or what is merged into it."""
    find, found = reader.data.quads_for_pattern, set[str]()
    for quad in find(None, KG.appearanceOf, ox.NamedNode(node), None):
        # The default graph says it of what is merged: then the article has to be looked up.
        said = [quad] if quad.graph_name != DEFAULT else find(quad.subject, KG.appearanceOf, None, None)
        found |= {iri_of(one.graph_name) for one in said if one.graph_name != DEFAULT}
    return found


def _mentioned(reader: Reader, node: str) -> Counter[str]:
    """How often each name stands for an entity, and under the empty text all that is no name."""
    counts: Counter[str] = Counter()
    for words in _subjects(reader, ITSRDF.taIdentRef, node):
        kinds = reader.data.quads_for_pattern(words, KG.mentionKind, None, None)
        is_name = any(quad.object == _NAME for quad in kinds)
        texts = reader.data.quads_for_pattern(words, NIF.anchorOf, None, None) if is_name else ()
        counts[next((term_text(quad.object) for quad in texts), "")] += 1
    return counts


def _names(name: str, aliases: Sequence[str], mentioned: Counter[str]) -> tuple[NameCount, ...]:
    """The name, then the others that are aliases or stand in articles, the most used first."""
    others = {*aliases, *mentioned} - {name, ""}
    ranked = sorted(others, key=lambda other: (-mentioned[other], other))
    return tuple(NameCount(name=one, mentions=mentioned[one]) for one in (name, *ranked))


def _members(reader: Reader, node: str) -> tuple[Member, ...]:
    """The entities that are merged into one, by id; none where it is whole by itself."""
    merged = _subjects(reader, KG.mergedInto, node)
    if not merged:
        return ()
    members = sorted((*merged, ox.NamedNode(node)), key=lambda one: one.value)
    return tuple(
        Member(
            id=entity_id(one.value),
            iri=one.value,
            names=_presented(reader, one),
            reasons=_reasons(reader, one, set(members)),
        )
        for one in members
        if one.value != node
    )


def _presented(reader: Reader, member: ox.NamedNode) -> tuple[str, ...]:
    """The names by which articles present an entity."""
    names = {
        term_text(quad.object)
        for appearance in _subjects(reader, KG.appearanceOf, member.value)
        for predicate in (KG.name, KG.alias)
        for quad in reader.data.quads_for_pattern(appearance, predicate, None, None)
    }
    return tuple(sorted(names))


def _reasons(reader: Reader, member: ox.NamedNode, members: set[ox.NamedNode]) -> tuple[str, ...]:
    """Why it is the same as another of its members, by the judgements."""
    graph = graph_node(NamedGraph.JUDGEMENTS, reader.base)
    found: set[str] = set()
    for end, far in ((KG.one, KG.other), (KG.other, KG.one)):
        for quad in reader.data.quads_for_pattern(None, end, member, graph):
            said = list(reader.data.quads_for_pattern(quad.subject, None, None, graph))
            is_same = any(q.predicate == KG.verdict and term_text(q.object) == Verdict.SAME for q in said)
            if is_same and any(q.predicate == far and q.object in members for q in said):
                found.update(term_text(q.object) for q in said if q.predicate == KG.reason)
    return tuple(sorted(found - {""}))


def _grouped_roles(reader: Reader, links: Iterable[Link], node: str) -> list[tuple[_RoleKey, list[Link]]]:
    """The relations that last, by what role they give, those of most relations first."""
    lasting = {name for name, record in reader.vocabulary.classes.items() if record.kind == "state"}
    groups: dict[_RoleKey, list[Link]] = {}
    for link in links:
        if link.relation_class in lasting:
            key = (
                link.subject != node,
                link.relation_class,
                link.property or "",
                link.predicate,
                link.other(node),
            )
            groups.setdefault(key, []).append(link)
    return sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))


def _role(reader: Reader, key: _RoleKey, links: Sequence[Link], node: str) -> Role:
    is_object, kind, property_, predicate, other = key
    return Role(
        predicate=predicate,
        property=property_ or None,
        relation_class=kind,
        other=reader.entity(other),
        is_subject=not is_object,
        bundle=bundle_of(reader, links, node),
    )


def _offices(reader: Reader, identifier: str) -> tuple[OfficeHeld, ...]:
    """The posts of an entity by the registry."""
    actors = (actor for actor in reader.vocabulary.actors if actor.id == identifier)
    return tuple(
        OfficeHeld(title=office.title, of=office.of, start=office.start, end=office.end)
        for actor in actors
        for office in actor.offices
    )
