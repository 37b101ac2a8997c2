"""The command as a user calls it, in its own process."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NOTE = "भारत और कजाकिस्तान ने आतंकवाद पर चर्चा की।"


def dwibhashi(*arguments: str, text: str | bytes = b"") -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "translator.cli", *arguments],
        input=text.encode() if isinstance(text, str) else text,
        capture_output=True,
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_translate_an_argument_and_standard_input_alike() -> None:
    one, other = dwibhashi("translate", NOTE), dwibhashi("translate", text=NOTE + "\n")
    assert one.returncode == other.returncode == 0
    assert one.stdout == other.stdout
    for name in ("India", "Kazakhstan", "terrorism"):
        assert name.casefold() in one.stdout.casefold()


def test_translate_as_json() -> None:
    brief = json.loads(dwibhashi("translate", "--json", NOTE).stdout)
    assert brief["format"] == "dwibhashi-brief"
    assert [pin["english"] for pin in brief["blocks"][0]["segments"][0]["pins"]].count("India") == 1


def test_nothing_in_nothing_out() -> None:
    done = dwibhashi("translate", text="  \n")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("text", "message"), [(b"\xe0\xa4\xff", "standard input: byte 0"), (b"a\0b", "NUL character at position 1")]
)
def test_bad_input_is_named(text: bytes, message: str) -> None:
    done = dwibhashi("translate", text=text)
    assert done.returncode == 3
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_an_argument_that_is_no_text_is_named() -> None:
    done = subprocess.run([sys.executable, "-m", "translator.cli", "translate", b"\xff"], capture_output=True, check=False)
    assert done.returncode == 3
    assert b"position 0 is not valid UTF-8" in done.stderr


def test_batch_prints_a_summary_and_reports_what_failed(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(NOTE, encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\xff\xff")
    (tmp_path / "other.exe").write_bytes(b"MZ")
    done = dwibhashi("batch", str(tmp_path), "--out", str(tmp_path / "out"), "--format", "html,json")
    assert done.returncode == 3
    assert "bad.txt: byte 0" in done.stderr
    assert "other.exe: passed over" in done.stderr
    for column in ("sentences", "terms pinned", "flags", "sentences/s"):
        assert column in done.stdout
    assert done.stdout.startswith("1 translated, 0 unchanged, 1 failed; briefs in ")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {"good.html", "good.json", "index.html", ".dwibhashi"}


def test_batch_as_json_goes_on_where_it_was(tmp_path: Path) -> None:
    for name in ("a.txt", "b.md", "drafts/c.txt"):
        (tmp_path / "notes" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "notes" / name).write_text(NOTE, encoding="utf-8")
    command = ("batch", str(tmp_path / "notes"), "--out", str(tmp_path / "out"), "--json", "--exclude", "drafts", "--jobs", "2")
    first, again, anew, other, units = (
        json.loads(dwibhashi(*command, *more).stdout)
        for more in ((), (), ("--no-resume",), ("--include", "*.md"), ("--units", "international"))
    )
    for report, translated, unchanged in ((first, 2, 0), (again, 0, 2), (anew, 2, 0), (other, 0, 1), (units, 2, 0)):
        assert (report["translated"], report["unchanged"], report["failed"]) == (translated, unchanged, 0)
    figures = {"sentences": 1, "terms": 3, "flags": 0, "errors": 0}
    document = {"note": "a.txt", "status": "translated", **figures, "outputs": ["a.html"], "error": ""}
    assert first["documents"][0] == document
    assert again["documents"][0] == {**document, "status": "unchanged"}
    assert again["total"] == {name: 2 * figure for name, figure in figures.items()}


def test_batch_watches_until_it_is_interrupted(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    command = [
        sys.executable,
        "-m",
        "translator.cli",
        "batch",
        str(tmp_path / "notes"),
        "--out",
        str(tmp_path / "out"),
        "--watch",
    ]
    with subprocess.Popen([*command, "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as watching:
        assert watching.stderr
        assert "Ctrl-C ends it" in watching.stderr.readline()
        (tmp_path / "notes" / "a.txt").write_text(NOTE, encoding="utf-8")
        assert watching.stdout
        printed = ""
        while not printed.endswith("\n}\n"):
            printed += watching.stdout.readline()
        assert json.loads(printed)["documents"][0]["note"] == "a.txt"
        watching.send_signal(signal.SIGINT)
        assert (watching.wait(), watching.stdout.read(), watching.stderr.read()) == (0, "", "")


def test_batch_refuses_an_unknown_format_and_folder(tmp_path: Path) -> None:
    wrong = dwibhashi("batch", str(tmp_path), "--out", str(tmp_path / "out"), "--format", "exe")
    assert (wrong.returncode, "exe is not one of html, md, json" in wrong.stderr) == (2, True)
    none = dwibhashi("batch", str(tmp_path / "none"), "--out", str(tmp_path / "out"))
    assert (none.returncode, "no such folder" in none.stderr) == (3, True)


def test_glossary_list_and_find() -> None:
    listed = dwibhashi("glossary", "list", "--domain", "diplomacy").stdout.splitlines()
    assert any(line.split("\t")[1:3] == ["संयुक्त कार्य समूह", "Joint Working Group"] for line in listed)
    assert all(line.endswith("\tdiplomacy") for line in listed)
    found = dwibhashi("glossary", "find", "भारत-कजाकिस्तान संयुक्त कार्यसमूहों की बैठक").stdout
    assert [line.split("\t")[2] for line in found.splitlines()] == ["India", "Kazakhstan", "Joint Working Group"]
    assert "Joint Working Group" in dwibhashi("glossary", "find", "working group").stdout
    assert json.loads(dwibhashi("glossary", "find", "--json", "अस्ताना").stdout)[0]["english"] == "Astana"


def test_glossary_says_what_is_not_there() -> None:
    none = dwibhashi("glossary", "find", "xyzzy")
    assert (none.returncode, none.stdout) == (3, "")
    assert "no agreed term" in none.stderr
    wrong = dwibhashi("glossary", "list", "--domain", "cooking")
    assert wrong.returncode == 2
    assert "diplomacy" in wrong.stderr


def test_strict_tells_errors_by_the_exit_code(tmp_path: Path) -> None:
    wrong = "यह xyz\u0915" + "क" * 200  # longer than any Hindi word: left, and flagged as an error
    assert dwibhashi("translate", wrong).returncode == 0
    assert dwibhashi("translate", "--strict", wrong).returncode == 1
    assert dwibhashi("translate", "--strict", "भारत।").returncode == 0
    (tmp_path / "a.txt").write_text(wrong, encoding="utf-8")
    assert dwibhashi("batch", str(tmp_path), "--out", str(tmp_path / "out"), "--strict").returncode == 1


def test_house_style_and_units_can_be_chosen() -> None:
    assert "50 million" in dwibhashi("translate", "--units", "international", "सरकार ने 5 करोड़ रुपये दिए।").stdout
    assert dwibhashi("translate", "--style", "-final-mark,-dates,headline", "बैठक हुई।").stdout.strip()[-1] != "।"
    wrong = dwibhashi("translate", "--style", "nonsense", "भारत")
    assert (wrong.returncode, "nonsense is not one of capital, final-mark, spacing" in wrong.stderr) == (2, True)


def test_an_own_glossary_is_pinned(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("hindi,english\nचर्चा,blue deliberation\n", encoding="utf-8")
    assert "blue deliberation" in dwibhashi("translate", "--glossary", str(table), NOTE).stdout
    wrong = dwibhashi("translate", "--glossary", str(tmp_path / "none.csv"), NOTE)
    assert (wrong.returncode, "none.csv: No such file" in wrong.stderr) == (3, True)
