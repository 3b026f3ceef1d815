"""The graph of 171 real articles conforms, verifies, and comes back from a file as it was."""

from __future__ import annotations

import gzip
import io

import pytest

from kg.store import Store
from kg.store.importing import import_rdf
from kg.store.verifying import verify

pytestmark = [pytest.mark.model, pytest.mark.slow]


@pytest.fixture(scope="module")
def store(wikinews_graph):
    with Store.open(wikinews_graph) as store:
        yield store


def test_graph_conforms(store):
    report = store.validate()
    assert (report.articles, report.conforms) == (171, True)


def test_all_evidence_agrees_with_the_texts(store):
    report = verify(store)
    assert (report.articles, report.failures) == (171, ())
    assert report.relations > 1_000
    assert report.mentions > 10_000


def test_graph_comes_back_from_a_compressed_file(store, tmp_path):
    out = io.BytesIO()
    store.dump("trig", out)
    (tmp_path / "graph.trig.gz").write_bytes(gzip.compress(out.getvalue(), 1))
    done = import_rdf([tmp_path / "graph.trig.gz"], tmp_path / "graph")
    assert (done.added, done.is_derived) == (171, False)
    with Store.open(tmp_path / "graph") as again:
        assert again.fingerprint() == store.fingerprint()
