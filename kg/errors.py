"""Every error that this package raises on purpose.

Each is a `KgError` and also the builtin it refines, so callers may catch either. A message is one
sentence that says what is wrong, where, and what to do. Nothing is raised from here.
"""

from __future__ import annotations


class KgError(Exception):
    """The base of all errors of this package."""


class ArticleError(KgError, ValueError):
    """An article, or a file of articles, that cannot be read.

    Attributes:
        place: The file, or file and line, that is at fault.
    """

    def __init__(self, message: str, *, place: str | None = None) -> None:
        super().__init__(message)
        self.place = place


class FetchError(ArticleError):
    """An address of the web that is not, or cannot be, fetched.

    Attributes:
        url: The address, without a password.
        status: What the server answered (RFC 9110); None where it did not come to that.
        retry_after: Seconds after which the server may be asked again, as it says; None where it does not.
        is_passing: Whether it may go well at another time, without anything being changed here.
    """

    def __init__(
        self,
        message: str,
        *,
        url: str | None = None,
        status: int | None = None,
        retry_after: float | None = None,
        is_passing: bool = False,
    ) -> None:
        super().__init__(message, place=url)
        self.url = url
        self.status = status
        self.retry_after = retry_after
        self.is_passing = is_passing


class LanguageError(ArticleError):
    """An article in another language than English."""


class ModelError(KgError, ValueError):
    """Weights, settings or a pipeline that cannot be loaded or lack what extraction needs."""


class VocabularyError(KgError, ValueError):
    """An ontology or registry file that is broken, or a term that it does not define."""


class JudgementError(KgError, ValueError):
    """Judgements that cannot be read, name nobody or several, or contradict each other."""


class StoreError(KgError, OSError):
    """A folder that is not a graph, or a graph that cannot be opened."""


class BackupError(KgError, OSError):
    """A backup that cannot be made, is damaged, or is none."""


class WorkerError(KgError, RuntimeError):
    """A process that read articles and ended before it was done."""


class QueryError(KgError, ValueError):
    """A SPARQL query that does not parse or cannot be answered.

    Attributes:
        query: The text of the query.
        line: Line of the error, from 1, where the engine says it.
        column: Column of the error, from 1, where the engine says it.
    """

    def __init__(
        self, message: str, *, query: str, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(message)
        self.query = query
        self.line = line
        self.column = column


class MissingError(KgError, LookupError):
    """An entity, article or relation that is asked for, and that the graph does not hold.

    Attributes:
        keys: All that was asked for and is not there, as it was asked for; empty where that is not known.
    """

    def __init__(self, message: str, *, keys: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.keys = keys


class ExplorationError(KgError, ValueError):
    """A filter, bound or page that cannot be asked of a graph."""


class SearchError(KgError, ValueError):
    """A search that asks for a type, a number of things or a page that there is not."""


class EvaluationError(KgError, ValueError):
    """Gold or corpus files that cannot be scored."""


class ExportError(KgError, ValueError):
    """A format that is not known, or a graph that it cannot carry."""


class ImportedError(KgError, ValueError):
    """RDF that cannot be read, or that is no graph of this package.

    Attributes:
        source: The file.
        line: Line of the error, from 1, where the parser says it.
        column: Column of the error, from 1, where the parser says it.
    """

    def __init__(
        self, message: str, *, source: str | None = None, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(message)
        self.source = source
        self.line = line
        self.column = column
