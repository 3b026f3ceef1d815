"""Reads what stands in a store around one node, and remembers it where the store cannot change."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, Protocol, TypeVar
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from kg.exploration.records import ArticleBrief, Basis, EntityBrief, Repeated, When
from kg.rdf.articles import read_article
from kg.rdf.entities import read_description
from kg.rdf.graphs import DEFAULT
from kg.rdf.quads import Term, index_quads, iri_of, term_text
from kg.store import Store
from kg.store.periods import period_of
from kg.store.repeats import original_of
from kg.types import DatePrecision, EntityType, Status
from kg.vocabulary import KG, RDF, SCHEMA, SKOS, Vocabulary

MOST_LINKS = 50_000
"""Relations that are remembered: some 20 MB."""
MOST_ARTICLES = 20_000
MOST_ENTITIES = 50_000
MOST_ANSWERS = 256
_ENDS = (KG.subject, KG.object)
_DESCRIBING = (RDF.type, SKOS.prefLabel, KG.country, KG.sector)
_PUBLISHED = (
    SCHEMA.identifier, SCHEMA.headline, SCHEMA.datePublished, KG.dateBasis, SCHEMA.publisher, SCHEMA.url,
    SCHEMA.license,
)  # fmt: skip
"""What is read of an article: all but its text."""
_PRECISIONS = {4: DatePrecision.YEAR, 7: DatePrecision.MONTH, 10: DatePrecision.DAY}

_Kept = TypeVar("_Kept")


@dataclass(frozen=True, slots=True)
class Link:
    """A relation as its node says it; IRIs of its ends are those that entities are shown as."""

    iri: str
    article: str
    """IRI of the article."""
    subject: str
    object: str
    predicate: str
    property: str | None
    relation_class: str
    status: Status
    symmetric: bool
    attribution: str | None
    place: str | None
    time: str | None
    confidence: float
    evidence: str
    """IRI of the sentence."""

    def other(self, node: str) -> str:
        """The end that is not the node; the node where both are."""
        return self.object if self.subject == node else self.subject


class Dated(Protocol):
    """A relation, as far as its days are concerned."""

    @property
    def article(self) -> str:
        """IRI of the article."""

    @property
    def time(self) -> str | None:
        """Its own time."""


class Reader:
    """What functions read a store with.

    >>> Reader(Store.in_memory()).links("https://example.org/nobody")
    ()
    """

    def __init__(self, store: Store) -> None:
        self.data = store.data
        self.base = store.base
        self.vocabulary = store.vocabulary
        self._statuses = {concept.iri: status for status, concept in self.vocabulary.statuses.items()}
        self._links = _Memory[tuple[Link, ...]](MOST_LINKS)
        self._articles = _Memory[ArticleBrief | None](MOST_ARTICLES)
        self._days = _Memory[str | None](MOST_ARTICLES)
        self._reports = _Memory[str](MOST_ARTICLES)
        self._publishers = _Memory[str | None](MOST_ARTICLES)
        self._names = _Memory[str](MOST_ENTITIES)
        self._types = _Memory[str](MOST_ENTITIES)
        self._answers = _Memory[object](MOST_ANSWERS)
        self._described: Mapping[str, EntityBrief] = {}

    def links(self, node: str) -> tuple[Link, ...]:
        """The relations of an entity, each once, by IRI; with those of what is merged into it."""
        return self._links.get(node, lambda: self._read_links(node), cost=len)

    def count(self, node: str) -> int:
        """How many relations an entity is an end of; at most twice those that connect it with itself."""
        entity = ox.NamedNode(node)
        return sum(1 for end in _ENDS for _ in self.data.quads_for_pattern(None, end, entity, None))

    def every_link(
        self, predicate: ox.NamedNode = RDF.type, values: Iterable[ox.NamedNode] = (KG.Relation,)
    ) -> Iterator[Link]:
        """All relations that have one of some values, in no order; all of them at first; some 0.1 ms each."""
        nodes = dict.fromkeys(
            quad.subject
            for value in values
            for quad in self.data.quads_for_pattern(None, predicate, value, None)
        )
        found = (self.link(node) for node in nodes if isinstance(node, ox.NamedNode))
        return (link for link in found if link is not None)

    def link(self, node: ox.NamedNode) -> Link | None:
        """The relation of a node; None where it is none, or not a whole one."""
        said: dict[str, Term] = {}
        kinds, article = [], ""
        for quad in self.data.quads_for_pattern(node, None, None, None):
            if quad.predicate == RDF.type:
                kinds.append(iri_of(quad.object))
            elif quad.graph_name == DEFAULT:  # repeats the ends that are merged, as they are shown
                said[quad.predicate.value] = quad.object
            else:
                said.setdefault(quad.predicate.value, quad.object)
            article = iri_of(quad.graph_name) or article
        return self._link(node.value, article, kinds, said)

    def _link(self, iri: str, article: str, kinds: list[str], said: dict[str, Term]) -> Link | None:
        def _iri(predicate: ox.NamedNode) -> str | None:
            return iri_of(said.get(predicate.value)) or None

        def _text(predicate: ox.NamedNode) -> str | None:
            term = said.get(predicate.value)
            return None if term is None else term_text(term)

        subject, object_, evidence = _iri(KG.subject), _iri(KG.object), _iri(KG.evidence)
        status = self._statuses.get(_iri(KG.status) or "")
        if KG.Relation.value not in kinds or not (subject and object_ and evidence and status and article):
            return None
        kind = min((one for one in kinds if one != KG.Relation.value), default="OTHER")
        property_ = _iri(KG.property)
        return Link(
            iri=iri,
            article=article,
            subject=subject,
            object=object_,
            predicate=_text(KG.predicate) or "",
            property=None if property_ is None else local_name(property_),
            relation_class=local_name(kind),
            status=status,
            symmetric=_text(KG.symmetric) == "true",
            attribution=_iri(KG.attribution),
            place=_iri(KG.place),
            time=_text(KG.time),
            confidence=confidence_of(_text(KG.confidence)),
            evidence=evidence,
        )

    def article(self, iri: str) -> ArticleBrief | None:
        """An article without its text; None where there is none."""
        return self._articles.get(iri, lambda: self._read_article(iri))

    def published(self, article: str) -> str | None:
        """When an article was published, as far as it is known; None where nothing is."""
        return self._days.get(article, lambda: self._stated(article, SCHEMA.datePublished))

    def publisher(self, article: str) -> str | None:
        """Who published an article; None where that is not known."""
        return self._publishers.get(article, lambda: self._stated(article, SCHEMA.publisher))

    def report(self, article: str) -> str:
        """The article that was published first of those that print one report, the same for all copies."""
        return self._reports.get(article, lambda: (original_of(self.data, article) or (article,))[0])

    def _repeated_by(self, article: str) -> Repeated | None:
        """The article whose report one repeats; None where it repeats none."""
        original = original_of(self.data, article)
        if original is None:
            return None
        iri, kind = original
        return Repeated(
            id=self._stated(iri, SCHEMA.identifier) or local_name(iri),
            kind=kind,
            title=self._stated(iri, SCHEMA.headline),
            published=self.published(iri),
            publisher=self.publisher(iri),
        )

    def entity(self, iri: str) -> EntityBrief:
        """An entity; one that is not described bears the end of its IRI as its name."""
        if iri in self._described:
            return self._described[iri]
        node = ox.NamedNode(iri)
        quads = (
            quad
            for predicate in _DESCRIBING
            for quad in self.data.quads_for_pattern(node, predicate, None, DEFAULT)
        )
        said = index_quads(quads).get(iri, {})
        said.setdefault(SKOS.prefLabel.value, [ox.Literal(local_name(iri))])
        found = brief_of(iri, said, self.vocabulary)
        if found is None:  # never, since there is a name
            raise KeyError(iri)
        return found

    def name(self, iri: str) -> str:
        """The name of an entity; the end of its IRI where it has none."""
        if iri in self._described:
            return self._described[iri].name
        return self._names.get(iri, lambda: min(self._said(iri, SKOS.prefLabel), default=local_name(iri)))

    def type(self, iri: str) -> str:
        """The type of an entity."""
        if iri in self._described:
            return self._described[iri].type.value
        return self._types.get(iri, lambda: self._read_type(iri))

    def keep_entities(self, found: Mapping[str, EntityBrief]) -> None:
        """Takes what is said of entities as known, while the reader lives."""
        self._described = found

    def shown(self, iri: str) -> str:
        """The entity that one is shown as: itself, unless it is merged into another."""
        return min(self._said(iri, KG.mergedInto), default=iri)

    def when(self, link: Dated) -> When | None:
        """The days of a relation, by its time, else by its article's date; None where neither is known."""
        own = period(link.time, Basis.RELATION)
        if own is not None:
            return own
        return period(self.published(link.article), Basis.ARTICLE)

    def answer(self, key: Hashable, make: Callable[[], _Kept]) -> _Kept:
        """What a function gives, remembered by its name and arguments."""
        return self._answers.get(key, make)  # type: ignore[return-value]  # a key is of one function

    def _read_links(self, node: str) -> tuple[Link, ...]:
        entity = ox.NamedNode(node)
        pointing = (quad for end in _ENDS for quad in self.data.quads_for_pattern(None, end, entity, None))
        nodes = {quad.subject for quad in pointing if isinstance(quad.subject, ox.NamedNode)}
        found = map(self.link, sorted(nodes, key=lambda one: one.value))
        # A merged entity stands in its article's graph still, but is shown as another.
        return tuple(link for link in found if link is not None and node in {link.subject, link.object})

    def _stated(self, article: str, predicate: ox.NamedNode) -> str | None:
        """What the graph of an article says of it."""
        node = ox.NamedNode(article)
        quads = self.data.quads_for_pattern(node, predicate, None, node)
        return min((term_text(quad.object) for quad in quads), default=None)

    def _said(self, iri: str, predicate: ox.NamedNode) -> list[str]:
        """What the default graph says of an entity."""
        quads = self.data.quads_for_pattern(ox.NamedNode(iri), predicate, None, DEFAULT)
        return [term_text(quad.object) for quad in quads]

    def _read_type(self, iri: str) -> str:
        kinds = set(self._said(iri, RDF.type))
        found = (kind for kind, concept in self.vocabulary.types.items() if concept.iri in kinds)
        return next(found, EntityType.THING).value

    def _read_article(self, iri: str) -> ArticleBrief | None:
        node = ox.NamedNode(iri)
        quads = self.data.quads_for_pattern(
            node, None, None, node
        )  # with the text: one look takes less than seven
        said = index_quads(quads).get(iri, {})
        if SCHEMA.identifier.value not in said:
            return None
        article, repeated = read_article(said), self._repeated_by(iri)
        return ArticleBrief(
            id=article.id,
            iri=iri,
            title=article.title,
            published=article.published,
            date_basis=article.date_basis if article.date else None,
            publisher=article.source,
            url=article.url,
            license=article.license,
            copy_of=None if repeated is None else repeated.id,
            repeats=repeated,
        )


