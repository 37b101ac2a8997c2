"""Terms suggested from a folder of notes: found by glossary.extraction, put into English by the model, added as drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from glossary.extraction import Candidate, candidates, choose
from glossary.model import Change, Term
from glossary.validation import key_of, keys_of, validated
from translator.batch.notes import Note, notes_in
from translator.documents.reading import read_content
from translator.errors import DocumentError, GlossaryError
from translator.pipeline import Translator, sentences_of
from translator.values import Segment

_WHY = {"acronym": "beside an acronym", "repeated": "a repeated phrase", "name": "after an office or an honorific"}


@dataclass(frozen=True)
class Suggestion:
    """A draft, and the candidate that it comes from."""

    term: Term
    candidate: Candidate


def suggest(folder: Path, terms: Iterable[Term], translator: Translator, at_least: int, most: int) -> list[Suggestion]:
    """At most `most` suggestions from the notes below `folder`, the best first, of which none is among `terms` already.

    Raises DocumentError, naming the note, if one cannot be read.
    """
    terms = tuple(terms)
    known = frozenset(key for term in terms for key in keys_of(term))
    notes, _ = notes_in(folder, folder / ".none")
    if not notes:
        raise DocumentError(f"{folder}: no notes there.")
    texts = [(note.name, _sentences(note, folder / note.file)) for note in notes]
    found = candidates(texts, known, at_least)[:most]
    readings = list(dict.fromkeys(reading for candidate in found for reading in candidate.readings))
    proper = _proper(terms)
    english = {segment.source: _as_term(segment, proper) for segment in translator.segments(readings)}
    suggested: dict[str, Suggestion] = {}
    for candidate in found:
        draft = _draft(candidate, english)
        if draft and key_of(draft.hindi) not in known:
            suggested.setdefault(key_of(draft.hindi), Suggestion(draft, candidate))
    return list(suggested.values())


def as_changes(suggestions: Sequence[Suggestion]) -> Callable[[Callable[[], tuple[Term, ...]]], list[Change]]:
    """The suggestions as drafts with their evidence, for Store.apply; what has come into the store meanwhile is left out."""

    def decide(terms: Callable[[], tuple[Term, ...]]) -> list[Change]:
        known = {key for term in terms() for key in keys_of(term)}
        return [
            Change(None, suggestion.term, "suggested", suggestion.candidate.contexts)
            for suggestion in suggestions
            if key_of(suggestion.term.hindi) not in known
        ]

    return decide


def _sentences(note: Note, file: Path) -> list[str]:
    try:
        content = note.taken_from(file, str(file))
    except OSError as error:
        raise DocumentError(f"{file}: {error.strerror}. Check your right to read it.") from error
    return [sentence for block in read_content(content, str(file / note.inner)).blocks for sentence in sentences_of(block)]


def _draft(candidate: Candidate, english: dict[str, str]) -> Term | None:
    """The draft of a candidate; None if the model has no usable English for it."""
    hindi, proposed = choose(candidate, english)
    times = "once" if candidate.count == 1 else f"{candidate.count} times"
    notes = "1 note" if candidate.documents == 1 else f"{candidate.documents} notes"
    try:
        return validated(
            Term(
                hindi,
                proposed,
                acronym=candidate.acronym,
                acronym_hindi=candidate.acronym_hindi,
                kind="name" if candidate.reason == "name" else "term",
                status="draft",
                note=f"Suggested: {_WHY[candidate.reason]}, seen {times} in {notes}.",
                example=candidate.contexts[0][1],
                source=candidate.contexts[0][0],
            )
        )
    except GlossaryError:
        return None


def _as_term(segment: Segment, proper: frozenset[str]) -> str:
    """The English of a phrase as a glossary has it: no final mark, no capital that only the beginning of a sentence gives."""
    english = segment.target.rstrip(" .")
    first, _, rest = english.partition(" ")
    capital = first in proper or not first[1:].islower() or rest != rest.lower()
    if capital or any(place.start == 0 for place in segment.placements):
        return english
    return first.lower() + english[len(first) :]


def _proper(terms: Iterable[Term]) -> frozenset[str]:
    """The words that stand in agreed terms with a capital only: Indian, but not Joint."""
    words = {word for term in terms for word in term.english.split()}
    return frozenset(word for word in words if word[:1].isupper() and word.lower() not in words)
