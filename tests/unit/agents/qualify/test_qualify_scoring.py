"""The published formula."""

from itertools import product

import pytest

from setpiece.agents.qualify.evaluate.verdict import Answer, Verdict
from setpiece.agents.qualify.scoring import (
    Qualification,
    Question,
    Weight,
    answered,
    fit_of,
    overall,
    qualify,
    score_of,
)
from setpiece.matching.model import Confidence

YES, NO, UNKNOWN = (Verdict(one, "", Confidence.HIGH) for one in Answer)


def scored(*answers: tuple[str, bool, Verdict]) -> Qualification:
    return qualify(
        [answered(Question("?", good, Weight(weight)), verdict) for weight, good, verdict in answers]
    )


def test_one_to_ten_with_the_middle_rounded_down():
    assert [score_of(one) for one in (-1, -0.5, 0, 0.5, 1)] == [1, 3, 5, 8, 10]


@pytest.mark.parametrize(
    ("good", "verdict", "score"), [(True, YES, 10), (True, NO, 1), (False, YES, 1), (False, NO, 8)]
)
def test_yes_to_a_good_question_raises_and_to_a_bad_one_lowers(good: bool, verdict: Verdict, score: int):
    assert scored(("HIGH", good, verdict)).score == score


def test_unknown_pulls_to_the_middle_and_lowers_confidence_but_is_no_no():
    sure, unsure = scored(("HIGH", True, YES)), scored(("HIGH", True, YES), ("HIGH", True, UNKNOWN))
    denied = scored(("HIGH", True, YES), ("HIGH", True, NO))
    assert sure.score > unsure.score > denied.score
    assert unsure.balance > 0
    assert (sure.confidence, unsure.confidence) == (Confidence.HIGH, Confidence.MEDIUM)


@pytest.mark.parametrize("weight", Weight)
@pytest.mark.parametrize("good", [True, False])
def test_an_unknown_never_scores_below_knowing_nothing(weight: Weight, good: bool):
    assert scored((weight, good, UNKNOWN)).score == scored().score == 5


@pytest.mark.parametrize(
    ("good", "verdict", "sinks"),
    [(False, YES, True), (True, NO, True), (False, NO, False), (True, UNKNOWN, False)],
)
def test_a_disqualifier_sinks_the_section_or_does_nothing(good: bool, verdict: Verdict, sinks: bool):
    one = scored(("INSTANT_DISQUALIFIER", good, verdict), ("HIGH", True, YES))
    assert one.score == (1 if sinks else 10)
    assert bool(one.disqualifying) is sinks


def test_heavier_questions_weigh_more_and_surer_answers_too():
    balances = [
        scored((weight, True, YES), ("MEDIUM", True, NO)).balance for weight in ("LOW", "MEDIUM", "HIGH")
    ]
    assert balances == sorted(balances)
    assert balances[1] == 0
    unsure = Verdict(Answer.YES, "", Confidence.MEDIUM)
    assert scored(("HIGH", True, YES)).balance > scored(("HIGH", True, unsure)).balance > 0


def test_contributions_sum_to_the_balance():
    for verdicts in product((YES, NO, UNKNOWN), repeat=3):
        one = scored(*zip(("LOW", "MEDIUM", "HIGH"), (True, False, True), verdicts, strict=True))
        assert one.balance == pytest.approx(sum(part.contribution for part in one.answered) / 6, abs=1e-4)


def test_a_title_that_fits_as_matching_says_high_is_neutral_and_a_full_one_counts_like_a_high_question():
    assert [fit_of(one).contribution for one in (0, 0.42, 1)] == [-3, 0, 3]
    assert qualify([], fit_of(1.0)).score == 10


def test_the_whole_is_the_mean_of_what_had_something_to_score_and_a_sunk_section_caps_it():
    good, blank = scored(("HIGH", True, YES)), scored()
    sunk = scored(("INSTANT_DISQUALIFIER", False, YES))
    assert overall([good, blank]) == (10, 1.0)
    assert overall([good, good, good, sunk])[0] == 3
    assert overall([blank]) == overall([]) == (5, 0.0)