def reader_of(store: Store) -> Reader:
    """What a store is read with: one that remembers where the store cannot change, else a new one.

    >>> store = Store.in_memory()
    >>> reader_of(store) is reader_of(store)
    False
    """
    if not store.read_only:
        return Reader(store)
    if store not in _READERS:
        _READERS[store] = Reader(store)
    return _READERS[store]


def brief_of(iri: str, said: dict[str, list[Term]], vocabulary: Vocabulary) -> EntityBrief | None:
    """An entity as the default graph describes it; None where it does not name it.

    Args:
        iri: Of the entity.
        said: What is said of it, by predicate.
        vocabulary: Of the graph.
    """
    found = read_description(iri, said, vocabulary)
    if found is None:
        return None
    return EntityBrief(
        id=found.id, iri=iri, name=found.name, type=found.type, country=found.country, sector=found.sector
    )


@lru_cache(maxsize=4096)
def period(time: str | None, basis: Basis) -> When | None:
    """The days that a time stands for; None of None, and of what is no year, month or day.

    >>> period("2024-02", Basis.RELATION).last.isoformat()
    '2024-02-29'
    """
    found = period_of(time)
    if found is None or time is None:
        return None
    return When(
        first=found.first, last=found.last or found.first, precision=_PRECISIONS[len(time)], basis=basis
    )


