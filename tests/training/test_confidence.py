"""How the weights of confidence are learnt."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import spacy

from kg.evaluation import Claim
from kg.relations.confidence import Confidence
from kg.training.confidence import MINIMUM_COUNT, Example, examples_of, fit, label_of, ridge_logistic, write
from kg.types import Article, EntityType
from tests.builders import make_entity, make_relation

ARTICLE = Article(id="a1", text="Ana met Bo.")


def example(label: float, *features: str) -> Example:
    relation = make_relation(ARTICLE, make_entity("Ana"), "meet", make_entity("Bo"))
    return Example(article="a1", relation=relation, features=features, label=label)


def fact(
    subject: str = "ana", object_: str = "bo", relation_class: str = "CONSULT", *, symmetric: bool = False
) -> Claim:
    return Claim(
        subject=frozenset({subject}), object=frozenset({object_}), relation_class=relation_class,
        status="asserted", symmetric=symmetric,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "label"),
    [
        pytest.param([], 0.0, id="no facts"),
        pytest.param([fact()], 1.0, id="ends and class"),
        pytest.param([fact(relation_class="ASSAULT")], 0.5, id="ends alone"),
        pytest.param([fact(object_="cy")], 0.0, id="another object"),
        pytest.param([fact(relation_class="ASSAULT"), fact()], 1.0, id="the best of several"),
    ],
)
def test_label_of(facts: list[Claim], label: float) -> None:
    relation = make_relation(ARTICLE, make_entity("Ana"), "meet", make_entity("Bo"))
    assert label_of(relation, facts) == label


def test_label_of_knows_aliases() -> None:
    subject = make_entity("Republic of Ana", EntityType.COUNTRY, aliases=("Ana",))
    assert label_of(make_relation(ARTICLE, subject, "meet", make_entity("Bo")), [fact()]) == 1.0


def test_fit_tells_good_from_bad() -> None:
    examples = [example(1.0, "good")] * 60 + [example(0.0, "bad")] * 60
    chance = Confidence(fit(examples)).of
    assert chance(["good"]) > 0.7
    assert chance(["bad"]) < 0.3


def test_fit_without_features_gives_the_share_of_the_right() -> None:
    weights = fit([example(1.0)] * 30 + [example(0.0)] * 10)
    assert Confidence(weights).of([]) == pytest.approx(0.75, abs=0.01)


def test_fit_leaves_out_rare_features() -> None:
    examples = [example(1.0, "rare")] * (MINIMUM_COUNT - 1) + [example(0.0, "often")] * MINIMUM_COUNT
    assert sorted(fit(examples)) == ["", "often"]


def test_fit_shrinks_with_the_penalty() -> None:
    examples = [example(1.0, "good")] * 20 + [example(0.0, "bad")] * 20
    weak, strong = fit(examples, penalty=0.5), fit(examples, penalty=50.0)
    assert abs(strong["good"]) < abs(weak["good"])


def test_fit_does_not_hang_on_order() -> None:
    examples = [example(1.0, "a")] * 9 + [example(0.5, "a", "b")] * 9 + [example(0.0, "b")] * 9
    assert fit(examples) == fit(examples[::-1])


def test_ridge_logistic_has_no_gradient_left() -> None:
    matrix = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 1.0], [1.0, 0.0]])
    labels = np.array([0.0, 1.0, 0.5, 1.0])
    weights = ridge_logistic(matrix, labels, 2.0)
    gradient = matrix.T @ (labels - 1 / (1 + np.exp(-matrix @ weights))) - np.array([1e-6, 2.0]) * weights
    assert np.abs(gradient).max() < 1e-5


def test_write_leaves_out_the_slightest(tmp_path: Path) -> None:
    file = tmp_path / "confidence.json"
    write({"": 0.0, "slight": 0.001, "strong": -0.5}, file, note="made by a test")
    assert json.loads(file.read_text("utf-8")) == {
        "note": "made by a test",
        "weights": {"": 0.0, "strong": -0.5},
    }


def test_examples_of_refuses_a_foreign_pipeline() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer", name="kg_relations")
    with pytest.raises(TypeError, match=r"use kg\.extraction\.load"):
        examples_of(nlp, ARTICLE, [])
