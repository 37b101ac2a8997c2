"""Templates: what a file may say, and that a template always gives the same sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.templates import TemplateError, TemplateFile, expand, read, smooth

FILE = """## slot forum
{country} मंच ||| {country} Forum
परिषद ||| Council
## T
{country} और {country2} ने {date} को {forum} में भाग लिया। ||| {country} and {country2} took part in the {forum} on {date}.
{num} लोग आए। ||| {num} people came.
सब ठीक है। ||| all is well.
## S
बैठक हुई। ||| The meeting was held.
"""


def template_file(tmp_path: Path, text: str = FILE) -> TemplateFile:
    path = tmp_path / "notes.txt"
    path.write_text(text, encoding="utf-8")
    return read(path)


def test_what_a_file_expands_to(tmp_path: Path) -> None:
    pairs = expand(template_file(tmp_path), seed=1, per_template=30)
    assert [pair.english for pair in pairs if pair.source == "synth/notes_S"] == ["The meeting was held."]
    expanded = [pair for pair in pairs if pair.source == "synth/notes_T"]
    kinds = [sum(word in pair.english for pair in expanded) for word in ("took part", "people came", "All is well.")]
    assert kinds[0] == 30
    assert 5 <= kinds[1] <= 10  # a single slot: a third, less what came twice
    assert kinds[2] == 1
    assert not [pair for pair in pairs if set("{}") & set(pair.hindi + pair.english)]


def test_two_slots_of_one_list_are_filled_with_two_things(tmp_path: Path) -> None:
    pairs = expand(template_file(tmp_path, "## T\n{state} {state2} ||| {state} + {state2}\n"), seed=1)
    assert all(len(set(pair.english.split(" + "))) == 2 for pair in pairs)


def test_the_seed_decides_and_other_templates_do_not(tmp_path: Path) -> None:
    pairs = expand(template_file(tmp_path), seed=1)
    assert expand(template_file(tmp_path), seed=1) == pairs
    assert expand(template_file(tmp_path), seed=2) != pairs
    more = expand(template_file(tmp_path, FILE.replace("## T\n", "## T\n{year} में ||| In {year}\n")), seed=1)
    assert [pair for pair in more if pair.english[:3] != "In "] == pairs


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("बैठक ||| meeting\n", "line 1 stands before the first section"),
        ("## X\n", "line 1: a section is"),
        ("## slot\n", "line 1: a section is"),
        ("## T\nबैठक || meeting\n", "line 2: a line is Hindi"),
        ("## T\n{num} बैठक ||| meeting\n", "line 2: the Hindi and the English have other slots"),
        ("## T\n{nosuch} बैठक ||| {nosuch} meeting\n", "line 2: slot {nosuch} is not known"),
        ("## slot a\n{a} क ||| {a} k\n## T\n{a} ||| {a}\n", "line 4: slot {a} is not known, or stands in a filling of itself"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match=told):
        expand(template_file(tmp_path, text), seed=1)


@pytest.mark.parametrize(
    ("rough", "smoothed"),
    [
        ("The the Netherlands agreed.", "The Netherlands agreed."),
        ("with the the UK and a 8th round", "With the UK and an 8th round"),
        ("a fifth round, a eleventh", "A fifth round, an eleventh"),
    ],
)
def test_smoothing(rough: str, smoothed: str) -> None:
    assert smooth(rough) == smoothed
