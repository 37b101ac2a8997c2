"""The registry is whole, and says of every model what one must know before it is pulled."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from translator.engines.opening import Layout
from translator.errors import EngineError
from translator.model_store.registry import Known, known, registry


@pytest.mark.parametrize("model", registry().values(), ids=lambda model: model.name)
def test_every_model_can_be_found_and_judged(model: Known) -> None:
    assert re.fullmatch(r"[a-z0-9][a-z0-9._-]*", model.name)
    assert model.layout in (*get_args(Layout), "transformers")
    assert model.about
    assert model.licence in ("MIT", "Apache-2.0", "CC-BY-NC-4.0")
    assert model.repository.count("/") == 1
    assert bool(model.files) != bool(model.archive)
    assert bool(model.members) == bool(model.archive)
    assert re.fullmatch(r"[0-9a-f]{40}", model.revision) or (model.archive and model.terms)
    assert all(not digest or re.fullmatch(r"[0-9a-f]{64}", digest) for digest in model.files.values())


@pytest.mark.parametrize(
    ("name", "page"),
    [
        (
            "nllb-600m",
            "https://huggingface.co/osa911/nllb-200-distilled-600M-ct2-int8/tree/46858753dbaf8eb5e21bb6f0037c3b90851e090a",
        ),
        ("indictrans2-1b", "https://huggingface.co/datasets/ai4bharat/BPCC/tree/main"),
    ],
)
def test_a_person_finds_the_page(name: str, page: str) -> None:
    assert known(name).page == page


def test_an_unknown_name_is_answered_with_those_there_are() -> None:
    with pytest.raises(EngineError, match=r"opus: no such model in the registry. It has indictrans2-1b, .*opus-mt"):
        known("opus")
