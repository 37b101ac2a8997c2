"""Attention of many heads (Vaswani et al. 2017, section 3.2), of a text to itself and of the English to the Hindi.

Product, softmax, product, and not torch's scaled_dot_product_attention: its backward pass on a processor took a third of a step.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn


class SelfAttention(nn.Module):
    """A sequence looks at itself."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """`x` is [sentences, length, width]; `mask` is added to the scores [sentences, heads, length, length]."""
        sentences, length, width = x.shape
        queries, keys, values = self.qkv(x).view(sentences, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        weights = _weights(queries, keys, mask)
        found: Tensor = self.out(torch.matmul(weights, values).transpose(1, 2).reshape(sentences, length, width))
        return found


class CrossAttention(nn.Module):
    """The target looks at the encoded source."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.q = nn.Linear(width, width)
        self.kv = nn.Linear(width, 2 * width)
        self.out = nn.Linear(width, width)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """What was found, [sentences, target, width], and the weights of head 0, [sentences, target, source]."""
        sentences, length, width = x.shape
        queries = self.q(x).view(sentences, length, self.heads, -1).transpose(1, 2)
        keys, values = self.kv(memory).view(sentences, memory.shape[1], 2, self.heads, -1).permute(2, 0, 3, 1, 4)
        weights = _weights(queries, keys, mask)
        found = self.out(torch.matmul(weights, values).transpose(1, 2).reshape(sentences, length, width))
        return found, weights[:, 0]


def _weights(queries: Tensor, keys: Tensor, mask: Tensor) -> Tensor:
    scaled = queries * queries.shape[-1] ** -0.5
    return torch.softmax(torch.matmul(scaled, keys.transpose(-1, -2)) + mask, -1)
