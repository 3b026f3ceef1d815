"""The recipe of the actor registry: libraries' data and our own tables in, `ontology/actors/*.ttl` out.

`rigour` gives territories with their codes, names and Wikidata ids, `Babel` (CLDR) English names, regions and
cities of the time zones; `ontology/actors/tables/` what neither holds: demonyms, capitals, organizations,
leaders. Run it with `python -m kg.training.actors [FOLDER]`. Only this file needs `rigour`; what it writes is
read by `kg/vocabulary.py`.
"""

from __future__ import annotations

import csv
import re
import sys
import unicodedata
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location

TABLES = Path(__file__).parents[2] / "ontology" / "actors" / "tables"

_PREFIXES = """\
@prefix ent: <https://w3id.org/actors-kg/entity/> .
@prefix kg: <https://w3id.org/actors-kg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "+": "_Plus"}
)
_DATATYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}
_Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A post held from one date to another, each as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or empty."""

    title: str
    of: str
    start: str = ""
    end: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One actor or place of the registry; empty strings where nothing is known."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    country: str = ""
    sector: str = ""
    wikidata: str = ""
    offices: tuple[Office, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """What the recipe takes from one territory of `rigour`."""

    code: str
    names: tuple[str, ...]
    alpha3: str
    wikidata: str
    parent: str
    """Code of the state that it belongs to; empty for a state."""


def make_slug(name: str) -> str:
    """Gives the ASCII id of a name, letters, digits, `_` and `-` only.

    >>> make_slug("Recep Tayyip Erdoğan")
    'Recep_Tayyip_Erdogan'
    """
    decomposed = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    ascii_name = decomposed.encode("ascii", "ignore").decode().replace("'", "")
    return re.sub(r"[^A-Za-z0-9-]+", "_", ascii_name).strip("_-")


def pluralize(noun: str) -> str:
    """Gives the plural of a noun for a person: regular, unless it ends in a hiss or in -man.

    >>> [pluralize(noun) for noun in ("Turk", "Frenchman", "Chinese", "Filipino")]
    ['Turks', 'Frenchmen', 'Chinese', 'Filipinos']
    """
    if noun.endswith("man") and noun.endswith(("shman", "hman", "sman", "xman")):
        return noun[:-3] + "men"
    if noun.endswith("woman"):
        return noun[:-5] + "women"
    return noun if noun.endswith(("s", "se", "z", "sh", "ch", "Basotho", "Burkinabe")) else noun + "s"


def read_table(path: Path) -> list[dict[str, str]]:
    """Reads a table: tab-separated, comments begin with `#`, the first other line names the columns."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(
            (line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
        )
        return [dict(row) for row in rows]


def read_territories() -> dict[str, Territory]:
    """Gives the territories of `rigour` that exist today, by code; `rigour` must be installed."""
    from rigour.territories import get_territories  # a development dependency, needed here alone

    found = {}
    for territory in get_territories():
        if territory.is_historical:
            continue
        parent = territory.parent
        found[territory.code] = Territory(
            code=territory.code,
            names=tuple(_strip_parenthesis(name) for name in (territory.name, territory.full_name)),
            alpha3=(territory.alpha3 or (parent.alpha3 if parent else "") or "").upper(),
            wikidata=territory.qid,
            parent=parent.code if parent else "",
        )
    return found


def build_countries(tables: Path, territories: Mapping[str, Territory]) -> list[Entry]:
    """Gives the states of the world, and the countries of the United Kingdom."""
    seats = _collect_seats(tables)
    rows = read_table(tables / "states.tsv")
    return [_build_territory(row, territories[row["code"]], "Country", seats) for row in rows]


def build_organizations(tables: Path) -> list[Entry]:
    """Gives organizations, and groups of people that act together."""
    seats = _collect_seats(tables)
    entries = []
    for kind, file in (("Organization", "organizations.tsv"), ("Group", "groups.tsv")):
        for row in read_table(tables / file):
            name = _strip_parenthesis(row["name"])
            entry = Entry(
                id=make_slug(row["name"]),
                type=kind,
                name=name,
                aliases=_split(row["aliases"], besides=name),
                demonyms=_split(row.get("demonyms", "")),
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
    entries = []
    for row in read_table(tables / "people.tsv"):
        held = offices.pop(row["name"], [])
        entry = Entry(
            id=make_slug(row["name"]),
            type="Person",
            name=row["name"],
            aliases=_split(row["aliases"], besides=row["name"]),
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


def build_places(
    tables: Path, territories: Mapping[str, Territory], countries: Iterable[Entry]
) -> list[Entry]:
    """Gives places that are no actors: dependent territories, capitals, cities, regions and seas."""
    states = {entry.name: entry for entry in countries}
    unwanted = {row["name"] for row in read_table(tables / "unwanted.tsv")}
    taken = {
        make_slug(name): entry.country for entry in states.values() for name in (entry.name, *entry.aliases)
    }
    gathered: dict[str, Entry] = {}
    for entry in _propose_places(tables, territories, states.values()):
        if entry.name in unwanted or taken.get(make_slug(entry.name)) == entry.country:
            continue
        _gather(gathered, entry, reserved={state.id for state in states.values()})
    return list(gathered.values())


def format_turtle(entries: Iterable[Entry], *, title: str) -> str:
    """Gives the entries as a Turtle document, sorted by id."""
    sources = f"rigour {version('rigour')} (MIT), Babel {version('Babel')} (BSD-3-Clause; CLDR, Unicode-3.0)"
    header = (
        f"# {title}. Generated by `python -m kg.training.actors`; correct the tables, not this file.\n"
        f"# Sources: {sources}, ontology/actors/tables/ (CC0-1.0).\n"
    )
    blocks = [_format_entry(entry) for entry in sorted(entries, key=lambda entry: entry.id)]
    return "\n".join([header + _PREFIXES, *blocks])


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


def _strip_parenthesis(name: str) -> str:
    return re.sub(r"\s*\([^)]*\)$", "", name)


def _split(text: str, *, separator: str = ";", besides: str = "") -> tuple[str, ...]:
    names = (name.strip() for name in text.split(separator))
    return tuple(sorted({name for name in names if name and name != besides}))


def _collect_seats(tables: Path) -> dict[str, tuple[str, ...]]:
    seats: dict[str, list[str]] = {}
    for row in read_table(tables / "seats.tsv"):
        seats.setdefault(row["actor"], []).append(row["name"])
    return {actor: tuple(sorted(names)) for actor, names in seats.items()}


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


def _build_territory(
    row: _Row, territory: Territory, kind: str, seats: Mapping[str, tuple[str, ...]]
) -> Entry:
    english = Locale("en").territories.get(territory.code.upper(), territory.names[0])
    name = row["name"] or territory.names[0]
    names = {*_split(row["aliases"], separator=","), *territory.names, english.replace("’", "'")}
    people = _split(row["people"], separator=",")
    demonyms = {*_split(row["adjectives"], separator=","), *people, *map(pluralize, people)}
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


def _propose_places(
    tables: Path, territories: Mapping[str, Territory], states: Iterable[Entry]
) -> Iterator[Entry]:
    """Yields places from the most trusted source to the least; one place may come more than once."""
    rows = read_table(tables / "territories.tsv")
    yield from (_build_territory(row, territories[row["code"]], "Place", {}) for row in rows)
    listed = {row["code"] for row in rows}
    for row in read_table(tables / "states.tsv"):
        for city in filter(None, row["capitals"].split(";")):
            name, *spellings = city.split("/")
            yield _make_place(name, territories[row["code"]].alpha3, aliases=spellings)
    for row in read_table(tables / "places.tsv"):
        yield _make_place(row["name"], row["country"], aliases=_split(row["aliases"]))
    for code, name in sorted(Locale("en").territories.items()):
        if code.isdigit():
            yield _make_place(name, "")
    state_ids = {entry.wikidata for entry in states}
    for territory in sorted(territories.values(), key=lambda territory: territory.code):
        if territory.parent and territory.code not in listed and territory.wikidata not in state_ids:
            yield _make_place(territory.names[0], territory.alpha3, wikidata=territory.wikidata)
    yield from _propose_cities(territories)


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


def _gather(gathered: dict[str, Entry], entry: Entry, *, reserved: set[str]) -> None:
    """Adds a place, unless it is there; a namesake, such as a province, leaves it its Wikidata id."""
    same = [
        other
        for other in gathered.values()
        if entry.name in (other.name, *other.aliases) or make_slug(entry.name) == make_slug(other.name)
        if not (entry.country and other.country and entry.country != other.country)
    ]
    if same:
        names = {*same[0].aliases, *entry.aliases} - {same[0].name}
        gathered[same[0].id] = replace(same[0], aliases=tuple(sorted(names)))
        return
    if entry.id in gathered or entry.id in reserved:
        entry = replace(entry, id=f"{entry.id}_{entry.country}")
    gathered[entry.id] = entry


def _format_entry(entry: Entry) -> str:
    statements = [f"a kg:{entry.type}", f"skos:prefLabel {_quote(entry.name)}@en"]
    for term, values in (
        ("skos:altLabel", entry.aliases),
        ("kg:demonym", entry.demonyms),
        ("kg:capital", entry.capitals),
        ("kg:seat", entry.seats),
    ):
        if values:
            statements.append(f"{term} " + " , ".join(f"{_quote(value)}@en" for value in values))
    if entry.country:
        statements.append(f"kg:country {_quote(entry.country)}")
    if entry.sector:
        statements.append(f"kg:sector {_quote(entry.sector)}")
    if entry.wikidata:
        statements.append(f"owl:sameAs wd:{entry.wikidata}")
    statements.extend(f"kg:holdsOffice {_format_office(office)}" for office in entry.offices)
    return f"ent:{entry.id} " + " ;\n    ".join(statements) + " .\n"


def _format_office(office: Office) -> str:
    parts = [f"kg:officeTitle {_quote(office.title)}@en", f"kg:officeOf ent:{office.of}"]
    for term, date in (("kg:start", office.start), ("kg:end", office.end)):
        if date:
            parts.append(f"{term} {_quote(date)}^^{_DATATYPES[len(date)]}")
    return f"[ {' ; '.join(parts)} ]"


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _check_ids(entries: Iterable[Entry]) -> None:
    seen: dict[str, Entry] = {}
    for entry in entries:
        if entry.id in seen:
            raise ValueError(
                f"the registry has two entries {entry.id!r}; tell them apart by a parenthesis in the table"
            )
        seen[entry.id] = entry


if __name__ == "__main__":
    write_registry(Path(sys.argv[1]) if len(sys.argv) > 1 else TABLES.parent)
