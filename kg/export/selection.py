"""Which relations are meant: one record of all filters for exports, networks and data frames."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypedDict, TypeVar

from kg.errors import ExportError, VocabularyError
from kg.export.periods import bound_of, stated_period
from kg.export.records import Statement, around, called
from kg.store import Store, Wanted
from kg.store.reading import located_relations
from kg.store.repeats import original_ids
from kg.types import Entity, Relation, Status
from kg.vocabulary import Vocabulary

Kept = TypeVar("Kept")
_NEAR = 8
"""Names that an error lists at most."""


class Filters(TypedDict, total=False):
    """What relations may be narrowed by; where several values are given, one of them must fit."""

    subject: str | Entity | Iterable[str | Entity]
    """A name, alias, part of a name, id, IRI or entity."""
    object: str | Entity | Iterable[str | Entity]
    """The same of the other end. Symmetric relations match either way round."""
    place: str | Entity | Iterable[str | Entity]
    """The same of where it is."""
    attribution: str | Entity | Iterable[str | Entity]
    """The same of who says so."""
    property: str | Iterable[str]
    """Such as `meets`."""
    relation_class: str | Iterable[str]
    """Such as `CONSULT`."""
    status: str | Iterable[str]
    """Such as `planned`."""
    article: str | Iterable[str]
    """An article's id."""
    since: datetime.date | str | None
    """The first day, or all of a month or year: `2026-04`. A relation is when its time says, else when its
    article was published; with a bound, those without either are left out."""
    until: datetime.date | str | None
    """The last day, or all of a month or year."""
    min_confidence: float | None
    """0–1."""
    around: str | Entity | Iterable[str | Entity]
    """A name near whose entity the ends are, in the network of the relations that fit the rest."""
    hops: int
    """How near to it, in relations; 1 if nothing is said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Filters that were looked through; what is empty or None lets all pass."""

    subject: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    attribution: tuple[str, ...] = ()
    property: tuple[str, ...] = ()
    relation_class: tuple[str, ...] = ()
    status: tuple[Status, ...] = ()
    article: tuple[str, ...] = ()
    since: datetime.date | None = None
    until: datetime.date | None = None
    min_confidence: float | None = None
    around: tuple[str, ...] = ()
    hops: int = 1


def selection_of(filters: Filters, vocabulary: Vocabulary) -> Selection:
    """The filters, looked through.

    >>> from kg.vocabulary import load_vocabulary
    >>> selection_of({"status": "planned", "until": "2026"}, load_vocabulary()).until.isoformat()
    '2026-12-31'

    Raises:
        VocabularyError: The ontology has no such property, class or status.
        ExportError: A date, confidence or number of hops is none.
        TypeError: There is no such filter.
    """
    if unknown := sorted(filters.keys() - Filters.__annotations__.keys()):
        listed = ", ".join(Filters.__annotations__)
        raise TypeError(f"There is no filter {unknown[0]!r}; relations are narrowed by {listed}.")
    statuses = {status.value: status for status in vocabulary.statuses}
    names = _known("status", _all(filters.get("status")), statuses)
    selection = Selection(
        subject=_all(filters.get("subject")),
        object=_all(filters.get("object")),
        place=_all(filters.get("place")),
        attribution=_all(filters.get("attribution")),
        property=_known("property", _all(filters.get("property")), vocabulary.properties),
        relation_class=_known("relation class", _all(filters.get("relation_class")), vocabulary.classes),
        status=tuple(statuses[name] for name in names),
        article=_all(filters.get("article")),
        since=_bound(filters.get("since"), is_end=False),
        until=_bound(filters.get("until"), is_end=True),
        min_confidence=filters.get("min_confidence"),
        around=_all(filters.get("around")),
        hops=filters.get("hops", 1),
    )
    _refuse_nonsense(selection)
    return selection


def selected(store: Store, selection: Selection) -> list[Statement]:
    """The relations of a graph that are meant, by article and place in the text.

    Raises:
        ExportError: No entity bears a name.

    >>> selected(Store.in_memory(), Selection())
    []
    """
    wanted = Wanted(
        property=_only(selection.property),
        relation_class=_only(selection.relation_class),
        status=_only(selection.status),
        article=_only(selection.article),
    )
    articles = {article.id: article for article in store.articles()}
    originals = original_ids(store.data)
    statements = [
        Statement(article=articles[id_], relation=relation, iri=iri, copy_of=originals.get(id_))
        for iri, id_, relation in located_relations(store.data, store.vocabulary, wanted)
    ]
    has_names = any((selection.subject, selection.object, selection.place, selection.attribution))
    return select(statements, selection, store.entities() if has_names or selection.around else ())


