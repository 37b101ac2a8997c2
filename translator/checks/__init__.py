"""What is checked of a translated sentence, and told to the reader as flags.

A check is a function of the Hindi and the English. Those here look at every hypothesis, and the one with the fewest faults is
taken; translator.pipeline adds what only the chosen one can be asked: pins, forbidden terms, the Hindi, the engine's doubt.
"""

from __future__ import annotations

from collections.abc import Callable

from translator.checks.negation import negation
from translator.checks.surface import brackets, empty, left_in_hindi, length, quotes, repetition, truncated
from translator.quantities import quantities_kept
from translator.values import Flag

Check = Callable[[str, str], list[Flag]]
CHECKS: tuple[Check, ...] = (empty, left_in_hindi, quantities_kept, negation, repetition, truncated, length, quotes, brackets)


def check(source: str, target: str) -> tuple[Flag, ...]:
    """All flags of a translated sentence, in the order of CHECKS."""
    return tuple(flag for one in CHECKS for flag in one(source, target))
