"""The losses against the plain way of computing them, gradients included."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from training.loss import OutputLoss, alignment_loss


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
@pytest.mark.parametrize("positions", [3, 1100])  # one chunk, and several
def test_output_loss_is_cross_entropy(positions: int, smoothing: float) -> None:
    chance = torch.Generator().manual_seed(1)

    def values(*shape: int) -> Tensor:
        return torch.randn(*shape, generator=chance).requires_grad_()

    x, weight, bias = values(positions, 8), values(20, 8), values(20)
    gold = torch.randint(20, (positions,), generator=chance)
    logits = x @ weight.T + bias
    wanted = functional.cross_entropy(logits, gold, label_smoothing=smoothing, reduction="sum")
    plain = functional.cross_entropy(logits, gold, reduction="sum")
    expected = torch.autograd.grad(wanted * 0.5, (x, weight, bias))
    loss, likelihood = OutputLoss.apply(x, weight, bias, gold, smoothing)  # type: ignore[no-untyped-call]
    found = torch.autograd.grad(loss * 0.5, (x, weight, bias))
    torch.testing.assert_close((loss, likelihood), (wanted, plain), rtol=1e-5, atol=1e-4)
    torch.testing.assert_close(found, expected, rtol=1e-4, atol=1e-5)


def test_alignment_loss_is_the_mass_that_falls_on_links() -> None:
    looked = torch.tensor([[[0.7, 0.2, 0.1], [0.3, 0.3, 0.4], [1.0, 0.0, 0.0]]])
    links = torch.tensor([[[1.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]]])  # the last piece has none
    found = alignment_loss(looked, links)
    assert found is not None
    assert float(found) == pytest.approx(-(torch.tensor([0.9, 0.4]).log().mean()))
    assert alignment_loss(looked, torch.zeros_like(links)) is None
