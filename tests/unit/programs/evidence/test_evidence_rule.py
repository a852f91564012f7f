"""What follows from the evidence: states, guardrails, targets, many programs, variants, and how it is put."""

import math
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from setpiece.programs.evidence.allocation import Arm, choose_variant
from setpiece.programs.evidence.outlook import look_ahead
from setpiece.programs.evidence.portfolio import failing
from setpiece.programs.evidence.rule import Block, Guardrails, State, decide
from setpiece.programs.evidence.tally import Tally
from setpiece.programs.evidence.target import MeanTarget, NotEvaluable, RateTarget, read_target, target_of
from setpiece.programs.evidence.wording import explain
from setpiece.programs.spec.model import Buddy, Direction, Mode, Spec, Strategy, SuccessMetric

ANY = settings(max_examples=60, deadline=None)

OPEN = Guardrails(active=True, adapting=True, least_units=50, pivots_this_week=0, most_pivots_a_week=2)
SIX = RateTarget(0.06)


@pytest.mark.parametrize(
    ("tally", "state"),
    [
        (Tally(), State.COLLECTING),
        (Tally(49, 0), State.COLLECTING),
        (Tally(60, 3), State.NO_EVIDENCE),
        (Tally(58, 0), State.NO_EVIDENCE),
        (Tally(59, 0), State.PIVOT),
        (Tally(300, 60), State.TARGET_MET),
    ],
)
def test_the_state_follows_from_the_counts(tally: Tally, state: State):
    decision = decide(tally, SIX, 0.1, OPEN)
    assert decision.state is state
    assert (decision.state is State.PIVOT) == (not decision.blocks)


@pytest.mark.parametrize(
    ("guardrails", "code"),
    [
        (replace(OPEN, active=False), "status"),
        (replace(OPEN, adapting=False), "adaptation_disabled"),
        (replace(OPEN, pivots_this_week=2), "weekly_cap"),
        (replace(OPEN, most_pivots_a_week=0), "weekly_cap"),
        (replace(OPEN, others=(Block("judge_veto", "the judge says no"),)), "judge_veto"),
    ],
)
def test_what_is_in_the_way_is_named(guardrails: Guardrails, code: str):
    decision = decide(Tally(100, 0), SIX, 0.1, guardrails)
    assert decision.state is State.BLOCKED
    assert [block.code for block in decision.blocks] == [code]


guardrails = st.builds(
    Guardrails, st.booleans(), st.booleans(), st.integers(1, 200), st.integers(0, 5), st.integers(0, 5)
)


@ANY
@given(st.integers(0, 400), st.integers(0, 20), guardrails, guardrails)
def test_no_guardrail_ever_adds_a_pivot(units: int, successes: int, one: Guardrails, other: Guardrails):
    both = Guardrails(
        one.active and other.active,
        one.adapting and other.adapting,
        max(one.least_units, other.least_units),
        max(one.pivots_this_week, other.pivots_this_week),
        min(one.most_pivots_a_week, other.most_pivots_a_week),
    )
    tally = Tally(units + successes, successes)
    if decide(tally, SIX, 0.1, both).state is State.PIVOT:
        assert decide(tally, SIX, 0.1, one).state is State.PIVOT
        assert decide(tally, SIX, 0.1, replace(one, least_units=1)).state is State.PIVOT


def test_the_p_value_remembers_the_greatest_evidence():
    assert decide(Tally(100, 6, greatest_below=math.log(50)), SIX, 0.1, OPEN).anytime_p == pytest.approx(0.02)


@pytest.mark.parametrize(
    ("metric", "target", "more", "found"),
    [
        ("reply_rate", 0.06, {}, RateTarget(0.06)),
        ("reply_rate", 1, {}, RateTarget(0.01)),
        ("reply_rate", 6, {}, RateTarget(0.06)),
        ("meeting_booked", 3, {}, RateTarget(0.06)),
        ("meeting_booked", 3, {"target_rate": 0.2}, RateTarget(0.2)),
        ("meeting_booked", 3, {"detection_recall": 0.5}, RateTarget(0.03)),
        ("pipeline_arr", 50_000, {}, MeanTarget(1_000, 0, 50_000)),
        ("pipeline_arr", 50_000, {"cap": 8_000}, MeanTarget(1_000, 0, 8_000)),
        ("custom", 4, {"floor": 1, "cap": 5, "direction": "higher"}, MeanTarget(4, 1, 5)),
        ("custom", 4, {"floor": 0, "cap": 5, "direction": "lower"}, MeanTarget(4, 0, 5, lower_is_better=True)),
    ],
)  # fmt: skip
def test_a_target_is_read_from_the_spec(metric, target, more, found):
    assert read_target(metric, target, 50, **more) == found


def test_the_example_of_three_meetings_in_the_default_fifty_leads_is_six_per_cent():
    strategy = Strategy(hypothesis="…", success_metric=SuccessMetric.MEETING_BOOKED, success_target=3)
    assert target_of(Spec("Example", Mode.OUTBOUND, Buddy.PROSPECT, strategy)) == SIX
    custom = replace(
        strategy, success_metric=SuccessMetric.CUSTOM, value_floor=0, value_cap=9, direction=Direction.LOWER
    )
    assert target_of(Spec("Example", Mode.OUTBOUND, Buddy.PROSPECT, custom)) == MeanTarget(
        3, 0, 9, lower_is_better=True
    )


