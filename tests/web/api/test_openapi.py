"""The document: whole, in words that people understand, and the same as docs/api.md."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from web.api.openapi import path_of
from web.api.v1 import OPERATIONS, description

_DOCS = Path(__file__).parents[3] / "docs" / "api.md"
_ROUTE = re.compile(r"^\| `((?:GET|POST|PUT|PATCH|DELETE) /api/v1/[^`]*)` \|", re.MULTILINE)
_DESCRIBED = [
    (f"{method.upper()} {path}", operation)
    for path, methods in description()["paths"].items()
    for method, operation in methods.items()
]


def _references(value: Any) -> set[str]:
    if isinstance(value, dict):
        return {value["$ref"]} if "$ref" in value else set().union(*map(_references, value.values()))
    return set().union(*map(_references, value)) if isinstance(value, list) else set()


def test_docs_name_every_route_and_no_other() -> None:
    named = _ROUTE.findall(_DOCS.read_text(encoding="utf-8"))
    assert sorted(named) == sorted(name for name, _ in _DESCRIBED)


def test_docs_name_every_status() -> None:
    told = set(re.findall(r"^\| (\d{3}) \|", _DOCS.read_text(encoding="utf-8"), re.MULTILINE))
    assert told == {status for _, operation in _DESCRIBED for status in operation["responses"] if status >= "400"} | {"405"}


def test_the_document_is_openapi() -> None:
    OpenAPIV31SpecValidator(description()).validate()


def test_every_model_is_used() -> None:
    document = description()
    assert {f"#/components/schemas/{name}" for name in document["components"]["schemas"]} <= _references(document)


@pytest.mark.parametrize(("name", "operation"), _DESCRIBED, ids=[name for name, _ in _DESCRIBED])
def test_every_operation_is_told(name: str, operation: dict[str, Any]) -> None:
    assert operation["summary"].endswith(".")
    assert operation["tags"][0] in {tag["name"] for tag in description()["tags"]}
    assert set(operation["responses"]) >= {"400", "401", "403", "429", "500"}
    assert ("404" in operation["responses"]) >= ("{" in name)


def test_names_of_operations_are_different() -> None:
    names = [operation.name for operation in OPERATIONS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("rule", "path"),
    [("/terms", "/terms"), ("/terms/<number:number>", "/terms/{number}"), ("/a/<word:b>/c/<number:d>", "/a/{b}/c/{d}")],
)
def test_path_of(rule: str, path: str) -> None:
    assert path_of(rule) == path
