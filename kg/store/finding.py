"""Finds stored relations by what people have of them: an IRI or its end, a row of an export, or words."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

import pyoxigraph as ox

from kg.errors import StoreError
from kg.evaluation import fold
from kg.rdf.iris import Kind, mint
from kg.store.reading import read_relations_at
from kg.store.store import Store
from kg.types import Entity, Relation
from kg.vocabulary import KG, RDF

SHORTEST_END = 4
"""Characters of the end of an IRI, so that no word is taken for one."""
MOST = 8
"""Relations that are listed where several fit."""
NEAREST = 3
"""Relations that are listed where none fits."""
_IRI = re.compile(r"<?(?P<iri>\S+?)>?")
_DIGITS = re.compile(r"[0-9a-f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A stored relation."""

    iri: str
    article: str
    """Id of the article that states it."""
    relation: Relation
    is_by_iri: bool = False
    """Whether it was asked for by its IRI."""


def find_relation(store: Store, words: str) -> Found:
    """The one relation that some words mean.

    Args:
        store: The graph.
        words: The relation's IRI, with a prefix or in brackets, or the beginning of its last part; or a row
            of `kg export --format jsonl`; or words that are all found in the names of its ends, its
            predicate, property, class, status, time and article, as in a row that `kg query` shows.

    Raises:
        StoreError: No relation fits, or several do.
    """
    every = _relations(store, words.strip())
    found = _fitting(every, words.strip(), store.base)
    if len(found) == 1:
        return found[0]
    if found:
        more = f"; and {len(found) - MOST} more" if len(found) > MOST else ""
        listed = _listed(found[:MOST])
        raise StoreError(
            f"{len(found)} relations fit {words!r}; name one by the first word of: {listed}{more}."
        )
    near = _nearest(every, words)
    hint = f" The nearest are: {_listed(near)}." if near else ""
    raise StoreError(
        f"No relation of the graph fits {words!r}; give its IRI, which "
        "`kg query GRAPH 'SELECT ?r { ?r a kg:Relation }'` lists, a row of `kg export`, or its names and "
        f"predicate.{hint}"
    )


def _relations(store: Store, words: str) -> list[Found]:
    """The relations whose IRIs the words can mean, else all, in the order of their IRIs."""
    nodes = [q.subject for q in store.data.quads_for_pattern(None, RDF.type, KG.Relation, None)]
    named = sorted((n for n in nodes if isinstance(n, ox.NamedNode)), key=lambda node: node.value)
    by_iri = _by_iri(named, words, store.prefixes.get("rel", ""))
    rows = read_relations_at(store.data, store.vocabulary, by_iri or named)
    return [
        Found(iri=iri, article=article, relation=relation, is_by_iri=bool(by_iri))
        for iri, article, relation in rows
    ]


def _fitting(every: list[Found], words: str, base: str) -> list[Found]:
    """The relations that the words mean, by their own words before those of place or source."""
    if any(one.is_by_iri for one in every):
        return every
    if words.startswith("{"):
        row = _row(words)
        return [one for one in every if _is_row(one, row, base)]
    wanted = set(fold(words).split())
    for known in (_own_words, _all_words):
        if found := [one for one in every if wanted and wanted <= known(one)]:
            return found
    return []


def _nearest(every: list[Found], words: str) -> list[Found]:
    """The relations that share most words, at most three."""
    wanted = set(fold(words).split())
    shared = [(len(wanted & _all_words(one)), one) for one in every]
    most = sorted((pair for pair in shared if pair[0]), key=lambda pair: (-pair[0], pair[1].iri))
    return [one for _, one in most[:NEAREST]]


def _by_iri(nodes: list[ox.NamedNode], words: str, base: str) -> list[ox.NamedNode]:
    """The nodes that an IRI, or the beginning of its last part, means."""
    match = _IRI.fullmatch(words)
    if match is None:
        return []
    iri = match["iri"].removeprefix("rel:")
    exact = [node for node in nodes if node.value in {iri, f"{base}{iri}"}]
    end = iri.rpartition("/")[2]
    if exact or len(end) < SHORTEST_END or not _DIGITS.fullmatch(end):
        return exact
    return [node for node in nodes if node.value.rpartition("/")[2].startswith(end)]


def _row(words: str) -> dict[str, object]:
    try:
        row = json.loads(words)
    except ValueError as error:
        raise StoreError(
            f"The row is not JSON ({error}); give a line of `kg export --format jsonl`."
        ) from error
    return dict(row) if isinstance(row, dict) else {}


def _is_row(found: Found, row: dict[str, object], base: str) -> bool:
    """Whether a row of the exchange format shows a relation."""
    relation, evidence = found.relation, row.get("evidence")
    start = evidence.get("start") if isinstance(evidence, dict) else None
    pairs = (
        (row.get("article"), found.article),
        (row.get("class"), relation.relation_class),
        (row.get("predicate"), relation.predicate),
        (row.get("status"), relation.status.value),
        (start, relation.evidence.start),
        (_id(row.get("subject")), mint(Kind.ENTITY, relation.subject.id, base=base)),
        (_id(row.get("object")), mint(Kind.ENTITY, relation.object.id, base=base)),
    )
    return all(given == has for given, has in pairs)


def _id(end: object) -> object:
    return end.get("id") if isinstance(end, dict) else None


def _own_words(found: Found) -> set[str]:
    """The words of a relation's ends and kind."""
    relation = found.relation
    kinds = (relation.relation_class, relation.status.value, relation.time or "", "kg")
    said = (relation.predicate, relation.property or "", *kinds)
    return _folded(*said, *_names(relation.subject), *_names(relation.object))


def _all_words(found: Found) -> set[str]:
    """All words that a row may show of a relation."""
    others = (found.relation.place, found.relation.attribution)
    names = [name for entity in others if entity is not None for name in _names(entity)]
    return _own_words(found) | _folded(found.article, *names)


def _folded(*texts: str) -> set[str]:
    return {word for text in texts for word in fold(text.replace("_", " ")).split()}


def _names(entity: Entity) -> tuple[str, ...]:
    return (entity.name, entity.id, *entity.aliases)


def _listed(found: list[Found]) -> str:
    return "; ".join(f"{one.iri.rpartition('/')[2]} ({_summary(one.relation)})" for one in found)


def _summary(relation: Relation) -> str:
    return f"{relation.subject.name} {relation.predicate} {relation.object.name}, {relation.status.value}"
