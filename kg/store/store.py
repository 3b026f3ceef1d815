"""The graph on disk: articles go in and out whole, and everything is read from here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import StoreError
from kg.rdf.articles import article_node, this_software
from kg.rdf.mapping import read_extraction
from kg.store.builds import is_finished, warn_unfinished
from kg.store.changes import Planner
from kg.store.claims import Claim
from kg.store.engine import explained, guarded, is_of_engine
from kg.store.fingerprint import fingerprint
from kg.store.folder import (
    begin_writing,
    create_folder,
    data_state,
    drop_journal,
    end_writing,
    keep_ontology,
    kept_ontology,
    open_data,
)
from kg.store.formats import known_prefixes, write_rdf
from kg.store.graphs import ArticleGraphs, lasting_quads
from kg.store.incoming import Incoming, incoming_of
from kg.store.judging import Bench, Judged
from kg.store.locking import PATIENCE
from kg.store.merging import merging, read_merges
from kg.store.queries import Binding, QueryResult, run_query
from kg.store.reading import (
    Info,
    Wanted,
    article_nodes,
    count_all,
    known_articles,
    known_entities,
    matching_relations,
    says_all_of,
)
from kg.store.steps import carry_out, mend
from kg.types import Article, Entity, Extraction, Judgement, Relation
from kg.vocabulary import BASE, Vocabulary, load_vocabulary

if TYPE_CHECKING:
    import rdflib

    from kg.rdf.validation import Report


@guarded
class Store:
    """A graph of articles and their relations, in a folder or in memory.

    >>> store = Store.in_memory()
    >>> store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows
    ((0,),)
    """

    def __init__(
        self,
        data: ox.Store,
        *,
        path: Path | None = None,
        base: str = BASE,
        vocabulary: Vocabulary | None = None,
        read_only: bool = False,
    ) -> None:
        """Wraps an open Oxigraph store; use `create`, `open` or `in_memory` instead."""
        self.path = path
        self.base = base
        self.vocabulary = vocabulary or load_vocabulary()
        self.read_only = read_only
        self._data: ox.Store | None = data
        self._prefixes: dict[str, str] | None = None
        self.state: str | None = None  # of the data, where it lasts; see `data_state`
        self._is_adding = False
        self._is_writing = False

    @classmethod
    def in_memory(cls, *, base: str = BASE, vocabulary: Vocabulary | None = None) -> Store:
        """An empty graph that is gone with the process."""
        return cls(ox.Store(), base=base, vocabulary=vocabulary)

    @classmethod
    def create(
        cls,
        path: Path | str,
        *,
        base: str = BASE,
        ontology: Path | None = None,
        vocabulary: Vocabulary | None = None,
    ) -> Store:
        """Opens the graph in a folder for writing, and makes the folder if it is not there.

        Args:
            path: The folder; new, empty, or a graph.
            base: Where IRIs are minted; a graph that is there keeps its own.
            ontology: A Turtle file of your own classes and properties to keep; None for those kept already.
            vocabulary: The vocabulary to write with; None for the package's with what the graph keeps.

        Raises:
            StoreError: The folder holds something else, or another process writes to it for over 10 s.
            VocabularyError: The ontology cannot be read, or a term of it lacks what it must have.
        """
        folder = Path(path)
        if ontology is not None:
            load_vocabulary(ontology)  # a wrong file shall leave no folder behind
        create_folder(folder, base)
        data, marker = open_data(folder, read_only=False)
        if ontology is not None:
            keep_ontology(folder, ontology)
        known = vocabulary or load_vocabulary(kept_ontology(folder))
        return cls(data, path=folder, base=marker.base, vocabulary=known)

    @classmethod
    def open(
        cls, path: Path | str, *, read_only: bool = True, vocabulary: Vocabulary | None = None,
        patience: float = PATIENCE,
    ) -> Store:  # fmt: skip
        """Opens a graph that is there; for writing, once no other process does, within `patience` seconds.

        Raises:
            StoreError: There is none, it is broken, or (for writing) another process writes to it.
        """
        data, marker = open_data(folder := Path(path), read_only=read_only, patience=patience)
        known = vocabulary or load_vocabulary(kept_ontology(folder))
        store = cls(data, path=folder, base=marker.base, vocabulary=known, read_only=read_only)
        if read_only:  # what is read stays as it is, and a worker of a server may open no file later
            store._prefixes, store.state = store.prefixes, data_state(folder, marker)
        if read_only and not (marker.is_closed and store.is_finished):
            warn_unfinished(folder)
        return store

    def close(self) -> None:
        """Lets go of the folder; the store can't be used after.

        Raises:
            StoreError: The folder cannot be written to any more. What was stored is there nevertheless.
        """
        data, self._data = self._data, None  # Oxigraph lets go of its lock when the last reference is gone
        if data is not None and self.path is not None and not self.read_only:
            end_writing(self.path, data)
            del data
            drop_journal(self.path)

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.close()
        except StoreError:
            if error is None:
                raise
        if error is not None and is_of_engine(error):
            raise explained(error, self.path) from error

    @property
    def data(self) -> ox.Store:
        """The Oxigraph store itself.

        Raises:
            StoreError: The store was closed.
        """
        if self._data is None:
            raise StoreError(f"The graph {str(self.path or 'in memory')!r} was closed; open it again.")
        return self._data

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that queries may use undeclared, and dumps are written with; with those of users."""
        if self._prefixes is not None:
            return dict(self._prefixes)
        return known_prefixes(self.base, self.ontology)

    @property
    def ontology(self) -> Path | None:
        """The file of classes and properties that users added; None where there are none."""
        return kept_ontology(self.path) if self.path is not None else None

    def add(
        self, extraction: Extraction, *, model: str | None = None, min_confidence: float | None = None
    ) -> bool:
        """Stores an article with its relations, in one transaction; gives whether anything changed.

        The same extraction again changes nothing. Another text or reading under the same id replaces what was
        stored; the same text under another id is another article. A graph that is finished is judged again at
        once, which takes time with its size (see `adding`); another waits for `judge`.

        Args:
            extraction: The article and what it says.
            model: Name and version of the language model, for the provenance.
            min_confidence: Which confidence relations needed to be kept, for the provenance.

        Raises:
            StoreError: The store is read-only.
            VocabularyError: A relation has a class or property that the vocabulary lacks.
        """
        software = this_software(model, min_confidence=min_confidence)
        incoming = incoming_of(extraction, self.vocabulary, software, self.base)
        return self._change(article_nodes(self.data, extraction.article.id), [incoming])

    def put(self, articles: Iterable[Incoming]) -> None:
        """Stores articles as `add` does, no two with one id; those that are new in one transaction.

        Raises:
            StoreError: The store is read-only.
        """
        given = {one: article_nodes(self.data, one.identifier) for one in articles}
        for incoming in (one for one, stored in given.items() if stored):
            self._change(given[incoming], [incoming])
        self._change([], [one for one, stored in given.items() if not stored])

    @contextmanager
    def adding(self) -> Iterator[None]:
        """Puts off the judging until several articles are added or removed, which is then left to `judge`.

        Until that is done, the graph is not finished, which it knows of itself.

        >>> store = Store.in_memory()
        >>> with store.adding():
        ...     pass  # store.add(…)
        """
        self._is_adding = True
        try:
            yield
        finally:
            self._is_adding = False

    def judge(self, claims: Iterable[Claim] = ()) -> Judged:
        """Judges which entities are one, and shows as one those that are; and which articles repeat another.

        Takes all articles into account, so that their order does not matter; the user's judgements win.
        `kg build` does this at its end. Until it is done, the graph is not finished.

        Raises:
            StoreError: The store is read-only.
            JudgementError: A name is that of several entities, or judgements contradict each other.
        """
        self._begin_writing()
        return self._bench().judge(claims)

    def withdraw(self, one: str, other: str) -> bool:
        """Takes back the user's judgement on two entities, by ids or names; gives whether there was one.

        Raises:
            StoreError: The store is read-only.
            JudgementError: A name is that of several entities.
        """
        self._begin_writing()
        return self._bench().withdraw(one, other)

    def judgements(self) -> list[Judgement]:
        """Which entities are judged to be one, or not, and why; by their ids."""
        return self._bench().judgements()

    def remove(self, article_id: str) -> bool:
        """Forgets an article and what nothing else carries; gives whether it was there.

        A graph that is finished is judged again at once, as by `add`.

        Raises:
            StoreError: The store is read-only.
        """
        return self._change(article_nodes(self.data, article_id))

    def remove_all(self, article_ids: Iterable[str]) -> None:
        """Forgets several articles in one transaction; ids that are not there are passed over.

        Raises:
            StoreError: The store is read-only.
        """
        self._change([node for one in dict.fromkeys(article_ids) for node in article_nodes(self.data, one)])

    def holds(self, article_id: str) -> bool:
        """Whether there is an article with this id, whatever its text."""
        return bool(article_nodes(self.data, article_id))

    @property
    def is_finished(self) -> bool:
        """Whether it was judged since articles last came or went; one open for writing, by this version."""
        return is_finished(self.data, self.base) and (self.read_only or not self._bench().is_new)

    def fingerprint(self) -> str:
        """SHA-256 of all that the graph says, in canonical form (RDFC-1.0), in hexadecimal.

        Graphs of the same articles and judgements of the user have the same, however they came about. When
        it was built is no part of it, nor what is inferred. Takes some 1 s for 150,000 quads.

        >>> Store.in_memory().fingerprint()[:8]
        'e3b0c442'
        """
        return fingerprint(lasting_quads(self.data, self.base))

    def contains(self, article: Article) -> bool:
        """Whether the article is stored as it is given, with all that is said of it; fetched again, it is."""
        return says_all_of(article, self.data, article_node(article, self.base))

    def articles(self) -> list[Article]:
        """All articles, sorted by id."""
        return known_articles(self.data)

    def extraction(self, article_id: str) -> Extraction:
        """All that is stored of one article, with the names that it uses.

        Raises:
            StoreError: There is no such article.
        """
        nodes = article_nodes(self.data, article_id)
        if not nodes:
            raise StoreError(
                f"There is no article {article_id!r} in the graph; `graph.articles()` lists them."
            )
        return read_extraction(self.data.quads_for_pattern(None, None, None, nodes[0]), self.vocabulary)

    def entities(self) -> list[Entity]:
        """All entities, with the names that they bear in all articles; sorted by id."""
        return known_entities(self.data, self.vocabulary)

    def relations(self, wanted: Wanted | None = None) -> Iterator[tuple[str, Relation]]:
        """Article ids and relations, in the order of both; all, or those that are wanted."""
        return matching_relations(self.data, self.vocabulary, wanted or Wanted())

    def query(self, text: str, bindings: Mapping[str, Binding] | None = None) -> QueryResult:
        """What a SPARQL query gives over the union of all graphs; the package's prefixes are known.

        Args:
            text: SELECT, ASK, CONSTRUCT or DESCRIBE.
            bindings: Values by variable; each variable must be among those that SELECT gives.

        Raises:
            QueryError: The query is wrong, would reach the network, or would change the graph.
        """
        return run_query(self.data, text, bindings or {}, self.prefixes)

    def rdf(self) -> rdflib.Dataset:
        """The same store through rdflib; its default graph is the union of all graphs."""
        from kg.store.dataset import dataset_of  # rdflib takes 0.2 s to load, and most callers need none

        return dataset_of(self.data, self.prefixes)

    def dump(self, format_: str, out: IO[bytes] | Path) -> None:
        """Writes the graph as `ttl`, `trig`, `nq`, `nt`, `jsonld` or `rdfxml`.

        Raises:
            ExportError: There is no such format, or the file cannot be written.
        """
        write_rdf(self.data, format_, out, self.prefixes, base=self.base, ontology=self.ontology)

    def validate(self, ontology: Sequence[Path] = ()) -> Report:
        """What is wrong with the graph by the shapes and further ontologies; some ms an article."""
        from kg.rdf.validation import validate  # loads rdflib, which most callers do without

        kept = [self.ontology] if self.ontology else []
        return validate(self.data, ontology=[*kept, *ontology])

    def info(self) -> Info:
        """How much the graph holds."""
        return count_all(self.data, self.vocabulary)

    def _change(self, gone: list[ox.NamedNode], incoming: Sequence[Incoming] = ()) -> bool:
        self._refuse_reading()
        planner = Planner(self.data, self.vocabulary, self.base, gone=gone, incoming=incoming)
        if planner.is_idle:
            return False
        self._begin_writing()
        articles = ArticleGraphs(self.base)
        was_judged = is_finished(self.data, self.base) and articles.are_in(self.data)
        if read_merges(self.data):  # changes are planned on entities as the articles have them
            carry_out(merging(self.data, self.vocabulary, self.base, {}), self.data, self.base)
        carry_out(planner.plan(), self.data, self.base)
        self._bench().note(incoming)
        if not self._is_adding and (was_judged or not articles.are_in(self.data)):
            self.judge()
        return True

    def _bench(self) -> Bench:
        return Bench(self.data, self.vocabulary, self.base, folder=self.path)

    def _begin_writing(self) -> None:
        self._refuse_reading()
        if self.path is not None and not self._is_writing:
            begin_writing(self.path)
            self._is_writing = True
        mend(self.data, self.vocabulary, self.base)

    def _refuse_reading(self) -> None:
        if self.read_only:
            raise StoreError(f"The graph {str(self.path)!r} is open for reading only; open it for writing.")
