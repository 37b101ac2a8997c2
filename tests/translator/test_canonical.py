from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translator.canonical import canonical


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“हाँ ।”  उन्होंने", '"हाँ।" उन्होंने'),
        ("२०२४ – २५", "2024 - 25"),
        ("बैठक हुई| सब", "बैठक हुई। सब"),
        ("नोट: देखें", "नोट: देखें"),  # rule 8: no visarga
        ("ॲप", "ॲप"),  # rule 8
        ("a\u200bb\u00a0c\x07d", "ab c d"),
        ("वे आए…", "वे आए..."),
    ],
)
def test_canonical(text: str, expected: str) -> None:
    assert canonical(text) == expected


@given(st.text())
def test_canonical_text_stays_as_it_is(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)
