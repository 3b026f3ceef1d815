"""The commands that explain: why a relation is in a graph, and why another is not."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.app import GraphPath, Ontology, OwnActors, Pipeline, app, existing_one, say_plain
from kg.errors import ArticleError
from kg.terminal import note, show_pairs

if TYPE_CHECKING:
    from kg.types import Article

AsJson = Annotated[bool, typer.Option("--json", help="Print the explanation as JSON.")]
ARTICLES_SHOWN = 5


@app.command()
def why(
    graph: GraphPath,
    relation: Annotated[
        list[str],
        typer.Argument(
            metavar="RELATION",
            help="Its IRI or the first digits of its last part, a row of `kg export --format jsonl`, or "
            "words that name it: subject, predicate, object.",
            show_default=False,
        ),
    ],
    pipeline: Pipeline = None,
    ontology: Ontology = None,
    actors: OwnActors = None,
    as_json: AsJson = False,
) -> None:
    """Explain a relation of a graph: sentence, tree, rule, form, coreference, status, confidence.

    Its article, which is kept in the graph, is read again, by the ontology of the graph unless another is
    given; actors of your own are not kept, and are to be given. Where that does not give the relation any
    more, as after an update, this is said, and the exit code is 1.
    """
    from kg.explanation import explanation_lines
    from kg.explanation import why as explain
    from kg.extraction import load
    from kg.store import Store
    from kg.store.finding import find_relation
    from kg.store.folder import kept_ontology
    from kg.store.repeats import original_ids

    with Store.open(graph) as store:
        found = find_relation(store, " ".join(relation))
        article = store.extraction(found.article).article
        original = original_ids(store.data).get(article.id)
    nlp = load(pipeline=pipeline, ontology=ontology or kept_ontology(graph), actors=actors)
    explanation = explain(nlp, article, found.relation)
    if as_json:
        _say_json({"relation": found.iri, **asdict(explanation)})
        return
    show_pairs(explanation_lines(explanation))
    if original is not None:
        note(f"The article repeats the report of {original!r}, and so confirms nothing beside it.")
    note(found.iri)


@app.command()
def why_not(
    one: Annotated[
        str, typer.Argument(metavar="A", help="A name, alias or description.", show_default=False)
    ],
    other: Annotated[str, typer.Argument(metavar="B", help="Of the other end.", show_default=False)],
    path: Annotated[
        str,
        typer.Argument(
            metavar="ARTICLE", help="A .txt or .jsonl file.", callback=existing_one, show_default=False
        ),
    ],
    article_id: Annotated[
        str | None, typer.Argument(metavar="ID", help="The article's id, where the file has several.")
    ] = None,
    pipeline: Pipeline = None,
    ontology: Ontology = None,
    actors: OwnActors = None,
    as_json: AsJson = False,
) -> None:
    """Name the first step that lost a relation between A and B in an article.

    The steps are: mention, entity, sentence, draft, confidence; `kept` says that there are relations.
    """
    from kg.articles import refusal_of
    from kg.explanation import refusal_lines
    from kg.explanation import why_not as explain
    from kg.extraction import load

    article = _article(path, article_id)
    problem = refusal_of(article)
    if problem is not None:
        raise problem
    nlp = load(pipeline=pipeline, ontology=ontology, actors=actors)
    refusal = explain(nlp, article, one, other)
    if as_json:
        _say_json(asdict(refusal))
    else:
        show_pairs(refusal_lines(refusal))


def _article(path: str, article_id: str | None) -> Article:
    from kg.articles import read_articles

    read = list(read_articles([path]))
    found = [article for article in read if article_id in {None, article.id}]
    if len(found) == 1:
        return found[0]
    some = _listed(article.id for article in read)
    if not found:
        raise ArticleError(f"{path!r} has no article {article_id!r}; it has {some}.", place=path)
    raise ArticleError(f"{path!r} has {len(found)} articles; name one by its id: {some}.", place=path)


def _listed(ids: Iterable[str]) -> str:
    given = [repr(one) for one in ids]
    more = f" and {len(given) - ARTICLES_SHOWN} more" if len(given) > ARTICLES_SHOWN else ""
    return ", ".join(given[:ARTICLES_SHOWN]) + more


def _say_json(value: object) -> None:
    say_plain(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
