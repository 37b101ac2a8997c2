"""Whether a model is still what it was when it came, and which pins hold with it; the answer is written beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from translator.engines.base import PinStyle
from translator.engines.compact import EMBEDDED
from translator.engines.profile import Profile, read_profile, write_profile
from translator.errors import EngineError
from translator.model_store.checksums import differences, read_sums
from translator.model_store.probing import probe
from translator.model_store.registry import registry
from translator.model_store.shelf import folder_of, open_model


@dataclass(frozen=True)
class Verified:
    """A model whose files are right, and what has been measured of it."""

    model: str
    profile: Profile


def verify(name: str, tried: Callable[[PinStyle], None] = lambda style: None) -> Verified:
    """Check the files of the model `name`, by its name or folder, and probe it. `tried` hears of each way of pinning.

    The embedded model is not written to: it comes with its own measurements. Raises EngineError for files that are not what they
    were when they came, and does not open such a model: CTranslate2 may end the whole program then.
    """
    folder = folder_of(name)
    known = registry().get(name)
    stated = {file: digest for file, digest in (known.files if known else {}).items() if digest}
    if wrong := differences(folder, {**read_sums(folder), **stated}):
        raise EngineError(f"{folder}: {'; '.join(wrong)}. Delete the folder, and pull or add the model again.")
    engine = open_model(name)
    probed = probe(engine, tried)
    profile = replace(read_profile(folder), pin_styles=probed.pin_styles, kept=probed.kept)
    if folder != EMBEDDED:
        write_profile(profile, folder)
    return Verified(engine.model, profile)
