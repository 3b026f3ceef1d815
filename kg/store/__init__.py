"""The embedded store: articles in, records, query results and RDF files out."""

from __future__ import annotations

from kg.store.formats import FORMATS, write_triples
from kg.store.queries import QueryResult
from kg.store.reading import Info, Wanted
from kg.store.store import Store

__all__ = ["FORMATS", "Info", "QueryResult", "Store", "Wanted", "write_triples"]
