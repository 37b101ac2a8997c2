"""The table of sources: complete for the corpora in use, and refused where an entry is not as it must be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from training.sources import SourceError, load

ENTRY = "- {name: a/b, provenance: c@1, licence: MIT, domain: news, weight: 2.5}\n"


@pytest.mark.parametrize(
    ("name", "weight"),
    [
        ("notes/diplomacy", 5.0),
        ("translated/w_def", 5.0),
        ("synth/security_S", 4.0),
        ("synth/security_T", 0.6),
        ("student/pib_press_releases_2020", 2.5),
        ("l10n/kde_ui_short", 0.15),
        ("lexicon/names_translit_permissive", 0.25),
        ("student/newsdev2014_DEV", 0.0),
    ],
)
def test_the_weight_of_a_source(name: str, weight: float) -> None:
    assert load()[name].weight == weight


def test_every_source_tells_where_it_is_from_and_why_it_is_not_used() -> None:
    listed = load().listed
    assert len(listed) > 300
    for source in listed:
        assert source.provenance
        assert source.licence
        assert source.domain
        assert bool(source.unused) == (source.weight == 0)


def test_nothing_that_forbids_commercial_use_is_used() -> None:
    used = [source for source in load().listed if not source.unused]
    assert not [source.name for source in used if re.search(r"\bNC\b|NonCommercial|RESERVED", source.licence)]


def test_what_is_written_for_this_project_is_free() -> None:
    own = [source for source in load().listed if source.own]
    assert {source.licence for source in own} == {"CC0-1.0"}
    assert {source.name.split("/")[0] for source in own} == {"notes", "translated", "synth"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: b", "is no list"),
        ("- [", "cannot be read as YAML"),
        ("- {licence: MIT}", "has no name"),
        (ENTRY.replace("licence", "license"), "a/b: unknown license"),
        (ENTRY.replace(", licence: MIT", ""), "a/b: missing licence"),
        (ENTRY.replace(", weight: 2.5", ""), "either a weight"),
        (ENTRY.replace("2.5", "0"), "above 0"),
        (ENTRY.replace("2.5", "much"), "above 0"),
        (ENTRY * 2, "a/b twice"),
    ],
)
def test_a_table_that_cannot_be_used(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=told):
        load(path)


def test_a_source_that_is_not_listed_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(ENTRY + ENTRY.replace("a/b", "a/*").replace("2.5", "1"), encoding="utf-8")
    sources = load(path)
    assert (sources["a/b"].weight, sources["a/c"].weight) == (2.5, 1)
    with pytest.raises(SourceError, match=r"b/c is not in .*sources\.yaml: add it"):
        sources["b/c"]
