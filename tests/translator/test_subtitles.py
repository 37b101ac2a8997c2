from __future__ import annotations

import pytest

from translator.documents.reading import read_content
from translator.documents.subtitles import read_srt, read_vtt
from translator.errors import DocumentError
from translator.values import Block

FIRST, SECOND = "00:00:01,000 --> 00:00:04,000", "00:00:05,000 --> 00:00:06,500"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"1\n{FIRST}\nदोनों पक्षों ने\nबैठक की।\n", [(f"1\n{FIRST}\n", "दोनों पक्षों ने बैठक की।")]),
        (f"\ufeff1\r\n{FIRST}\r\nबैठक।\r\n", [(f"1\n{FIRST}\n", "बैठक।")]),
        (f"1\n{FIRST}\n<i>बैठक</i> {{\\an8}}<font color='#fff'>हुई</font>।", [(f"1\n{FIRST}\n", "बैठक हुई।")]),
        (f"1\n{FIRST}\n- हाँ।\n- नहीं,\nधन्यवाद।", [(f"1\n{FIRST}\n- ", "हाँ।"), ("- ", "नहीं, धन्यवाद।")]),
        (f"1\n{FIRST}\n\n2\n{SECOND}\nअंत।", [(f"1\n{FIRST}\n\n2\n{SECOND}\n", "अंत।")]),  # a cue without text
        (f"1\n{FIRST}\nएक\n\nऔर\n\n2\n{SECOND}\nदो", [(f"1\n{FIRST}\n", "एक"), ("\n", "और"), (f"\n2\n{SECOND}\n", "दो")]),
        (f"{FIRST} X1:40 X2:600\n5 < 6 की बैठक", [(f"{FIRST} X1:40 X2:600\n", "5 < 6 की बैठक")]),
        ("", []),
    ],
)
def test_a_cue_is_a_block_with_its_number_and_times(text: str, expected: list[tuple[str, str]]) -> None:
    assert read_srt(text, "a.srt").blocks == tuple(Block("paragraph", said, marker=marker) for marker, said in expected)


def test_markers_and_texts_are_subtitles_again() -> None:
    text = f"1\n{FIRST}\nपहला।\n\n2\n{SECOND}\n- हाँ।\n- नहीं।"
    assert "\n".join(block.marker + block.text for block in read_srt(text, "a.srt").blocks) == text


def test_a_webvtt_file_keeps_its_header_notes_and_styles() -> None:
    cue = "intro\n00:01.000 --> 00:04.000 align:start"
    text = (
        f"WEBVTT - बैठक\n\nSTYLE\n::cue {{ color: red }}\n\nNOTE जाँचा गया\n\n{cue}\n<v राम>भारत &amp; कजाकिस्तान <00:02.000>साथ\n"
    )
    assert read_vtt(text, "a.vtt").blocks == (
        Block("verbatim", "WEBVTT - बैठक"),
        Block("verbatim", "STYLE\n::cue { color: red }", marker="\n"),
        Block("verbatim", "NOTE जाँचा गया", marker="\n"),
        Block("paragraph", "भारत & कजाकिस्तान साथ", marker=f"\n{cue}\n"),
    )


@pytest.mark.parametrize(
    ("content", "name", "message"),
    [
        ("बैठक हुई।", "note.srt", r"note\.srt: has no times of subtitles .* Give it its right name"),
        (f"1\n{FIRST}\nबैठक", "note.vtt", r"note\.vtt: does not begin with WEBVTT"),
    ],
)
def test_what_is_no_subtitles_is_refused(content: str, name: str, message: str) -> None:
    with pytest.raises(DocumentError, match=message):
        read_content(content.encode(), name)
