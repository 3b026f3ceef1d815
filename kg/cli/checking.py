"""The commands that check a graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg import terminal
from kg.cli.app import GraphPath, app, existing, say_plain
from kg.terminal import created, fail, heading, note, say, show_table

if TYPE_CHECKING:
    from kg.rdf.validation import Report
    from kg.store.verification import VerificationReport

Format = Annotated[str, typer.Option("--format", help="text, for reading; json, for programs.")]
OwnArticles = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ARTICLES…]",
        help="Your own files of the articles, to compare with: .txt, .jsonl, folders, or -.",
        callback=existing,
        show_default=False,
    ),
]


@app.command()
def validate(
    graph: GraphPath,
    article: Annotated[
        list[str] | None,
        typer.Option(
            "--article", metavar="ID", help="Check this article alone, or these.", show_default=False
        ),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write SHACL's validation report, in Turtle.", show_default=False),
    ] = None,
    format_: Format = "text",
) -> None:
    """Check a graph against the shapes of the ontology (SHACL); say what is wrong by article and relation."""
    from kg.rdf.validation import report_json, report_turtle
    from kg.rdf.validation import validate as check
    from kg.store import Store
    from kg.store.verifying import count_articles

    _refuse_format(format_)
    with Store.open(graph) as store:
        kept = [store.ontology] if store.ontology else []
        total = len(article) if article else count_articles(store)
        with terminal.progress(total, "articles") as tell:
            found = check(store.data, ontology=kept, articles=article or None, on_article=tell)
    if report is not None:
        with created(report) as file:
            file.write(report_turtle(found))
    if format_ == "json":
        say_plain(report_json(found) + "\n")
    else:
        _tell_findings(found, graph)
    if not found.conforms:
        raise typer.Exit(1)


def _refuse_format(format_: str) -> None:
    if format_ not in {"text", "json"}:
        raise typer.BadParameter(f"There is no format {format_!r}; choose text or json.")


def _tell_findings(report: Report, graph: Path) -> None:
    for article, findings in report.by_article().items():
        heading("Beside the articles" if article is None else f"Article {article!r}")
        for finding in findings:
            say(f"  {finding.severity}: {finding.told()}")
    if report.findings:
        say("")
        rows = [(severity, shape, count) for (severity, shape), count in report.counts().items()]
        show_table(("severity", "shape", "count"), rows)
    verdict = "conforms" if report.conforms else "does not conform"
    say(f"{graph}: {report.articles} articles; the graph {verdict} to the shapes.")


@app.command()
def verify(graph: GraphPath, articles: OwnArticles = None, format_: Format = "text") -> None:
    """Replay the evidence of every relation and mention against the stored texts, or your own files."""
    from kg.articles import read_articles
    from kg.errors import ArticleError
    from kg.store import Store
    from kg.store.verifying import count_articles
    from kg.store.verifying import verify as replay

    _refuse_format(format_)
    problems: list[ArticleError] = []
    with Store.open(graph) as store, terminal.progress(count_articles(store), "articles") as tell:
        given = read_articles(articles, on_problem=problems.append) if articles else None
        report = replay(store, given, on_article=tell)
    for problem in problems:
        fail(str(problem))
    if format_ == "json":
        say_plain(report.to_json() + "\n")
    else:
        _tell_failures(report, graph)
    if problems or not report.agrees:
        raise typer.Exit(1)


def _tell_failures(report: VerificationReport, graph: Path) -> None:
    kinds = (
        ("Articles that are not what was read", report.article_failures),
        ("Relations whose evidence does not stand", report.relation_failures),
        ("Mentions that do not stand", report.mention_failures),
    )
    for title, failures in kinds:
        if failures:
            heading(f"{title}: {len(failures)}")
            for failure in failures:
                say(f"  {failure}")
    for identifier in report.not_in_graph:
        note(f"The article {identifier!r} of the files is not in the graph.")
    for identifier in report.not_in_files:
        note(f"The article {identifier!r} of the graph is in none of the files.")
    counts = f"{report.articles} articles, {report.relations} relations, {report.mentions} mentions"
    verdict = "all agree with the stored texts" if report.agrees else f"{len(report.failures)} do not agree"
    say(f"{graph}: {counts}; {verdict}.")
