"""Beside the decision: within what bounds the rate lies, and how many more units it will take."""

from dataclasses import dataclass

from setpiece.programs.evidence.boundary import more_without_success, units_still_needed
from setpiece.programs.evidence.confidence import Bounds, confidence_bounds
from setpiece.programs.evidence.tally import Tally
from setpiece.programs.evidence.target import MeanTarget, Target

SHARES_OF_TARGET = (0.0, 0.25, 0.5, 0.7)
"""Of the target: the true rates for which it is told how long a failing program would take to be known."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the evidence leaves open.

    Args:
        bounds: The confidence sequence of the rate, or of the clipped mean in the metric's own unit.
            Of a mean it rests on the sum alone, so that it is wider than the bets that decide.
        still_needed: By share of the target at which units succeed from now on: how many more until the evidence suffices,
            in half of the cases. None: more than anybody will have. Of a mean only the share 0 is known.
    """

    bounds: Bounds
    still_needed: dict[float, int | None]


def look_ahead(tally: Tally, target: Target, alpha: float, least_units: int = 1) -> Outlook:
    """The outlook; some milliseconds. Before a run, with an empty tally, it says how many leads the program will take.

    At least `least_units` (`adaptation.minSampleSize`) are needed in any case.
    """
    lacking = max(0, least_units - tally.units)
    needed = {
        share: None if more is None else max(more, lacking)
        for share, more in _still_needed(tally, target, alpha).items()
    }
    return Outlook(_bounds(tally, target, alpha), needed)


def _bounds(tally: Tally, target: Target, alpha: float) -> Bounds:
    found = confidence_bounds(tally.units, tally.successes, alpha)
    if isinstance(target, MeanTarget):
        return Bounds(*sorted((target.unscaled(found.lower), target.unscaled(found.upper))))
    return found


def _still_needed(tally: Tally, target: Target, alpha: float) -> dict[float, int | None]:
    if isinstance(target, MeanTarget):
        return {0.0: more_without_success(tally.below, target.scaled_mean, alpha)}
    needed: dict[float, int | None] = {}
    known: int | None = 0
    for share in SHARES_OF_TARGET:
        if known is not None:
            known = units_still_needed(
                tally.units, tally.successes, target.rate, alpha, share * target.rate, known
            )
        needed[share] = known
    return needed
