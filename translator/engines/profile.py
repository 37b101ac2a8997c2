"""What has been measured of a model, in a file beside it: `dwibhashi.json`. Measuring is the work of `models verify`.

    {"pin_styles": ["inline", "aligned"], "unsure_below": -1.2, "kept": {"inline": 0.9, "aligned": 1.0, "placeholder": 0.2}}

Every key may be left out. Keys that are not known are left alone: a newer version may have written them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from translator.engines.base import PinStyle
from translator.errors import EngineError

PROFILE = "dwibhashi.json"
STYLES: tuple[PinStyle, ...] = get_args(PinStyle)


@dataclass(frozen=True)
class Profile:
    """What holds with one model; None where nobody has measured, and the engine's own value counts."""

    pin_styles: tuple[PinStyle, ...] | None = None
    """The ways of pinning that hold, in the order in which they are to be tried."""
    unsure_below: float | None = None
    """The mean log probability of a piece below which a translation is marked as unsure."""
    kept: Mapping[PinStyle, float] = field(default_factory=dict)
    """The share of the probe sentences, 0 to 1, in which each way kept its pin."""


def read_profile(folder: Path) -> Profile:
    """The profile beside the model in `folder`, an empty one if it has none. Raises EngineError if the file cannot be read."""
    path = folder / PROFILE
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Profile()
    except (OSError, ValueError) as error:
        raise _wrong(path, str(error)) from error
    if not isinstance(said, dict):
        raise _wrong(path, "it is no JSON object")
    styles, unsure, kept = said.get("pin_styles"), said.get("unsure_below"), said.get("kept", {})
    if styles is not None and not (isinstance(styles, list) and styles and all(style in STYLES for style in styles)):
        raise _wrong(path, f"pin_styles must be a list of {', '.join(STYLES)}")
    if unsure is not None and not _number(unsure):
        raise _wrong(path, "unsure_below must be a number")
    if not (isinstance(kept, dict) and all(style in STYLES and _number(share) for style, share in kept.items())):
        raise _wrong(path, f"kept must give a number to some of {', '.join(STYLES)}")
    return Profile(None if styles is None else tuple(dict.fromkeys(styles)), unsure, kept)


def write_profile(profile: Profile, folder: Path) -> None:
    """Write `profile` beside the model in `folder`; what else the file says stays in it."""
    path = folder / PROFILE
    said: dict[str, Any] = {}
    if path.is_file():
        read_profile(folder)
        said = json.loads(path.read_text(encoding="utf-8"))
    measured = {"pin_styles": profile.pin_styles, "unsure_below": profile.unsure_below, "kept": dict(profile.kept) or None}
    said = {name: value for name, value in (said | measured).items() if value is not None}
    path.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _wrong(path: Path, reason: str) -> EngineError:
    return EngineError(f"{path}: {reason}. Delete the file, and `dwibhashi models verify` writes it anew.")
