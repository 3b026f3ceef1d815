"""The events of a graph as the Event table of GDELT 2.0, for those who count events in CAMEO's codes.

The columns are those of The GDELT Event Database Data Format Codebook V2.0 (19 February 2015): 61, divided by
tabs, without a heading. `docs/exchange.md` tells what each holds, and what is left empty.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TextIO

from kg.export.events import Event, events_of
from kg.export.records import Statement
from kg.types import PLACE_TYPES, Article, Entity, EntityType
from kg.vocabulary import Vocabulary
from kg.vocabulary.cameo import read_table
from kg.vocabulary.countries import load_countries

_ACTOR = (
    *"Code Name CountryCode KnownGroupCode EthnicCode".split(),
    *"Religion1Code Religion2Code Type1Code Type2Code Type3Code".split(),
)
_GEO = tuple("Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID".split())
COLUMNS: tuple[str, ...] = (
    *"GLOBALEVENTID SQLDATE MonthYear Year FractionDate".split(),
    *(f"Actor{number}{name}" for number in "12" for name in _ACTOR),
    *"IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale".split(),
    *"NumMentions NumSources NumArticles AvgTone".split(),
    *(f"{end}Geo_{name}" for end in ("Actor1", "Actor2", "Action") for name in _GEO),
    *"DATEADDED SOURCEURL".split(),
)
ROLES = frozenset(
    "GOV MIL COP JUD LEG OPP REB SPY PTY BUS MED EDU CVL CRM IGO NGO AGR ELI LAB REF MNC IMG".split()
)
"""Sectors that are also roles of CAMEO's, by the same code (codebook 1.1b3, 2.3 and 2.4)."""
_STATELESS = frozenset({"IGO", "NGO"})
_ISO_DAY, _ISO_MONTH = len("2000-01-01"), len("2000-01")
_COUNTRY_LEVEL = 1
"""GDELT's type of a location that is a country; the other types tell towns from states, which we cannot."""
_BITS = 63
"""An id must fit a signed integer of 64 bits."""
Cell = str | int | float | None


@dataclass(slots=True, kw_only=True)
class _Told:
    """An event with all that tells it."""

    first: Event
    mentions: int = 0
    articles: dict[str, Article] = field(default_factory=dict)
    reports: dict[str, Article] = field(default_factory=dict)
    """The article of each independent report: of a report and its copies the original, if it tells it."""
    is_root: bool = False

    def add(self, event: Event) -> None:
        self.mentions += 1
        self.articles[event.statement.article.id] = event.statement.article
        if event.statement.copy_of is None or event.statement.report not in self.reports:
            self.reports[event.statement.report] = event.statement.article
        self.is_root = self.is_root or _is_in_lead(event)


def write_gdelt(statements: Iterable[Statement], file: TextIO, vocabulary: Vocabulary) -> None:
    """Writes the events among some statements as rows of GDELT's Event table, in the order of the statements.

    Relations of the same ends, code and day are one event.
    """
    file.writelines(
        "\t".join(_cell(value) for value in row.values()) + "\n" for row in gdelt_rows(statements, vocabulary)
    )


def gdelt_rows(statements: Iterable[Statement], vocabulary: Vocabulary) -> Iterator[dict[str, Cell]]:
    """The rows by column, in the order of the columns; None where the table leaves a cell empty.

    >>> from kg.vocabulary import load_vocabulary
    >>> list(gdelt_rows([], load_vocabulary()))
    []
    """
    told: dict[str, _Told] = {}
    for event in events_of(statements, vocabulary):
        told.setdefault(_key(event), _Told(first=event)).add(event)
    for key, all_ in told.items():
        yield dict(zip(COLUMNS, _values(key, all_), strict=True))


def _values(key: str, told: _Told) -> list[Cell]:
    event = told.first
    return [
        *_when(key, event),
        *_actor(event.source),
        *_actor(event.target),
        *_what(told),
        *_where(_at_home(event.source)),
        *_where(_at_home(event.target)),
        *_where(event.place),
        *_source(told),
    ]


