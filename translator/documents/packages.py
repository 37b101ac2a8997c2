"""Office documents that are a ZIP of XML parts: their parts as trees, within limits. What the elements mean is not known here.

No part is trusted: sizes are counted while it is inflated, and no entity, DTD or address in it is followed.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from translator.documents.archives import Limits, parts_in
from translator.errors import DocumentError
from translator.xml_text import SAFE

_MIB = 2**20
_MOST_BYTES = 12 * _MIB  # of XML, in all parts that are read: 3,000 pages
_LIMITS = Limits(files=10_000, file_bytes=_MOST_BYTES, total_bytes=_MOST_BYTES, ratio=1000)
_MOST_MARKS = 600_000  # tags and attributes in them; each takes some 150 bytes of memory
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what Word wrote before 2007, and what encrypts its files today
_ZIP = b"PK"


class Package:
    """The parts of one document."""

    def __init__(self, content: bytes, name: str, suffix: str) -> None:
        """Raises DocumentError for what is no ZIP."""
        if content.startswith(_OLE):
            raise DocumentError(
                f"{name}: it is protected by a password, or from before Word 2007. Save it as {suffix} without a password."
            )
        if not content.startswith(_ZIP):
            raise DocumentError(f"{name}: is no {suffix} file, whatever its name says. Give it its right name, or save it anew.")
        self.name = name
        self._content, self._suffix = content, suffix
        self._bytes, self._marks = _MOST_BYTES, _MOST_MARKS

    def tree(self, path: str) -> Any:
        """The root element of the part at `path`, or None if there is no such part.

        Raises DocumentError for a part that is too large, or is no XML that an office program has written.
        """
        for _, part in parts_in(self._content, self.name, _LIMITS, path.__eq__):
            self._require_small(part, path)
            return self._parsed(part, path)
        return None

    def _require_small(self, part: bytes, path: str) -> None:
        self._bytes -= len(part)
        self._marks -= part.count(b"<") + part.count(b"=")
        if self._bytes < 0 or self._marks < 0:
            raise DocumentError(f"{self.name}: {path} is too large to be read. Divide the document.")

    def _parsed(self, part: bytes, path: str) -> Any:
        parser = etree.XMLParser(**SAFE)
        try:
            root = etree.fromstring(part, parser)
        except etree.XMLSyntaxError as error:
            reason = str(error).partition("\n")[0]
            remedy = "Open it in an office program, and save it anew."
            raise DocumentError(f"{self.name}: {path} is damaged ({reason}). {remedy}") from error
        if root.getroottree().docinfo.doctype:
            raise DocumentError(f"{self.name}: {path} has a document type, as no {self._suffix} file has. Save it anew.")
        return root
