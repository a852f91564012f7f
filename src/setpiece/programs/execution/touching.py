"""A lead that something went out to was touched: the outcome that its window begins with."""

from collections.abc import Sequence
from datetime import datetime

from setpiece.agents.run_repository import RunRepository
from setpiece.kernel.ids import show
from setpiece.programs.execution.last_look import touch_id
from setpiece.programs.execution.model import Message
from setpiece.programs.leads.model import LEAD_PREFIX
from setpiece.programs.model import Run
from setpiece.programs.outcomes.model import Event, OutcomeKind
from setpiece.programs.outcomes.recording import record
from setpiece.programs.repository import ProgramRepository
from setpiece.workspaces.work import Work


async def note_touch(work: Work, run: Run, messages: Sequence[Message], at: datetime) -> None:
    """Note it in the transaction of what went out, and count the emails as sent for the personas that they were written for."""
    program = await ProgramRepository(work.scope).find(run.program_id)
    if program is not None:
        await record(work, program, run, [_touched(one, at) for one in messages])
    await RunRepository(work.scope).mark_all_exported([one.request_id for one in messages], at)


def _touched(message: Message, at: datetime) -> Event:
    return Event(
        OutcomeKind.TOUCHED,
        at,
        touch_id(message),
        lead_id=show(LEAD_PREFIX, message.lead_id),
        account_id=message.account_key,
        email=message.address or None,
        variant=message.variant,
    )
