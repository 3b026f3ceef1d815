"""A user's own actors: a Turtle file as the registry's, or a table. They win over those of the package.

The table is CSV with a line of column names: `name` and `type`, and, as one needs them, `id`, `aliases`,
`demonyms`, `seats`, `country`, `sector`, `wikidata` and `offices`. Lists are divided by semicolons; an office
is `mayor of Springfield 2019-05-20/2021`, with either date left out where it is not known, or not yet.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kg.errors import VocabularyError
from kg.types import EntityType
from kg.vocabulary.files import index_files
from kg.vocabulary.offices import read_office
from kg.vocabulary.reading import actors_in, load_vocabulary
from kg.vocabulary.records import Actor

COLUMNS = (
    *("id", "name", "type", "aliases", "demonyms", "seats"),
    *("country", "sector", "wikidata", "offices"),
)
_TABLES = {".csv": ",", ".tsv": "\t"}
_CODES = (
    ("country", re.compile("[A-Z]{3}"), "an ISO 3166-1 alpha-3 code such as UKR, or IGO"),
    ("sector", re.compile("[A-Z]{3}"), "a PLOVER sector such as GOV"),
    ("wikidata", re.compile("Q[1-9][0-9]*"), "a Wikidata id such as Q212"),
)
Slug = Callable[[str], str]
"""Gives the id of a name."""


def read_actors(path: Path, slug: Slug) -> list[Actor]:
    r"""The actors of a user's file, in its order.

    Args:
        path: `.ttl`, `.csv` or `.tsv`.
        slug: Gives the id of an actor that the file gives none; an actor of the package's that bears the
            name lends its id.

    Raises:
        VocabularyError: The file cannot be read, has no actor, or one that is not well described.

    >>> _ = Path("own.csv").write_text("name,type,offices\nBo Cole,person,mayor of Oslo 2029/\n")
    >>> [actor] = read_actors(Path("own.csv"), lambda name: name.replace(" ", "_"))
    >>> actor.id, actor.offices[0].title
    ('Bo_Cole', 'mayor')
    """
    known = {actor.id: actor for actor in load_vocabulary().actors}
    if path.suffix in _TABLES:
        found = list(_read_table(path, known, slug))
    elif path.suffix == ".ttl":
        found = [(str(path), actor) for actor in actors_in(index_files([path]), load_vocabulary().types)]
    else:
        raise VocabularyError(
            f"The file of actors {str(path)!r} is neither .ttl, .csv nor .tsv; rename or convert it."
        )
    if not found:
        raise VocabularyError(
            f"The file {str(path)!r} has no actor; give each a name and a type, in Turtle under the prefix "
            "<https://w3id.org/actors-kg/entity/>."
        )
    for place, actor in found:
        _check(actor, place)
    return [actor for _, actor in found]


def override(ours: Iterable[Actor], theirs: Iterable[Actor]) -> tuple[Actor, ...]:
    """The actors of both, each once: of one id theirs wins, and what it leaves open stays as ours has it.

    >>> first = Actor(id="X", name="Ex", type=EntityType.PERSON, aliases=("E.",), country="NOR")
    >>> override([first], [Actor(id="X", name="Ekks", type=EntityType.PERSON)])[0].aliases
    ('E.', 'Ex')
    """
    merged = {actor.id: actor for actor in ours}
    for actor in theirs:
        merged[actor.id] = _overridden(merged[actor.id], actor) if actor.id in merged else actor
    return tuple(merged.values())


def _overridden(ours: Actor, theirs: Actor) -> Actor:
    names = {ours.name, *ours.aliases, *theirs.aliases} - {theirs.name}
    return replace(
        theirs,
        aliases=tuple(sorted(names)),
        demonyms=(*ours.demonyms, *theirs.demonyms),
        capitals=(*ours.capitals, *theirs.capitals),
        seats=(*ours.seats, *theirs.seats),
        country=theirs.country or ours.country,
        sector=theirs.sector or ours.sector,
        wikidata=theirs.wikidata or ours.wikidata,
        offices=theirs.offices or ours.offices,
    )


def _read_table(path: Path, known: Mapping[str, Actor], slug: Slug) -> Iterator[tuple[str, Actor]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, delimiter=_TABLES[path.suffix], strict=True)
            _check_columns(path, reader.fieldnames or ())
            rows = [(f"{path}, line {reader.line_num}", row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise VocabularyError(
            f"The file of actors {str(path)!r} cannot be read: {error}; give UTF-8."
        ) from error
    yield from _actors([(place, _stripped(row, place)) for place, row in rows], known, slug)


def _actors(
    rows: Sequence[tuple[str, dict[str, str]]], known: Mapping[str, Actor], slug: Slug
) -> Iterator[tuple[str, Actor]]:
    bodies = _bodies(known.values())
    for _, row in rows:
        identifier = _identify(row, known, bodies, slug)
        bodies |= {row["name"]: identifier, identifier: identifier}
    for place, row in rows:
        yield place, _actor(row, place, _identify(row, known, bodies, slug), bodies)


def _check_columns(path: Path, columns: Iterable[str]) -> None:
    given = list(columns)
    missing = [column for column in ("name", "type") if column not in given]
    unknown = [column for column in given if column not in COLUMNS]
    if missing or unknown:
        what = f"there is no column {missing[0]!r}" if missing else f"the column {unknown[0]!r} is not known"
        raise VocabularyError(f"{path}: {what}; the first line names some of {', '.join(COLUMNS)}.")


def _stripped(row: Mapping[str | None, str | list[str] | None], place: str) -> dict[str, str]:
    if None in row:  # where the reader puts what no column is for
        raise VocabularyError(
            f"{place}: there are more cells than columns; quote a cell that has a comma in it."
        )
    return {column: str(row.get(column) or "").strip() for column in COLUMNS}


def _bodies(actors: Iterable[Actor]) -> dict[str, str]:
    """Ids by id and name; where several bear a name, the first in the order of the ids has it."""
    found: dict[str, str] = {}
    for actor in sorted(actors, key=lambda actor: (actor.type is not EntityType.COUNTRY, actor.id)):
        found.setdefault(actor.name, actor.id)
    return found | {actor.id: actor.id for actor in actors}


def _identify(
    row: Mapping[str, str], known: Mapping[str, Actor], bodies: Mapping[str, str], slug: Slug
) -> str:
    if row["id"]:
        return row["id"]
    ours = known.get(bodies.get(row["name"], ""))
    return ours.id if ours is not None and ours.type.value == row["type"] else slug(row["name"])


def _actor(row: Mapping[str, str], place: str, identifier: str, bodies: Mapping[str, str]) -> Actor:
    if not row["name"]:
        raise VocabularyError(f"{place}, column 'name': the actor has no name; give one.")
    if row["type"] not in set(EntityType):
        raise VocabularyError(
            f"{place}, column 'type': there is no type {row['type']!r}; give one of {', '.join(EntityType)}."
        )
    return Actor(
        id=identifier,
        name=row["name"],
        type=EntityType(row["type"]),
        aliases=_listed(row["aliases"]),
        demonyms=_listed(row["demonyms"]),
        seats=_listed(row["seats"]),
        country=row["country"] or None,
        sector=row["sector"] or None,
        wikidata=row["wikidata"] or None,
        offices=tuple(
            read_office(text, f"{place}, column 'offices'", bodies) for text in _listed(row["offices"])
        ),
    )


def _check(actor: Actor, place: str) -> None:
    for field, pattern, example in _CODES:
        given = getattr(actor, field)
        if given is not None and not pattern.fullmatch(given):
            raise VocabularyError(
                f"{place}: the {field} {given!r} of {actor.name!r} is not {example}; correct it."
            )


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in text.split(";") if (name := part.strip())))
