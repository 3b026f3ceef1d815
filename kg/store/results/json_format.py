"""SPARQL 1.1 Query Results JSON (W3C 2013), with triple terms and directions as SPARQL 1.2 has them.

The mark of a result that was cut comes first in the document, as some readers take nothing after the rows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from json.encoder import encode_basestring as quoted
from typing import ClassVar

import pyoxigraph as ox

from kg.store.results.output import Cut
from kg.store.results.rows import Row, Term, Texts, direction_of, plain_kind


class JsonForm:
    """Solutions in JSON."""

    between: ClassVar[str] = ", "

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._keys = [f"{quoted(name)}: " for name in names]
        self._texts = Texts(lambda term: _text(term) if term is not None else "")

    def opening(self) -> str:
        """The head."""
        head = json.dumps({"vars": list(self._names)}, ensure_ascii=False)
        return f'{{"head": {head}, "results": {{"bindings": ['

    def rows(self, batch: Sequence[Row]) -> list[str]:
        """An object a row, without the variables that are unbound."""
        keys, text = self._keys, self._texts.__getitem__
        return [
            "{" + ", ".join([key + text(term) for key, term in zip(keys, row, strict=True) if term is not None])
            + "}"
            for row in batch
        ]  # fmt: skip

    def closing(self, cut: Cut | None) -> str:
        """The brackets; see `marked_json` for what was cut."""
        return "]}}"

    @staticmethod
    def answer(answer: bool) -> str:
        """The answer of ASK."""
        return json.dumps({"head": {}, "boolean": answer})


def marked_json(cut: str) -> bytes:
    """What stands instead of the first brace of a document that was cut.

    >>> marked_json("rows=100")
    b'{"truncated": {"rows": 100}, '
    """
    reason, _, limit = cut.partition("=")
    return f'{{"truncated": {{"{reason}": {int(limit)}}}, '.encode()


def _text(term: Term) -> str:
    if isinstance(term, ox.NamedNode):
        return f'{{"type": "uri", "value": {quoted(term.value)}}}'
    if isinstance(term, ox.Literal):
        return f'{{"type": "literal", "value": {quoted(term.value)}{_kind(term)}}}'
    if isinstance(term, ox.BlankNode):
        return f'{{"type": "bnode", "value": {quoted(term.value)}}}'
    parts = f'"subject": {_text(term.subject)}, "predicate": {_text(term.predicate)}'
    return f'{{"type": "triple", "value": {{{parts}, "object": {_text(term.object)}}}}}'


def _kind(literal: ox.Literal) -> str:
    if kind := plain_kind(literal):
        return f', "datatype": {quoted(kind)}'
    if not literal.language:
        return ""
    direction = direction_of(literal)
    return f', "xml:lang": {quoted(literal.language)}' + (f', "its:dir": "{direction}"' if direction else "")
