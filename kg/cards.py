"""What a notebook and a terminal show of a graph, of its entities, articles and relations.

Each card is a record of what it shows, so that programs can read that too.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import SupportsIndex, overload

from kg.display.articles import article_html
from kg.display.marking import Note
from kg.display.plain import ROWS, counted
from kg.display.rendering import clipped, render, visible
from kg.exploration.entities import entity
from kg.exploration.neighbours import neighbours
from kg.exploration.overview import overview
from kg.exploration.pages import Bounds
from kg.exploration.records import Count, Neighbour, Profile
from kg.exploration.timeline import timeline
from kg.exploration.totals import Totals
from kg.export.records import Statement
from kg.store import Store
from kg.store.questions import ask
from kg.types import Article, EntityType, Extraction, Relation

_MOST_SHOWN = 50
"""Relations that a notebook shows; more are counted."""
_FEW = 10
"""Lines of each list of a card."""


class Statements(list[Statement]):
    """Relations with their articles: a list that notebooks show with its evidence.

    >>> Statements()
    0 relations
    """

    @overload
    def __getitem__(self, place: SupportsIndex, /) -> Statement: ...
    @overload
    def __getitem__(self, place: slice, /) -> Statements: ...
    def __getitem__(self, place: SupportsIndex | slice, /) -> Statement | Statements:
        if isinstance(place, slice):
            return Statements(super().__getitem__(place))
        return super().__getitem__(place)

    def __repr__(self) -> str:
        lines = [_told(statement.relation, statement.article) for statement in self[:ROWS]]
        return "\n".join([*lines, counted(len(lines), len(self), "relation")])

    def _repr_html_(self) -> str:
        return render("statements", {"rows": self[:_MOST_SHOWN], "total": len(self)})


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class GraphCard:
    """A graph at a glance."""

    totals: Totals
    top: tuple[Count, ...]
    """The entities with most relations of independent reports, by name."""
    first: datetime.date | None
    """The earliest day of any relation, else of its article."""
    last: datetime.date | None

    def __repr__(self) -> str:
        totals = self.totals
        entities = f"{totals.entities:,} {'entity' if totals.entities == 1 else 'entities'}"
        articles, relations = _number(totals.articles, "article"), _number(totals.relations, "relation")
        articles += f" ({totals.articles - totals.copies:,} independent)" if totals.copies else ""
        top = ", ".join(f"{visible(str(one.value))} {one.count:,}" for one in self.top[:5])
        days = f"; {self.first} to {self.last}" if self.first else ""
        return f"Graph of {articles}: {entities}, {relations}{days}" + (
            f"\nMost relations: {top}" * bool(top)
        )

    def _repr_html_(self) -> str:
        values = {"totals": self.totals, "top": self.top, "first": self.first, "last": self.last}
        return render("graph_card", {**values, "limit": _FEW})


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class EntityCard:
    """An entity with its names, its roles and those it has most to do with."""

    profile: Profile
    neighbours: tuple[Neighbour, ...]
    """Those with most relations first; at most ten of `profile.neighbours`."""

    @property
    def id(self) -> str:
        """Its id, by which `graph.relations(subject=…)` finds it too."""
        return self.profile.entity.id

    @property
    def iri(self) -> str:
        """Its node in the graph."""
        return self.profile.entity.iri

    @property
    def name(self) -> str:
        """Its fullest name."""
        return self.profile.entity.name

    @property
    def names(self) -> tuple[str, ...]:
        """All its names, the fullest first, then the most used."""
        return tuple(one.name for one in self.profile.names)

    @property
    def type(self) -> EntityType:
        """What kind of thing it is."""
        return self.profile.entity.type

    @property
    def country(self) -> str | None:
        """ISO 3166-1 alpha-3 code of the state that it is or belongs to; None where that is not known."""
        return self.profile.entity.country

    @property
    def sector(self) -> str | None:
        """PLOVER actor sector; None where that is not known."""
        return self.profile.entity.sector

    @property
    def wikidata(self) -> str | None:
        """Its Wikidata id; None where that is not known."""
        return self.profile.wikidata

    def __repr__(self) -> str:
        profile, others = self.profile, ", ".join(self.names[1:_FEW])
        known = [self.type.value, *filter(None, (self.country, self.sector, self.wikidata))]
        with_ = ", ".join(f"{one.entity.name} {one.bundle.weight:,}" for one in self.neighbours)
        lines = [
            f"{clipped(self.name)} ({', '.join(known)})",
            f"also {others}" * bool(others),
            f"{_number(profile.relations, 'relation')} in {_number(profile.articles, 'article')}"
            + (f", {profile.first} to {profile.last}" if profile.first else ""),
            f"Most relations with: {with_}" * bool(with_),
        ]
        return visible("\n".join(filter(None, lines)))

    def _repr_html_(self) -> str:
        near = [Count(value=one.entity.name, count=one.bundle.weight) for one in self.neighbours]
        values = {"profile": self.profile, "neighbours": near, "roles": self.profile.roles[:_FEW]}
        return render("entity_card", {**values, "limit": _FEW})


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ArticleCard:
    """An article with what was found in it, which is highlighted in its text."""

    article: Article
    mentions: tuple[Note, ...]
    """Start and end of the words that stand for entities, with the entities' names; in their order."""
    statements: Statements
    """Its relations, in the order of the text; their ends bear the names of all articles."""

    @property
    def text(self) -> str:
        """Its text, exactly as it was read."""
        return self.article.text

    @property
    def relations(self) -> tuple[Relation, ...]:
        """Its relations, in the order of the text."""
        return tuple(statement.relation for statement in self.statements)

    def __repr__(self) -> str:
        article, count = self.article, len(self.mentions)
        facts = ", ".join(filter(None, (article.title, article.source, article.published)))
        found = f"{_number(len(self.relations), 'relation')}, {_number(count, 'mention')}"
        lines = [f"Article {article.id!r}: {facts or clipped(self.text, 80)}"]
        lines += [_told(relation) for relation in self.relations[:ROWS]]
        return visible("\n".join([*lines, found]))

    def _repr_html_(self) -> str:
        return article_html(self.article, self.relations, self.mentions)


