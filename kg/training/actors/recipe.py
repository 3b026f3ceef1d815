"""The recipe itself: organizations and people from the tables, all files of the registry from all parts."""

from __future__ import annotations

from collections.abc import Container, Iterable
from pathlib import Path

from kg.training.actors.countries import build_countries, collect_seats, read_territories
from kg.training.actors.entries import Entry, Office, make_slug, read_table, split_list, strip_parenthesis
from kg.training.actors.places import build_places
from kg.training.actors.spellings import read_spellings, respell
from kg.training.actors.turtle import format_turtle

TABLES = Path(__file__).parents[3] / "ontology" / "actors" / "tables"


def build_registry(tables: Path = TABLES) -> dict[str, str]:
    """Gives the text of each file of the registry, by file name.

    Raises:
        ValueError: Two entries of one id, or an office that does not fit.
    """
    territories = read_territories()
    countries = build_countries(tables, territories)
    organizations = build_organizations(tables)
    places = build_places(tables, territories, countries)
    people = build_people(tables, [*countries, *organizations, *places])
    _check_ids([*countries, *organizations, *places, *people])
    return {
        "countries.ttl": format_turtle(countries, title="States"),
        "organizations.ttl": format_turtle(organizations, title="Organizations and groups"),
        "people.ttl": format_turtle(people, title="Heads of state, government and organizations since 2010"),
        "places.ttl": format_turtle(places, title="Places"),
    }


def write_registry(folder: Path) -> None:
    """Writes the registry's files into a folder that exists."""
    for name, text in build_registry().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def build_organizations(tables: Path) -> list[Entry]:
    """Gives organizations, and groups of people that act together."""
    seats = collect_seats(tables)
    entries = []
    for kind, file in (("Organization", "organizations.tsv"), ("Group", "groups.tsv")):
        for row in read_table(tables / file):
            name = strip_parenthesis(row["name"])
            entry = Entry(
                id=make_slug(row["name"]),
                type=kind,
                name=name,
                aliases=split_list(row["aliases"], besides=name),
                demonyms=split_list(row.get("demonyms") or ""),
                seats=seats.get(row["name"], ()),
                country=row["country"],
                sector=row["sector"],
                wikidata=row.get("wikidata", ""),
            )
            entries.append(entry)
    return entries


def build_people(tables: Path, actors: Iterable[Entry]) -> list[Entry]:
    """Gives the holders of offices; the offices' states and organizations must be among `actors`.

    Who leads also gets the office `leader` for the same days.

    Raises:
        ValueError: An office of nobody, or of a state or organization that is not in the registry.
    """
    offices = _collect_offices(tables, {entry.id for entry in actors})
    spellings = read_spellings(tables / "spellings.tsv")
    entries = []
    for row in read_table(tables / "people.tsv"):
        held = offices.pop(row["name"], [])
        names = (row["name"], *split_list(row["aliases"], besides=row["name"]))
        others = respell(names, row["country"], spellings)
        entry = Entry(
            id=make_slug(row["name"]),
            type="Person",
            name=row["name"],
            aliases=tuple(sorted({*names[1:], *others})),
            country=row["country"],
            sector=row["sector"] or "GOV",
            wikidata=row["wikidata"],
            offices=tuple(sorted(held, key=lambda office: (office.start, office.title, office.of))),
        )
        entries.append(entry)
    if offices:
        raise ValueError(
            f"offices.tsv: {sorted(offices)!r} are not in people.tsv; add them or correct the names"
        )
    return entries


def _collect_offices(tables: Path, known: Container[str]) -> dict[str, list[Office]]:
    offices: dict[str, list[Office]] = {}
    for row in read_table(tables / "offices.tsv"):
        actor = make_slug(row["of"])
        if actor not in known:
            raise ValueError(f"offices.tsv: {row['of']!r} is not in the registry; add it or correct the name")
        titles = [row["title"], "leader"] if row["leads"] and row["title"] != "leader" else [row["title"]]
        offices.setdefault(row["person"], []).extend(
            Office(title=title, of=actor, start=row["start"], end=row["end"]) for title in titles
        )
    return offices


def _check_ids(entries: Iterable[Entry]) -> None:
    seen: dict[str, Entry] = {}
    for entry in entries:
        if entry.id in seen:
            raise ValueError(
                f"the registry has two entries {entry.id!r}; tell them apart by a parenthesis in the table"
            )
        seen[entry.id] = entry
