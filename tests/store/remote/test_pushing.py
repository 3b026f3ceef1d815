"""What a store says after a graph was pushed: the same, whatever it can do and wherever a push ended."""

from __future__ import annotations

from collections import deque

import pyoxigraph as ox
import pytest
import urllib3

from kg.errors import RemoteError, StoreError
from kg.rdf.graphs import DEFAULT, graph_node
from kg.rdf.iris import NamedGraph
from kg.store import Store
from kg.store.fingerprint import fingerprint
from kg.store.inference import infer
from kg.store.remote import Pushed, PushOptions, push
from kg.store.remote.copying import copied_quads
from kg.vocabulary import KG
from tests.builders import make_extraction
from tests.store.remote.conftest import expire_claims, remote_of
from tests.store.remote.servers import Reply, failing_store
from tests.store.test_importing import AGAIN, ALL, COACH, MET, OWN, SHORT, graph_of, quads, same

BUILDS = graph_node(NamedGraph.BUILDS)
ELSE = ox.Quad(
    ox.NamedNode("https://example.com/a"), ox.NamedNode("https://example.com/b"), ox.Literal("c"), DEFAULT
)


def stored(remote):
    """All quads of a store but those of its graph of builds."""
    rows = remote.select("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }").terms
    named = {ox.Quad(*row) for row in rows if row[3] != BUILDS}
    return named | {ox.Quad(*triple, DEFAULT) for triple in remote.get_graph(None)}


def assert_same(remote, store):
    assert stored(remote) == quads(store)
    assert fingerprint(copied_quads(remote)) == store.fingerprint()
    assert remote.select(f"ASK {{ GRAPH ?g {{ ?g {KG.unfinished} ?is }} }}").answer is False


@pytest.fixture
def merged():
    return graph_of(*ALL, claims=[same("Ana Bell", "A. Bell")])


@pytest.fixture(params=["updates and graphs", "updates", "graphs", "a form", "small bodies", "no counting"])
def store(request):
    """Stores that lack one thing or another."""
    fields = {
        "updates": {"graphs": False}, "graphs": {"updates": False}, "a form": {"takes_sparql_update": False},
        "small bodies": {"most": 2_000}, "no counting": {"counts": False},
    }.get(request.param, {})  # fmt: skip
    with failing_store(**fields) as found:
        yield found


def test_store_holds_the_same_quads_after_a_push(oxigraph, merged):
    done = push(merged, oxigraph)
    assert_same(oxigraph, merged)
    default = len(list(merged.data.quads_for_pattern(None, None, None, DEFAULT)))
    assert done == Pushed(put=5, added=default)  # four articles and the judgements


def test_second_push_changes_nothing(oxigraph, merged, monkeypatch):
    push(merged, oxigraph)
    for name in ("update", "send_graph"):
        monkeypatch.setattr(oxigraph, name, lambda *_, **__: pytest.fail("something was sent"))
    assert push(merged, oxigraph) == Pushed(unchanged=5)


def test_every_kind_of_store_holds_the_same_after_pushes(store, merged):
    with remote_of(store.url) as remote:
        push(graph_of(MET, AGAIN), remote)
        push(merged, remote)
        assert quads_of(store.data) == quads(merged)
        before = len(store.writes())
        assert not push(merged, remote)
        assert [one[1] for one in store.writes()[before:] if one[0] != "POST"] == []
        assert len(store.writes()) == before


def quads_of(data):
    return {quad for quad in data if quad.graph_name != BUILDS}


def test_changed_article_reaches_the_store(oxigraph):
    push(graph_of(MET, AGAIN), oxigraph)
    other = graph_of(
        MET, make_extraction("Ana Bell met Ed Fox.", article_id="a2", ends=("Ana Bell", "Ed Fox"))
    )
    done = push(other, oxigraph)
    assert (done.put, done.unchanged, done.dropped) == (1, 1, 1)
    assert done.removed
    assert_same(oxigraph, other)


