"""What is kept of the units of one epoch: sufficient statistics, brought up to date by each batch, never recounted."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from setpiece.programs.evidence.bernoulli import log_evidence_above, log_evidence_below
from setpiece.programs.evidence.betting import (
    START,
    Capitals,
    bets_above,
    bets_below,
    log_mean_capital,
    with_values,
)
from setpiece.programs.evidence.target import MeanTarget, RateTarget, Target


@dataclass(frozen=True, slots=True)
class Tally:
    """Matured units of an epoch. It means something only beside the target that it was kept for.

    Args:
        units: n.
        successes: s; for values the sum of the scaled ones.
        below: Log capital of each bet that the mean is lower; empty for a rate.
        above: The same for bets that it is higher.
        greatest_below: The greatest log evidence so far that the program misses its target, at the end of each batch; at least 0.
        greatest_above: The same, that it surpasses it.
    """

    units: int = 0
    successes: float = 0
    below: Capitals = ()
    above: Capitals = ()
    greatest_below: float = 0.0
    greatest_above: float = 0.0


def add(tally: Tally, target: Target, outcomes: Sequence[float]) -> Tally:
    """The tally after a batch of matured units: 1 or 0 for a rate, values in the metric's own unit for a mean.

    The order within a batch makes no difference.

    Raises:
        ValueError: An outcome is not finite, or for a rate neither 0 nor 1.
    """
    if not outcomes:
        return tally
    added = _counted(tally, outcomes) if isinstance(target, RateTarget) else _bet(tally, target, outcomes)
    return replace(
        added,
        greatest_below=max(tally.greatest_below, log_evidence_of_missing(added, target)),
        greatest_above=max(tally.greatest_above, log_evidence_of_surpassing(added, target)),
    )


def without_past(tally: Tally) -> Tally:
    """What is counted, without how the evidence stood before: all that what may still come depends on."""
    return replace(tally, greatest_below=0.0, greatest_above=0.0)


def replaced(tally: Tally, target: Target, before: float, after: float) -> Tally:
    """The tally after one outcome in it turned out to be another. The greatest evidence so far starts again from here: it rested on the old one."""
    if isinstance(target, RateTarget):
        corrected = replace(tally, successes=tally.successes + int(after - before))
    else:
        mean, old, new = target.scaled_mean, target.scaled(before), target.scaled(after)
        corrected = replace(
            tally,
            successes=tally.successes + new - old,
            below=_without(
                with_values(tally.below, bets_below(mean), [mean - new]), bets_below(mean), mean - old
            ),
            above=_without(
                with_values(tally.above, bets_above(mean), [new - mean]), bets_above(mean), old - mean
            ),
        )
    return replace(
        corrected,
        greatest_below=max(0.0, log_evidence_of_missing(corrected, target)),
        greatest_above=max(0.0, log_evidence_of_surpassing(corrected, target)),
    )


def log_evidence_of_missing(tally: Tally, target: Target) -> float:
    """Natural log of the evidence that the program is below its target."""
    if isinstance(target, RateTarget):
        return log_evidence_below(tally.units, tally.successes, target.rate)
    return log_mean_capital(tally.below) if tally.below else 0.0


def log_evidence_of_surpassing(tally: Tally, target: Target) -> float:
    """Natural log of the evidence that the program is above its target."""
    if isinstance(target, RateTarget):
        return log_evidence_above(tally.units, tally.successes, target.rate)
    return log_mean_capital(tally.above) if tally.above else 0.0


def _without(capitals: Capitals, bets: Capitals, edge: float) -> Capitals:
    return tuple(capital - math.log1p(bet * edge) for capital, bet in zip(capitals, bets, strict=True))


def _counted(tally: Tally, outcomes: Sequence[float]) -> Tally:
    if any(outcome not in (0, 1) for outcome in outcomes):
        raise ValueError("A unit that is counted for a rate is a success (1) or not (0).")
    return replace(tally, units=tally.units + len(outcomes), successes=tally.successes + int(sum(outcomes)))


def _bet(tally: Tally, target: MeanTarget, outcomes: Sequence[float]) -> Tally:
    if not all(map(math.isfinite, outcomes)):
        raise ValueError("The value of a unit is a finite number.")
    mean, values = target.scaled_mean, [target.scaled(outcome) for outcome in outcomes]
    return replace(
        tally,
        units=tally.units + len(values),
        successes=tally.successes + math.fsum(values),
        below=with_values(tally.below or START, bets_below(mean), [mean - value for value in values]),
        above=with_values(tally.above or START, bets_above(mean), [value - mean for value in values]),
    )