def local_name(iri: str) -> str:
    """The end of an IRI, which names a term of an ontology.

    >>> local_name("https://w3id.org/actors-kg/ontology#meets")
    'meets'
    """
    return iri.replace("#", "/").rpartition("/")[2]


def link_iris(links: Iterable[Link]) -> set[str]:
    """The IRIs of all ends."""
    return {end for link in links for end in (link.subject, link.object)}


def confidence_of(text: str | None) -> float:
    """A confidence as it is written, 0–1; 1 where none is said.

    >>> confidence_of("0.5"), confidence_of(None)
    (0.5, 1.0)
    """
    try:
        return min(max(float(text or "1"), 0.0), 1.0)
    except ValueError:
        return 1.0


_READERS: WeakKeyDictionary[Store, Reader] = WeakKeyDictionary()


class _Memory(Generic[_Kept]):
    """Remembers what was read last, up to a cost."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._cost = 0
        self._kept: OrderedDict[Hashable, tuple[_Kept, int]] = OrderedDict()

    def get(
        self, key: Hashable, make: Callable[[], _Kept], *, cost: Callable[[_Kept], int] | None = None
    ) -> _Kept:
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key][0]
        value = make()
        size = 1 + (cost(value) if cost else 0)
        if size <= self._most:
            self._kept[key] = value, size
            self._cost += size
        while self._cost > self._most:
            self._cost -= self._kept.popitem(last=False)[1][1]
        return value
