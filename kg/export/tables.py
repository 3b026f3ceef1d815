"""Relations as rows: the exchange format in JSON Lines, and flat rows for CSV and data frames."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, TextIO

from kg.export.columns import relation_columns
from kg.export.records import Statement
from kg.rdf import Kind, mint
from kg.types import Entity
from kg.vocabulary import KG, Property

NONE: Mapping[str, Property] = MappingProxyType({})
_DIGITS = 4
"""Decimals kept of a confidence."""
BAR = "|"
"""What stands between texts that share a cell."""
_TO_QUOTE = re.compile('[,"\r\n]|^ | $')
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})
"""Characters that JSON may hold as they are, but at which `str.splitlines` would break a line."""


def exchange_row(statement: Statement, properties: Mapping[str, Property] = NONE) -> dict[str, Any]:
    """A relation in the exchange format, which scorers and other programs read.

    Entities are given with their IRI, names and codes; offsets count characters of the article's text. A
    property is given with the prefix `kg:`, one of a user's own by its IRI, which `properties` tells.
    """
    relation = statement.relation
    return {
        "article": statement.article.id,
        "subject": _entity(relation.subject),
        "predicate": relation.predicate,
        "property": _property(relation.property, properties),
        "class": relation.relation_class,
        "symmetric": relation.symmetric,
        "status": relation.status.value,
        "object": _entity(relation.object),
        "attribution": relation.attribution.name if relation.attribution else None,
        "time": relation.time,
        "place": _place(relation.place),
        "confidence": round(relation.confidence, _DIGITS),
        "evidence": {
            "text": relation.evidence.text,
            "start": relation.evidence.start,
            "end": relation.evidence.end,
        },
    }


def flat_row(statement: Statement) -> dict[str, Any]:
    """A relation as one flat row, ends by name first; the columns are the same for every relation.

    Days are dates, aliases tuples; `kg.export.columns` says what each column means.
    """
    return {column.name: column.read(statement) for column in relation_columns()}


def columns() -> list[str]:
    """The columns of `flat_row`, in order.

    >>> columns()[:5]
    ['article', 'date', 'subject', 'predicate', 'object']
    """
    return [column.name for column in relation_columns()]


def joined(texts: Iterable[str]) -> str:
    """Several texts as one; what would part them is put as a broken bar where it stands within them.

    >>> joined(["a", "b|c"])
    'a|b¦c'
    """
    return BAR.join(text.replace(BAR, "¦") for text in texts)


def written(value: object) -> str:
    """A value of a column as text: days by ISO 8601, truth as XML Schema has it, texts joined.

    >>> written(True), written(0.5), written(("a", "b"))
    ('true', '0.5', 'a|b')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    return joined(value) if isinstance(value, tuple) else str(value)


def write_jsonl(
    statements: Iterable[Statement], file: TextIO, properties: Mapping[str, Property] = NONE
) -> None:
    """Writes the exchange format, one relation a line; see `exchange_row`.

    >>> import io
    >>> out = io.StringIO()
    >>> write_jsonl([], out)
    >>> out.getvalue()
    ''
    """
    rows = (json.dumps(exchange_row(statement, properties), ensure_ascii=False) for statement in statements)
    file.writelines(row.translate(_LINE_ENDS) + "\n" for row in rows)


def write_csv(statements: Iterable[Statement], file: TextIO) -> None:
    """Writes flat rows under a heading, quoted as RFC 4180 has it, aliases joined by `|`.

    A cell that a spreadsheet would take for a formula is led by an apostrophe.

    >>> import io
    >>> out = io.StringIO()
    >>> write_csv([], out)
    >>> out.getvalue().startswith(",".join(columns()[:2]))
    True
    """
    file.write(",".join(columns()) + "\n")
    file.writelines(",".join(map(_cell, flat_row(statement).values())) + "\n" for statement in statements)


def quoted(text: str) -> str:
    """A text in quotes, those in it doubled (RFC 4180, section 2).

    >>> quoted("a") == '"a"'
    True
    """
    return '"' + text.replace('"', '""') + '"'


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = str(safe_cell(joined(value) if isinstance(value, tuple) else value))
    # Python's own writer leaves a carriage return bare, at which others end the line.
    return quoted(text) if _TO_QUOTE.search(text) else text


def safe_cell(value: object) -> object:
    """A value that no spreadsheet runs (https://owasp.org/www-community/attacks/CSV_Injection).

    >>> safe_cell("=1+1"), safe_cell("a"), safe_cell(-1)
    ("'=1+1", 'a', -1)
    """
    return (
        f"'{value}"
        if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r"))
        else value
    )


def _entity(entity: Entity) -> dict[str, Any]:
    return {
        "id": mint(Kind.ENTITY, entity.id),
        "name": entity.name,
        "type": entity.type.value,
        "aliases": list(entity.aliases),
        "country": entity.country,
        "sector": entity.sector,
        "wikidata": entity.wikidata,
    }


def _property(name: str | None, properties: Mapping[str, Property]) -> str | None:
    own = properties.get(name or "")
    if own is not None and not own.iri.startswith(KG.base):
        return own.iri
    return f"kg:{name}" if name else None


def _place(place: Entity | None) -> dict[str, str] | None:
    return {"id": mint(Kind.ENTITY, place.id), "name": place.name} if place else None
