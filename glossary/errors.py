"""The root of our errors, and the glossary's own. Every message says what happened, where, and what to do next."""

from __future__ import annotations


class DwibhashiError(Exception):
    """Anything that a user can cause or mend; the command line and the web show its message as it is."""


class GlossaryError(DwibhashiError):
    """A glossary, a glossary file or a term that cannot be used."""


class ConflictError(GlossaryError):
    """Two approved terms that would pin the same Hindi in one domain."""
