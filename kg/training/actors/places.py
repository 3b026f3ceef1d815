"""Places that are no actors: dependent territories, capitals, cities, provinces, regions and seas."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location

from kg.training.actors.countries import Territory, build_territory
from kg.training.actors.entries import Entry, make_slug, read_table, split_list


def build_places(
    tables: Path, territories: Mapping[str, Territory], countries: Iterable[Entry]
) -> list[Entry]:
    """Gives places that are no actors: dependent territories, capitals, cities, regions and seas."""
    states = {entry.name: entry for entry in countries}
    unwanted = {row["name"] for row in read_table(tables / "unwanted.tsv")}
    taken = {
        make_slug(name): entry.country for entry in states.values() for name in (entry.name, *entry.aliases)
    }
    places = _Places(state.id for state in states.values())
    for entry in _propose_places(tables, territories):
        if entry.name in unwanted or taken.get(make_slug(entry.name)) == entry.country:
            continue
        places.add(entry)
    return list(places.entries.values())


def _propose_places(tables: Path, territories: Mapping[str, Territory]) -> Iterator[Entry]:
    """Yields places from the most trusted source to the least; one place may come more than once."""
    rows = read_table(tables / "territories.tsv")
    yield from (build_territory(row, territories[row["code"]], "Place", {}) for row in rows)
    listed = {row["code"] for row in rows}
    for row in read_table(tables / "states.tsv"):
        for city in filter(None, row["capitals"].split(";")):
            name, *spellings = city.split("/")
            yield _make_place(name, territories[row["code"]].alpha3, aliases=spellings)
    for row in read_table(tables / "places.tsv"):
        yield _make_place(row["name"], row["country"], aliases=split_list(row["aliases"]))
    for code, name in sorted(Locale("en").territories.items()):
        if code.isdigit():
            yield _make_place(name, "")
    known = {*listed, *(row["code"] for row in read_table(tables / "states.tsv"))}
    yield from _propose_provinces(territories, known)
    yield from _propose_cities(territories)


def _propose_provinces(territories: Mapping[str, Territory], known: Container[str]) -> Iterator[Entry]:
    """Yields the parts of states that exist today and are not known otherwise."""
    for code, territory in sorted(territories.items()):
        if territory.parent and not territory.is_historical and code not in known:
            yield _make_place(territory.names[0], territory.alpha3, wikidata=territory.wikidata)


def _propose_cities(territories: Mapping[str, Territory]) -> Iterator[Entry]:
    """Yields the cities that stand for time zones in CLDR."""
    for zone, code in sorted(get_global("zone_territories").items()):
        territory = territories.get(code.lower())
        if not territory or zone.startswith(("Antarctica/", "Etc/")):
            continue
        name = get_timezone_location(zone, locale="en", return_city=True)
        if "," not in name:
            yield _make_place(name.rpartition("/")[2].replace("’", "'"), territory.alpha3)


def _make_place(name: str, country: str, *, aliases: Iterable[str] = (), wikidata: str = "") -> Entry:
    others = tuple(sorted(set(aliases) - {name}))
    return Entry(
        id=make_slug(name), type="Place", name=name, aliases=others, country=country, wikidata=wikidata
    )


class _Places:
    """Places by id, each once, whatever sources propose it."""

    def __init__(self, reserved: Iterable[str]) -> None:
        self.entries: dict[str, Entry] = {}
        self._reserved = frozenset(reserved)
        self._bearers: dict[str, list[str]] = {}

    def add(self, entry: Entry) -> None:
        """Adds a place, unless it is there; a namesake, such as a province, leaves it its Wikidata id."""
        same = next(filter(lambda other: _may_be_one(entry, other), self._namesakes(entry)), None)
        if same is not None:
            names = {*same.aliases, *entry.aliases} - {same.name}
            entry = replace(same, aliases=tuple(sorted(names)))
        elif entry.id in self.entries or entry.id in self._reserved:
            entry = replace(entry, id=f"{entry.id}_{entry.country}")
        self.entries[entry.id] = entry
        for name in (entry.name, *entry.aliases):
            self._bearers.setdefault(make_slug(name), []).append(entry.id)

    def _namesakes(self, entry: Entry) -> Iterator[Entry]:
        return (self.entries[identifier] for identifier in self._bearers.get(make_slug(entry.name), ()))


def _may_be_one(one: Entry, other: Entry) -> bool:
    return not (one.country and other.country) or one.country == other.country
