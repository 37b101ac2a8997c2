"""The memory: sentences and the English that people have approved for them."""

from __future__ import annotations

from flask import url_for

from translator.memory.values import Remembered as RememberedSegment
from translator.memory.values import TranslationMemoryError
from web.access import note, user
from web.api.asked import NewMemory, Search
from web.api.models import MemoryPage, Remembered
from web.api.routes import Made, v1
from web.briefs import NotFoundError
from web.parts import parts

_TAG = "Memory"


@v1.route("GET", "/memory", _TAG, "viewer", query=Search, answer=MemoryPage)
def memory(query: Search) -> MemoryPage:
    """List what is remembered, or what has some words in its Hindi or its English."""
    found = parts().memory.search(query.query, query.size, query.after)
    count = parts().memory.count(query.query)
    return MemoryPage(page=query.page, size=query.size, count=count, segments=[_shown(segment) for segment in found])


@v1.route("POST", "/memory", _TAG, "translator", body=NewMemory, answer=Remembered, status=201)
def remember(asked: NewMemory) -> Made:
    """Remember the approved English of a sentence. It takes the place of an older one in the same context."""
    context = (asked.context.before, asked.context.after)
    version = str(parts().terms.version)
    remembered = parts().memory.remember(asked.source, asked.target, user().name, context, asked.document, version)
    note("segment remembered", remembered.id)
    return Made(_shown(remembered), url_for("api_v1.segment", number=remembered.id))


@v1.route("GET", "/memory/<number:number>", _TAG, "viewer", answer=Remembered)
def segment(number: int) -> Remembered:
    """Show one approved sentence."""
    return _shown(_segment(number))


@v1.route("DELETE", "/memory/<number:number>", _TAG, "reviewer", status=204)
def forget(number: int) -> None:
    """Take an approved sentence out of use. Its history stays."""
    _segment(number)
    parts().memory.forget(number, user().name)
    note("segment forgotten", number)


def _segment(number: int) -> RememberedSegment:
    try:
        return parts().memory.segment(number)
    except TranslationMemoryError as error:
        raise NotFoundError(str(error)) from error


def _shown(remembered: RememberedSegment) -> Remembered:
    before, after = remembered.context
    names = ("id", "source", "target", "who", "at", "document", "glossary_version")
    values = {name: getattr(remembered, name) for name in names}
    return Remembered.model_validate({**values, "context": {"before": before, "after": after}})
