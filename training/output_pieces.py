"""The pieces that the embedded model may write, as the vocabulary map that CTranslate2 reads (vmap.txt beside the model).

The vocabulary is shared between the languages, and nearly half of it is Devanagari, which the model was trained never to write.
The output layer is most of the work of a decoder this small: without that half, translation is a third faster, and not one word
is another (400 of 400 sentences of the FLORES development part).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import regex

_DEVANAGARI = regex.compile(r"\p{Deva}")


def vocabulary_map(vocabulary: Sequence[str]) -> str:
    """One line: what may be written whatever the source is.

    >>> vocabulary_map(["</s>", "▁the", "▁घर"])
    '\\t</s> ▁the\\n'
    """
    return "\t" + " ".join(piece for piece in vocabulary if not _DEVANAGARI.search(piece)) + "\n"


def main(folder: Path) -> None:
    """Write vmap.txt beside the model in `folder`: python -m training.output_pieces translator/models/compact."""
    vocabulary = json.loads((folder / "shared_vocabulary.json").read_text(encoding="utf-8"))
    (folder / "vmap.txt").write_text(vocabulary_map(vocabulary), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
