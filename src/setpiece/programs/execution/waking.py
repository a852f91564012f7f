"""A run is looked at: now, by a job, or when its time has come, by a chore."""

from datetime import datetime, timedelta
from uuid import UUID

from setpiece.jobs.queue import enqueue
from setpiece.kernel.ids import show
from setpiece.programs.execution.repository import ExecutionRepository
from setpiece.programs.model import PROGRAM_PREFIX, RUN_PREFIX, Run
from setpiece.workspaces.work import Work

EXECUTE = "program.execute"
"""The kind of job that does a slice of a run."""
WATCHED = timedelta(minutes=5)
"""A run that is being worked on is looked at after this long, in case its job ended without saying so."""


async def wake(work: Work, run: Run) -> None:
    """Have the run gone on with, in the transaction of `work`; once, however often it is asked for meanwhile."""
    await _wake(work, run.program_id, run.id)


async def wake_all(work: Work, program_id: UUID | None) -> None:
    """Have every executed run gone on with that has not ended: of one program, or of the workspace."""
    for run_id, of_program in await ExecutionRepository(work.scope).running(program_id):
        await _wake(work, of_program, run_id)


async def look_later(work: Work, run: Run, at: datetime | None) -> None:
    """Have the run looked at again at that time; None: nobody has to."""
    await ExecutionRepository(work.scope).look_at(run.id, at)


async def _wake(work: Work, program_id: UUID, run_id: UUID) -> None:
    payload = {"playbookId": show(PROGRAM_PREFIX, program_id), "runId": show(RUN_PREFIX, run_id)}
    await enqueue(work, EXECUTE, payload, key=str(run_id), request_id=work.request_id)
    await ExecutionRepository(work.scope).look_at(run_id, work.at + WATCHED)
