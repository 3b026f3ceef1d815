"""Finds the node that somebody means: by IRI, by prefixed IRI, or by id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.errors import MissingError
from kg.exploration.reading import Link, Reader
from kg.rdf.graphs import DEFAULT
from kg.rdf.iris import Kind, mint
from kg.store.reading import article_nodes
from kg.vocabulary import KG, SKOS

_LONGEST_SHOWN = 200
"""Characters of what was asked for that a message repeats."""


def entity_at(reader: Reader, key: str) -> str:
    """The IRI of the entity that is meant, as it is shown.

    Args:
        reader: Of the graph.
        key: Its IRI, its IRI as `ent:…`, or its id; also of an entity that is merged into another.

    Raises:
        MissingError: The graph describes no such entity.
    """
    return entities_at(reader, (key,))[0]


def entities_at(reader: Reader, keys: Iterable[str]) -> list[str]:
    """The IRIs of the entities that are meant, in the order of their keys; see `entity_at`.

    Raises:
        MissingError: The graph does not describe some; `keys` has all of them.
    """
    found = {key: _entity_at(reader, key) for key in keys}
    missing = tuple(key for key, iri in found.items() if iri is None)
    if missing:
        others = f" and {len(missing) - 1:,} others" if len(missing) > 1 else ""
        raise MissingError(
            f"The graph has no entity {_shortened(missing[0])!r}{others}; give an IRI or id, such as the "
            "search finds by names.",
            keys=missing,
        )
    return [iri for iri in found.values() if iri is not None]


def _entity_at(reader: Reader, key: str) -> str | None:
    for node in _nodes(reader, key, Kind.ENTITY, "ent:"):
        for predicate in (SKOS.prefLabel, KG.mergedInto):
            if any(True for _ in reader.data.quads_for_pattern(node, predicate, None, DEFAULT)):
                return reader.shown(node.value)
    return None


def article_at(reader: Reader, key: str) -> str:
    """The IRI of the article that is meant, by its IRI, its IRI as `art:…`, or its id.

    Raises:
        MissingError: The graph has no such article.
    """
    for node in _nodes(reader, key, Kind.ARTICLE, "art:"):
        if reader.article(node.value) is not None:
            return node.value
    found = article_nodes(reader.data, key) if _is_text(key) else []
    if found:
        return found[0].value
    raise MissingError(f"The graph has no article {_shortened(key)!r}; give its IRI or its id.")


def relation_at(reader: Reader, key: str) -> Link:
    """The relation that is meant, by its IRI, its IRI as `rel:…`, or the last part of it.

    Raises:
        MissingError: The graph has no such relation.
    """
    for node in _nodes(reader, key, Kind.RELATION, "rel:"):
        link = reader.link(node)
        if link is not None:
            return link
    raise MissingError(f"The graph has no relation {_shortened(key)!r}; give its IRI.")


def _nodes(reader: Reader, key: str, kind: Kind, prefix: str) -> Iterator[ox.NamedNode]:
    """The nodes that a key may mean: by their IRI, in full or shortened, or by what that is minted of."""
    if not _is_text(key):
        return
    short = key.removeprefix(prefix)
    written = mint(kind, "", base=reader.base) + short
    for text in (key, *((written,) if short != key else ()), mint(kind, key, base=reader.base)):
        try:
            node = ox.NamedNode(text)
        except ValueError:  # no IRI
            continue
        yield node


def _is_text(key: str) -> bool:
    """Whether UTF-8 can hold it: half a surrogate pair it cannot."""
    return not any("\ud800" <= character <= "\udfff" for character in key)


def _shortened(key: str) -> str:
    return key if len(key) <= _LONGEST_SHOWN else key[:_LONGEST_SHOWN] + "…"
