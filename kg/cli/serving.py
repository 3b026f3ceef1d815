"""The command that serves a graph over HTTP."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any

import typer

from kg.cli.app import GraphPath, app
from kg.server.settings import DefaultGraph, Limits, Settings, SettingsError, usual_workers
from kg.terminal import note, say

TOKEN_VARIABLE = "KG_TOKEN"  # noqa: S105  # the name of the variable, not a token
_UNITS = MappingProxyType({"": 1, "K": 2**10, "M": 2**20, "G": 2**30})
_SIZE = re.compile(r"([0-9]+) *([KMG]?)(?:i?B)?", re.IGNORECASE)
_USUAL = Limits()

WHO, WHAT, LOG = "Who may ask", "What is answered", "Log"
COSTS, CLIENTS = "What a request may cost", "What clients may take"


class GroupedCommand(typer.core.TyperCommand):
    """A command whose help shows its options under headings."""

    # Typer 0.20 hands it click's context and formatter, later versions their own.
    def format_options(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Writes the options, those without a heading first."""
        groups: dict[str, list[tuple[str, str]]] = {"Options": []}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is not None and isinstance(parameter, typer.core.TyperOption):
                groups.setdefault(parameter.rich_help_panel or "Options", []).append(record)
        for heading, records in groups.items():
            with formatter.section(heading):
                formatter.write_dl(records)


def size_of(text: str | int) -> int:
    """Bytes of a size; K, M and G are powers of 1,024.

    Raises:
        typer.BadParameter: It is none.

    >>> [size_of(text) for text in ("64M", "512 KiB", "2g", "100")]
    [67108864, 524288, 2147483648, 100]
    """
    found = _SIZE.fullmatch(str(text).strip())  # typer also hands over the default
    if found is None or int(found[1]) == 0:
        raise typer.BadParameter(f"{text!r} is no size; write it as 64M, 512K or 2G, or in bytes.")
    return int(found[1]) * _UNITS[found[2].upper()]


