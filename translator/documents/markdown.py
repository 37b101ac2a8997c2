"""CommonMark with tables, through markdown-it-py: what is prose is translated, code and HTML stay as they are."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.token import Token

from translator.errors import DocumentError
from translator.values import Block, Document

_DEEPEST = 60  # elements within elements; the parser leaves out what is deeper, and its stack holds little more


def parsed(text: str, name: str) -> list[Token]:
    """The tokens of a Markdown text. Raises DocumentError where lists or quotations stand too deep within each other."""
    tokens = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table").parse(text)
    if any(token.level >= _DEEPEST - 1 for token in tokens):
        raise DocumentError(f"{name}: its lists or quotations stand too deep within each other. Indent them less.")
    return tokens


def read_markdown(text: str, name: str) -> Document:
    """The blocks of a Markdown text, in order. Emphasis is dropped; the address of a link follows its text."""
    blocks: list[Block] = []
    open_tokens: list[Token] = []
    numbers: list[int] = []
    for token in parsed(text, name):
        if token.nesting == 1:
            open_tokens.append(token)
            if token.type.endswith("list_open"):
                numbers.append(int(token.attrs.get("start", 1)) - 1)
            elif token.type == "list_item_open":
                numbers[-1] += 1
        elif token.nesting == -1:
            open_tokens.pop()
            if token.type.endswith("list_close"):
                numbers.pop()
        elif token.type == "inline":
            content = _inline(token)
            if content.strip():
                blocks.append(_block(content, open_tokens, numbers))
        elif token.type in ("fence", "code_block", "html_block") and token.content.strip():
            blocks.append(Block("verbatim", token.content.rstrip("\n"), marker="```" if token.type != "html_block" else ""))
    return Document(name, tuple(blocks))


def _block(content: str, around: list[Token], numbers: list[int]) -> Block:
    kinds = {token.type for token in around}
    if "heading_open" in kinds:
        level = int(around[-1].tag[1:])
        return Block("heading", content, level, "#" * level + " ")
    if "table_open" in kinds:
        return Block("table-cell", content)
    if "list_item_open" in kinds:
        ordered = next(token.type for token in reversed(around) if token.type.endswith("list_open")) == "ordered_list_open"
        return Block("list-item", content, len(numbers), f"{numbers[-1]}. " if ordered else "- ")
    return Block("paragraph", content, marker="> " if "blockquote_open" in kinds else "")


def _inline(token: Token) -> str:
    written: list[str] = []
    links: list[tuple[str, int]] = []
    for child in token.children or ():
        if child.type == "link_open":
            links.append((str(child.attrs.get("href", "")), len(written)))
        elif child.type == "link_close":
            address, begin = links.pop()
            if address and address != "".join(written[begin:]):
                written.append(f" ({address})")
        elif child.type == "image":
            written.append(f"{child.content} ({child.attrs.get('src', '')})")
        elif child.type == "softbreak":
            written.append(" ")
        elif child.type == "hardbreak":
            written.append("\n")
        else:
            written.append(child.content)
    return "".join(written)
