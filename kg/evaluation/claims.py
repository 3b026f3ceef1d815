"""Reads gold facts and extracted relations, and reduces both to what is compared."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import EvaluationError

DETAILS = ("time", "place", "attribution")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A fact of the gold, or a relation that was extracted, reduced to what is compared."""

    subject: frozenset[str]
    """Its folded names."""
    object: frozenset[str]
    relation_class: str
    status: str
    symmetric: bool = False
    is_core: bool = True
    details: Mapping[str, str] = field(default_factory=dict)
    """Folded time, place and attribution, where they are given."""
    confidence: float | None = None
    """How sure the extractor was, 0–1; None for facts, and where it does not say."""
    words: str = ""
    """How a report shows it."""


def read_gold(folder: Path) -> dict[str, list[Claim]]:
    """The facts of each article, from a folder of files `ARTICLE.jsonl`.

    Raises:
        EvaluationError: There is no such folder, no gold in it, or a line that is no fact.

    >>> Path("gold").mkdir()
    >>> fact = {"subject": "Ana Bell", "object": "Bo Cole", "class": "CONSULT", "status": "asserted"}
    >>> _ = Path("gold", "a.jsonl").write_text(json.dumps({**fact, "tier": "core"}))
    >>> [claim.relation_class for claim in read_gold(Path("gold"))["a"]]
    ['CONSULT']
    """
    files = sorted(folder.glob("*.jsonl")) if folder.is_dir() else []
    if not files:
        raise EvaluationError(
            f"There is no gold (*.jsonl) in {str(folder)!r}; name the folder of the gold files."
        )
    return {file.stem: [_fact(row, place) for place, row in _rows(file)] for file in files}


def read_relations(file: Path) -> dict[str, list[Claim]]:
    """The relations of each article, from a file in the exchange format.

    Raises:
        EvaluationError: The file cannot be read, or a line is no relation.

    >>> Path("found.jsonl").touch()
    >>> read_relations(Path("found.jsonl"))
    {}
    """
    return relations_from_rows(_rows(file))


def relations_from_rows(rows: Iterable[tuple[str, Mapping[str, object]]]) -> dict[str, list[Claim]]:
    """The relations of each article; those of the same ends, class and status are one, the first.

    Args:
        rows: Of each relation, its place for messages, and its row in the exchange format.

    Raises:
        EvaluationError: A row lacks what is compared.

    >>> relations_from_rows([("found.jsonl:1", {"article": "a"})])
    Traceback (most recent call last):
    kg.errors.EvaluationError: found.jsonl:1: ...
    """
    found: dict[str, dict[tuple[str, ...], Claim]] = {}
    for place, row in rows:
        article, key, claim = _relation(row, place)
        found.setdefault(article, {}).setdefault(key, claim)
    return {article: list(claims.values()) for article, claims in found.items()}


def _rows(file: Path) -> list[tuple[str, dict[str, object]]]:
    try:
        lines = file.read_text("utf-8").split("\n")
        return [
            (f"{file}:{number}", json.loads(line)) for number, line in enumerate(lines, 1) if line.strip()
        ]
    except (OSError, ValueError) as error:
        raise EvaluationError(
            f"{str(file)!r} cannot be read as JSON Lines ({error}); check the file."
        ) from error


def _fact(row: Mapping[str, object], place: str) -> Claim:
    try:
        return Claim(
            subject=_names(row["subject"], row.get("subject_aliases")),
            object=_names(row["object"], row.get("object_aliases")),
            relation_class=str(row["class"]),
            status=str(row["status"]),
            symmetric=bool(row.get("symmetric")),
            is_core=row["tier"] == "core",
            details={name: fold(str(row[name])) for name in DETAILS if row.get(name)},
            words=_words(row, row["subject"], row["object"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise EvaluationError(
            f"{place}: this is no gold fact ({error!r}); see the gold's guidelines."
        ) from error


def _relation(row: Mapping[str, object], place: str) -> tuple[str, tuple[str, ...], Claim]:
    try:
        subject, object_ = _entity(row["subject"]), _entity(row["object"])
        relation_class, status = str(row["class"]), str(row["status"])
        key = (fold(str(subject["name"])), fold(str(object_["name"])), relation_class, status)
        claim = Claim(
            subject=_names(subject["name"], subject.get("aliases")),
            object=_names(object_["name"], object_.get("aliases")),
            relation_class=relation_class,
            status=status,
            details={name: fold(_name_of(row[name])) for name in DETAILS if row.get(name)},
            confidence=_confidence(row.get("confidence")),
            words=_words(row, subject["name"], object_["name"]),
        )
        return str(row["article"]), key, claim
    except (KeyError, TypeError, AttributeError) as error:
        raise EvaluationError(
            f"{place}: this is no relation ({error!r}); see `kg export --format jsonl`."
        ) from error


def _confidence(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise TypeError(f"{value!r} is no confidence from 0 to 1")
    return float(value)


def _words(row: Mapping[str, object], subject: object, object_: object) -> str:
    return f"{subject} – {row.get('predicate')} [{row['class']}, {row['status']}] – {object_}"


def _entity(value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise TypeError(f"{value!r} is no entity")
    return value


def _name_of(value: object) -> str:
    return str(value["name"] if isinstance(value, Mapping) else value)


def _names(name: object, aliases: object) -> frozenset[str]:
    others = aliases if isinstance(aliases, list) else []
    return frozenset(fold(str(one)) for one in [name, *others] if one) - {""}


def fold(name: str) -> str:
    """A name without case, accents, punctuation, leading article and possessive.

    >>> fold("The Élysée’s")
    'elysee'
    """
    text = unicodedata.normalize("NFKD", name.replace("ı", "i"))
    text = "".join(character for character in text if not unicodedata.combining(character)).casefold()
    text = re.sub(r"['’]s\b", "", text).replace(".", "")
    return re.sub(r"^the ", "", re.sub(r"[^\w]+", " ", text).strip())
