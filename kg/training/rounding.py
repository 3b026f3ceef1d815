"""Rounding as int8 will round, so that the last passes of training learn to live with it.

Weights are rounded by output channel to one bit less than int8 has, activations to 256 steps between
the least and the greatest of a batch: what `kg.training.export` asks of ONNX Runtime. Gradients pass as
if nothing had been rounded (the straight-through estimator; Jacob et al. 2018, "Quantization and
Training of Neural Networks for Efficient Integer-Arithmetic-Only Inference").
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from torch import Tensor, nn
from torch.nn import functional

# Weights lie in -64…64: with 127, sums overflow on CPUs without VNNI.
_WEIGHT_STEPS = 64
_ACTIVATION_STEPS = 255
_TINY = 1e-12


class Linear(nn.Linear):
    """A linear layer that rounds while it is told to."""

    rounds = False

    def forward(self, x: Tensor) -> Tensor:
        """The layer's values."""
        if not self.rounds:
            return super().forward(x)
        return functional.linear(round_activations(x), round_weights(self.weight, 1), self.bias)


class Square(nn.Module):
    """A matrix that multiplies from the right, without a bias; it rounds while it is told to."""

    rounds = False

    def __init__(self, size: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(size, size))
        nn.init.xavier_uniform_(self.weight)

    def forward(self, x: Tensor) -> Tensor:
        """The product."""
        if not self.rounds:
            return x @ self.weight
        return round_activations(x) @ round_weights(self.weight, 0)


@contextmanager
def rounded(network: nn.Module) -> Iterator[None]:
    """Lets all layers of a network round meanwhile."""
    layers = [module for module in network.modules() if isinstance(module, Linear | Square)]
    try:
        for layer in layers:
            layer.rounds = True
        yield
    finally:
        for layer in layers:
            layer.rounds = False


def round_weights(weight: Tensor, axis: int) -> Tensor:
    """The weights as int8 holds them; `axis` is that of the inputs.

    >>> round_weights(torch.tensor([[64.0, 0.4, -0.6]]), 1).tolist()
    [[64.0, 0.0, -1.0]]
    """
    step = weight.detach().abs().amax(axis, keepdim=True).clamp(min=_TINY) / _WEIGHT_STEPS
    return _through(weight, (weight.detach() / step).round() * step)


def round_activations(x: Tensor) -> Tensor:
    """The values as ONNX Runtime's DynamicQuantizeLinear rounds them.

    >>> round_activations(torch.tensor([0.0, 0.6, 255.0])).tolist()
    [0.0, 1.0, 255.0]
    """
    values = x.detach().float()
    least, most = values.amin().clamp(max=0), values.amax().clamp(min=0)
    step = ((most - least) / _ACTIVATION_STEPS).clamp(min=_TINY)
    zero = (-least / step).round()
    rounded_values = ((values / step).round() + zero).clamp(0, _ACTIVATION_STEPS)
    return _through(x, ((rounded_values - zero) * step).to(x.dtype))


def _through(exact: Tensor, rounded_values: Tensor) -> Tensor:
    """The rounded values, with the gradient of the exact ones."""
    return exact + (rounded_values - exact).detach()
