from __future__ import annotations

import pytest

from glossary.english import plural


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("Joint Working Group", "Joint Working Groups"),
        ("Joint Secretary", "Joint Secretaries"),
        ("memorandum of understanding", "memorandums of understanding"),
        ("Minister of State for External Affairs", "Ministers of State for External Affairs"),
        ("Ambassador-at-Large", "Ambassadors-at-Large"),
        ("armed forces", "armed forces"),
        ("counter-terrorism", "counter-terrorism"),
        ("embassy", "embassies"),
        ("terrorist attack", "terrorist attacks"),
        ("summit", "summits"),
        ("NGO", "NGOs"),
        ("coast watch", "coast watches"),
        ("airway", "airways"),
    ],
)
def test_plural(one: str, many: str) -> None:
    assert plural(one) == many
