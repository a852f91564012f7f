"""The arithmetic of judging a choice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setpiece.matching.evaluation.baselines import best_floor, judge_by, lexical, with_floor
from setpiece.matching.evaluation.difference import compare_runs
from setpiece.matching.evaluation.metrics import Confusion, Rate, summarize
from setpiece.matching.evaluation.model import NONE, Judged
from setpiece.matching.model import Confidence, Kind, PersonaCandidate

LABELS = ("a", "b", "c", "d")


def judged(case: str, expected: str, ranked: str, confidence: Confidence | None = Confidence.HIGH) -> Judged:
    """`expected` and `ranked` as letters: `ab` is a or b, nothing is nobody."""
    return Judged(
        case,
        Kind.PERSONA,
        tuple(expected) or (NONE,),
        tuple(ranked),
        confidence if ranked else None,
        (),
        case,
    )


CASES = (
    judged("first", "a", "abc"),
    judged("second", "b", "abc", Confidence.MEDIUM),
    judged("fourth", "d", "abcd", Confidence.LOW),
    judged("nowhere", "d", "abc"),
    judged("unchosen", "a", ""),
    judged("either", "ab", "ba"),
    judged("outside", "", ""),
    judged("outside, yet chosen", "", "c", Confidence.LOW),
)


def test_accuracy_counts_the_people_inside_the_library():
    summary = summarize(CASES)
    assert summary.at_1 == Rate(2, 6)
    assert summary.at_3 == Rate(3, 6)


def test_the_reciprocal_rank_is_nothing_where_the_right_one_is_nowhere():
    assert summarize(CASES).reciprocal_rank == pytest.approx((1 + 1 / 2 + 1 / 4 + 0 + 0 + 1) / 6)


def test_nobody_fits_has_a_recall_and_a_precision():
    summary = summarize(CASES)
    assert summary.none_recall == Rate(1, 2)
    assert summary.none_precision == Rate(1, 2)
    assert summary.overall == Rate(3, 8)


def test_a_confidence_is_measured_on_the_choices_made_with_it():
    assert summarize(CASES).by_confidence == {
        Confidence.HIGH: Rate(2, 3),
        Confidence.MEDIUM: Rate(0, 1),
        Confidence.LOW: Rate(0, 2),
    }


def test_the_confusion_matrix_adds_up_and_shows_what_went_wrong_first():
    pairs = summarize(CASES).confusion
    assert sum(one.count for one in pairs) == len(CASES)
    assert pairs[0] == Confusion("d", "a", 2)
    wrong = [one.expected != one.predicted for one in pairs]
    assert wrong == sorted(wrong, reverse=True)


def test_nothing_to_count_is_no_ratio():
    summary = summarize(())
    assert summary.at_1.ratio is None
    assert summary.reciprocal_rank is None


@given(
    st.lists(
        st.builds(
            judged,
            st.uuids().map(str),
            st.sampled_from(["a", "b", "ab", ""]),
            st.sampled_from(["", "a", "ba", "cab", "dcba"]),
        )
    )
)
def test_the_numbers_stand_in_order(cases: list[Judged]):
    summary = summarize(cases)
    assert summary.at_1.hits <= summary.at_3.hits <= summary.at_3.of
    if summary.reciprocal_rank is not None and summary.at_1.ratio is not None:
        assert summary.at_1.ratio - 1e-9 <= summary.reciprocal_rank <= 1
    assert sum(one.of for one in summary.by_confidence.values()) == sum(bool(one.ranked) for one in cases)


def test_a_difference_tells_what_was_gained_and_lost():
    before = (
        judged("same", "a", "a"),
        judged("won", "a", "b"),
        judged("lost", "a", "a"),
        judged("other", "a", "b"),
        judged("gone", "a", "a"),
    )
    after = (
        judged("same", "a", "a"),
        judged("won", "a", "a"),
        judged("lost", "a", ""),
        judged("other", "a", "c"),
        judged("new", "a", "a"),
    )
    found = compare_runs(before, after)
    assert [one.case for one in found.gained] == ["won"]
    assert [(one.case, one.before, one.after) for one in found.lost] == [("lost", "a", "none")]
    assert [one.case for one in found.other] == ["other"]
    assert found.only_in_one == 2


def test_a_run_does_not_differ_from_itself():
    found = compare_runs(CASES, CASES)
    assert (found.gained, found.lost, found.other, found.only_in_one) == ((), (), (), 0)


def test_a_baseline_says_none_below_the_score_that_suits_it_best():
    label_by_id = {one: one for one in LABELS}
    guesses = [
        judge_by({"a": 0.9, "b": 0.1}, label_by_id, judged("sure", "a", "")),
        judge_by({"a": 0.6, "b": 0.7}, label_by_id, judged("less", "b", "")),
        judge_by({"a": 0.3, "b": 0.2}, label_by_id, judged("outside", "", "")),
    ]
    floor = best_floor(guesses)
    assert 0.3 < floor <= 0.7
    assert [one.is_right for one in with_floor(guesses, floor)] == [True, True, True]
    assert [one.is_right for one in with_floor(guesses, 0.0)] == [True, True, False]


def test_the_lexical_baseline_counts_words_in_common():
    several = (PersonaCandidate("a", "Sales leader", titles=("VP Sales",)), PersonaCandidate("b", "Nurse"))
    scores = lexical("Head of sales", several)
    assert scores["a"] > scores["b"] == 0.0


def test_the_fuzzy_baseline_takes_the_nearest_title():
    pytest.importorskip("rapidfuzz")
    from setpiece.matching.evaluation.baselines import fuzzy

    several = (PersonaCandidate("a", "Leader", titles=("VP of Sales",)), PersonaCandidate("b", "Nurse"))
    scores = fuzzy("vp sales", several)
    assert scores["a"] > 0.8 > scores["b"]
