"""Workers reach nothing but their store, and end when they take too much time or memory."""

import os
import resource
import signal
import sys

import pyoxigraph as ox
import pytest

from kg.builder import build_graph
from kg.server import isolation, spawning
from kg.server.seccomp import program
from kg.store import Store
from tests.server.pools import COMMAND, running
from tests.test_builder import fake_extractor

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="seccomp and Landlock are Linux's")
REFUSED = {"EMFILE", "EACCES", "EPERM"}
PRODUCT = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?q ?r ?s"
DOUBLED = " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(32))
BOMBS = [
    pytest.param(f"SELECT ?x32 {{ BIND('0123456789' AS ?x0) {DOUBLED} }}", id="doubled text"),
    pytest.param(f"SELECT (GROUP_CONCAT(?c) AS ?x) {{ {PRODUCT} }}", id="joined text"),
    pytest.param(f"SELECT * {{ {PRODUCT} }} ORDER BY ?a ?s", id="sorted product"),
    pytest.param(f"SELECT DISTINCT * {{ {PRODUCT} }} ORDER BY ?a", id="distinct product"),
]


@pytest.fixture(scope="module", params=["layered", "bare"])
def pool(graph_folder, request):
    """A pool whose workers make attempts; also where the system has neither seccomp nor Landlock."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spawning, "_COMMAND", COMMAND)
        if request.param == "bare":
            patch.setenv("ATTEMPTS_BARE", "1")
        with running(graph_folder) as started:
            yield started


@pytest.fixture
def canary(tmp_path):
    file = tmp_path / "canary"
    file.write_text("sings")
    return file


def test_files_to_open_are_those_of_the_store_alone(tmp_path):
    for name in ("1.sst", "2.sst", "CURRENT"):
        (tmp_path / name).write_text("")
    (tmp_path / ".serving").mkdir()  # comes and goes while others look
    (tmp_path / ".serving" / "3.sst").write_text("")
    assert isolation._unopened(tmp_path) == 2
    with (tmp_path / "1.sst").open():
        assert isolation._unopened(tmp_path) == 1


@pytest.mark.parametrize("attempt", ["read", "write"])
def test_worker_opens_no_file(pool, canary, attempt):
    assert pool.meta("trial", attempt=attempt, path=str(canary))["outcome"] in REFUSED
    assert not canary.with_name("canary.new").exists()


@pytest.mark.parametrize("attempt", ["socket", "pair", "run"])
def test_worker_opens_no_socket_and_runs_no_program(pool, attempt):
    assert pool.meta("trial", attempt=attempt)["outcome"] in REFUSED


@LINUX
@pytest.mark.parametrize(
    ("attempt", "outcome"),
    [("socket", "EPERM"), ("kill", "EPERM"), ("read", "EACCES"), ("write", "EACCES"), ("remove", "EACCES")],
)
@pytest.mark.parametrize("pool", ["layered"], indirect=True)
def test_writer_has_the_files_of_its_graph_alone_and_no_network(pool, canary, attempt, outcome):
    with pool.change("trial", attempt=attempt, path=str(canary)).result(30) as answer:
        pass
    assert answer.meta["outcome"] == outcome
    assert canary.read_text() == "sings"


def test_limits_are_set_on_worker(pool):
    found = pool.meta("limits")
    limits = found["limits"]
    assert found["another descriptor"] == "EMFILE"
    assert limits["RLIMIT_FSIZE"] == limits["RLIMIT_CORE"] == [0, 0]
    assert limits["RLIMIT_NOFILE"][1] < 64
    assert 256 * 2**20 < limits["RLIMIT_AS"][0] < 4 * 2**30


@pytest.mark.slow
@pytest.mark.parametrize("query", BOMBS)
def test_bomb_meets_the_memory_limit_or_the_time_limit(pool, query):
    problem = pool.refusal("run", query=query)
    assert problem.status in {504, 507}
    assert "ask for less" in problem.detail


def test_doubled_text_meets_the_memory_limit(pool):
    problem = pool.refusal("run", query=BOMBS[0].values[0])
    assert problem.status == 507
    assert "256 MiB" in problem.detail


def test_memory_of_python_meets_the_limit(pool):
    assert pool.refusal("hoard", bytes=300 * 2**20).status == 507
    assert pool.meta("hoard", bytes=100 * 2**20)["bytes"] == 100 * 2**20


def test_product_meets_the_time_limit(pool):
    problem = pool.refusal("run", query=f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}", seconds=0.3)
    assert problem.status == 504
    assert "longer than 0.3 s" in problem.detail
    assert "Retry-After" not in problem.headers


@pytest.mark.slow
@pytest.mark.parametrize("depth", [1_000, 10_000, 100_000])
def test_deep_query_harms_nobody_else(pool, depth):
    query = "SELECT * " + "{" * depth + "?s ?p ?o" + "}" * depth
    task = pool.ask("run", query=query)
    if (error := task.exception(60)) is not None:
        assert error.status in {400, 504, 507}
    else:
        task.result().body.close()
    assert pool.meta("limits")["pid"]


def test_kernel_ends_a_worker_that_nobody_watches(monkeypatch):
    monkeypatch.setattr(isolation, "_GRACE", 0.1)
    pid = os.fork()
    if pid == 0:
        isolation.begin(0.1)
        data = ox.Store()
        data.extend([ox.Quad(ox.NamedNode(f"e:{n}"), ox.NamedNode("e:p"), ox.Literal(n)) for n in range(500)])
        list(data.query(f"SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}"))
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGALRM


@pytest.mark.slow
def test_all_tables_are_open_before_files_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(spawning, "_COMMAND", COMMAND)
    for number in range(12):
        (tmp_path / f"{number}.txt").write_text(f"Ana met Bo. Bo met Cy{number}.")
        build_graph([tmp_path / f"{number}.txt"], tmp_path / "graph", extractor=fake_extractor)
    tables = len(list((tmp_path / "graph").rglob("*.sst")))
    assert tables > 10
    with running(tmp_path / "graph", workers=1) as pool:
        found = pool.meta("limits")
        rows = pool.meta("run", query="SELECT * { GRAPH ?g { ?s ?p ?o } } ORDER BY ?s")["rows"]
    assert found["another descriptor"] == "EMFILE"
    with Store.open(tmp_path / "graph") as store:
        assert rows == len([quad for quad in store.data if not isinstance(quad.graph_name, ox.DefaultGraph)])


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_filter_allows_what_it_does_not_refuse(machine):
    sockets = {"x86_64": 41, "aarch64": 198}
    reads = {"x86_64": 0, "aarch64": 63}
    assert run_filter(program(machine), machine, sockets[machine]) == 0x50001
    assert run_filter(program(machine), machine, reads[machine]) == 0x7FFF0000
    assert run_filter(program(machine), "other", reads[machine]) == 0x50001


def run_filter(code, machine, number):
    """What the kernel would make of a system call."""
    import struct

    architectures = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7, "other": 1}
    data = {0: number, 4: architectures[machine]}
    lines = [struct.unpack_from("=HBBI", code, start) for start in range(0, len(code), 8)]
    at, value = 0, 0
    while True:
        kind, if_so, if_not, operand = lines[at]
        if kind == 0x06:
            return operand
        if kind == 0x20:
            value = data[operand]
        else:
            is_so = value == operand if kind == 0x15 else value >= operand
            at += if_so if is_so else if_not
        at += 1


def test_limits_of_the_system_are_kept():
    pid = os.fork()
    if pid == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (5, 5))
        isolation.begin(100)
        os._exit(resource.getrlimit(resource.RLIMIT_CPU) != (5, 5))
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
