"""The layers of the Transformer, joined by DeepNorm residuals: LN(αx + f(x)) (Wang et al. 2022, "DeepNet", table 1).

α keeps what was there, and the weights of f begin smaller by β; so a post-norm model, which is all that Marian knows, learns at
rates at which a plain one collapses.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.attention import CrossAttention, SelfAttention


@dataclass(frozen=True)
class DeepNorm:
    """α and β of one half of the model."""

    alpha: float
    beta: float

    @classmethod
    def of_encoder(cls, encoder_layers: int, decoder_layers: int) -> DeepNorm:
        depth = (encoder_layers**4 * decoder_layers) ** (1 / 16)
        return cls(0.81 * depth, 0.87 / depth)

    @classmethod
    def of_decoder(cls, decoder_layers: int) -> DeepNorm:
        return cls((3 * decoder_layers) ** 0.25, (12 * decoder_layers) ** -0.25)


class Residual(nn.Module):
    """LN(αx + f(x))."""

    def __init__(self, width: int, alpha: float) -> None:
        super().__init__()
        self.ln = nn.LayerNorm(width)
        self.alpha = alpha

    def forward(self, x: Tensor, found: Tensor) -> Tensor:
        normed: Tensor = self.ln(torch.add(found, x, alpha=self.alpha))
        return normed


class EncoderLayer(nn.Module):
    """Self-attention, then two linear maps with a ReLU between them."""

    def __init__(self, width: int, feed_forward: int, heads: int, alpha: float) -> None:
        super().__init__()
        self.att = SelfAttention(width, heads)
        self.r1 = Residual(width, alpha)
        self.fc1 = nn.Linear(width, feed_forward)
        self.fc2 = nn.Linear(feed_forward, width)
        self.r2 = Residual(width, alpha)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        x = self.r1(x, self.att(x, mask))
        x = self.r2(x, self.fc2(functional.relu(self.fc1(x))))
        return x


class DecoderLayer(nn.Module):
    """Self-attention to what is written, attention to the source, then the linear maps."""

    def __init__(self, width: int, feed_forward: int, heads: int, alpha: float) -> None:
        super().__init__()
        self.att = SelfAttention(width, heads)
        self.r1 = Residual(width, alpha)
        self.cross = CrossAttention(width, heads)
        self.r2 = Residual(width, alpha)
        self.fc1 = nn.Linear(width, feed_forward)
        self.fc2 = nn.Linear(feed_forward, width)
        self.r3 = Residual(width, alpha)

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor, future: Tensor) -> tuple[Tensor, Tensor]:
        """The layer's output, and where head 0 looked in the source. `future` hides what is not written yet."""
        x = self.r1(x, self.att(x, future))
        found, looked = self.cross(x, memory, mask)
        x = self.r2(x, found)
        x = self.r3(x, self.fc2(functional.relu(self.fc1(x))))
        return x, looked


def positions(length: int, width: int) -> Tensor:
    """Sinusoidal positions [length, width] as Marian has them: all sines, then all cosines (Vaswani et al. 2017, section 3.5)."""
    rates = torch.pow(10000.0, 2 * (torch.arange(width) // 2).float() / width)
    angles = torch.arange(length)[:, None].float() / rates
    return torch.cat([torch.sin(angles[:, 0::2]), torch.cos(angles[:, 1::2])], 1)
