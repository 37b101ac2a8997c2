"""The self-test of models: what it finds with real engines, and what is written beside them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from translator.engines.base import Hypothesis, PinStyle
from translator.engines.compact import EMBEDDED, CompactEngine
from translator.engines.profile import PROFILE, STYLES, read_profile
from translator.errors import EngineError
from translator.model_store.adding import add
from translator.model_store.probing import probe
from translator.model_store.verifying import verify


def test_all_ways_hold_with_the_embedded_model_in_the_order_that_it_has() -> None:
    told: list[PinStyle] = []
    found = verify("compact", told.append)
    assert found.profile.pin_styles == CompactEngine.pin_styles
    assert min(found.profile.kept.values()) > 0.9
    assert tuple(told) == STYLES
    assert not (EMBEDDED / PROFILE).exists()


class Losing(CompactEngine):
    """The embedded model behind a reader that loses something of what it reads."""

    def __init__(self, lost: Callable[[str], str]) -> None:
        super().__init__()
        self._lost = lost

    def translate(
        self, texts: Sequence[str], nbest: int = 1, attention: bool = False, avoid_repeats: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        return super().translate([self._lost(text) for text in texts], nbest, attention, avoid_repeats)


@pytest.mark.parametrize(
    ("lost", "styles"),
    [
        (lambda text: text.replace("<pin>", "").replace("</pin>", ""), ("inline", "aligned", "placeholder")),
        (lambda text: text.replace("QX-11", ""), ("tagged", "inline", "aligned")),
        (lambda text: "".join(char for char in text if not "A" <= char <= "Z"), ("tagged", "aligned")),
    ],
    ids=["tags", "codes", "capitals"],
)
def test_a_way_that_loses_its_pins_does_not_hold(lost: Callable[[str], str], styles: tuple[PinStyle, ...]) -> None:
    found = probe(Losing(lost))
    assert found.pin_styles == styles
    assert set(found.kept) == set(STYLES)


class Silent(CompactEngine):
    """An engine that says nothing, as one does whose weights are spoilt."""

    def translate(
        self, texts: Sequence[str], nbest: int = 1, attention: bool = False, avoid_repeats: bool = False
    ) -> list[tuple[Hypothesis, ...]]:
        return [(Hypothesis("", -9.0),) for _ in texts]


def test_where_nothing_holds_one_way_stays() -> None:
    found = probe(Silent())
    assert found.pin_styles == ("inline",)
    assert set(found.kept.values()) == {0.0}


def test_the_answer_is_written_beside_the_model_and_read_by_its_engine(tmp_path: Path) -> None:
    folder = add(shutil.copytree(EMBEDDED, tmp_path / "brought"))
    (folder / PROFILE).write_text('{"unsure_below": -1.25, "more": 1}', encoding="utf-8")
    found = verify("brought")
    assert read_profile(folder) == found.profile
    written = json.loads((folder / PROFILE).read_text(encoding="utf-8"))
    assert (written["unsure_below"], written["more"]) == (-1.25, 1)
    assert verify("brought") == found  # what we write is no change of the model


def test_what_has_changed_since_it_came_is_told(tmp_path: Path) -> None:
    folder = add(shutil.copytree(EMBEDDED, tmp_path / "brought"))
    (folder / "config.json").write_text("{}", encoding="utf-8")
    (folder / "vmap.txt").unlink()
    with pytest.raises(
        EngineError, match=r"brought: vmap\.txt: missing; config\.json: not the file that it was\. Delete the folder"
    ):
        verify("brought")
    assert not (folder / PROFILE).exists()