def test_forgotten_article_reaches_the_store(oxigraph, merged):
    push(merged, oxigraph)
    merged.remove("a2")
    assert push(merged, oxigraph).dropped == 1
    assert_same(oxigraph, merged)


def test_merge_and_its_withdrawal_reach_the_store(oxigraph):
    graph = graph_of(*ALL)
    push(graph, oxigraph)
    graph.judge([same("Ana Bell", "A. Bell")])
    assert push(graph, oxigraph).put == 1
    assert_same(oxigraph, graph)
    assert oxigraph.query("ASK { ?one kg:mergedInto ?other }").answer
    graph.withdraw("Ana Bell", "A. Bell")
    graph.judge()
    push(graph, oxigraph)
    assert_same(oxigraph, graph)
    assert not oxigraph.query("ASK { ?one kg:mergedInto ?other }").answer


def test_what_is_inferred_reaches_the_store_and_goes_from_it(oxigraph, merged):
    infer(merged)
    push(merged, oxigraph)
    assert stored(oxigraph) == quads(merged)
    merged.remove("a3")
    push(merged, oxigraph)
    assert_same(oxigraph, merged)


@pytest.mark.slow
def test_own_ontology_reaches_the_store(oxigraph, tmp_path):
    (tmp_path / "own.ttl").write_text(OWN)
    with graph_of(MET, COACH, path=tmp_path / "g", ontology=tmp_path / "own.ttl") as graph:
        push(graph, oxigraph)
        graph.dump("nq", tmp_path / "g.nq")
        assert not push(graph, oxigraph)
    # It has blank nodes, whose labels are the store's own.
    assert fingerprint(stored(oxigraph)) == fingerprint(ox.parse(path=tmp_path / "g.nq"))


def test_what_others_keep_in_the_store_stays(oxigraph, merged):
    alien = ox.NamedNode("https://example.com/graph")
    oxigraph.put_graph(alien.value, [ELSE.triple])
    oxigraph.update(f"INSERT DATA {{ {ELSE} }}")
    push(merged, oxigraph)
    assert not push(merged, oxigraph)
    push(graph_of(MET), oxigraph)
    assert stored(oxigraph) == {*quads(graph_of(MET)), ELSE, ox.Quad(*ELSE.triple, alien)}


def test_graph_that_another_client_changed_is_put_again(oxigraph, merged):
    push(merged, oxigraph)
    article = next(iter(merged.data.quads_for_pattern(None, KG.textHash, None, None))).graph_name
    oxigraph.update(f"DELETE WHERE {{ GRAPH {article} {{ ?s {KG.textHash} ?o }} }}")
    oxigraph.update(f"DELETE WHERE {{ ?s {KG.meets} ?o }}")
    assert push(merged, oxigraph).put == 1
    assert_same(oxigraph, merged)


def test_articles_of_another_graph_are_not_taken_out_unasked(oxigraph, merged):
    push(graph_of(make_extraction(article_id="b1")), oxigraph)
    before = stored(oxigraph)
    with pytest.raises(RemoteError, match="holds 1 articles of another graph, and none of this"):
        push(merged, oxigraph)
    assert stored(oxigraph) == before
    push(merged, oxigraph, options=PushOptions(replace=True))
    assert_same(oxigraph, merged)


def test_graph_that_came_there_by_another_way_is_not_sent(oxigraph, merged, monkeypatch):
    """So it is with one that `kg build` made there, or that was loaded from a file: no hash is kept of it."""
    data = "".join(f"{quad} .\n" for quad in merged.data if quad.graph_name != BUILDS).encode()
    url = f"{oxigraph.address.base}/store"
    urllib3.request("POST", url, body=data, headers={"Content-Type": "application/n-quads"}, retries=False)
    assert stored(oxigraph) == quads(merged)
    monkeypatch.setattr(oxigraph, "put_graph", lambda *_: pytest.fail("a graph was put"))
    sent = []
    done = push(merged, oxigraph, on_graph=sent.append)
    assert (done, sent, bool(done)) == (Pushed(unchanged=5), [], False)
    monkeypatch.setattr(oxigraph, "update", lambda *_, **__: pytest.fail("something was sent"))
    assert push(merged, oxigraph) == Pushed(unchanged=5)


