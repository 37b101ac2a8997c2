"""Whether a text is Hindi or English, told by its letters. It knows no other language: to it Marathi is Hindi, French English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import regex

Language = Literal["hi", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
NAMES: dict[Language, str] = {"hi": "Hindi", "en": "English"}

_WORD = regex.compile(
    r"(?P<hi>[\p{Deva}--[\p{N}\p{P}]][\p{Deva}\u200c\u200d]*)|(?P<en>\p{Latin}[\p{Latin}\p{M}'’]*)", regex.VERSION1
)
_NOT_TEXT = regex.compile(r"(?:https?://|www\.)\S+|\S+@\S+")


@dataclass(frozen=True)
class Detection:
    """A language and how sure it is: the share of the words that are in it, in percent."""

    language: Language
    confidence: float


def detections(text: str) -> tuple[Detection, ...]:
    """The languages of a text, the surest first; addresses do not count. A text without any word is English, with no confidence.

    >>> detections("बैठक NITI Aayog में हुई।")
    (Detection(language='hi', confidence=60.0), Detection(language='en', confidence=40.0))
    """
    words = [match.lastgroup for match in _WORD.finditer(_NOT_TEXT.sub(" ", text))]
    shares = [Detection(language, round(100 * words.count(language) / max(len(words), 1), 1)) for language in LANGUAGES]
    found = tuple(sorted((each for each in shares if each.confidence), key=lambda each: each.confidence, reverse=True))
    return found or (Detection("en", 0.0),)


def source_language(text: str) -> Detection:
    """What to translate a text from: Hindi if any line is mainly Hindi, however much English stands around it."""
    first = detections(text)
    if any(detections(line)[0].language == "hi" for line in text.splitlines()):
        return next(each for each in first if each.language == "hi")
    return first[0]