def graph_card(store: Store) -> GraphCard:
    """A graph at a glance; takes about a second for a million quads.

    >>> graph_card(Store.in_memory())
    Graph of 0 articles: 0 entities, 0 relations
    """
    ranked = ask(store, "top-actors", {}).records()[:_FEW]
    times = timeline(store)
    return GraphCard(
        totals=overview(store).totals,
        top=tuple(Count(value=str(row["entity"]), count=int(row["independent"] or 0)) for row in ranked),
        first=times.first,
        last=times.last,
    )


def entity_card(store: Store, key: str) -> EntityCard:
    """An entity with what is known of it.

    Args:
        store: The graph.
        key: Its IRI or id.

    Raises:
        MissingError: The graph has no such entity.

    >>> from kg.types import Entity
    >>> ana = Entity(id="Ana_Bell", name="Ana Bell", type=EntityType.PERSON)
    >>> store = Store.in_memory()
    >>> store.add(Extraction(article=Article(id="a", text="Ana Bell spoke."), entities=(ana,)))
    True
    >>> entity_card(store, "Ana_Bell").name
    'Ana Bell'
    """
    near = neighbours(store, key, bounds=Bounds(limit=_FEW)).neighbours
    return EntityCard(profile=entity(store, key), neighbours=near.items)


def article_card(extraction: Extraction, statements: Iterable[Statement]) -> ArticleCard:
    """An article with what was found in it.

    Args:
        extraction: Of the article.
        statements: Its relations, with the names that are shown.

    >>> article_card(Extraction(article=Article(id="a", text="Ana Bell spoke.")), []).article.id
    'a'
    """
    found = Statements(statements)
    ends = (end for one in found for end in (one.relation.subject, one.relation.object))
    names = {entity.id: entity.name for entity in (*extraction.entities, *ends)}
    return ArticleCard(
        article=extraction.article,
        mentions=tuple((one.start, one.end, names[one.entity_id]) for one in extraction.mentions),
        statements=found,
    )


def _number(count: int, noun: str) -> str:
    return counted(count, count, noun)


def _told(relation: Relation, article: Article | None = None) -> str:
    """A relation in a line, and the sentence that says so in the next."""
    facts = [relation.relation_class, relation.status.value, relation.time, f"{relation.confidence:.2f}"]
    claim = f"{relation.subject.name} {relation.predicate} {relation.object.name}"
    line = f"{claim} ({', '.join(filter(None, facts))})"
    source = f" [{article.id}]" if article else ""
    return visible(f"{clipped(line)}\n    “{clipped(relation.evidence.text, 160)}”{source}")
