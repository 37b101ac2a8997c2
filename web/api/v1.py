"""Version 1 of the API: all its routes, and the document that describes them."""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import version
from typing import Any

from flask import Response

from web.api import v1_batches, v1_briefs, v1_memory, v1_terms, v1_translations
from web.api.openapi import document
from web.api.routes import JSON, v1

ROUTES = (v1_translations, v1_briefs, v1_batches, v1_terms, v1_memory)  # read for the routes that they add

api_v1 = v1.blueprint
_ABOUT = (
    "Hindi notes into English briefs: agreed terms pinned, numbers accounted for. Every error is a problem as RFC 9457 has it; "
    "where the service has no accounts, no key is needed."
)
_TAGS = {
    "Translations": "Short texts, translated while you wait; nothing of them is kept.",
    "Briefs": "Notes that are kept, translated when their turn comes, and approved row by row.",
    "Batches": "Files that are given together.",
    "Glossary": "Agreed terms, and their life from draft to obsolete.",
    "Memory": "Sentences and the English that people have approved for them.",
    "Description": "What this API can do.",
}


@v1.route("GET", "/openapi.json", "Description", None, content={JSON: {"type": "object"}})
def openapi() -> Response:
    """Get this document, OpenAPI 3.1."""
    return Response(_written(), mimetype=JSON)


OPERATIONS = tuple(v1.operations)


def description() -> dict[str, Any]:
    """The document, as plain values."""
    return document(OPERATIONS, "Dwibhashi", version("dwibhashi"), _ABOUT, _TAGS)


@cache
def _written() -> str:
    return json.dumps(description(), ensure_ascii=False)
