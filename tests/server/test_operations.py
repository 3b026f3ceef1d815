"""What whoever runs a server sees of it: health, logs, metrics."""

import io
import json
import logging
import os
import re
import sys
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from kg.server import Settings
from kg.server.logs import LogFormat, Seen, log_to_stderr, note
from kg.server.tasks import Condition
from tests.server.running import (
    NoWorkers,
    app_of,
    connected,
    exchange,
    loggers_kept,
    requests_in,
    running,
    wait_until,
)

SECRET = "0123456789abcdef-secret"


@pytest.fixture
def log(caplog):
    """The log of requests; gives what has been said so far."""
    with caplog.at_level(logging.INFO, "kg.server.requests"):
        yield lambda: requests_in(caplog)


@pytest.fixture
def stderr(capsys):
    """Gives what has been written to standard error so far; loggers are as before afterwards."""
    written = []

    def _read():
        written.append(capsys.readouterr().err)
        return "".join(written)

    with loggers_kept():
        yield _read


def client_of(condition=None, **given):
    """A client of a server with these settings, whose pool is in this condition."""
    settings = Settings(graph=Path("news"), **given)
    pool = NoWorkers(settings)
    if condition is not None:
        pool.condition = lambda: condition
    return TestClient(app_of(settings, pool), base_url="http://localhost", raise_server_exceptions=False)


def condition(**given):
    """How a pool is, where a test says nothing else."""
    usual = {"generation": "g7", "free": 1, "busy": 1, "waiting": 3, "problem": None, "ended": {}}
    return Condition(**(usual | given))


def test_server_says_that_it_is_live_and_ready(server) -> None:
    assert httpx.get(f"{server}health").json() == {"status": "live"}
    ready = httpx.get(f"{server}health/ready")
    assert (ready.status_code, ready.json()["status"], ready.json()["workers"]) == (200, "ready", 2)
    assert ready.headers["Cache-Control"] == "no-store"


def test_server_without_workers_is_live_but_not_ready() -> None:
    client = client_of()
    assert client.get("/health").status_code == 200
    ready = client.get("/health/ready")
    assert (ready.status_code, ready.headers["Retry-After"]) == (503, "1")


def test_readiness_tells_the_state_of_the_graph_that_is_served() -> None:
    said = client_of(condition(age=12.34)).get("/health/ready").json()
    assert said == {
        "status": "ready",
        "workers": 2,
        "generation": "g7",
        "age_seconds": 12.3,
        "current": True,
    }


def test_server_that_cannot_show_the_newest_state_is_ready_and_says_so() -> None:
    said = client_of(condition(problem="'news' is damaged")).get("/health/ready")
    assert (said.status_code, said.json()["current"]) == (200, False)
    assert "damaged" not in said.text


def test_request_is_logged_in_one_record(log) -> None:
    client_of().get("/echo?query=SELECT")
    (seen,) = log()
    assert seen.pop("ms") > 0
    assert seen == {"method": "GET", "path": "/echo", "status": 200, "outcome": "answered", "bytes": 11}


def test_log_has_rows_wait_and_truncation_where_the_answer_notes_them(log) -> None:
    async def _cut(request):
        note(rows=7)
        note(waited=0.25)
        return PlainTextResponse("cut", headers={"Kg-Truncated": "rows=7"})

    client = client_of()
    client.app.add_route("/cut", _cut)
    client.get("/cut")
    (seen,) = log()
    assert (seen["outcome"], seen["rows"], seen["wait_ms"]) == ("truncated", 7, 250)


def test_query_is_logged_with_its_wait_for_a_worker(server, log) -> None:
    httpx.get(f"{server}sparql", params={"query": "SELECT ?s { ?s ?p ?o } LIMIT 1"})
    wait_until(log)
    assert 0 <= log()[0]["wait_ms"] <= log()[0]["ms"]


def test_notes_of_one_request_are_not_those_of_the_next(log) -> None:
    async def _noted(request):
        note(rows=7)
        return PlainTextResponse("noted")

    client = client_of()
    client.app.add_route("/noted", _noted)
    client.get("/noted")
    client.get("/echo")
    assert ["rows" in seen for seen in log()] == [True, False]


def test_log_holds_no_query_no_token_and_no_client(log) -> None:
    client = client_of(token=SECRET)
    client.post(f"/echo?query={SECRET}", content=SECRET, headers={"Authorization": f"Bearer {SECRET}"})
    assert SECRET not in str(log())
    assert "client" not in log()[0]


def test_log_tells_clients_where_that_was_asked_for(log) -> None:
    client_of(logs_clients=True).get("/echo")
    assert log()[0]["client"] == "testclient"


def test_path_cannot_forge_a_line_of_the_log(log) -> None:
    client_of().get("/a%0Ab%1B[2J" + "c" * 500)
    assert log()[0]["path"].startswith("/a%0Ab%1B")
    assert len(log()[0]["path"]) == 200


def test_client_that_goes_away_is_logged_as_cancelled(log) -> None:
    with running() as address:
        with connected(address) as connection:
            connection.sendall(b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nab")
        wait_until(log)
    assert (log()[0]["status"], log()[0]["outcome"]) == (499, "cancelled")


def test_client_that_is_too_slow_is_logged_as_timed_out(log) -> None:
    with running(body_seconds=0.1) as address:
        exchange(address, b"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nab")
        wait_until(log)
    assert (log()[0]["status"], log()[0]["outcome"]) == (408, "timed-out")


def test_reader_that_is_cut_is_logged_so(log) -> None:
    with running(send_seconds=0.1) as address, connected(address) as connection:
        connection.sendall(b"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n")
        wait_until(log)
    assert log()[0]["outcome"] == "cut"


def test_line_of_the_log_is_json_with_the_time_in_utc(stderr) -> None:
    log_to_stderr(LogFormat.JSON)
    client_of().get("/echo")
    line = json.loads(stderr())
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["time"])
    assert (line["path"], line["status"]) == ("/echo", 200)


