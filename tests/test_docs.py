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
                chosen = node.args[0]  # one kind, or one of two; brief_json reads them from a file
                kinds = [chosen.body, chosen.orelse] if isinstance(chosen, ast.IfExp) else [chosen]
                raised |= {kind.value for kind in kinds if isinstance(kind, ast.Constant)}
    chosen_at_run_time = {"term-missing", "text-missing", "number", "date"}
    assert raised | chosen_at_run_time == documented
