"""Word files built by hand, part by part, as Word writes them."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document as new_document

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/{place}"'
    for prefix, place in (
        ("w", "wordprocessingml/2006/main"),
        ("r", "officeDocument/2006/relationships"),
        ("mc", "markup-compatibility/2006"),
        ("m", "officeDocument/2006/math"),
    )
)


def docx(body: str, **parts: str) -> bytes:
    """A package with this body, and with other parts by the names of their types: styles, numbering, footnotes, header."""
    relations = "".join(
        f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{kind}.xml"/>' for kind in (*parts, "hyperlink")
    )
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        package.writestr(
            "_rels/.rels", _related(f'<Relationship Id="r" Type="{_OFFICE}/officeDocument" Target="/word/document2.xml"/>')
        )
        package.writestr("word/_rels/document2.xml.rels", _related(relations))
        package.writestr("word/document2.xml", f"<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>")
        for kind, part in parts.items():
            root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
            package.writestr(f"word/{kind}.xml", f"<w:{root} {_NAMESPACES}>{part}</w:{root}>")
    return content.getvalue()


def _related(relations: str) -> str:
    return f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'


def p(content: str, properties: str = "") -> str:
    """A paragraph; content without tags is one run."""
    inside = content if content.startswith("<") else r(content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def made_with_python_docx() -> bytes:
    """A note with a title, numbered and bulleted items, a table, a header and a footer."""
    document = new_document()
    document.add_heading("ब्रीफिंग नोट", 0)
    document.add_heading("पृष्ठभूमि", 1)
    document.add_paragraph("पहला बिंदु।", style="List Number")
    document.add_paragraph("दूसरा बिंदु।", style="List Number")
    document.add_paragraph("बुलेट बिंदु।", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "देश", "भारत\nनेपाल"
    document.sections[0].header.paragraphs[0].text = "विदेश मंत्रालय"
    document.sections[0].footer.paragraphs[0].text = "गोपनीय"
    content = BytesIO()
    document.save(content)
    return content.getvalue()
