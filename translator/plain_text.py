"""Text and Markdown with English in the place of the Hindi: lines, blanks and the markers of lists stay as they were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from translator.documents.markdown import parsed, read_markdown
from translator.documents.plain import read_plain
from translator.documents.reading import require_text
from translator.pipeline import Translator
from translator.values import Segment, TranslatedBlock

_NAME = "the text"


def translated_text(text: str, translator: Translator) -> tuple[str, tuple[Segment, ...]]:
    """The text in English, line by line, and its segments. Blanks and markers at both ends of a line stay.

    Raises DocumentError for characters that no text has.
    """
    require_text(text, _NAME)
    brief = translator.brief(read_plain(text, _NAME))
    blocks = iter(brief.blocks)
    lines = [_line(line, next(blocks)) if line.strip() else line for line in text.splitlines(keepends=True)]
    return "".join(lines), brief.segments


def translated_markdown(text: str, translator: Translator) -> tuple[str, tuple[Segment, ...]]:
    """A Markdown text in English, and its segments: headings, lists, quotes, tables, code and HTML blocks stay where they are.

    A paragraph becomes one line; within it emphasis is dropped, and the address of a link follows its text. Raises DocumentError
    for characters that no text has.
    """
    require_text(text, _NAME)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    brief = translator.brief(read_markdown(text, _NAME))
    blocks = [block for block in brief.blocks if block.block.kind != "verbatim"]
    written: list[str] = []
    done = 0
    for (start, end), block in zip(_places(text), blocks, strict=True):
        english = _english(block).replace("\n", "\\\n")
        written += [text[done:start], english.replace("|", "\\|") if block.block.kind == "table-cell" else english]
        done = end
    return "".join([*written, text[done:]]), brief.segments


def _line(line: str, block: TranslatedBlock) -> str:
    body = line.rstrip()
    return body.removesuffix(block.block.text) + _english(block) + line[len(body) :]


def _english(block: TranslatedBlock) -> str:
    """The English of a block, with the blanks that stood between its sentences, or one where there were none."""
    text, at = block.block.text, 0
    written: list[str] = []
    for segment in block.segments:
        start = text.index(segment.source, at)
        written += [(text[at:start] or " ") if written else text[at:start], segment.target]
        at = start + len(segment.source)
    return "".join([*written, text[at:]])


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Where the prose of each block of a Markdown text begins and ends, without its marker."""
    begins = [0]
    for line in text.split("\n"):
        begins.append(begins[-1] + len(line) + 1)
    at = 0
    for token in parsed(text, "the text"):
        if token.map and token.type in ("fence", "code_block", "html_block"):
            at = begins[token.map[1]]
        elif token.type == "inline" and _has_text(token.children or ()):
            start, at = _place(text, token.content, max(at, begins[token.map[0]] if token.map else 0))
            yield start, at


def _place(text: str, content: str, at: int) -> tuple[int, int]:
    start = -1
    for line in content.split("\n"):
        part = line.strip()
        found, written = min((where, form) for form in (part, part.replace("|", "\\|")) if (where := text.find(form, at)) >= 0)
        start = found if start < 0 else start
        at = found + len(written)
    return start, at


def _has_text(children: Sequence[Token]) -> bool:
    """Whether a reader sees anything of an inline token, as `read_markdown` has it."""
    return any(
        child.content.strip() or child.type == "image" or (child.type == "link_open" and child.attrs.get("href"))
        for child in children
    )
