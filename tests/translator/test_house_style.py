from __future__ import annotations

import pytest

from translator.editing import apply
from translator.house_style import HEADING_RULES, RULES


@pytest.mark.parametrize(
    ("rule", "source", "target", "styled"),
    [
        ("dates", "", "on April 8, 2024 in Astana", "on 8 April 2024 in Astana"),
        ("dates", "", "on October, 17 on 2023", "on 17 October 2023"),
        ("dates", "", "on 17 October, on 2023", "on 17 October 2023"),
        ("dates", "", "the 8th of April 2024", "the 8 April 2024"),
        ("dates", "", "on the 8th April", "on the 8 April"),
        ("dates", "", "8 April 2024, May 2025, 26 January", "8 April 2024, May 2025, 26 January"),
        ("dates", "", "they may 12 times", "they may 12 times"),
        ("spacing", "", "The meeting , held ( in Astana ) , ended .", "The meeting, held (in Astana), ended."),
        ("spacing", "", "a .5 share and a...", "a .5 share and a..."),
        ("spacing", "", "two  words", "two words"),
        ("honorifics", "श्री राव आए।", "Mr. Rao came.", "Shri Rao came."),
        ("honorifics", "श्रीमती राव आईं।", "Mrs Rao came.", "Smt Rao came."),
        ("honorifics", "श्रीलंका के राव", "Mr Rao of Sri Lanka", "Mr Rao of Sri Lanka"),
        ("honorifics", "डॉ. जयशंकर", "Dr. Jaishankar", "Dr Jaishankar"),
        ("honorifics", "मोदी जी आए।", "Modi ji came.", "Modi came."),
        ("honorifics", "माननीय मंत्री", "the honourable minister", "the Hon'ble minister"),
        (
            "headline",
            "",
            "India and Kazakhstan discuss the use of technology",
            "India and Kazakhstan Discuss the Use of Technology",
        ),
    ],
)
def test_rule(rule: str, source: str, target: str, styled: str) -> None:
    assert apply(target, [], {**RULES, **HEADING_RULES}[rule](source, target))[0] == styled


@pytest.mark.parametrize("rule", {**RULES, **HEADING_RULES})
def test_a_rule_done_twice_changes_nothing_more(rule: str) -> None:
    source, text = "श्री डॉ माननीय जी", "Mr. Rao ji , the honourable Dr. of October, 17 on 2023 ( a  b )"
    once = apply(text, [], {**RULES, **HEADING_RULES}[rule](source, text))[0]
    assert apply(once, [], {**RULES, **HEADING_RULES}[rule](source, once))[0] == once
