"""Approved messages go out over SMTP, one after the other: claim, look once more, send, note. See decision 20."""

from dataclasses import dataclass

import structlog

from setpiece.kernel.errors import Invalid, Unavailable
from setpiece.programs.execution.dispatch_repository import Dispatch, DispatchRepository, DispatchState
from setpiece.programs.execution.ending import LOST, leave
from setpiece.programs.execution.last_look import forbidden, stopped
from setpiece.programs.execution.mails import mail_of
from setpiece.programs.execution.message_repository import MessageRepository
from setpiece.programs.execution.model import Message, MessageState, Plan, due_after, retry_at
from setpiece.programs.execution.shift import Shift
from setpiece.programs.execution.touching import note_touch
from setpiece.providers.mail.port import Mail, Uncertain
from setpiece.workspaces.work import Work

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to send one email of one message, once."""

    plan: Plan
    message: Message
    dispatch: Dispatch
    mail: Mail

    @property
    def gone(self) -> int:
        """Emails of the message that have gone when this one has."""
        return self.dispatch.step


async def doubt_what_was_claimed(shift: Shift) -> None:
    """What earlier attempts had claimed may have been sent. Nobody can know, so it is shown and left alone."""
    async with shift.held() as (work, _):
        doubted = await DispatchRepository(work.scope).doubt(shift.run.id, shift.job, work.at, LOST)
        await MessageRepository(work.scope).move(doubted, MessageState.UNCERTAIN, work.at, reason=LOST)


async def send_next(shift: Shift) -> bool:
    """Send the email whose turn it is; False when there is none now, or something holds the run.

    Raises:
        Unavailable: the mail server takes nothing now.
    """
    claim = await _claim(shift)
    if claim is None:
        return False
    assert shift.desk.mail is not None
    try:
        await shift.desk.mail.send(claim.mail)
    except Uncertain as problem:
        await _end(shift, claim, DispatchState.UNCERTAIN, problem.message)
    except Unavailable as problem:
        await _put_off(shift, claim, problem.message)
        raise
    except Invalid as problem:
        await _end(shift, claim, DispatchState.REFUSED, problem.message)
    else:
        await _note_sent(shift, claim)
    return True


async def _claim(shift: Shift) -> Claim | None:
    """The next email that may go; None when there is none. What may not go any more is said so on the way."""
    while True:
        async with shift.held(to_send=True) as (work, stand):
            if stand.holds_sending():
                return None
            message = await MessageRepository(work.scope).next_to_go(shift.run.id, work.at)
            if message is None:
                return None
            if claim := await _claim_one(work, shift, stand.execution.plan, message):
                return claim


async def _claim_one(work: Work, shift: Shift, plan: Plan, message: Message) -> Claim | None:
    """None when the message may not go; then it is not open any more."""
    dispatches, messages = DispatchRepository(work.scope), MessageRepository(work.scope)
    if why := await forbidden(work, shift.run.id, message):
        await messages.move([message.id], stopped(message), work.at, reason=why)
        return None
    step = message.step + 1
    first = await dispatches.first_of(message.id)
    dispatch = await dispatches.claim(
        shift.run.program_id, shift.run.id, message.id, step, shift.job, work.at
    )
    if dispatch is None:  # never, unless somebody changed the tables by hand
        await messages.move([message.id], MessageState.UNCERTAIN, work.at, reason=LOST)
        return None
    assert shift.desk.mail is not None
    mail = mail_of(
        plan,
        message,
        dispatch,
        first,
        shift.desk.mail.address,
        await shift.way_out(work, message),
        shift.desk.imprint,
    )
    return Claim(plan, message, dispatch, mail)


async def _note_sent(shift: Shift, claim: Claim) -> None:
    """It has gone: the message moves on, and the lead was touched, together."""
    async with shift.noting() as (work, goes_on):
        dispatches, messages = DispatchRepository(work.scope), MessageRepository(work.scope)
        if not await dispatches.end(claim.dispatch.id, shift.job, DispatchState.SENT, work.at):
            return
        first = await dispatches.first_of(claim.message.id)
        assert first is not None
        due = due_after(claim.plan, first.claimed_at, claim.gone, len(claim.message.emails))
        due = due if goes_on else None
        await messages.move([claim.message.id], MessageState.SENT, work.at, step=claim.gone, due_at=due)
        if claim.gone == 1:
            await note_touch(work, shift.run, [claim.message], first.claimed_at)
    log.info("program_mail_sent", dispatch=str(claim.dispatch.id), step=claim.gone)


async def _end(shift: Shift, claim: Claim, state: DispatchState, detail: str) -> None:
    """It was refused, or may have gone: in either case no more is sent to this lead by itself."""
    is_first = claim.gone == 1
    refused = MessageState.REFUSED if is_first else MessageState.SENT
    after = MessageState.UNCERTAIN if state is DispatchState.UNCERTAIN else refused
    async with shift.open_work() as work:
        if await DispatchRepository(work.scope).end(claim.dispatch.id, shift.job, state, work.at, detail):
            await MessageRepository(work.scope).move([claim.message.id], after, work.at, reason=detail)


async def _put_off(shift: Shift, claim: Claim, detail: str) -> None:
    """It was certainly not taken; it is tried again later, a bounded number of times."""
    again = retry_at(shift.desk.now(), claim.dispatch.tries)
    if again is None:
        told = f"Given up after {claim.dispatch.tries} tries. {detail}"
        await _end(shift, claim, DispatchState.REFUSED, told)
        return
    async with shift.noting() as (work, goes_on):
        ended = await DispatchRepository(work.scope).end(
            claim.dispatch.id, shift.job, DispatchState.PUT_OFF, work.at, detail
        )
        if ended and not goes_on:
            await leave(work, shift.run, claim.message)
        elif ended:
            await MessageRepository(work.scope).move(
                [claim.message.id], claim.message.state, work.at, due_at=again, reason=detail
            )
