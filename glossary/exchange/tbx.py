"""TBX (ISO 30042), a concept at a time: version 2 (martif) and version 3 in the dialect TBX-Basic, style DCA.

What TBX-Basic has no place for (kind, status, case) stands in an admin of type projectSubset, which other tools pass over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from glossary.errors import GlossaryError
from glossary.exchange.entries import Entry
from glossary.model import Term

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_OURS = "dwibhashi:"
_DISCOURAGED = frozenset("deprecatedterm-admn-sts deprecatedtermadmnsts deprecated forbidden obsolete".split())
_ACRONYMS = frozenset({"acronym", "initialism", "abbreviation", "abbreviatedform"})


@dataclass(frozen=True)
class Dialect:
    """What a version of TBX calls its elements, and what stands around the concepts."""

    root: str
    concept: str
    language: str
    term: str
    head: str


_SOURCE = "<fileDesc><sourceDesc><p>Glossary kept with dwibhashi</p></sourceDesc></fileDesc>"
V2 = Dialect(
    "martif", "termEntry", "langSet", "tig",
    f'<martif type="TBX-Basic" xml:lang="hi">\n<martifHeader>{_SOURCE}</martifHeader>\n',
)  # fmt: skip
V3 = Dialect(
    "tbx", "conceptEntry", "langSec", "termSec",
    '<tbx type="TBX-Basic" style="dca" xml:lang="hi" xmlns="urn:iso:std:iso:30042:ed-2">\n'
    f"<tbxHeader>{_SOURCE}</tbxHeader>\n",
)  # fmt: skip


def write_tbx(path: Path, terms: Iterable[Term], dialect: Dialect = V3) -> None:
    """Write terms in order, without holding them all in memory."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'<?xml version="1.0" encoding="UTF-8"?>\n{dialect.head}<text>\n<body>\n')
        for term in terms:
            file.write(etree.tostring(_concept(term, dialect), encoding="unicode", pretty_print=True))
        file.write(f"</body>\n</text>\n</{dialect.root}>\n")


