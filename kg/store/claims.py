"""The user's own judgements: files of them, and whom the names in them mean.

A CSV file has a line of column names, `one,other,verdict,reason`, and a judgement a line; the ends are ids or
names. An RDF file holds what `kg.rdf.judgements` writes. What is meant by a name is found in a graph.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.actors.names import slug
from kg.errors import JudgementError
from kg.rdf.judgements import make_judgement, read_judgements
from kg.store.reading import is_called
from kg.types import Entity, Judgement, Verdict

COLUMNS = ("one", "other", "verdict")
_NO_REASON = "the user says so"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A judgement of the user, with names as they are given."""

    one: str
    """Id or name of an entity."""
    other: str
    verdict: Verdict
    reason: str = _NO_REASON
    place: str = "the command"
    """Where it stands, for messages."""
    is_by_id: bool = False
    """Whether the ends are ids, also where no entity has them yet; else they may be names."""


def read_claims(path: Path) -> list[Claim]:
    r"""The judgements of a file: CSV, or RDF by its ending.

    Raises:
        JudgementError: The file cannot be read, lacks a column, or a line is not a judgement.

    >>> _ = Path("same.csv").write_text("one,other,verdict\nAna Bell,A. Bell,same\n")
    >>> read_claims(Path("same.csv"))[0].verdict.value
    'same'
    """
    if path.suffix in {".csv", ".tsv", ".txt"}:
        return list(_read_table(path))
    try:
        quads = ox.parse(path=path, format=ox.RdfFormat.from_extension(path.suffix.removeprefix(".")))
        found = read_judgements(quads)
    except (SyntaxError, OSError, ValueError) as error:
        if isinstance(error, JudgementError):
            raise
        raise JudgementError(
            f"The judgements {str(path)!r} cannot be read: {error}; give CSV or RDF."
        ) from error
    return [
        Claim(
            one=one.one,
            other=one.other,
            verdict=one.verdict,
            reason=one.reason or _NO_REASON,
            place=str(path),
            is_by_id=True,
        )
        for one in found
    ]


def resolve_claims(claims: Iterable[Claim], entities: Iterable[Entity]) -> list[Judgement]:
    """The claims as judgements on ids.

    What no entity is called becomes the id that an article which names it would give it, so that the
    judgement waits for one.

    Raises:
        JudgementError: A name is that of several entities, or both ends are one.
    """
    known = {entity.id: entity for entity in entities}
    return [_resolved(claim, known) for claim in claims]


def _resolved(claim: Claim, known: Mapping[str, Entity]) -> Judgement:
    ends = (claim.one, claim.other)
    one, other = ends if claim.is_by_id else (_identify(name, known, claim.place) for name in ends)
    if one == other:
        raise JudgementError(
            f"{claim.place}: {claim.one!r} and {claim.other!r} are both the entity {one!r}; name two."
        )
    return make_judgement(one, other, claim.verdict, claim.reason)


def _identify(name: str, known: Mapping[str, Entity], place: str) -> str:
    if name in known:
        return name
    called = [entity for entity in known.values() if is_called(entity, name)]
    first = [entity for entity in called if entity.name.casefold() == name.casefold()]
    found = sorted(entity.id for entity in first or called)
    if len(found) > 1:
        raise JudgementError(
            f"{place}: {name!r} is a name of {len(found)} entities; give an id: {', '.join(found)}."
        )
    return found[0] if found else slug(name)


def _read_table(path: Path) -> Iterator[Claim]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines, delimiter="\t" if path.suffix == ".tsv" else ",", strict=True)
            missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
            if missing:
                raise JudgementError(
                    f"{path}: there is no column {missing[0]!r}; begin with one,other,verdict,reason."
                )
            for row in rows:
                yield _claim(row, f"{path}, line {rows.line_num}")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise JudgementError(
            f"The judgements {str(path)!r} cannot be read: {error}; give CSV in UTF-8."
        ) from error


def _claim(row: Mapping[str | None, str | list[str] | None], place: str) -> Claim:
    one, other, verdict, reason = (str(row.get(name) or "").strip() for name in (*COLUMNS, "reason"))
    if not one or not other:
        raise JudgementError(
            f"{place}: a judgement needs two entities; give ids or names under 'one' and 'other'."
        )
    if verdict not in set(Verdict):
        raise JudgementError(f"{place}: there is no verdict {verdict!r}; give one of {', '.join(Verdict)}.")
    return Claim(one=one, other=other, verdict=Verdict(verdict), reason=reason or _NO_REASON, place=place)
