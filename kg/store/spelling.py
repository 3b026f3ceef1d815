"""How the names of a graph spell what was typed without their accents, or as an id with underscores."""

from __future__ import annotations

from collections.abc import Iterable

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
    if not may_be_respelled(text) or data.query(asks_for_part(text), use_default_graph_as_union=True):
        return [text]
    names = (
        quad.object.value
        for predicate in (SKOS.prefLabel, SKOS.altLabel)
        for quad in data.quads_for_pattern(None, predicate, None, None)
        if isinstance(quad.object, ox.Literal)
    )
    return spelled_in(names, text)


def may_be_respelled(text: str) -> bool:
    """Whether anything of a text is left without its accents.

    >>> may_be_respelled("Zoë"), may_be_respelled(" ")
    (True, False)
    """
    return bool(_folded(text)[0].strip())


def asks_for_part(text: str) -> str:
    """The query that asks whether a name contains the text as it is, but for case.

    >>> asks_for_part("Bo")[-43:]
    'FILTER(CONTAINS(LCASE(STR(?name)), "bo")) }'
    """
    names = f"{{ ?entity {SKOS.prefLabel} ?name }} UNION {{ ?entity {SKOS.altLabel} ?name }}"
    contains = f"CONTAINS(LCASE(STR(?name)), {ox.Literal(text.lower())})"
    return f"ASK {{ {names} FILTER({contains}) }}"


def spelled_in(names: Iterable[str], text: str) -> list[str]:
    """How these names spell a text; see `spelled`.

    >>> spelled_in(["Zoë Bell", "Bo Cole"], "zoe")
    ['zoë']
    """
    wanted, _ = _folded(text)
    found = {part for name in names if (part := _part(name.lower(), wanted)) is not None}
    return sorted(found)[:MOST] or [text]


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
