"""The beta-binomial e-process: evidence that successes come more rarely, or more often, than a target rate.

Against "each unit succeeds with conditional probability of at least p", the evidence after n units with s successes is

    E(n, s) = (1/p) ∫₀ᵖ (q/p)ˢ ((1-q)/(1-p))ⁿ⁻ˢ dq

a mixture over all lower rates q. Under the null each factor has a mean of at most 1, whatever came before, so P(E ever ≥ 1/α) ≤ α
(Ville). E falls with each success, rises with each failure, and rises with p. Derivation and tables: docs/evidence.md.

s need not be whole: (q/p)ˣ ((1-q)/(1-p))¹⁻ˣ is convex in x, so the same holds for values in [0, 1] with a mean of at least p.
"""

import math

from setpiece.programs.evidence.binomial import log_pmf

CONVERGED = 1e-15
"""Relative step at which the continued fraction stops: a few units in the last place of a double."""
SMALLEST = 1e-300
"""Stands for zero in a denominator of the continued fraction (modified Lentz); far below every term that occurs."""
MOST_TERMS = 100_000
"""Of the continued fraction. It needs about the square root of the units, so this is enough for 10⁹ of them."""


def log_evidence_below(units: float, successes: float, rate: float) -> float:
    """Natural log of the evidence that the true rate is below `rate`; 0 without units.

    Args:
        units: n, at least 0.
        successes: s, from 0 to n; for values in [0, 1] their sum.
        rate: The target p, above 0 and below 1.

    Shapes: relative error of E below 1e-9 up to 10⁵ units (tests compare with numerical integration).
    """
    return _log_evidence(successes, units - successes, rate, 1 - rate)


def log_evidence_above(units: float, successes: float, rate: float) -> float:
    """Natural log of the evidence that the true rate is above `rate`: the mirrored process, for "target met"."""
    return _log_evidence(units - successes, successes, 1 - rate, rate)


def anytime_p_value(greatest_log_evidence: float) -> float:
    """min(1, 1 / max E): a p-value that holds at any moment, however often it was looked at."""
    return math.exp(-max(0.0, greatest_log_evidence))


def _log_evidence(successes: float, failures: float, p: float, q: float) -> float:
    """With q = 1 - p given apart, so that the mirrored process loses no digits.

    The integral is an incomplete beta function I_p(s+1, f+1). On its steep side the continued fraction of the lower tail
    gives the evidence at once; on the other side it is the complete integral, less the upper tail.
    """
    if successes + failures == 0:
        return 0.0
    a, b = successes + 1, failures + 1
    if p < (a + 1) / (a + b + 2):
        return math.log(q / a * _tail_fraction(a, b, p))
    complete = -math.log((a + b - 1) * p) - log_pmf(successes, failures, p, q)
    upper_tail = math.log(q / b * _tail_fraction(b, a, q))
    return complete + math.log1p(-math.exp(upper_tail - complete))


def _tail_fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of I_x(a, b) without its leading factor xᵃ(1-x)ᵇ / (a·B(a, b)); for x below the mode.

    Source: NIST Digital Library of Mathematical Functions, 8.17.22, evaluated from the front (modified Lentz).
    """
    c, d = 1.0, _safe(1 - (a + b) * x / (a + 1))
    d = 1 / d
    value = d
    for m in range(1, MOST_TERMS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d, c = 1 / _safe(1 + even * d), _safe(1 + even / c)
        value *= d * c
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d, c = 1 / _safe(1 + odd * d), _safe(1 + odd / c)
        value *= d * c
        if abs(d * c - 1) < CONVERGED:
            break
    return value


def _safe(denominator: float) -> float:
    return denominator if abs(denominator) > SMALLEST else SMALLEST