def test_graph_that_came_there_otherwise_and_differs_in_a_triple_is_put(oxigraph, merged):
    article = next(iter(merged.data.quads_for_pattern(None, KG.textHash, None, None))).graph_name
    for name in merged.data.named_graphs():
        there = [one.triple for one in merged.data.quads_for_pattern(None, None, None, name)]
        oxigraph.put_graph(name.value, there)
    old, new = (f"{{ GRAPH {article} {{ ?s {KG.textHash} {value} }} }}" for value in ("?o", "'else'"))
    oxigraph.update(f"DELETE {old} INSERT {new} WHERE {old}")
    sent = []
    assert push(merged, oxigraph, on_graph=sent.append).unchanged == 4
    assert sent == [article.value]
    assert_same(oxigraph, merged)


def test_push_again_sends_all(oxigraph, merged):
    push(merged, oxigraph)
    assert push(merged, oxigraph, options=PushOptions(again=True)).put == 5
    assert_same(oxigraph, merged)


@pytest.mark.parametrize("ends_after", range(8))
def test_push_that_is_stopped_is_finished_by_another(oxigraph, merged, monkeypatch, ends_after):
    """Each request but the first few is lost with the process that would have sent it."""
    push(graph_of(MET, AGAIN), oxigraph)
    with remote_of(f"oxigraph:{oxigraph.address.base}", batch=1_500) as other:
        update, left = other.update, iter(range(ends_after))

        def dying(*given, **named):
            if next(left, None) is None:
                raise KeyboardInterrupt
            update(*given, **named)

        monkeypatch.setattr(other, "update", dying)
        with pytest.raises(KeyboardInterrupt):
            push(merged, other)
    expire_claims(oxigraph)
    if ends_after > 1:  # behind its claim
        assert oxigraph.select(f"ASK {{ GRAPH {BUILDS} {{ {BUILDS} {KG.unfinished} true }} }}").answer
    push(merged, oxigraph)
    assert_same(oxigraph, merged)


def test_graph_as_it_was_is_put_after_a_push_of_a_change_was_stopped(oxigraph, monkeypatch):
    """The hash of what is changed goes first, so that it cannot be taken for that of a half-done change."""
    old, new = graph_of(MET, AGAIN), graph_of(MET, SHORT)
    push(old, oxigraph)
    take_out = oxigraph.update
    seen = []

    def dying(text, **named):
        seen.append(text)
        if len(seen) > 4:
            raise KeyboardInterrupt
        take_out(text, **named)

    monkeypatch.setattr(oxigraph, "update", dying)
    with pytest.raises(KeyboardInterrupt):
        push(new, oxigraph)
    monkeypatch.setattr(oxigraph, "update", take_out)
    expire_claims(oxigraph)
    push(old, oxigraph)
    assert_same(oxigraph, old)


def test_default_graph_is_kept_in_a_named_one_where_that_is_asked_for(oxigraph_url, oxigraph, merged):
    stand_in = "https://example.org/entities"
    with remote_of(f"oxigraph:{oxigraph_url}", default_graph=stand_in) as remote:
        push(merged, remote)
        assert not push(merged, remote)
        assert remote.get_graph(None) == []
        assert {ox.Quad(*triple, DEFAULT) for triple in remote.get_graph(stand_in)} == {
            quad for quad in merged.data if quad.graph_name == DEFAULT
        }
        assert remote.ask("who-met-whom").rows
        merged.remove("a1")
        push(merged, remote)
        assert fingerprint(copied_quads(remote)) == merged.fingerprint()


