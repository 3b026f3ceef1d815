"""Serves a graph over HTTP: SPARQL, the data of the pages, and the pages themselves.

Importing this loads neither uvicorn nor Starlette, which no worker needs and no other command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.server.settings import DefaultGraph, Limits, Settings, SettingsError

if TYPE_CHECKING:
    from kg.server.serving import background, serve

__all__ = ["DefaultGraph", "Limits", "Settings", "SettingsError", "background", "serve"]


def __getattr__(name: str) -> object:
    if name in {"background", "serve"}:
        from kg.server import serving

        return getattr(serving, name)
    raise AttributeError(f"module 'kg.server' has no attribute {name!r}")