def select(
    statements: Sequence[Statement], selection: Selection, entities: Sequence[Entity]
) -> list[Statement]:
    """Those of the statements that are meant, in their order.

    Args:
        statements: Some relations.
        selection: Which of them.
        entities: Those that names may mean.

    Raises:
        ExportError: No entity bears a name.

    >>> select([], Selection(), [])
    []
    """
    fitting = [statement for statement in statements if _fits(statement, selection)]
    for ends in (_Ends.named(selection, entities), _others(selection, entities)):
        fitting = [statement for statement in fitting if ends(statement.relation)]
    if not selection.around:
        return fitting
    near = {entity.id for name in selection.around for entity in called(entities, name)}
    return around(fitting, near, hops=selection.hops)


@dataclass(frozen=True, slots=True)
class _Ends:
    """Whether a relation has ends of these ids, a symmetric one either way round."""

    subjects: frozenset[str] | None
    objects: frozenset[str] | None

    @classmethod
    def named(cls, selection: Selection, entities: Sequence[Entity]) -> _Ends:
        return cls(_ids(entities, selection.subject), _ids(entities, selection.object))

    def __call__(self, relation: Relation) -> bool:
        return self._have(relation.subject, relation.object) or (
            relation.symmetric and self._have(relation.object, relation.subject)
        )

    def _have(self, first: Entity, second: Entity) -> bool:
        return _is_among(first, self.subjects) and _is_among(second, self.objects)


def _others(selection: Selection, entities: Sequence[Entity]) -> Callable[[Relation], bool]:
    places, voices = _ids(entities, selection.place), _ids(entities, selection.attribution)
    return lambda one: _is_among(one.place, places) and _is_among(one.attribution, voices)


def _ids(entities: Sequence[Entity], names: Sequence[str]) -> frozenset[str] | None:
    """The ids that names mean; None, for any, of no names."""
    return frozenset(entity.id for name in names for entity in called(entities, name)) if names else None


def _is_among(entity: Entity | None, ids: frozenset[str] | None) -> bool:
    return ids is None or (entity is not None and entity.id in ids)


def _fits(statement: Statement, selection: Selection) -> bool:
    relation = statement.relation
    given: tuple[tuple[Sequence[str], str | None], ...] = (
        (selection.property, relation.property),
        (selection.relation_class, relation.relation_class),
        (selection.status, relation.status),
        (selection.article, statement.article.id),
    )
    is_sure = selection.min_confidence is None or relation.confidence >= selection.min_confidence
    return is_sure and all(not some or one in some for some, one in given) and _is_then(statement, selection)


def _is_then(statement: Statement, selection: Selection) -> bool:
    """Whether the days of a relation have one in common with those that are asked for."""
    since, until = selection.since, selection.until
    if since is None and until is None:
        return True
    period = stated_period(statement.article, statement.relation)
    if period is None:
        return False
    begins = until is None or period.first <= until
    return begins and (since is None or period.last is None or period.last >= since)


def _all(given: str | Entity | Iterable[str | Entity] | None) -> tuple[str, ...]:
    if given is None:
        return ()
    several = (given,) if isinstance(given, str | Entity) else given
    return tuple(one.id if isinstance(one, Entity) else one for one in several)


def _only(given: Sequence[Kept]) -> Kept | None:
    return given[0] if len(given) == 1 else None


def _bound(given: datetime.date | str | None, *, is_end: bool) -> datetime.date | None:
    return None if given is None else bound_of(given, is_end=is_end)


def _known(kind: str, names: Sequence[str], known: Iterable[str]) -> tuple[str, ...]:
    """The names without a prefix; an error tells those that are near to one that is not known."""
    folded = {name.casefold(): name for name in known}
    short = [str(name).rpartition(":")[2].rpartition("#")[2].rpartition("/")[2] for name in names]
    for given, name in zip(names, short, strict=True):
        if name not in folded.values():
            near = [folded[one] for one in difflib.get_close_matches(name.casefold(), folded, cutoff=0.5)]
            listed = ", ".join(near or list(folded.values())[:_NEAR])
            raise VocabularyError(f"The ontology has no {kind} {str(given)!r}; there are {listed}.")
    return tuple(short)


def _refuse_nonsense(selection: Selection) -> None:
    least, since, until = selection.min_confidence, selection.since, selection.until
    if least is not None and not 0 <= least <= 1:
        raise ExportError(f"A confidence lies in 0–1, which {least!r} does not; give such as 0.5.")
    if since is not None and until is not None and since > until:
        raise ExportError(f"Nothing is both since {since} and until {until}; swap the two.")
    if selection.hops < 0:
        raise ExportError(f"Nothing is {selection.hops} relations away; give 0 or more hops.")
