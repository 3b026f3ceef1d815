"""The named questions: SPARQL files with a header that says what they ask and which values they take."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, product
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from kg.errors import QueryError
from kg.store.queries import Binding, QueryResult
from kg.store.spelling import MOST, spelled
from kg.store.store import Store
from kg.vocabulary import ontology_folder

_HEADER = re.compile(r"#\s*(title|description|parameter (\w+)):\s*(.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A value that a question takes."""

    name: str
    kind: str
    """`text`, `iri` or `date`."""
    required: bool
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A named question."""

    name: str
    """The file's stem: `who-met-whom`."""
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    text: str
    """The query."""


@cache
def questions() -> tuple[Question, ...]:
    """All named questions, sorted by name.

    >>> [question.name for question in questions() if not question.parameters]
    ['top-actors']
    """
    return tuple(map(read_question, sorted((ontology_folder() / "questions").glob("*.rq"))))


def read_question(path: Path) -> Question:
    """The question of a file; also of a user's own.

    Raises:
        QueryError: The header lacks a title, or has a parameter that is not `kind[, optional]; description`.
    """
    text = path.read_text(encoding="utf-8")
    found = [match for line in text.splitlines() if (match := _HEADER.match(line))]
    said = {match[1]: match[3].strip() for match in found}
    if "title" not in said:
        raise QueryError(f"The question {str(path)!r} has no title; begin it with '# title: …'.", query=text)
    return Question(
        name=path.stem,
        title=said["title"],
        description=said.get("description", ""),
        parameters=tuple(_parameter(match[2], match[3], text) for match in found if match[2]),
        text=text,
    )


def ask(store: Store, name: str, arguments: Mapping[str, str] | None = None) -> QueryResult:
    """The answer to a named question; the values are bound, never pasted into the query.

    Args:
        store: The graph.
        name: Name of the question.
        arguments: Values by parameter; a text finds every name that contains it, or where no such name
            has an answer, every name that contains it but for accents.

    Raises:
        QueryError: There is no such question or parameter, a value is missing, or is no date or IRI.

    >>> ask(Store.in_memory(), "who-met-whom", {"actor": "Ana Bell"}).rows
    ()
    """
    return ask_of(_Embedded(store), name, arguments)


class Answering(Protocol):
    """What answers queries, and knows how its names are spelled."""

    def query(self, text: str, bindings: Mapping[str, Binding] | None = None) -> QueryResult:
        """What a query gives."""
        ...

    def spellings(self, text: str) -> list[str]:
        """The parts of names that are the text but for case, accents and script; see `spelled`."""
        ...


@dataclass(frozen=True, slots=True)
class _Embedded:
    store: Store

    def query(self, text: str, bindings: Mapping[str, Binding] | None = None) -> QueryResult:
        return self.store.query(text, bindings)

    def spellings(self, text: str) -> list[str]:
        return spelled(self.store.data, text)


def ask_of(store: Answering, name: str, arguments: Mapping[str, str] | None = None) -> QueryResult:
    """The answer of whatever answers queries to a named question; see `ask`.

    Raises:
        QueryError: As by `ask`.

    >>> ask_of(_Embedded(Store.in_memory()), "top-actors").rows
    ()
    """
    question = _named(name)
    given = dict(arguments or {})
    known = {parameter.name: parameter for parameter in question.parameters}
    if unknown := sorted(given.keys() - known.keys()):
        raise QueryError(
            f"The question {name!r} has no parameter {unknown[0]!r}; it takes {_listed(known)}.",
            query=question.text,
        )
    required = [parameter.name for parameter in question.parameters if parameter.required]
    if missing := [parameter for parameter in required if not given.get(parameter)]:
        raise QueryError(
            f"The question {name!r} needs a value for {missing[0]!r}; give it as {missing[0]}=VALUE.",
            query=question.text,
        )
    values = {key: value for key, value in given.items() if value}
    result = _answer(store, question, values)
    if not result.terms:
        result = _answer_respelled(store, question, values) or result
    # SPARQL takes values for columns only, so the parameters are columns; nobody wants to read them.
    return result.without(frozenset(known))


def _answer(store: Answering, question: Question, values: Mapping[str, str]) -> QueryResult:
    known = {parameter.name: parameter for parameter in question.parameters}
    bindings = {key: _binding(known[key], value, question) for key, value in values.items()}
    return store.query(question.text, bindings)


def _answer_respelled(store: Answering, question: Question, values: Mapping[str, str]) -> QueryResult | None:
    """The answer with each text as names spell it; None where they spell all as given."""
    texts = {parameter.name for parameter in question.parameters if parameter.kind == "text"}
    ways = [
        [(key, way) for way in (store.spellings(value) if key in texts else [value])]
        for key, value in values.items()
    ]
    found = [
        _answer(store, question, dict(way)) for way in islice(product(*ways), MOST) if dict(way) != values
    ]
    if not found:
        return None
    return replace(found[0], terms=tuple(dict.fromkeys(row for one in found for row in one.terms)))


def _named(name: str) -> Question:
    for question in questions():
        if question.name == name:
            return question
    known = ", ".join(question.name for question in questions())
    raise QueryError(f"There is no question {name!r}; there are {known}.", query=name)


def _parameter(name: str, header: str, text: str) -> Parameter:
    match = re.fullmatch(r"(text|iri|date)(, optional)?; (.+)", header.strip())
    if match is None:
        raise QueryError(
            f"The parameter {name!r} must be described as 'text|iri|date[, optional]; description'.",
            query=text,
        )
    return Parameter(name=name, kind=match[1], required=match[2] is None, description=match[3])


def _binding(parameter: Parameter, value: str, question: Question) -> Binding:
    try:
        if parameter.kind == "date":
            return datetime.date.fromisoformat(value)
        return ox.NamedNode(value) if parameter.kind == "iri" else value
    except ValueError as error:
        raise QueryError(
            f"The value {value!r} of {parameter.name!r} is no {parameter.kind}; give a date as YYYY-MM-DD, "
            "an IRI in full.",
            query=question.text,
        ) from error


def _listed(names: Mapping[str, Parameter]) -> str:
    return ", ".join(names) or "none"
