"""`dwibhashi glossary …` as a user calls it, each call in its own process, on a termbase of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    environment = {**os.environ, "DWIBHASHI_DATABASE_URL": f"sqlite:///{tmp_path / 'glossary.sqlite'}"}

    def run(*arguments: object, code: int = 0) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "translator.cli", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, check=False, env=environment, encoding="utf-8")
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
        return done

    return run


def test_a_term_from_draft_to_pin_and_out(run: Run) -> None:
    added = json.loads(
        run("glossary", "add", "सूर्य किरण योजना", "Surya Kiran Scheme", "--acronym", "SKS", "--as", "asha", "--json").stdout
    )[0]
    number, note = added["id"], "सूर्य किरण योजनाओं की बैठक हुई।"
    assert added["status"] == "draft"
    assert "Surya Kiran Schemes" not in run("translate", note).stdout
    run("glossary", "approve", number, "--as", "ravi", "--why", "letter of 3 May")
    brief = json.loads(run("translate", "--json", note).stdout)
    assert "Surya Kiran Schemes" in brief["blocks"][0]["segments"][0]["target"]
    version = int(brief["glossary_version"])

    run("glossary", "edit", "सूर्य किरण योजना", "--english", "Surya Kiran Programme", "--variant", "सूर्य योजना")
    (change,) = json.loads(run("glossary", "diff", version, "--json").stdout)
    assert "english: Surya Kiran Scheme → Surya Kiran Programme" in change["fields"]
    assert "Surya Kiran Programme" in run("translate", "सूर्य योजना की बैठक हुई।").stdout

    run("glossary", "retire", number)
    history = run("glossary", "history", number).stdout.splitlines()
    assert [line.split("\t")[2:4] for line in history[:2]] == [["asha", "added"], ["ravi", "approved"]]
    assert "letter of 3 May" in history[1]
    shown = json.loads(run("glossary", "show", number, "--json").stdout)
    assert shown["status"] == "obsolete"
    assert "सूर्य किरण योजनाओं" in shown["forms"]
    assert shown["created"] <= shown["updated"]
    assert run("glossary", "list", "--status", "obsolete").stdout.split("\t")[0] == str(number)


def test_a_conflict_names_both_and_nothing_is_approved(run: Run) -> None:
    run("glossary", "add", "सूर्य योजना", "Surya Scheme", "--approve")
    run("glossary", "add", "सूर्य-योजना", "Sun Scheme")
    refused = run(
        "glossary", "approve", json.loads(run("glossary", "list", "--status", "draft", "--json").stdout)[0]["id"], code=3
    )
    assert "Surya Scheme" in refused.stderr
    assert "Sun Scheme" in refused.stderr
    (conflict,) = json.loads(run("glossary", "conflicts", "--json").stdout)
    assert conflict["what"] == "same Hindi"


def test_export_change_check_and_import(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "all.xlsx"
    run("glossary", "export", file, "--domain", "diplomacy")
    assert "0 added, 0 changed" in run("glossary", "import", file).stderr
    table = tmp_path / "own.csv"
    rows = ("hindi,english,domain", "संयुक्त कार्य समूह,joint working group,diplomacy", "सूर्य योजना,Surya Scheme,", "रेल,,")
    table.write_text("\n".join(rows), encoding="utf-8")
    dry = json.loads(run("glossary", "import", table, "--dry-run", "--json").stdout)
    assert [term["hindi"] for term in dry["added"]] == ["सूर्य योजना"]
    assert "joint working group" in dry["changed"][0]["fields"]
    assert dry["rejected"][0]["place"] == "line 4"
    assert "1 of its terms cannot be used" in run("glossary", "check", table, code=3).stderr
    assert json.loads(run("glossary", "import", table, "--dry-run", "--json").stdout) == dry
    run("glossary", "import", table, "--approve", "--as", "asha")
    again = json.loads(run("glossary", "import", table, "--json").stdout)
    assert (again["added"], again["changed"], again["unchanged"]) == ([], [], 2)


def test_suggestions_become_drafts_with_evidence(run: Run, tmp_path: Path) -> None:
    note = "सीमा प्रबंधन तंत्र पर बातचीत हुई। सीमा प्रबंधन तंत्रों की समीक्षा हुई। समुद्री क्षेत्र जागरूकता (MDA) बढ़ी।"
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "one.txt").write_text(note, encoding="utf-8")
    tried = json.loads(run("glossary", "suggest", tmp_path / "notes", "--dry-run", "--json").stdout)
    assert {"सीमा प्रबंधन तंत्र", "समुद्री क्षेत्र जागरूकता"} <= {row["hindi"] for row in tried}
    assert run("glossary", "list", "--status", "draft").stdout == ""
    assert json.loads(run("glossary", "suggest", tmp_path / "notes", "--json").stdout) == tried
    shown = json.loads(run("glossary", "show", "समुद्री क्षेत्र जागरूकता", "--json").stdout)
    assert (shown["status"], shown["acronym"]) == ("draft", "MDA")
    assert shown["evidence"] == [{"document": "one.txt", "sentence": "समुद्री क्षेत्र जागरूकता (MDA) बढ़ी।"}]
    assert run("glossary", "suggest", tmp_path / "notes").stdout == ""
    assert "no such folder" in run("glossary", "suggest", tmp_path / "none", code=3).stderr


def test_the_built_in_terms(run: Run) -> None:
    domains = dict(line.split("\t") for line in run("glossary", "builtin").stdout.splitlines())
    assert int(domains["all"]) >= 2500
    assert json.loads(run("glossary", "builtin", "--update", "--json").stdout)[0]["added"] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("show", "99999"), 3, "There is no term '99999'"),
        (("edit", "1"), 2, "Give at least one field"),
        (("approve",), 2, "Missing argument"),
        (("approve", "1"), 3, "is approved; one can approve only what is draft"),
        (("add", "India", "India"), 3, "hindi must hold the Hindi term"),
        (("diff", "99999"), 3, "the versions are 0 to"),
        (("import", "none.csv"), 3, "none.csv: No such file"),
        (("export", "none/x.csv"), 3, "none/x.csv: No such file"),
        (("export", "x.pdf"), 3, "a glossary is written as csv"),
    ],
)
def test_wrong_use_is_named(run: Run, arguments: tuple[str, ...], code: int, message: str) -> None:
    assert message in run("glossary", *arguments, code=code).stderr


def test_a_database_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DWIBHASHI_DATABASE_URL", "postgresql://nobody:secret@/none?host=/nonexistent")
    done = subprocess.run([sys.executable, "-m", "translator.cli", "glossary", "list"], capture_output=True, check=False)
    assert done.returncode == 3
    assert b"the glossary cannot be opened" in done.stderr
    assert b"secret" not in done.stderr


def test_the_memory_from_approval_to_reuse_and_exchange(run: Run, tmp_path: Path) -> None:
    run("memory", "add", "बैठक अस्ताना में हुई।", "The meeting took place in Astana.", "--as", "asha")
    assert run("translate", "बैठक अस्ताना में हुई।").stdout == "The meeting took place in Astana.\n"
    assert run("translate", "--no-memory", "बैठक अस्ताना में हुई।").stdout != "The meeting took place in Astana.\n"
    (near,) = json.loads(run("memory", "similar", "बैठक अल्माटी में हुई।", "--json").stdout)
    assert near["target"] == "The meeting took place in Astana."
    run("memory", "export", tmp_path / "all.tmx")
    (kept,) = json.loads(run("memory", "list", "astana", "--json").stdout)
    run("memory", "forget", kept["id"])
    assert json.loads(run("memory", "import", tmp_path / "all.tmx", "--dry-run", "--json").stdout)["added"] == 1
    assert run("memory", "list").stdout == ""
    assert "1 added, 0 replaced" in run("memory", "import", tmp_path / "all.tmx").stderr
    assert "no segment 77" in run("memory", "forget", 77, code=3).stderr
