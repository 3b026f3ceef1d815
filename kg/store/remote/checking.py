"""What a store can do of what graphs here need, what it lacks, and what then does not work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.errors import QueryError, RemoteError
from kg.store.questions import Parameter, questions
from kg.store.remote.client import RemoteStore
from kg.store.remote.discovery import has_graphs, takes_updates
from kg.store.remote.records import Held, Records
from kg.store.remote.unions import ANY_ARTICLE

_NOBODY = "zzzz"
"""A name that no one bears, by which questions are asked that need one."""
_SAMPLES = {"text": _NOBODY, "iri": "urn:kg:none", "date": "2000-01-01"}
_LOCAL = "kg search, view, export, serve, verify and validate read a graph here: keep the one that was pushed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ability:
    """One thing that a store can do, or cannot."""

    name: str
    value: str
    """How it does it, or that it does not."""
    lack: str = ""
    """What does not work, where it cannot; else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a store holds and can do."""

    abilities: tuple[Ability, ...]
    articles: int | None
    """Graphs of articles; None where the store cannot count its graphs."""
    triples: int | None
    """Triples of all named graphs; None where the store cannot count them."""
    is_finished: bool
    """Whether no push was left half-way."""

    @property
    def lacks(self) -> tuple[str, ...]:
        """What does not work with the store."""
        return tuple(ability.lack for ability in self.abilities if ability.lack)


def check(remote: RemoteStore) -> Checked:
    """Finds out what a store holds and can do; nothing is changed in it.

    The named questions are each asked once, which takes as long as the store takes.

    Raises:
        RemoteError: It cannot be reached, or takes no queries.
    """
    records = Records(remote.base)
    held = records.read(remote)
    counts = held.counts
    articles = None if counts is None else sum(map(records.is_article, counts))
    return Checked(
        abilities=tuple(_abilities(remote, held)),
        articles=articles,
        triples=None if counts is None else sum(counts.values()),
        is_finished=held.is_finished,
    )


def _abilities(remote: RemoteStore, held: Held) -> Iterator[Ability]:
    yield Ability(name="queries", value=remote.query_url)
    yield _updates(remote)
    yield _graph_store(remote)
    yield _union(remote)
    yield _counting(held)
    if remote.union is not None:
        yield _questions(remote)
    yield Ability(name="search and pages", value="only of a graph here", lack=_LOCAL)


def _updates(remote: RemoteStore) -> Ability:
    url, graphs = remote.update_url, remote.graph_store_url
    if url is not None and takes_updates(remote.transport, url):
        return Ability(name="updates", value=url)
    if graphs is not None and has_graphs(remote.transport, graphs):
        lack = "each change of a triple sends its whole graph"
    else:
        lack = "nothing can be pushed to it (kg push, kg build --store): give a token or user that may write"
    return Ability(name="updates", value="none", lack=lack)


def _graph_store(remote: RemoteStore) -> Ability:
    url = remote.graph_store_url
    if url is not None and not has_graphs(remote.transport, url):
        url = None
    lack = "" if url else "whole graphs are put and read by updates and queries"
    return Ability(name="graph store", value=url or "none", lack=lack)


def _union(remote: RemoteStore) -> Ability:
    union = remote.union
    if union is None:
        lack = "named questions, and queries of articles without GRAPH: they see the default graph alone"
        return Ability(name="union of graphs", value="none", lack=lack)
    if not union and not remote.select(ANY_ARTICLE).answer:
        return Ability(name="union of graphs", value="not known while there are no articles")
    how = "by itself" if not union else "with " + "&".join(f"{name}={value}" for name, value in union)
    return Ability(name="union of graphs", value=how)


def _counting(held: Held) -> Ability:
    if held.counts is not None:
        return Ability(name="counting", value="of the triples of each graph")
    lack = "that another client changed a graph goes unseen: what is pushed is told by its hash alone"
    return Ability(name="counting", value="none", lack=lack)


def _questions(remote: RemoteStore) -> Ability:
    known = questions()
    failed = [one.name for one in known if not _is_answered(remote, one.name, one.parameters)]
    lack = f"these questions are not answered: {', '.join(failed)}" if failed else ""
    return Ability(name="named questions", value=f"{len(known) - len(failed)} of {len(known)}", lack=lack)


def _is_answered(remote: RemoteStore, name: str, parameters: tuple[Parameter, ...]) -> bool:
    values = {one.name: _SAMPLES[one.kind] for one in parameters}
    try:
        remote.ask(name, values)
    except (QueryError, RemoteError):
        return False
    return True
