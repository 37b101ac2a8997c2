"""Our errors in one place; the command line maps all of them to exit code 3."""

from __future__ import annotations

from glossary.errors import DwibhashiError, GlossaryError

__all__ = ["DocumentError", "DwibhashiError", "EngineError", "GlossaryError"]


class DocumentError(DwibhashiError):
    """A document that cannot be read or written."""


class EngineError(DwibhashiError):
    """An engine that cannot be loaded, or refuses to translate."""
