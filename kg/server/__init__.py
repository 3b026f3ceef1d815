"""Serves a graph over HTTP: SPARQL, the data of the pages, and the pages themselves."""

from __future__ import annotations

from kg.server.serving import background, serve
from kg.server.settings import DefaultGraph, Limits, Settings

__all__ = ["DefaultGraph", "Limits", "Settings", "background", "serve"]
