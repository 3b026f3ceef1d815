from __future__ import annotations

import pytest

torch = pytest.importorskip("torch", reason="training needs the extra train")
# ruff: noqa: E402
from kg.training.dropout import Dropout

SHARE = 0.25


def test_dropout_drops_its_share_and_keeps_the_mean():
    torch.manual_seed(0)
    found = Dropout(SHARE)(torch.ones(200, 500))
    assert (found == 0).float().mean().item() == pytest.approx(SHARE, abs=0.01)
    assert found.mean().item() == pytest.approx(1, abs=0.01)


def test_dropout_depends_on_the_seed_alone():
    runs = []
    for _ in range(2):
        torch.manual_seed(3)
        runs.append(Dropout(SHARE)(torch.ones(10, 10)))
    assert torch.equal(*runs)
    assert not torch.equal(runs[0], Dropout(SHARE)(torch.ones(10, 10)))


@pytest.mark.parametrize("is_training", [True, False])
def test_dropout_of_nothing_changes_nothing(is_training):
    ones = torch.ones(5, 5)
    assert torch.equal(Dropout(0.0).train(is_training)(ones), ones)
    assert torch.equal(Dropout(SHARE).eval()(ones), ones)