@pytest.mark.parametrize(
    "kind", ["graphdb", "virtuoso", "neptune", "qlever", "blazegraph", "fuseki", "stardog"]
)
def test_pushes_end_the_same_by_what_each_kind_of_store_is_said_to_have(kind, merged):
    """No such store is at hand: one of ours answers in its place, by what the manual says that it has."""
    with failing_store() as store:
        remote = remote_of(f"{kind}:{store.url}")
        layout = remote.address.layout
        addresses = {"query": f"{store.url}/query", "update": f"{store.url}/update"}
        if layout.graph_store is not None:
            addresses["graph_store"] = f"{store.url}/store"
        with remote_of(f"{kind}:{store.url}", **addresses) as remote:
            push(graph_of(MET, AGAIN), remote)
            push(merged, remote)
            assert fingerprint(copied_quads(remote)) == merged.fingerprint()
            assert (remote.default_graph is None) == layout.has_default
            assert not push(merged, remote)


def test_portion_that_the_store_finds_too_large_is_sent_in_parts():
    long = make_extraction("Ana Bell met Bo Cole. " + "So it was. " * 300)
    with failing_store(most=5_000) as store, remote_of(store.url) as remote:
        push(graph_of(long), remote)
        assert quads_of(store.data) == quads(graph_of(long))


def test_update_that_the_store_finds_too_long_is_sent_in_parts():
    said = Reply(400, b"Virtuoso 37000: The length of generated SQL text has exceeded 10000 lines of code")
    with failing_store() as store, remote_of(store.url) as remote:

        def refusing(_):
            store.replies = deque([said, said])  # to what is sent next, when all graphs are gathered

        push(graph_of(*ALL), remote, on_graph=refusing)
        assert not store.replies
        assert quads_of(store.data) == quads(graph_of(*ALL))


def test_triple_that_the_store_finds_too_large_is_told_of():
    long = make_extraction("Ana Bell met Bo Cole. " + "So it was. " * 300)
    with failing_store(most=2_000) as store, remote_of(store.url) as remote:
        message = r"status 413, and says: Too much. It takes no more at once"
        graph = graph_of(long)
        with pytest.raises(RemoteError, match=message):
            push(graph, remote)


def test_read_only_store_takes_no_push(merged):
    with failing_store(updates=False, graphs=False) as store, remote_of(store.url) as remote:
        message = "nothing can be pushed to it; set KG_STORE_USER"
        with pytest.raises(RemoteError, match=message):
            push(merged, remote)


def test_store_that_leaves_out_triples_is_found_out(merged, monkeypatch):
    with failing_store() as store, remote_of(store.url) as remote:
        update = remote.update

        def forgetful(text, **named):
            update(text, **named)
            store.data.update(f"DELETE WHERE {{ GRAPH ?g {{ ?s {KG.textHash} ?o }} }}")

        monkeypatch.setattr(remote, "update", forgetful)
        with pytest.raises(RemoteError, match=r"does not hold what was sent to it \(4 graphs"):
            push(merged, remote)


def test_requests_that_fail_for_a_while_do_no_harm(merged):
    with failing_store() as store, remote_of(store.url) as remote:
        push(graph_of(MET, AGAIN), remote)
        for _ in range(3):
            store.replies.extend([Reply(503), None, Reply(resets=True), Reply(429), None])
        push(merged, remote)
        assert quads_of(store.data) == quads(merged)


def test_unfinished_graph_is_unfinished_in_the_store(oxigraph):
    graph = Store.in_memory()
    with graph.adding():
        graph.add(MET)
    push(graph, oxigraph)
    assert oxigraph.select(f"ASK {{ GRAPH ?g {{ ?g {KG.unfinished} true }} }}").answer
    assert not push(graph, oxigraph)
    graph.judge()
    push(graph, oxigraph)
    assert_same(oxigraph, graph)


def test_other_base_is_kept_and_found_again(oxigraph):
    graph = Store.in_memory(base="https://example.org/news/")
    graph.add(MET)
    push(graph, oxigraph)
    with remote_of(f"oxigraph:{oxigraph.address.base}") as other:
        assert other.base == graph.base
        assert other.query("ASK { ent:Ana_Bell ?does ?what }").answer


def test_graph_that_is_closed_is_not_pushed(oxigraph, tmp_path):
    graph = graph_of(MET, path=tmp_path / "g")
    graph.close()
    with pytest.raises(StoreError, match="closed"):
        push(graph, oxigraph)
