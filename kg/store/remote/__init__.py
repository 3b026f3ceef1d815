"""A store beyond this machine, by the SPARQL 1.1 Protocol and Graph Store HTTP Protocol."""

from __future__ import annotations

from kg.store.remote.addresses import LAYOUTS, StoreAddress, is_address, store_address
from kg.store.remote.client import RemoteStore
from kg.store.remote.credentials import Credentials
from kg.store.remote.pushing import Pushed, PushOptions, push
from kg.store.remote.settings import RemoteSettings

__all__ = [
    "LAYOUTS",
    "Credentials",
    "PushOptions",
    "Pushed",
    "RemoteSettings",
    "RemoteStore",
    "StoreAddress",
    "is_address",
    "push",
    "store_address",
]
