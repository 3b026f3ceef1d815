"""The commands that score and train the language model and the extraction."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import Pipeline, app, existing, say_plain
from kg.errors import ModelError
from kg.terminal import note, say, show_table

if TYPE_CHECKING:
    from kg.evaluation import Claim, Evaluation
    from kg.evaluation.resolvers import GenreScores


@app.command()
def evaluate(
    gold: Annotated[
        Path,
        typer.Argument(
            metavar="GOLD", help="Folder of gold files, or of corpora with ud/ and ner/.", show_default=False
        ),
    ],
    articles: Annotated[
        list[str] | None,
        typer.Option("--articles", "-a", help="Files or folders of the articles.", callback=existing),
    ] = None,
    relations: Annotated[Path | None, typer.Option(help="File of `kg export --format jsonl`.")] = None,
    pipeline: Pipeline = None,
    errors: Annotated[int, typer.Option(min=0, help="Show so many errors of each kind an article.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print the scores as JSON.")] = False,
) -> None:
    """Score relations against gold, or a language pipeline against corpora.

    Relations are those of a file, or those extracted now from articles: without --articles, the bundled
    ones and any .jsonl in the folder `articles` beside GOLD. Of corpora, the test parts are read from raw
    text, and speed and memory are measured.
    """
    from kg.evaluation import evaluate as score
    from kg.evaluation import read_gold, read_relations

    if (gold / "ud").is_dir():
        if articles or relations or errors:
            raise typer.BadParameter("With corpora, give no more than --pipeline and --json.")
        _evaluate_language(gold, pipeline, as_json=as_json)
        return
    if relations and (articles or pipeline):
        raise typer.BadParameter("Give either --relations to read, or what to extract from and with.")
    facts = read_gold(gold)
    found = (
        read_relations(relations)
        if relations
        else _extracted(articles or _beside(gold), set(facts), pipeline)
    )
    result = score(facts, found)
    if as_json:
        say_plain(json.dumps(_scores(result)) + "\n")
    else:
        _show_evaluation(result, errors)


def _evaluate_language(corpora: Path, pipeline: str | None, *, as_json: bool) -> None:
    from kg.evaluation.parsing import evaluate_pipeline
    from kg.evaluation.resolvers import evaluate_resolvers
    from kg.extraction import load, load_language

    note(f"Reading the test parts in {corpora}, and measuring speed; this takes a minute or two …")
    report = evaluate_pipeline(partial(load_language, pipeline), corpora)
    coreference = evaluate_resolvers(load(pipeline=pipeline), corpora)
    if as_json:
        found = asdict(report) | {"coreference": [asdict(genre) for genre in coreference]}
        say_plain(json.dumps(found) + "\n")
        return
    sets = list(report.scores)
    measures = list(dict.fromkeys(name for scores in report.scores.values() for name in scores))
    rows = [(name, *(_percentage(report.scores[one].get(name)) for one in sets)) for name in measures]
    show_table(("F1 from raw text", *sets), rows)
    say("")
    _show_coreference(coreference)
    say("")
    show_table(("cost", "value"), [(name, f"{value:,.1f}") for name, value in report.cost.items()])


def _show_coreference(genres: list[GenreScores]) -> None:
    columns = ("CoNLL F1", "baseline", "CoNLL F1 by heads", "baseline", "LEA by heads", "baseline")
    rows = [
        (f"{one.genre} ({one.documents})", *(_percentage(figure) for figure in figures))
        for one in genres
        for figures in [
            (
                one.conll["exact"],
                one.baseline_conll["exact"],
                one.conll["head"],
                one.baseline_conll["head"],
                one.lea["head"],
                one.baseline_lea["head"],
            )
        ]
    ]
    show_table(("coreference (documents)", *columns), rows)


def _percentage(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _beside(gold: Path) -> list[str]:
    from kg.articles import samples_folder

    return [str(path) for path in (samples_folder(), *sorted((gold.parent / "articles").glob("*.jsonl")))]


def _extracted(articles: list[str], wanted: set[str], pipeline: str | None) -> dict[str, list[Claim]]:
    from kg.articles import read_articles
    from kg.builder import BuildOptions, reader_of
    from kg.evaluation import relations_from_rows
    from kg.export.records import Statement
    from kg.export.tables import exchange_row

    read = (article for article in read_articles(articles) if article.id in wanted)
    return relations_from_rows(
        (extraction.article.id, exchange_row(Statement(article=extraction.article, relation=relation)))
        for extraction in reader_of(BuildOptions(pipeline=pipeline))[0](read)
        for relation in extraction.relations
    )


def _scores(result: Evaluation) -> dict[str, object]:
    from kg.evaluation import calibration_errors

    scores: dict[str, object] = {
        level: {name: round(getattr(score, name), 3) for name in ("precision", "recall", "f1")}
        for level, score in result.scores.items()
    } | {name: f"{right}/{count}" for name, (right, count) in result.details.items()}
    if result.calibration:
        scores["calibration"] = {
            "error": {
                level: round(error, 3) for level, error in calibration_errors(result.calibration).items()
            },
            "bins": [asdict(one) for one in result.calibration],
        }
    return scores


def _show_evaluation(result: Evaluation, errors: int) -> None:
    from kg.evaluation import reliability_table

    for article in result.articles:
        for kind, found in (("missed", result.missed[article]), ("wrong", result.wrong[article])):
            for words in found[:errors]:
                say(f"{article}  {kind:6}  {words}")
    rows = [
        (level, f"{s.precision:.3f}", f"{s.recall:.3f}", f"{s.f1:.3f}") for level, s in result.scores.items()
    ]
    show_table(("level", "precision", "recall", "F1"), rows)
    say("Right on full matches: " + ", ".join(f"{n} {a}/{b}" for n, (a, b) in result.details.items()))
    if result.calibration:
        say("\nHow often relations are right by their confidence (it promises the mean of pair and typed):")
        show_table(*reliability_table(result.calibration))


@app.command()
def train(
    corpora: Annotated[Path, typer.Argument(metavar="CORPORA", help="Folder with ud/ and ner/.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the weights.")] = Path("weights"),
    work: Annotated[Path, typer.Option(help="Folder of checkpoints; training goes on from them.")] = Path(
        "work"
    ),
    device: Annotated[str, typer.Option(help="auto (a GPU if there is one), cpu or cuda.")] = "auto",
) -> None:
    """Train the language model anew; takes about two hours of two cores."""
    try:
        from kg.training.__main__ import main as run
    except ModuleNotFoundError as error:
        raise ModelError(f"Training needs {error.name}; pip install 'kg-actors[train]'.") from error
    given = ["all", "--corpora", corpora, "--work", work, "--output", output, "--device", device]
    raise typer.Exit(run([str(word) for word in given]))
