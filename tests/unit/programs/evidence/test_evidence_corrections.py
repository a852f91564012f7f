"""An outcome that was counted turns out to be another."""

import pytest

from setpiece.programs.evidence.tally import Tally, add, replaced
from setpiece.programs.evidence.target import MeanTarget, RateTarget, Target

TARGETS: dict[str, tuple[Target, list[float], float]] = {
    "rate": (RateTarget(0.06), [0.0] * 60, 1.0),
    "mean": (MeanTarget(100, 0, 5000), [0.0] * 60 + [900.0], 4000.0),
    "lower is better": (MeanTarget(3, 0, 10, lower_is_better=True), [2.0, 9.0, 0.0], 5.0),
}


@pytest.mark.parametrize(("target", "outcomes", "found"), TARGETS.values(), ids=TARGETS.keys())
def test_the_corrected_tally_is_that_of_the_corrected_outcomes(
    target: Target, outcomes: list[float], found: float
):
    corrected = replaced(add(Tally(), target, outcomes), target, outcomes[0], found)
    expected = add(Tally(), target, [found, *outcomes[1:]])
    assert corrected.units == expected.units
    assert corrected.successes == pytest.approx(expected.successes)
    assert corrected.below == pytest.approx(expected.below)
    assert corrected.above == pytest.approx(expected.above)
    assert corrected.greatest_below == pytest.approx(expected.greatest_below)
