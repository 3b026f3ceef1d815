"""Dropout whose masks are cheap to draw on a CPU.

PyTorch draws its masks there one number at a time, a fifth of the time of a training step; this draws
bytes. The share is rounded to 1/256.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

# What one byte can be.
_STEPS = 256


class Dropout(nn.Module):
    """Sets a share of the values to zero while training, and scales up the others."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share
        self.least = round(share * _STEPS)

    def forward(self, x: Tensor) -> Tensor:
        """The values that are left."""
        if not self.training or self.least == 0:
            return x
        if x.device.type != "cpu":
            return functional.dropout(x, self.share)
        kept = torch.from_numpy(_draw(x.numel())).view(x.shape) >= self.least
        return x * kept.to(x.dtype).mul_(_STEPS / (_STEPS - self.least))


def _draw(count: int) -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    """Random bytes. Their seed comes from PyTorch, so that its seed settles everything."""
    generator = np.random.Generator(np.random.SFC64(int(torch.randint(2**62, ()))))
    return generator.integers(0, 2**64, (count + 7) // 8, dtype=np.uint64).view(np.uint8)[:count]
