"""The rules of DESIGN.md, section 2, that a machine can check."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BELOW = {
    "hindi": set(),
    "glossary": {"hindi"},
    "translator": {"hindi", "glossary"},
    "web": {"hindi", "glossary", "translator"},
    "training": {"hindi", "glossary", "translator"},
    "benchmarks": {"hindi", "glossary", "translator", "training"},
}
MODULES = sorted(path for package in BELOW for path in (ROOT / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names & BELOW.keys()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_downward_only(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    assert imported(path) <= BELOW[package] | {package}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_is_short_and_says_what_it_knows(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 400
    assert ast.get_docstring(ast.parse(text))


def test_the_embedded_model_is_small() -> None:
    folder = ROOT / "translator" / "models" / "compact"
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 30 * 2**20
