"""All that can be asked of the API: a table from which routes, operations and the description are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any
from weakref import WeakKeyDictionary

from kg.exploration.articles import MarkedArticle, article
from kg.exploration.entities import entity
from kg.exploration.hits import Hits, hits
from kg.exploration.neighbours import Neighbourhood, Sharing, neighbours, shared_neighbours
from kg.exploration.network import Network, network
from kg.exploration.ontology import Ontology, ontology
from kg.exploration.overview import Overview, overview
from kg.exploration.pages import Bounds, Key
from kg.exploration.paths import Paths, paths
from kg.exploration.records import Profile, RelationDetail
from kg.exploration.relations import Relations, relation, relations
from kg.exploration.timeline import Timeline, timeline
from kg.server.api.asked import (
    ArticleAsked,
    Asked,
    EntityAsked,
    NeighboursAsked,
    NetworkAsked,
    NothingAsked,
    Paged,
    PathsAsked,
    RelationAsked,
    RelationsAsked,
    SearchAsked,
    SharedAsked,
    TimelineAsked,
)
from kg.server.api.questions import Questions, Table, asked_of, shown_questions, table
from kg.store import Question, Store
from kg.store.questions import questions
from kg.store.search import Index
from kg.store.search.opening import index_of

ROOT = "/api/"
QUESTION = "questions/"
"""How the names of those begin that answer a named question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Something that can be asked."""

    name: str
    """What follows `/api/` in its address; with `api:` before it, the name of its operation."""
    asked: type[Asked]
    """What is to be given."""
    answer: type[object]
    """The record that is given back, as a JSON object."""
    find: Callable[[Store, Any, Key | None], object]
    """Gives the record from a graph, what was asked (of the type `asked`) and where the page begins."""
    summary: str
    description: str
    is_missing: bool = True
    """Whether what it asks for may not be there."""

    @property
    def path(self) -> str:
        """Its address."""
        return ROOT + self.name

    @property
    def operation(self) -> str:
        """The name of the operation by which a worker answers it; all named questions have one."""
        return f"api:{'question' if self.name.startswith(QUESTION) else self.name}"


@cache
def endpoints() -> tuple[Endpoint, ...]:
    """All endpoints, in the order in which they are described; one for each named question at the end.

    >>> endpoints()[0].path
    '/api/overview'
    """
    return (*_ENDPOINTS, *map(_of_question, questions()))


def endpoint_named(name: str) -> Endpoint:
    """The endpoint of a name.

    >>> endpoint_named("entity").operation
    'api:entity'
    """
    return next(endpoint for endpoint in endpoints() if endpoint.name == name)


def operation_names() -> tuple[str, ...]:
    """The names of all operations.

    >>> operation_names()[-1]
    'api:question'
    """
    return (*(endpoint.operation for endpoint in _ENDPOINTS), f"api:{QUESTION.removesuffix('s/')}")


def _bounds(asked: Paged, after: Key | None) -> Bounds:
    return Bounds(limit=asked.limit, after=after)


def index_at(store: Store) -> Index:
    """The index of the names of a graph, opened once; a worker must do so while it can open files."""
    if store not in _INDEXES:
        _INDEXES[store] = index_of(store)
    return _INDEXES[store]


def _hits(store: Store, asked: SearchAsked, after: Key | None) -> Hits:
    return hits(index_at(store), asked.words, types=asked.type, bounds=_bounds(asked, after))


def _neighbours(store: Store, asked: NeighboursAsked, after: Key | None) -> Neighbourhood:
    return neighbours(store, asked.entity, filters=asked.filters(), bounds=_bounds(asked, after))


def _network(store: Store, asked: NetworkAsked, _after: Key | None) -> Network:
    filters = asked.filters()
    return network(store, asked.entity, filters=filters, limit=asked.limit, days=asked.days)


def _shared(store: Store, asked: SharedAsked, after: Key | None) -> Sharing:
    bounds = _bounds(asked, after)
    return shared_neighbours(store, asked.entity, asked.other, filters=asked.filters(), bounds=bounds)


def _relations(store: Store, asked: RelationsAsked, after: Key | None) -> Relations:
    return relations(
        store,
        asked.entity,
        asked.other,
        filters=asked.filters(),
        order=asked.order,
        bounds=_bounds(asked, after),
    )


def _paths(store: Store, asked: PathsAsked, _after: Key | None) -> Paths:
    filters = asked.filters()
    return paths(store, asked.entity, asked.other, filters=filters, longest=asked.longest, limit=asked.limit)


def _timeline(store: Store, asked: TimelineAsked, _after: Key | None) -> Timeline:
    filters = asked.filters()
    return timeline(store, asked.entity, asked.other, filters=filters, unit=asked.unit, split=asked.split)


def _table(name: str, store: Store, asked: Asked, _after: Key | None) -> Table:
    given = asked.model_dump(mode="json")
    limit = given.pop("limit")
    return table(store, name, given, limit)


def _of_question(question: Question) -> Endpoint:
    return Endpoint(
        name=QUESTION + question.name,
        asked=asked_of(question),
        answer=Table,
        find=partial(_table, question.name),
        summary=question.title,
        description=f"{question.description} A text finds every name that contains it; if none does, accents "
        "are left out of account.",
        is_missing=False,
    )


_INDEXES: WeakKeyDictionary[Store, Index] = WeakKeyDictionary()
_ENDPOINTS = (
    Endpoint(
        name="overview",
        asked=NothingAsked,
        answer=Overview,
        find=lambda store, _asked, _after: overview(store),
        summary="The graph at a glance",
        description="How much there is of what, and what the terms of the ontology mean: labels, "
        "definitions, colours.",
        is_missing=False,
    ),
    Endpoint(
        name="ontology",
        asked=NothingAsked,
        answer=Ontology,
        find=lambda store, _asked, _after: ontology(store),
        summary="The terms that queries are written with",
        description="Classes, properties and statuses of the graph's ontology, by IRI, with what they mean; "
        "terms of other vocabularies that it uses are among them.",
        is_missing=False,
    ),
    Endpoint(
        name="search",
        asked=SearchAsked,
        answer=Hits,
        find=_hits,
        summary="Search by names",
        description="Things whose names fit what is typed, the best first. Case, accents and script make no "
        "difference; words may be misspelled a little, and the last may be begun.",
        is_missing=False,
    ),
    Endpoint(
        name="entity",
        asked=EntityAsked,
        answer=Profile,
        find=lambda store, asked, _after: entity(store, asked.entity),
        summary="An entity",
        description="Its names with how often the articles use each, its links, roles with their days, "
        "counts of its relations, and what it was merged of.",
    ),
    Endpoint(
        name="neighbours",
        asked=NeighboursAsked,
        answer=Neighbourhood,
        find=_neighbours,
        summary="Who is connected with an entity",
        description="Those with most relations first, then by name. `facets` counts how many relations each "
        "value of each filter would leave.",
    ),
    Endpoint(
        name="network",
        asked=NetworkAsked,
        answer=Network,
        find=_network,
        summary="Some entities, or the strongest, and what connects them",
        description="What a drawing needs: entities, and an edge for each two that relations connect. "
        "`entities_total` and `relations_total` say how many there are that are not drawn. Where entities "
        "are too many for an address, POST the parameters as a form; those that the graph lacks are named in "
        "`missing` of the refusal.",
    ),
    Endpoint(
        name="common",
        asked=SharedAsked,
        answer=Sharing,
        find=_shared,
        summary="Who is connected with both of two entities",
        description="The strongest first, then by name: as strong as the smaller of the two weights.",
    ),
    Endpoint(
        name="relations",
        asked=RelationsAsked,
        answer=Relations,
        find=_relations,
        summary="The relations of an entity, or all between two",
        description="Each in full, with its sentence in its paragraph and the article. Planned, possible, "
        "requested and negated relations are among them: see `status`. `reports` says how many of the "
        "`articles` are independent; `article.repeats` names what one repeats.",
    ),
    Endpoint(
        name="relation",
        asked=RelationAsked,
        answer=RelationDetail,
        find=lambda store, asked, _after: relation(store, asked.relation),
        summary="A relation",
        description="With all that is known of it, its sentence in its paragraph and the article.",
    ),
    Endpoint(
        name="article",
        asked=ArticleAsked,
        answer=MarkedArticle,
        find=lambda store, asked, after: article(store, asked.article, bounds=_bounds(asked, after)),
        summary="An article by paragraphs",
        description="With the mentions and the sentences that carry relations marked in each paragraph, by "
        "offsets in characters and in UTF-16 code units; `copies` lists the articles that repeat its report.",
    ),
    Endpoint(
        name="paths",
        asked=PathsAsked,
        answer=Paths,
        find=_paths,
        summary="Ways between two entities",
        description="All shortest paths, or with `longest` all that visit no entity twice, by relations in "
        "either direction. How many relations are read is bounded: `is_complete` says whether that cut any.",
    ),
    Endpoint(
        name="timeline",
        asked=TimelineAsked,
        answer=Timeline,
        find=_timeline,
        summary="How many relations there are at each time",
        description="Of an entity, a pair or the whole graph. A relation counts once, on its first day: that "
        "of its own time, else of its article's date.",
    ),
    Endpoint(
        name="questions",
        asked=NothingAsked,
        answer=Questions,
        find=lambda _store, _asked, _after: shown_questions(),
        summary="The named questions",
        description="Each with the values that it takes; `/api/questions/NAME` answers one.",
        is_missing=False,
    ),
)
