"""What people say of messages: yes, no, other words; and of one that may have arrived, whether it did."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from setpiece.kernel.errors import Conflict, Invalid, NotFound
from setpiece.kernel.ids import parse
from setpiece.programs.execution.dispatch_repository import Dispatch, DispatchRepository, DispatchState
from setpiece.programs.execution.ending import end_if_over, leave
from setpiece.programs.execution.message_repository import MessageRepository, WantedMessages
from setpiece.programs.execution.model import Email, Message, MessageState, due_after
from setpiece.programs.execution.repository import ExecutionRepository
from setpiece.programs.execution.runs import get_executed
from setpiece.programs.execution.touching import note_touch
from setpiece.programs.execution.waking import wake
from setpiece.programs.model import Run
from setpiece.programs.service import author_of
from setpiece.workspaces.work import Work

_UNDECIDED = {
    MessageState.APPROVED: (MessageState.WAITING, MessageState.REJECTED),
    MessageState.REJECTED: (MessageState.WAITING, MessageState.APPROVED),
}
"""What may still become approved or rejected. A message of which something went out is decided."""


async def list_messages(
    work: Work, shown_program: str, shown_run: str, wanted: WantedMessages, most: int
) -> tuple[Sequence[Message], bool]:
    """At most `most`, in the order of the draw, and whether there are more.

    Raises:
        NotFound, Conflict: as for `get_executed`.
    """
    run = await get_executed(work, shown_program, shown_run)
    found = await MessageRepository(work.scope).page(run.id, wanted, most + 1)
    return found[:most], len(found) > most


async def get_message(
    work: Work, shown_program: str, shown_run: str, shown_id: str
) -> tuple[Message, Sequence[Dispatch]]:
    """A message, and what went out of it.

    Raises:
        NotFound: the run has no such message.
    """
    run = await get_executed(work, shown_program, shown_run)
    message = await _find(work, run, shown_id)
    dispatches = await DispatchRepository(work.scope).of_messages([message.id])
    return message, dispatches.get(message.id, [])


async def decide(
    work: Work, shown_program: str, shown_run: str, shown_ids: Sequence[str] | None, verdict: MessageState
) -> int:
    """Approve or reject messages, or all that wait; how many were changed. Needs a transaction. All of those named, or none.

    One that is decided so already is left as it is.

    Raises:
        NotFound: the run has no such message.
        Conflict: a message is past deciding, or the run is over.
    """
    run = await _held(work, shown_program, shown_run)
    messages = MessageRepository(work.scope)
    ids = None
    if shown_ids is not None:
        ids = await _decidable(work, run, list(dict.fromkeys(shown_ids)), verdict)
    before = _UNDECIDED[verdict] if ids else (MessageState.WAITING,)
    changed = await messages.decide(run.id, ids, before, verdict, author_of(work), work.at)
    if changed and not await end_if_over(work, run):
        await wake(work, run)
    return len(changed)


async def edit(
    work: Work, shown_program: str, shown_run: str, shown_id: str, emails: Sequence[Email]
) -> Message:
    """Other words for a message that waits. Needs a transaction. Who approves it approves those.

    Raises:
        NotFound: the run has no such message.
        Conflict: it does not wait any more, or the run is over.
        Invalid: the first email has no subject.
    """
    run = await _held(work, shown_program, shown_run)
    message = await _find(work, run, shown_id)
    if message.state is not MessageState.WAITING:
        raise Conflict(f"The message is {message.state} and cannot be changed any more.", code="decided")
    if not emails[0].subject.strip():
        raise Invalid("'emails[0].subject': the first email needs a subject.")
    await MessageRepository(work.scope).edit(message.id, emails, author_of(work), work.at)
    return await _find(work, run, shown_id)


async def settle(work: Work, shown_program: str, shown_run: str, shown_id: str, *, arrived: bool) -> Message:
    """What somebody found out about a message that may have arrived. Needs a transaction.

    It arrived: it counts as sent, from the moment at which it may have. It did not: it is sent again, because somebody said so; when the
    run has ended, its lead may be drawn again.

    Raises:
        NotFound: the run has no such message.
        Conflict: it is not uncertain.
    """
    await ExecutionRepository(work.scope).hold((await get_executed(work, shown_program, shown_run)).id)
    run = await get_executed(work, shown_program, shown_run)  # as it stands now that nobody else changes it
    message = await _find(work, run, shown_id)
    dispatches = DispatchRepository(work.scope)
    state = DispatchState.SENT if arrived else DispatchState.PUT_OFF
    settled = await dispatches.settle(message.id, state, work.at)
    if settled is None or message.state is not MessageState.UNCERTAIN:
        raise Conflict(f"The message is {message.state}; there is nothing to find out.", code="not_uncertain")
    if arrived:
        await _arrived(work, run, message, settled)
    elif run.status.is_final:
        await leave(work, run, message)
    else:
        await _again(work, message, work.at)
    if not run.status.is_final:
        await wake(work, run)
    return await _find(work, run, shown_id)


async def _arrived(work: Work, run: Run, message: Message, settled: Dispatch) -> None:
    stand = await ExecutionRepository(work.scope).stand(run.id, work.at)
    first = await DispatchRepository(work.scope).first_of(message.id)
    assert stand is not None
    assert first is not None
    due = due_after(stand.execution.plan, first.claimed_at, settled.step, len(message.emails))
    await MessageRepository(work.scope).move(
        [message.id],
        MessageState.SENT,
        work.at,
        step=settled.step,
        due_at=None if run.status.is_final else due,
    )
    if settled.step == 1:
        await note_touch(work, run, [message], settled.claimed_at)


async def _again(work: Work, message: Message, at: datetime) -> None:
    state = MessageState.SENT if message.step else MessageState.APPROVED
    await MessageRepository(work.scope).move([message.id], state, at, due_at=at)


async def _held(work: Work, shown_program: str, shown_run: str) -> Run:
    """The run, held; one that is over is decided."""
    run = await get_executed(work, shown_program, shown_run)
    if run.status.is_final:
        raise Conflict(f"The run is {run.status}; its messages stay as they are.", code="run_ended")
    await ExecutionRepository(work.scope).hold(run.id)
    return run


async def _decidable(work: Work, run: Run, shown_ids: Sequence[str], verdict: MessageState) -> list[UUID]:
    """Raises NotFound and Conflict for the first that cannot be decided so."""
    ids = [parse(one) for one in shown_ids]
    states = await MessageRepository(work.scope).states(run.id, [one for one in ids if one])
    for shown_id, message_id in zip(shown_ids, ids, strict=True):
        state = states.get(message_id) if message_id else None
        if state is None:
            raise _unknown(shown_id)
        if state is not verdict and state not in _UNDECIDED[verdict]:
            raise Conflict(f"Message '{shown_id[:64]}' is {state} and cannot be {verdict}.", code="decided")
    return list(states)


async def _find(work: Work, run: Run, shown_id: str) -> Message:
    message_id = parse(shown_id)
    found = await MessageRepository(work.scope).find(run.id, message_id) if message_id else None
    if found is None:
        raise _unknown(shown_id)
    return found


def _unknown(shown_id: str) -> NotFound:
    return NotFound(f"The run has no message '{shown_id[:64]}'.")
