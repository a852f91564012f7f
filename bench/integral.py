"""The evidence by numerical integration of its definition: another road to the same number."""

import math
from itertools import pairwise

import numpy as np

NODES, WEIGHTS = np.polynomial.legendre.leggauss(64)
PIECES = 100
"""On each side of the peak, growing by equal ratios from a ten-thousandth of its width."""
UNITS = (1, 7, 50, 1_000, 10_000, 100_000)
RATES = (0.001, 0.01, 0.06, 0.2, 0.9)


def integrated(units: int, successes: int, rate: float) -> float:
    """Log of (1/p) ∫₀ᵖ (q/p)ˢ ((1-q)/(1-p))ⁿ⁻ˢ dq, by Gauss and Legendre on each piece."""
    failures, peak = units - successes, min(max(successes / units, 1e-12), rate)
    width = max(math.sqrt(peak * (1 - peak) / units), 1 / units)
    steps = [sign * size * width for size in np.geomspace(1e-4, 1e7, PIECES) for sign in (-1, 1)]
    cuts = sorted({0.0, peak, rate, *(min(max(peak + step, 0.0), rate) for step in steps)})
    total = 0.0
    for low, high in pairwise(cuts):
        away = (low + high) / 2 + (high - low) / 2 * NODES - peak
        exponent = successes * np.log1p(away / peak) + failures * np.log1p(-away / (1 - peak))
        total += (high - low) / 2 * float(WEIGHTS @ np.exp(exponent))
    at_peak = successes * math.log1p((peak - rate) / rate) + failures * math.log1p((rate - peak) / (1 - rate))
    return at_peak + math.log(total / rate)


def successes_to_try(units: int, rate: float, parts: int = 20) -> list[int]:
    """From none to all in so many steps, close to the target above all, where the formula changes sides."""
    near = round(units * rate)
    spread = {units * part // parts for part in range(parts + 1)}
    return sorted({*spread, *(min(max(near + step, 0), units) for step in (-30, -1, 0, 1, 2, 30))})
