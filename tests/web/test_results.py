"""Names in the ZIP of results: safe and unique on every system."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.results import archive_names


@pytest.mark.parametrize(
    ("documents", "names"),
    [
        (["a.txt", "a.md", "A.txt"], ["a", "a (2)", "A (3)"]),
        (["नोट/बैठक.txt", "नोट/बैठक.md"], ["नोट/बैठक", "नोट/बैठक (2)"]),
        (["/etc/passwd", "../../x.txt", "./y.txt"], ["etc/passwd", "x", "y"]),
        (["con.txt", "aux/nul.txt", "console.txt"], ["_con", "_aux/_nul", "console"]),
        (['a<b>:"|?*\\c.txt', "tab\tx.txt"], ["a_b_______c", "tab_x"]),
        (["...", " . ", ""], ["brief", "brief (2)", "brief (3)"]),
        (["a. /b .txt"], ["a/b"]),
        (["क" * 300 + ".txt"], ["क" * 70]),
        (["e\u0301.txt", "\u00e9.txt"], ["e\u0301", "\u00e9 (2)"]),
    ],
)
def test_names(documents: list[str], names: list[str]) -> None:
    assert archive_names(documents) == names


@given(st.lists(st.text(alphabet="aA./\\ :क\u202e\0(2)", max_size=12), max_size=12))
def test_names_are_unique_and_lead_nowhere(documents: list[str]) -> None:
    names = archive_names(documents)
    assert len({unicodedata.normalize("NFC", name).casefold() for name in names}) == len(documents)
    for name in names:
        assert not name.startswith("/")
        assert not {"", ".", ".."} & set(name.split("/"))
        assert not set('\\:\0\u202e<>"|?*') & set(name)
