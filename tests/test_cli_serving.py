"""`kg serve`: its options, its help, the page that documents them, and how it starts and ends."""

from __future__ import annotations

import dataclasses
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
import typer
from typer.testing import CliRunner

from kg.builder import build_graph
from kg.cli import app
from kg.cli.serving import written
from kg.server import Limits, Settings
from tests.conftest import ROOT
from tests.server.running import loggers_kept
from tests.test_builder import fake_extractor

TOKEN = "0123456789abcdef-token"
PAGE = (ROOT / "docs" / "serving.md").read_text("utf-8")
COMMAND = typer.main.get_command(app).commands["serve"]  # type: ignore[attr-defined]  # it is a group
OPTIONS = {name for one in COMMAND.params for name in one.opts if name.startswith("--")} | {"--help"}
LIMITS = [field.name for field in dataclasses.fields(Limits)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A graph of one article."""
    made = tmp_path_factory.mktemp("graph")
    (made / "a.txt").write_text("Ana met Bo.")
    build_graph([made / "a.txt"], made / "graph", extractor=fake_extractor)
    return made / "graph"


@pytest.fixture
def settings_of(monkeypatch):
    """Gives the settings with which `kg serve` would start a server for some arguments."""
    seen: list[Settings] = []
    monkeypatch.delenv("KG_TOKEN", raising=False)
    monkeypatch.setattr("kg.server.serving.serve", lambda settings, on_start: seen.append(settings))
    monkeypatch.setattr("kg.server.logs.log_to_stderr", lambda format_: None)

    def _settings(*arguments, **environment) -> Settings:
        result = CliRunner().invoke(app, ["serve", "graph", *map(str, arguments)], env=environment)
        assert result.exit_code == 0, result.output
        return seen[-1]

    return _settings


def refused(*arguments, **environment) -> str:
    """What `kg serve` says of wrong usage."""
    environment = {"KG_TOKEN": "", **environment}
    with loggers_kept():
        result = CliRunner().invoke(
            app, ["serve", "graph", "--port", "0", *map(str, arguments)], env=environment
        )
    assert result.exit_code == 2, result.output
    return " ".join(result.output.split())


@pytest.mark.parametrize("name", LIMITS)
def test_every_limit_is_an_option_that_help_and_page_explain(name) -> None:
    option = f"--max-{name.replace('_', '-')}"
    (found,) = [one for one in COMMAND.params if option in one.opts]
    usual = getattr(Limits(), name)
    is_size = found.metavar == "SIZE"
    assert found.default == usual
    assert not is_size or f"[default: {written(usual)}]" in found.help
    shown = written(usual) if is_size else f"{usual:g}" if isinstance(usual, float) else f"{usual:,}"
    (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{option}`")]
    assert row.split("|")[2].strip().startswith(shown)
    assert len(row.split("|")[3].split()) >= 5, "the page gives no reason for the default"


def test_every_setting_can_be_set(settings_of, tmp_path) -> None:
    (tmp_path / "token").write_text(TOKEN + "\n")
    settings = settings_of(
        *("--host", "0.0.0.0", "--port", 0, "--workers", 3, "--token-file", tmp_path / "token", "--writable"),
        *("--behind-proxy", "--allow-host", "graph.example", "--allow-origin", "https://a.example"),
        *("--default-graph", "own", "--log-clients"),
        *("--max-memory", "1G", "--max-rows", "10", "--max-seconds", "2.5"),
    )
    assert settings == Settings(
        graph=Path("graph"), host="0.0.0.0", port=0, workers=3, token=TOKEN, is_writable=True,
        is_behind_proxy=True, hosts=("graph.example",), origins=("https://a.example",), logs_clients=True,
        default_graph="own", limits=Limits(memory=2**30, rows=10, seconds=2.5),
    )  # fmt: skip


def test_without_options_the_settings_are_the_usual_ones(settings_of) -> None:
    assert settings_of() == Settings(graph=Path("graph"))


def test_page_and_options_name_each_other() -> None:
    own = PAGE.partition("## Behind a proxy")[0]
    named = set(re.findall(r"`(--[a-z-]+)", own))
    assert OPTIONS - named <= {"--help"}
    assert named <= OPTIONS


EXAMPLES = re.findall(r"```(\w+)\n(.*?)```", PAGE, re.DOTALL)


def test_commands_files_and_units_of_the_page_have_only_options_that_are_there() -> None:
    joined = [text.replace("\\\n", " ") for _, text in EXAMPLES]
    lines = [line for text in joined for line in text.splitlines() if "kg serve" in line or '"serve"' in line]
    assert len(lines) >= 5
    used = {
        option for line in lines for option in re.findall(r"(?<=[\s\"])--[a-z-]+", line.partition("serve")[2])
    }
    assert {"--behind-proxy", "--token-file"} <= used <= OPTIONS


def test_paths_of_the_page_are_routes() -> None:
    from kg.server.app import create_app

    routes = {route.path for route in create_app(Settings(graph=Path("graph"))).routes}
    assert {"/health", "/health/ready", "/metrics"} <= routes
    assert all(
        f"`{path}`" in PAGE for path in ("/", "/graph", "/sparql", "/health", "/health/ready", "/metrics")
    )


def test_fields_of_the_log_are_on_the_page() -> None:
    from kg.server.logs import OUTCOMES, Seen

    seen = Seen(
        method="GET",
        path="/",
        route="/",
        status=200,
        outcome="answered",
        seconds=1,
        rows=1,
        waited=1,
        client="a",
    )
    for word in (*seen.fields(), *OUTCOMES.values(), "truncated", "cancelled", "cut"):
        assert f"`{word}`" in PAGE, word


def test_metrics_are_on_the_page() -> None:
    from kg.server.metrics import Metrics
    from kg.server.tasks import Condition

    now = Condition(generation="1", free=1, busy=0, waiting=0, problem=None, ended={})
    made = Metrics(lambda: now)
    for family in made.registry.collect():
        name = f"{family.name}_total" if family.type == "counter" else family.name
        assert name.startswith("process_") or f"`{name}`" in PAGE, name


WRONG = {
    "elsewhere": (("--host", "0.0.0.0"), "other machines; give a token"),
    "writable": (("--writable",), "Updates are only taken from clients with a token"),
    "size": (("--max-body", "many"), "'many' is no size; write it as 64M"),
    "no-size": (("--max-body", "0"), "no size"),
    "seconds": (("--max-seconds", "0"), "max-seconds"),
    "rows": (("--max-rows", "-1"), "max-rows"),
    "origin": (("--allow-origin", "a.example"), "no origin"),
    "log": (("--log-format", "xml"), "choose json, text or none"),
    "token-on-the-command-line": (("--token", TOKEN), "--token"),
    "file": (("--token-file", "nowhere"), "The token file 'nowhere' cannot be read"),
}


@pytest.mark.parametrize(("arguments", "message"), WRONG.values(), ids=WRONG)
def test_wrong_usage_is_told_with_what_to_do(arguments, message) -> None:
    assert message in refused(*arguments)


def test_short_token_is_refused_and_not_shown() -> None:
    said = refused(KG_TOKEN="abc-secret")
    assert "has 10 characters" in said
    assert "abc-secret" not in said


def test_empty_token_file_is_refused(tmp_path) -> None:
    (tmp_path / "token").write_text("\n")
    assert "is empty" in refused("--token-file", tmp_path / "token")


def test_token_comes_from_the_environment_and_leaves_it(settings_of, monkeypatch) -> None:
    monkeypatch.setenv("KG_TOKEN", TOKEN)
    result = settings_of()
    assert result.token == TOKEN


def test_taken_port_is_told() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert "choose another with --port" in refused("--port", taken.getsockname()[1])


def test_help_shows_the_options_under_headings() -> None:
    shown = CliRunner().invoke(app, ["serve", "--help"]).output
    headings = re.findall(r"^(\w[^\n]*):$", shown, re.MULTILINE)
    assert headings == [
        "Options",
        "Who may ask",
        "What is answered",
        "Log",
        "What a request may cost",
        "What clients may take",
    ]


@pytest.mark.slow
@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGTERM])
def test_command_serves_until_it_is_stopped(folder, way) -> None:
    command = [sys.executable, "-m", "kg", "serve", str(folder), "--port", "0", "--workers", "1"]
    environment = {**os.environ, "KG_TOKEN": TOKEN}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        url = process.stdout.readline().split()[0]
        assert httpx.get(f"{url}sparql?query=ASK%7B%7D").status_code == 401
        assert httpx.get(f"{url}health").status_code == 200
        process.send_signal(way)
        log = process.stderr.read()
    assert '"path": "/health"' in log
    assert TOKEN not in log
    assert process.returncode in {0, -signal.SIGTERM}
    assert way != signal.SIGINT or log.endswith("Stopped.\n")


@pytest.mark.slow
def test_second_interrupt_ends_at_once_without_a_traceback(folder) -> None:
    command = [sys.executable, "-m", "kg", "serve", str(folder), "--port", "0", "--workers", "1"]
    with subprocess.Popen(
        command, env={**os.environ, "KG_TOKEN": ""}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        url = httpx.URL(process.stdout.readline().split()[0])
        with socket.create_connection((url.host, url.port)) as asking:
            asking.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n"
                b"Content-Type: application/sparql-query\r\n\r\n"
            )
            time.sleep(0.3)
            process.send_signal(signal.SIGINT)
            time.sleep(0.5)
            assert process.poll() is None, "it did not wait for the request"
            process.send_signal(signal.SIGINT)
            log = process.stderr.read()
    assert "Traceback" not in log
    assert '"level": "error"' not in log, log
    assert log.endswith("Stopped.\n")


REFUSED = {
    "no memory": (["--max-memory", "10M"], "give 64M or more"),
    "port of a host": (["--allow-host", "x.org:99999"], "no name of a host"),
    "port of an origin": (["--allow-origin", "https://x.org:99999"], "no origin"),
}


@pytest.mark.parametrize(("arguments", "said"), REFUSED.values(), ids=REFUSED)
def test_settings_that_cannot_work_are_refused(arguments, said) -> None:
    assert said in refused(*arguments)


def test_make_serve_names_no_option_that_is_gone() -> None:
    assert "kg serve graph" in (ROOT / "Makefile").read_text("utf-8")
