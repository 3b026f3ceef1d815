"""How the names of a graph spell what was typed without their accents, or as an id with underscores."""

from __future__ import annotations

import pyoxigraph as ox
from anyascii import anyascii

from kg.vocabulary import SKOS

MOST = 8
"""Spellings that are looked for; of a name there are one or two."""


def spelled(data: ox.Store, text: str) -> list[str]:
    """The parts of names that are the text but for case, accents and script; itself where a name contains it.

    The engine looks for a name that contains the text as it is; where there is none, every name is read.

    Args:
        data: The graph.
        text: Part of a name.

    Returns:
        The spellings, sorted, each once; the text alone where there is none.

    >>> data, node = ox.Store(), ox.NamedNode("https://example.org/a")
    >>> data.add(ox.Quad(node, SKOS.prefLabel, ox.Literal("Zoë Bełl")))
    >>> spelled(data, "zoe_bell"), spelled(data, "bo")
    (['zoë bełl'], ['bo'])
    """
    wanted, _ = _folded(text)
    if not wanted.strip() or _is_in_a_name(data, text):
        return [text]
    found: set[str] = set()
    for predicate in (SKOS.prefLabel, SKOS.altLabel):
        for quad in data.quads_for_pattern(None, predicate, None, None):
            name = quad.object.value.lower() if isinstance(quad.object, ox.Literal) else ""
            if (part := _part(name, wanted)) is not None:
                found.add(part)
    return sorted(found)[:MOST] or [text]


def _is_in_a_name(data: ox.Store, text: str) -> bool:
    names = f"{{ ?entity {SKOS.prefLabel} ?name }} UNION {{ ?entity {SKOS.altLabel} ?name }}"
    contains = f"CONTAINS(LCASE(STR(?name)), {ox.Literal(text.lower())})"
    return bool(data.query(f"ASK {{ {names} FILTER({contains}) }}", use_default_graph_as_union=True))


def _part(name: str, wanted: str) -> str | None:
    """The part of a name whose folded letters are wanted."""
    if name.isascii():
        at = name.find(wanted)
        return None if at < 0 else name[at : at + len(wanted)]
    folded, places = _folded(name)
    at = folded.find(wanted)
    return None if at < 0 else name[places[at] : places[at + len(wanted) - 1] + 1]


def _folded(text: str) -> tuple[str, list[int]]:
    """The letters without accents, small, and of each the place in the text."""
    letters = [anyascii(letter).lower().replace("_", " ") for letter in text]
    places = [place for place, folded in enumerate(letters) for _ in folded]
    return "".join(letters), places
