"""The root of our errors, and the glossary's own. Every message says what happened, where, and what to do next."""

from __future__ import annotations


class DwibhashiError(Exception):
    """Anything that a user can cause or mend; the command line and the web show its message as it is."""


class GlossaryError(DwibhashiError):
    """A glossary file or term that cannot be used."""
