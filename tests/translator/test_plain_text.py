from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translator.errors import DocumentError
from translator.pipeline import Translator
from translator.plain_text import translated_markdown, translated_text


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("", ""),
        (" \n\t\r\n", " \n\t\r\n"),
        ("बैठक", "Meeting"),
        ("  बैठक  \r\n\r\n", "  Meeting  \r\n\r\n"),
        ("- बैठक\n\t*  बैठक\n(क) बैठक\n12) बैठक", "- Meeting\n\t*  Meeting\n(क) Meeting\n12) Meeting"),
        ("बैठक हुई।   बैठक हुई।", "The meeting was held.   The meeting was held."),
        ("बैठक हुई।बैठक हुई।", "The meeting was held. The meeting was held."),
        ("Ministry of  Finance\nबैठक", "Ministry of  Finance\nMeeting"),
        ("बैठक\u2028बैठक\x0bबैठक\x85", "Meeting\u2028Meeting\x0bMeeting\x85"),
    ],
)
def test_only_the_words_of_a_line_change(text: str, english: str, translator: Translator) -> None:
    assert translated_text(text, translator)[0] == english


_PARTS = ["बैठक ", "यह है।", "- ", "2. ", " ", "\t", "\n", "\r\n", "\x1d", "(क) ", "A.", "।", "#", "१"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(_PARTS), max_size=12).map("".join))
def test_lines_go_in_and_the_same_lines_come_out(translator: Translator, text: str) -> None:
    english, segments = translated_text(text, translator)
    lines, written = text.splitlines(keepends=True), english.splitlines(keepends=True)
    assert len(lines) == len(written)
    for before, after in zip(lines, written, strict=True):
        assert before[len(before.rstrip()) :] == after[len(after.rstrip()) :]
        assert before[: len(before) - len(before.lstrip())] == after[: len(after) - len(after.lstrip())]
    assert len(segments) >= sum(bool(line.strip()) for line in lines)


def test_what_is_no_text_is_refused(translator: Translator) -> None:
    for translated in (translated_text, translated_markdown):
        with pytest.raises(DocumentError, match="NUL"):
            translated("बैठक\0", translator)


MARKDOWN = [
    ("## बैठक ##\n", "## Meeting ##\n"),
    ("बैठक\n====\n", "Meeting\n====\n"),
    ("- बैठक\n  1. बैठक\n- बैठक\n", "- Meeting\n  1. Meeting\n- Meeting\n"),
    ("> बैठक\n", "> Meeting\n"),
    ("**बैठक**", "Meeting"),
    ("बैठक हुई।\nबैठक हुई।\n\nबैठक", "The meeting was held. The meeting was held.\n\nMeeting"),
    ("बैठक  \nबैठक\n", "Meeting\\\nMeeting\n"),
    ("[बैठक](https://example.org)", "Meeting (https://example.org)"),
    ("| बैठक | ५ |\n|---|---|\n| a \\| b | बैठक |\n", "| Meeting | 5 |\n|---|---|\n| a \\| b | Meeting |\n"),
    ("```\nबैठक\n```\n\nबैठक\n", "```\nबैठक\n```\n\nMeeting\n"),
    ("    बैठक\n\nबैठक\n", "    बैठक\n\nMeeting\n"),
    ("<div>बैठक</div>\n\nबैठक\n", "<div>बैठक</div>\n\nMeeting\n"),
    ("&nbsp;\n\nबैठक\r\n", "&nbsp;\n\nMeeting\n"),
    ("[a]: https://example.org\n\nबैठक", "[a]: https://example.org\n\nMeeting"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "english"), MARKDOWN, ids=[text for text, _ in MARKDOWN])
def test_blocks_of_markdown_stay_where_they_are(text: str, english: str, translator: Translator) -> None:
    assert translated_markdown(text, translator)[0] == english


_BLOCKS = ["बैठक", " ", "\n", "\n\n", "- ", "> ", "1. ", "# ", "| ", "|\n|---|---|\n", "```\n", "    ", "\t"]
_PIECES = [*_BLOCKS, "\\|", "`", "*", "[", "](a)", "<b>", "&nbsp;", "!"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=14).map("".join))
def test_any_markdown_can_be_written_again(translator: Translator, text: str) -> None:
    english, segments = translated_markdown(text, translator)
    assert bool(english.strip()) >= any(segment.target.strip() for segment in segments)
