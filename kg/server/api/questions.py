"""The named questions as endpoints: what each takes, and its answer as a table."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, create_model

from kg.server.api.asked import LONGEST_KEY, Asked, day_field, whole_number
from kg.store import Question, Store, ask
from kg.store.questions import questions
from kg.types import IRI

MOST_ROWS = 10_000
FEW_ROWS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterShown:
    """A value that a question takes."""

    name: str
    kind: str
    """`text`, `iri` or `date`."""
    required: bool
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionShown:
    """A named question."""

    name: str
    title: str
    description: str
    parameters: tuple[ParameterShown, ...]
    query: str
    """Its SPARQL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """All named questions."""

    questions: tuple[QuestionShown, ...]
    """By name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A value of a table."""

    value: str | int | float | bool
    is_iri: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The answer to a question."""

    question: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    """In the order of the question; null where there is no value."""
    total: int
    """How many rows there are; more than are listed where the limit is lower."""


def shown_questions() -> Questions:
    """All named questions, by name.

    >>> shown_questions().questions[0].name
    'conflicts'
    """
    return Questions(questions=tuple(map(_shown, questions())))


def asked_of(question: Question) -> type[Asked]:
    """What is to be given to a question: its parameters, and how many rows are wanted."""
    fields: dict[str, Any] = {
        parameter.name: _field(parameter.kind, parameter.description, is_required=parameter.required)
        for parameter in question.parameters
    }
    limit = Annotated[
        int, whole_number, Field(ge=1, le=MOST_ROWS, description="How many rows are listed.", examples=[100])
    ]
    return create_model(
        f"Asked_{question.name}", __base__=Asked, __doc__="Values.", **fields, limit=(limit, FEW_ROWS)
    )


def table(store: Store, name: str, arguments: Mapping[str, object], limit: int) -> Table:
    """The answer to a named question.

    Raises:
        QueryError: A value is none that it takes.
    """
    given = {key: str(value) for key, value in arguments.items() if value is not None}
    result = ask(store, name, given)
    return Table(
        question=name,
        columns=result.variables,
        rows=tuple(
            tuple(
                None if value is None else Cell(value=value, is_iri=isinstance(value, IRI)) for value in row
            )
            for row in result.rows[:limit]
        ),
        total=len(result.rows),
    )


def _shown(question: Question) -> QuestionShown:
    return QuestionShown(
        name=question.name,
        title=question.title,
        description=question.description,
        parameters=tuple(
            ParameterShown(name=one.name, kind=one.kind, required=one.required, description=one.description)
            for one in question.parameters
        ),
        query=question.text,
    )


def _field(kind: str, description: str, *, is_required: bool) -> tuple[Any, Any]:
    plain: Any = Annotated[str, Field(min_length=1, max_length=LONGEST_KEY)]
    if kind == "date":
        plain = Annotated[datetime.date, day_field]
    said = Field(description=f"{description[:1].upper()}{description[1:]}.")
    return (Annotated[plain, said], ...) if is_required else (Annotated[plain | None, said], None)
