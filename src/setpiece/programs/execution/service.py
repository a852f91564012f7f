"""Executed runs are begun, paused, let go on, stopped and read."""

from collections.abc import Mapping
from dataclasses import dataclass

from setpiece.kernel.errors import Conflict
from setpiece.programs.execution.ending import leave_rest
from setpiece.programs.execution.message_repository import MessageRepository
from setpiece.programs.execution.model import MessageState, Stand
from setpiece.programs.execution.plans import plan_for
from setpiece.programs.execution.repository import ExecutionRepository
from setpiece.programs.execution.runs import get_executed
from setpiece.programs.execution.waking import look_later, wake
from setpiece.programs.model import Run
from setpiece.programs.runs import Asked, RunChange, change_run, get_run, start_run
from setpiece.programs.service import author_of
from setpiece.workspaces.work import Work


@dataclass(frozen=True, slots=True)
class Overview:
    """An executed run, how it stands, and how many of its messages are in which state."""

    run: Run
    stand: Stand
    counts: Mapping[MessageState, int]


async def execute_run(
    work: Work,
    shown_program: str,
    asked: Asked,
    *,
    has_mail: bool,
    is_strict: bool = False,
    key: str | None = None,
) -> Run:
    """A run that Setpiece does the work of; under an idempotency key that was used before, the same run. Needs a transaction.

    Raises:
        NotFound: there is no such program.
        Invalid, NotFound, Conflict: as for `start_run` and `plan_for`.
    """
    run = await start_run(work, shown_program, asked, is_strict=is_strict, key=key)
    executions = ExecutionRepository(work.scope)
    if await executions.stand(run.id, work.at) is None:
        said = dict(run.spec.delivery or {}) | dict(asked.execute or {})
        plan = await plan_for(work, run.spec, said, has_mail=has_mail)
        await executions.insert(run.id, run.program_id, plan, work.author.id)
        await wake(work, run)
    return run


async def read(work: Work, shown_program: str, shown_run: str, *, has_mail: bool) -> Overview:
    """Raises NotFound and Conflict as `get_executed` does."""
    run = await get_executed(work, shown_program, shown_run)
    stand = await ExecutionRepository(work.scope).stand(run.id, work.at, has_mail=has_mail)
    assert stand is not None
    return Overview(run, stand, await MessageRepository(work.scope).counts(run.id))


async def pause(work: Work, shown_program: str, shown_run: str) -> None:
    """Nothing of the run is begun any more when this has committed; an email that is claimed at this moment still goes. Needs a transaction.

    Raises:
        NotFound, Conflict: as for `get_executed`; or the run has ended.
    """
    run = await _going(work, shown_program, shown_run)
    await ExecutionRepository(work.scope).pause(run.id, author_of(work), work.at)


async def resume(work: Work, shown_program: str, shown_run: str) -> None:
    """The run goes on. Needs a transaction.

    Raises:
        NotFound, Conflict: as for `pause`.
    """
    run = await _going(work, shown_program, shown_run)
    await ExecutionRepository(work.scope).pause(run.id, None, None)
    await wake(work, run)


async def change_executed(work: Work, shown_program: str, shown_run: str, change: RunChange) -> Run:
    """As `runs.change_run`; what is left of a run that ends before it is over is not done. Needs a transaction.

    An email that is claimed at this moment may still go.

    Raises:
        NotFound, Conflict: as for `runs.change_run`.
    """
    before = await get_run(work, shown_program, shown_run)
    await ExecutionRepository(work.scope).hold(before.id)  # first, as every attempt does
    run = await change_run(work, shown_program, shown_run, change)
    if run.is_executed and run.status.is_final and not before.status.is_final:
        await leave_rest(work, run)
        await look_later(work, run, None)
    return run


async def _going(work: Work, shown_program: str, shown_run: str) -> Run:
    run = await get_executed(work, shown_program, shown_run)
    if run.status.is_final:
        raise Conflict(f"The run is {run.status} already.", code="run_ended")
    return run
