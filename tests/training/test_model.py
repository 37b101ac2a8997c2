"""The model: what it computes is what CTranslate2 computes, and neither padding nor the future shows through."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from tests.training.test_embedded import Transformer
from training.embedded import read_checkpoint
from training.model import Batch, Model
from training.states import Shape
from translator.engines.compact import EMBEDDED

SHAPE = Shape(pieces=30, outputs=20, width=16, feed_forward=32, encoder_layers=2, decoder_layers=2, heads=2, longest=32)
PAD = SHAPE.pieces - 1


def model(shape: Shape = SHAPE) -> Model:
    torch.manual_seed(1)
    return Model(shape)


def test_it_computes_what_the_embedded_model_computes() -> None:
    """Against the plain numpy Transformer that is itself tested against CTranslate2."""
    checkpoint = read_checkpoint(EMBEDDED)
    ours = Model(Shape.from_dict(checkpoint.shape))
    ours.load_state_dict({name: torch.from_numpy(weight.copy()) for name, weight in checkpoint.weights.items()})
    source, target = [5, 900, 12000, 44, 0], [7, 300, 4000, 0]
    expected = Transformer(checkpoint).log_probabilities(source, target)
    with torch.no_grad():
        logits = ours.logits(torch.tensor([source]), torch.tensor([[ours.pad, *target[:-1]]]))[0]
    found = torch.log_softmax(logits, -1)[range(len(target)), target]
    assert found.tolist() == pytest.approx(expected, abs=1e-4)


@torch.no_grad()
def test_padding_changes_nothing() -> None:
    transformer = model()
    transformer.emb[-1] = 5.0  # whatever the row holds
    plain = transformer.logits(torch.tensor([[3, 4, 0]]), torch.tensor([[PAD, 5, 6]]))
    filled = transformer.logits(torch.tensor([[3, 4, 0, PAD, PAD]]), torch.tensor([[PAD, 5, 6, PAD]]))
    torch.testing.assert_close(filled[:, :3], plain, rtol=1e-5, atol=1e-5)


@torch.no_grad()
def test_a_piece_does_not_see_those_behind_it() -> None:
    transformer = model()
    one, other = (transformer.logits(torch.tensor([[3, 0]]), torch.tensor([[PAD, 5, last]])) for last in (6, 7))
    torch.testing.assert_close(one[:, :2], other[:, :2])
    assert not torch.allclose(one[:, 2], other[:, 2])


def test_the_attention_that_is_guided_is_that_of_head_0_of_the_last_layer() -> None:
    transformer = model()
    seen: list[torch.Tensor] = []
    transformer.dec[-1].cross.register_forward_hook(lambda _module, _given, found: seen.append(found[1]))
    _, looked = transformer.decode(torch.tensor([[3, 4, 0]]), torch.tensor([[PAD, 5]]))
    assert torch.equal(looked, seen[0])
    assert looked.shape == (1, 2, 3)
    torch.testing.assert_close(looked.sum(-1), torch.ones(1, 2))


def test_every_weight_but_padding_has_a_gradient() -> None:
    transformer = model()
    source, gold = torch.tensor([[*range(2, 28), 0]]), torch.tensor([[3, 4, 5, 0]])
    links = torch.ones(1, 4, 27)
    links[..., 13:] = 0
    losses = transformer(Batch(source, torch.tensor([[PAD, 3, 4, 5]]), gold, links), 0.1)
    (losses.loss + losses.alignment).backward()
    assert all(one.grad is not None and one.grad.any() for one in transformer.parameters())
    assert transformer.emb.grad is not None
    assert not transformer.emb.grad[PAD].any()


def test_deep_models_begin_smaller() -> None:
    """DeepNet's β: the deeper, the smaller what a branch adds at first; queries and keys are as large as ever."""
    shallow, deep = model(), model(replace(SHAPE, encoder_layers=18))
    for name, smaller in (("fc1.weight", True), ("fc2.weight", True), ("att.out.weight", True)):
        one, other = (transformer.get_parameter(f"enc.0.{name}").std() for transformer in (shallow, deep))
        assert (other < 0.9 * one) == smaller
    queries, _, values = deep.get_parameter("enc.0.att.qkv.weight").chunk(3)
    assert values.std() < 0.9 * queries.std()
