"""The model card holds what is known, and the tables are whole."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from training.card import card, data_summary
from training.config import Anchor
from training.evaluate import Example, Kept, Report, Score, SetScores
from training.sources import Source, Sources
from training.states import Shape, State

SHAPE = Shape(pieces=20_001, outputs=10_988, width=256, feed_forward=1024, encoder_layers=6, decoder_layers=2, heads=4)
STATE = State(SHAPE, {}, {"emb": torch.zeros(20_001, 256)}, 75_100_000, 12_850)
SOURCES = Sources(
    Path("sources.yaml"),
    (
        Source("notes/*", "this project", "CC0-1.0", "notes", 5.0),
        Source("news", "a/b@c", "CC0-1.0", "news", 1.0),
        Source("news2", "a/b@c", "CC0-1.0", "news", 1.0),
        Source("rare", "a/b@c", "Unlicense", "news", 1.0),
        Source("old", "a/c@d", "unknown (no licence file)", "news", 1.0),
        Source("out", "a/d@e", "CC BY-NC", "news", unused="non-commercial"),
    ),
)


def scores(name: str, bleu: float) -> SetScores:
    one = Score(bleu, "tok:13a")
    return SetScores(
        name,
        1012,
        one,
        Score(47.5, "nw:0"),
        Score(48.04, "nw:2"),
        Kept(961, 1064),
        Kept(299, 300),
        3,
        (Example("क ख", "A.", "A B."),),
    )


REPORT = Report("compact-123", 4, 1.0, (scores("flores", 21.58), scores("news", 16.1)))
ANCHORS = (Anchor("opus", "flores", 18.7, 43.8), Anchor("opus", "news", 13.4, 38.7), Anchor("half", "news", 1.0, 2.0))


def test_the_data_in_a_few_figures() -> None:
    found = data_summary(SOURCES)
    assert (found.used, found.own, found.unlicensed, found.left_out, found.others) == (5, 1, 1, 1, 1)
    assert found.licences == (("CC0-1.0", 3),)


@pytest.mark.parametrize(
    "line",
    [
        "A Marian-format Transformer of 5.1 million parameters, run by CTranslate2 in int8.",
        "| vocabulary | 20,000 SentencePiece pieces for both languages, byte fallback, digits split; "
        "the output can only use the 10,988 that English needs |",
        "| training | 75.1 million target pieces in 12,850 steps; exported is the moving average of the weights |",
        "| version | compact-123 |",
        "| licence | sources |",
        "| CC0-1.0 | 3 |",
        "| none known | 1 |",
        "| system | flores BLEU / chrF++ | news BLEU / chrF++ |",
        "| **compact (this model)** | **21.6 / 48.0** | **16.1 / 48.0** |",
        "| opus | 18.7 / 43.8 | 13.4 / 38.7 |",
        "| half | – | 1.0 / 2.0 |",
        "| numbers in digits kept | 961 of 1,064 (90.3%) | 961 of 1,064 (90.3%) |",
        "| sentences that loop | 3 | 3 |",
        "| क ख | A. | A B. |",
        "Signatures: `nw:0`, `nw:2`, `tok:13a`.",
    ],
)
def test_the_card_says(line: str) -> None:
    assert line in card(STATE, REPORT, SOURCES, ANCHORS).splitlines()


def test_every_table_has_a_head_and_rows_of_its_width() -> None:
    lines = card(STATE, REPORT, SOURCES, ANCHORS).splitlines()
    tables: list[list[str]] = [[]]
    for line in lines:
        if line.startswith("|"):
            tables[-1].append(line)
        elif tables[-1]:
            tables.append([])
    found = [table for table in tables if table]
    assert len(found) == 5
    for table in found:
        assert set(table[1]) <= set("|-")
        assert len({line.count("|") for line in table}) == 1
        assert len(table) > 2
