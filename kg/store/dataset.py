"""The store through rdflib."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox
import rdflib
from oxrdflib import OxigraphStore


def dataset_of(data: ox.Store, prefixes: Mapping[str, str]) -> rdflib.Dataset:
    """An rdflib dataset over an open Oxigraph store; nothing is copied."""
    dataset = rdflib.Dataset(store=OxigraphStore(store=data), default_union=True)
    for prefix, iri in prefixes.items():
        dataset.bind(prefix, iri)
    return dataset