def test_line_of_the_log_can_be_in_words(stderr) -> None:
    log_to_stderr(LogFormat.TEXT)
    client_of().get("/echo")
    assert re.fullmatch(r"\S+Z GET /echo 200 answered [0-9.]+ ms 11 bytes\n", stderr())


def test_log_of_none_tells_no_requests_but_mistakes_of_the_server(stderr) -> None:
    log_to_stderr(LogFormat.NONE)
    with running() as address:
        exchange(address, b"GET /echo HTTP/1.0\r\n\r\n")
        assert stderr() == ""
        exchange(address, b"GET /broken HTTP/1.0\r\n\r\n")
        wait_until(stderr)
    assert "RuntimeError" in stderr()


def test_unexpected_error_is_logged_with_its_places_but_without_its_words(stderr) -> None:
    log_to_stderr(LogFormat.JSON)
    with running() as address:
        exchange(address, b"GET /broken HTTP/1.0\r\n\r\n")
        wait_until(lambda: stderr().count("\n") == 2)
    lines = [json.loads(line) for line in stderr().splitlines()]
    (mistake,) = [line for line in lines if "error" in line]
    assert mistake["error"] == "RuntimeError"
    assert re.fullmatch(r"server/running\.py:\d+ _broken", mistake["at"][-1])
    assert "SELECT" not in stderr()
    assert str(Path.cwd()) not in stderr()


def samples_of(client, **headers) -> dict[tuple[str, ...], float]:
    """The metrics of a server: values by name and labels."""
    text = client.get("/metrics", headers=headers).text
    found = [one for family in text_string_to_metric_families(text) for one in family.samples]
    return {(one.name, *(f"{k}={v}" for k, v in sorted(one.labels.items()))): one.value for one in found}


def test_metrics_count_requests_by_route_method_status_and_outcome() -> None:
    client = client_of()
    for path in (
        "/echo",
        "/echo?query=SELECT",
        "/static/icon.svg",
        "/static/built/query.css",
        "/no",
        "/where",
    ):
        client.get(path)
    samples = samples_of(client)
    counted = {key[1:]: value for key, value in samples.items() if key[0] == "kg_requests_total"}
    assert counted == {
        ("method=GET", "outcome=answered", "route=/echo", "status=200"): 2,
        ("method=GET", "outcome=answered", "route=/static/{name:path}", "status=200"): 2,
        ("method=GET", "outcome=refused", "route=other", "status=404"): 2,
    }
    assert samples["kg_request_seconds_count", "route=/echo"] == 2
    assert samples["kg_answer_bytes_total", "route=/echo"] == 22


def test_methods_that_clients_make_up_are_counted_together() -> None:
    client = client_of()
    for method in ("BREW", "WHEN"):
        client.request(method, "/echo")
    assert (
        samples_of(client)[
            "kg_requests_total", "method=other", "outcome=refused", "route=/echo", "status=405"
        ]
        == 2
    )


def test_metrics_count_truncated_results_and_waits() -> None:
    client = client_of()
    client.app.state.metrics.see(
        Seen(method="GET", path="/", route="/", status=200, outcome="truncated", seconds=1, waited=0.2)
    )
    samples = samples_of(client)
    assert samples["kg_truncated_results_total",] == 1
    assert samples["kg_wait_seconds_bucket", "le=0.25"] == 1
    assert samples["kg_wait_seconds_bucket", "le=0.1"] == 0


def test_metrics_tell_how_the_workers_are() -> None:
    gone = 2**22 + 1
    now = condition(ended={"time": 4, "memory": 1}, swaps=2, age=60.0, processes=(os.getpid(), gone))
    samples = samples_of(client_of(now))
    said = {
        "kg_workers": 2,
        "kg_workers_busy": 1,
        "kg_queue_length": 3,
        "kg_generation_swaps_total": 2,
        "kg_generation_age_seconds": 60,
        "kg_problem": 0,
    }
    assert {name: samples[name,] for name in said} == said
    assert samples["kg_workers_ended_total", "reason=time"] == 4
    assert samples["kg_workers_resident_bytes",] > 10**6
    assert samples["process_resident_memory_bytes",] > 10**6


def test_log_that_nobody_can_read_any_more_ends_no_request(monkeypatch) -> None:
    with loggers_kept():
        log_to_stderr(LogFormat.JSON)
        closed = io.StringIO()
        closed.close()
        monkeypatch.setattr(sys, "stderr", closed)
        assert client_of().get("/echo").status_code == 200


def test_metrics_need_the_token_where_there_is_one() -> None:
    client = client_of(token=SECRET)
    assert client.get("/metrics").status_code == 401
    assert samples_of(client, Authorization=f"Bearer {SECRET}")


def test_metrics_come_as_openmetrics_for_who_asks_for_it() -> None:
    answer = client_of().get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})
    assert answer.headers["Content-Type"].startswith("application/openmetrics-text")
    assert answer.text.endswith("# EOF\n")
