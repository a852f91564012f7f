"""Situations in which rules for pivots break: what happens to the leads of many programs on target, and how it may be counted, well and badly.

A way of counting is two moments for each lead: when it counts, and when it counts as a success, in days; `NEVER` for neither. Everything is seeded.
Programs are on target exactly, in the rate of replies within the window by first contacts of an account, unless a cell says above.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from bench.rivals import Question, repeated
from setpiece.programs.evidence.boundary import boundary

Floats = NDArray[np.float64]
NEVER = np.inf
TARGET, ALPHA, LEAST_UNITS = 0.2, 0.1, 50
A_DAY, SENDING_DAYS = 20, 20
LEADS = A_DAY * SENDING_DAYS
WINDOW = 5.0
DELAY = 2.0
"""Mean days until a reply. Within the window 92 % of all replies come."""
CONTACTS = 4  # of an account, where accounts have several
CORRELATION = 0.4  # of their answers
BELIEVED_AGE = 1.0
"""Days; as `outcomes.counting` has it."""
CLOCK_BEHIND = 20.0  # days, of a sender whose clock is wrong
EDIT_DAY = 10.01  # a look
LOW_TARGET = 0.05  # before the edit
HAND_DAY = 4.01  # a look, before anything could be called
SHORT_WINDOW = 2.0
"""Days: 60 units of an epoch are counted three days after it began, so that a cap of one pivot a week is in the way."""
MOST_A_WEEK = 20
"""Pivots: more than there is time for."""
WEEK = 7.0 - 1e-6
"""Days; a pivot that is exactly a week old does not count any more."""


@dataclass(frozen=True, slots=True)
class Leads:
    """What truly happens, in arrays of programs x leads.

    Args:
        sent: When each lead is touched, in days.
        replied: When it replies.
        account: Whom it belongs to, within its program.
        touch_told: When the touch is reported, and `reply_told` the reply.
        copies: How often each of its events is reported.
        claimed: When the sender says that it was touched.
        run: Which of the program's runs touched it.
        window: Of the programs, in days.
    """

    sent: Floats
    replied: Floats
    account: NDArray[np.int64]
    touch_told: Floats
    reply_told: Floats
    copies: NDArray[np.int64]
    claimed: Floats
    run: NDArray[np.int64]
    window: float = WINDOW

    def part(self, of: slice) -> "Leads":
        """The leads of some of the programs."""
        names = [one.name for one in fields(self) if one.name != "window"]
        return replace(self, **{name: getattr(self, name)[of] for name in names})


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


def steady(
    drawing: np.random.Generator, programs: int, rate: float = TARGET, window: float = WINDOW
) -> Leads:
    """Every lead an account of its own, replies after a while, everything told as it happens."""
    shape = (programs, LEADS)
    sent = np.broadcast_to(np.arange(1, LEADS + 1) / A_DAY, shape).copy()
    delay = drawing.exponential(DELAY, shape)
    in_window = -np.expm1(-window / DELAY)
    replied = np.where(drawing.random(shape) < rate / in_window, sent + delay, NEVER)
    account = np.broadcast_to(np.arange(LEADS), shape).copy()
    ones = np.ones(shape, dtype=np.int64)
    return Leads(sent, replied, account, sent, replied, ones, sent, ones * 0, window)


def clusters(drawing: np.random.Generator, programs: int) -> Leads:
    """Several contacts of each account on one day; accounts differ in how readily they answer."""
    leads = steady(drawing, programs)
    groups = LEADS // CONTACTS
    spread = 1 / CORRELATION - 1
    readiness = drawing.beta(TARGET * spread, (1 - TARGET) * spread, (programs, groups))
    answers = drawing.random(leads.sent.shape) < np.repeat(readiness, CONTACTS, axis=1)
    replied = np.where(answers, leads.sent + drawing.uniform(0, WINDOW, leads.sent.shape), NEVER)
    account = np.broadcast_to(np.repeat(np.arange(groups), CONTACTS), leads.sent.shape).copy()
    return replace(leads, replied=replied, reply_told=replied, account=account)


def varying(drawing: np.random.Generator, programs: int) -> Leads:
    """The rate is the target while a program is behind it, and a quarter above it while it is ahead: never below, and never by chance alone."""
    leads = steady(drawing, programs)
    replied, successes = leads.replied, np.zeros(programs)
    for lead in range(LEADS):
        rate = np.where(successes < TARGET * lead, TARGET, 1.25 * TARGET)
        answers = drawing.random(programs) < rate
        replied[:, lead] = np.where(
            answers, leads.sent[:, lead] + drawing.uniform(0, WINDOW, programs), NEVER
        )
        successes += answers
    return replace(leads, replied=replied, reply_told=replied)


def repeated_events(drawing: np.random.Generator, programs: int) -> Leads:
    """Everything is reported one to four times."""
    leads = steady(drawing, programs)
    return replace(leads, copies=drawing.integers(1, 5, leads.sent.shape))


def disordered(drawing: np.random.Generator, programs: int) -> Leads:
    """Touches are reported up to three days late, so that many replies are known before them."""
    leads = steady(drawing, programs)
    return replace(leads, touch_told=leads.sent + drawing.uniform(0, 3, leads.sent.shape))


def wrong_clocks(drawing: np.random.Generator, programs: int) -> Leads:
    """Touches are dated weeks ago. Setpiece believes at most a day of that, so the target is reached in a window that is a day shorter."""
    shorter = np.expm1(-WINDOW / DELAY) / np.expm1(-(WINDOW - 1) / DELAY)
    leads = steady(drawing, programs, TARGET * shorter)
    return replace(leads, claimed=leads.sent - CLOCK_BEHIND)


def two_runs(drawing: np.random.Generator, programs: int) -> Leads:
    """Two runs at once touch the same accounts on the same days; each account answers once, whoever wrote."""
    leads = steady(drawing, programs)
    first = np.arange(LEADS) % 2 == 0
    pair = np.arange(LEADS) // 2
    sent = np.broadcast_to((pair + 1) * 2 / A_DAY, leads.sent.shape).copy()
    replied = np.where(first, sent + (leads.replied - leads.sent), NEVER)
    account = np.broadcast_to(pair, sent.shape).copy()
    run = np.broadcast_to(np.where(first, 0, 1), sent.shape).copy()
    return replace(leads, sent=sent, touch_told=sent, claimed=sent, replied=replied, reply_told=replied, account=account, run=run)  # fmt: skip


def edited(drawing: np.random.Generator, programs: int) -> Leads:
    """A modest target, reached exactly; on one day a higher one is set, with a better offer that reaches it exactly."""
    leads, better = steady(drawing, programs, LOW_TARGET), steady(drawing, programs)
    later = leads.sent > EDIT_DAY
    replied = np.where(later, better.replied, leads.replied)
    return replace(leads, replied=replied, reply_told=replied)


def brief(drawing: np.random.Generator, programs: int) -> Leads:
    """Programs with a short window, which learn quickly whether they are on target."""
    return steady(drawing, programs, window=SHORT_WINDOW)


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
