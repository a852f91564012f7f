"""The confidence sequence: the rates that the evidence has not refuted, valid at every moment at once."""

import math
from dataclasses import dataclass

from setpiece.programs.evidence.bernoulli import log_evidence_below

PRECISION = 1e-9
"""Of a bound; shown with four digits at most."""
MOST_STEPS = 60
"""Halving alone would reach the precision in 30; chords are quicker, so this is never reached."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Each holds by itself for ever with probability 1 - α; both together with 1 - 2α."""

    lower: float
    upper: float


def confidence_bounds(units: float, successes: float, alpha: float) -> Bounds:
    """The least and the greatest rate against which the evidence is still below 1/α.

    The upper bound is below a target exactly where the evidence against that target has reached 1/α: the decision and
    the interval cannot contradict each other.
    """
    return Bounds(1 - _upper(units, units - successes, alpha), _upper(units, successes, alpha))


def _upper(units: float, successes: float, alpha: float) -> float:
    """Where the evidence, which rises with the rate, crosses 1/α; 1 where it never does (nothing but successes).

    False position, with the weight of an end that stays halved (Illinois), on a bracket that begins at the observed rate.
    """
    needed, mean = -math.log(alpha), successes / units if units else 1.0
    if mean >= 1:
        return 1.0
    low, high = mean, _bracket(units, mean, needed)
    below = -needed if mean == 0 else log_evidence_below(units, successes, mean) - needed
    above = log_evidence_below(units, successes, high) - needed
    if above <= 0:
        low, below, high = high, above, 1.0 - PRECISION
        above = log_evidence_below(units, successes, high) - needed
        if above <= 0:
            return 1.0
    kept = 0  # the end that the last step left where it was: high 1, low -1
    for _ in range(MOST_STEPS):
        middle = high - above * (high - low) / (above - below)
        value = log_evidence_below(units, successes, middle) - needed
        if abs(value) < PRECISION or high - low < PRECISION:
            return middle
        if value > 0:
            high, above, below, kept = middle, value, below / 2 if kept == -1 else below, -1
        else:
            low, below, above, kept = middle, value, above / 2 if kept == 1 else above, 1
    return high


def _bracket(units: float, mean: float, needed: float) -> float:
    """A rate above the bound, as a rule: twice the width of a normal approximation with the price of the mixture on top."""
    price = needed + 0.5 * math.log(units + 1) + 1
    width = math.sqrt(2 * mean * (1 - mean) * price / units) + price / units
    return min(mean + 2 * width, 1.0 - PRECISION)
