from __future__ import annotations

import warnings

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra train")
# ruff: noqa: E402
import onnxruntime

from kg.training.rounding import Linear, Square, round_activations, round_weights, rounded


@pytest.fixture
def layer():
    torch.manual_seed(0)
    return Linear(48, 32)


def test_round_weights_has_129_steps_a_channel():
    torch.manual_seed(0)
    weights = round_weights(torch.randn(3, 1000), 1)
    steps = weights / (weights.abs().amax(1, keepdim=True) / 64)
    assert torch.allclose(steps, steps.round(), atol=1e-4)


def test_round_activations_keeps_zero():
    torch.manual_seed(0)
    values = torch.cat([torch.zeros(1), torch.randn(999)])
    found = round_activations(values)
    assert found[0] == 0
    assert len(found.unique()) <= 256
    assert (found - values).abs().max() <= (values.max() - values.min()) / 255


def test_rounding_lets_gradients_through(layer):
    with rounded(layer):
        layer(torch.randn(5, 48)).sum().backward()
    assert torch.isfinite(layer.weight.grad).all()
    assert layer.weight.grad.abs().sum() > 0


def test_rounded_ends_with_its_block(layer):
    x = torch.randn(5, 48)
    exact = layer(x)
    with rounded(layer):
        assert not torch.equal(layer(x), exact)
    assert torch.equal(layer(x), exact)


@pytest.mark.parametrize("kind", [Linear, Square])
def test_rounded_is_what_onnx_runtime_does(kind, tmp_path):
    pytest.importorskip("onnx", reason="training needs the extra train")
    from kg.training.export import quantise

    torch.manual_seed(0)
    module = Linear(48, 48) if kind is Linear else Square(48)
    full, small = tmp_path / "full.onnx", tmp_path / "small.onnx"
    x = torch.randn(2, 7, 48)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(module, (x,), str(full), dynamo=False, input_names=["x"], opset_version=17)
    quantise(full, small)
    (found,) = onnxruntime.InferenceSession(small).run(None, {"x": x.numpy()})
    with torch.no_grad(), rounded(module):
        expected = module(x).numpy()
    exact = module(x).detach().numpy()
    assert np.abs(found - expected).max() < np.abs(found - exact).max() / 4
