"""What training makes small: the cross entropy of the target pieces, and the distance of one head from word alignments."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

_CHUNK = 512  # positions whose logits are in memory at once
_SMALLEST = 1e-5  # of an aligned mass: its logarithm stays finite


class OutputLoss(torch.autograd.Function):
    """Label-smoothed cross entropy (Szegedy et al. 2016, section 7) of `x @ weight.T + bias`, without keeping the logits.

    The logits of a batch are the largest thing in a step. Here they live a chunk at a time, and their gradient is taken while
    they are there.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, bias: Tensor, gold: Tensor, smoothing: float) -> tuple[Tensor, Tensor]:
        """Sums over the positions: the loss, and the negative log likelihood alone. x [n, width], weight [N, width], gold [n]."""
        outputs = weight.shape[0]
        of_x, of_weight, of_bias = torch.empty_like(x), torch.zeros_like(weight, dtype=torch.float32), torch.zeros(outputs)
        loss = likelihood = 0.0
        for start in range(0, x.shape[0], _CHUNK):
            rows, wanted = x[start : start + _CHUNK], gold[start : start + _CHUNK]
            logits = torch.addmm(bias, rows, weight.t()).float()
            norm = torch.logsumexp(logits, 1)
            lost = (norm - logits.gather(1, wanted[:, None]).squeeze(1)).sum()
            even = (norm - logits.mean(1)).sum()
            likelihood += float(lost)
            loss += float((1 - smoothing) * lost + smoothing * even)
            # softmax − target distribution, in place
            logits.sub_(norm[:, None]).exp_().sub_(smoothing / outputs)
            logits[torch.arange(wanted.numel()), wanted] -= 1 - smoothing
            gradient = logits.to(x.dtype)
            of_x[start : start + _CHUNK] = gradient @ weight
            of_weight += gradient.t() @ rows
            of_bias += logits.sum(0)
        ctx.save_for_backward(of_x, of_weight, of_bias)
        return torch.tensor(loss), torch.tensor(likelihood)

    @staticmethod
    def backward(ctx: Any, *outer: Tensor) -> tuple[Tensor | None, ...]:
        of_x, of_weight, of_bias = ctx.saved_tensors
        scale = outer[0]
        return of_x * scale, (of_weight * scale).to(of_x.dtype), (of_bias * scale).to(of_x.dtype), None, None


def alignment_loss(looked: Tensor, links: Tensor) -> Tensor | None:
    """Guided alignment (Chen et al. 2016): −log of the attention that falls on linked pieces, a mean over pieces with links.

    Both are [sentences, target, source]; `links` holds 1 where two pieces belong together. None where there are no links.
    """
    linked = links.amax(-1) > 0
    if not linked.any():
        return None
    mass = (looked.float() * links).sum(-1)
    return -mass[linked].clamp_min(_SMALLEST).log().mean()
