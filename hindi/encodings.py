"""How text says in which encoding it is."""

from __future__ import annotations

import codecs

# Longest first: the mark of UTF-32 LE begins with that of UTF-16 LE.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def marked_encoding(content: bytes) -> str | None:
    """The encoding that the byte-order mark of `content` names; None if there is none (Unicode, section 23.8).

    >>> marked_encoding(b"\\xef\\xbb\\xbfA"), marked_encoding(b"A")
    ('utf-8-sig', None)
    """
    return next((encoding for mark, encoding in _BYTE_ORDER_MARKS if content.startswith(mark)), None)
