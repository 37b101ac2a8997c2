"""Hindi as the IndicTrans2 models were trained to read it, and English as they were trained to write it, set right for people.

Done anew from what AI4Bharat publish of their processor (the paper, arXiv 2305.16307, section 5.1; the repositories IndicTrans2
and IndicTransToolkit), the Indic NLP Library's normaliser for Devanagari, and Moses' detokenizer for English. The order is
theirs: marks, digits, placeholders, letters, tokens. Of the script unification nothing is left to do: Hindi is written in the
script that the others are brought to. Two things differ: a figure with commas is kept whole (theirs keeps 096.7 of 4,096.7), and
dotted acronyms in Hindi letters are left to the model (theirs copies यू.पी.एस into the English). What people read is never put
through `prepare`.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import regex

from translator.engines.base import Span
from translator.engines.traced import Replacement, Traced, rewrite, traced

_Rule = tuple[regex.Pattern[str], Replacement]
_MARKS: list[_Rule] = [
    (regex.compile(r"\s+"), " "),
    (regex.compile(r"[`´‘‚’]"), "'"),
    (regex.compile(r"''|« ?|„|“|”| ?»"), '"'),
    (regex.compile(r"–"), "-"),
    (regex.compile(r"—"), " - "),
    (regex.compile(r"…|\.{2,}"), "."),
    (regex.compile(r" *\( *"), " ("),
    (regex.compile(r" *\) *"), ") "),
    (regex.compile(r" +(?=[:;?!%])"), ""),
    (regex.compile(r"(?<=\)) (?=[.!:?;,])"), ""),
    (regex.compile(r'"([,.]+)'), r'\1"'),
    (regex.compile(r" {2,}"), " "),
]
_DIGIT = regex.compile(r"(?![0-9])\p{Nd}")
# What is copied and not translated: e-mail addresses, web addresses, figures with marks in them, handles and hash tags.
_KEPT = regex.compile(
    r"""(?P<email>[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)
    |(?P<web>(?:(?:https?|ftp)://|www\.)[^\s<>"']*[^\s<>"'.,;:!?)\]]|(?<![\w.])(?:[A-Za-z0-9_-]+\.)+[A-Za-z]{2,}(?:/[^\s<>"']*[\w/])?)
    |(?P<figure>~?\d+(?:\.\d*)?[ ]?%?[ ]?-?[ ]?~?\d+(?:\.\d*)?[ ]?%|~?\d+%
        |\d+(?:[-/.,:']\d+)(?:[-/.,:'+]\d+)+|\d+[-/.:'+]\d+(?:\.\d+)?)
    |(?P<handle>[A-Za-z0-9]*[\#@]\w+)""",
    regex.VERBOSE,
)
_SHORTEST = 4  # characters from which a web address or a figure is kept, dots and blanks not counted
_LETTERS: list[_Rule] = [
    (regex.compile(r"[\ufeff\ufffe\u2060\u00ad\u200c\u200d]"), ""),
    (regex.compile(r"[\u200b\u00a0]"), " "),
    (regex.compile(r"ॲ"), "ए"),
    (regex.compile(r"[\u0929\u0931\u0934\u0958-\u095f]"), lambda match: unicodedata.normalize("NFD", match[0])),
    (regex.compile(r"\|"), "।"),
    (regex.compile(r"(?<=[\u0900-\u097f]):"), "ः"),
]
_TOKENS: list[_Rule] = [
    (regex.compile(r"""[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~।॥]"""), r" \g<0> "),
    (regex.compile(r"\s+"), " "),
    (regex.compile(r"(?:[0-9]+ [,.:/] )+[0-9]+"), lambda match: match[0].replace(" ", "")),
    (regex.compile(r" ् "), "्"),
    (regex.compile(r"\A | \Z"), ""),
]

_PLACEHOLDER = regex.compile(r"[<\[] ?ID ?(?P<number>\d+) ?[>\]]?|\bID ?(?P<number>\d+) ?[>\]]", regex.IGNORECASE)
_STAND_IN = 0xF0000  # private use: stands for what was kept while the marks around it are joined
_LEFT = regex.compile(r"[,.?!:;\\%}\])]+")
_RIGHT = regex.compile(r"[\p{Sc}(\[{¿¡]+")
_CONTRACTED = regex.compile(r"'\p{L}.*")
_QUOTES = regex.compile(r"""['"`„“]+""")
_TOKEN = regex.compile(r"\S+")
_BLANK = regex.compile(r"\s+")


@dataclass(frozen=True)
class Prepared:
    """A Hindi text for the model; `kept[i]` stands for the placeholder <ID i+1>."""

    text: Traced
    kept: tuple[str, ...]


def prepare(text: str) -> Prepared:
    """`text` as the model reads it, before SentencePiece.

    >>> prepare("बैठक (१२.०५.२०२४) हुई: ठीक|").text.text
    'बैठक ( < ID1 > ) हुईः ठीक ।'
    """
    current = traced(text)
    for pattern, replacement in _MARKS:
        current = rewrite(current, pattern, replacement)
    current = rewrite(current, _DIGIT, lambda match: str(unicodedata.digit(match[0])))
    kept: list[str] = []

    def placeholder(match: regex.Match[str]) -> str:
        if _short(match):
            return match[0]
        if match[0] not in kept:
            kept.append(match[0])
        return f"<ID{kept.index(match[0]) + 1}>"

    current = rewrite(current, _KEPT, placeholder)
    for pattern, replacement in (*_LETTERS, *_TOKENS):
        current = rewrite(current, pattern, replacement)
    return Prepared(current, tuple(kept))


def finish(english: str, kept: tuple[str, ...]) -> Traced:
    """What the model has said, with the marks joined to their words as Moses does it, and what was kept in its places.

    >>> finish("The meeting ( on < ID1 > ) was \\" good \\" .", ("12.05.2024",)).text
    'The meeting (on 12.05.2024) was "good".'
    """
    current = rewrite(traced(english), _PLACEHOLDER, lambda match: _stand_in(match, len(kept)))
    glued = _glued(current.text)
    current = rewrite(current, _BLANK, lambda match: "" if match.span() in glued else " ")
    stand_ins = regex.compile(f"[{chr(_STAND_IN)}-{chr(_STAND_IN + len(kept))}]")
    return rewrite(current, stand_ins, lambda match: kept[ord(match[0]) - _STAND_IN])


def _short(match: regex.Match[str]) -> bool:
    """Whether a web address or a figure is so short that the models translate it well themselves: 3.5, i.e."""
    marks = "." if match["web"] else " .:" if match["figure"] else None
    return marks is not None and len([char for char in match[0] if char not in marks]) < _SHORTEST


def _stand_in(match: regex.Match[str], count: int) -> str:
    number = int(match["number"])
    return chr(_STAND_IN + number - 1) if 1 <= number <= count else match[0]


def _glued(english: str) -> set[Span]:
    """The blanks that the detokenizer takes out: before a closing mark, after an opening one, inside a pair of quotes."""
    glued: set[Span] = set()
    opened: set[str] = set()
    tokens = list(_TOKEN.finditer(english))
    if tokens:
        glued |= {(0, tokens[0].start()), (tokens[-1].end(), len(english))}
    joined = True
    for at, token in enumerate(tokens):
        word = token[0]
        before, joined = joined, False
        if _RIGHT.fullmatch(word):
            joined = True
        elif _LEFT.fullmatch(word) or (at and _CONTRACTED.fullmatch(word)):
            before = True
        elif _QUOTES.fullmatch(word):
            if word in opened:
                before = True
                opened.remove(word)
            elif word == "'" and at and tokens[at - 1][0].endswith("s"):
                before = True  # the ministers ' meeting
            else:
                joined = True
                opened.add(word)
        if before and at:
            glued.add((tokens[at - 1].end(), token.start()))
    return glued
