"""What the recipe handles: entries of the registry, their ids, and rows of our own tables."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

_LETTERS = str.maketrans(
    {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "+": "_Plus"}
)


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


def make_slug(name: str) -> str:
    """Gives the ASCII id of a name, letters, digits, `_` and `-` only.

    >>> make_slug("Recep Tayyip Erdoğan")
    'Recep_Tayyip_Erdogan'
    """
    decomposed = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    ascii_name = decomposed.encode("ascii", "ignore").decode().replace("'", "")
    return re.sub(r"[^A-Za-z0-9-]+", "_", ascii_name).strip("_-")


def read_table(path: Path) -> list[dict[str, str]]:
    """Reads a table: tab-separated, comments begin with `#`, the first other line names the columns."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(
            (line for line in lines if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE
        )
        return [dict(row) for row in rows]


def split_list(text: str, *, separator: str = ";", besides: str = "") -> tuple[str, ...]:
    """Gives the names in a cell, sorted, each once, without empty ones and `besides`."""
    names = (name.strip() for name in text.split(separator))
    return tuple(sorted({name for name in names if name and name != besides}))


def strip_parenthesis(name: str) -> str:
    """Gives a name without the parenthesis that keeps it apart from its namesakes.

    >>> strip_parenthesis("Labour Party (United Kingdom)")
    'Labour Party'
    """
    return re.sub(r"\s*\([^)]*\)$", "", name)
