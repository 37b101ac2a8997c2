"""What XML can hold (XML 1.0, section 2.2) and how that of strangers is parsed, for all formats that are made of it."""

from __future__ import annotations

import regex

# Nothing outside the file is read, and nothing in it grows: options of every parser of lxml.
SAFE = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}
NO_XML = regex.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")


def as_xml_text(text: str) -> str:
    """`text` with U+FFFD, the replacement character, for what XML cannot hold.

    >>> as_xml_text("a\\x0bb")
    'a\ufffdb'
    """
    return NO_XML.sub("\ufffd", text)
