"""What is never trained on: one note in six of those written for this project, and the sentences of the evaluation sets.

The rule for notes: SHA-256 of the note's Hindi, letters and digits alone (`training.cleaning.key` of each sentence, one a line);
where its first eight bytes, as a number, can be divided by six, the note is held out. So a note stays where it is whatever is
written before or after it, and however its English is improved. Those of training/data make the evaluation set `register`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from training import corpus
from training.cleaning import key
from training.corpus import Note, Pair

ONE_IN = 6
_FEWEST_WORDS = 4  # shorter sentences, such as "बैठक हुई।", stand in any text


def is_held_out(note: Note) -> bool:
    """Whether the note belongs to the test set."""
    hindi = "\n".join(key(pair.hindi) for pair in note.pairs)
    return int.from_bytes(hashlib.sha256(hindi.encode()).digest()[:8], "big") % ONE_IN == 0


def register(folder: Path) -> list[Pair]:
    """The held-out pairs of the notes in a folder: how well the model does what the product is for."""
    return [pair for note in _notes(folder) if is_held_out(note) for pair in note.pairs]


def for_training(folder: Path) -> list[Pair]:
    """The pairs of the notes in a folder that may be trained on."""
    return [pair for note in _notes(folder) if not is_held_out(note) for pair in note.pairs]


def write_register(folder: Path, path: Path) -> int:
    """Write the evaluation set `register`, hindi<TAB>english in each line, and say how many pairs it has."""
    pairs = register(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{pair.hindi}\t{pair.english}\n" for pair in pairs), encoding="utf-8")
    return len(pairs)


class HeldOut:
    """The sentences that no training pair may have on either side."""

    def __init__(self, pairs: Iterable[Pair]) -> None:
        self._keys = {key(text) for pair in pairs for text in (pair.hindi, pair.english) if len(text.split()) >= _FEWEST_WORDS}

    def __len__(self) -> int:
        return len(self._keys)

    def holds(self, *keys: str) -> bool:
        """Whether one of the sentences with these keys is held out."""
        return not self._keys.isdisjoint(keys)


def evaluation_pairs(files: Iterable[Path]) -> list[Pair]:
    """The pairs of evaluation sets, `hindi<TAB>english` in each line."""
    return [pair for file in files for pair in corpus.read(file)]


def _notes(folder: Path) -> list[Note]:
    return [note for file in sorted(folder.glob("*.tsv")) for note in corpus.read_notes(file)]
