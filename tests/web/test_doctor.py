from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from translator.engines.compact import EMBEDDED
from web.commands import main


def test_a_whole_installation_is_fine() -> None:
    answer = CliRunner().invoke(main, ["doctor", "--json"])
    found = {each["what"]: each for each in json.loads(answer.stdout)}
    assert answer.exit_code == 0, answer.output
    assert {found[what]["state"] for what in ("program", "translation", "database", "room")} == {"fine"}
    assert all(each["remedy"] for each in found.values() if each["state"] != "fine")


def test_a_database_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DWIBHASHI_DATABASE_URL", "postgresql://nobody:secret@127.0.0.1:1/none")
    answer = CliRunner().invoke(main, ["doctor", "--json"])
    found = {each["what"]: each for each in json.loads(answer.stdout)}
    assert answer.exit_code == 3
    assert found["database"]["state"] == "wrong"
    assert "DWIBHASHI_DATABASE_URL" in found["database"]["found"]
    assert "secret" not in answer.output


def test_a_model_that_is_not_whole_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(EMBEDDED, broken)
    (broken / "sentencepiece.model").unlink()
    (tmp_path / "in-use").write_text("broken", encoding="utf-8")
    monkeypatch.setenv("DWIBHASHI_MODELS", str(tmp_path))
    answer = CliRunner().invoke(main, ["doctor"])
    assert answer.exit_code == 3
    (line,) = [line for line in answer.stdout.splitlines() if line.startswith("translation")]
    assert "wrong" in line
    assert "no SentencePiece model" in line
