"""Binomial probabilities without the digits that differences of large log-gammas lose.

Source: C. Loader, "Fast and accurate computation of binomial probabilities" (2000): the saddle point expansion.
"""

import math

HALF_LOG_2_PI = 0.5 * math.log(2 * math.pi)
SERIES_FROM = 15
"""Above it the four terms of Stirling's series leave less than 1e-14; up to it log-gamma is small and loses nothing."""
NEAR = 0.1
"""Relative distance below which a deviance is summed as a series, because its closed form would cancel (Loader)."""


def log_pmf(successes: float, failures: float, p: float, q: float) -> float:
    """The log of C(s+f, s) pˢ qᶠ with p + q = 1; the counts need not be whole."""
    units = successes + failures
    if successes == 0:
        return failures * _log_of_complement(q, p)
    if failures == 0:
        return successes * _log_of_complement(p, q)
    return (
        _stirling_error(units)
        - _stirling_error(successes)
        - _stirling_error(failures)
        - _deviance(successes, units * p)
        - _deviance(failures, units * q)
        + 0.5 * math.log(units / (successes * failures))
        - HALF_LOG_2_PI
    )


def _log_of_complement(value: float, other: float) -> float:
    """The log of `value` where value + other = 1: from the smaller of the two, which has more digits."""
    return math.log(value) if value < other else math.log1p(-other)


def _stirling_error(x: float) -> float:
    """How far log Γ(x+1) is above Stirling's approximation of it."""
    if x <= SERIES_FROM:
        return math.lgamma(x + 1) - (x + 0.5) * math.log(x) + x - HALF_LOG_2_PI
    square = x * x
    return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * square)) / square) / square) / x


def _deviance(x: float, mean: float) -> float:
    """x·log(x/mean) + mean - x."""
    difference = x - mean
    if abs(difference) >= NEAR * (x + mean):
        return x * math.log(x / mean) - difference
    ratio = difference / (x + mean)
    total, term, square, odd = difference * ratio, 2 * x * ratio, ratio * ratio, 1
    while True:
        term, odd = term * square, odd + 2
        summed = total + term / odd
        if summed == total:
            return total
        total = summed
