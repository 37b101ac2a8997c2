"""Plain text: every line is a block, for in a note a line break ends a sentence."""

from __future__ import annotations

import regex

from translator.values import Block, Document

_LIST_ITEM = regex.compile(r"(?P<marker>\s*(?:[-*•●▪‣–—]|\p{N}{1,3}[.)]|[(\[]\X{1,3}[)\]])\s+)(?P<text>\S.*)", regex.DOTALL)
_FINAL_MARK = regex.compile(r"[।॥|?!.:;,][\"'”’»)\]]*\Z")
_LONGEST_HEADING = 20  # words


def read_plain(text: str, name: str) -> Document:
    """The lines of `text` that are not blank."""
    return Document(name, tuple(_block(line) for line in text.splitlines() if line.strip()))


def _block(line: str) -> Block:
    item = _LIST_ITEM.fullmatch(line)
    if item:
        return Block("list-item", item["text"].strip(), 1, item["marker"].strip() + " ")
    line = line.strip()
    if not _FINAL_MARK.search(line) and len(line.split()) <= _LONGEST_HEADING:
        return Block("heading", line, 1)
    return Block("paragraph", line)
