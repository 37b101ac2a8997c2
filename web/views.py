"""What several pages share: dates, navigation, pages of a long list, and answers to htmx."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import Flask, request, url_for

from web.access import may
from web.accounts import Role

_PAGES: tuple[tuple[str, str, Role], ...] = (
    ("pages_translate.form", "Translate", "viewer"),
    ("pages_briefs.history", "Briefs", "viewer"),
    ("pages_batches.all", "Batches", "viewer"),
    ("pages_glossary.review", "Glossary", "viewer"),
    ("pages_memory.search", "Memory", "viewer"),
    ("pages_settings.about", "Settings", "viewer"),
)


@dataclass(frozen=True)
class Pager:
    """Which page of a long list is shown; the first is 1."""

    page: int
    size: int
    count: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.count // self.size))

    @property
    def after(self) -> int:
        """How many rows stand before this page."""
        return (self.page - 1) * self.size

    def link(self, page: int) -> str:
        """The address of another page, with all else that was asked for."""
        asked: Mapping[str, object] = {**request.args.to_dict(flat=False), "page": page}
        return url_for(str(request.endpoint), **{**(request.view_args or {}), **asked})


def pager(count: int, size: int = 25) -> Pager:
    """The page that the request asks for."""
    pages = max(1, -(-count // size))
    return Pager(min(max(request.args.get("page", 1, type=int), 1), pages), size, count)


def asks_for_part() -> bool:
    """Whether htmx asks, and wants a part of a page."""
    return request.headers.get("HX-Request") == "true"


def serve_pages(app: Flask) -> None:
    """What templates may use."""
    app.jinja_env.filters["date"] = lambda text: f"{datetime.fromisoformat(text):%-d %B %Y, %H:%M} UTC" if text else ""
    app.jinja_env.globals.update(may=may, navigation=_navigation)


def _navigation() -> list[tuple[str, str]]:
    return [(endpoint, label) for endpoint, label, role in _PAGES if may(role)]
