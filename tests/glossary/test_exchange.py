from __future__ import annotations

import csv
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from translate.storage.tbx import tbxfile

from glossary.errors import GlossaryError
from glossary.exchange.files import WRITERS, read_entries, write_terms
from glossary.exchange.importing import import_file
from glossary.exchange.planning import Report, plan
from glossary.model import Change, Term
from glossary.store import Store
from glossary.validation import key_of

SAMPLES = Path(__file__).with_name("samples")
SUFFIX = {"csv": "csv", "tsv": "tsv", "xlsx": "xlsx", "tbx": "tbx", "tbx2": "tbx"}
GROUP = Term("संयुक्त कार्य समूह", "Joint Working Group")
FULL = [
    Term(
        "राष्ट्रीय सुरक्षा सलाहकार",
        "National Security Adviser",
        acronym="NSA",
        acronym_hindi="एनएसए",
        variants=("सुरक्षा सलाहकार", "रा. सु. सलाहकार"),
        domain="security",
        note="two\nlines, “quoted” & <marked>",
        example="राष्ट्रीय सुरक्षा सलाहकार ने कहा।",
        source="cabinet list, 2024",
    ),
    Term("भारत", "India", kind="name", status="draft"),
    Term("जय हिन्द", "जय हिन्द", kind="do-not-translate", status="rejected"),
    Term("आतंकवादी", "militant", kind="forbidden", preferred="terrorist"),
    Term("ई-शासन", "e-governance", case="keep", status="obsolete", note="=1+1"),
]


def read(path: Path) -> Report:
    return plan((), read_entries(path))


def terms(report: Report) -> list[Term]:
    return [change.after for change in report.added]


@pytest.mark.parametrize("kind", WRITERS)
def test_a_round_trip_loses_nothing(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"glossary.{SUFFIX[kind]}"
    write_terms(path, FULL, kind)
    report = read(path)
    assert terms(report) == FULL
    assert report.rejected == []


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12).map(str.strip)
_HINDI = st.text("कखगघच", min_size=1, max_size=6)
_TERMS = st.lists(
    st.builds(
        Term,
        hindi=_HINDI,
        english=st.text("abcXYZ=+-@'\"", min_size=1, max_size=9),
        note=_TEXT,
        example=_TEXT,
        source=_TEXT,
        domain=st.text("ab=@", max_size=3),
        variants=st.lists(_HINDI.map("व".__add__), max_size=2, unique=True).map(tuple),
        case=st.sampled_from(["adapt", "keep"]),
        status=st.sampled_from(["draft", "rejected"]),
    ),
    max_size=4,
    unique_by=lambda term: (key_of(term.hindi), term.domain),
)


