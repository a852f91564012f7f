"""Bets on money, simulated: how often programs on target are called failing, and after how many leads others are.

Seeded. A few leads buy, for log-normal amounts; targets are means of what is clipped, as the rule is about them. Other grids of bets stand beside the one in use.
`python -m bench.money` prints the table of docs/evidence.md.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from setpiece.programs.evidence.betting import BETS, SMALLEST_SHARE, bets_above, bets_below

Floats = NDArray[np.float64]
PROGRAMS = 300
LEADS = 3_000
LEAST_UNITS = 50
ALPHA = 0.05
BUYERS = 0.04  # of the leads of a program on target
SPREAD = 0.8  # of the log of the amounts: the largest of a hundred is about six times the middle one
AMOUNTS = 400_000  # drawn to know the mean of what is clipped
CAPS = (2.0, 10.0)
"""In mean amounts: the default where the target is two deals, and one that clips hardly anything."""


@dataclass(frozen=True, slots=True)
class Found:
    stopped: float
    median: int | None
    late: int | None


def simulated(cap: float, share: float, bets: Floats, upwards: bool = False, seed: int = 5) -> Found:
    """Of programs with that share of the target's buyers: how many are called failing (or, upwards, surpassing), and when."""
    drawing = np.random.default_rng(seed)
    target = BUYERS * float(np.minimum(_amounts(drawing, AMOUNTS), cap).mean()) / cap
    stops = np.full(PROGRAMS, np.inf)
    for program in range(PROGRAMS):
        buys = drawing.random(LEADS) < share * BUYERS
        values = np.where(buys, np.minimum(_amounts(drawing, LEADS), cap) / cap, 0.0)
        edges = values - target if upwards else target - values
        capital = np.cumsum(np.log1p(np.outer(bets, edges)), axis=1)
        evidence = np.logaddexp.reduce(capital, axis=0) - math.log(len(bets))
        over = np.nonzero(evidence[LEAST_UNITS - 1 :] >= -math.log(ALPHA))[0]
        if len(over):
            stops[program] = over[0] + LEAST_UNITS
    return Found(float(np.isfinite(stops).mean()), _quantile(stops, 0.5), _quantile(stops, 0.9))


def scaled_target(cap: float) -> float:
    return BUYERS * float(np.minimum(_amounts(np.random.default_rng(5), AMOUNTS), cap).mean()) / cap


def grids(cap: float) -> Iterator[tuple[str, bool, Floats]]:
    """The grids in use, and others."""
    mean = scaled_target(cap)
    down, up = np.array(bets_below(mean)), np.array(bets_above(mean))
    doubled = 2 * BETS
    yield "in use", False, down
    yield "twice as many", False, (np.arange(doubled) + 0.5) / doubled / (1 - mean)
    yield "by equal ratios", False, up * mean / (1 - mean)
    yield "upwards, in use", True, up
    yield "upwards, twice as many", True, SMALLEST_SHARE ** ((np.arange(doubled) + 0.5) / doubled) / mean
    yield "upwards, equally spaced", True, (np.arange(BETS) + 0.5) / BETS / mean


def _amounts(drawing: np.random.Generator, count: int) -> Floats:
    """Log-normal with a mean of 1."""
    return drawing.lognormal(-(SPREAD**2) / 2, SPREAD, count)


def _quantile(stops: Floats, share: float) -> int | None:
    found = float(np.quantile(stops, share, method="lower"))
    return int(found) if math.isfinite(found) else None


def main() -> None:
    print("| cap | bets | on target | shares: found, median / 90th |\n| --- | --- | --- | --- |")
    for cap in CAPS:
        for name, upwards, bets in grids(cap):
            null = simulated(cap, 1.0, bets, upwards)
            found = [
                (share, simulated(cap, share, bets, upwards))
                for share in ((1.5, 2.0, 3.0) if upwards else (0.5, 0.25, 0.0))
            ]
            told = " · ".join(
                f"{share:g}: {one.stopped:.1%}, {one.median} / {one.late}" for share, one in found
            )
            print(f"| {cap:g} | {name} | {null.stopped:.1%} | {told} |", flush=True)


if __name__ == "__main__":
    main()
