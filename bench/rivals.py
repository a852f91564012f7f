"""Other rules for the same question, as boundaries: the most successes by unit n at which each of them calls a program failing; -1 for never.

All of them look after every unit, except where their name says otherwise.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import binom, norm

from setpiece.programs.evidence.boundary import boundary as evidence_boundary

LEAST_UNITS = 50
"""`adaptation.minSampleSize`: no rule pivots before, so that they differ in nothing but the rule."""
LOOKS = 5
SHARE = 0.5
"""Of the target: what the sequential ratio test assumes of a failing program, and what the fixed size is planned for."""
POWER = 0.9

Boundary = Sequence[int]


@dataclass(frozen=True, slots=True)
class Question:
    """A target rate, the false pivots that are accepted, and for how many units it is looked."""

    target: float
    alpha: float
    horizon: int


def process(asked: Question) -> Boundary:
    """What Setpiece does."""
    return evidence_boundary(asked.target, asked.alpha, asked.horizon)


def repeated(asked: Question) -> Boundary:
    """The exact binomial test, again at every unit."""
    return _at_most(np.arange(asked.horizon + 1), asked.target, asked.alpha)


def posterior(asked: Question) -> Boundary:
    """P(rate < target) ≥ 1 - α from a uniform prior: the same as a binomial test with one more unit."""
    return _at_most(np.arange(asked.horizon + 1) + 1, asked.target, asked.alpha)


def ratio(asked: Question) -> Boundary:
    """Wald's ratio of half the target to the target, at 1/α; it never accepts."""
    success, failure = math.log(SHARE), math.log1p(-SHARE * asked.target) - math.log1p(-asked.target)
    units = np.arange(asked.horizon + 1)
    return np.floor((math.log(asked.alpha) + units * failure) / (failure - success)).astype(int).tolist()


def group_sequential(asked: Question) -> Boundary:
    """Five equal looks; what is spent follows O'Brien and Fleming as Lan and DeMets put it, exactly and not in normal approximation."""
    critical = norm.ppf(1 - asked.alpha / 2)
    looks = {round(asked.horizon * look / LOOKS): look / LOOKS for look in range(1, LOOKS + 1)}
    spent = {units: 2 * float(norm.sf(critical / math.sqrt(part))) for units, part in looks.items()}
    return _spending(asked, lambda units: spent.get(units, 0.0))


def exact_spending(asked: Question) -> Boundary:
    """As many false pivots by unit n as α·n/horizon allows, to the last digit."""
    return _spending(asked, lambda units: asked.alpha * units / asked.horizon)


def fixed_size(asked: Question) -> Boundary:
    """One binomial test, at the size that has 90 % power at half the target; not at all where that is beyond the horizon."""
    size, found = planned_size(asked), [-1] * (asked.horizon + 1)
    if size <= asked.horizon:
        found[size] = _at_most(np.array([size]), asked.target, asked.alpha)[0]
    return found


def planned_size(asked: Question) -> int:
    """The least number of units at which one test has that power."""
    units = np.arange(1, 20_000)
    most = np.array(_at_most(units, asked.target, asked.alpha))
    return int(units[np.argmax(binom.cdf(most, units, SHARE * asked.target) >= POWER)])


RULES: dict[str, Callable[[Question], Boundary]] = {
    "evidence (this rule)": process,
    "naive: binomial test, repeated": repeated,
    "Bayesian posterior": posterior,
    "SPRT: ratio test at half the target": ratio,
    "group-sequential, 5 looks": group_sequential,
    "exact spending to the horizon": exact_spending,
    "one test of fixed size": fixed_size,
}


def _at_most(units: "np.ndarray[tuple[int], np.dtype[np.int_]]", target: float, alpha: float) -> list[int]:
    """The most successes whose lower tail is at most α."""
    most = binom.ppf(alpha, units, target)
    return (most - (binom.cdf(most, units, target) > alpha)).astype(int).tolist()


def _spending(asked: Question, allowed: Callable[[int], float]) -> Boundary:
    """The boundary that spends as much as is allowed at each unit; 0 allowed is no look."""
    alive, lowest, spent = np.ones(1), 0, 0.0
    found = [-1]
    for units in range(1, asked.horizon + 1):
        alive = np.append(alive * (1 - asked.target), 0.0) + np.append(0.0, alive * asked.target)
        stopped = 0
        if units >= LEAST_UNITS and allowed(units) > spent:
            stopped = int(np.searchsorted(np.cumsum(alive), allowed(units) - spent, side="right"))
            spent += float(alive[:stopped].sum())
            alive, lowest = alive[stopped:], lowest + stopped
        found.append(lowest - 1 if stopped else -1)
    return found
