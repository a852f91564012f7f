"""What keeps a run from going on, and when the next email goes: pure rules."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from setpiece.programs.execution.model import (
    RETRY_WAITS,
    SENTENCES,
    Channel,
    Execution,
    Hold,
    Plan,
    Stand,
    Switches,
    day_of,
    due_after,
    next_day,
    retry_at,
)

AT = datetime(2026, 11, 25, 23, 30, tzinfo=UTC)
ID = UUID(int=1)


def stand(plan: Plan | None = None, **more: object) -> Stand:
    execution = Execution(ID, ID, plan or Plan(), True, 0, {}, None, None)
    return replace(Stand(execution), **more)  # type: ignore[arg-type]  # a test names the fields


def test_nothing_holds_a_run_of_an_active_playbook():
    assert stand().holds_preparing(2) == stand().holds_sending() == []


@pytest.mark.parametrize(
    ("changed", "hold", "also_preparing"),
    [
        ({"is_running": False}, Hold.ENDED, True),
        ({"switches": Switches(workspace=True)}, Hold.WORKSPACE_SWITCH, True),
        ({"switches": Switches(program=True)}, Hold.PROGRAM_SWITCH, True),
        ({"is_there": False}, Hold.PROGRAM_GONE, True),
        ({"is_active": False}, Hold.NOT_ACTIVE, False),
        ({"is_same_epoch": False}, Hold.EPOCH_OVER, False),
    ],
)
def test_what_holds_a_run(changed: dict[str, object], hold: Hold, also_preparing: bool):
    held = stand(**changed)
    assert held.holds_sending() == [hold]
    assert (hold in held.holds_preparing(2)) is also_preparing


def test_every_hold_says_what_to_do():
    assert set(SENTENCES) == set(Hold)


def test_a_pause_holds_everything():
    paused = replace(stand().execution, paused_by="u_example", paused_at=AT)
    held = replace(stand(), execution=paused)
    assert held.holds_preparing(2) == held.holds_sending() == [Hold.PAUSED]


def test_a_budget_is_never_passed():
    spent = replace(stand(Plan(budget=10)).execution, spent=8)
    held = replace(stand(), execution=spent)
    assert held.holds_preparing(2) == []
    assert held.holds_preparing(3) == [Hold.BUDGET]
    assert held.holds_sending() == []


def test_a_daily_cap_counts_down_to_nothing():
    assert [stand(Plan(daily_cap=3), sent_today=sent).left_today for sent in (0, 2, 3, 5)] == [3, 1, 0, 0]
    assert stand(Plan(daily_cap=3), sent_today=3).holds_sending() == [Hold.DAILY_CAP]
    assert stand(sent_today=10_000).left_today is None


def test_a_channel_needs_what_it_goes_through():
    assert stand(Plan(Channel.SMTP), has_mail=False).holds_sending() == [Hold.NO_MAIL_SERVER]
    assert stand(Plan(Channel.WEBHOOK), has_receiver=False).holds_sending() == [Hold.NO_RECEIVER]
    assert stand(Plan(Channel.EXPORT), has_mail=False, has_receiver=False).holds_sending() == []


def test_follow_ups_count_from_the_first_email_and_end_with_what_was_written():
    plan = Plan(follow_up_days=(3, 7))
    assert due_after(plan, AT, 1, 3) == AT + timedelta(days=3)
    assert due_after(plan, AT, 2, 3) == AT + timedelta(days=7)
    assert due_after(plan, AT, 3, 5) is None  # more is written than days are named
    assert due_after(plan, AT, 1, 1) is None
    assert due_after(Plan(follow_up_days=()), AT, 1, 3) is None


def test_a_mail_is_tried_again_a_bounded_number_of_times():
    waits = [retry_at(AT, tries) for tries in range(1, len(RETRY_WAITS) + 2)]
    assert waits[:-1] == [AT + wait for wait in RETRY_WAITS]
    assert waits[-1] is None


def test_a_day_begins_at_midnight_utc_wherever_the_clock_stands():
    elsewhere = AT.astimezone(UTC).replace(tzinfo=UTC)
    assert day_of(elsewhere) == datetime(2026, 11, 25, tzinfo=UTC)
    assert next_day(elsewhere) == datetime(2026, 11, 26, tzinfo=UTC)