def written(size: int) -> str:
    """A size as the options take it.

    >>> [written(size) for size in (64 * 2**20, 2**30, 1000)]
    ['64M', '1G', '1000']
    """
    whole = [(unit, size // factor) for unit, factor in _UNITS.items() if size % factor == 0]
    unit, count = whole[-1]
    return f"{count}{unit}"


def _size(field: str, help_: str, group: str) -> Any:  # noqa: ANN401  # as typer has it
    usual = written(getattr(_USUAL, field))
    return typer.Option(
        parser=size_of,
        metavar="SIZE",
        help=f"{help_}  [default: {usual}]",
        rich_help_panel=group,
        show_default=False,
    )


def _count(help_: str, group: str) -> Any:  # noqa: ANN401  # as typer has it
    return typer.Option(min=1, metavar="N", help=help_, rich_help_panel=group)


def _time(help_: str, group: str) -> Any:  # noqa: ANN401  # as typer has it
    return typer.Option(min=0.01, metavar="SECONDS", help=help_, rich_help_panel=group)


@app.command(cls=GroupedCommand)
def serve(
    graph: GraphPath,
    host: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS", help="Where to listen; elsewhere than here with a token or a proxy only."
        ),
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where; 0 takes a free one.")] = 8000,
    workers: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help="Processes that answer, up to as many again while queries take long; two a core, at least 4"
            f"  [default here: {usual_workers()}]",
            show_default=False,
        ),
    ] = None,
    token_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help=f"File with the token that clients must send; else ${TOKEN_VARIABLE}.",
            rich_help_panel=WHO,
            show_default=False,
        ),
    ] = None,
    writable: Annotated[
        bool,
        typer.Option("--writable", help="Take updates, from clients with the token.", rich_help_panel=WHO),
    ] = False,
    behind_proxy: Annotated[
        bool,
        typer.Option(
            "--behind-proxy",
            help="A reverse proxy decides who may ask; its X-Forwarded-For and -Proto are believed.",
            rich_help_panel=WHO,
        ),
    ] = False,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="A further name by which clients call it.", rich_help_panel=WHO),
    ] = None,
    allow_origin: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ORIGIN",
            help="Pages elsewhere that may ask (CORS), such as https://example.org; * for all.",
            rich_help_panel=WHO,
        ),
    ] = None,
    default_graph: Annotated[
        DefaultGraph,
        typer.Option(
            help="What a query without a dataset sees: all graphs, or the default graph alone.",
            rich_help_panel=WHAT,
        ),
    ] = DefaultGraph.UNION,
    log_format: Annotated[
        str | None,
        typer.Option(
            metavar="json|text|none",
            help="One line a request on standard error; on a terminal text, else json.",
            rich_help_panel=LOG,
            show_default=False,
        ),
    ] = None,
    log_clients: Annotated[
        bool, typer.Option("--log-clients", help="Also the clients' addresses.", rich_help_panel=LOG)
    ] = False,
    max_seconds: Annotated[
        float, _time("Wall time of a query; people wait no longer for a page.", COSTS)
    ] = _USUAL.seconds,
    max_change_seconds: Annotated[
        float, _time("Wall time of an update, or of a graph that is put.", COSTS)
    ] = _USUAL.change_seconds,
    max_memory: Annotated[
        int,
        _size("memory", "Address space of a task beyond that of a worker at rest; 64M or more.", COSTS),
    ] = _USUAL.memory,
    max_rows: Annotated[int, _count("Rows or triples of a result; some ten megabytes.", COSTS)] = _USUAL.rows,
    max_result: Annotated[
        int, _size("result", "Of a result; what a browser can still hold.", COSTS)
    ] = _USUAL.result,
    max_query: Annotated[
        int, _size("query", "Of a query; room for some thousand IRIs in VALUES.", COSTS)
    ] = _USUAL.query,
    max_nesting: Annotated[
        int, _count("Levels of brackets in a query; the engine's stack ends at some 2,000.", COSTS)
    ] = _USUAL.nesting,
    max_chain: Annotated[
        int, _count("Operators, filters and unions of a query, each a level of recursion.", COSTS)
    ] = _USUAL.chain,
    max_joins: Annotated[
        int, _count("Triple patterns and path steps it joins: planning takes their fourth power.", COSTS)
    ] = _USUAL.joins,
    max_queue: Annotated[
        int, _count("Requests that wait for a worker: a second of light queries.", CLIENTS)
    ] = _USUAL.queue,
    max_wait: Annotated[
        float, _time("That a request waits for a worker: as long as one query may take.", CLIENTS)
    ] = _USUAL.wait,
    max_connections: Annotated[
        int, _count("Connections at a time; half of the open files that a process usually may have.", CLIENTS)
    ] = _USUAL.connections,
    max_body: Annotated[
        int, _size("body", "Of a request's body: an update, or a graph that is put.", CLIENTS)
    ] = _USUAL.body,
    max_headers: Annotated[
        int, _size("headers", "Of a request's address and headers, as of other servers.", CLIENTS)
    ] = _USUAL.headers,
    max_header_seconds: Annotated[
        float, _time("For the headers to come; they fit a packet or two.", CLIENTS)
    ] = _USUAL.header_seconds,
    max_body_seconds: Annotated[
        float, _time("For the body to come: the largest at half a megabyte a second.", CLIENTS)
    ] = _USUAL.body_seconds,
    max_send_seconds: Annotated[
        float, _time("For the client to take each 32K of an answer: a very slow line.", CLIENTS)
    ] = _USUAL.send_seconds,
    max_idle_seconds: Annotated[
        float, _time("That a connection is kept without a request: longer than proxies do.", CLIENTS)
    ] = _USUAL.idle_seconds,
) -> None:
    """Answer SPARQL at /sparql and show the graph at /, until Ctrl-C.

    It listens on this machine only, reads only, and bounds what each request may cost. docs/serving.md tells
    how to run it for others.
    """
    given = locals()
    limits = Limits(
        **{name.removeprefix("max_"): value for name, value in given.items() if name.startswith("max_")}
    )
    settings = Settings(
        graph=graph,
        host=host,
        port=port,
        workers=workers or usual_workers(),
        token=read_token(token_file, os.environ),
        is_writable=writable,
        is_behind_proxy=behind_proxy,
        hosts=tuple(allow_host or ()),
        origins=tuple(allow_origin or ()),
        logs_clients=log_clients,
        default_graph=default_graph,
        limits=limits,
    )
    os.environ.pop(TOKEN_VARIABLE, None)  # which the workers would inherit
    _serve(settings, log_format)


def read_token(file: Path | None, environment: Mapping[str, str]) -> str | None:
    """The token of a file, or of the environment; None where there is neither.

    Raises:
        typer.BadParameter: The file cannot be read, or there is nothing in it.

    >>> read_token(None, {"KG_TOKEN": " 0123456789abcdef "})
    '0123456789abcdef'
    """
    if file is None:
        return environment.get(TOKEN_VARIABLE, "").strip() or None
    try:
        token = file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"The token file {str(file)!r} cannot be read ({error}).") from error
    if not token:
        raise typer.BadParameter(
            f"The token file {str(file)!r} is empty; `openssl rand -hex 32` gives a token."
        )
    return token


def _serve(settings: Settings, log_format: str | None) -> None:
    from kg.errors import StoreError
    from kg.server import serve as serve_graph
    from kg.server.logs import LogFormat, log_to_stderr

    usual = LogFormat.TEXT if sys.stderr.isatty() else LogFormat.JSON
    if log_format is not None and log_format not in list(LogFormat):
        raise typer.BadParameter(f"There is no log format {log_format!r}; choose json, text or none.")
    log_to_stderr(LogFormat(log_format) if log_format else usual)
    try:
        serve_graph(settings, on_start=lambda url: say(f"{url} shows the graph, {url}sparql answers."))
    except KeyboardInterrupt:
        pass
    except SettingsError as error:
        raise typer.BadParameter(str(error)) from error
    except StoreError:
        raise
    except OSError as error:
        raise typer.BadParameter(
            f"{settings.host}:{settings.port} cannot be used ({error.strerror}); choose another with --port."
        ) from error
    note("Stopped.")
