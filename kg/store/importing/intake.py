"""Takes files of RDF into a graph: all of them, or, where anything is wrong, nothing.

Everything is made in a folder beside the graph's data (`STAGING`), which takes its place in one step at the
end. A graph without articles becomes what the files hold, loaded at the pace of the embedded store. In a
graph with articles each article of the files replaces that of the same id or comes to the others; the default
graph, and who is one with whom, are derived anew from the articles of both and from the users' judgements of
both, of which the files' win.

Of what is inferred and of when a graph was worked on nothing is taken: the first is made anew where a file
had it, the second is another machine's.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import pyoxigraph as ox

from kg.errors import ImportedError, KgError, StoreError
from kg.rdf.graphs import DEFAULT, graph_node
from kg.rdf.iris import NamedGraph
from kg.rdf.judgements import USER, judgement_quads, read_judgements
from kg.rdf.ontology import is_same_turtle, ontology_text
from kg.store.folder import (
    MARKER,
    ONTOLOGY,
    STAGING,
    adopt_data,
    keep_ontology,
    kept_ontology,
    refuse_other,
)
from kg.store.importing.agreement import agrees
from kg.store.importing.deriving import derive
from kg.store.importing.membership import restore_repeated
from kg.store.importing.sources import Source, load, source_of
from kg.store.importing.structure import Contents, read_contents, refuse_faults
from kg.store.inference import infer
from kg.store.store import Store
from kg.types import Judgement
from kg.vocabulary import SCHEMA, Vocabulary, load_vocabulary

_FILES, _UNION = "files", "union"


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did."""

    added: int = 0
    """Articles that the graph had not."""
    replaced: int = 0
    """Articles that the graph had under the same id, with another text or another reading."""
    unchanged: int = 0
    """Articles that the graph had as they are."""
    judgements: int = 0
    """Users' judgements that came with the files."""
    is_derived: bool = False
    """Whether the default graph was made anew, rather than taken from a file that agrees with its
    articles."""
    inferred: int = 0
    """Triples that were inferred anew, since a file had such."""
    altered: tuple[str, ...] = ()
    """Ids of articles in the files whose text has another hash than they say; `kg verify` tells what that
    means."""

    @property
    def is_change(self) -> bool:
        """Whether the graph is another than before."""
        return bool(self.added or self.replaced or self.judgements)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Staged:
    """Files that are loaded and found in order."""

    store: Store
    contents: Contents
    ontology: Path | None
    """What the graph will keep."""
    had_inferred: bool


def import_rdf(
    paths: Iterable[str | Path],
    out: str | Path,
    *,
    format_: str | None = None,
    ontology: Path | None = None,
) -> Imported:
    """Takes files of RDF into the graph in a folder, which is made if it is not there.

    Args:
        paths: Files, compressed by gzip or not, or `-` for standard input.
        out: The graph's folder.
        format_: One of `kg.store.FORMATS` for all files; None for the endings of their names.
        ontology: A Turtle file that defines further terms, which the graph keeps; None for those that it
            keeps already, and that the files carry.

    Raises:
        ImportedError: A file cannot be read, is malformed, or is no graph of this package.
        StoreError: The folder is something else, another process writes to it, or the disk is full.
        VocabularyError: An ontology says what is not allowed.
        JudgementError: The users' judgements of graph and files contradict each other.

    After an error the graph is as it was.

    >>> import tempfile
    >>> from kg.types import Article, Extraction
    >>> with tempfile.TemporaryDirectory() as folder, Store.in_memory() as store:
    ...     file = Path(folder) / "all.nq"
    ...     _ = store.add(Extraction(article=Article(id="a1", text="Ana met Bo.")))
    ...     store.dump("nq", file)
    ...     import_rdf([file], Path(folder) / "graph").added
    1
    """
    sources = [source_of(path, format_) for path in paths]
    if not sources:
        raise ImportedError("There is no file to import; name one, or - for standard input.")
    folder = Path(out)
    refuse_other(folder)
    graph = Store.open(folder, read_only=False) if (folder / MARKER).is_file() else None
    try:
        with _staging(folder) as staging:
            return _take(sources, folder, graph, ontology, staging)
    finally:
        if graph is not None:
            graph.close()


