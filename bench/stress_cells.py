"""How the leads of a stress situation may be counted, well and badly, and what follows for the program.

A way of counting is two moments for each lead: when it counts, and when it counts as a success, in days; `NEVER` for neither.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from bench.rivals import Question, repeated
from bench.stress_leads import (
    EDIT_DAY,
    LEADS,
    NEVER,
    SENDING_DAYS,
    TARGET,
    WINDOW,
    Floats,
    Leads,
    brief,
    clusters,
    disordered,
    edited,
    repeated_events,
    steady,
    two_runs,
    varying,
    wrong_clocks,
)
from setpiece.programs.evidence.boundary import boundary

ALPHA, LEAST_UNITS = 0.1, 50
BELIEVED_AGE = 1.0
"""Days; as `outcomes.counting` has it."""
HAND_DAY = 4.01  # a look, before anything could be called
MOST_A_WEEK = 20
"""Pivots: more than there is time for."""
WEEK = 7.0 - 1e-6
"""Days; a pivot that is exactly a week old does not count any more."""


@dataclass(frozen=True, slots=True)
class Count:
    counted_at: Floats
    success_at: Floats


@dataclass(frozen=True, slots=True)
class Plan:
    """What is done with a program while its leads are sent.

    Args:
        changed_on: The day on which a person changes it, which begins a new epoch; that one is watched.
        edits_target: It is the target that is changed, from `LOW_TARGET`; otherwise the hypothesis, as a pivot by hand.
        pivots: It is changed whenever the rule calls for it, which improves nothing.
        most_a_week: Pivots that are allowed; one by hand counts.
    """

    changed_on: float = NEVER
    edits_target: bool = False
    pivots: bool = False
    most_a_week: int = MOST_A_WEEK


PLAIN = Plan()
EDIT = Plan(changed_on=EDIT_DAY, edits_target=True)
ANEW = Plan(pivots=True)
CAPPED = Plan(changed_on=HAND_DAY, pivots=True, most_a_week=1)


@dataclass(frozen=True, slots=True)
class Course:
    """What became of each program.

    Args:
        units: Of the epoch at the last look, and `successes` among them.
        alarmed: The day of the first look at which a pivot was called, NEVER where none was.
        pivots: How many were made by the rule.
        held: Looks at which the weekly cap alone was in the way of one.
    """

    units: NDArray[np.int64]
    successes: NDArray[np.int64]
    alarmed: Floats
    pivots: NDArray[np.int64]
    held: NDArray[np.int64]

    def differing(self, other: "Course") -> int:
        """Programs of which anything is not the same."""
        pairs = [(getattr(self, one.name), getattr(other, one.name)) for one in fields(self)]
        return int(np.any([mine != others for mine, others in pairs], axis=0).sum())


@dataclass(frozen=True, slots=True)
class Cell:
    """A situation, and a way of counting that fails in it."""

    name: str
    leads: Callable[[np.random.Generator, int], Leads]
    badly: str
    badly_alarmed: Callable[[Leads], Floats]
    plan: Plan = PLAIN


BINOMIAL = repeated(Question(TARGET, ALPHA, LEADS))
DAYS = np.arange(1.0, SENDING_DAYS + WINDOW + 4) + 0.01
"""When it is looked; a little off the moments at which leads are touched, so that nothing depends on a tie."""


def protected(leads: Leads) -> Count:
    """An account once, when its window is over, and as a success if who was contacted there first replied by then.

    A touch is believed to be a day old at most when it is reported, which is at the next look.
    """
    begun = np.maximum(leads.claimed, _look_after(leads.touch_told) - BELIEVED_AGE)
    first = _is_first(leads)
    matures = (
        begun[
            np.arange(len(begun))[:, None],
            np.maximum.accumulate(np.where(first, np.arange(LEADS), 0), axis=1),
        ]
        + leads.window
    )
    in_time = leads.replied <= matures
    counted = np.where(first, matures, NEVER)
    return Count(counted, np.where(in_time, counted, NEVER))


def first_alarm(count: Count, rule: Sequence[int] | None = None) -> Floats:
    """For each program the day of the first look at which a pivot is called, however it is counted; NEVER where none is."""
    most = np.array(rule if rule is not None else boundary(TARGET, ALPHA, count.counted_at.shape[1]))
    called = np.full(len(count.counted_at), NEVER)
    for day in DAYS:
        units = (count.counted_at <= day).sum(axis=1)
        successes = (count.success_at <= day).sum(axis=1)
        calls = (units >= LEAST_UNITS) & (successes <= most[units])
        called = np.where(calls, np.minimum(called, day), called)
    return called


def course(leads: Leads, plan: Plan = PLAIN, rule: Sequence[int] | None = None) -> Course:
    """What the rule makes of programs that are looked at every day."""
    count, most = protected(leads), np.array(rule if rule is not None else boundary(TARGET, ALPHA, LEADS))
    begun, alarmed = np.zeros(len(leads.sent)), np.full(len(leads.sent), NEVER)
    made = held = np.zeros(len(leads.sent), dtype=np.int64)
    changes: list[Floats] = []
    for day in DAYS:
        if day == plan.changed_on:
            begun, alarmed = np.full_like(begun, day), np.full_like(alarmed, NEVER)
            changes += [] if plan.edits_target else [begun]
        present = (count.counted_at <= day) & (leads.sent > begun[:, None])
        units, successes = present.sum(axis=1), (present & (count.success_at <= day)).sum(axis=1)
        enough = (units >= LEAST_UNITS) & (successes <= most[units])
        this_week = sum(((day - one < WEEK).astype(np.int64) for one in changes), start=np.zeros_like(made))
        calls = enough & (this_week < plan.most_a_week)
        held = held + (enough & ~calls)
        alarmed = np.where(calls, np.minimum(alarmed, day), alarmed)
        if plan.pivots:
            made, begun = made + calls, np.where(calls, day, begun)
            changes.append(np.where(calls, day, -NEVER))
    return Course(units, successes, alarmed, made, held)


def ever_called(leads: Leads, plan: Plan = PLAIN) -> NDArray[np.bool_]:
    """Whether a pivot is called in the epoch that is watched, when it is looked after every unit and no cap is in the way."""
    count, most = protected(leads), np.array(boundary(TARGET, ALPHA, LEADS))
    watched = leads.sent > (plan.changed_on if plan.changed_on < NEVER else 0)
    counted = np.where(watched, count.counted_at, NEVER)
    order = np.argsort(counted, axis=1, kind="stable")
    is_counted, is_success = (
        np.take_along_axis(one < NEVER, order, axis=1)
        for one in (counted, np.where(watched, count.success_at, NEVER))
    )
    successes, units = np.cumsum(is_success, axis=1), np.arange(1, LEADS + 1)
    called = is_counted & (units >= LEAST_UNITS) & (successes <= most[1:])
    return np.asarray(called.any(axis=1))


def _look_after(moment: Floats) -> Floats:
    return np.maximum(np.ceil(moment - DAYS[0] % 1), 1) + DAYS[0] % 1


def _is_first(leads: Leads) -> NDArray[np.bool_]:
    """Whether a lead is the first one touched of its account; leads stand in order."""
    first = np.ones_like(leads.account, dtype=bool)
    first[:, 1:] = leads.account[:, 1:] != leads.account[:, :-1]
    return first


def _all_sent(leads: Leads) -> Floats:
    return first_alarm(Count(leads.sent, leads.replied))


def _every_contact(leads: Leads) -> Floats:
    counted = leads.sent + WINDOW
    return first_alarm(Count(counted, np.where(leads.replied <= counted, counted, NEVER)))


def _binomial(leads: Leads) -> Floats:
    return first_alarm(protected(leads), BINOMIAL)


def _binomial_capped(leads: Leads) -> Floats:
    return course(leads, CAPPED, BINOMIAL).alarmed


def _each_copy(leads: Leads) -> Floats:
    count = protected(leads)
    copied = [(np.where(leads.copies > copy, part, NEVER)) for part in (count.counted_at, count.success_at) for copy in range(4)]  # fmt: skip
    return first_alarm(Count(np.concatenate(copied[:4], axis=1), np.concatenate(copied[4:], axis=1)))


def _in_order_of_report(leads: Leads) -> Floats:
    """A reply of somebody whose touch is not known is dropped."""
    counted = leads.sent + WINDOW
    known = (leads.replied <= counted) & (leads.reply_told >= leads.touch_told)
    return first_alarm(Count(counted, np.where(known, counted, NEVER)))


def _by_their_clock(leads: Leads) -> Floats:
    counted = np.maximum(leads.sent, leads.claimed + WINDOW)
    return first_alarm(
        Count(counted, np.where(leads.replied < NEVER, np.maximum(counted, leads.replied), NEVER))
    )


def _target_only_edited(leads: Leads) -> Floats:
    """What came before the edit is held against the new target."""
    return first_alarm(protected(leads))


CELLS = (
    Cell("delay", steady, "every lead that was sent", _all_sent),
    Cell("clusters", clusters, "every contact", _every_contact),
    Cell("varying rate, never below target", varying, "a binomial test every day", _binomial),
    Cell("restart after each pivot", steady, "a binomial test every day", _binomial, ANEW),
    Cell("target edited", edited, "what came before the edit, too", _target_only_edited, EDIT),
    Cell("repeated events", repeated_events, "each report", _each_copy),
    Cell("out of order", disordered, "replies known after their touch", _in_order_of_report),
    Cell("wrong clocks", wrong_clocks, "by the sender's clock", _by_their_clock),
    Cell("weekly cap", brief, "a binomial test every day, under the same cap", _binomial_capped, CAPPED),
    Cell("two runs at once", two_runs, "each run's touch", _every_contact),
)
