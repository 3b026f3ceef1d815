"""How sure the extractor is: the logistic function of features."""

from __future__ import annotations

import pytest

from kg.relations.confidence import Confidence, features_of, load_confidence, word_kind
from kg.relations.states import state_drafts
from kg.types import Status
from tests.sentences import scene_of

TITLE = """Polish/ADJ/2/amod President/NOUN/3/nmod:desc Ana@PER/PROPN/0/root Bell@+/PROPN/3/flat"""


@pytest.mark.parametrize(
    ("weights", "features", "chance"),
    [
        pytest.param({}, ["a"], 0.5, id="nothing known"),
        pytest.param({"": -1.0}, [], 0.27, id="bias alone"),
        pytest.param({"": -1.0, "a": 1.0}, ["a"], 0.5, id="a feature that outweighs it"),
        pytest.param({"a": 1.0, "b": 1.0}, ["a", "b", "c"], 0.88, id="weights add up"),
        pytest.param({"a": 1e6}, ["a"], 1.0, id="very sure"),
        pytest.param({"a": -1e6}, ["a"], 0.0, id="very unsure"),
    ],
)
def test_of(weights: dict[str, float], features: list[str], chance: float) -> None:
    assert Confidence(weights).of(features) == chance


def test_more_weight_is_never_less_sure() -> None:
    chances = [Confidence({"a": weight / 4}).of(["a"]) for weight in range(-20, 21)]
    assert chances == sorted(chances)


def test_shipped_weights_have_a_bias() -> None:
    assert "" in load_confidence().weights


def features(status: Status = Status.ASSERTED) -> list[str]:
    """The features of the post that `TITLE` states."""
    scene = scene_of(TITLE)
    draft = next(state_drafts(scene))
    return features_of(
        scene, draft, scene.entities(draft.subject)[0], scene.entities(draft.object)[0], status
    )


@pytest.mark.parametrize(
    "feature",
    [
        "rule=post modifier",
        "class=HOLDS_POSITION",
        "rule=post modifier class=HOLDS_POSITION",
        "ends=person-country",
        "subject type=person",
        "object type=country",
        "status=asserted",
        "subject word=PROPN",
        "object word=ADJ",
        "distance=0",
        "subject mentions=2",
        "object known=True",
        "object determiner=ADJ",
        "order=False-False",
    ],
)
def test_features_of_a_title(feature: str) -> None:
    assert feature in features()


def test_features_are_sorted_and_said_once() -> None:
    found = features()
    assert found == sorted(set(found))


def test_status_is_a_feature() -> None:
    assert "status=planned" in features(Status.PLANNED)


def test_unusual_word_kind_is_x() -> None:
    assert (word_kind("PRON"), word_kind("NUM")) == ("PRON", "X")
