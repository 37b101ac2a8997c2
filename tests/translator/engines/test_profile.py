"""The file beside a model that says what has been measured of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from translator.engines.profile import PROFILE, Profile, read_profile, write_profile
from translator.errors import EngineError


@pytest.mark.parametrize(
    "profile",
    [
        Profile(),
        Profile(("inline", "aligned"), -1.2, {"inline": 0.9, "aligned": 1.0, "placeholder": 0.0}),
        Profile(unsure_below=0.0),
        Profile(("placeholder",)),
    ],
)
def test_what_is_written_is_read(tmp_path: Path, profile: Profile) -> None:
    write_profile(profile, tmp_path)
    assert read_profile(tmp_path) == profile


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    assert read_profile(tmp_path) == Profile()
    assert read_profile(tmp_path / "no folder") == Profile()


def test_what_another_version_has_written_stays(tmp_path: Path) -> None:
    (tmp_path / PROFILE).write_text('{"pin_styles": ["tagged"], "licence": "MIT"}', encoding="utf-8")
    write_profile(Profile(("inline",)), tmp_path)
    assert json.loads((tmp_path / PROFILE).read_text(encoding="utf-8")) == {"pin_styles": ["inline"], "licence": "MIT"}


def test_what_is_no_longer_known_is_taken_out(tmp_path: Path) -> None:
    write_profile(Profile(("inline",), -1.0, {"inline": 1.0}), tmp_path)
    write_profile(Profile(("inline",)), tmp_path)
    assert read_profile(tmp_path) == Profile(("inline",))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "Expecting"),
        ("[]", "no JSON object"),
        ('{"pin_styles": "inline"}', "pin_styles must be a list"),
        ('{"pin_styles": []}', "pin_styles must be a list"),
        ('{"pin_styles": ["shouted"]}', "pin_styles must be a list of tagged, inline"),
        ('{"unsure_below": "low"}', "unsure_below must be a number"),
        ('{"unsure_below": true}', "unsure_below must be a number"),
        ('{"kept": {"inline": "all"}}', "kept must give a number"),
        ('{"kept": [1]}', "kept must give a number"),
    ],
)
def test_a_file_that_says_something_else_is_named(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / PROFILE).write_text(text, encoding="utf-8")
    with pytest.raises(EngineError, match=reason) as caught:
        read_profile(tmp_path)
    assert str(tmp_path / PROFILE) in str(caught.value)
    assert "models verify" in str(caught.value)
