"""States and territories, from `rigour`, `Babel` and the tables of states and territories.

Only this file needs `rigour`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from babel import Locale

from kg.training.actors.entries import Entry, make_slug, read_table, split_list, strip_parenthesis


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """What the recipe takes from one territory of `rigour`."""

    code: str
    names: tuple[str, ...]
    alpha3: str
    wikidata: str
    parent: str
    """Code of the state that it belongs to; empty for a state."""
    is_historical: bool


def read_territories() -> dict[str, Territory]:
    """Gives the territories of `rigour` by code; `rigour` must be installed."""
    from rigour.territories import get_territories  # a development dependency, needed here alone

    found = {}
    for territory in get_territories():
        parent = territory.parent
        found[territory.code] = Territory(
            code=territory.code,
            names=tuple(strip_parenthesis(name) for name in (territory.name, territory.full_name)),
            alpha3=(territory.alpha3 or (parent.alpha3 if parent else "") or "").upper(),
            wikidata=territory.qid,
            parent=parent.code if parent else "",
            is_historical=territory.is_historical,
        )
    return found


def build_countries(tables: Path, territories: Mapping[str, Territory]) -> list[Entry]:
    """Gives the states of the world, and the countries of the United Kingdom."""
    seats = collect_seats(tables)
    rows = read_table(tables / "states.tsv")
    return [build_territory(row, territories[row["code"]], "Country", seats) for row in rows]


def build_territory(
    row: Mapping[str, str], territory: Territory, kind: str, seats: Mapping[str, tuple[str, ...]]
) -> Entry:
    """Gives the entry of a territory: what `rigour` and `Babel` say of it, and its row in our table."""
    english = Locale("en").territories.get(territory.code.upper(), territory.names[0])
    name = row["name"] or territory.names[0]
    names = {*split_list(row["aliases"], separator=","), *territory.names, english.replace("’", "'")}
    people = split_list(row["people"], separator=",")
    demonyms = {*split_list(row["adjectives"], separator=","), *people, *map(pluralize, people)}
    return Entry(
        id=make_slug(name),
        type=kind,
        name=name,
        aliases=tuple(sorted(alias for alias in names if alias != name and "(" not in alias)),
        demonyms=tuple(sorted(demonyms)),
        capitals=tuple(spelling for spelling in re.split("[;/]", row["capitals"]) if spelling),
        seats=seats.get(name, ()),
        country=territory.alpha3,
        sector="GOV" if kind == "Country" else "",
        wikidata=territory.wikidata,
    )


def collect_seats(tables: Path) -> dict[str, tuple[str, ...]]:
    """Gives the seats that stand for an actor, by the actor's name in its table."""
    seats: dict[str, list[str]] = {}
    for row in read_table(tables / "seats.tsv"):
        seats.setdefault(row["actor"], []).append(row["name"])
    return {actor: tuple(sorted(names)) for actor, names in seats.items()}


def pluralize(noun: str) -> str:
    """Gives the plural of a noun for a person: regular, unless it ends in a hiss or in -man.

    >>> [pluralize(noun) for noun in ("Turk", "Frenchman", "Chinese", "Filipino")]
    ['Turks', 'Frenchmen', 'Chinese', 'Filipinos']
    """
    if noun.endswith(("hman", "sman", "xman")):
        return noun[:-3] + "men"
    if noun.endswith("woman"):
        return noun[:-5] + "women"
    return noun if noun.endswith(("s", "se", "z", "Basotho", "Burkinabe")) else noun + "s"
