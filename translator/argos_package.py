"""A compact model as a package of Argos Translate, so that LibreTranslate and other users of Argos have it too.

A package is a ZIP of one folder with metadata.json, a CTranslate2 model in `model`, and one SentencePiece model (docstring of
`argostranslate.package.IPackage`). Argos knows nothing of pins: what it translates is not checked as a brief is.
"""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from translator.engines.compact import EMBEDDED
from translator.engines.opening import layout_of
from translator.errors import EngineError

_MODEL = ("model.bin", "shared_vocabulary.json")
_LANGUAGES = {"from_code": "hi", "from_name": "Hindi", "to_code": "en", "to_name": "English"}
_OLDEST_ARGOS = "1.9"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the time of every file, so that the same model makes the same package
_README = """# Hindi to English, the embedded model of Dwibhashi

Made by `dwibhashi export-argos`. Unpack it where Argos Translate and LibreTranslate look for packages, usually
`~/.local/share/argos-translate/packages`, or give it to `argostranslate.package.install_from_path`.

Argos decodes with settings of its own, and without the glossary, the pins and the checks of Dwibhashi: the English is shorter and
less reliable than there. Licence: Apache-2.0.
"""


def write_argos_package(target: Path, version: str, folder: Path = EMBEDDED, sentences: Path | None = None) -> None:
    """Write the model in `folder` into the package `target`.

    `sentences` is a MiniSBD model for Hindi (`hi.onnx`), with which Argos finds the ends of sentences; without it in the package,
    Argos downloads it when it first translates. Raises EngineError if the model is of another layout or a file cannot be read.
    """
    layout = layout_of(folder)
    if layout != "compact":
        raise EngineError(f"{folder}: a model of the layout {layout}; Argos packages can be made of compact models only.")
    inside = f"translate-hi_en-{version.replace('.', '_')}"
    metadata = {"package_version": version, "argos_version": _OLDEST_ARGOS, **_LANGUAGES, "links": []}
    try:
        parts = {
            "metadata.json": _json(metadata),
            "README.md": _README.encode(),
            "sentencepiece.model": (folder / "sentencepiece.model").read_bytes(),
            "model/config.json": _json(_config(folder)),
            **{f"model/{name}": (folder / name).read_bytes() for name in _MODEL},
        }
        if sentences:
            parts["minisbd/hi.onnx"] = sentences.read_bytes()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in parts.items():
                entry = zipfile.ZipInfo(f"{inside}/{name}", _LONG_AGO)
                entry.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(entry, content)
    except OSError as error:
        raise EngineError(f"{error.filename or target}: {error.strerror or error}. The package was not made.") from error


def _config(folder: Path) -> dict[str, object]:
    """The configuration of the model, with the end of the source left to CTranslate2: Argos gives it the pieces alone."""
    config: dict[str, object] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return {**config, "add_source_eos": True}


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
