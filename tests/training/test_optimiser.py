"""The optimiser: what its steps are, and that processes that share the work do the same as one alone."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from training.optimiser import Optimiser, layout, orthogonal

PARAMETERS = {
    "emb": (7, 4),
    "bias": (5,),
    "enc.0.att.qkv.weight": (12, 4),
    "enc.0.att.out.weight": (4, 4),
    "enc.0.fc1.weight": (8, 4),
    "enc.0.fc2.weight": (4, 8),
    "enc.0.r1.ln.weight": (4,),
}


def flat(seed: int) -> Tensor:
    size = sum(one.numel() for one in map(torch.empty, PARAMETERS.values()))
    return torch.randn(size, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("shape", [(3, 6, 6), (2, 4, 9), (2, 9, 4)])
def test_newton_schulz_presses_singular_values_towards_1(shape: tuple[int, ...]) -> None:
    found = orthogonal(torch.randn(shape, generator=torch.Generator().manual_seed(1)) * 7)
    assert found.shape == shape
    values = torch.linalg.svdvals(found)
    assert 0.3 < values.min() < values.max() < 1.3


def test_newton_schulz_keeps_the_directions() -> None:
    """U and V of the singular value decomposition stay: the nearest orthogonal matrix is UVᵀ."""
    matrix = torch.randn(6, 6, generator=torch.Generator().manual_seed(2))
    left, _, right = torch.linalg.svd(matrix)
    found = left.T @ orthogonal(matrix[None])[0] @ right.T
    assert (found - torch.diag(found.diag())).abs().max() < 1e-3


def test_two_processes_do_what_one_does() -> None:
    layouts = layout((name, torch.empty(shape)) for name, shape in PARAMETERS.items())
    gradients = [flat(1), flat(2)]
    alone, together = flat(3), flat(3)
    one = Optimiser(layouts, 0, 1)
    two = [Optimiser(layouts, rank, 2) for rank in (0, 1)]
    for _ in range(3):
        one.update([(gradients[0] + gradients[1]) / 2], 1, alone, alone.clone(), 0.1, 0.1)
        for share in two:
            share.update(gradients, 1, together, together.clone(), 0.1, 0.1)
    torch.testing.assert_close(together, alone)


def test_adam_is_torchs_adam() -> None:
    layouts = layout([("bias", torch.empty(5))])
    ours, theirs = flat(1)[:5].clone(), flat(1)[:5].clone().requires_grad_()
    optimiser, adam = Optimiser(layouts, 0, 1), torch.optim.Adam([theirs], lr=0.1, betas=(0.9, 0.98), eps=1e-9)
    for seed in range(4):
        gradient = flat(10 + seed)[:5]
        optimiser.update([2 * gradient], 2, ours, ours.clone(), 9.0, 0.1)
        theirs.grad = gradient
        adam.step()
    torch.testing.assert_close(ours, theirs.detach())


def test_stacked_projections_are_orthogonal_each_for_itself() -> None:
    layouts = layout([("enc.0.att.qkv.weight", torch.empty(12, 4))])
    gradient = torch.randn(12, 4, generator=torch.Generator().manual_seed(1))
    gradient[4:] *= 1000  # keys and values would drown the queries
    masters, working = torch.zeros(48), torch.zeros(48, dtype=torch.bfloat16)
    Optimiser(layouts, 0, 1).update([gradient.reshape(-1)], 1, masters, working, 1.0, 1.0)
    sizes = [part.norm() for part in masters.view(3, 4, 4)]
    assert max(sizes) < 1.5 * min(sizes)
    torch.testing.assert_close(working.float(), masters, rtol=0.01, atol=0.01)


def test_what_it_remembers_is_what_the_next_goes_on_from() -> None:
    layouts = layout((name, torch.empty(shape)) for name, shape in PARAMETERS.items())
    once, twice = flat(3), flat(3)
    whole, first = Optimiser(layouts, 0, 1), Optimiser(layouts, 0, 1)
    for seed in (1, 2):
        whole.update([flat(seed)], 1, once, once.clone(), 0.1, 0.1)
    first.update([flat(1)], 1, twice, twice.clone(), 0.1, 0.1)
    Optimiser(layouts, 0, 1, first.state()).update([flat(2)], 1, twice, twice.clone(), 0.1, 0.1)
    assert torch.equal(once, twice)
