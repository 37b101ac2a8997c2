"""Hindi as IndicTrans2 reads it, and English set right; the detokenizer beside sacremoses' own."""

from __future__ import annotations

import pytest
from sacremoses import MosesDetokenizer, MosesTokenizer

from tests.conftest import ROOT
from translator.engines.indic_text import finish, prepare


@pytest.mark.parametrize(
    ("hindi", "prepared", "kept"),
    [
        ("बैठक हुई।", "बैठक हुई ।", ()),
        ("बैठक  हुई ?", "बैठक हुई ?", ()),
        ("नोट: बैठक", "नोटः बैठक", ()),
        ("बैठक हुई|", "बैठक हुई ।", ()),
        ("हिन्\u200dदी", "हिन्दी", ()),
        ("क\u093cलम और \u0958लम", "क\u093cलम और क\u093cलम", ()),
        ("ॲप", "एप", ()),
        ("“सब ठीक” – ‘हाँ’", "\" सब ठीक \" - ' हाँ '", ()),
        ("सब ठीक…", "सब ठीक .", ()),
        ("समूह(जेडब्ल्यूजी)ने", "समूह ( जेडब्ल्यूजी ) ने", ()),
        ("१,५०० लोग", "1,500 लोग", ()),
        ("5 % और 3.5", "5 % और 3.5", ()),
        ("दिनांक १२/०५/२०२४ को", "दिनांक < ID1 > को", ("12/05/2024",)),
        ("1,87,500 रुपये", "< ID1 > रुपये", ("1,87,500",)),
        ("4,096.7 किमी", "< ID1 > किमी", ("4,096.7",)),
        ("4,70,81,881 चित्र", "< ID1 > चित्र", ("4,70,81,881",)),
        ("10:30 से 11:45", "< ID1 > से < ID2 >", ("10:30", "11:45")),
        ("2023-24 में 2023-24 का", "< ID1 > में < ID1 > का", ("2023-24",)),
        ("100% और 5-10%", "< ID1 > और < ID2 >", ("100%", "5-10%")),
        ("info@mha.gov.in पर", "< ID1 > पर", ("info@mha.gov.in",)),
        ("https://mha.gov.in/a?b=1 देखें", "< ID1 > देखें", ("https://mha.gov.in/a?b=1",)),
        ("फ़ाइल Leave_2025.pdf।", "फ\u093cाइल < ID1 > ।", ("Leave_2025.pdf",)),
        ("@PMOIndia और #G20", "< ID1 > और < ID2 >", ("@PMOIndia", "#G20")),
        ("ए.पी.जे. अब्दुल", "ए . पी . जे . अब्दुल", ()),
        ("", "", ()),
    ],
)
def test_hindi_is_prepared(hindi: str, prepared: str, kept: tuple[str, ...]) -> None:
    done = prepare(hindi)
    assert (done.text.text, done.kept) == (prepared, kept)


def test_a_placeholder_comes_from_what_it_stands_for() -> None:
    hindi = "दिनांक (१२/०५/२०२४) को"
    done = prepare(hindi).text
    start = done.text.index("ID1")
    assert hindi[slice(*done.origin((start, start + 3)))] == "१२/०५/२०२४"


@pytest.mark.parametrize(
    ("said", "kept", "english"),
    [
        ("It was held on < ID1 > .", ("12.05.2024",), "It was held on 12.05.2024."),
        ("It was held on <ID1>.", ("12.05.2024",), "It was held on 12.05.2024."),
        ("It was held on [ id1 ] , and < ID 2 > .", ("12.05.2024", "3%"), "It was held on 12.05.2024, and 3%."),
        ("( < ID1 > )", ("12.05.2024",), "(12.05.2024)"),
        ("Its ID1 is < ID2 >", ("12.05.2024",), "Its ID1 is < ID2 >"),
        ("See < ID1 >", ("https://mha.gov.in/a?b=(1)",), "See https://mha.gov.in/a?b=(1)"),
        ("", (), ""),
    ],
)
def test_what_was_kept_comes_back(said: str, kept: tuple[str, ...], english: str) -> None:
    assert finish(said, kept).text == english


@pytest.mark.parametrize(
    "said",
    [
        'He said : " all is well " .',
        "The ministers ' meeting , it 's over ( for now ) !",
        "₹ 500 and $ 20 ; 5 % of [ all ]",
        "' Quoted ' and `` twice ``",
        "  blanks   everywhere  ",
        "don 't ' stop '",
    ],
)
def test_marks_are_joined_as_moses_does(said: str) -> None:
    assert finish(said, ()).text == MosesDetokenizer(lang="en").detokenize(said.split())


def test_marks_of_real_english_are_joined_as_moses_does() -> None:
    tokenizer, detokenizer = MosesTokenizer(lang="en"), MosesDetokenizer(lang="en")
    texts = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))]
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    assert len(lines) > 100
    for line in lines:
        tokens = tokenizer.tokenize(line, escape=False)
        assert finish(" ".join(tokens), ()).text == detokenizer.detokenize(tokens, unescape=False)
