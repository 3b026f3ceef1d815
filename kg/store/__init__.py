"""The embedded store: articles in, records, query results and RDF files out."""

from __future__ import annotations

from kg.store.formats import FORMATS, write_triples
from kg.store.queries import QueryResult
from kg.store.questions import Parameter, Question, ask, questions
from kg.store.reading import Info, Wanted
from kg.store.store import Store

__all__ = [
    "FORMATS",
    "Info",
    "Parameter",
    "QueryResult",
    "Question",
    "Store",
    "Wanted",
    "ask",
    "questions",
    "write_triples",
]
