"""The model: a Marian-shaped encoder and decoder with tied embeddings, post-norm with DeepNorm residuals.

The names of the parameters, and their order, are those of the states on disk: training.embedded, training.marian_folder and the
moments of the optimiser rely on them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.layers import DecoderLayer, DeepNorm, EncoderLayer, positions
from training.loss import OutputLoss, alignment_loss
from training.states import Shape

_HIDDEN = -1e4  # added to a score that must not count


@dataclass(frozen=True)
class Batch:
    """Sentences of like length, filled up with <pad>: `previous` is `gold` moved on by one, beginning with <pad>.

    All are piece numbers [sentences, length]; `links` [sentences, target, source] holds 1 where words are aligned.
    """

    source: Tensor
    previous: Tensor
    gold: Tensor
    links: Tensor | None = None


@dataclass(frozen=True)
class Losses:
    """Of one batch: the smoothed cross entropy and the negative log likelihood, summed, and the mean alignment loss."""

    loss: Tensor
    likelihood: Tensor
    alignment: Tensor | None


class Model(nn.Module):
    """The Transformer. Its last vocabulary row is <pad>; only the first `shape.outputs` pieces can be written."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        width, layers, deep = shape.width, shape.encoder_layers, shape.decoder_layers
        encoder, decoder = DeepNorm.of_encoder(layers, deep), DeepNorm.of_decoder(deep)
        self.emb = nn.Parameter(torch.randn(shape.pieces, width) * width**-0.5)
        self.bias = nn.Parameter(torch.zeros(shape.outputs))
        self.register_buffer("positions", positions(shape.longest, width), persistent=False)
        settings = (width, shape.feed_forward, shape.heads)
        self.enc = nn.ModuleList(EncoderLayer(*settings, encoder.alpha) for _ in range(layers))
        self.dec = nn.ModuleList(DecoderLayer(*settings, decoder.alpha) for _ in range(deep))
        _initialise(self.enc, encoder.beta)
        _initialise(self.dec, decoder.beta)

    @property
    def pad(self) -> int:
        return self.shape.pieces - 1

    def embed(self, pieces: Tensor) -> Tensor:
        """[sentences, length] → [sentences, length, width]. <pad> is zero whatever its row holds, for so CTranslate2 decodes."""
        vectors = functional.embedding(pieces, self.emb) * (pieces != self.pad)[..., None]
        placed = vectors * math.sqrt(self.shape.width) + self.get_buffer("positions")[: pieces.shape[1]]
        return placed.to(self.emb.dtype)

    def decode(self, source: Tensor, previous: Tensor) -> tuple[Tensor, Tensor]:
        """The decoder's last states [sentences, target, width], and the attention of its alignment head to the source."""
        mask = torch.zeros(source.shape, dtype=self.emb.dtype).masked_fill_(source == self.pad, _HIDDEN)[:, None, None, :]
        memory = self.embed(source)
        for layer in self.enc:
            memory = layer(memory, mask)
        length = previous.shape[1]
        future = torch.full((length, length), _HIDDEN, dtype=self.emb.dtype).triu(1)
        x = self.embed(previous)
        looked = x  # there is at least one layer
        for layer in self.dec:
            x, looked = layer(x, memory, mask, future)
        return x, looked

    def logits(self, source: Tensor, previous: Tensor) -> Tensor:
        """[sentences, target, outputs]: for checks; training never holds them all."""
        x, _ = self.decode(source, previous)
        return x @ self.emb[: self.shape.outputs].T + self.bias

    def forward(self, batch: Batch, smoothing: float = 0.0) -> Losses:
        x, looked = self.decode(batch.source, batch.previous)
        real = batch.gold != self.pad
        outputs = self.emb[: self.shape.outputs]
        arguments = (x[real], outputs, self.bias, batch.gold[real], smoothing)
        loss, likelihood = OutputLoss.apply(*arguments)  # type: ignore[no-untyped-call]
        return Losses(loss, likelihood, None if batch.links is None else alignment_loss(looked, batch.links))


def _initialise(layers: nn.ModuleList, beta: float) -> None:
    """Xavier's uniform weights; those of values, outputs and the feed-forward maps smaller by β, as DeepNet has it."""
    for name, module in layers.named_modules():
        if isinstance(module, nn.Linear):
            nn.init.zeros_(module.bias)
            kind = name.rsplit(".", 1)[-1]
            parts = module.weight.data.chunk({"qkv": 3, "kv": 2}.get(kind, 1), 0)
            for at, part in enumerate(parts):
                is_value = len(parts) > 1 and at == len(parts) - 1
                nn.init.xavier_uniform_(part, gain=beta if is_value or kind in ("out", "fc1", "fc2") else 1.0)
