"""Stores beyond this process: an Oxigraph server for all tests, emptied before each."""

import pytest

from kg.store.remote import RemoteSettings, RemoteStore, store_address
from kg.vocabulary import KG, XSD
from tests.store.remote.servers import failing_store, oxigraph_program, oxigraph_server


@pytest.fixture(scope="session")
def oxigraph_url(tmp_path_factory):
    """The address of an Oxigraph server."""
    if oxigraph_program() is None:
        pytest.skip("no Oxigraph server here; pip install oxigraph")
    with oxigraph_server(tmp_path_factory.mktemp("oxigraph")) as url:
        yield url


@pytest.fixture
def oxigraph(oxigraph_url):
    """An Oxigraph server that holds nothing."""
    with remote_of(f"oxigraph:{oxigraph_url}") as remote:
        remote.update("CLEAR ALL")
        yield remote


@pytest.fixture
def failing():
    """A store that fails as it is told, and does what it is asked otherwise."""
    with failing_store() as store:
        yield store


def expire_claims(remote):
    """Lets the claims of pushes run out, as when the process that made one is gone for a while."""
    claim, past = f"GRAPH ?it {{ ?it {KG.pushedUntil}", f'"2000-01-01T00:00:00Z"^^{XSD.dateTime}'
    remote.update(f"DELETE {{ {claim} ?end }} }} INSERT {{ {claim} {past} }} }} WHERE {{ {claim} ?end }} }}")


def remote_of(url=None, *, waits=None, environment=None, **fields):
    """A client that waits for nothing, unless told how; what it would have waited is kept in `waits`."""
    addresses = {name: fields.pop(name) for name in ("query", "update", "graph_store") if name in fields}
    sleep = fields.pop("sleep", (waits if waits is not None else []).append)
    address = store_address(url, **addresses)
    settings = RemoteSettings(sleep=sleep, **fields)
    return RemoteStore(address, settings, environment=environment or {"HOME": "/nonexistent"})
