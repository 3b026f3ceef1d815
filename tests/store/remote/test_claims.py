"""Two pushes to one store at a time: one waits for the other, or is told of it."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pyoxigraph as ox
import pytest

from kg.errors import RemoteError
from kg.store.fingerprint import fingerprint
from kg.store.remote import PushOptions, push
from kg.store.remote.claims import Claim
from kg.store.remote.copying import copied_quads
from kg.vocabulary import KG, XSD
from tests.builders import make_extraction
from tests.store.remote.conftest import expire_claims, remote_of
from tests.store.remote.servers import failing_store
from tests.store.test_importing import AGAIN, ALL, MET, graph_of

CLAIMED = f"SELECT ?end {{ GRAPH ?it {{ ?it {KG.pushedUntil} ?end }} }}"


def other_of(remote, **fields):
    return remote_of(f"oxigraph:{remote.address.base}", **fields)


def test_claim_is_there_while_a_push_goes_on_and_gone_behind_it(oxigraph):
    seen = []
    push(graph_of(MET), oxigraph, on_graph=lambda _: seen.append(len(oxigraph.select(CLAIMED).rows)))
    assert seen == [1]
    assert oxigraph.select(CLAIMED).rows == ()


def test_push_is_refused_while_another_goes_on(oxigraph):
    with Claim(oxigraph), other_of(oxigraph, wait=3) as other:
        with pytest.raises(RemoteError, match=r"Another push to .* is going on; wait for it to end"):
            push(graph_of(MET), other)
        assert len(oxigraph.select(CLAIMED).rows) == 1
        assert not oxigraph.query("ASK { ?article a schema:NewsArticle }").answer


def test_push_waits_for_another_to_end(oxigraph, caplog):
    claim = Claim(oxigraph)
    claim.__enter__()
    waits = []

    def waiting(seconds):
        waits.append(seconds)
        if len(waits) == 2:
            claim.__exit__(None, None, None)

    with other_of(oxigraph, sleep=waiting) as other:
        assert push(graph_of(MET), other)
    assert len(waits) == 2
    said = f"Another push to {other.address} is going on, or was killed; waiting for up to 60 s."
    assert caplog.messages == [said]


def test_push_that_waited_sends_only_what_the_other_did_not(oxigraph):
    claim = Claim(oxigraph)
    claim.__enter__()
    there = graph_of(*ALL)

    def waiting(_):
        claim.__exit__(None, None, None)
        with other_of(oxigraph) as first:
            push(there, first)

    with other_of(oxigraph, sleep=waiting) as other:
        assert push(graph_of(*ALL), other).put == 0
    assert fingerprint(copied_quads(oxigraph)) == there.fingerprint()


def test_push_that_finds_all_there_asks_for_no_claim(oxigraph):
    push(graph_of(MET), oxigraph)
    with Claim(oxigraph), other_of(oxigraph, wait=0) as other:
        assert not push(graph_of(MET), other)


def test_claim_of_a_push_that_was_killed_runs_out(oxigraph):
    claim = Claim(oxigraph)
    claim._withdraw = lambda: None  # as where the process is gone
    with claim:
        pass
    with other_of(oxigraph, wait=0) as other:
        with pytest.raises(RemoteError, match="going on"):
            push(graph_of(MET), other)
        expire_claims(oxigraph)
        assert push(graph_of(MET), other)
    assert oxigraph.select(CLAIMED).rows == ()


def test_claim_that_was_left_in_a_graph_is_no_part_of_it(oxigraph, tmp_path):
    """As in one of `kg serve --writable`, where a push to it was killed."""
    graph = graph_of(MET)
    node = ox.NamedNode(f"{graph.base}push/0a1b2c")
    until = ox.Literal("2026-04-05T10:30:15Z", datatype=XSD.dateTime)
    graph.data.add(ox.Quad(node, KG.pushedUntil, until, node))
    assert push(graph, oxigraph).put == 1
    graph.dump("nq", tmp_path / "g.nq")
    assert "push/0a1b2c" not in (tmp_path / "g.nq").read_text()


def test_claim_is_said_anew_while_a_push_goes_on(oxigraph):
    with other_of(oxigraph, hold=0.3) as remote, Claim(remote) as claim:
        before = oxigraph.select(CLAIMED).rows
        time.sleep(0.5)
        assert oxigraph.select(CLAIMED).rows > before
        claim.check()


def test_push_that_was_silent_stops_where_another_took_over(oxigraph):
    """As after a machine slept: the next request is refused before it is sent."""
    merged = graph_of(*ALL)
    taken = []

    def sleeping(_):
        if not taken:
            expire_claims(oxigraph)
            with other_of(oxigraph) as other:
                taken.append(push(graph_of(MET, AGAIN), other))
            claims[0]._said -= 100

    claims = []
    with other_of(oxigraph) as remote, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Claim, "__init__", _kept(Claim.__init__, claims))
        with pytest.raises(RemoteError, match="has taken over, since this one gave no sign of life for 15 s"):
            push(merged, remote, on_graph=sleeping)
    assert fingerprint(copied_quads(oxigraph)) == graph_of(MET, AGAIN).fingerprint()


def _kept(make, claims):
    def making(claim, remote):
        claims.append(claim)
        make(claim, remote)

    return making


@pytest.mark.slow
def test_claims_that_are_made_at_one_moment_are_one(oxigraph):
    """Of those that see each other all try again, after waits of different lengths."""
    held, most = [], []
    lock = threading.Lock()

    def hold(_):
        with other_of(oxigraph, sleep=time.sleep) as remote, Claim(remote):
            with lock:
                held.append(1)
                most.append(len(held))
            time.sleep(0.02)
            with lock:
                held.pop()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(hold, range(4)))
    assert most == [1] * 4


@pytest.mark.slow
@pytest.mark.parametrize("lack", [None, "graphs", "updates"])
def test_pushes_at_one_time_end_as_one_behind_the_other(lack):
    """Each sends graph by graph, the store taking a while for each: without claims they mix."""
    fields = {lack: False} if lack else {}
    one, two = (
        graph_of(*(make_extraction(f"Ana Bell met {name}.", article_id=f"a{number}", ends=("Ana Bell", name))
                   for number in range(4)))
        for name in ("Bo Cole", "Ed Fox")
    )  # fmt: skip
    with failing_store(pause=0.01, **fields) as store:

        def run(graph):
            with remote_of(store.url, sleep=time.sleep, batch=1_000) as remote:
                return push(graph, remote, options=PushOptions(replace=True))

        for _ in range(2):
            with ThreadPoolExecutor(2) as pool:
                list(pool.map(run, [one, two]))
            with remote_of(store.url) as remote:
                found = fingerprint(copied_quads(remote))
                assert found in {one.fingerprint(), two.fingerprint()}
                assert not push(one if found == one.fingerprint() else two, remote)
