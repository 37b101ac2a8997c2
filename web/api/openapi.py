"""The OpenAPI 3.1 document, made from the routes and their models. Its words are the docstrings of both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import JsonSchemaMode, models_json_schema

from web.api.models import Problem
from web.api.routes import FORM, JSON, Operation

PROBLEM = "application/problem+json"
_REFERENCE = "#/components/schemas/{model}"
_ARGUMENT = re.compile(r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>")
_ARGUMENTS: Mapping[str, Mapping[str, Any]] = {
    "word": {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,64}$"},
    "number": {"type": "integer", "minimum": 0, "maximum": 10**18 - 1},
}
_ALWAYS = (400, 401, 403, 429, 500)
_ABOUT_ERRORS = {
    400: "The request cannot be read: its JSON or a header is malformed.",
    401: "A key is needed, or the one given is not known.",
    403: "The role of the user does not allow this, or another site has sent the request.",
    404: "What is asked for is not there.",
    409: "What is there already stands against it.",
    413: "The text or the file is too large.",
    415: "The content type is not one that this takes.",
    422: "The request can be read, but is not as described here; `errors` says where.",
    429: "Too many requests; Retry-After says when to come again.",
    500: "The program failed; nothing that was accepted is lost.",
    503: "The engine cannot translate now.",
}
_KEY = "key"


def path_of(rule: str) -> str:
    """A rule as OpenAPI writes it.

    >>> path_of("/briefs/<word:brief_id>")
    '/briefs/{brief_id}'
    """
    return _ARGUMENT.sub(lambda found: f"{{{found['name']}}}", rule)


def document(operations: Sequence[Operation], title: str, version: str, about: str, tags: Mapping[str, str]) -> dict[str, Any]:
    """The whole document, as plain values."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(path_of(operation.rule), {})[operation.method.lower()] = _operation(operation)
    statuses = sorted({status for operation in operations for status in _errors(operation)})
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": version,
            "description": about,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": text} for name, text in tags.items()],
        "security": [{_KEY: []}, {}],
        "paths": paths,
        "components": {
            "schemas": _schemas(operations),
            "responses": {HTTPStatus(status).phrase.replace(" ", ""): _problem(status) for status in statuses},
            "securitySchemes": {
                _KEY: {"type": "http", "scheme": "bearer", "description": "The key of a user; none where there are no accounts."}
            },
        },
    }


def _operation(operation: Operation) -> dict[str, Any]:
    summary, _, rest = operation.about.partition("\n\n")
    needs = f"Needs the role {operation.role}." if operation.role else "Needs no key."
    described: dict[str, Any] = {
        "operationId": operation.name,
        "tags": [operation.tag],
        "summary": summary.strip(),
        "description": " ".join([*rest.split(), needs]),
        "parameters": [*_path_parameters(operation), *_query_parameters(operation.query)],
        "responses": {
            str(operation.status): _answer(operation),
            **{
                str(status): {"$ref": f"#/components/responses/{HTTPStatus(status).phrase.replace(' ', '')}"}
                for status in _errors(operation)
            },
        },
    }
    bodies = {kind: {"schema": _reference(model)} for kind, model in ((JSON, operation.body), (FORM, operation.form)) if model}
    if bodies:
        described["requestBody"] = {"required": True, "content": bodies}
    if operation.role is None:
        described["security"] = []
    return described


def _errors(operation: Operation) -> list[int]:
    sends = bool(operation.body or operation.form)
    return sorted(
        {
            *_ALWAYS,
            *operation.errors,
            *([404] if "<" in operation.rule else []),
            *([413, 415] if sends else []),
            *([422] if sends or operation.query else []),
        }
    )


def _answer(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {"description": HTTPStatus(operation.status).phrase}
    models = operation.answer if isinstance(operation.answer, tuple) else (operation.answer,) if operation.answer else ()
    references = [_reference(model) for model in models]
    content: dict[str, Any] = {kind: {"schema": schema} for kind, schema in operation.content.items()}
    if references:
        content[JSON] = {"schema": references[0] if len(references) == 1 else {"anyOf": references}}
    if content:
        described["content"] = content
    if operation.status in (201, 202):
        described["headers"] = {"Location": {"description": "Where it is.", "schema": {"type": "string"}}}
    return described


def _problem(status: int) -> dict[str, Any]:
    return {"description": _ABOUT_ERRORS[status], "content": {PROBLEM: {"schema": _reference(Problem)}}}


def _path_parameters(operation: Operation) -> list[dict[str, Any]]:
    named = [(found["name"], _ARGUMENTS[found["kind"]]) for found in _ARGUMENT.finditer(operation.rule)]
    return [
        {"name": name, "in": "path", "required": True, "schema": dict(operation.arguments.get(name, schema))}
        for name, schema in named
    ]


def _query_parameters(query: type[BaseModel] | None) -> list[dict[str, Any]]:
    if query is None:
        return []
    parameters = []
    for name, schema in query.model_json_schema()["properties"].items():
        about = schema.pop("description", "")
        parameters.append({"name": name, "in": "query", "description": about, "schema": schema})
    return parameters


def _schemas(operations: Iterable[Operation]) -> dict[str, Any]:
    """The models of all operations; what is answered has all its fields, what is asked may lack those with a default."""
    wanted: dict[tuple[type[BaseModel], JsonSchemaMode], None] = {(Problem, "validation"): None}
    for operation in operations:
        wanted |= {(model, "validation"): None for model in (operation.body, operation.form) if model}
        answers = operation.answer if isinstance(operation.answer, tuple) else (operation.answer,)
        wanted |= {(model, "serialization"): None for model in answers if model}
    _, schemas = models_json_schema(list(wanted), ref_template=_REFERENCE)
    definitions: dict[str, Any] = schemas["$defs"]
    return definitions


def _reference(model: type[BaseModel]) -> dict[str, str]:
    return {"$ref": _REFERENCE.format(model=model.__name__)}
