"""A state as the two folders that others read: transformers' Marian, and from it CTranslate2 in int8.

The second is what the compact engine loads: with SentencePiece model, the map of output pieces, and head 0 of the last decoder
layer as the attention that is returned, for that head was trained on word alignments.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from training import output_pieces
from training.embedded import Checkpoint
from training.marian_folder import write_marian_folder
from training.model import Model
from training.states import State
from training.vocabulary import Vocabulary
from translator.errors import DwibhashiError

CTRANSLATE2 = "ct2"
_LARGEST_DIFFERENCE = 1e-3  # of a logit; rounding makes less than a tenth of it
_PROBE = (3, 17, 11)  # sentences, source pieces, target pieces


class ExportError(DwibhashiError):
    """A state that does not come out as the model that it is."""


@dataclass(frozen=True)
class Exported:
    """Where the model lies now, and how far its logits are from those of the training code at most."""

    marian: Path
    ctranslate2: Path
    difference: float


def export(state: State, vocabulary: Vocabulary, folder: Path) -> Exported:
    """Write both folders, of the moving average. Raises ExportError if vocabulary or logits do not agree with the state."""
    if (state.shape.pieces, state.shape.outputs) != (vocabulary.size, vocabulary.outputs):
        raise ExportError(
            f"the state is of {state.shape.pieces} pieces, {state.shape.outputs} of them for English, and {vocabulary.model} is "
            f"of {vocabulary.size} and {vocabulary.outputs}: name the vocabulary that the model was trained with."
        )
    from transformers.utils import logging

    if not sys.stderr.isatty():
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    weights = {name: weight.float().clone() for name, weight in state.average.items()}
    weights["emb"][-1] = 0  # <pad>: the training code never looks at its row
    checkpoint = Checkpoint(state.shape.as_dict(), {name: weight.numpy() for name, weight in weights.items()})
    write_marian_folder(checkpoint, vocabulary.pieces(), vocabulary.model, folder)
    difference = logit_difference(state, folder)
    if not difference < _LARGEST_DIFFERENCE:
        raise ExportError(
            f"{folder}: logits differ from the training code's by {difference:.1e}, and may by {_LARGEST_DIFFERENCE:.0e}; "
            "this model is not the one that was trained, do not use it."
        )
    compact = folder / CTRANSLATE2
    _converter(folder).convert(str(compact), quantization="int8", force=True)
    shutil.copyfile(vocabulary.model, compact / "sentencepiece.model")
    output_pieces.main(compact)
    return Exported(folder, compact, difference)


@torch.no_grad()
def logit_difference(state: State, folder: Path) -> float:
    """The largest difference between a logit of the training code and of transformers' model in `folder`, on random pieces."""
    from transformers import MarianMTModel

    model = Model(state.shape)
    model.load_state_dict(state.average)
    theirs: Any = MarianMTModel.from_pretrained(folder)
    theirs.eval()
    source, target = _probe(state)
    logits = theirs(input_ids=source, attention_mask=torch.ones_like(source), decoder_input_ids=target).logits
    ours = model.logits(source, target)
    return float((ours - logits[..., : state.shape.outputs]).abs().max())


def _probe(state: State) -> tuple[Tensor, Tensor]:
    """Source pieces ended by </s>, and target pieces begun by <pad>, always the same."""
    chance = torch.Generator().manual_seed(1)
    sentences, source_length, target_length = _PROBE
    source = torch.randint(2, state.shape.pieces - 1, (sentences, source_length), generator=chance)
    target = torch.randint(2, state.shape.outputs, (sentences, target_length), generator=chance)
    source[:, -1], target[:, 0] = 0, state.shape.pieces - 1
    return source, target


def _converter(folder: Path) -> Any:
    from ctranslate2.converters import TransformersConverter

    return TransformersConverter(str(folder))
