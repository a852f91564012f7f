"""Evidence about the mean of values in [0, 1]: the capital of one who bets that it is lower, or higher, than a target.

Against "each value has a conditional mean of at least m", a bet λ in [0, 1/(1-m)) multiplies the capital by 1 + λ(m - x): with a mean of at most 1 under
the null. The evidence is the average capital over a fixed grid of bets. With λ = (p-q)/(p(1-p)) and x in {0, 1} the factor is the likelihood
ratio of `bernoulli`, so that equally spaced bets are its uniform mixture. The log capital of each bet is a sum over the values: those sums are all that is kept.
Source: Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting" (2024).
"""

import math
from collections import Counter
from collections.abc import Iterable

Capitals = tuple[float, ...]
"""Log capital of each bet of a grid, in the grid's order."""

BETS = 32
"""Of a grid. Twice as many change no median of the bench by more than 2 %."""
SMALLEST_SHARE = 2**-12
"""Of the largest bet, in the grid upwards. Where the mean is 1 % of the cap, the largest bet is 100 and useful ones are below 1."""
START: Capitals = (0.0,) * BETS
"""Before the first value each bet has a capital of 1."""


def bets_below(mean: float) -> Capitals:
    """Equally spaced in [0, 1/(1-m))."""
    return tuple((index + 0.5) / BETS / (1 - mean) for index in range(BETS))


def bets_above(mean: float) -> Capitals:
    """Spaced by equal ratios in (0, 1/m)."""
    step = -math.log(SMALLEST_SHARE) / BETS
    return tuple(math.exp(-step * (index + 0.5)) / mean for index in range(BETS))


def with_values(capitals: Capitals, bets: Capitals, edges: Iterable[float]) -> Capitals:
    """The log capitals after more values; an edge is m - x for a bet downwards, x - m for one upwards.

    Equal values, above all the many zeros, are counted together, so that the cost grows with the different values only.
    """
    counted = Counter(edges).items()
    return tuple(
        capital + math.fsum(times * math.log1p(bet * edge) for edge, times in counted)
        for capital, bet in zip(capitals, bets, strict=True)
    )


def log_mean_capital(capitals: Capitals) -> float:
    """Natural log of the evidence: of the average of the capitals."""
    greatest = max(capitals)
    return greatest + math.log(math.fsum(math.exp(one - greatest) for one in capitals) / len(capitals))