def _take(
    sources: Sequence[Source], folder: Path, graph: Store | None, ontology: Path | None, staging: Path
) -> Imported:
    if graph is not None and graph.ontology is not None:
        shutil.copyfile(graph.ontology, staging / ONTOLOGY)
    staged = _stage(sources, staging, ontology, graph.base if graph is not None else None)
    if graph is None or _is_empty(graph):
        made, done = _FILES, _complete(staged, is_whole=len(sources) == 1)
        if graph is not None:
            staged.store.data.extend(_quads(graph.data, NamedGraph.BUILDS, graph.base))
    else:
        made, done = _UNION, _unite(graph, staged, staging)
    staged.store.data.flush()
    staged.store.close()
    if (staging / ONTOLOGY).is_file():  # first, since it may only add to what the graph's data needs
        (staging / ONTOLOGY).replace(folder / ONTOLOGY)
    if done.is_change:
        held = graph.data if graph is not None else None  # keeps other writers out
        if graph is not None:
            graph.close()
        adopt_data(folder, staging / made, staged.contents.base)
        del held
    return done


@contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """A folder to work in, within the graph's; gone afterwards, as is the graph's where none was made."""
    staging = folder / STAGING
    existed = folder.exists()
    try:
        _clear(staging)
        staging.mkdir(parents=True)
        yield staging
    except KgError:
        raise
    except OSError as error:
        raise StoreError(
            f"The import into {str(folder)!r} stopped: {error}; make room on the disk or name another "
            "folder. Nothing has changed."
        ) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        if not existed and not (folder / MARKER).is_file():
            shutil.rmtree(folder, ignore_errors=True)


def _clear(staging: Path) -> None:
    """Removes what a stopped import left, if no other is at work."""
    if (staging / _FILES).is_dir():
        try:
            ox.Store(str(staging / _FILES))
        except OSError as error:
            if "lock" in str(error).lower():
                raise StoreError(
                    f"Another import into {str(staging.parent)!r} is at work; wait for it."
                ) from error
    shutil.rmtree(staging, ignore_errors=True)


def _stage(sources: Sequence[Source], staging: Path, ontology: Path | None, base: str | None) -> _Staged:
    """Loads the files, and refuses what is not in order."""
    data = ox.Store(str(staging / _FILES))
    name = ", ".join(map(str, sources))
    for source in sources:
        load(source, data)
    if not all(source.has_graphs for source in sources):
        restore_repeated(data)
    contents = read_contents(data, name)
    if base is not None and contents.base != base:
        raise ImportedError(
            f"{name}: the IRIs are minted under {contents.base!r}, but those of the graph under {base!r}; "
            "import it into a graph of its own.",
            source=name,
        )
    vocabulary = _widened(data, contents.base, staging, ontology)
    refuse_faults(data, contents, vocabulary, name)
    had_inferred = next(_quads(data, NamedGraph.INFERRED, contents.base), None) is not None
    for graph in (NamedGraph.INFERRED, NamedGraph.BUILDS, NamedGraph.ONTOLOGY):
        data.remove_graph(graph_node(graph, contents.base))
    store = Store(data, base=contents.base, vocabulary=vocabulary)
    return _Staged(store=store, contents=contents, ontology=kept_ontology(staging), had_inferred=had_inferred)


def _widened(data: ox.Store, base: str, staging: Path, ontology: Path | None) -> Vocabulary:
    """The vocabulary with what the graph keeps, the files carry and is given; kept in the staging."""
    text = ontology_text(_quads(data, NamedGraph.ONTOLOGY, base))
    kept = kept_ontology(staging)
    if text and not (kept is not None and is_same_turtle(text, kept.read_text(encoding="utf-8"))):
        carried = staging / "carried.ttl"
        carried.write_text(text, encoding="utf-8")
        keep_ontology(staging, carried)
    if ontology is not None:
        keep_ontology(staging, ontology)
    return load_vocabulary(kept_ontology(staging))


