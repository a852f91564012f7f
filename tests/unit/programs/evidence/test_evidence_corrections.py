"""An outcome that was counted turns out to be another."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from setpiece.programs.evidence.tally import Tally, add, log_evidence_of_missing, replaced
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


SIX = RateTarget(0.06)


@given(
    some.lists(some.tuples(some.integers(0, 59), some.booleans()), max_size=40),
    some.lists(some.booleans(), min_size=60, max_size=60),
)
def test_whatever_is_added_and_taken_back_the_evidence_is_never_more_than_on_the_least_that_is_known(
    changes: list[tuple[int, bool]], reported: list[bool]
):
    """Decision 23: the process that the error rate is proven for lies above what is shown, at every moment."""
    shown, known, least = add(Tally(), SIX, [float(one) for one in reported]), list(reported), list(reported)
    moments = [shown]
    for place, success in changes:
        shown = replaced(shown, SIX, float(known[place]), float(success))
        known[place] = success
        least[place] = least[place] and success
        moments.append(shown)
    bound = log_evidence_of_missing(add(Tally(), SIX, [float(one) for one in least]), SIX)
    assert all(
        max(one.greatest_below, log_evidence_of_missing(one, SIX)) <= max(bound, 0) + 1e-9 for one in moments
    )
