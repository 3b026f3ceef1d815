"""Nothing leaves the server and no file is read, whatever a request names: by the guards, and without."""

import itertools
import json
import os
import random
import socket
import subprocess
import sys
from collections import Counter
from contextlib import suppress

import httpx
import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.server import Settings, background
from kg.server.graph_store import PATH
from kg.store.guards import refuse
from tests.server.mutation import Maker
from tests.server.sinks import SECRET, Canary, Listener

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="watches a file by inotify")

TOKEN = "a-token-for-tests-only"
P = "PREFIX e: <{0}> PREFIX : <{0}> "
SERVICES = {
    "constant": "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "silent": "SELECT * {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
    "short name": P + "SELECT * {{ SERVICE e: {{ ?s ?p ?o }} }}",
    "bound by VALUES": "SELECT * {{ VALUES ?g {{ <{0}> }} SERVICE ?g {{ ?s ?p ?o }} }}",
    "bound by BIND": "SELECT * {{ BIND(IRI('{0}') AS ?g) SERVICE ?g {{ ?s ?p ?o }} }}",
    "bound by the graph": "SELECT * {{ ?g ?x ?y SERVICE SILENT ?g {{ ?s ?p ?o }} }}",
    "in EXISTS": "ASK {{ ?a ?b ?c FILTER EXISTS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "in MINUS": "SELECT * {{ ?s ?p ?o MINUS {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "in a subquery": "SELECT * {{ {{ SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }} }}",
    "in OPTIONAL": "SELECT * {{ OPTIONAL{{SERVICE<{0}>{{?s ?p ?o}}}} }}",
    "in GRAPH": "SELECT * {{ GRAPH ?g {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "in CONSTRUCT": "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "nested": "SELECT * {{ SERVICE <{0}> {{ SERVICE <{0}> {{ ?s ?p ?o }} }} }}",
    "glued": "SELECT * {{ ?s ?p true.serviceSILENT<{0}>{{?s ?p ?o}} }}",
    "glued to a prefix": P + "SELECT * {{ ?s ?p e:.SERVICE:{{?s ?p ?o}} }}",
    "escaped": "SELECT * {{ \\u0053ERVICE <{0}> {{ ?s ?p ?o }} }}",
    "behind a comment": "SELECT * {{ # '''\r SERVICE <{0}> {{ ?s ?p ?o }} # '''\n }}",
    "behind a comparison": "SELECT * {{ FILTER(?a<?b#>'''\n) SERVICE <{0}> {{ ?s ?p ?o }} #'''\n}}",
}
DATASETS = {
    "FROM": "SELECT * FROM <{0}> {{ ?s ?p ?o }}",
    "FROM NAMED": "SELECT * FROM NAMED <{0}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "GRAPH": "SELECT * {{ GRAPH <{0}> {{ ?s ?p ?o }} }}",
    "DESCRIBE": "DESCRIBE <{0}>",
}
LOADS = {
    "plain": "LOAD <{0}>",
    "silent": "LOAD SILENT <{0}>",
    "into a graph": "LOAD <{0}> INTO GRAPH <https://a.example/g>",
    "second": "CLEAR SILENT GRAPH <https://a.example/g> ; LOAD <{0}>",
    "glued": P + "LOADSILENTe:",
    "service": "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
    "using": "INSERT {{ <e:s> <e:p> ?o }} USING <{0}> WHERE {{ ?s ?p ?o }}",
}
NAMESPACE = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e/"'
RDF = f'<rdf:RDF {NAMESPACE}><rdf:Description rdf:about="http://e/s"><e:p>{{1}}</e:p></rdf:Description></rdf:RDF>'
BODIES = {
    "context": ("application/ld+json", '{{"@context": "{0}", "@id": "http://e/s", "name": "x"}}'),
    "contexts": (
        "application/ld+json",
        '{{"@context": ["{0}", {{"e": "http://e/"}}], "@id": "e:s", "e:p": 1}}',
    ),
    "import": (
        "application/ld+json",
        '{{"@context": {{"@version": 1.1, "@import": "{0}"}}, "@id": "http://e/s"}}',
    ),
    "nested context": (
        "application/ld+json",
        '{{"http://e/p": {{"@context": "{0}", "name": 1}}, "@id": "http://e/s"}}',
    ),
    "external entity": (
        "application/rdf+xml",
        '<!DOCTYPE r [<!ENTITY x SYSTEM "{0}">]>' + RDF.replace("{1}", "&x;"),
    ),
    "parameter entity": (
        "application/rdf+xml",
        '<!DOCTYPE r [<!ENTITY % x SYSTEM "{0}"> %x;]>' + RDF.replace("{1}", "1"),
    ),
    "external subset": ("application/rdf+xml", '<!DOCTYPE r SYSTEM "{0}">' + RDF.replace("{1}", "1")),
    "XInclude": (
        "application/rdf+xml",
        RDF.replace("{1}", '<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="{0}" parse="text"/>'),
    ),
    "base": ("text/turtle", "@base <{0}> . @prefix e: <{0}> . <> e:p <x> ."),
}  # fmt: skip


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """A server that takes updates, of a graph that names the listener."""
    from kg.builder import build_graph
    from tests.test_builder import fake_extractor

    folder = tmp_path_factory.mktemp("tempting")
    (folder / "a.txt").write_text("Ana met Bo.")
    build_graph([folder / "a.txt"], folder / "graph", extractor=fake_extractor)
    given = Settings(graph=folder / "graph", port=0, workers=2, is_writable=True, token=TOKEN)
    with background(given) as url:
        yield url


@pytest.fixture(scope="module")
def client(served):
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with httpx.Client(base_url=served, headers=headers, timeout=30, trust_env=False) as client:
        yield client


@pytest.fixture(scope="module")
def listener():
    listener = Listener()
    yield listener
    listener.close()


@pytest.fixture(scope="module")
def canary(tmp_path_factory):
    canary = Canary(tmp_path_factory.mktemp("canary") / "canary.ttl")
    yield canary
    canary.close()


@pytest.fixture(params=["network", "file"])
def place(request, listener, canary):
    """What a request names; afterwards nothing was received or opened."""
    yield listener.url if request.param == "network" else canary.url
    assert (listener.received, canary.events()) == ([], 0)


def test_listener_and_canary_notice_what_comes(tmp_path):
    listener, canary = Listener(), Canary(tmp_path / "canary.ttl")
    httpx.get(listener.url, trust_env=False)
    canary.path.read_text()
    listener.close()
    assert (len(listener.received), canary.events() > 0) == (1, True)
    canary.close()


@pytest.mark.parametrize("name", SERVICES)
def test_service_is_refused(name, client, place):
    answer = client.post("sparql", data={"query": SERVICES[name].format(place)})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert name == "escaped" or "SERVICE would reach the network" in answer.json()["detail"]


@pytest.mark.parametrize("name", DATASETS)
def test_dataset_is_not_fetched(name, client, place):
    answer = client.post("sparql", data={"query": DATASETS[name].format(place)})
    assert (answer.status_code, SECRET in answer.text) == (200, False)


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
def test_dataset_of_the_protocol_is_not_fetched(parameter, client, place):
    answer = client.get("sparql", params={"query": "SELECT * { ?s ?p ?o }", parameter: place})
    assert (answer.status_code, answer.json()["results"]["bindings"]) == (200, [])


@pytest.mark.parametrize("name", LOADS)
def test_update_loads_nothing(name, client, place):
    answer = client.post("update", data={"update": LOADS[name].format(place)})
    assert answer.status_code in ({200, 204} if name == "using" else {400}), answer.text
    assert SECRET not in client.get("sparql", params={"query": "SELECT ?o { ?s ?p ?o }"}).text


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize("name", BODIES)
def test_document_fetches_nothing(name, method, client, place):
    type_, body = BODIES[name]
    graph = {"graph": "https://a.example/documents"}
    answer = client.request(
        method, PATH, params=graph, content=body.format(place), headers={"Content-Type": type_}
    )
    assert answer.status_code < 500, answer.text
    read = client.get(PATH, params=graph, headers={"Accept": "application/n-triples"})
    assert SECRET not in read.text


CHILD = """
import json, os, socket, subprocess, sys
from pathlib import Path
import pyoxigraph as ox
from kg.server import isolation
isolation.leave(os.getppid())
folder, url, path = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
store = ox.Store.read_only(str(folder))
list(store.quads_for_pattern(None, None, None))
isolation.lower(folder, memory=2**30)
outcomes = {}
def attempt(name, act):
    try:
        act()
        outcomes[name] = "done"
    except Exception as error:
        outcomes[name] = type(error).__name__
attempt("query", lambda: list(store.query("SELECT * { ?s ?p ?o } LIMIT 1", use_default_graph_as_union=True)))
attempt("service", lambda: list(store.query("SELECT * { SERVICE <%s> { ?s ?p ?o } }" % url)))
attempt("silent service", lambda: list(store.query("SELECT * { SERVICE SILENT <%s> { ?s ?p ?o } }" % url)))
attempt("from", lambda: list(store.query("SELECT * FROM <%s> { ?s ?p ?o }" % url)))
attempt("load", lambda: ox.Store().update("LOAD <%s>" % url))
attempt("load a file", lambda: ox.Store().update("LOAD <file://%s>" % path))
attempt("connect", lambda: socket.create_connection(("127.0.0.1", int(url.split(":")[2].split("/")[0]))))
attempt("datagram", lambda: socket.socket(type=socket.SOCK_DGRAM))
attempt("unix socket", lambda: socket.socket(socket.AF_UNIX))
attempt("open", lambda: open(path))
attempt("parse", lambda: list(ox.parse(path=path)))
attempt("list", lambda: os.listdir(os.path.dirname(path)))
attempt("write", lambda: open(path + ".new", "w"))
attempt("remove", lambda: os.remove(path))
attempt("run", lambda: subprocess.run(["/bin/true"]))
print(json.dumps(outcomes))
"""
POSSIBLE = {"query", "silent service", "from"}
"""What may be done, if to no effect: SILENT hides failures, and FROM fetches nothing."""


def test_limits_of_the_process_alone_hold(graph_folder, listener, canary):
    """Without the guards, and with the engine called directly."""
    data = min((path.parent for path in graph_folder.rglob("CURRENT")), key=lambda path: len(path.parts))
    command = [sys.executable, "-c", CHILD, str(data), listener.url, str(canary.path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    outcomes = json.loads(done.stdout or "{}")
    assert outcomes.get("query") == "done", done.stderr
    assert {name for name, outcome in outcomes.items() if outcome == "done"} <= POSSIBLE
    assert (listener.received, canary.events()) == ([], 0)
    assert canary.path.exists()


def test_server_itself_makes_no_connection(client, listener):
    """Not even for a name of a host that a request gives."""
    host = listener.url.split("/")[2]
    with socket.create_connection((client.base_url.host, client.base_url.port)) as connection:
        connection.sendall(f"GET {listener.url} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        assert connection.recv(12).split()[1][:1] == b"4"
    assert listener.received == []


TEMPTING = (
    "SERVICE",
    "SILENT",
    "{",
    "}",
    "#",
    "\n",
    "'",
    '"',
    "'''",
    '"""',
    "<",
    ">",
    "?a<",
    ".",
    "e:",
    ":",
    "FILTER(",
)


def hidden(chance: random.Random, url: str) -> str:
    """A query with a SERVICE clause somewhere, and what may hide it around it."""
    text = Maker(chance).query()
    clause = chance.choice(
        (f"SERVICE SILENT <{url}> {{}}", "SERVICE here: {}", "SERVICEhere:{}", "SERVICE ?here {}")
    )
    for piece in [clause, *(chance.choice(TEMPTING) for _ in range(chance.randrange(7)))]:
        place = chance.randrange(text.index("{"), len(text) + 1)
        text = text[:place] + piece + text[place:]
    return f"PREFIX here: <{url}> {text}".replace("WHERE {", f"WHERE {{ BIND(<{url}> AS ?here) ", 1)


def test_no_clause_is_hidden_from_the_guards(listener):
    """Queries that pass are given to the engine itself, which may then go where it likes."""
    store, found = ox.Store(), Counter()
    for number in range(int(os.environ.get("KG_FUZZ", "500"))):
        text = hidden(random.Random(number), listener.url)
        try:
            refuse(text)
        except QueryError:
            found["refused"] += 1
            continue
        found["passed"] += 1
        with suppress(SyntaxError, RuntimeError, ValueError, OSError):
            for _ in itertools.islice(iter_of(store.query(text, base_iri="https://a.example/")), 50):
                found["rows"] += 1
        assert listener.received == [], text
    assert min(found["passed"], found["refused"]) > 20


def iter_of(found):
    """The rows or triples of a result."""
    return () if isinstance(found, ox.QueryBoolean) else found


def test_guards_refuse_nothing_that_is_harmless():
    """What the engine can read, and was not made deep, passes."""
    store = ox.Store()
    for number in range(300):
        text = Maker(random.Random(number)).query()
        with suppress(SyntaxError):
            store.query(text, base_iri="https://a.example/")
            refuse(text)
