"""The commands that make and show graphs, and the demo."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import terminal
from kg.cli.app import (
    AllowPrivate,
    Articles,
    Columns,
    GraphPath,
    InputFormat,
    MinConfidence,
    NoPages,
    Ontology,
    OwnActors,
    OwnJudgements,
    Pipeline,
    SkipOtherLanguages,
    app,
    reading_options,
    tell_dropped,
)
from kg.cli.stores import (
    NO_GRAPH,
    CaFile,
    DefaultGraphIri,
    GraphStoreUrl,
    QueryUrl,
    StoreName,
    Timeout,
    UpdateUrl,
    named_store,
    tell_push,
    tell_store,
)
from kg.terminal import created, heading, leave_out, note, say, show_table

if TYPE_CHECKING:
    from kg.builder import BuildReport
    from kg.export.selection import Filters

_MOST_PROBLEMS = 20
"""Problems that are said at the end of a build; the file has all."""


@app.command()
def build(
    articles: Articles,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="GRAPH", help="Folder of the graph.")],
    again: Annotated[
        bool, typer.Option("--again", help="Read stored articles again, as after an update.")
    ] = False,
    pipeline: Pipeline = None,
    min_confidence: MinConfidence = None,
    skip_other_languages: SkipOtherLanguages = False,
    ontology: Ontology = None,
    actors: OwnActors = None,
    judgements: OwnJudgements = None,
    workers: Annotated[
        int, typer.Option(min=0, metavar="N", help="Processes that read articles; 0 for one a core.")
    ] = 1,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Read on a Dask cluster, such as tcp://10.0.0.1:8786."),
    ] = None,
    parts: Annotated[
        str | None,
        typer.Option(metavar="URL", help="Keep readings in this folder, s3://…, …, to read none twice."),
    ] = None,
    problems: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="List what cannot be read here, not in GRAPH/problems.jsonl."),
    ] = None,
    column: Columns = None,
    input_format: InputFormat = None,
    no_pages: NoPages = False,
    allow_private: AllowPrivate = False,
    store: StoreName = None,
    query_url: QueryUrl = None,
    update_url: UpdateUrl = None,
    graph_store_url: GraphStoreUrl = None,
    default_graph: DefaultGraphIri = None,
    ca_file: CaFile = None,
    timeout: Timeout = 300,
) -> None:
    """Read articles, extract who does what to whom, and store it. Run again, it adds only what is new.

    With --store, what has changed is then pushed there, as by `kg push`.
    """
    from kg.articles import count_articles
    from kg.builder import BuildOptions, build_graph

    options = BuildOptions(
        pipeline=pipeline,
        ontology=ontology,
        actors=actors,
        judgements=judgements,
        min_confidence=min_confidence,
        skip_other_languages=skip_other_languages,
        again=again,
        workers=workers,
        reading=reading_options(
            column, input_format, allow_private=allow_private, follows_links=not no_pages
        ),
        scheduler=scheduler,
        parts=parts,
        problems=problems,
    )
    # A wrong address shall cost no build.
    remote = named_store(store, query_url, update_url, graph_store_url, default_graph, ca_file, timeout)
    with terminal.progress(count_articles(articles), "articles") as tell:
        report = build_graph(articles, output, options=options, on_article=tell)
    _tell_build(report, output)
    if remote is not None:
        tell_push(output, remote)
    if report.problems:
        raise typer.Exit(1)


def _tell_build(report: BuildReport, output: Path) -> None:
    replaced = f", {report.replaced} replaced" if report.replaced else ""
    failed = f", {report.failed} not read" if report.failed else ""
    skipped = f", {report.skipped} in other languages skipped" if report.skipped else ""
    say(f"{output}: {report.added} articles added{replaced}, {report.unchanged} unchanged{skipped}{failed}.")
    if report.words:
        memory = f", at most {report.peak_megabytes:.0f} MB" if report.peak_megabytes else ""
        speed = f"{report.words:,} words in {report.seconds:.1f} s ({report.words_per_second:,.0f} a second)"
        say(f"{report.relations} relations from {speed}{memory}.")
    judged = report.judged
    if judged.same or judged.unsure or judged.waiting:
        waiting = f", {judged.waiting} judgements wait for their entities" if judged.waiting else ""
        counts = f"{judged.merged} entities are shown as another, {judged.unsure} pairs are unsure{waiting}"
        say(f"{counts}; `kg judgements {output}` lists them.")
    if report.dropped_inferred:
        say(tell_dropped(output))
    _tell_problems(report)


def _tell_problems(report: BuildReport) -> None:
    """Says what could not be read, behind what was done, so that none takes the build for a failed one."""
    for problem in report.problems[:_MOST_PROBLEMS]:
        leave_out(str(problem))
    if report.failed > _MOST_PROBLEMS:
        note(f"… and {report.failed - _MOST_PROBLEMS} more.")
    is_rest_stored = bool(report.added or report.replaced or report.unchanged)
    stored = "All else is stored. " if report.problems and is_rest_stored else ""
    if report.problems_file is not None:
        note(f"{stored}{report.problems_file} lists what could not be read; mend that, and build again.")


@app.command()
def view(
    graph: GraphPath,
    output: Annotated[Path, typer.Option("--output", "-o", help="The page to write.")] = Path("graph.html"),
    around: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Draw only what is near this entity: a name, id or IRI."),
    ] = None,
    hops: Annotated[
        int | None,
        typer.Option(min=0, help="How near to it, in relations; 1 if not given.", show_default=False),
    ] = None,
    classes: Annotated[
        list[str] | None, typer.Option(help="Only relations of these classes, such as CONSULT,AGREE.")
    ] = None,
    status: Annotated[
        list[str] | None, typer.Option(help="Only those of these statuses, such as planned,possible.")
    ] = None,
    top: Annotated[
        int | None,
        typer.Option(
            "--top",
            "--limit",
            min=1,
            metavar="N",
            show_default=False,
            help="Draw at most so many entities, those with most relations; 2000 if not given.",
        ),
    ] = None,
    title: Annotated[str, typer.Option(help="The page's heading.")] = "Knowledge graph",
) -> None:
    """Draw the graph in one HTML page that opens without a network. Lists are split at commas."""
    from kg.graph import Graph

    if hops is not None and not around:
        raise typer.BadParameter("--hops says how near to an entity; name one with --around.")
    filters: Filters = {"status": _split(status)}
    if around:
        filters |= {"around": around, "hops": 1 if hops is None else hops}
    with Graph.open(graph) as opened:
        page = opened.view(title=title, top=top, classes=_split(classes), **filters)
    with created(output) as file:
        file.write(page.html.encode())
    say(f"{output} is written; open it in a browser.")


def _split(values: list[str] | None) -> list[str]:
    """The values of an option that is given several times, or once with commas."""
    return [part.strip() for value in values or [] for part in value.split(",") if part.strip()]


@app.command()
def info(
    graph: Annotated[
        Path | None, typer.Argument(metavar="GRAPH", help="Folder of the graph.", show_default=False)
    ] = None,
    fingerprint: Annotated[
        bool, typer.Option("--fingerprint", help="Also the hash of all that it says (RDFC-1.0, SHA-256).")
    ] = False,
    store: StoreName = None,
    query_url: QueryUrl = None,
    update_url: UpdateUrl = None,
    graph_store_url: GraphStoreUrl = None,
    default_graph: DefaultGraphIri = None,
    ca_file: CaFile = None,
    timeout: Timeout = 300,
) -> None:
    """Say how much a graph holds, when it was built, and whether it is finished.

    With --store, say what a triple store holds, what it can do, and what it lacks; nothing is changed in it.
    """
    from kg.store import Store
    from kg.store.builds import read_builds

    remote = named_store(store, query_url, update_url, graph_store_url, default_graph, ca_file, timeout)
    if graph is None and remote is None:
        raise typer.BadParameter(NO_GRAPH)
    if remote is not None and (graph is not None or fingerprint):
        raise typer.BadParameter("Name a graph here, or a store with --store, which has no --fingerprint.")
    if remote is not None:
        tell_store(remote)
        return
    with Store.open(graph or "") as opened:
        counts, builds, is_finished = opened.info(), read_builds(opened.data, opened.base), opened.is_finished
        digest = opened.fingerprint() if fingerprint else None
    total = ("articles", "copies", "versions", "entities", "relations", "edges", "quads")
    show_table(("what", "count"), [(name, getattr(counts, name)) for name in total])
    for title, parts in (("type", counts.types), ("class", counts.classes), ("status", counts.statuses)):
        say("")
        show_table((title, "count"), list(parts.items()))
    say("")
    for build in builds[-1:]:
        times = f"{build.started:%Y-%m-%d %H:%M:%S} to {build.ended:%Y-%m-%d %H:%M:%S} UTC"
        say(f"The last of {len(builds)} builds: {times}, {build.added} added, {build.replaced} replaced.")
    repeated = counts.copies + counts.versions
    if repeated:
        say(
            f"{counts.articles} articles, {counts.articles - repeated} independent reports; "
            f"`kg query {graph} copies` lists those that repeat another."
        )
    if not is_finished:
        say("The graph is not finished: articles have come or gone since who is one with whom was judged.")
    if digest is not None:
        say(f"fingerprint {digest}")


DEMO_QUESTIONS: tuple[tuple[str, dict[str, str]], ...] = (
    ("top-actors", {}),
    ("who-met-whom", {}),
    ("what-is-planned", {"since": "2025-08-01"}),
    ("what-was-denied", {"actor": "Russia"}),
    ("evidence-for-edge", {"subject": "Iran", "object": "Saudi Arabia"}),
)
"""Named questions that the demo asks, in this order, with their parameters."""
DEMO_ROWS = 4
"""Rows of each answer that it shows, so that all fits on a screen or two."""


@app.command()
def demo(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for the graph and the page.")
    ] = Path(),
) -> None:
    """Build, query and draw the graph of the bundled articles."""
    from kg.articles import count_articles, samples_folder

    graph, page, samples = output / "graph", output / "graph.html", samples_folder()
    program = "kg" if shutil.which("kg") else sys.argv[0]
    count = count_articles([samples])
    heading(f"1. Reading {count} news articles: kg build {samples} -o {graph}")
    build([str(samples)], graph)
    for number, (name, parameters) in enumerate(DEMO_QUESTIONS, 2):
        _ask_aloud(number, name, parameters, graph)
    heading(f"{len(DEMO_QUESTIONS) + 2}. Drawing the graph: kg view {graph} -o {page}")
    view(graph, page, title=f"The graph of {count} news articles")
    heading("Go on with")
    say(f"{program} questions                       # what can be asked by name, with parameters")
    say(f"{program} query {graph} 'SELECT ?who ?whom {{ ?who kg:meets ?whom }}'")
    say(f"{program} build YOUR-ARTICLES -o {graph}       # pages, tables, folders …; adds to the graph")


def _ask_aloud(number: int, name: str, parameters: dict[str, str], graph: Path) -> None:
    from kg.store import Store
    from kg.store.questions import ask, questions

    title = {question.name: question.title for question in questions()}[name]
    options = "".join(f" -p {shlex.quote(f'{key}={value}')}" for key, value in parameters.items())
    heading(f"{number}. {title}: kg query {graph} {name}{options}")
    with Store.open(graph) as store:
        result = ask(store, name, parameters)
    show_table(result.variables, result.rows[:DEMO_ROWS])
    if len(result.rows) > DEMO_ROWS:
        say(f"… and {len(result.rows) - DEMO_ROWS} more")