def _complete(staged: _Staged, *, is_whole: bool) -> Imported:
    """Makes what the files hold a graph by itself."""
    store = staged.store
    users = _users(store.data, store.base)
    is_right = is_whole and agrees(store.data, store.vocabulary, store.base)
    if not is_right:
        derive(store.data, store.vocabulary, store.base)
        store.judge()
    return Imported(
        added=len(staged.contents.articles),
        judgements=len(users),
        is_derived=not is_right,
        inferred=infer(store, ontology=staged.ontology).total if staged.had_inferred else 0,
        altered=staged.contents.altered,
    )


def _unite(graph: Store, staged: _Staged, staging: Path) -> Imported:
    """Makes the union of a graph and the files, beside the graph."""
    graph.data.backup(str(staging / _UNION))
    store = Store(ox.Store(str(staging / _UNION)), base=graph.base, vocabulary=staged.store.vocabulary)
    incoming = staged.store.data
    states = {
        node: _make_room(store.data, identifier, node, incoming)
        for identifier, node in staged.contents.articles.items()
    }
    counts = Counter(states.values())
    users = _merge_judgements(store, incoming)
    done = Imported(
        added=counts[_State.ADDED],
        replaced=counts[_State.REPLACED],
        unchanged=counts[_State.UNCHANGED],
        judgements=users,
        is_derived=True,
        altered=staged.contents.altered,
    )
    if done.is_change:
        for node in (node for node, state in states.items() if state is not _State.UNCHANGED):
            store.data.bulk_extend(incoming.quads_for_pattern(None, None, None, node))
        store.data.remove_graph(graph_node(NamedGraph.INFERRED, graph.base))
        derive(
            store.data, store.vocabulary, store.base, incoming.quads_for_pattern(None, None, None, DEFAULT)
        )
        store.judge()
    store.data.flush()
    store.close()
    return done if done.is_change else replace(done, is_derived=False)


class _State(StrEnum):
    """What becomes of an article of the files."""

    ADDED = "added"
    REPLACED = "replaced"
    UNCHANGED = "unchanged"


def _make_room(data: ox.Store, identifier: str, node: ox.NamedNode, incoming: ox.Store) -> _State:
    """Takes out what an article replaces, unless it is the same."""
    found = data.quads_for_pattern(None, SCHEMA.identifier, ox.Literal(identifier), None)
    old = {quad.graph_name for quad in found}
    if old == {node}:
        here, there = (set(store.quads_for_pattern(None, None, None, node)) for store in (data, incoming))
        if here == there:
            return _State.UNCHANGED
    for graph in old:
        if isinstance(graph, ox.NamedNode):
            data.remove_graph(graph)
    return _State.REPLACED if old else _State.ADDED


def _merge_judgements(store: Store, incoming: ox.Store) -> int:
    """Adds users' judgements of the files, in the place of others on the same two; gives how many are new."""
    kept = set(_users(store.data, store.base))
    new = [judgement for judgement in _users(incoming, store.base) if judgement not in kept]
    for judgement in new:
        quads = list(judgement_quads(judgement, store.base))
        for old in list(store.data.quads_for_pattern(quads[0].subject, None, None, quads[0].graph_name)):
            store.data.remove(old)
        store.data.extend(quads)
    return len(new)


def _users(data: ox.Store, base: str) -> list[Judgement]:
    """What users judged."""
    found = read_judgements(_quads(data, NamedGraph.JUDGEMENTS, base))
    return [judgement for judgement in found if judgement.judge == USER]


def _is_empty(graph: Store) -> bool:
    """Whether a graph says nothing."""
    apart = {graph_node(NamedGraph.BUILDS, graph.base), graph_node(NamedGraph.INFERRED, graph.base)}
    return next((quad for quad in graph.data if quad.graph_name not in apart), None) is None


def _quads(data: ox.Store, graph: NamedGraph, base: str) -> Iterator[ox.Quad]:
    return data.quads_for_pattern(None, None, None, graph_node(graph, base))
