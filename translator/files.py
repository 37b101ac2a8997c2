"""Files into the same files in English, of the formats that can be written as they were read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from translator.documents.reading import decode, read_content
from translator.documents.word_english import write_english_docx
from translator.markup import translated_html
from translator.pipeline import Translator
from translator.plain_text import translated_markdown, translated_text
from translator.values import Segment

English = tuple[bytes, tuple[Segment, ...]]
"""A file in English, and the segments in it as far as they are known."""


@dataclass(frozen=True)
class Format:
    """How a format is read and written: its bytes and their name into its text alone, and into the file in English.

    Both raise DocumentError, naming the file, for what cannot be read.
    """

    text: Callable[[bytes, str], str]
    english: Callable[[bytes, str, Translator], English]


def _text(translated: Callable[[str, Translator], tuple[str, tuple[Segment, ...]]]) -> Format:
    def english(content: bytes, name: str, translator: Translator) -> English:
        text, segments = translated(decode(content, name), translator)
        return text.encode(), segments

    return Format(decode, english)


def _html(text: str, translator: Translator) -> tuple[str, tuple[Segment, ...]]:
    return translated_html(text, translator), ()


def _word_text(content: bytes, name: str) -> str:
    return "\n".join(block.text for block in read_content(content, name).blocks)


def _word(content: bytes, name: str, translator: Translator) -> English:
    brief = translator.brief(read_content(content, name))
    return write_english_docx(content, brief), brief.segments


FORMATS: dict[str, Format] = {
    ".docx": Format(_word_text, _word),
    ".htm": _text(_html),
    ".html": _text(_html),
    ".md": _text(translated_markdown),
    ".txt": _text(translated_text),
}
