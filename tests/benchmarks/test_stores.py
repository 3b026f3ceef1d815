"""What a push costs beside one bulk POST of the same quads, as a ratio in one run, to the Oxigraph server.

KG_BENCH_QUADS=1000000 pytest tests/benchmarks/test_stores.py -o log_cli=true -o log_cli_level=INFO
"""

from __future__ import annotations

import logging
import os
import time

import pyoxigraph as ox
import pytest
import urllib3

from kg.store import Store
from kg.store.remote import push
from tests.benchmarks.synthetic import write_graph
from tests.store.remote.conftest import remote_of
from tests.store.remote.servers import oxigraph_program, oxigraph_server

pytestmark = pytest.mark.slow

QUADS = int(os.environ.get("KG_BENCH_QUADS", "100000"))
SLOWEST = 4.0
"""Times the wall time of one POST. Beside the server's work a push reads each graph twice, hashes it, writes
it as an update, and counts what the store holds before and after."""
SLOWEST_AGAIN = 1.0
"""The same of a push that finds all there, and so sends nothing."""
LOG = logging.getLogger(__name__)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    path = tmp_path_factory.mktemp("synthetic") / "graph.nq"
    write_graph(path, quads=QUADS)
    return path


@pytest.fixture
def url(tmp_path):
    if oxigraph_program() is None:
        pytest.skip("no Oxigraph server here; pip install oxigraph")
    with oxigraph_server(tmp_path / "data") as found:
        yield found


def seconds_of(work):
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def post(file, url):
    headers = {"Content-Type": "application/n-quads"}
    reply = urllib3.PoolManager(timeout=600).request(
        "POST", f"{url}/store", body=file.read_bytes(), headers=headers
    )
    assert reply.status < 300


def test_push_takes_no_more_than_some_bulk_posts(file, url):
    store = Store.in_memory()
    store.data.bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)
    with remote_of(f"oxigraph:{url}") as remote:
        post(file, url)
        remote.update("DROP ALL")
        bulk = seconds_of(lambda: post(file, url))
        remote.update("DROP ALL")
        pushed = seconds_of(lambda: push(store, remote))
        again = seconds_of(lambda: push(store, remote))
    LOG.info(
        "%s quads: bulk POST %.2f s, push %.2f s (%.2f times), push of nothing %.2f s (%.2f times)",
        f"{QUADS:,}", bulk, pushed, pushed / bulk, again, again / bulk,
    )  # fmt: skip
    assert pushed < SLOWEST * bulk
    assert again < SLOWEST_AGAIN * bulk
