"""The embedded store: articles in, records, query results and RDF files out."""

from __future__ import annotations

from kg.store.claims import Claim, read_claims
from kg.store.formats import FORMATS
from kg.store.judging import Judged
from kg.store.queries import QueryResult
from kg.store.questions import Parameter, Question, ask, questions
from kg.store.reading import Info, Wanted
from kg.store.results import write_triples
from kg.store.store import Store

__all__ = [
    "FORMATS",
    "Claim",
    "Info",
    "Judged",
    "Parameter",
    "QueryResult",
    "Question",
    "Store",
    "Wanted",
    "ask",
    "questions",
    "read_claims",
    "write_triples",
]
