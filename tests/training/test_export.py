"""Export: transformers and CTranslate2 compute what the training code computes, and what does not is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import ctranslate2
import pytest
import torch

from training.config import Config
from training.export import ExportError, export, logit_difference
from training.model import Model
from training.states import State
from training.trainer import shape_of
from training.vocabulary import Vocabulary

# CTranslate2 and transformers warn of tokenizers that we do not use.
pytestmark = pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")


@pytest.fixture
def state(copy_task: Config, vocabulary: Vocabulary) -> State:
    torch.manual_seed(3)
    weights = {name: one.detach() * 2 for name, one in Model(shape_of(copy_task, vocabulary)).named_parameters()}
    weights["emb"][-1] = 3.0  # what stands in the row of <pad> must not matter
    return State(shape_of(copy_task, vocabulary), {name: one * 0 for name, one in weights.items()}, weights)


def test_ctranslate2_says_what_the_model_says(state: State, vocabulary: Vocabulary, tmp_path: Path) -> None:
    exported = export(state, vocabulary, tmp_path / "model")
    assert exported.difference < 1e-4
    engine = ctranslate2.Translator(str(exported.ctranslate2), compute_type="float32")
    pieces = vocabulary.pieces()
    source, target = [20, 21, 22, 23, 0], [30, 31, 32]
    (found,) = engine.score_batch([[pieces[at] for at in source]], [[pieces[at] for at in target]])
    model = Model(state.shape)
    model.load_state_dict(state.average)
    with torch.no_grad():
        logits = model.logits(torch.tensor([source]), torch.tensor([[model.pad, *target]]))[0]
    expected = torch.log_softmax(logits, -1)[range(4), [*target, 0]]
    assert found.log_probs == pytest.approx(expected.tolist(), abs=0.1)  # the weights are of eight bits


def test_ctranslate2_returns_the_attention_that_was_guided(state: State, vocabulary: Vocabulary, tmp_path: Path) -> None:
    state.average["dec.0.cross.q.weight"].mul_(10)  # each head looks at one piece, and not at all of them a little
    exported = export(state, vocabulary, tmp_path / "model")
    engine = ctranslate2.Translator(str(exported.ctranslate2), compute_type="float32")
    pieces, source = vocabulary.pieces(), [20, 21, 22, 23, 0]
    (found,) = engine.translate_batch([[pieces[at] for at in source]], beam_size=1, max_decoding_length=6, return_attention=True)
    target = [pieces.index(piece) for piece in found.hypotheses[0]]
    assert target
    model = Model(state.shape)
    model.load_state_dict(state.average)
    with torch.no_grad():
        _, looked = model.decode(torch.tensor([source]), torch.tensor([[model.pad, *target[:-1]]]))
    assert looked.amax(-1).mean() > 0.5
    torch.testing.assert_close(torch.tensor(found.attention[0])[: len(target)], looked[0], atol=0.03, rtol=0)


def test_the_folder_is_what_the_compact_engine_reads(state: State, vocabulary: Vocabulary, tmp_path: Path) -> None:
    folder = export(state, vocabulary, tmp_path / "model").ctranslate2
    assert {"model.bin", "config.json", "shared_vocabulary.json", "vmap.txt", "sentencepiece.model"} <= {
        path.name for path in folder.iterdir()
    }
    assert json.loads((folder / "shared_vocabulary.json").read_text(encoding="utf-8")) == vocabulary.pieces()
    assert (folder / "sentencepiece.model").read_bytes() == vocabulary.model.read_bytes()


def test_other_weights_have_other_logits(state: State, vocabulary: Vocabulary, tmp_path: Path) -> None:
    export(state, vocabulary, tmp_path / "model")
    bias = state.average["enc.0.fc1.bias"] + 0.1
    assert logit_difference(replace(state, average={**state.average, "enc.0.fc1.bias": bias}), tmp_path / "model") > 1e-3


def test_a_model_that_has_diverged_is_refused(state: State, vocabulary: Vocabulary, tmp_path: Path) -> None:
    bias = state.average["enc.0.fc1.bias"] * float("nan")
    with pytest.raises(ExportError, match="do not use it"):
        export(replace(state, average={**state.average, "enc.0.fc1.bias": bias}), vocabulary, tmp_path / "model")
    assert not (tmp_path / "model" / "ct2").exists()


def test_another_vocabulary_is_refused(state: State, vocabulary: Vocabulary, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="the vocabulary that the model was trained with"):
        export(replace(state, shape=replace(state.shape, pieces=7)), vocabulary, tmp_path)