@pytest.mark.parametrize("kind", WRITERS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_terms=_TERMS)
def test_a_round_trip_loses_nothing_of_anything(
    kind: str, given_terms: list[Term], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("x") / f"glossary.{SUFFIX[kind]}"
    write_terms(path, given_terms, kind)
    if given_terms or SUFFIX[kind] == "tbx":
        assert terms(read(path)) == given_terms


def test_from_store_to_file_to_store(store: Store, tmp_path: Path) -> None:
    store.apply(lambda terms: [Change(None, term, "added") for term in FULL], "asha")
    write_terms(tmp_path / "all.tbx", store.terms())
    other = Store(f"sqlite:///{tmp_path / 'other.sqlite'}")
    report = import_file(other, tmp_path / "all.tbx", "ravi")
    assert (len(report.added), report.rejected) == (len(FULL), [])
    assert other.terms() == store.terms()
    again = import_file(other, tmp_path / "all.tbx", "ravi")
    assert (again.added, again.changed, again.unchanged) == ([], [], len(FULL))
    assert other.version == len(FULL)


@pytest.mark.parametrize(
    ("name", "expected", "rejected"),
    [
        (
            "deepl.csv",
            [GROUP, Term("सूक्ष्म, लघु और मध्यम उद्यम", "micro, small and medium enterprises"), Term('सत्य "निष्ठा"', '"truth"')],
            [],
        ),
        ("deepl.tsv", [GROUP, Term("ब्रीफिंग नोट", "briefing note")], []),
        (
            "weblate.csv",
            [replace(GROUP, example="used in joint statements", note="agreed with MEA"), Term("ब्रीफिंग नोट", "briefing note")],
            [],
        ),
        (
            "weblate.tbx",
            [
                replace(GROUP, note="An instrument of bilateral talks\nसहमत पद"),
                Term("KAZIND", "KAZIND", kind="do-not-translate"),
                Term(GROUP.hindi, "joint task force", kind="forbidden", preferred="Joint Working Group"),
            ],
            [],
        ),
        ("pontoon-v2.tbx", [replace(GROUP, example="The JWG met in Astana.", note="A standing group of two governments.")], []),
        (
            "pontoon-v3.tbx",
            [replace(GROUP, example="The JWG met in Astana.", note="A standing group of two governments.")],
            ["the concept has no term in Hindi."],
        ),
        (
            "matecat.csv",
            [
                replace(
                    GROUP,
                    domain="Diplomacy/Talks",
                    note="A standing group\ncaps\nसहमत",
                    example="The Joint Working Group met.\nसमूह की बैठक हुई।",
                ),
                Term(
                    GROUP.hindi,
                    "joint task force",
                    kind="forbidden",
                    preferred="Joint Working Group",
                    domain="Diplomacy/Talks",
                ),
            ],
            [],
        ),
    ],
)
def test_files_of_other_tools(name: str, expected: list[Term], rejected: list[str]) -> None:
    report = read(SAMPLES / name)
    assert terms(report) == [replace(term, status="draft") for term in expected]
    assert [rejection.reason for rejection in report.rejected] == rejected


def test_a_workbook_of_matecat(tmp_path: Path) -> None:
    workbook = Workbook()
    with (SAMPLES / "matecat.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            workbook.active.append([{"TRUE": True, "FALSE": False}.get(cell, cell or None) for cell in row])
    workbook.save(tmp_path / "matecat.xlsx")
    assert terms(read(tmp_path / "matecat.xlsx")) == terms(read(SAMPLES / "matecat.csv"))


def test_the_translate_toolkit_reads_what_we_write(tmp_path: Path) -> None:
    write_terms(tmp_path / "g.tbx", FULL, "tbx2")
    units = tbxfile.parsestring((tmp_path / "g.tbx").read_bytes(), sourcelanguage="hi", targetlanguage="en").units
    assert [(unit.source, unit.target) for unit in units][:2] == [(term.hindi, term.english) for term in FULL[:2]]
    assert [term.text for term in units[0].get_source_terms()] == [*FULL[0].spellings]


def test_we_read_what_the_translate_toolkit_writes(tmp_path: Path) -> None:
    made = tbxfile(sourcelanguage="en", targetlanguage="hi")
    unit = made.addsourceunit("Joint Working Group")
    unit.settarget("संयुक्त कार्य समूह", "hi")
    unit.addnote("सहमत", "translator")
    made.savefile(str(tmp_path / "made.tbx"))
    assert terms(read(tmp_path / "made.tbx")) == [replace(GROUP, status="draft", note="सहमत")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_encodings_and_separators_are_told(encoding: str, separator: str, tmp_path: Path) -> None:
    table = f"hindi{separator}english\nसंयुक्त कार्य समूह{separator}Joint Working Group\n"
    (tmp_path / "g.csv").write_bytes(table.encode(encoding))
    assert terms(read(tmp_path / "g.csv")) == [replace(GROUP, status="draft")]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "''=1", "'quoted"])
@pytest.mark.parametrize("suffix", ["csv", "tsv", "xlsx"])
def test_no_cell_is_a_formula_to_a_spreadsheet(start: str, suffix: str, tmp_path: Path) -> None:
    term = Term("शब्द", "word", note=start.strip())
    write_terms(tmp_path / f"g.{suffix}", [term])
    assert terms(read(tmp_path / f"g.{suffix}")) == [term]
    if suffix == "xlsx":
        cells = [cell for row in load_workbook(tmp_path / "g.xlsx").active.iter_rows() for cell in row]
        assert all(cell.data_type != "f" for cell in cells)
    else:
        table = (tmp_path / f"g.{suffix}").read_text(encoding="utf-8-sig")
        rows = csv.reader(table.splitlines(), delimiter="\t" if suffix == "tsv" else ",")
        assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for row in rows for cell in row)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("g.csv", b"", "the table is empty"),
        ("g.csv", b"name,note\n1,2\n", r"g\.csv, line 1: the columns must be hindi and english"),
        ("g.csv", 'hindi,english\n"भारत,India\n'.encode(), "quoted commas"),
        ("g.csv", b"hindi,english\n\xff\xfe\xfd,India\n", "not UTF-8, nor another encoding of Hindi"),
        ("g.csv", "hindi,english\nभारत,India\n".encode() + b"a,b\n" * 70000 + b"\xff", r"g\.csv: .* is not valid utf-8"),
        ("g.xlsx", b"PK\3\4 no zip", "not an Excel workbook"),
        ("g.tbx", b"<tbx><unclosed>", "not well-formed XML"),
        ("g.tbx", b"<html/>", "not TBX; its outermost element is html"),
        ("g.pdf", b"%PDF", r"a glossary is read from \.csv"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_the_remedy(name: str, content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(GlossaryError, match=message):
        read(tmp_path / name)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    for name in ("none.csv", "none.xlsx", "none.tbx"):
        with pytest.raises(GlossaryError, match=name):
            read(tmp_path / name)


def test_a_workbook_with_formulas_is_refused(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.active.append(["hindi", "english"])
    workbook.active.append(["भारत", '="In"&"dia"'])
    workbook.save(tmp_path / "g.xlsx")
    with pytest.raises(GlossaryError, match="row 2: a cell holds a formula"):
        read(tmp_path / "g.xlsx")


def test_entities_in_tbx_are_not_expanded(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("top secret", encoding="utf-8")
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 9 if n else "x" * 99}">' for n in range(12))
    language = "<langSet xml:lang='{}'><tig><term>{}</term></tig></langSet>"
    concept = f"<termEntry>{language.format('hi', 'भारत')}{language.format('en', '{}')}</termEntry>"
    for entity in ("&a11;", "&file;"):
        (tmp_path / "g.tbx").write_text(
            f'<!DOCTYPE martif [{entities}<!ENTITY file SYSTEM "{tmp_path / "secret"}">]>'
            f"<martif><text><body>{concept.format(entity)}</body></text></martif>",
            encoding="utf-8",
        )
        try:
            found = terms(read(tmp_path / "g.tbx"))
        except GlossaryError:
            continue
        assert all("secret" not in term.english and len(term.english) < 100 for term in found)


def test_what_cannot_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    write_terms(tmp_path / "g.csv", FULL)
    before = (tmp_path / "g.csv").read_bytes()

    def broken():  # type: ignore[no-untyped-def]
        yield FULL[0]
        raise OSError(28, "No space left on device")

    with pytest.raises(GlossaryError, match="No space left"):
        write_terms(tmp_path / "g.csv", broken())
    assert (tmp_path / "g.csv").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["g.csv"]
    for wrong in ("g.pdf", "g"):
        with pytest.raises(GlossaryError, match="a glossary is written as csv, tsv, xlsx, tbx, tbx2"):
            write_terms(tmp_path / wrong, FULL)


@pytest.mark.parametrize("kind", ["csv", "tbx"])
def test_a_large_file_is_read_a_term_at_a_time(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"g.{kind}"
    write_terms(path, (Term(f"शब्द {number}", f"word {number}", note="n" * 80) for number in range(8_000)))
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_entries(path)) == 8_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 700_000 < path.stat().st_size
