"""What the memory holds and returns, and when two sentences are the same to it. It knows nothing of databases or files."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Literal

from glossary.errors import DwibhashiError
from hindi.fold import fold
from translator.xml_text import NO_XML

Context = tuple[str, str]  # the sentence before and the sentence after; "" where there is none
NO_CONTEXT: Context = ("", "")
Action = Literal["remembered", "replaced", "forgotten"]


class TranslationMemoryError(DwibhashiError):
    """A segment that cannot be remembered or found, or a file of them that cannot be used."""


@dataclass(frozen=True)
class Remembered:
    """A sentence and the English that `who` approved for it at `at` (ISO 8601, UTC), in the context in which it stood.

    `id` is 0 until it is in a memory; `glossary_version` says with which agreed terms it was made.
    """

    source: str
    target: str
    who: str = ""
    at: str = ""
    context: Context = NO_CONTEXT
    document: str = ""
    glossary_version: str = ""
    id: int = 0


@dataclass(frozen=True)
class Event:
    """One change of the memory; `segment` was remembered or forgotten. `who` made the change; `segment.who` approved it."""

    version: int
    action: Action
    who: str
    at: str
    segment: Remembered


@dataclass(frozen=True)
class Outcome:
    """What becomes of a segment that is brought to the memory.

    "older": `before`, in the memory, was approved after it, and stays. `before` and `after` are given where the two differ.
    """

    kind: Literal["added", "unchanged", "replaced", "older"]
    before: Remembered | None = None
    after: Remembered | None = None


@dataclass(frozen=True)
class Similar:
    """A remembered segment whose source is like the sentence asked for: for people to read, never to be used unseen.

    `score` is 0 to 100, and 100 for sentences that differ in spelling or blanks at most. The spans, in characters, are the words
    in which the sentence asked for and `segment.source` differ.
    """

    segment: Remembered
    score: float
    asked_spans: tuple[tuple[int, int], ...]
    source_spans: tuple[tuple[int, int], ...]


def normalised(text: str) -> str:
    """`text` as it is compared for exact reuse: canonically composed, blanks made one. A spelling or a number stays what it is.

    >>> normalised(" भारत\\n और  नेपाल ") == "भारत और नेपाल", normalised("हिन्दी") == normalised("हिंदी")
    (True, False)
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def loose(text: str) -> str:
    """`text` as it is compared for fuzzy reuse and for search: one spelling of many, digits as digits.

    >>> loose("हिन्दी  २०२४") == loose("हिंदी 2024"), loose("2024") == loose("2023")
    (True, False)
    """
    return fold(normalised(text))


def source_key(source: str) -> str:
    """The same for sentences that are the same for exact reuse, and for no others."""
    return _key(normalised(source))


def context_key(context: Context) -> str:
    """The same for the same two neighbours."""
    return _key("\n".join(map(normalised, context)))


def neighbours(sentences: Sequence[str]) -> list[Context]:
    """The context of each sentence of a text, given in order.

    >>> neighbours(["क", "ख", "ग"])
    [('', 'ख'), ('क', 'ग'), ('ख', '')]
    """
    around = ["", *sentences, ""]
    return list(zip(around, around[2:], strict=False))


def validated(segment: Remembered) -> Remembered:
    """`segment` without blanks around its texts. Raises TranslationMemoryError if it lacks a text, or holds what no file can."""
    before, after = (text.strip() for text in segment.context)
    fields = {name: getattr(segment, name).strip() for name in ("source", "target", "who", "document", "glossary_version")}
    for name, text in (*fields.items(), ("context", before + after)):
        if found := NO_XML.search(text):
            raise TranslationMemoryError(
                f"{text[:60]!r}: the {name.replace('_', ' ')} holds the control character U+{ord(found.group()):04X}; "
                "take it out."
            )
    for name, language in (("source", "Hindi"), ("target", "English")):
        if not fields[name]:
            raise TranslationMemoryError(f"Its {language} is empty; only a sentence with its translation can be remembered.")
    return replace(segment, context=(before, after), **fields)


def _key(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
