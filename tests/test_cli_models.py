"""`dwibhashi models …` and `dwibhashi export-argos` as a user calls them, each in its own process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from translator.engines.compact import EMBEDDED
from translator.model_store.registry import registry

NOTE = "भारत और कजाकिस्तान ने आतंकवाद पर चर्चा की।"
Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def dwibhashi(tmp_path: Path) -> Command:
    """The command, with a folder of models of its own and no way to the hub."""
    environment = {**os.environ, "DWIBHASHI_MODELS": str(tmp_path / "models"), "HF_ENDPOINT": "http://127.0.0.1:9"}

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "translator.cli", *arguments]
        return subprocess.run(command, capture_output=True, check=False, encoding="utf-8", env=environment)

    return run


def added(dwibhashi: Command, tmp_path: Path, name: str) -> None:
    """Another model, of the same layout as the embedded one."""
    source = shutil.copytree(EMBEDDED, tmp_path / "brought")
    with (source / "model.bin").open("ab") as file:
        file.write(b"\0")
    assert dwibhashi("models", "add", str(source), "--name", name).returncode == 0


def model_of(done: subprocess.CompletedProcess[str]) -> str:
    """Which model has made a brief."""
    return str(json.loads(done.stdout)["model"])


def test_the_list_has_the_embedded_model_and_the_registry(dwibhashi: Command) -> None:
    rows = json.loads(dwibhashi("models", "list", "--json").stdout)
    assert [row["name"] for row in rows] == ["compact", *registry()]
    assert [row["state"] for row in rows] == ["in use", *["can be pulled"] * len(registry())]
    assert (rows[0]["megabytes"], rows[0]["licence"]) == (14, "Apache-2.0")
    assert "nllb-600m\tcan be pulled\tnllb\t630\tCC-BY-NC-4.0" in dwibhashi("models", "list").stdout


def test_a_model_is_added_listed_used_and_named(dwibhashi: Command, tmp_path: Path) -> None:
    usual = model_of(dwibhashi("translate", "--json", NOTE))
    added(dwibhashi, tmp_path, "other")
    assert model_of(dwibhashi("translate", "--json", NOTE)) == usual
    other = model_of(dwibhashi("translate", "--json", "--model", "other", NOTE))
    assert other != usual
    assert model_of(dwibhashi("translate", "--json", "--model", str(tmp_path / "brought"), NOTE)) == other
    done = dwibhashi("models", "use", "other")
    assert (done.returncode, done.stderr) == (0, "other is in use.\n")
    assert model_of(dwibhashi("translate", "--json", NOTE)) == other
    states = {row["name"]: row["state"] for row in json.loads(dwibhashi("models", "list", "--json").stdout)}
    assert (states["compact"], states["other"]) == ("embedded", "in use")
    assert model_of(dwibhashi("translate", "--json", "--model", "compact", NOTE)) == usual
    dwibhashi("models", "use", "compact")
    assert model_of(dwibhashi("translate", "--json", NOTE)) == usual


def test_verify_prints_what_holds_and_fails_for_a_changed_file(dwibhashi: Command, tmp_path: Path) -> None:
    added(dwibhashi, tmp_path, "other")
    found = json.loads(dwibhashi("models", "verify", "other", "--json").stdout)
    assert found["pin_styles"] == ["tagged", "inline", "aligned", "placeholder"]
    assert dwibhashi("models", "verify").stdout.startswith("tagged\t100%\n")
    (tmp_path / "models" / "other" / "vmap.txt").write_text("x", encoding="utf-8")
    done = dwibhashi("models", "verify", "other")
    assert (done.returncode, "vmap.txt: not the file that it was" in done.stderr) == (3, True)


def test_compare_writes_a_page(dwibhashi: Command, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text(NOTE, encoding="utf-8")
    alone = dwibhashi("models", "compare", str(tmp_path / "note.txt"), "--out", str(tmp_path / "page.html"))
    assert (alone.returncode, "only compact" in alone.stderr) == (2, True)
    added(dwibhashi, tmp_path, "other")
    done = dwibhashi("models", "compare", str(tmp_path / "note.txt"), "--out", str(tmp_path / "page.html"))
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert page.count(">compact</th>") == page.count(">other</th>") == 1
    assert page.count("Kazakhstan</mark>") == 2
    wrong = dwibhashi(
        "models", "compare", str(tmp_path / "note.txt"), "--with", "other", "--out", str(tmp_path / "no" / "page.html")
    )
    assert (wrong.returncode, "--out" in wrong.stderr) == (3, True)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("models", "pull", "nllb-600m"), 3, "get https://huggingface.co/osa911/nllb-200-distilled-600M-ct2-int8/tree/"),
        (("models", "pull", "nothing"), 3, "nothing: no such model in the registry"),
        (("models", "use", "nllb-600m"), 3, "dwibhashi models pull nllb-600m"),
        (("models", "convert", "compact", "--name", "new"), 3, "only MarianMT, NLLB and OPUS-MT"),
        (("models", "convert", "compact", "--name", "new", "--quantization", "int3"), 2, "int3 is not one of int8"),
        (("translate", "--model", "nothing", NOTE), 3, "nothing: no such model on this machine"),
        (("batch", ".", "--out", "out", "--ray", "local", "--model", "other"), 2, "the nodes of a cluster"),
        (("export-argos", "--model", "nothing"), 3, "nothing: no such model on this machine"),
    ],
    ids=lambda value: value[1] if isinstance(value, tuple) else "",
)
def test_what_cannot_be_done_is_said_with_the_remedy(
    dwibhashi: Command, arguments: tuple[str, ...], code: int, message: str
) -> None:
    done = dwibhashi(*arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_the_embedded_model_is_exported_for_argos(dwibhashi: Command, tmp_path: Path) -> None:
    done = dwibhashi("export-argos", "--out", str(tmp_path / "hi_en.argosmodel"))
    assert (done.returncode, "unzip" in done.stderr) == (0, True)
    with zipfile.ZipFile(tmp_path / "hi_en.argosmodel") as package:
        assert any(name.endswith("/model/model.bin") for name in package.namelist())
