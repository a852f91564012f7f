"""The rule in whole numbers: how few successes after how many units are too few, and how many units are still needed."""

import math
from collections.abc import Callable

from setpiece.programs.evidence.bernoulli import log_evidence_below
from setpiece.programs.evidence.betting import START, Capitals, bets_below, log_mean_capital

MOST_UNITS = 1_000_000
"""No program counts more; what would take longer is answered with None."""
ESTIMATED = 0.001
"""Precision of what is an estimate anyway."""
LUCK = 0.5
"""Chosen on the exact medians of bench/evidence.py: with it the estimate is within a sixth of them for targets of 2 to 20 %."""


def boundary(rate: float, alpha: float, upto: int) -> tuple[int, ...]:
    """For n = 0 … `upto` the most successes at which the evidence has reached 1/α; -1 where even none is not enough."""
    needed, most = -math.log(alpha), -1
    found = []
    for units in range(upto + 1):
        if most < units and log_evidence_below(units, most + 1, rate) >= needed:
            most += 1
        found.append(most)
    return tuple(found)


def units_still_needed(
    units: int, successes: float, rate: float, alpha: float, true_rate: float, at_least: int = 0
) -> int | None:
    """The median of the units until the evidence suffices, if from now on they succeed at `true_rate`; None if never.

    A program is found out when its luck is a little below the average of its rate, `LUCK` standard deviations of it. With a true rate of 0 the answer is exact.
    What is known to be needed `at_least`, because it is at a lower rate, saves looking for it.
    """
    needed = -math.log(alpha)

    def suffices(more: int) -> bool:
        expected = true_rate * more - LUCK * math.sqrt(true_rate * (1 - true_rate) * more)
        return log_evidence_below(units + more, successes + max(0.0, expected), rate) >= needed

    if suffices(at_least):
        return at_least
    if true_rate >= rate:
        return None
    lacking = needed - log_evidence_below(units, successes, rate)
    fewest = math.ceil(lacking / -math.log1p(-rate)) - 1  # a failure adds no more than this
    return _first(suffices, max(at_least, fewest), ESTIMATED if true_rate else 0)


def more_without_success(capitals: Capitals, mean: float, alpha: float) -> int | None:
    """How many more values of 0 until the bets against a scaled `mean` suffice; exact."""
    needed = -math.log(alpha)
    gains = [math.log1p(bet * mean) for bet in bets_below(mean)]
    start = capitals or START

    def suffices(more: int) -> bool:
        after = tuple(capital + more * gain for capital, gain in zip(start, gains, strict=True))
        return log_mean_capital(after) >= needed

    return 0 if suffices(0) else _first(suffices)


def _first(holds: Callable[[int], bool], low: int = 0, precision: float = 0) -> int | None:
    """The number of units above `low`, where it does not hold, at which it begins to: found by doubling, then halving.

    Along a straight road of units the log of the evidence is convex (an integral of exponentials that are linear in the number), so that from below the threshold it
    crosses it once.
    """
    high = max(1, 2 * low)
    while not holds(high):
        low, high = high, 2 * high
        if high > MOST_UNITS:
            return None
    while high - low > max(1, precision * high):
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
