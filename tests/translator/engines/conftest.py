"""The embedded weights in the layouts of others: a Marian folder of transformers, and what CTranslate2 makes of it in float32."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from ctranslate2.converters import TransformersConverter

from training.embedded import read_checkpoint
from training.marian_folder import write_marian_folder
from translator.engines.compact import EMBEDDED
from translator.engines.marian import MarianEngine
from translator.engines.opus_mt import OpusMtEngine


@pytest.fixture(scope="session")
def marian_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("marian")
    pieces = json.loads((EMBEDDED / "shared_vocabulary.json").read_text(encoding="utf-8"))
    write_marian_folder(read_checkpoint(EMBEDDED), pieces, EMBEDDED / "sentencepiece.model", made)
    return made


@pytest.fixture(scope="session")
def opus_mt_folder(marian_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("converted") / "opus-mt"
    TransformersConverter(str(marian_folder), copy_files=["source.spm", "target.spm"]).convert(str(made))
    return made


@pytest.fixture(scope="session")
def marian(marian_folder: Path) -> MarianEngine:
    return MarianEngine(marian_folder)


@pytest.fixture(scope="session")
def opus_mt(opus_mt_folder: Path) -> OpusMtEngine:
    return OpusMtEngine(opus_mt_folder)