def actor_code(entity: Entity) -> str | None:
    """CAMEO's code of an actor: country, role and group, such as `USAGOV`; None where nothing is known.

    A state is its country alone, as in GDELT; an intergovernmental body begins with `IGO`.

    >>> from kg.types import EntityType
    >>> actor_code(Entity(id="x", name="X", type=EntityType.PERSON, country="NOR", sector="GOV"))
    'NORGOV'
    """
    return "".join(filter(None, [_country(entity), _role(entity), _group(entity)])) or None


def _key(event: Event) -> str:
    """What makes two relations one event: the ends, in any order where it does not matter, code and day."""
    ends = [event.source.id, event.target.id if event.target else ""]
    key = sorted(ends) if event.statement.relation.symmetric else ends
    return json.dumps([*key, event.code.code, event.date])


def _when(key: str, event: Event) -> list[Cell]:
    digest = hashlib.sha256(key.encode()).digest()
    number = int.from_bytes(digest[:8], "big") >> (64 - _BITS)
    date = event.date or ""
    year = int(date[:4]) if date else None
    month = int(date[:_ISO_MONTH].replace("-", "")) if len(date) >= _ISO_MONTH else None
    day = int(date.replace("-", "")) if len(date) == _ISO_DAY else None
    return [number, day, month, year, _fraction(date) if day else None]


def _fraction(date: str) -> float:
    """The year and the part of it that is over, as the codebook counts it: (month * 30 + day) / 365."""
    year, month, day = map(int, date.split("-"))
    return round(year + (month * 30 + day) / 365, 4)


def _actor(entity: Entity | None) -> list[Cell]:
    """The ten columns of an actor; its ethnic group and religion are not known."""
    if entity is None:
        return [None] * len(_ACTOR)
    code, country = actor_code(entity), _country(entity)
    known = [code, entity.name.upper(), country, _group(entity), None, None, None]
    return [*known, _role(entity), None, None]


def _country(entity: Entity) -> str | None:
    return entity.country if entity.country in load_countries() else None


def _role(entity: Entity) -> str | None:
    if entity.type in PLACE_TYPES:
        return None
    if entity.sector in ROLES:
        return entity.sector
    return entity.country if entity.country in _STATELESS else None


def _group(entity: Entity) -> str | None:
    return _groups().get(entity.id)


@cache
def _groups() -> dict[str, str]:
    return {row["entity"]: row["group"] for row in read_table("cameo-groups.tsv")}


def _what(event: _Told) -> list[Cell]:
    code = event.first.code
    publishers = {article.source for article in event.reports.values()}
    return [
        int(event.is_root),
        code.code,
        code.base,
        code.root,
        code.quad_class,
        code.goldstein,
        event.mentions,
        len(publishers),
        len(event.articles),
        None,
    ]


def _is_in_lead(event: Event) -> bool:
    """Whether it is told in the first paragraph that has a sentence, which GDELT takes for the main event."""
    before = event.statement.article.text[: event.statement.relation.evidence.start]
    *paragraphs, _ = before.split("\n")
    return not any(_ends_sentence(paragraph) for paragraph in paragraphs)


def _ends_sentence(paragraph: str) -> bool:
    return paragraph.rstrip().endswith((".", "!", "?", "”", '"'))


def _at_home(entity: Entity | None) -> Entity | None:
    """An actor that is itself a place; where others were when they acted is not known."""
    return entity if entity is not None and entity.type in PLACE_TYPES else None


def _where(place: Entity | None) -> list[Cell]:
    """The eight columns of a place; its coordinates and divisions are not known."""
    if place is None:
        return [None] * len(_GEO)
    code = _country(place)
    fips = load_countries()[code].fips if code else None
    is_country = place.type is EntityType.COUNTRY
    return [
        _COUNTRY_LEVEL if is_country else None,
        place.name,
        fips,
        fips if is_country else None,
        *[None] * 4,
    ]


def _source(event: _Told) -> list[Cell]:
    """When the first article that tells it came out, and that article's address or id."""
    articles = sorted(event.articles.values(), key=lambda a: (a.date is None, a.date, a.id))
    first = articles[0]
    return [int(f"{first.day:%Y%m%d}000000") if first.day else None, first.url or first.id]


def _cell(value: Cell) -> str:
    """A value as text without the characters that divide cells and rows."""
    return "" if value is None else " ".join(str(value).split())
