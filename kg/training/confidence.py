"""The recipe of `kg/relations/confidence.json`: how sure to be of a relation, learnt from annotated articles.

A ridge-penalised logistic regression, fitted by iteratively reweighted least squares (Hastie, Tibshirani
and Friedman 2009, The Elements of Statistical Learning, 4.4.1). Every relation that the rules draft in the
annotated articles is an example: right (1) if a fact has its ends and class, half right (0.5) if only its
ends.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language

from kg.evaluation import Claim, agree, fold
from kg.extraction import document
from kg.relations.confidence import features_of
from kg.relations.scene import Scene
from kg.relations.statements import Relations
from kg.types import Article, Entity, Relation

Floats = NDArray[np.float64]
PENALTY = 3.0
"""Strength of the ridge: the best of 0.3, 1, 3, 10 by five folds over the annotated articles."""
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
    doc = nlp(document(nlp, article))
    component = nlp.get_pipe("kg_relations")
    if not isinstance(component, Relations):
        raise TypeError("The pipeline's kg_relations is not this package's; use kg.extraction.load().")
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
