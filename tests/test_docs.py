"""The documentation says what there is."""

from __future__ import annotations

import ast
from pathlib import Path

import regex

ROOT = Path(__file__).parent.parent


def test_every_kind_of_flag_is_documented_and_the_other_way_round() -> None:
    documented = set(
        regex.findall(r"^\| ([a-z-]+) \| (?:error|warning)", (ROOT / "docs" / "flags.md").read_text("utf-8"), regex.M)
    )
    raised: set[str] = set()
    for path in (ROOT / "translator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Flag" and node.args:
                kinds = [leaf.value for leaf in ast.walk(node.args[0]) if isinstance(leaf, ast.Constant)]
                raised |= {kind for kind in kinds if isinstance(kind, str)}
    chosen_at_run_time = {"term-missing", "text-missing", "number", "date"}
    assert raised | chosen_at_run_time == documented
