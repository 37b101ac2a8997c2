"""Where a Hindi sentence ends (DESIGN.md, rule 5). Splitting loses nothing: the pieces joined are the text, byte for byte."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from hindi.fold import fold
from hindi.letters import LETTER_NAMES


@dataclass(frozen=True)
class Sentence:
    """One sentence with the blanks that follow it: `text == block[start:end]`."""

    text: str
    start: int
    end: int


# A full stop after one of these does not end a sentence. Folded spelling; add to it freely.
ABBREVIATIONS = frozenset(
    fold(word)
    for word in (
        "रु रू डॉ श्री श्रीमती सुश्री कु प्रो पं मो मौ चौ स्व सं सर्व मा न्या एड इंजी ले कै ब्रि लेफ्टि मे नं "
        "क्र पृ अनु उप धा जि तह ता दि वि ई.पू ई कि.मी किमी मी से.मी सेमी ग्रा किग्रा लि प्रा कं उदा यथा अर्था Dr "
        "Mr Mrs Ms Prof St No Nos Rs Re vs viz cf eg ie etc Lt Col Gen Maj Brig Capt Sgt Adm Cmde Hon Sh Smt Inc "
        "Ltd Pvt Co Corp Jr Sr Art Sec Ch Fig Vol pp Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec"
    ).split()
)
_LETTERS = frozenset(map(fold, LETTER_NAMES))

_LINE = r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]"
_CLOSING = r"(?:[\"'”’»›)\]}]|\s[”’»](?=\s|\Z))*"
_END = regex.compile(
    rf"""(?P<danda> [।॥][।॥?!.|]*{_CLOSING} )
       | (?P<pipe>  (?<=\p{{Deva}}[ ]?)\|{_CLOSING} (?=\s|\Z) )
       | (?P<mark>  [?!][।॥?!.]*{_CLOSING} (?=\s|\Z|\p{{Deva}}) )
       | (?P<stop>  (?<!\.)\.(?!\.){_CLOSING} (?=\s|\Z) )
       | (?P<line>  (?:{_LINE}) )""",
    regex.VERBOSE,
)
_BLANKS = regex.compile(r"\s*")
_WORD_BEFORE = regex.compile(r"[\p{L}\p{M}\p{N}.]*\Z")
_LIST_NUMBER = regex.compile(r"\s*[(\[]?\p{N}{1,3}\Z")
_LOOK_BACK = 40  # longer than any abbreviation


def split(text: str) -> tuple[Sentence, ...]:
    """Split a block of text into sentences that join to it again.

    >>> [s.text for s in split("रु. 1,87,500 करोड़ दिए गए। बैठक 2024। डॉ. एस. जयशंकर आए.")]
    ['रु. 1,87,500 करोड़ दिए गए। ', 'बैठक 2024। ', 'डॉ. एस. जयशंकर आए.']
    """
    sentences: list[Sentence] = []
    start = 0
    for match in _END.finditer(text):
        if match.start() < start or not _ends_sentence(text, start, match):
            continue
        blanks = _BLANKS.match(text, match.end())
        end = blanks.end() if blanks else match.end()
        sentences.append(Sentence(text[start:end], start, end))
        start = end
    if start < len(text):
        sentences.append(Sentence(text[start:], start, len(text)))
    return tuple(sentences)


def _ends_sentence(text: str, start: int, match: regex.Match[str]) -> bool:
    if match["line"]:
        return bool(text[start : match.start()].strip())
    if match["pipe"]:
        return not text[start : match.start()].lstrip().startswith("|")  # else a row of a table
    if match["stop"]:
        return _is_full_stop(text, start, match.start())
    return True


def _is_full_stop(text: str, start: int, at: int) -> bool:
    """Whether the dot at `at` ends the sentence that begins at `start`, and not an abbreviation, an initial or a list number."""
    before = text[max(start, at - _LOOK_BACK) : at]
    if at - start <= 6 and _LIST_NUMBER.fullmatch(before):
        return False
    found = _WORD_BEFORE.search(before)
    word = fold(found.group()) if found else ""
    if word in ABBREVIATIONS or word.lower() in ABBREVIATIONS:
        return False
    last = word.rpartition(".")[2]
    return not (last in _LETTERS or _is_one_letter(last))


def _is_one_letter(word: str) -> bool:
    """An initial or list letter: U.S., क."""
    return bool(regex.fullmatch(r"\p{L}\p{M}?", word))
