"""The store through rdflib."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox
import rdflib
from oxrdflib import OxigraphStore


class _Store(OxigraphStore):
    """An Oxigraph store for rdflib, whose graphs are there with their first triple."""

    def add_graph(self, graph: rdflib.Graph) -> None:
        """Nothing: rdflib adds a graph before it looks into it, which a store that is read would refuse."""


def dataset_of(data: ox.Store, prefixes: Mapping[str, str]) -> rdflib.Dataset:
    """An rdflib dataset over an open Oxigraph store; nothing is copied, and its default graph is the union.

    A store that is open for reading refuses changes with a RuntimeError.
    """
    dataset = rdflib.Dataset(store=_Store(store=data), default_union=True)
    for prefix, iri in prefixes.items():
        dataset.bind(prefix, iri)
    return dataset
