"""The command line: one short function a command. What the commands do is elsewhere."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import terminal
from kg.errors import ModelError
from kg.terminal import created, fail, heading, note, say, show_table

if TYPE_CHECKING:
    from kg.builder import BuildReport
    from kg.evaluation import Claim, Evaluation
    from kg.store import QueryResult, Store
    from kg.store.questions import Parameter

app = typer.Typer(
    help="News articles in, a knowledge graph of actors and relations out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
__all__ = ["app", "fail"]


def _existing(paths: list[str] | None) -> list[str] | None:
    missing = [path for path in paths or [] if path != "-" and not Path(path).exists()]
    if missing:
        raise typer.BadParameter(f"There is no file or folder {missing[0]!r}; check the path.")
    return paths


GraphPath = Annotated[Path, typer.Argument(metavar="GRAPH", help="Folder of the graph.", show_default=False)]
Articles = Annotated[
    list[str],
    typer.Argument(
        metavar="ARTICLES…",
        help="Files (.txt, .jsonl), folders of them, or - for standard input.",
        callback=_existing,
        show_default=False,
    ),
]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="File to write; else standard output.")]


@app.command()
def build(
    articles: Articles,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="GRAPH", help="Folder of the graph.")],
    again: Annotated[
        bool, typer.Option("--again", help="Read stored articles again, as after an update.")
    ] = False,
) -> None:
    """Read articles, extract who does what to whom, and store it. Run again, it adds only what is new."""
    from kg.articles import count_articles
    from kg.builder import build_graph

    with terminal.progress(count_articles(articles), "articles") as tell:
        report = build_graph(articles, output, again=again, on_article=tell)
    _tell_build(report, output)
    if report.problems:
        raise typer.Exit(1)


def _tell_build(report: BuildReport, output: Path) -> None:
    for problem in report.problems:
        fail(str(problem))
    replaced = f", {report.replaced} replaced" if report.replaced else ""
    failed = f", {len(report.problems)} not read" if report.problems else ""
    say(f"{output}: {report.added} articles added{replaced}, {report.unchanged} unchanged{failed}.")
    if report.words:
        memory = f", at most {report.peak_megabytes:.0f} MB" if report.peak_megabytes else ""
        speed = f"{report.words:,} words in {report.seconds:.1f} s ({report.words_per_second:,.0f} a second)"
        say(f"{report.relations} relations from {speed}{memory}.")


@app.command()
def query(
    graph: GraphPath,
    text: Annotated[str | None, typer.Argument(metavar="QUERY", help="SPARQL, or a question's name.")] = None,
    file: Annotated[Path | None, typer.Option("--file", "-f", help="File that holds the query.")] = None,
    param: Annotated[list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE")] = None,
    format_: Annotated[
        str, typer.Option("--format", help="table, csv, json; for CONSTRUCT also ttl, nt, rdfxml, …")
    ] = "table",
) -> None:
    """Answer a SPARQL query, or one of the named questions that `kg questions` lists."""
    from kg.store import Store

    words = _query_text(text, file)
    with Store.open(graph) as store:
        _show_result(_answer(store, words, _parameters(param or [])), format_, store)


def _query_text(text: str | None, file: Path | None) -> str:
    if (text is None) == (file is None):
        raise typer.BadParameter("Give either a query (or a question's name), or a file with -f.")
    if file is None:
        return text or ""
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"The query file {str(file)!r} cannot be read: {error}.") from error


def _parameters(given: list[str]) -> dict[str, str]:
    for pair in given:
        if "=" not in pair:
            raise typer.BadParameter(f"--param takes NAME=VALUE, not {pair!r}.")
    return dict(pair.split("=", 1) for pair in given)


def _answer(store: Store, words: str, parameters: dict[str, str]) -> QueryResult:
    from kg.store.questions import ask

    if re.fullmatch(r"[\w-]+", words.strip()):
        return ask(store, words.strip(), parameters)
    if "{" not in words:
        raise typer.BadParameter(
            f"{words!r} is neither SPARQL nor the name of a question; `kg questions` lists the names."
        )
    return store.query(words, parameters)


def _show_result(result: QueryResult, format_: str, store: Store) -> None:
    from kg.store import write_triples

    if result.kind != "graph" and format_ not in {"table", "csv", "json"}:
        raise typer.BadParameter(f"There is no format {format_!r} for rows; choose table, csv or json.")
    if result.kind == "graph":
        say_plain(
            write_triples(iter(result.triples), "ttl" if format_ == "table" else format_, store.prefixes)
        )
    elif format_ == "json":
        say_plain(result.to_json() + "\n")
    elif result.kind == "ask":
        say_plain("yes\n" if result.answer else "no\n")
    elif format_ == "csv":
        say_plain(result.to_csv())
    else:
        show_table(result.variables, result.rows)
        note(f"{len(result.terms)} rows")


def say_plain(text: str) -> None:
    """Writes text to standard output as it is, for other programs."""
    sys.stdout.write(text)


@app.command()
def questions() -> None:
    """List the named questions that `kg query` answers."""
    from kg.store.questions import questions as known

    show_table(
        ("question", "parameters", "what it answers"),
        [
            (one.name, ", ".join(_usage(parameter) for parameter in one.parameters), one.title)
            for one in known()
        ],
    )


def _usage(parameter: Parameter) -> str:
    return parameter.name if parameter.required else f"[{parameter.name}]"


@app.command()
def view(
    graph: GraphPath,
    output: Annotated[Path, typer.Option("--output", "-o", help="The page to write.")] = Path("graph.html"),
    around: Annotated[
        str | None, typer.Option(help="Draw only what is near the entity of this name.")
    ] = None,
    hops: Annotated[int, typer.Option(min=0, help="How near, in relations.")] = 1,
    limit: Annotated[int | None, typer.Option(min=1, help="Entities to draw at most.")] = None,
    title: Annotated[str, typer.Option(help="The page's heading.")] = "Knowledge graph",
) -> None:
    """Draw the graph in one HTML page that opens without a network."""
    from kg.graph import Graph

    with Graph.open(graph) as opened:
        page = opened.view(around=around, hops=hops, title=title, limit=limit)
    with created(output) as file:
        file.write(page.html.encode())
    say(f"{output} is written; open it in a browser.")


@app.command()
def export(
    graph: GraphPath,
    format_: Annotated[
        str, typer.Option("--format", help="jsonl csv graphml gexf ttl trig nq nt jsonld rdfxml")
    ],
    output: Output = None,
) -> None:
    """Write the graph for other programs."""
    from kg.export.files import export_graph
    from kg.store import Store

    with Store.open(graph) as store:
        if output is None:
            export_graph(store, format_, sys.stdout.buffer)
        else:
            with created(output) as file:
                export_graph(store, format_, file)


@app.command()
def validate(graph: GraphPath) -> None:
    """Check a graph against the shapes of the ontology (SHACL)."""
    from kg.rdf.validation import validate as check
    from kg.store import Store

    with Store.open(graph) as store:
        report = check(store.data)
    for finding in report.findings:
        say(str(finding))
    verdict = "conforms" if report.conforms else "does not conform"
    say(f"{graph}: {report.articles} articles; the graph {verdict} to the shapes.")
    if not report.conforms:
        raise typer.Exit(1)


@app.command()
def info(graph: GraphPath) -> None:
    """Say how much a graph holds."""
    from kg.store import Store

    with Store.open(graph) as store:
        counts = store.info()
    total = ("articles", "entities", "relations", "edges", "quads")
    show_table(("what", "count"), [(name, getattr(counts, name)) for name in total])
    for title, parts in (("type", counts.types), ("class", counts.classes), ("status", counts.statuses)):
        say("")
        show_table((title, "count"), list(parts.items()))


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Folder of gold files.", show_default=False)],
    articles: Annotated[list[str] | None, typer.Option("--articles", "-a", callback=_existing)] = None,
    relations: Annotated[Path | None, typer.Option(help="File of `kg export --format jsonl`.")] = None,
    errors: Annotated[int, typer.Option(min=0, help="Show so many errors of each kind an article.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
) -> None:
    """Score relations against gold: those of a file, or those extracted from articles now.

    Without --articles, these are the bundled ones and any .jsonl in the folder `articles` beside GOLD.
    """
    from kg.evaluation import evaluate as score
    from kg.evaluation import read_gold, read_relations

    if articles and relations:
        raise typer.BadParameter("Give either --articles to extract from, or --relations to read.")
    facts = read_gold(gold)
    found = read_relations(relations) if relations else _extracted(articles or _beside(gold), set(facts))
    result = score(facts, found)
    if as_json:
        say_plain(json.dumps(_scores(result)) + "\n")
    else:
        _show_evaluation(result, errors)


def _beside(gold: Path) -> list[str]:
    from kg.articles import samples_folder

    return [str(path) for path in (samples_folder(), *sorted((gold.parent / "articles").glob("*.jsonl")))]


def _extracted(articles: list[str], wanted: set[str]) -> dict[str, list[Claim]]:
    from kg.articles import read_articles
    from kg.builder import extract_lazily
    from kg.evaluation import relations_from_rows
    from kg.export.records import Statement
    from kg.export.tables import exchange_row

    read = (article for article in read_articles(articles) if article.id in wanted)
    return relations_from_rows(
        (extraction.article.id, exchange_row(Statement(article=extraction.article, relation=relation)))
        for extraction in extract_lazily(read)
        for relation in extraction.relations
    )


def _scores(result: Evaluation) -> dict[str, object]:
    return {
        level: {name: round(getattr(score, name), 3) for name in ("precision", "recall", "f1")}
        for level, score in result.scores.items()
    } | {name: f"{right}/{count}" for name, (right, count) in result.details.items()}


def _show_evaluation(result: Evaluation, errors: int) -> None:
    for article in result.articles:
        for kind, found in (("missed", result.missed[article]), ("wrong", result.wrong[article])):
            for words in found[:errors]:
                say(f"{article}  {kind:6}  {words}")
    rows = [
        (level, f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}") for level, s in result.scores.items()
    ]
    show_table(("level", "precision", "recall", "F1"), rows)
    say("Right on full matches: " + ", ".join(f"{n} {a}/{b}" for n, (a, b) in result.details.items()))


@app.command()
def train(
    corpora: Annotated[Path, typer.Argument(metavar="CORPORA", help="Folder with ud/ and ner/.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the weights.")] = Path("weights"),
    work: Annotated[Path, typer.Option(help="Folder of checkpoints; training goes on from them.")] = Path(
        "work"
    ),
    device: Annotated[str, typer.Option(help="cpu, or cuda.")] = "cpu",
) -> None:
    """Train the language model anew; takes two to three hours of two cores."""
    try:
        from kg.training.__main__ import main as run
    except ModuleNotFoundError as error:
        raise ModelError(f"Training needs {error.name}; pip install 'kg-actors[train]'.") from error
    given = ["all", "--corpora", corpora, "--work", work, "--output", output, "--device", device]
    raise typer.Exit(run([str(word) for word in given]))


DEMO_QUESTIONS = (
    "who-met-whom",
    "what-is-planned",
    "who-mediates-what",
    "who-holds-which-office",
    "what-was-agreed",
)
"""Named questions that the demo asks, in this order."""
DEMO_ROWS = 4
"""Rows of each answer that it shows, so that all fits on a screen or two."""


@app.command()
def serve(
    graph: GraphPath,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where; 0 takes a free one.")] = 8000,
) -> None:
    """Show the graph at / and answer SPARQL at /sparql, on this machine only, until Ctrl-C."""
    from kg.errors import StoreError
    from kg.server import serve as serve_graph

    try:
        serve_graph(
            graph, port=port, on_start=lambda url: say(f"{url} shows the graph, {url}sparql answers.")
        )
    except KeyboardInterrupt:
        note("Stopped.")
    except StoreError:
        raise
    except OSError as error:
        raise typer.BadParameter(
            f"Port {port} cannot be used ({error}); choose another with --port."
        ) from error


@app.command()
def demo(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for the graph and the page.")
    ] = Path(),
) -> None:
    """Build, query and draw the graph of the bundled articles."""
    from kg.articles import samples_folder

    graph, page, samples = output / "graph", output / "graph.html", samples_folder()
    program = "kg" if shutil.which("kg") else sys.argv[0]
    heading(f"1. Reading three news articles: kg build {samples} -o {graph}")
    build([str(samples)], graph)
    for number, name in enumerate(DEMO_QUESTIONS, 2):
        _ask_aloud(number, name, graph)
    heading(f"{len(DEMO_QUESTIONS) + 2}. Drawing the graph: kg view {graph} -o {page}")
    view(graph, page, title="The graph of three news articles")
    heading("Go on with")
    say(f"{program} questions                       # what can be asked by name, with parameters")
    say(f"{program} query {graph} 'SELECT ?who ?whom {{ ?who kg:meets ?whom }}'")
    say(f"{program} build YOUR-ARTICLES -o {graph}       # .txt, .jsonl, folders; adds to the graph")


def _ask_aloud(number: int, name: str, graph: Path) -> None:
    from kg.store import Store
    from kg.store.questions import ask, questions

    title = {question.name: question.title for question in questions()}[name]
    heading(f"{number}. {title}: kg query {graph} {name}")
    with Store.open(graph) as store:
        result = ask(store, name)
    show_table(result.variables, result.rows[:DEMO_ROWS])
    if len(result.rows) > DEMO_ROWS:
        say(f"… and {len(result.rows) - DEMO_ROWS} more")
