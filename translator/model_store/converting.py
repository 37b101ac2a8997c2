"""Models as they were released into the form that CTranslate2 runs, by CTranslate2's own converters.

Of the formats that it can read, these are of use for Hindi: MarianMT and NLLB folders of transformers, and OPUS-MT releases of
Marian (https://opennmt.net/CTranslate2/conversion.html). IndicTrans2 is released converted.
"""

from __future__ import annotations

import json
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from translator.engines.opening import layout_of
from translator.errors import EngineError
from translator.model_store.checksums import write_sums
from translator.model_store.shelf import models_folder, new_folder

QUANTIZATIONS = ("int8", "int8_float16", "int8_float32", "float16", "bfloat16", "float32")
_BESIDE = {  # what the engines need beside the weights
    "marian": ("source.spm", "target.spm"),
    "m2m_100": ("sentencepiece.bpe.model",),
    "opus": ("source.spm", "target.spm"),
}


def convert(source: Path, name: str, quantization: str = "int8") -> Path:
    """Convert the model in `source` and put it on the shelf under `name`; returns its folder.

    Raises EngineError if it is none of the formats, if a file is missing, or if the name is taken.
    """
    form = _form(source)
    missing = [file for file in _BESIDE[form] if not (source / file).is_file()]
    if missing:
        raise EngineError(f"{source}: no {missing[0]} there, which the engine needs. Get the whole model.")
    with new_folder(name) as folder:
        try:
            _converter(form, source).convert(str(folder), quantization=quantization, force=True)
        except EngineError:
            raise
        except Exception as error:  # each library that it calls has errors of its own
            raise EngineError(
                f"{source}: CTranslate2 cannot convert it ({error}). Is it whole, and the model that it seems?"
            ) from error
        for file in _BESIDE[form]:
            shutil.copyfile(source / file, folder / file)
        layout_of(folder)
        write_sums(folder)
    return models_folder() / name


def _form(source: Path) -> str:
    if (source / "decoder.yml").is_file():
        return "opus"
    try:
        form = json.loads((source / "config.json").read_text(encoding="utf-8")).get("model_type")
    except (OSError, ValueError) as error:
        raise EngineError(
            f"{source}: no config.json or decoder.yml of a model there. Name the folder of a released model."
        ) from error
    if form not in _BESIDE:
        raise EngineError(f"{source}: a model of type {form}; only MarianMT, NLLB and OPUS-MT models can be converted.")
    return str(form)


def _converter(form: str, source: Path) -> Any:
    from ctranslate2 import converters

    if form == "opus":
        return converters.OpusMTConverter(str(source))
    if missing := next((name for name in ("torch", "transformers") if find_spec(name) is None), None):
        raise EngineError(f"{source}: converting it needs {missing}: pip install 'dwibhashi[transformers]'.")
    return converters.TransformersConverter(str(source))
