"""What the CTranslate2 engines share, and what it leaves of the embedded one."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from tests.conftest import ROOT
from translator.engines.compact import EMBEDDED, CompactEngine
from translator.engines.ct2 import adds_end, fingerprint, first_folder, vocabulary
from translator.engines.profile import Profile, write_profile
from translator.errors import EngineError

LARGE = 65 * 2**20


def test_a_model_is_named_by_all_its_bytes(engine: CompactEngine) -> None:
    digest = hashlib.sha256((EMBEDDED / "model.bin").read_bytes()).hexdigest()
    assert engine.model == f"compact-{digest[:12]}"


@pytest.mark.parametrize("changed", [0, LARGE // 2, LARGE - 1, None])
def test_a_large_model_is_named_by_samples_and_size(tmp_path: Path, changed: int | None) -> None:
    paths = [tmp_path / "one.bin", tmp_path / "other.bin"]
    for path in paths:
        with path.open("wb") as file:
            file.truncate(LARGE)
    assert fingerprint(paths[0]) == fingerprint(paths[1])
    with paths[1].open("r+b") as file:
        if changed is None:
            file.truncate(LARGE + 1)
        else:
            file.seek(changed)
            file.write(b"x")
    assert fingerprint(paths[0]) != fingerprint(paths[1])


@pytest.mark.parametrize(
    ("text", "ends"), [('{"add_source_eos": true}', True), ('{"add_source_eos": false}', False), ("{}", False)]
)
def test_who_ends_the_source_stands_in_the_config(tmp_path: Path, text: str, ends: bool) -> None:
    (tmp_path / "config.json").write_text(text, encoding="utf-8")
    assert adds_end(tmp_path) is ends


@pytest.mark.parametrize("text", ["{", "[]", None])
def test_a_config_that_cannot_be_read_is_named(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "config.json").write_text(text, encoding="utf-8")
    with pytest.raises(EngineError, match=r"config\.json"):
        adds_end(tmp_path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("source_vocabulary.json", json.dumps(["▁क", "\u2028"])),
        ("shared_vocabulary.json", json.dumps(["▁क", "\u2028"])),
        ("source_vocabulary.txt", "▁क\n\u2028\n"),
        ("shared_vocabulary.txt", "▁क\n\u2028\n"),
    ],
)
def test_the_vocabulary_is_read_in_every_form(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert {"▁क", "\u2028"} <= vocabulary(tmp_path, "source")
    if name.startswith("source"):
        with pytest.raises(EngineError, match="target_vocabulary"):
            vocabulary(tmp_path, "target")


def test_the_first_folder_with_all_files_is_taken(tmp_path: Path) -> None:
    for name in ("a/one", "b/one", "b/two", "c/one", "c/two"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert first_folder(tmp_path, ("a", "b", "c"), ("one", "two")) == tmp_path / "b"
    assert first_folder(tmp_path, ("a",), ("one", "two")) is None


def test_the_embedded_model_says_more_for_its_penalty(engine: CompactEngine) -> None:
    class Brief(CompactEngine):
        length_penalty = 0.0

    texts = (ROOT / "seeds" / "000_fd72bbba517746b4.txt").read_text(encoding="utf-8").splitlines()
    texts = [text[:150] for text in texts if text][:12]

    def length(english: CompactEngine) -> int:
        return sum(len(hypotheses[0].text) for hypotheses in english.translate(texts))

    assert length(engine) > length(Brief(threads=1))


def test_no_texts_are_no_work(engine: CompactEngine) -> None:
    assert engine.translate([]) == []


def test_a_text_too_long_for_the_model_is_refused(engine: CompactEngine) -> None:
    with pytest.raises(EngineError, match="512"):
        engine.translate(["बैठक " * 600])


def test_what_is_measured_of_a_model_counts(tmp_path: Path) -> None:
    for path in EMBEDDED.iterdir():
        (tmp_path / path.name).symlink_to(path)
    assert CompactEngine(tmp_path, threads=1).pin_styles == CompactEngine.pin_styles
    write_profile(Profile(("inline",), -0.5), tmp_path)
    engine = CompactEngine(tmp_path, threads=1)
    assert (engine.pin_styles, engine.unsure_below) == (("inline",), -0.5)
    assert CompactEngine.pin_styles[0] == "tagged"
