"""The beta-binomial e-process: what it is, against independent computation, and why it may be looked at at any time."""

import math

import numpy as np
import pytest
from bench.integral import integrated, successes_to_try
from hypothesis import given, settings
from hypothesis import strategies as st
from ville import BernoulliTest

from setpiece.programs.evidence.bernoulli import anytime_p_value, log_evidence_above, log_evidence_below
from setpiece.programs.evidence.boundary import boundary

ANY = settings(max_examples=60, deadline=None)

rates = st.floats(1e-6, 1 - 1e-6)
counts = st.integers(0, 5_000)


@pytest.mark.parametrize("rate", [0.001, 0.06, 0.9])
@pytest.mark.parametrize("units", [1, 50, 100_000])
def test_it_is_the_integral_to_nine_digits(units: int, rate: float):
    for successes in successes_to_try(units, rate):
        difference = log_evidence_below(units, successes, rate) - integrated(units, successes, rate)
        assert abs(math.expm1(difference)) < 1e-9, (units, successes, rate)


@ANY
@given(counts, counts, rates)
def test_both_sides_together_are_the_well_known_two_sided_mixture(successes: int, failures: int, rate: float):
    """Uniform on [0, 1] is uniform on [0, p] and on [p, 1], weighted by their lengths; its evidence is a beta function."""
    units = successes + failures
    below = math.log(rate) + log_evidence_below(units, successes, rate)
    above = math.log1p(-rate) + log_evidence_above(units, successes, rate)
    beta = math.lgamma(successes + 1) + math.lgamma(failures + 1) - math.lgamma(units + 2)
    both = beta - successes * math.log(rate) - failures * math.log1p(-rate)
    assert np.logaddexp(below, above) == pytest.approx(both, rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("rate", [0.01, 0.06, 0.5])
@pytest.mark.parametrize("share", [0.5, 1, 1.5], ids="{} x the target".format)
def test_both_sides_together_are_what_another_package_finds_along_a_path(rate: float, share: float):
    path = (np.random.default_rng(8).random(100_000) < share * rate).astype(float)
    theirs, successes = BernoulliTest(rate, prior=(1, 1)).fit(path).log_e_values_, np.cumsum(path)
    for units in np.geomspace(1, len(path), 60).astype(int):
        counts = int(units), int(successes[units - 1])
        below = math.log(rate) + log_evidence_below(*counts, rate)
        above = math.log1p(-rate) + log_evidence_above(*counts, rate)
        assert abs(math.expm1(np.logaddexp(below, above) - theirs[units - 1])) < 1e-9, counts


def test_it_begins_at_one():
    assert log_evidence_below(0, 0, 0.06) == log_evidence_above(0, 0, 0.06) == 0


@ANY
@given(counts, counts, rates)
def test_at_the_target_rate_it_neither_gains_nor_loses_on_average(successes: int, failures: int, rate: float):
    units = successes + failures
    for evidence in (log_evidence_below, log_evidence_above):
        now = evidence(units, successes, rate)
        after = rate * math.exp(evidence(units + 1, successes + 1, rate) - now) + (1 - rate) * math.exp(
            evidence(units + 1, successes, rate) - now
        )
        assert after == pytest.approx(1, rel=1e-8)


@ANY
@given(counts, counts, rates)
def test_a_success_lowers_it_and_a_failure_raises_it(successes: int, failures: int, rate: float):
    units = successes + failures
    now = log_evidence_below(units, successes, rate)
    assert (
        log_evidence_below(units + 1, successes + 1, rate)
        < now
        < log_evidence_below(units + 1, successes, rate) + 1e-12
    )


@ANY
@given(counts, counts, rates, st.floats(1.01, 3))
def test_a_higher_target_is_missed_more_clearly(successes: int, failures: int, rate: float, times: float):
    higher, units = min(rate * times, 1 - 1e-7), successes + failures
    assert log_evidence_below(units, successes, higher) >= log_evidence_below(units, successes, rate) - 1e-12


@ANY
@given(counts, counts, rates, st.floats(0, 1))
def test_between_two_counts_lies_what_bounded_values_give(
    successes: int, failures: int, rate: float, part: float
):
    units = successes + failures + 1
    few, some, many = (log_evidence_below(units, successes + more, rate) for more in (0, part, 1))
    assert many - 1e-9 <= some <= few + 1e-9


@ANY
@given(counts, counts, rates)
def test_the_mirrored_process_counts_failures(successes: int, failures: int, rate: float):
    units = successes + failures
    mirrored = log_evidence_below(units, failures, 1 - rate)
    assert log_evidence_above(units, successes, rate) == pytest.approx(mirrored, rel=1e-9, abs=1e-9)


@ANY
@given(st.integers(0, 10**7), st.integers(0, 10**7), st.floats(1e-15, 1, exclude_max=True))
def test_nothing_makes_it_fail(successes: int, failures: int, rate: float):
    assert math.isfinite(log_evidence_below(successes + failures, successes, rate))
    assert math.isfinite(log_evidence_above(successes + failures, successes, rate))


def test_the_p_value_is_the_inverse_of_the_greatest_evidence():
    assert anytime_p_value(math.log(25)) == pytest.approx(0.04)
    assert anytime_p_value(-3.0) == 1


def test_a_rate_that_varies_above_the_target_is_called_failing_less_often_than_alpha():
    """Seeded; the rate of each unit depends on what came before, as the theorem allows."""
    drawing, alpha, target, programs, units = np.random.default_rng(7), 0.1, 0.06, 5_000, 600
    successes, alarmed = np.zeros(programs, dtype=int), np.zeros(programs, dtype=bool)
    for seen, most in enumerate(boundary(target, alpha, units)):
        alarmed |= successes <= most
        rates = np.where(successes < target * seen, target, 2 * target)
        successes += drawing.random(programs) < rates
    assert 0 < alarmed.mean() <= alpha
