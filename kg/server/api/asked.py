"""What can be given to each endpoint: the parameters, their bounds, what they mean.

Their descriptions and examples are those of the API's description.
"""

from __future__ import annotations

import datetime
import re
from enum import StrEnum
from typing import Annotated, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from kg.exploration.filters import Filters
from kg.exploration.network import FEW_NODES, MOST_NODES
from kg.exploration.pages import FEW_ITEMS, MOST_ITEMS
from kg.exploration.paths import FEW_PATHS, LONGEST_SIMPLE, MOST_PATHS
from kg.exploration.relations import Order
from kg.exploration.timeline import Split, Unit
from kg.store.search import KINDS
from kg.types import EntityType, Status

LONGEST_KEY = 2_000
"""Characters of an IRI or id; longer ones reach no server."""
MOST_DRAWN = 10_000
"""Entities of a drawing that are named one by one; in a form, as so many are too long for an address."""
MOST_VALUES = 100
"""Values of one filter."""
_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,9}")
_PLAIN_DECIMAL = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,9})?([eE]-?[0-9]{1,2})?")
_PLAIN_BOOLEAN = re.compile(r"true|false")
_PLAIN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _written(form: re.Pattern[str], what: str) -> BeforeValidator:
    """Refuses texts that Python would read as a value, but that are not written as JSON Schema has it."""

    def _check(value: object) -> object:
        if isinstance(value, str) and not form.fullmatch(value):
            raise ValueError(f"it is no {what}")
        return value

    return BeforeValidator(_check)


whole_number = _written(_PLAIN_NUMBER, "whole number")
"""Marks what must be written as one."""
day_field = _written(_PLAIN_DAY, "day as YYYY-MM-DD")
"""Marks what must be written as one."""
Key: TypeAlias = Annotated[str, Field(min_length=1, max_length=LONGEST_KEY)]
Name: TypeAlias = Annotated[str, Field(min_length=1, max_length=200)]
Values: TypeAlias = Annotated[list[Name], Field(max_length=MOST_VALUES)]
Entity: TypeAlias = Annotated[
    Key,
    Field(
        description="The entity: its IRI, its IRI as `ent:…`, or its id. One that is merged into another "
        "stands for that.",
        examples=["Norway"],
    ),
]
Other: TypeAlias = Annotated[
    Key, Field(description="The other entity, named in the same ways.", examples=["Chile"])
]
Limit: TypeAlias = Annotated[
    int,
    whole_number,
    Field(ge=1, le=MOST_ITEMS, description="How many items a page has at most.", examples=[20]),
]
After: TypeAlias = Annotated[
    str | None,
    Field(
        max_length=LONGEST_KEY,
        min_length=1,
        description="`next` of the page before, as it was given; with all other parameters as they were, but "
        "for `limit`. Left out for the first page.",
    ),
]


Kind = StrEnum("Kind", [(kind.upper(), kind) for kind in KINDS])  # type: ignore[misc]  # those of the search
"""What can be searched for."""


