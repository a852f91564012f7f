"""Money and other bounded values: what is kept for each bet, and that it is enough."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from setpiece.programs.evidence.bernoulli import log_evidence_below
from setpiece.programs.evidence.betting import START, bets_above, bets_below, log_mean_capital, with_values
from setpiece.programs.evidence.boundary import more_without_success
from setpiece.programs.evidence.tally import (
    Tally,
    add,
    log_evidence_of_missing,
    log_evidence_of_surpassing,
)
from setpiece.programs.evidence.target import MeanTarget, RateTarget

ANY = settings(max_examples=60, deadline=None)

REVENUE = MeanTarget(mean=100.0, floor=0.0, cap=5_000.0)
values = st.lists(st.floats(-100, 20_000), min_size=1, max_size=40)


@ANY
@given(st.floats(0.001, 0.999), st.lists(st.floats(0, 1), max_size=30))
def test_the_evidence_is_the_average_capital_of_the_bets(mean: float, seen: list[float]):
    bets = bets_below(mean)
    capital = [math.prod(1 + bet * (mean - value) for value in seen) for bet in bets]
    kept = with_values(START, bets, [mean - value for value in seen])
    assert math.exp(log_mean_capital(kept)) == pytest.approx(math.fsum(capital) / len(bets), rel=1e-9)


@pytest.mark.parametrize("mean", [1e-9, 0.01, 0.5, 1 - 1e-9])
def test_no_bet_can_be_broke(mean: float):
    assert all(1 + bet * (mean - 1) > 0 for bet in bets_below(mean))
    assert all(1 - bet * mean > 0 for bet in bets_above(mean))


@ANY
@given(st.floats(0.01, 0.99), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_on_target_no_bet_gains_on_average(mean: float, low: float, high: float, chance: float):
    """Two values and their probability, moved so that their mean is the target."""
    average = chance * low + (1 - chance) * high
    shift = min(max(mean - average, -min(low, high)), 1 - max(low, high))
    true_mean = average + shift
    for bet in bets_below(true_mean) if 0 < true_mean < 1 else ():
        gain = chance * (1 + bet * (true_mean - low - shift)) + (1 - chance) * (
            1 + bet * (true_mean - high - shift)
        )
        assert gain <= 1 + 1e-9


@pytest.mark.parametrize(("units", "successes"), [(73, 0), (150, 2), (400, 30), (2_000, 100)])
def test_successes_and_failures_give_nearly_the_mixture(units: int, successes: int):
    """Equally spaced bets are a sum for the integral of the beta-binomial process."""
    kept = with_values(START, bets_below(0.06), [0.06 - 1] * successes + [0.06] * (units - successes))
    assert log_mean_capital(kept) == pytest.approx(log_evidence_below(units, successes, 0.06), abs=0.05)


@ANY
@given(values, st.randoms(use_true_random=False))
def test_neither_order_nor_batches_make_a_difference(seen: list[float], drawing):
    shuffled = list(seen)
    drawing.shuffle(shuffled)
    at_once, one_by_one = add(Tally(), REVENUE, seen), Tally()
    for value in shuffled:
        one_by_one = add(one_by_one, REVENUE, [value])
    assert one_by_one.units == at_once.units
    assert one_by_one.successes == pytest.approx(at_once.successes)
    assert one_by_one.below == pytest.approx(at_once.below, abs=1e-9)
    assert one_by_one.above == pytest.approx(at_once.above, abs=1e-9)
    assert one_by_one.greatest_below >= at_once.greatest_below - 1e-9


@ANY
@given(values, st.floats(0, 5_000))
def test_more_money_is_less_evidence_of_failure(seen: list[float], more: float):
    poorer, richer = add(Tally(), REVENUE, seen), add(Tally(), REVENUE, [seen[0] + more, *seen[1:]])
    assert log_evidence_of_missing(richer, REVENUE) <= log_evidence_of_missing(poorer, REVENUE) + 1e-9
    assert log_evidence_of_surpassing(richer, REVENUE) >= log_evidence_of_surpassing(poorer, REVENUE) - 1e-9


def test_one_huge_deal_counts_as_the_cap():
    assert add(Tally(), REVENUE, [1e11]) == add(Tally(), REVENUE, [5_000.0])


def test_lower_can_be_better():
    cost = MeanTarget(mean=20.0, floor=0.0, cap=100.0, lower_is_better=True)
    dear, cheap = add(Tally(), cost, [60.0] * 40), add(Tally(), cost, [5.0] * 40)
    assert log_evidence_of_missing(dear, cost) > math.log(10) > log_evidence_of_missing(cheap, cost)


def test_leads_still_needed_without_revenue_are_exact():
    sold = add(Tally(), REVENUE, [0.0] * 60 + [900.0])
    more = more_without_success(sold.below, REVENUE.scaled_mean, 0.1)
    assert more is not None
    almost, enough = (add(sold, REVENUE, [0.0] * count) for count in (more - 1, more))
    assert log_evidence_of_missing(almost, REVENUE) < math.log(10) <= log_evidence_of_missing(enough, REVENUE)


@pytest.mark.parametrize(
    ("target", "outcome"), [(REVENUE, math.nan), (REVENUE, math.inf), (RateTarget(0.1), 0.5), (RateTarget(0.1), 2)]
)  # fmt: skip
def test_what_is_no_outcome_is_refused(target: RateTarget | MeanTarget, outcome: float):
    with pytest.raises(ValueError, match="unit"):
        add(Tally(), target, [outcome])


@ANY
@given(st.lists(st.booleans(), max_size=60), st.integers(0, 60))
def test_the_tally_of_a_rate_is_a_count(outcomes: list[bool], cut: int):
    target = RateTarget(0.3)
    halves = add(add(Tally(), target, outcomes[:cut]), target, outcomes[cut:])
    assert (halves.units, halves.successes) == (len(outcomes), sum(outcomes))
    assert halves.greatest_below >= max(0.0, log_evidence_of_missing(halves, target))


def test_no_outcomes_change_nothing():
    tally = add(Tally(), REVENUE, [10.0])
    assert add(tally, REVENUE, []) is tally
