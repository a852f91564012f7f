"""Situations in which rules for pivots break: what happens to the leads of many programs on target, and how it may be counted, well and badly.

A way of counting is two moments for each lead: when it counts, and when it counts as a success, in days; `NEVER` for neither. Everything is seeded.
Programs are on target exactly, in the rate of replies within the window by first contacts of an account, unless a cell says above.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

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
    """

    sent: Floats
    replied: Floats
    account: NDArray[np.int64]
    touch_told: Floats
    reply_told: Floats
    copies: NDArray[np.int64]
    claimed: Floats
    run: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Count:
    counted_at: Floats
    success_at: Floats


@dataclass(frozen=True, slots=True)
class Cell:
    """A situation, and a way of counting that fails in it."""

    name: str
    leads: Callable[[np.random.Generator, int], Leads]
    badly: str
    badly_alarmed: Callable[[Leads], Floats]
    well: Callable[[Leads], Count]
    """As Setpiece counts, event for event."""

    def alarmed(self, leads: Leads) -> Floats:
        return first_alarm(self.well(leads))


BINOMIAL = repeated(Question(TARGET, ALPHA, LEADS))
DAYS = np.arange(1.0, SENDING_DAYS + WINDOW + 4) + 0.01
"""When it is looked; a little off the moments at which leads are touched, so that nothing depends on a tie."""


def protected(leads: Leads) -> Count:
    """An account once, when its window is over, and as a success if anybody there replied by then.

    A touch is believed to be a day old at most when it is reported, which is at the next look.
    """
    begun = np.maximum(leads.claimed, _look_after(leads.touch_told) - BELIEVED_AGE)
    first = _is_first(leads)
    matures = (
        begun[
            np.arange(len(begun))[:, None],
            np.maximum.accumulate(np.where(first, np.arange(LEADS), 0), axis=1),
        ]
        + WINDOW
    )
    in_time = leads.replied <= matures
    size = LEADS // int(first[0].sum())
    answered = np.repeat(in_time.reshape(len(begun), -1, size).any(axis=2), size, axis=1)
    counted = np.where(first, matures, NEVER)
    return Count(counted, np.where(answered, counted, NEVER))


def after_edit(leads: Leads) -> Count:
    """What was touched in the epoch that began with the edit."""
    count, later = protected(leads), leads.sent > EDIT_DAY
    return Count(np.where(later, count.counted_at, NEVER), np.where(later, count.success_at, NEVER))


def first_alarm(count: Count, rule: Sequence[int] | None = None) -> Floats:
    """For each program the day of the first look at which a pivot is called; NEVER where none is."""
    most = np.array(rule if rule is not None else boundary(TARGET, ALPHA, count.counted_at.shape[1]))
    called = np.full(len(count.counted_at), NEVER)
    for day in DAYS:
        units = (count.counted_at <= day).sum(axis=1)
        successes = (count.success_at <= day).sum(axis=1)
        calls = (units >= LEAST_UNITS) & (successes <= most[units])
        called = np.where(calls, np.minimum(called, day), called)
    return called


def pivots(leads: Leads, rule: Sequence[int] | None = None) -> NDArray[np.int64]:
    """How often each program is changed over its life, when a change begins a new epoch and improves nothing."""
    count, most = protected(leads), np.array(rule if rule is not None else boundary(TARGET, ALPHA, LEADS))
    made, begun = np.zeros(len(leads.sent), dtype=np.int64), np.zeros((len(leads.sent), 1))
    for day in DAYS:
        present = (count.counted_at <= day) & (leads.sent > begun)
        units, successes = present.sum(axis=1), (present & (count.success_at <= day)).sum(axis=1)
        calls = (units >= LEAST_UNITS) & (successes <= most[units])
        made, begun = made + calls, np.where(calls[:, None], day, begun)
    return made


def steady(drawing: np.random.Generator, programs: int, rate: float = TARGET) -> Leads:
    """Every lead an account of its own, replies after a while, everything told as it happens."""
    shape = (programs, LEADS)
    sent = np.broadcast_to(np.arange(1, LEADS + 1) / A_DAY, shape).copy()
    delay = drawing.exponential(DELAY, shape)
    in_window = -np.expm1(-WINDOW / DELAY)
    replied = np.where(drawing.random(shape) < rate / in_window, sent + delay, NEVER)
    account = np.broadcast_to(np.arange(LEADS), shape).copy()
    ones = np.ones(shape, dtype=np.int64)
    return Leads(sent, replied, account, sent, replied, ones, sent, ones * 0)


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
    Cell("steady", steady, "a binomial test every day", _binomial, protected),
    Cell("delay", steady, "every lead that was sent", _all_sent, protected),
    Cell("clusters", clusters, "every contact", _every_contact, protected),
    Cell("varying rate, never below target", varying, "a binomial test every day", _binomial, protected),
    Cell("repeated events", repeated_events, "each report", _each_copy, protected),
    Cell("out of order", disordered, "replies known after their touch", _in_order_of_report, protected),
    Cell("wrong clocks", wrong_clocks, "by the sender's clock", _by_their_clock, protected),
    Cell("two runs at once", two_runs, "each run's touch", _every_contact, protected),
    Cell("target edited", edited, "what came before the edit, too", _target_only_edited, after_edit),
)
