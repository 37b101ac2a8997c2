from __future__ import annotations

import pytest

from translator.polish import capitalised, final_mark


@pytest.mark.parametrize(
    ("source", "target", "polished"),
    [
        ("बैठक हुई।", "the meeting was held", "The meeting was held."),
        ("बैठक हुई।", "The meeting was held.", "The meeting was held."),
        ("बैठक हुई॥", "The meeting was held", "The meeting was held."),
        ("बैठक हुई|", "The meeting was held", "The meeting was held."),
        ("क्या बैठक हुई?", "Was there a meeting", "Was there a meeting?"),
        ("क्या बैठक हुई?", "Was there a meeting?", "Was there a meeting?"),
        ("“बैठक हुई।”", "“The meeting was held.”", "“The meeting was held.”"),
        ("“बैठक हुई। ”", "The meeting was held", "The meeting was held."),
        ("संयुक्त वक्तव्य", "Joint statement.", "Joint statement"),
        ("वे U.S. गए", "They went to the U.S.", "They went to the U.S."),
        ("वे आए...", "They came...", "They came..."),
        ("बैठक हुई।", "", ""),
    ],
)
def test_polish(source: str, target: str, polished: str) -> None:
    assert final_mark(source, capitalised(target)) == polished
