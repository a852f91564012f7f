"""What happens to the leads of many programs in situations in which rules for pivots break. Everything is seeded.

Programs are on target exactly, in the rate of replies within the window by first contacts of an account, unless a situation says above.
"""

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
NEVER = np.inf
TARGET = 0.2
A_DAY, SENDING_DAYS = 20, 20
LEADS = A_DAY * SENDING_DAYS
WINDOW = 5.0
SHORT_WINDOW = 2.0
"""Days: 60 units of an epoch are counted three days after it began, so that a cap of one pivot a week is in the way."""
DELAY = 2.0
"""Mean days until a reply. Within the window 92 % of all replies come."""
CONTACTS = 4  # of an account, where accounts have several
CORRELATION = 0.4  # of their answers
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
