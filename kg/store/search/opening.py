"""The index of a graph, wherever it comes from: the one beside the store, or one that is made now."""

from __future__ import annotations

from pathlib import Path

from kg.store.search.index import Index
from kg.store.search.keeping import keep_index, make_index, open_kept
from kg.store.store import Store


def index_of(store: Store, *, folder: Path | None = None) -> Index:
    """The index of the names of a graph.

    One that is beside the store, and of the same state, is opened. Else it is made, and kept if it can be;
    for a graph that is being written, or in a folder that cannot be written to, it is made in memory. Who
    builds a graph keeps it, so what is made here is for graphs from before.

    Args:
        store: The graph.
        folder: Where to look for the index and keep it; None for the graph's folder.

    Raises:
        StoreError: The graph is closed, or cannot be read.

    >>> index_of(Store.in_memory()).size
    0
    """
    made = (store.data, store.vocabulary, store.base)
    place = folder or store.path
    if store.state is None or place is None:
        return make_index(*made)
    found = open_kept(place, store.state)
    if found is None and keep_index(place, *made, store.state):
        found = open_kept(place, store.state)
    return found or make_index(*made)
