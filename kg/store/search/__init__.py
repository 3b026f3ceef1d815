"""Search over the names of a graph: an index beside the store, quick, and forgiving of how a name is spelled.

`kg.store.search.opening.index_of` opens the index of a graph; it is not imported here, since the folder of a
graph, which it needs, itself keeps the index.
"""

from __future__ import annotations

from kg.store.search.finding import KINDS, search
from kg.store.search.index import Index
from kg.store.search.records import Hit, Page

__all__ = ["KINDS", "Hit", "Index", "Page", "search"]