def read_tbx(path: Path) -> Iterator[Entry]:
    """The concepts of a TBX file that have Hindi and English, and a reason for each that has not."""
    parsing = etree.iterparse(
        str(path), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        for _, element in parsing:
            if _name(element) in (V2.concept, V3.concept):
                yield from _entries(element)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        raise GlossaryError(f"{path}: this is not well-formed XML: {error.msg}. Export the glossary again as TBX.") from error
    except OSError as error:
        raise GlossaryError(f"{path}: {error}. Check the name and your right to read it.") from error
    if parsing.root is None or _name(parsing.root) not in (V2.root, V3.root):
        raise GlossaryError(f"{path}: this is not TBX; its outermost element is {_name(parsing.root)}.")


def _concept(term: Term, dialect: Dialect) -> Any:
    concept = etree.Element(dialect.concept)
    if term.uid:
        concept.set("id", term.uid)
    _add(concept, "descrip", "subjectField", term.domain)
    ours = "; ".join(f"{field}={getattr(term, field)}" for field in ("kind", "status", "case"))
    _add(concept, "admin", "projectSubset", f"{_OURS} {ours}")
    _add(concept, "admin", "source", term.source)
    _add(concept, "note", None, term.note)
    hindi = etree.SubElement(concept, dialect.language, {_LANG: "hi"})
    first = _term(hindi, dialect, term.hindi)
    _add(first, "descrip", "context", term.example)
    for variant in term.variants:
        _term(hindi, dialect, variant, administrativeStatus="admittedTerm-admn-sts")
    _term(hindi, dialect, term.acronym_hindi, termType="acronym")
    english = etree.SubElement(concept, dialect.language, {_LANG: "en"})
    if term.preferred:
        _term(english, dialect, term.preferred, administrativeStatus="preferredTerm-admn-sts")
        _term(english, dialect, term.english, administrativeStatus="deprecatedTerm-admn-sts")
    else:
        _term(english, dialect, term.english)
    _term(english, dialect, term.acronym, termType="acronym")
    return concept


def _term(language: Any, dialect: Dialect, text: str, **notes: str) -> Any:
    if not text:
        return None
    section = etree.SubElement(language, dialect.term)
    etree.SubElement(section, "term").text = text
    for kind, value in notes.items():
        _add(section, "termNote", kind, value)
    return section


def _add(parent: Any, tag: str, kind: str | None, text: str) -> None:
    if text:
        etree.SubElement(parent, tag, {"type": kind} if kind else {}).text = text


@dataclass(frozen=True)
class _Section:
    """One term of one language."""

    text: str
    discouraged: bool
    acronym: bool


def _entries(concept: Any) -> Iterator[Entry]:
    place = f"line {concept.sourceline}"
    languages: dict[str, list[_Section]] = {}
    for language in concept:
        if _name(language) in (V2.language, V3.language):
            code = (language.get(_LANG) or language.get("lang") or "").lower().replace("_", "-").partition("-")[0]
            languages.setdefault(code, []).extend(_sections(language))
    hindi = [section for section in languages.get("hi", []) if not section.acronym]
    english = [section for section in languages.get("en", []) if not section.acronym]
    if not hindi or not english:
        yield Entry(place, problem=f"the concept has no term in {'English' if hindi else 'Hindi'}.")
        return
    fields: dict[str, Any] = {"hindi": hindi[0].text, **_common(concept)}
    if hindi[1:]:
        fields["variants"] = tuple(section.text for section in hindi[1:])
    for key, code in (("acronym", "en"), ("acronym_hindi", "hi")):
        if acronym := next((section.text for section in languages[code] if section.acronym), ""):
            fields[key] = acronym
    good = [section.text for section in english if not section.discouraged]
    if good[1:]:
        others = "Other English: " + "; ".join(good[1:])
        fields["note"] = "\n".join(filter(None, (fields.get("note", ""), others)))
    bad = [section.text for section in english if section.discouraged]
    if good and fields.get("kind") != "forbidden":
        yield Entry(place, {**fields, "english": good[0]})
        fields = {"hindi": fields["hindi"], "domain": fields.get("domain", "")}
    for text in bad:
        yield Entry(place, {**fields, "english": text, "kind": "forbidden", "preferred": good[0] if good else ""})


def _sections(language: Any) -> Iterator[_Section]:
    for element in language.iter():
        if _name(element) != "term" or not (text := "".join(element.itertext()).strip()):
            continue
        holder = element.getparent()
        while _name(holder.getparent()) in ("termGrp", "ntig"):
            holder = holder.getparent()
        notes = {
            note.get("type", "").lower(): (note.text or "").strip().lower() for note in holder.iter() if _name(note) == "termNote"
        }
        yield _Section(
            text,
            notes.get("administrativestatus", "") in _DISCOURAGED,
            notes.get("termtype", "").replace(" ", "") in _ACRONYMS,
        )


def _common(concept: Any) -> dict[str, Any]:
    """What is said of the concept as a whole or of its Hindi."""
    found: dict[str, Any] = {}
    notes: list[str] = []
    for element in concept.iter():
        kind, text, tag = element.get("type", ""), (element.text or "").strip(), _name(element)
        if not text:
            continue
        if tag == "admin" and text.startswith(_OURS):
            found |= dict(part.strip().split("=", 1) for part in text.removeprefix(_OURS).split(";") if "=" in part)
        elif tag == "admin" and kind == "source":
            found["source"] = text
        elif tag == "descrip" and kind == "subjectField":
            found["domain"] = text
        elif tag == "descrip" and kind in ("context", "Usage note"):
            found["example"] = text
        elif tag == "descrip" and kind == "Translation needed":
            if text.lower() == "no":
                found["kind"] = "do-not-translate"
        elif tag == "note" or (tag == "descrip" and kind in ("", "definition")):
            notes.append(text)
    if concept.get("id"):
        found["uid"] = concept.get("id")
    if notes:
        found["note"] = "\n".join(dict.fromkeys(notes))
    return found


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(getattr(element, "tag", None), str) else ""
