"""Muon for the matrices of the layers and Adam for the rest, each process updating its share of one flat vector of weights.

It knows gradients and rates; how they come about is the trainer's business.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from training.states import Moments

_MOMENTUM = 0.95
_FIRST, _SECOND = 0.9, 0.98  # Adam's decay rates, as for Transformers (Vaswani et al. 2017, section 5.3)
_TINY = 1e-9
_QUINTIC = (3.4445, -4.7750, 2.0315)  # Jordan et al. 2024, "Muon"
_ROUNDS = 5


@dataclass(frozen=True)
class Slice:
    """Where a parameter lies in the flat vector."""

    name: str
    start: int
    size: int
    shape: tuple[int, ...]

    def of(self, flat: Tensor) -> Tensor:
        """The parameter itself, a view."""
        return flat[self.start : self.start + self.size].view(self.shape)


def layout(parameters: Iterable[tuple[str, Tensor]]) -> tuple[Slice, ...]:
    """The parameters one after another, in their order."""
    slices, start = [], 0
    for name, parameter in parameters:
        slices.append(Slice(name, start, parameter.numel(), tuple(parameter.shape)))
        start += parameter.numel()
    return tuple(slices)


def orthogonal(matrices: Tensor) -> Tensor:
    """The matrices [n, rows, columns] with their singular values pressed towards 1, by five rounds of Newton–Schulz.

    Muon's quintic is steep rather than exact: the singular values end between 0.7 and 1.2.
    """
    a, b, c = _QUINTIC
    tall = matrices.shape[-2] > matrices.shape[-1]
    x: Tensor = matrices.transpose(-1, -2) if tall else matrices
    x = x / (x.float().norm(dim=(-2, -1), keepdim=True).to(x.dtype) + 1e-7)
    for _ in range(_ROUNDS):
        gram = x @ x.transpose(-1, -2)
        x = a * x + (b * gram + c * (gram @ gram)) @ x
    return x.transpose(-1, -2) if tall else x


class Optimiser:
    """The share of process `rank`: every `processes`-th matrix of each shape, and an even part of every other parameter.

    Projections that lie one on another (queries, keys, values) count as the square matrices that they are.
    """

    def __init__(self, slices: Sequence[Slice], rank: int, processes: int, moments: Moments | None = None) -> None:
        self._processes = processes
        matrices: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self._ranges: list[tuple[int, int]] = []
        for one in slices:
            if len(one.shape) == 2 and one.name != "emb":
                rows, columns = one.shape
                parts = rows // columns if one.name.split(".")[-2] in ("qkv", "kv") else 1
                size = one.size // parts
                matrices.setdefault((rows // parts, columns), []).extend((one.start + at * size, size) for at in range(parts))
            else:
                begin, end = (one.size * share // processes for share in (rank, rank + 1))
                self._ranges.append((one.start + begin, end - begin))
        self._matrices = {shape: places[rank::processes] for shape, places in matrices.items()}
        self.moments = moments or Moments(
            {shape: torch.zeros((len(places), *shape)) for shape, places in self._matrices.items()},
            [torch.zeros(size) for _, size in self._ranges],
            [torch.zeros(size) for _, size in self._ranges],
            0,
        )
        self.steps = self.moments.steps

    @torch.no_grad()
    def update(
        self,
        gradients: Sequence[Tensor],
        batches: int,
        masters: Tensor,
        working: Tensor,
        matrix_rate: float,
        other_rate: float,
    ) -> None:
        """One step: `gradients` has a flat vector of each process, a sum over so many batches. `working` follows `masters`."""
        scale = 1 / (self._processes * batches)
        self.steps += 1

        def mean(start: int, size: int) -> Tensor:
            total = gradients[0][start : start + size].float()
            for other in gradients[1:]:
                total += other[start : start + size]
            return total.mul_(scale)

        for shape, places in self._matrices.items():
            if places:
                new = torch.stack([mean(start, size).view(shape) for start, size in places])
                momentum = self.moments.momentum[shape].mul_(_MOMENTUM).add_(new)
                steps = orthogonal(new.add_(momentum, alpha=_MOMENTUM).to(working.dtype)).float()
                # Steps of the size that Adam's have (Liu et al. 2025, "Muon is scalable for LLM training").
                rate = 0.2 * math.sqrt(max(shape)) * matrix_rate
                for step, (start, size) in zip(steps, places, strict=True):
                    weights = masters[start : start + size]
                    weights.sub_(step.reshape(-1), alpha=rate)
                    working[start : start + size] = weights
        corrected, corrected_second = 1 - _FIRST**self.steps, 1 - _SECOND**self.steps
        for first, second, (start, size) in zip(self.moments.first, self.moments.second, self._ranges, strict=True):
            new = mean(start, size)
            first.lerp_(new, 1 - _FIRST)
            second.mul_(_SECOND).addcmul_(new, new, value=1 - _SECOND)
            weights = masters[start : start + size]
            spread = (second / corrected_second).sqrt_().add_(_TINY)
            weights.addcdiv_(first, spread, value=-other_rate / corrected)
            working[start : start + size] = weights

    def state(self) -> Moments:
        """What a later run goes on from."""
        return Moments(self.moments.momentum, self.moments.first, self.moments.second, self.steps)
