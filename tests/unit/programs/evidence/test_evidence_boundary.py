"""The rule in whole numbers, and what it does, computed exactly."""

import math

import numpy as np
import pytest
from bench.exact import stopping
from hypothesis import given, settings
from hypothesis import strategies as st

from setpiece.programs.evidence.bernoulli import log_evidence_below
from setpiece.programs.evidence.boundary import boundary, units_still_needed
from setpiece.programs.evidence.confidence import confidence_bounds

ANY = settings(max_examples=60, deadline=None)


@pytest.fixture(scope="module")
def usual() -> tuple[int, ...]:
    return boundary(0.06, 0.05, 5_000)


def test_few_successes_by_a_certain_lead_are_too_few(usual: tuple[int, ...]):
    told = {72: -1, 73: 0, 150: 2, 200: 3, 300: 7, 500: 16, 1_000: 39}
    assert {units: usual[units] for units in told} == told


def test_the_table_says_what_the_evidence_says(usual: tuple[int, ...]):
    for units in range(1, 5_000, 97):
        for successes in (usual[units], usual[units] + 1):
            if successes >= 0:
                enough = log_evidence_below(units, successes, 0.06) >= math.log(20)
                assert enough == (successes <= usual[units])


@pytest.mark.parametrize(
    ("rate", "alpha", "false_pivots"),
    [(0.02, 0.05, 0.0381), (0.06, 0.05, 0.0424), (0.2, 0.05, 0.0311), (0.06, 0.1, 0.0859)],
)
def test_false_pivots_stay_below_alpha_whatever_is_looked_at(rate: float, alpha: float, false_pivots: float):
    on_target, above = stopping(boundary(rate, alpha, 5_000), (rate, 1.2 * rate), least_units=50)
    assert on_target.by(5_000) == pytest.approx(false_pivots, abs=0.0001)
    assert above.by(5_000) < on_target.by(5_000) < alpha
    assert on_target.by(1_000) < on_target.by(5_000)


def test_failing_programs_are_found_after_so_many_leads(usual: tuple[int, ...]):
    found = stopping(usual, [share * 0.06 for share in (0.7, 0.5, 0.25, 0)], least_units=50)
    assert [one.quantile(0.5) for one in found] == [955, 308, 111, 73]
    assert found[1].by(5_000) > 0.9999


def test_a_naive_test_at_every_lead_would_pivot_a_third_of_the_programs_on_target():
    """So that the measure above has teeth: the same computation shows how a rule fails that is not made for looking."""
    chances, naive = np.ones(1), [-1]
    for _ in range(5_000):
        chances = (np.append(chances * 0.94, 0.0) + np.append(0.0, chances * 0.06))[:600]
        naive.append(int(np.searchsorted(np.cumsum(chances), 0.05, side="right")) - 1)
    assert stopping(naive, (0.06,), least_units=50)[0].by(5_000) == pytest.approx(0.337, abs=0.0005)


def test_without_any_success_the_leads_still_needed_are_exact(usual: tuple[int, ...]):
    assert units_still_needed(0, 0, 0.06, 0.05, 0.0) == 73
    assert units_still_needed(100, 2, 0.06, 0.05, 0.0) == usual.index(2) - 100
    assert units_still_needed(200, 3, 0.06, 0.05, 0.03) == 0


@pytest.mark.parametrize(("share", "median"), [(0.7, 955), (0.5, 308), (0.25, 111)])
def test_the_leads_still_needed_are_near_the_median(share: float, median: int):
    needed = units_still_needed(0, 0, 0.06, 0.05, share * 0.06)
    assert needed == pytest.approx(median, rel=1 / 6)


def test_a_program_on_target_is_not_told_when_it_will_fail():
    assert units_still_needed(100, 6, 0.06, 0.05, 0.06) is None


@ANY
@given(st.integers(0, 2_000), st.integers(0, 2_000), st.floats(0.001, 0.5), st.floats(0.001, 0.999))
def test_the_upper_bound_is_below_a_target_exactly_where_the_decision_is_against_it(
    successes: int, failures: int, alpha: float, rate: float
):
    units = successes + failures
    bounds = confidence_bounds(units, successes, alpha)
    if abs(bounds.upper - rate) > 1e-7:
        assert (bounds.upper < rate) == (log_evidence_below(units, successes, rate) >= -math.log(alpha))
    if units:
        assert bounds.lower <= successes / units <= bounds.upper


def test_nothing_seen_bounds_nothing():
    assert (confidence_bounds(0, 0, 0.05).lower, confidence_bounds(0, 0, 0.05).upper) == (0, 1)
