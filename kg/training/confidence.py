"""The recipe of `kg/relations/confidence.json`: how sure to be of a relation, learnt from annotated articles.

    python -m kg.training.confidence ARTICLES.jsonl GOLD -o kg/relations/confidence.json

It learns from the gold of a folder and from our own annotations (`kg.training.annotations`).

A ridge-penalised logistic regression, fitted by iteratively reweighted least squares (Hastie, Tibshirani
and Friedman 2009, The Elements of Statistical Learning, 4.4.1). Every relation that the rules draft in the
annotated articles is an example: right (1) if a fact has its ends and class, half right (0.5) if only its
ends.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from kg.articles import read_articles
from kg.evaluation import Claim, agree, fold, read_gold, reliability, reliability_table
from kg.evaluation.calibration import promised
from kg.extraction import document, load
from kg.relations.confidence import Confidence, features_of
from kg.relations.scene import Scene
from kg.relations.statements import Relations
from kg.training.annotations import read_annotations
from kg.types import Article, Entity, Relation

LOG = logging.getLogger("kg.training")
NOTE = "Learnt by kg/training/confidence.py from annotated Wikinews articles (CC BY 2.5)."
FOLDS = 6
Floats = NDArray[np.float64]
PENALTY = 10.0
"""Strength of the ridge: of 3, 6, 10 and 15 the best calibrated, by six folds over the annotated articles."""
MINIMUM_COUNT = 4
"""Features seen less often say nothing."""
LEAST_WEIGHT = 0.01
SETTLED = 1e-6
STEPS = 25
"""IRLS settles in fewer than ten steps; this is a bound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One drafted relation with what is known of it."""

    article: str
    relation: Relation
    features: tuple[str, ...]
    label: float
    """1 right, 0.5 right ends, 0 wrong."""


def examples_of(nlp: Language, article: Article, facts: Sequence[Claim]) -> list[Example]:
    """Every relation that the rules draft in an article, labelled by its facts.

    Args:
        nlp: The pipeline of `kg.extraction.load`.
        article: An annotated article.
        facts: What was annotated in it.
    """
    component = nlp.get_pipe("kg_relations")
    if not isinstance(component, Relations):
        raise TypeError("The pipeline's kg_relations is not this package's; use kg.extraction.load().")
    doc = nlp(document(nlp, article))
    scene = Scene(doc)
    return [
        Example(
            article=article.id,
            relation=relation,
            features=tuple(features_of(scene, draft, relation.subject, relation.object, relation.status)),
            label=label_of(relation, facts),
        )
        for draft, relation in component.stated(doc)
    ]


def label_of(relation: Relation, facts: Iterable[Claim]) -> float:
    """How right a relation is by the facts of its article."""
    claim = Claim(
        subject=names_of(relation.subject),
        object=names_of(relation.object),
        relation_class=relation.relation_class,
        status=str(relation.status),
        symmetric=relation.symmetric,
    )
    facts = list(facts)
    if any(agree(fact, claim, "typed") for fact in facts):
        return 1.0
    return 0.5 if any(agree(fact, claim, "pair") for fact in facts) else 0.0


def names_of(entity: Entity) -> frozenset[str]:
    """Folded names of an entity."""
    return frozenset(fold(name) for name in (entity.name, *entity.aliases)) - {""}


def fit(examples: Sequence[Example], *, penalty: float = PENALTY) -> dict[str, float]:
    """Weights by feature name, the bias as `""`, sorted by name.

    >>> fit([], penalty=1.0)
    {'': 0.0}
    """
    counts = Counter(feature for example in examples for feature in example.features)
    names = sorted(feature for feature, count in counts.items() if count >= MINIMUM_COUNT)
    column = {name: number for number, name in enumerate(names, 1)}
    matrix = np.zeros((len(examples), len(names) + 1))
    matrix[:, 0] = 1.0
    for row, example in enumerate(examples):
        matrix[row, [column[f] for f in example.features if f in column]] = 1.0
    weights = ridge_logistic(matrix, np.array([example.label for example in examples]), penalty)
    return {name: round(float(weight), 4) for name, weight in zip(["", *names], weights, strict=True)}


def ridge_logistic(matrix: Floats, labels: Floats, penalty: float) -> Floats:
    """The weights that maximise the penalised likelihood; the first column, the bias, is not penalised."""
    weights = np.zeros(matrix.shape[1])
    ridge = np.full(matrix.shape[1], penalty)
    ridge[0] = 1e-6
    for _ in range(STEPS if len(labels) else 0):
        chance = 1 / (1 + np.exp(-matrix @ weights))
        gradient = matrix.T @ (labels - chance) - ridge * weights
        curvature = (matrix * (chance * (1 - chance))[:, None]).T @ matrix + np.diag(ridge)
        step = np.linalg.solve(curvature, gradient)
        weights = weights + step
        if np.abs(step).max() < SETTLED:
            break
    return weights


def write(weights: dict[str, float], file: Path, *, note: str) -> None:
    """Write weights as the JSON that `kg.relations.confidence` reads; the slightest are left out."""
    kept = {name: weight for name, weight in weights.items() if name == "" or abs(weight) >= LEAST_WEIGHT}
    file.write_text(json.dumps({"note": note, "weights": kept}, indent=0, ensure_ascii=False) + "\n", "utf-8")


def learn(
    nlp: Language, articles: Iterable[Article], gold: Mapping[str, Sequence[Claim]]
) -> tuple[dict[str, float], list[Example]]:
    """Weights from all annotated articles, and the examples that they come from.

    Args:
        nlp: The pipeline of `kg.extraction.load`.
        articles: Articles; those without gold are passed over.
        gold: Facts by article id, as `kg.evaluation.read_gold` gives them.
    """
    annotated = [article for article in articles if article.id in gold]
    examples = [example for article in annotated for example in examples_of(nlp, article, gold[article.id])]
    return fit(examples), examples


def held_out(examples: Sequence[Example], *, folds: int = FOLDS) -> list[tuple[Example, float]]:
    """Each example with the confidence of weights that were learnt without its article's fold."""
    names = sorted({example.article for example in examples})
    fold_of = {name: number % folds for number, name in enumerate(names)}
    found: list[tuple[Example, float]] = []
    for fold_number in range(folds):
        kept = [example for example in examples if fold_of[example.article] != fold_number]
        confidence = Confidence(fit(kept))
        tested = (example for example in examples if fold_of[example.article] == fold_number)
        found += [(example, confidence.of(example.features)) for example in tested]
    return found


def report(pairs: Iterable[tuple[Example, float]]) -> str:
    """How often relations are right by their held-out confidence: a line a tenth, then the errors.

    >>> report([]).split()[:3]
    ['confidence', 'relations', 'mean']
    """
    judged = (
        (confidence, promised({"pair": float(example.label > 0), "typed": float(example.label == 1)}))
        for example, confidence in pairs
    )
    headings, rows = reliability_table(reliability(judged))
    return "\n".join("  ".join(f"{cell:>17}" for cell in row) for row in [tuple(headings), *rows])


def main(arguments: Sequence[str] | None = None) -> int:
    """Learn from articles, a folder of gold and our annotations, write the weights; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python -m kg.training.confidence", description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stdout)
    weights, examples = learn(
        load(), read_articles([options.articles]), read_annotations() | read_gold(options.gold)
    )
    LOG.info("%s", report(held_out(examples)))
    write(weights, options.output, note=NOTE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
