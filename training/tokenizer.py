"""The pieces that Hindi and English share: one SentencePiece unigram model (Kudo 2018) with the reserved pieces of the pins.

Small data wants a small vocabulary (Sennrich and Zhang 2019); digits are pieces of their own, so that numbers are copied digit by
digit; bytes stand in for letters that are not in it, so that nothing is unknown.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from random import Random

from training.corpus import Pair
from training.vocabulary import Vocabulary
from translator.errors import DwibhashiError

MODEL, IDS, MARIAN = "sentencepiece.model", "vocab.json", "marian_vocab.json"
SIZE = 20_000
RESERVED = ("<pin>", "</pin>", *(f"<ph{number}>" for number in range(10)))
MOST_SENTENCES = 450_000  # of each language
_COVERAGE = 0.9998  # of the letters of the text; the others become bytes
_MOST_BYTES = 2000  # of a sentence


class TokenizerError(DwibhashiError):
    """A text that no tokenizer of this size can be trained on."""


def train(pairs: Iterable[Pair], folder: Path, seed: int, size: int = SIZE) -> Vocabulary:
    """Train on a sample of a corpus and write sentencepiece.model, vocab.json and marian_vocab.json.

    Raises TokenizerError if the text is too small for `size` pieces.
    """
    import sentencepiece

    chosen = sample(pairs, seed)
    if not chosen:
        raise TokenizerError("there are no sentences to train a tokenizer on: look at the report of the data command.")
    folder.mkdir(parents=True, exist_ok=True)
    written = io.BytesIO()
    try:
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter([pair.hindi for pair in chosen] + [pair.english for pair in chosen]),
            model_writer=written,
            model_type="unigram",
            vocab_size=size,
            character_coverage=_COVERAGE,
            byte_fallback=True,
            split_digits=True,
            normalization_rule_name="nmt_nfkc",
            user_defined_symbols=list(RESERVED),
            eos_id=0,
            unk_id=1,
            bos_id=-1,
            pad_id=-1,
            max_sentence_length=_MOST_BYTES,
            num_threads=1,  # the sums of more threads depend on their order
            minloglevel=2,
        )
    except RuntimeError as error:
        raise TokenizerError(
            f"SentencePiece cannot make {size} pieces of {len(chosen)} pairs: {error}. Set --size lower."
        ) from error
    (folder / MODEL).write_bytes(written.getvalue())
    vocabulary = Vocabulary.of(folder / MODEL)
    vocabulary.save(folder / IDS)
    vocabulary.write_marian(folder / MARIAN)
    return vocabulary


def sample(pairs: Iterable[Pair], seed: int, most: int = MOST_SENTENCES) -> list[Pair]:
    """Each pair with the probability of its weight, at most one, so that names and UI strings do not fill the vocabulary."""
    chance = Random(seed)
    chosen = [pair for pair in pairs if chance.random() < pair.weight]
    return chosen if len(chosen) <= most else chance.sample(chosen, most)
