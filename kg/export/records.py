"""What every way out starts from: relations with their articles, and the part of a graph around an entity."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.display.rendering import render
from kg.errors import ExportError
from kg.evaluation import fold
from kg.rdf.iris import entity_id
from kg.types import Article, Entity, Relation

_LISTED = 8
"""Entities that an error lists at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A relation, and the article that states it."""

    article: Article
    relation: Relation
    iri: str | None = None
    """Its node in the graph; None where it was not read from one."""
    copy_of: str | None = None
    """Id of the article whose report this one repeats, the first published; None where it repeats none."""

    @property
    def report(self) -> str:
        """Id of the article whose report it is: the same for an article and its copies."""
        return self.copy_of or self.article.id

    def _repr_html_(self) -> str:
        return render("relation", {"relation": self.relation, "article": self.article})


def statements_from(
    articles: Iterable[Article], relations: Iterable[tuple[str, Relation]]
) -> list[Statement]:
    """Joins relations with their articles by the articles' ids, in the order of the relations.

    >>> statements_from([], [])
    []
    """
    by_id = {article.id: article for article in articles}
    return [Statement(article=by_id[id_], relation=relation) for id_, relation in relations]


def entities_of(statements: Iterable[Statement]) -> list[Entity]:
    """Each entity at an end of a relation once, sorted by name; of several records the one with most aliases.

    >>> entities_of([])
    []
    """
    found: dict[str, Entity] = {}
    for statement in statements:
        for entity in (statement.relation.subject, statement.relation.object):
            known = found.get(entity.id)
            if known is None or len(entity.aliases) > len(known.aliases):
                found[entity.id] = entity
    return sorted(found.values(), key=lambda entity: (entity.name, entity.id))


def called(entities: Iterable[Entity], name: str) -> list[Entity]:
    """Those of the entities that a name means: by id, IRI, name or alias, else by words of their name.

    Case, accents and punctuation do not count.

    Raises:
        ExportError: No entity bears the name.
    """
    known = list(entities)
    ids = {name, entity_id(name)} if "://" in name else {name}
    wanted = fold(name)
    exact = [e for e in known if e.id in ids or wanted in {fold(n) for n in (e.name, *e.aliases)}]
    words = set(wanted.split())
    found = exact or [e for e in known if words and words <= set(fold(e.name).split())]
    if not found:
        raise ExportError(
            f"No entity is named {name!r}; `kg query GRAPH top-actors` lists some that are there."
        )
    return found


def around(statements: Sequence[Statement], ids: Iterable[str], *, hops: int = 1) -> list[Statement]:
    """The statements between entities at most so many relations away from those of these ids.

    >>> around([], ["Ana"])
    []
    """
    near: dict[str, set[str]] = defaultdict(set)
    for statement in statements:
        subject, object_ = statement.relation.subject.id, statement.relation.object.id
        near[subject].add(object_)
        near[object_].add(subject)
    reached = border = set(ids)
    for _ in range(hops):
        border = {other for one in border for other in near.get(one, ())} - reached
        reached = reached | border
    return _among(statements, reached)


def most_connected(statements: Sequence[Statement], limit: int) -> list[Statement]:
    """The statements among the entities with most relations, at most `limit` entities; ties by id.

    Those who have no relation to any of the others make room for the next.

    >>> most_connected([], 10)
    []
    """
    near: dict[str, Counter[str]] = defaultdict(Counter)
    for statement in statements:
        one, other = statement.relation.subject.id, statement.relation.object.id
        near[one][other] += 1
        near[other][one] += 1
    ranked = sorted(near, key=lambda id_: (-near[id_].total(), id_))
    kept: set[str] = set()
    joined: set[str] = set()
    for id_ in ranked:
        kept.add(id_)
        friends = near[id_].keys() & kept
        more = joined | friends | {id_} if friends else joined
        if len(more) > limit:
            break
        joined = more
    return _among(statements, joined)


def _among(statements: Sequence[Statement], ids: set[str]) -> list[Statement]:
    return [s for s in statements if {s.relation.subject.id, s.relation.object.id} <= ids]
