"""A run is over when nothing is left to be done by anybody."""

from dataclasses import replace

from setpiece.programs.execution.message_repository import MessageRepository
from setpiece.programs.execution.model import OPEN
from setpiece.programs.execution.repository import ExecutionRepository
from setpiece.programs.model import Run, RunStatus
from setpiece.programs.run_repository import RunRepository
from setpiece.workspaces.work import Work


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
    found = await runs.hold(run.program_id, run.id)  # again: what came of it may have been counted meanwhile
    if found is not None:
        await runs.change(replace(found, status=status, ended_at=work.at, error=error or found.error))
    await ExecutionRepository(work.scope).look_at(run.id, None)