@pytest.mark.parametrize(
    ("metric", "target", "more"),
    [
        (None, 3, {}),
        ("reply_rate", None, {}),
        ("reply_rate", 0, {}),
        ("reply_rate", 100, {}),
        ("reply_rate", math.nan, {}),
        ("meeting_booked", 50, {}),
        ("meeting_booked", 3, {"target_rate": 1.0}),
        ("pipeline_arr", 0, {}),
        ("pipeline_arr", 50_000, {"cap": 1_000}),
        ("custom", 4, {"floor": 1, "cap": 5}),
        ("custom", 4, {"direction": "higher"}),
        ("custom", 9, {"floor": 1, "cap": 5, "direction": "higher"}),
    ],
)
def test_what_cannot_be_tested_never_pivots_and_says_why(metric, target, more):
    found = read_target(metric, target, 50, **more)
    assert isinstance(found, NotEvaluable)
    decision = decide(Tally(10_000, 0), found, 0.1, OPEN)
    assert decision.state is State.NOT_EVALUABLE
    assert decision.blocks
    assert found.reason in explain(decision, Tally(), found)


def test_many_programs_share_one_bound():
    evidence = {"sure": math.log(500), "likely": math.log(45), "perhaps": math.log(12), "fine": -3.0}
    assert failing(evidence, 0.1) == {"sure", "likely"}
    assert failing({"alone": math.log(12)}, 0.1) == {"alone"}
    assert failing({}, 0.1) == frozenset()


@ANY
@given(st.lists(st.floats(-5, 12), max_size=30), st.floats(0.01, 0.5))
def test_more_programs_never_make_one_easier_to_flag_alone(evidence: list[float], alpha: float):
    flagged = failing(dict(enumerate(evidence)), alpha)
    assert all(evidence[one] >= math.log(1 / alpha) for one in flagged)
    assert len(flagged) >= sum(value >= math.log(len(evidence) / alpha) for value in evidence)


def test_variants_share_the_leads_as_they_deserve_them():
    arms = {"short": Arm(200, 24), "long": Arm(200, 6), "new": Arm()}
    drawn = Counter(choose_variant(arms, f"lead {index}") for index in range(600))
    assert drawn["new"] > drawn["short"] > drawn["long"]
    assert choose_variant(arms, "lead 1") == choose_variant(dict(reversed(arms.items())), "lead 1")
    with pytest.raises(ValueError, match="no variant"):
        choose_variant({}, "lead 1")


def test_untried_variants_share_evenly():
    drawn = Counter(choose_variant({"a": Arm(), "b": Arm()}, str(index)) for index in range(1_000))
    assert 400 < drawn["a"] < 600


def test_the_outlook_before_a_run_names_the_leads_it_will_take():
    outlook = look_ahead(Tally(), RateTarget(0.1), 0.05, least_units=50)
    assert outlook.still_needed[0.0] == 50  # 43 would do, were there no least number
    assert outlook.still_needed[0.5] == pytest.approx(183, rel=1 / 6)
    assert (outlook.bounds.lower, outlook.bounds.upper) == (0, 1)


def test_the_bounds_of_a_mean_are_in_its_own_unit():
    target = MeanTarget(100.0, 0.0, 5_000.0)
    outlook = look_ahead(Tally(units=200, successes=4.0), target, 0.1)
    assert 0 < outlook.bounds.lower < 5_000 * 4 / 200 < outlook.bounds.upper < 5_000
    lower = replace(target, lower_is_better=True)
    assert look_ahead(Tally(units=200, successes=196.0), lower, 0.1).bounds.upper == pytest.approx(
        outlook.bounds.upper
    )


def _said(tally: Tally, guardrails: Guardrails = OPEN) -> str:
    return explain(
        decide(tally, SIX, 0.1, guardrails), tally, SIX, look_ahead(tally, SIX, 0.1, guardrails.least_units)
    )


def test_a_decision_is_a_plain_sentence():
    assert _said(Tally(59, 0)) == (
        "59 accounts have had time to answer and 0 succeeded (0 %); the target is 6 %. That is too little: the evidence that the target is missed is 10.4,"
        " and 10 is enough; of playbooks that are on target, at most 10 % are ever called failing. Change one thing."
    )
    assert (
        "at least 50 have to have had time to answer, and 10 are missing. A failing playbook is known after about 19 more if none of them succeeds,"
        " and as a rule after 58 more if they succeed half as often as they should." in _said(Tally(40, 0))
    )
    assert "because this week's 2 pivots are used up" in _said(
        Tally(90, 0), replace(OPEN, pivots_this_week=2)
    )
    assert "That does not contradict the target" in _said(Tally(60, 3))
    assert "the evidence for it is more than 1,000" in _said(Tally(300, 60))
    nothing = decide(Tally(), SIX, 0.1, OPEN)
    assert "Report each contact as 'touched'" in explain(nothing, Tally(), SIX, untouched=True)
    booked = explain(decide(Tally(50, 1), SIX, 0.1, OPEN), Tally(50, 1), SIX, metric="meeting_booked")
    assert booked.startswith("50 accounts have had time to answer and 1 booked a meeting (2 %)")
    assert _said(Tally()).startswith("No account has had time to answer yet; the target is 6 %.")
