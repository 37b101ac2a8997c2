"""The package, installed and run by the real Argos Translate in a process of its own."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import ctranslate2
import pytest
import sentencepiece

from translator.argos_package import write_argos_package
from translator.engines.compact import EMBEDDED
from translator.errors import EngineError
from translator.values import Brief

# Argos downloads its model of sentence ends when it first needs it; here our own takes that place. All else is Argos'.
_IN_ARGOS = """
import json, sys
from argostranslate import package, sbd, translate
from hindi.sentences import split

class Ours(sbd.ISentenceBoundaryDetectionModel):
    def split_sentences(self, text):
        return [sentence.text.strip() for sentence in split(text)]

package.install_from_path(sys.argv[1])
hindi = translate.get_language_from_code("hi")
found = hindi.get_translation(translate.get_language_from_code("en"))
found.underlying.sentencizer = Ours()
(installed,) = package.get_installed_packages()
said = {"readme": installed.get_readme(), "sentences": str(installed.packaged_sbd_path or "")}
print(json.dumps({**said, "english": [found.translate(text) for text in json.load(sys.stdin)]}))
"""


def in_argos(package: Path, folder: Path, texts: list[str]) -> dict[str, object]:
    """What Argos, with all its folders below `folder`, says of a package and translates with it."""
    homes = {name: str(folder / name) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    done = subprocess.run(
        [sys.executable, "-c", _IN_ARGOS, str(package)],
        input=json.dumps(texts),
        capture_output=True,
        env={**os.environ, **homes},
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said: dict[str, object] = json.loads(done.stdout)
    return said


@pytest.mark.skipif(not importlib.util.find_spec("argostranslate"), reason="argostranslate is not installed")
def test_argos_translates_with_the_package_as_ctranslate2_does_with_the_model(tmp_path: Path, seed_brief: Brief) -> None:
    write_argos_package(tmp_path / "hi_en.argosmodel", "1.2.3")
    sources = [segment.source for segment in seed_brief.segments if segment.rung != "untouched"]
    said = in_argos(tmp_path / "hi_en.argosmodel", tmp_path, sources)
    pieces = sentencepiece.SentencePieceProcessor(str(EMBEDDED / "sentencepiece.model"))
    engine = ctranslate2.Translator(str(EMBEDDED), compute_type="int8")
    results = engine.translate_batch(
        [[*pieces.encode(text, out_type=str), "</s>"] for text in sources],
        beam_size=4,
        num_hypotheses=4,
        length_penalty=0.2,  # as Argos has it
        replace_unknowns=True,
    )
    expected = [pieces.decode(result.hypotheses[0]) for result in results]
    assert isinstance(said["english"], list)
    alike = sum(one == other for one, other in zip(said["english"], expected, strict=True))
    assert alike >= 0.9 * len(sources)  # Argos chooses its own batches, and int8 sums in another order then
    assert "Kazakhstan" in " ".join(said["english"])
    assert "dwibhashi export-argos" in str(said["readme"])
    assert said["sentences"] == ""


def test_the_package_is_the_same_each_time_and_says_what_it_is(tmp_path: Path) -> None:
    (tmp_path / "hi.onnx").write_bytes(b"sentence ends")
    for name in ("one", "other"):
        write_argos_package(tmp_path / name, "1.2.3", sentences=tmp_path / "hi.onnx")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    with zipfile.ZipFile(tmp_path / "one") as package:
        metadata = json.loads(package.read("translate-hi_en-1_2_3/metadata.json"))
        assert package.read("translate-hi_en-1_2_3/minisbd/hi.onnx") == b"sentence ends"
    assert (metadata["from_code"], metadata["to_code"], metadata["package_version"]) == ("hi", "en", "1.2.3")


@pytest.mark.parametrize(
    ("folder", "sentences", "target", "message"),
    [
        ("none", None, "a.argosmodel", "none: no such folder"),
        ("", None, "none/a.argosmodel", "none/a.argosmodel: No such file"),
        ("", "none.onnx", "a.argosmodel", "none.onnx: No such file"),
    ],
)
def test_what_cannot_be_packed_is_named(tmp_path: Path, folder: str, sentences: str | None, target: str, message: str) -> None:
    with pytest.raises(EngineError, match=message):
        write_argos_package(
            tmp_path / target, "1", tmp_path / folder if folder else EMBEDDED, tmp_path / sentences if sentences else None
        )
    assert not (tmp_path / target).exists()
