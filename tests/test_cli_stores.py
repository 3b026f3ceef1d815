"""`kg push`, and `kg query`, `kg info` and `kg build` with `--store`, as they are typed; and `kg.connect`."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

import kg
from kg.__main__ import main
from kg.errors import QueryError, RemoteError
from kg.rdf.graphs import graph_node
from kg.rdf.iris import NamedGraph
from kg.store import Store
from kg.store.fingerprint import fingerprint
from kg.store.remote import push
from kg.store.remote.copying import copied_quads
from tests.conftest import ROOT
from tests.store.remote.conftest import expire_claims, remote_of
from tests.store.remote.servers import failing_store
from tests.store.test_importing import ALL, MET, contents, graph_of, quads, same

TOKEN = "0123456789abcdef0123456789abcdef"


@pytest.fixture
def path(tmp_path):
    graph_of(*ALL, path=tmp_path / "g", claims=[same("Ana Bell", "A. Bell")]).close()
    return tmp_path / "g"


@pytest.fixture
def url():
    with failing_store() as store:
        yield store.url


@pytest.fixture
def pushed(path, url, capsys):
    assert main(["push", str(path), "--store", url]) == 0
    capsys.readouterr()
    return url


def test_push_says_what_it_sent(path, url, capsys):
    assert main(["push", str(path), "--store", url]) == 0
    assert "5 graphs sent, 0 unchanged, 0 taken out; of what follows from them" in capsys.readouterr().out
    assert main(["push", str(path), "--store", url]) == 0
    assert "nothing to send, all 5 graphs are there already" in capsys.readouterr().out
    assert main(["remove", str(path), "a2"]) == 0
    assert main(["push", str(path), "--store", url]) == 0
    assert "0 graphs sent, 4 unchanged, 1 taken out" in capsys.readouterr().out


@pytest.mark.parametrize("format_", ["table", "csv", "json"])
@pytest.mark.parametrize(
    "asked",
    [
        ["SELECT ?a ?b { ?a kg:meets ?b } ORDER BY ?a ?b"],
        ["who-met-whom", "-p", "actor=bell"],
        ["top-actors"],
        ["ASK { ?a kg:meets ?b }"],
        ["SELECT ?b { ?a kg:meets ?b FILTER(STR(?b) != ?no) } ORDER BY ?b", "-p", "no=x"],
    ],
    ids=["query", "question", "plain question", "ask", "value"],
)
def test_query_of_a_store_shows_the_same_as_of_the_graph(asked, format_, path, pushed, capsys):
    assert main(["query", str(path), *asked, "--format", format_]) == 0
    wanted = capsys.readouterr()
    assert main(["query", "--store", pushed, *asked, "--format", format_]) == 0
    assert capsys.readouterr() == wanted


def test_query_of_a_store_is_read_from_a_file(pushed, tmp_path, capsys):
    (tmp_path / "q.rq").write_text("CONSTRUCT { ?a kg:met ?b } { ?a kg:meets ?b }")
    assert main(["query", "--store", pushed, "-f", str(tmp_path / "q.rq"), "--format", "ttl"]) == 0
    assert "ent:Ana_Bell kg:met ent:" in capsys.readouterr().out


def test_info_tells_what_a_store_has(pushed, capsys):
    assert main(["info", "--store", pushed]) == 0
    said = capsys.readouterr()
    for words in ("articles 4", f"updates {pushed}/update", "by itself", "13 of 13"):
        assert words in " ".join(said.out.split())
    assert said.err.count("Lacking: ") == 1  # what needs a graph here


def test_info_tells_what_a_store_lacks(path, capsys):
    with failing_store(union=False, counts=False) as store:
        assert main(["push", str(path), "--store", store.url]) == 0
        store.updates = store.graphs = False
        assert main(["info", "--store", store.url]) == 0
    said = capsys.readouterr()
    for words in ("nothing can be pushed to it", "named questions, and queries of articles without GRAPH",
                  "that another client changed a graph goes unseen", "put and read by updates"):  # fmt: skip
        assert words in said.err
    assert "articles not known" in " ".join(said.out.split())


def test_info_tells_of_a_push_that_was_stopped(pushed, capsys):
    with remote_of(pushed) as remote:
        builds = f"<{remote.base}builds>"
        unfinished = "<https://w3id.org/actors-kg/ontology#unfinished>"
        remote.update(f"INSERT DATA {{ GRAPH {builds} {{ {builds} {unfinished} true }} }}")
    assert main(["info", "--store", pushed]) == 0
    assert "A push to it was not finished" in capsys.readouterr().out


def test_graph_comes_back_from_a_store(path, pushed, tmp_path, capsys):
    assert main(["import", str(tmp_path / "h"), "--store", pushed]) == 0
    assert "4 articles added" in capsys.readouterr().out
    assert contents(tmp_path / "h") == contents(path)
    assert main(["import", str(tmp_path / "h"), "--store", pushed]) == 0
    assert "0 articles added, 0 replaced, 4 unchanged" in capsys.readouterr().out
    assert main(["import", str(tmp_path / "h")]) == 2
    assert main(["import", str(tmp_path / "h"), "-", "--store", pushed]) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["push", "{path}"], "Name the store with --store"),
        (["push", "{path}", "--store", "nowhere"], "no address of a store"),
        (["query", "--store", "{url}"], "Give either a query"),
        (["query", "{path}", "ASK {}", "--store", "{url}"], "but not both"),
        (["query"], "name the folder of a graph, or a store"),
        (["query", "--store", "https://ana:secret@example.org/", "ASK {}"], "take it out"),
        (["query", "--store", "{url}", "one two"], "neither SPARQL nor the name of a question"),
        (["query", "--store", "{url}", "ASK {}", "--format", "docx"], "no format 'docx'"),
        (["info"], "name the folder of a graph, or a store"),
        (["info", "{path}", "--store", "{url}"], "Name a graph here, or a store"),
        (["info", "--store", "{url}", "--fingerprint"], "which has no --fingerprint"),
        (["push", "{path}", "--store", "{url}", "--batch", "1"], "--batch"),
        (["push", "{path}", "--store", "{url}", "--ca-file", "/nonexistent"], "holds no certificates"),
    ],
)
def test_wrong_use_is_2(arguments, message, path, url, capsys):
    assert main([argument.format(path=path, url=url) if "{}" not in argument else argument
                 for argument in arguments]) == 2  # fmt: skip
    said = capsys.readouterr().err
    assert message in " ".join(said.replace("│", " ").split())
    assert "secret" not in said


def test_store_that_fails_is_1(path, url, capsys):
    assert main(["query", "--store", url, "who-ate-whom"]) == 1
    assert main(["query", "--query-url", f"{url}/nowhere", "ASK {}"]) == 1
    assert main(["push", str(path), "--query-url", f"{url}/query", "--update-url", f"{url}/nowhere"]) == 1
    assert "nowhere answers with status 404" in capsys.readouterr().err


def test_environment_says_who_asks(path, monkeypatch, capsys):
    with failing_store(secret=f"Bearer {TOKEN}") as store:
        assert main(["push", str(path), "--store", store.url]) == 1
        assert "set KG_STORE_USER" in capsys.readouterr().err
        monkeypatch.setenv("KG_STORE_TOKEN", TOKEN)
        assert main(["push", str(path), "--store", store.url]) == 0
        assert TOKEN not in "".join(capsys.readouterr())


def test_build_pushes_what_it_built(url, tmp_path, monkeypatch, capsys):
    from kg import builder
    from tests.test_builder import fake_extractor

    monkeypatch.setattr(builder, "reader_of", lambda _: (fake_extractor, "fake 1"))
    for count, text in enumerate(("Ana met Bo.", "Bo met Cy."), 1):
        (tmp_path / f"{count}.txt").write_text(text)
        files = [str(tmp_path / f"{number}.txt") for number in range(1, count + 1)]
        assert main(["build", *files, "-o", str(tmp_path / "g"), "--store", url]) == 0
        assert f"1 graphs sent, {count - 1} unchanged" in capsys.readouterr().out
    with Store.open(tmp_path / "g") as graph, remote_of(url) as remote:
        assert fingerprint(copied_quads(remote)) == graph.fingerprint()


def test_connected_graph_answers_as_one_here(path, pushed):
    with kg.open(path) as here, kg.connect(pushed) as there:
        text = "SELECT ?a ?b { ?a kg:meets ?b } ORDER BY ?a ?b"
        assert list(there.query(text)) == list(here.query(text))
        ana = next(one for one in here._store.entities() if one.id == "Ana_Bell")
        assert list(there.query(text, {"a": ana})) == list(here.query(text, {"a": ana}))
        assert list(there.ask("top-actors")) == list(here.ask("top-actors"))
        assert len(there.construct("CONSTRUCT WHERE { ?a kg:meets ?b }")) == 3
        assert there.relations().equals(here.relations())
        assert there.relations(status="planned").equals(here.relations(status="planned"))
        assert there.copy()._store.fingerprint() == here._store.fingerprint()
        assert list(there.query("ASK { ?a kg:meets ?b }")) == [{"answer": True}]
        assert not there.push(path)
        assert pushed in repr(there)


def test_connected_graph_tells_rows_from_triples(pushed):
    with kg.connect(pushed) as graph:
        with pytest.raises(QueryError, match="gives no rows"):
            graph.query("CONSTRUCT WHERE { ?a ?b ?c }")
        with pytest.raises(QueryError, match="makes no triples"):
            graph.construct("ASK {}")
    with pytest.raises(RemoteError, match="no address"):
        kg.connect("graph/")


@contextmanager
def served(folder):
    """The address of `kg serve --writable` on a new graph, in a process of its own."""
    Store.create(folder).close()
    command = [
        sys.executable,
        "-m",
        "kg",
        "serve",
        str(folder),
        "--port",
        "0",
        "--writable",
        "--workers",
        "2",
    ]
    environment = {"KG_TOKEN": TOKEN, "PATH": "/usr/bin:/bin"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            yield process.stdout.readline().split()[0]
        finally:
            process.terminate()
            process.wait(30)


@pytest.mark.slow
def test_our_own_server_takes_a_push(tmp_path):
    graph = graph_of(*ALL, claims=[same("Ana Bell", "A. Bell")])
    who = {"KG_STORE_TOKEN": TOKEN}
    with served(tmp_path / "served") as url, remote_of(url, environment=who) as remote:
        assert remote.update_url == f"{url}sparql"
        push(graph_of(MET), remote)
        assert push(graph, remote)
        assert not push(graph, remote)
        assert remote.graph_store_url == f"{url}graph-store"
        assert remote.ask("who-met-whom").rows
        graph.remove("a1")
        push(graph, remote)
        assert fingerprint(copied_quads(remote)) == graph.fingerprint()
    with Store.open(tmp_path / "served") as there:
        assert quads(there) == quads(graph)
        assert there.is_finished


@pytest.mark.slow
@pytest.mark.parametrize("writes", [1, 3, 6, 10])
def test_push_that_is_killed_is_finished_by_another(writes, path):
    """Killed by the system (kill -9) between two requests, or in the middle of one."""
    with failing_store() as store, remote_of(store.url) as remote:
        push(graph_of(*ALL[:2]), remote)
        store.seen.clear()
        store.pause = 0.05
        command = [sys.executable, "-m", "kg", "push", str(path), "--store", store.url, "--batch", "1000"]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
            while len(store.writes()) < writes and process.poll() is None:
                time.sleep(0.005)
            process.kill()
        store.settle()
        store.pause = 0
        expire_claims(remote)
        with Store.open(path) as graph:
            push(graph, remote)
            kept = {quad for quad in store.data if quad.graph_name != graph_node(NamedGraph.BUILDS)}
            assert kept == quads(graph)
            assert not push(graph, remote)
