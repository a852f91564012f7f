"""What a stopping rule does, exactly: the distribution of the unit at which it pivots, without random numbers.

Every method compared here pivots when the successes by unit n are at most a number b(n), looked up in a table made beforehand; -1 where it does not pivot or look.
The probability of each number of successes, not yet stopped, is carried forward one unit at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NEGLIGIBLE = 1e-18
"""Probability below which the upper end is cut off; over 20,000 units that leaves less than 1e-13 uncounted."""
CUT_EVERY = 16  # units; cutting more often costs more than it saves


@dataclass(frozen=True, slots=True)
class Stopping:
    """P(the rule stops at unit n), for n = 0 … horizon."""

    at: Floats

    def by(self, units: int) -> float:
        """P(stopped by then)."""
        return float(self.at[: units + 1].sum())

    def quantile(self, share: float, horizon: int | None = None) -> int | None:
        """The unit by which that share of all programs has been stopped; None if not within the horizon."""
        reached = np.cumsum(self.at if horizon is None else self.at[: horizon + 1])
        found = int(np.searchsorted(reached, share))
        return found if found < len(reached) else None


def stopping(boundary: Sequence[int], rates: Sequence[float], least_units: int = 1) -> list[Stopping]:
    """For each true rate, when a program is stopped that is stopped at s ≤ boundary[n], n ≥ least_units."""
    success = np.array(rates, dtype=float)[:, None]
    at = np.zeros((len(rates), len(boundary)))
    alive, lowest = np.ones((len(rates), 1)), 0
    for units in range(1, len(boundary)):
        moved = np.zeros((len(rates), alive.shape[1] + 1))
        moved[:, :-1] = alive * (1 - success)
        moved[:, 1:] += alive * success
        alive = moved
        stopped = boundary[units] - lowest + 1
        if units >= least_units and stopped > 0:
            at[:, units] = alive[:, :stopped].sum(axis=1)
            alive, lowest = alive[:, stopped:], lowest + stopped
        if units % CUT_EVERY == 0:
            alive = _cut(alive)
    return [Stopping(row) for row in at]


def _cut(alive: Floats) -> Floats:
    counted = np.nonzero(alive.max(axis=0, initial=0.0) > NEGLIGIBLE)[0]
    return alive[:, : counted[-1] + 1] if len(counted) else alive
