"""What an outcome means for the unit that it is about. Pure.

The order in which events are reported makes no difference until their unit is counted; then its first touch and its window stand,
and successes can only be added.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from setpiece.programs.outcomes.model import OutcomeKind, Unit

_SUCCESSES: dict[str | None, frozenset[OutcomeKind]] = {
    "reply_rate": frozenset((OutcomeKind.POSITIVE_REPLY, OutcomeKind.NEUTRAL_REPLY)),
    "meeting_booked": frozenset((OutcomeKind.MEETING_BOOKED,)),
    "pipeline_arr": frozenset((OutcomeKind.DEAL_WON,)),
    "custom": frozenset((OutcomeKind.CUSTOM,)),
}
"""Source: playbooks-v1, 3.2: a positive or neutral human reply; auto-replies, bounces and wishes to be left alone do not count."""
BEFORE_TOUCH = timedelta(days=1)
"""By so much the clock of who reports a success may be behind that of who reports the touch; also covers dates without a time."""
BELIEVED_AGE = timedelta(days=1)
"""A touch that is reported as older than this matures as if it had this age: a clock that is wrong, or a report that comes before
those of the replies, must not make it count before a reply can be known."""
_TICK = timedelta(microseconds=1)  # of the database


@dataclass(frozen=True, slots=True)
class Touch:
    """A first contact as it was reported."""

    at: datetime
    matures_at: datetime
    run_id: UUID
    variant: str | None = None
    person: UUID | None = None


@dataclass(frozen=True, slots=True)
class Success:
    """Something that a unit succeeded in.

    Attributes:
        person: Who; None where only the company is known.
    """

    at: datetime
    value: float
    person: UUID | None = None


def counts_for(kind: OutcomeKind, metric: str | None, value: float | None) -> float | None:
    """What an outcome counts for as a success, whenever it came: its own value where the metric has one, else 1; None when it is none.

    A deal without money in it is none.
    """
    if kind not in _SUCCESSES.get(metric, frozenset()):
        return None
    if metric == "pipeline_arr":
        return value if value and value > 0 else None
    if metric == "custom":
        return (1.0 if value is None else value) or None
    return 1.0


def matures_at(touch_at: datetime, window: timedelta, now: datetime, *, is_complete: bool) -> datetime:
    """When a touch that is reported now matures. `is_complete`: everything that followed it up to now is known."""
    believed = touch_at if is_complete else max(touch_at, now - BELIEVED_AGE)
    return believed + window


def with_touch(unit: Unit, touch: Touch, through: datetime) -> Unit:
    """The unit after a touch of it was reported. A later touch than the first changes nothing: whom it goes to depends on who has answered.

    Of two at the same moment the one that was reported first is the first.
    """
    if unit.is_counted(through):
        return unit
    run_id, variant, matures = unit.run_id, unit.variant, touch.matures_at
    if unit.first_touch_at is None or unit.matures_at is None:
        run_id, variant = touch.run_id, touch.variant
    elif touch.at < unit.first_touch_at:
        matures = min(unit.matures_at, matures)
    else:
        return unit
    return replace(
        unit,
        run_id=run_id,
        variant=variant,
        person=touch.person,
        first_touch_at=touch.at,
        matures_at=matures,
        counts_at=max(matures, through + _TICK),
    )


def of_the_first(
    unit: Unit, successes: Sequence[Success], touched: Mapping[UUID, datetime]
) -> Sequence[Success]:
    """The successes that are the unit's: those of who was contacted first, and those that came of it without another contact.

    `touched` says who else of the account was contacted, and when first. What such a person did after that answers to that contact, and
    a target is meant for one. Somebody to whom the mail was passed on, and what is told of the company alone, count.
    """
    if unit.person is None:
        return successes
    return [
        one
        for one in successes
        if one.person in (None, unit.person) or touched.get(one.person, one.at) >= one.at
    ]


def with_successes(unit: Unit, successes: Sequence[Success], through: datetime) -> Unit:
    """The unit with everything that is known to have succeeded in it."""
    counted = unit.is_counted(through)
    if unit.first_touch_at is None or unit.matures_at is None or (counted and not successes):
        return unit
    known = _with_all(unit, unit.first_touch_at - BEFORE_TOUCH, unit.matures_at, successes)
    if not counted:
        return known
    success_at, value = unit.success_at or known.success_at, max(unit.value, known.value)
    return replace(known, success_at=success_at, value=value, is_late=known.is_late and success_at is None)


def put_right(unit: Unit, successes: Sequence[Success]) -> Unit:
    """The unit when something that was reported of it was corrected: with what is left, whether it was counted or not.

    Here alone a counted unit can lose a success.
    """
    if unit.first_touch_at is None or unit.matures_at is None:
        return unit
    return _with_all(unit, unit.first_touch_at - BEFORE_TOUCH, unit.matures_at, successes)


def touched_again(unit: Unit, touches: Sequence[Touch], through: datetime) -> Unit:
    """The unit, which is not counted, when a touch of it was taken back: as if only the `touches` that are left had been reported."""
    fresh = Unit(unit.key)
    for touch in sorted(touches, key=lambda one: one.at):
        fresh = with_touch(fresh, touch, through)
    return fresh


def _with_all(unit: Unit, begins: datetime, ends: datetime, successes: Sequence[Success]) -> Unit:
    within = [one for one in successes if begins <= one.at <= ends]
    success_at = min((one.at for one in within), default=None)
    is_late = success_at is None and any(one.at > ends for one in successes)
    return replace(unit, success_at=success_at, value=sum(one.value for one in within), is_late=is_late)
