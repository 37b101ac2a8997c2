"""From collections to a corpus: what is kept, with which weight, and why the rest is not."""

from __future__ import annotations

import pytest

from training.corpus import Pair
from training.gathering import Gathering
from training.heldout import HeldOut
from training.sources import SourceError, load

MET = ("बैठक कल दिल्ली में हुई।", "The meeting was held in Delhi yesterday.")
TOLD = ("मंत्री ने सदन को बताया।", "The minister told the House so.")
HELD = ("यह वाक्य परीक्षा के लिए है।", "This sentence is for the test.")


def gathering() -> Gathering:
    return Gathering(load(), HeldOut([Pair("eval/x", *HELD)]))


@pytest.mark.parametrize(
    ("pair", "reason"),
    [
        (Pair("news/newsonair_air", *MET), None),
        (Pair("news/newsonair_air", *HELD), "held out"),
        (Pair("news/newsonair_air", TOLD[0], HELD[1]), "held out"),
        (Pair("news/newsonair_air", *HELD, 2.5), "held out"),
        (Pair("news/newsonair_air", "बैठक", "Meeting"), "too short"),
        (Pair("l10n/kde_ui_short", "बैठक", "Meeting"), None),
        (Pair("news/newsonair_air", "●", "Meeting of 5"), "empty"),
        (Pair("news/newsonair_air", "5 बैठकें हुईं।", "6 meetings were held."), "other numbers"),
        (Pair("notes/x", "34 करोड़ दिए गए।", "340 million was paid."), None),  # our own text is not judged
        (Pair("student/hindi_visual_genome", *MET), "unused source"),
    ],
)
def test_why_a_pair_is_rejected(pair: Pair, reason: str | None) -> None:
    made = gathering()
    kept = list(made.keep([pair]))
    tally = made.tallies[pair.source]
    assert (tally.read, tally.kept, tally.words) == (1, len(kept), sum(len(pair.english.split()) for pair in kept))
    assert tally.rejected == ({reason: 1} if reason else {})


def test_a_pair_gets_the_weight_of_its_source_and_tidy_text() -> None:
    [kept] = gathering().keep([Pair("translated/w_def", "“बैठक” कल  हुई |", "The “meeting” was held .")])
    assert kept == Pair("translated/w_def", '"बैठक" कल हुई।', 'The "meeting" was held.', 5.0)


def test_what_was_cleaned_before_stays_as_it_is() -> None:
    given = Pair("news/newsonair_air", "५ बैठकें  हुईं |", "6 “meetings” .", 2.5, ((0, 1, 0, 1),), ((0, 0),))
    assert list(gathering().keep([given, given])) == [given, given]


def test_the_first_of_two_duplicates_is_kept() -> None:
    made = gathering()
    pairs = [Pair("notes/x", *MET), Pair("news/newsonair_air", MET[0].replace("।", " |"), MET[1].upper())]
    assert [pair.source for pair in made.keep(pairs)] == ["notes/x"]
    assert made.tallies["news/newsonair_air"].rejected == {"duplicate": 1}


def test_a_source_that_nobody_knows_is_refused() -> None:
    with pytest.raises(SourceError, match="secret/leak"):
        list(gathering().keep([Pair("secret/leak", *MET)]))
