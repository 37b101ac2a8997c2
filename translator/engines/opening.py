"""Which engine a folder is for, told from the names of its files, and the engine of a folder. Knows no registry and no network.

A folder that only a converter can use is told from one that nobody can, for the remedy differs.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Literal

from translator.engines import compact, indictrans2, nllb, opus_mt
from translator.engines.base import Engine
from translator.errors import EngineError

Layout = Literal["compact", "indictrans2", "nllb", "opus-mt", "marian"]
_CONVERT = "Convert it first: dwibhashi models convert."


def layout_of(folder: Path) -> Layout:
    """The layout of `folder`. Raises EngineError if it is none that we know; the message names what is missing."""
    if not folder.is_dir():
        raise EngineError(f"{folder}: no such folder. Name the folder that holds the files of a model.")
    names = {path.name for path in folder.iterdir()}
    if (weights := indictrans2.weights_of(folder)) is not None and weights != folder:
        return "indictrans2"
    if "model.bin" in names:
        return _converted(folder, names)
    kind = _model_type(folder)
    if kind == "marian":
        return "marian"
    if kind == "m2m_100":
        raise EngineError(f"{folder}: this NLLB model is in the layout of transformers. {_CONVERT}")
    if kind == "IndicTrans":
        raise EngineError(
            f"{folder}: this IndicTrans2 model is in the layout of transformers, which needs code of its own. "
            "Add AI4Bharat's release for CTranslate2 instead (ct2_int8_model)."
        )
    if "decoder.yml" in names:
        raise EngineError(f"{folder}: this is a release of OPUS-MT for Marian. {_CONVERT}")
    raise EngineError(f"{folder}: no model there. Name the folder with model.bin, or one with config.json of a Marian model.")


def open_engine(folder: Path, threads: int | None = None) -> Engine:
    """The engine for the model in `folder`, on `threads` of the processor, or on all.

    Raises EngineError if the layout is unknown or a part of the model is missing.
    """
    return _ENGINES[layout_of(folder)](folder, threads)


def _converted(folder: Path, names: set[str]) -> Layout:
    """The layout of a folder with a model.bin of CTranslate2, told from the SentencePiece models beside it."""
    if "sentencepiece.model" in names:
        return "compact"
    if {indictrans2.SOURCE, indictrans2.TARGET, "vocab"} & names:
        return "indictrans2"
    if set(nllb.SENTENCEPIECE) & names:
        return "nllb"
    if {"source.spm", "target.spm"} & names:
        return "opus-mt"
    if {"source_vocabulary.json", "source_vocabulary.txt"} & names:
        return "indictrans2"
    raise EngineError(
        f"{folder}: no SentencePiece model beside model.bin. Copy it from the release: source.spm and target.spm (OPUS-MT), "
        f"{nllb.SENTENCEPIECE[0]} (NLLB), or {indictrans2.SOURCE} and {indictrans2.TARGET} (IndicTrans2)."
    )


def _model_type(folder: Path) -> str:
    """What config.json of transformers calls the model, or nothing."""
    try:
        said = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(said.get("model_type", "")) if isinstance(said, dict) else ""


def _marian(folder: Path, threads: int | None) -> Engine:
    from translator.engines.marian import MarianEngine  # here alone: whoever opens another engine needs no torch

    return MarianEngine(folder, threads=threads)


_ENGINES: dict[Layout, Callable[[Path, int | None], Engine]] = {
    "compact": lambda folder, threads: compact.CompactEngine(folder, threads=threads),
    "indictrans2": lambda folder, threads: indictrans2.IndicTrans2Engine(folder, threads=threads),
    "nllb": lambda folder, threads: nllb.NllbEngine(folder, threads=threads),
    "opus-mt": lambda folder, threads: opus_mt.OpusMtEngine(folder, threads=threads),
    "marian": _marian,
}
