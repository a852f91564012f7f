"""What outcomes mean for a unit, whatever order they are reported in."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as some

from setpiece.programs.outcomes.counting import (
    Success,
    Touch,
    counts_for,
    matures_at,
    of_the_first,
    with_successes,
    with_touch,
)
from setpiece.programs.outcomes.folding import MOST_VARIANTS, with_shown
from setpiece.programs.outcomes.model import NOTHING_COUNTED, OutcomeKind, Unit

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY, WINDOW = timedelta(days=1), timedelta(days=3)
RUN, OTHER = UUID(int=1), UUID(int=2)


def touch(days: float, run: UUID = RUN) -> Touch:
    at = NOW + days * DAY
    return Touch(at, matures_at(at, WINDOW, at, is_complete=False), run)


def success(days: float, value: float = 1) -> Success:
    return Success(NOW + days * DAY, value)


def unit_of(touches: list[Touch], successes: list[Success]) -> Unit:
    unit = Unit("acme.example")
    for one in touches:
        unit = with_touch(unit, one, NOTHING_COUNTED)
        unit = with_successes(unit, successes, NOTHING_COUNTED)
    return unit


@given(
    some.lists(some.floats(0, 10), min_size=1, max_size=5),
    some.lists(some.floats(-5, 15), max_size=5),
    some.integers(),
)
def test_the_order_of_reports_makes_no_difference(touches: list[float], successes: list[float], seed: int):
    reports = [touch(days) for days in touches], [success(days) for days in successes]
    shuffled = tuple(random.Random(seed).sample(some_of, len(some_of)) for some_of in reports)
    assert unit_of(*shuffled) == unit_of(*reports)


SUCCESSES = {
    "on the last moment of the window": (3.0, True, False),
    "after the window": (3.01, False, True),
    "a day before the touch, by another clock": (-1.0, True, False),
    "long before the touch": (-1.01, False, False),
}


@pytest.mark.parametrize(("days", "counts", "is_late"), SUCCESSES.values(), ids=SUCCESSES.keys())
def test_a_success_counts_within_the_window_of_the_first_touch(days: float, counts: bool, is_late: bool):
    unit = unit_of([touch(0), touch(2)], [success(days)])
    assert (unit.success_at is not None, unit.is_late, unit.value) == (counts, is_late, float(counts))


def test_a_follow_up_moves_no_window():
    """It goes to those who have not answered: with a window of its own they would be given more time than the others, or less."""
    first = with_touch(Unit("a"), touch(0), NOTHING_COUNTED)
    assert with_touch(first, touch(1, OTHER), NOTHING_COUNTED) == first


def test_a_touch_reported_late_gives_replies_time_to_be_reported_too():
    week_ago = NOW - 7 * DAY
    assert matures_at(week_ago, WINDOW, NOW, is_complete=False) == NOW - DAY + WINDOW
    assert matures_at(week_ago, WINDOW, NOW, is_complete=True) == week_ago + WINDOW


def test_what_matured_before_the_last_count_is_counted_by_the_next():
    through = NOW + 10 * DAY
    unit = with_touch(Unit("a"), touch(0), through)
    assert not unit.is_counted(through)
    assert unit.counts_at == through + timedelta(microseconds=1)


def test_a_counted_unit_can_only_gain():
    unit = unit_of([touch(0)], [success(1, 5)])
    through = NOW + 4 * DAY
    assert with_touch(unit, touch(-1), through) == unit
    assert with_successes(unit, [success(1, 5), success(2, -3)], through).value == 5
    assert with_successes(unit, [success(1, 5), success(2, 3)], through).value == 8
    assert with_successes(unit, [], through).success_at == unit.success_at


COUNTED = {
    "a neutral reply": (OutcomeKind.NEUTRAL_REPLY, "reply_rate", None, 1),
    "a reply with a number": (OutcomeKind.POSITIVE_REPLY, "reply_rate", 7.0, 1),
    "an angry reply": (OutcomeKind.NEGATIVE_REPLY, "reply_rate", None, None),
    "an auto-reply": (OutcomeKind.AUTO_REPLY, "reply_rate", None, None),
    "a meeting for replies": (OutcomeKind.MEETING_BOOKED, "reply_rate", None, None),
    "a meeting": (OutcomeKind.MEETING_BOOKED, "meeting_booked", None, 1),
    "a deal": (OutcomeKind.DEAL_WON, "pipeline_arr", 9000.0, 9000),
    "a deal without money": (OutcomeKind.DEAL_WON, "pipeline_arr", 0.0, None),
    "a measurement": (OutcomeKind.CUSTOM, "custom", 0.4, 0.4),
    "no metric": (OutcomeKind.POSITIVE_REPLY, None, None, None),
}


@pytest.mark.parametrize(("kind", "metric", "value", "counts"), COUNTED.values(), ids=COUNTED.keys())
def test_what_counts_as_a_success(
    kind: OutcomeKind, metric: str | None, value: float | None, counts: float | None
):
    assert counts_for(kind, metric, value) == counts


def test_variants_are_counted_up_to_a_bound_and_none_has_more_successes_than_units():
    shown = with_shown(
        {"short": (3, 1)}, [("short", 2, 1), (None, 5, 5), ("long", 4, 0), ("never counted", 0, 1)]
    )
    assert shown == {"short": (5, 2), "long": (4, 0)}
    each = with_shown(shown, ((f"for lead {n}", 1, 1) for n in range(10_000)))
    assert len(each) == MOST_VARIANTS
    assert with_shown(each, [("long", 0, 1)])["long"] == (4, 1)


ADA, BOB, EVE = UUID(int=11), UUID(int=12), UUID(int=13)


@pytest.mark.parametrize(
    ("who", "days", "counts"),
    [
        (ADA, 1.0, True),
        (None, 1.0, True),  # a deal, by the company
        (EVE, 1.0, True),  # to whom it was passed on
        (BOB, 1.5, False),  # contacted himself
        (BOB, 0.5, True),  # before he was
    ],
    ids=["the first", "the company", "nobody contacted", "the second", "the second before"],
)
def test_an_account_is_judged_by_who_was_contacted_first(who: UUID | None, days: float, counts: bool):
    first, second = replace(touch(0), person=ADA), replace(touch(1), person=BOB)
    contacted = {ADA: first.at, BOB: second.at}
    for order in ((first, second), (second, first)):
        unit = Unit("acme.example")
        for one in order:
            unit = with_touch(unit, one, NOTHING_COUNTED)
        found = replace(success(days), person=who)
        assert bool(of_the_first(unit, [found], contacted)) is counts
    assert of_the_first(Unit("acme.example"), [found], contacted) == [found]
