"""A run is over when nothing is left to be done by anybody, or ends before that: then what is left is not done."""

from dataclasses import replace

from setpiece.programs.execution.dispatch_repository import DispatchRepository
from setpiece.programs.execution.message_repository import MessageRepository
from setpiece.programs.execution.model import OPEN, Message, MessageState
from setpiece.programs.execution.repository import ExecutionRepository
from setpiece.programs.model import Run, RunStatus
from setpiece.programs.run_repository import RunRepository
from setpiece.programs.service import author_of
from setpiece.workspaces.work import Work

LOST = "The worker was lost while this was being sent; it may have arrived."
_ENDED = "The run has ended."


async def end_if_over(work: Work, run: Run) -> bool:
    """Note the end of a run of which every message has come as far as it will; whether it is over. Needs the run held."""
    if run.status.is_final:
        return True
    messages = MessageRepository(work.scope)
    counts = await messages.counts(run.id)
    if any(counts.get(state) for state in OPEN) or await messages.next_due(run.id):
        return False
    await end(work, run, RunStatus.COMPLETED)
    return True


async def end(work: Work, run: Run, status: RunStatus, error: str | None = None) -> None:
    """The run has ended, and nobody looks at it any more."""
    runs = RunRepository(work.scope)
    # Again: what came of it may have been counted meanwhile, and somebody may have ended it.
    found = await runs.hold(run.program_id, run.id)
    if found is not None and not found.status.is_final:
        await runs.change(replace(found, status=status, ended_at=work.at, error=error or found.error))
    await ExecutionRepository(work.scope).look_at(run.id, None)


async def fail(work: Work, run: Run, error: str) -> None:
    """The run has failed, and no attempt at it goes on. Needs the run held."""
    doubted = await DispatchRepository(work.scope).doubt(run.id, None, work.at, LOST)
    await MessageRepository(work.scope).move(doubted, MessageState.UNCERTAIN, work.at, reason=LOST)
    await leave_rest(work, run)
    await end(work, run, RunStatus.FAILED, error)


async def leave_rest(work: Work, run: Run) -> None:
    """What is left of a run that ends is not done; a lead that nothing went out to may be drawn again. Needs the run held.

    What is on its way at this moment goes on, and its lead stays drawn.
    """
    await DispatchRepository(work.scope).hold_program(run.program_id)
    left = [state for state in OPEN if state is not MessageState.UNCERTAIN]
    messages = MessageRepository(work.scope)
    await messages.decide(run.id, None, left, MessageState.CANCELLED, author_of(work), work.at, reason=_ENDED)
    await messages.send_no_more(run.id, work.at)
    await messages.release(run.id)


async def leave(work: Work, run: Run, message: Message) -> None:
    """A message that nothing certainly went out of, of a run that has ended. Needs the run held."""
    messages = MessageRepository(work.scope)
    await messages.move(
        [message.id],
        MessageState.SENT if message.step else MessageState.CANCELLED,
        work.at,
        reason=_ENDED,
    )
    await messages.release(run.id)
