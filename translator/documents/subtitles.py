"""Subtitles, SubRip (.srt) and WebVTT (.vtt, W3C). A cue is a block; its number and times are its marker.

So a brief as plain text is a file of subtitles again. What a player does with colours and places is not known here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from translator.errors import DocumentError
from translator.values import Block, Document

_TIME = r"(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}\b.*")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]*>|<[\d:.]+>|\{\\[^{}\n]*\}")
_SPEAKER = re.compile(r"(?P<marker>[-–—]\s*)(?P<text>\S.*)", re.DOTALL)
_WEBVTT = "WEBVTT"
_NO_CUES = ("NOTE", "STYLE", "REGION")


def read_srt(text: str, name: str) -> Document:
    """The cues of a SubRip file. Raises DocumentError if there is none."""
    return Document(name, tuple(_blocks(text, name, ())))


def read_vtt(text: str, name: str) -> Document:
    """The cues of a WebVTT file; its header, notes and styles are verbatim. Raises DocumentError if it is none."""
    if not text.lstrip("\ufeff").startswith(_WEBVTT):
        raise DocumentError(f"{name}: does not begin with {_WEBVTT}, as a file of this type does. Save it again, or as .srt.")
    return Document(name, tuple(_blocks(text, name, (_WEBVTT, *_NO_CUES))))


def _blocks(text: str, name: str, verbatim: tuple[str, ...]) -> Iterator[Block]:
    """What blank lines divide. The lines before the text of a block, and the blank one before those, are its marker."""
    cues = 0
    before = ""
    for lines in _divided(text.lstrip("\ufeff")):
        at = next((number for number, line in enumerate(lines[:2]) if _TIMES.fullmatch(line)), None)
        cues += at is not None
        if at is None and lines[0].startswith(verbatim or "\0"):
            yield Block("verbatim", "\n".join(lines), marker=before)
            before = "\n"
            continue
        marker = before + "".join(f"{line}\n" for line in lines[: 0 if at is None else at + 1])
        written = list(_passages(lines[0 if at is None else at + 1 :]))
        for number, (dash, passage) in enumerate(written):
            yield Block("paragraph", passage, marker=dash if number else marker + dash)
        before = "\n" if written else f"{marker}\n"
    if text.strip() and not cues:
        raise DocumentError(f"{name}: has no times of subtitles (00:00:01,000 --> 00:00:04,000). Give it its right name.")


def _divided(text: str) -> Iterator[list[str]]:
    lines: list[str] = []
    for line in (*text.splitlines(), ""):
        if line.strip():
            lines.append(line)
        elif lines:
            yield lines
            lines = []


def _passages(lines: list[str]) -> Iterator[tuple[str, str]]:
    """The lines of a cue as one, but those of two speakers apart: the dash before each, and what is said."""
    passages: list[tuple[str, str]] = []
    for line in lines:
        shown = html.unescape(_TAG.sub("", line)).strip()
        speaker = _SPEAKER.fullmatch(shown)
        if speaker:
            passages.append((speaker["marker"], speaker["text"]))
        elif passages and shown:
            dash, said = passages[-1]
            passages[-1] = dash, f"{said} {shown}"
        elif shown:
            passages.append(("", shown))
    yield from passages
