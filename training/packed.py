"""Sentence pairs as arrays of piece ids, with the links between their pieces: the form in which the training reads them.

Knows the files `packed.npz` and `packed.txt`; refuses to know where the pairs come from.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from training.corpus import Span
from translator.errors import DwibhashiError

Spans = tuple[Span, ...]

_NEWLINE = 10


class PackedError(DwibhashiError):
    """A folder that holds no packed pairs, or pairs that cannot be packed; the message says what to do."""


@dataclass(frozen=True)
class PackedPair:
    """One pair on its way into the arrays: piece ids ended by 0, links as target_index * 256 + source_index, and its terms."""

    weight: float
    source: Sequence[int]
    target: Sequence[int]
    links: Sequence[int] = ()
    hindi: str = ""
    english: str = ""
    spans: Spans = ()


class Packed:
    """All pairs of a corpus. The text of pairs with switchable terms stays on disk until it is asked for.

    `weights` (float32, n): how often a pair is drawn, relative to the others; `lengths` (int64, n): pieces of its longer side.
    """

    def __init__(self, arrays: dict[str, npt.NDArray[Any]], text: npt.NDArray[np.uint8]) -> None:
        self._arrays = arrays
        self._text = text
        self._lines = np.concatenate([[0], np.flatnonzero(text == _NEWLINE) + 1])
        self._source, self._target, self._links = arrays["x"], arrays["y"], arrays["l"]
        self._source_at, self._target_at, self._links_at = arrays["xo"], arrays["yo"], arrays["lo"]
        self.weights: npt.NDArray[np.float32] = arrays["w"]
        self.lengths: npt.NDArray[np.int64] = np.maximum(np.diff(self._source_at), np.diff(self._target_at))
        if len(self._lines) != len(self) + 1:
            raise PackedError(
                f"packed.npz has {len(self)} pairs, packed.txt {len(self._lines) - 1} lines: pack the corpus again."
            )

    @classmethod
    def of(cls, pairs: Iterable[PackedPair]) -> Packed:
        """Pack pairs, in their order. Raises PackedError if there are none."""
        weights = array("f")
        columns = {name: array("H") for name in "xyl"}
        offsets = {name: array("q", [0]) for name in "xyl"}
        text = bytearray()
        for pair in pairs:
            weights.append(pair.weight)
            for name, sequence in zip("xyl", (pair.source, pair.target, pair.links), strict=True):
                columns[name].extend(sequence)
                offsets[name].append(len(columns[name]))
            text += _line(pair).encode()
        if not weights:
            raise PackedError("there are no pairs to pack: look at the report of the data command for what was rejected.")
        arrays: dict[str, npt.NDArray[Any]] = {"w": np.array(weights, np.float32)}
        arrays |= {name: np.array(column, np.uint16) for name, column in columns.items()}
        arrays |= {f"{name}o": np.array(offset, np.int64) for name, offset in offsets.items()}
        return cls(arrays, np.frombuffer(bytes(text), np.uint8))

    @classmethod
    def load(cls, folder: Path) -> Packed:
        """Read a folder. Raises PackedError if it holds no packed pairs."""
        numbers, text = folder / "packed.npz", folder / "packed.txt"
        for path in (numbers, text):
            if not path.is_file() or not path.stat().st_size:
                raise PackedError(f"{path} is missing or empty: write it with `python -m training pack`.")
        with np.load(numbers) as arrays:
            return cls({name: arrays[name] for name in ("w", "x", "y", "l", "xo", "yo", "lo")}, np.memmap(text, np.uint8, "r"))

    def save(self, folder: Path) -> None:
        """Write packed.npz and packed.txt."""
        folder.mkdir(parents=True, exist_ok=True)
        np.savez(folder / "packed.npz", allow_pickle=False, **self._arrays)
        self._text.tofile(folder / "packed.txt")

    def __len__(self) -> int:
        return len(self.weights)

    def summary(self) -> str:
        """How much there is, in a line."""
        linked, drawn = int((np.diff(self._links_at) > 0).sum()), float(self.weights @ np.diff(self._target_at))
        return f"{len(self)} pairs, {len(self._source)} source and {len(self._target)} target pieces, {linked} with links; " + (
            f"{drawn:.0f} target pieces drawn in a pass"
        )

    def pair(self, number: int) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.uint16], npt.NDArray[np.uint16]]:
        """Source ids, target ids (both ended by 0) and links (target_index * 256 + source_index)."""
        return (
            self._source[self._source_at[number] : self._source_at[number + 1]],
            self._target[self._target_at[number] : self._target_at[number + 1]],
            self._links[self._links_at[number] : self._links_at[number + 1]],
        )

    def terms(self, number: int) -> tuple[str, str, Spans] | None:
        """Hindi, English and the spans that may be switched, where the pair has any."""
        line = self._text[self._lines[number] : self._lines[number + 1] - 1].tobytes().decode()
        hindi, english, spans = line.split("\t")
        return (hindi, english, tuple(tuple(span) for span in json.loads(spans))) if spans else None


def _line(pair: PackedPair) -> str:
    if not pair.spans:
        return "\t\t\n"
    return f"{pair.hindi}\t{pair.english}\t{json.dumps(pair.spans)}\n"
