"""The characters of an RTF file: those that have words of their own, and bytes in the code pages of fonts."""

from __future__ import annotations

CHARACTERS = {
    "tab": "\n",  # parts what stands apart on the page, so that it ends a sentence as a new line does
    "line": "\n",
    "lbr": "\n",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "~": "\u00a0",
    "_": "\u2011",
    "-": "",
}
_CODE_PAGES = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "cp936",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
_SYMBOLS = 2  # the charset of fonts of pictures


class Fonts:
    """The charsets of the fonts of one file, and the code page of those that have none."""

    def __init__(self) -> None:
        self.charsets: dict[int, int] = {}
        self.code_page = "cp1252"

    def character(self, byte: int, font: int) -> str:
        """What a byte stands for in a font; U+FFFD for half a character or for none.

        >>> Fonts().character(0x96, 0)
        '–'
        """
        charset = self.charsets.get(font, 0)
        if charset == _SYMBOLS:
            return "•"
        try:
            return bytes([byte]).decode(_CODE_PAGES.get(charset, self.code_page), errors="replace")
        except LookupError:
            return bytes([byte]).decode("cp1252", errors="replace")


def shown(text: str) -> str:
    """`text` without blanks at the ends of its lines; RTF gives characters beyond U+FFFF in two halves.

    >>> shown(" क\\n\\ud83d\\ude00 ")
    'क\\n😀'
    """
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "\ufffd")
    return "\n".join(line.strip() for line in whole.strip().split("\n"))
