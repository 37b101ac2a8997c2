"""Phrases that may be switched: a stretch of Hindi that one stretch of English translates, and nothing else in the sentence.

In training, some of them stand in the source in English already, so that the model learns to copy what it is told (Dinu et al.
2019). The rule for a phrase pair is that of phrase-based translation (Koehn, Och and Marcu 2003): no link leads out of it, and
one at least within it is found in both directions.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from training.alignment import Alignment, Word, words
from training.corpus import Span

MOST_SPANS = 8
_LONGEST = 4  # words on the Hindi side
_WIDEST = 4  # words between the first and the last on the English side
_OFTEN = 5
_FEWEST, _FEWEST_OF_NAMES = 3, 2  # times that a phrase pair must occur

_HINDI_GRAMMAR = frozenset(
    "का की के को में से पर ने है हैं था थी थे और या कि यह वह ये वे इस उस इन उन एक जो तो ही भी नहीं न हो गया गई गए कर करने किया की "
    "करना रहा रही रहे लिए तक साथ द्वारा तथा एवं अपने अपनी अपना हुए हुई हुआ होने जा जाने कोई कुछ सभी जब तब".split()
)
_ENGLISH_GRAMMAR = frozenset(
    "the a an of in on to for and or by with from at as is are was were be been has have had that this it its their his her "
    "they he she which who will would not also than into after before under over no all any one".split()
)
_BREAK = re.compile(r'[.,;:!?()"]')

Counts = Counter[tuple[str, str]]


def phrases(hindi: str, english: str, alignment: Alignment) -> list[Span]:
    """The phrase pairs of a sentence that begin and end with words of meaning on both sides."""
    hindi_words, english_words = words(hindi), words(english)
    to_english, to_hindi = _partners(alignment)
    agreed = alignment.agreed
    found: list[Span] = []
    for first, beginning in enumerate(hindi_words):
        if not _has_meaning(beginning):
            continue
        reached: set[int] = set()
        for last in range(first, min(first + _LONGEST, len(hindi_words))):
            if not (_is_devanagari(hindi_words[last]) or hindi_words[last].text == "-"):
                break
            reached |= to_english[last]
            if not reached or not _has_meaning(hindi_words[last]):
                continue
            low, high = min(reached), max(reached)
            if high - low > _WIDEST:
                break
            closed = all(first <= back <= last for place in range(low, high + 1) for back in to_hindi[place])
            sure = any(first <= one <= last and low <= other <= high for one, other in agreed)
            if closed and sure and _is_a_term(english, english_words[low], english_words[high]):
                found.append((beginning.start, hindi_words[last].end, english_words[low].start, english_words[high].end))
    return found


def coverage(hindi: str, english: str, alignment: Alignment) -> float:
    """Which part of the shorter side's words both directions link: little where the two do not say the same."""
    return len(alignment.agreed) / max(1, min(len(words(hindi)), len(words(english))))


def counted(sentences: Iterable[tuple[str, str, Sequence[Span]]]) -> Counts:
    """How often each phrase pair occurs in (Hindi, English, spans)."""
    return Counter(_phrase(hindi, english, span) for hindi, english, spans in sentences for span in spans)


def switchable(hindi: str, english: str, spans: Iterable[Span], counts: Counts) -> tuple[Span, ...]:
    """Those that occur often enough to be trusted, the best first: names, then what has more words than one or is frequent."""
    ranked = []
    for span in spans:
        count = counts[_phrase(hindi, english, span)]
        is_name = english[span[2]].isupper() and span[2] > 0
        has_words = " " in hindi[span[0] : span[1]] or " " in english[span[2] : span[3]]
        if count >= (_FEWEST_OF_NAMES if is_name else _FEWEST):
            ranked.append((has_words + 2 * is_name + (count >= _OFTEN), span))
    return tuple(span for _, span in sorted(ranked, reverse=True)[:MOST_SPANS])


def _partners(alignment: Alignment) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    to_english: dict[int, set[int]] = defaultdict(set)
    to_hindi: dict[int, set[int]] = defaultdict(set)
    for hindi, english in alignment.forward | alignment.reverse:
        to_english[hindi].add(english)
        to_hindi[english].add(hindi)
    return to_english, to_hindi


def _phrase(hindi: str, english: str, span: Span) -> tuple[str, str]:
    return hindi[span[0] : span[1]], english[span[2] : span[3]].lower()


def _is_devanagari(word: Word) -> bool:
    return "\u0900" <= word.text[0] <= "\u097f"


def _has_meaning(word: Word) -> bool:
    return _is_devanagari(word) and word.text not in _HINDI_GRAMMAR


def _is_a_term(english: str, first: Word, last: Word) -> bool:
    if any(word.text.lower() in _ENGLISH_GRAMMAR or not word.text[0].isalpha() for word in (first, last)):
        return False
    return not _BREAK.search(english[first.start : last.end])
