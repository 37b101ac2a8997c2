"""The way from real text to packed pairs by the commands, in seconds."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from training import corpus
from training.__main__ import main
from training.packed import Packed
from training.vocabulary import Vocabulary

PAIRS = Path(__file__).with_name("pairs.tsv")
HAS_EFLOMAL = importlib.util.find_spec("eflomal") is not None
TEMPLATE = "## T\n{country} की यात्रा {date} को हुई। ||| The visit to {country} took place on {date}.\n"


@pytest.fixture
def collections(tmp_path: Path) -> list[Path]:
    """300 real pairs, written by hand, as a collection; the first of them held out; and notes."""
    collection = tmp_path / "translated" / "w_dipl.tsv"
    collection.parent.mkdir()
    lines = PAIRS.read_text(encoding="utf-8").splitlines(keepends=True)
    collection.write_text("".join(lines), encoding="utf-8")
    (tmp_path / "eval.tsv").write_text(lines[0], encoding="utf-8")
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "x.tsv").write_text(
        "\n".join(f"यह वाक्य {number} है।\tThis is sentence {number}.\n" for number in range(60)), encoding="utf-8"
    )
    template = tmp_path / "visits.txt"
    template.write_text(TEMPLATE, encoding="utf-8")
    return [collection, template]


def test_from_real_text_to_packed_pairs(
    collections: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    collection, template = map(str, collections)
    assert main(["templates", template, "--per-template", "20"]) == 0
    assert capsys.readouterr().out == "synth/visits_T 20\n"
    given = [collection, "work/templates.tsv.zst", "--notes", "notes", "--evaluation", "eval.tsv"]
    assert main(["data", *given, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["translated/w_dipl"] == {
        "read": 300,
        "kept": 299,
        "words": sum(len(pair.english.split()) for pair in list(corpus.read(PAIRS))[1:]),
        "rejected": {"held out": 1},
    }
    assert main(["register", "--notes", "notes"]) == 0
    held_out = len(list(corpus.read(Path("work/eval/register.tsv"))))
    assert report["notes/x"]["kept"] == 60 - held_out
    assert main(["tokenizer", "--size", "1000"]) == 0
    if HAS_EFLOMAL:
        assert main(["align"]) == 0
    else:
        Path("work/corpus.tsv.zst").rename("work/aligned.tsv.zst")
    assert main(["pack", "--processes", "1"]) == 0

    packed = Packed.load(Path("work/packed"))
    vocabulary = Vocabulary.load(Path("work/sentencepiece.model"), Path("work/vocab.json"))
    pairs = list(corpus.read(Path("work/aligned.tsv.zst")))
    assert len(packed) == len(pairs) == 299 + 20 + 60 - held_out
    for number in (0, 100, len(pairs) - 1):
        assert vocabulary.decode_target(packed.pair(number)[1]) == pairs[number].english
    if HAS_EFLOMAL:
        assert sum(packed.terms(number) is not None for number in range(len(packed))) > 100


def test_the_same_text_gives_the_same_corpus(collections: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    collection, template = map(str, collections)
    for name in ("one", "two"):
        assert main(["templates", template, "--seed", "5", "--out", f"{name}/synth.tsv"]) == 0
        assert (
            main(["data", collection, f"{name}/synth.tsv", "--notes", "notes", "--out", f"{name}/corpus.tsv.zst", "--evaluation"])
            == 0
        )
    assert Path("one/corpus.tsv.zst").read_bytes() == Path("two/corpus.tsv.zst").read_bytes()


def test_a_corpus_goes_first_and_stays_as_it_is(collections: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    finished = "translated/w_dipl\t5.0\tपुराना वाक्य |\tAn old sentence .\t[[0, 6, 3, 6]]\t0-1\n"
    Path("finished.tsv").write_text(finished, encoding="utf-8")
    assert main(["data", str(collections[0]), "finished.tsv", "--notes", "notes", "--out", "corpus.tsv", "--evaluation"]) == 0
    assert Path("corpus.tsv").read_text(encoding="utf-8").startswith(finished)


def test_the_report_is_a_table(collections: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--notes", str(tmp_path / "notes"), "--evaluation", str(tmp_path / "eval.tsv"), "--out", str(tmp_path / "c.tsv")]
    assert main(["data", str(collections[0]), *given]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["source", "read", "kept", "words", "rejected"]
    assert lines[1].split()[:3] == ["translated/w_dipl", "300", "299"]
    assert lines[1].endswith("held out 1")
    assert lines[-1].split()[0] == "all"


def test_evaluation_sets_cannot_be_forgotten(collections: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["data", str(collections[0])])
    assert "--evaluation" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["data", "nowhere.tsv", "--evaluation"], "nowhere.tsv is not a file"),
        (["pack", "nowhere.tsv"], "sentencepiece.model is missing"),
        (["tokenizer", "nowhere.tsv"], "nowhere.tsv is not a file"),
    ],
)
def test_errors_are_told_without_a_traceback(
    arguments: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 3
    assert told in capsys.readouterr().err
