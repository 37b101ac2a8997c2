"""How rates, guidance and the end of a run go."""

from __future__ import annotations

import pytest

from training.config import Schedule
from training.worker import Limit, guidance, rate_factor


@pytest.mark.parametrize(
    ("step", "share", "factor"),
    [(1, 0.0, 0.1), (10, 0.0, 1.0), (99, 0.6, 1.0), (99, 0.8, 0.5), (99, 0.99, 0.03), (99, 1.2, 0.03), (5, 0.8, 0.25)],
)
def test_rates_rise_and_fall(step: int, share: float, factor: float) -> None:
    assert rate_factor(Schedule(warmup=10, decay=0.4, lowest=0.03), step, share) == pytest.approx(factor)


def test_without_decay_and_warmup_the_rates_stay() -> None:
    assert rate_factor(Schedule(warmup=0, decay=0.0), 1, 1.0) == 1.0


@pytest.mark.parametrize(("tokens", "weight"), [(0, 0.5), (5, 0.3), (10, 0.1), (1000, 0.1)])
def test_guidance_falls_evenly_and_stays(tokens: float, weight: float) -> None:
    assert guidance(Schedule(guided=0.5, guided_end=0.1, guided_pieces=10), tokens) == pytest.approx(weight)


@pytest.mark.parametrize(
    ("limit", "share"),
    [(Limit(), 0.0), (Limit(steps=10), 0.5), (Limit(minutes=4), 0.75), (Limit(4, 10), 0.75), (Limit(steps=0), 1.0)],
)
def test_a_run_ends_at_the_first_of_its_limits(limit: Limit, share: float) -> None:
    assert limit.share(minutes=3, steps=5) == share