class Asked(BaseModel):
    """Parameters; there are no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Paged(Asked):
    """Parameters of what comes by page."""

    limit: Limit = FEW_ITEMS
    after: After = None


class Filtered(Asked):
    """Which relations are meant; of several values of one parameter one must fit, of the parameters all."""

    relation_class: Values = Field(
        [], description="Classes of relations, such as `CONSULT`.", examples=[["CONSULT"]]
    )
    property: Values = Field([], description="Properties, such as `meets`.", examples=[["meets"]])
    status: Annotated[list[Status], Field(max_length=MOST_VALUES)] = Field(
        [], description="Whether relations hold, by the articles.", examples=[["asserted", "planned"]]
    )
    type: Annotated[list[EntityType], Field(max_length=MOST_VALUES)] = Field(
        [], description="Types of the entity at the other end.", examples=[["person"]]
    )
    publisher: Values = Field([], description="Who published the article.")
    article: Values = Field([], description="Articles, by id or IRI.")
    attribution: Values = Field([], description="Who makes the claim, by id or IRI.")
    since: Annotated[datetime.date | None, day_field] = Field(
        None,
        description="The first day. With a bound, relations without a day are left out; those of which only "
        "the month or year is known are in where some day of it is.",
        examples=["2026-01-01"],
    )
    until: Annotated[datetime.date | None, day_field] = Field(
        None, description="The last day.", examples=["2026-12-31"]
    )
    min_confidence: Annotated[float, _written(_PLAIN_DECIMAL, "decimal number")] = Field(
        0.0, ge=0, le=1, allow_inf_nan=False, description="The least confidence, 0–1.", examples=[0.5]
    )

    def filters(self) -> Filters:
        """The same for `kg.exploration`."""
        return Filters(
            relation_classes=tuple(self.relation_class),
            properties=tuple(self.property),
            statuses=tuple(self.status),
            types=tuple(self.type),
            publishers=tuple(self.publisher),
            articles=tuple(self.article),
            attributions=tuple(self.attribution),
            since=self.since,
            until=self.until,
            min_confidence=self.min_confidence,
        )


class SearchAsked(Paged):
    """What is typed."""

    words: Annotated[
        str,
        Field(
            max_length=LONGEST_KEY,
            description="What is typed: a name, part of one, an id.",
            examples=["norw"],
        ),
    ]
    type: Annotated[list[Kind], Field(max_length=MOST_VALUES)] = Field(
        [],
        description="Of which types things shall be; left out for entities of any. Articles are found by "
        "headline, relations by the sentence that is their evidence.",
        examples=[["person", "article"]],
    )


class EntityAsked(Asked):
    """Which entity."""

    entity: Entity


class NeighboursAsked(Filtered, Paged):
    """Whose neighbours."""

    entity: Entity


class SharedAsked(Filtered, Paged):
    """Which two entities."""

    entity: Entity
    other: Other


class RelationsAsked(Filtered, Paged):
    """Whose relations."""

    entity: Entity
    other: Annotated[
        Key | None, Field(description="The entity at the other end; left out for any.", examples=["Chile"])
    ] = None
    order: Order = Field(Order.NEWEST, description="In what order; relations without a day come last.")


class RelationAsked(Asked):
    """Which relation."""

    relation: Key = Field(
        description="The relation: its IRI, its IRI as `rel:…`, or the last part of it.",
        examples=["rel:0d6dcb9827a1b7f1"],
    )


class ArticleAsked(Paged):
    """Which article, and which of its paragraphs."""

    article: Key = Field(description="The article: its IRI, its IRI as `art:…`, or its id.", examples=["a1"])
    limit: Limit = MOST_ITEMS


class PathsAsked(Filtered):
    """Between which entities, and by what relations."""

    entity: Entity
    other: Other
    longest: Annotated[
        int | None,
        whole_number,
        Field(
            ge=1,
            le=LONGEST_SIMPLE,
            description="For all paths that visit no entity twice, up to so many steps; left out for all "
            "shortest paths.",
            examples=[3],
        ),
    ] = None
    limit: Annotated[
        int, whole_number, Field(ge=1, le=MOST_PATHS, description="How many paths are listed.", examples=[20])
    ] = FEW_PATHS


class TimelineAsked(Filtered):
    """Whose relations, by what times."""

    entity: Annotated[
        Key | None, Field(description="The entity; left out for the whole graph.", examples=["Norway"])
    ] = None
    other: Annotated[
        Key | None, Field(description="The entity at the other end; left out for any.", examples=["Chile"])
    ] = None
    unit: Unit | None = Field(
        None,
        description="What a bar stands for, or the next longer that gives no more than 4,000 bars; "
        "left out for the finest that gives some hundred bars at most.",
    )
    split: Split | None = Field(None, description="By what bars are divided; left out for whole bars.")


class NetworkAsked(Filtered):
    """Which entities are drawn."""

    type: Annotated[list[EntityType], Field(max_length=MOST_VALUES)] = Field(
        [], description="Types of both ends, since both are drawn.", examples=[["person"]]
    )
    entity: Annotated[list[Key], Field(max_length=MOST_DRAWN)] = Field(
        [],
        description="The entities; left out for those with most relations.",
        examples=[["Norway", "Chile"]],
    )
    limit: Annotated[
        int,
        whole_number,
        Field(
            ge=1, le=MOST_NODES, description="How many entities at most, where none are given.", examples=[50]
        ),
    ] = FEW_NODES
    days: Annotated[bool, _written(_PLAIN_BOOLEAN, "`true` or `false`")] = Field(
        default=False, description="Whether the first and last day of each entity and edge is said too."
    )


class NothingAsked(Asked):
    """No parameters."""
