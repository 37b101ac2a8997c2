"""Evaluation: the figures of the embedded model on a handful of sentences, and what counts as kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import ROOT
from training.config import Evaluation
from training.evaluate import Decoder, EvaluationError, Kept, Report, evaluate, numbers_kept, read_report, terms_kept, worst
from translator.engines.compact import EMBEDDED

PAIRS = [
    (
        "भारत और कज़ाकिस्तान के संयुक्त कार्य समूह की बैठक 8 अप्रैल 2024 को हुई।",
        "The India-Kazakhstan Joint Working Group met on 8 April 2024.",
    ),
    ("आतंकवाद का मुकाबला करने पर चर्चा हुई।", "They discussed countering terrorism."),
    ("बैठक में 24 लोग आए।", "24 people came to the meeting."),
]


@pytest.fixture(scope="module")
def report() -> Report:
    return evaluate(EMBEDDED, [("three", PAIRS), ("one", PAIRS[2:])], Evaluation(pinned=2))


def test_figures_carry_their_signatures(report: Report) -> None:
    first, last = report.sets
    assert (first.name, first.sentences, last.sentences) == ("three", 3, 1)
    assert 5 < first.bleu.value < 100
    assert first.chrf2.value > 20
    assert first.bleu.signature.startswith("nrefs:1|case:mixed|eff:no|tok:13a")
    assert "nw:2" in first.chrf2.signature
    assert "nw:0" in first.chrf.signature
    assert first.loops == 0
    assert first.numbers.wanted == 3
    assert report.model.startswith("compact-")


def test_a_perfect_translation_scores_a_hundred() -> None:
    decoder = Decoder(EMBEDDED, Evaluation())
    sources = [hindi for hindi, _ in PAIRS]
    pairs = list(zip(sources, decoder.translate(sources), strict=True))
    (found,) = evaluate(EMBEDDED, [("own", pairs)], Evaluation()).sets
    assert (found.bleu.value, found.chrf.value, found.chrf2.value) == pytest.approx((100, 100, 100))


@pytest.mark.parametrize("settings", [Evaluation(beam=1), Evaluation(length_penalty=3.0), Evaluation(longest_output=5)])
def test_it_decodes_as_the_settings_say(settings: Evaluation) -> None:
    sentences = [line for line in (ROOT / "seeds" / "000_fd72bbba517746b4.txt").read_text(encoding="utf-8").splitlines() if line]
    plain, other = (Decoder(EMBEDDED, one).translate(sentences) for one in (Evaluation(), settings))
    assert plain != other


@pytest.mark.parametrize(
    ("hindi", "english", "kept"),
    [
        ("24 लोग आए।", "24 people came.", Kept(1, 1)),
        ("२४ लोग आए।", "25 people came.", Kept(0, 1)),
        ("दोनों आए।", "Both came.", Kept(0, 0)),
        ("24 लोग 8 बजे आए।", "24 people came at 9.", Kept(1, 2)),
    ],
)
def test_numbers_in_digits_are_counted(hindi: str, english: str, kept: Kept) -> None:
    assert numbers_kept([hindi], [english]) == kept


def test_the_worst_short_sentences_are_shown_worst_first() -> None:
    hindi = "एक दो तीन चार पाँच छह"
    pairs = [(hindi, reference) for reference in ("one two three", "four five six", "seven eight", "nine ten")]
    found = worst([*pairs, ("छोटा", "short")], ["one two three", "four five", "zzz", "nine", "yyy"])
    assert [example.english for example in found] == ["zzz", "nine", "four five"]


def test_terms_are_pinned_in_the_first_sentences_that_have_any() -> None:
    class Echo(Decoder):
        """Writes the source again, but for the terms of one sentence."""

        def __init__(self) -> None:
            self.asked: list[str] = []

        def translate(self, texts: list[str]) -> list[str]:  # type: ignore[override]
            self.asked += texts
            return [texts[0], "nothing"][: len(texts)]

    echo = Echo()
    sources = ["कोई शब्द।", PAIRS[0][0], PAIRS[1][0], PAIRS[0][0]]
    found = terms_kept(echo, sources, 2)
    assert len(echo.asked) == 2
    assert all("<pin>" in text for text in echo.asked)
    assert 0 < found.kept < found.wanted


def test_a_report_is_read_as_it_was_written(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(json.dumps(report.as_json()))
    assert read_report(path) == report


@pytest.mark.parametrize("text", [None, "", "{}", '{"sets": [{}]}'])
def test_what_is_no_report_is_named(text: str | None, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(EvaluationError, match=r"report.json is no report"):
        read_report(path)


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"no model.bin there"):
        evaluate(tmp_path, [], Evaluation())
