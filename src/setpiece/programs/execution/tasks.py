"""The job that does a slice of a run, and the chore that finds runs whose time has come."""

import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import structlog

from setpiece.jobs.model import Chore, Handler, Job, TryLater
from setpiece.jobs.queue import succeed
from setpiece.jobs.work import work_for
from setpiece.kernel.errors import ErrorKind, NotFound, SetpieceError, Unavailable
from setpiece.programs.execution.ending import end_if_over, fail
from setpiece.programs.execution.handing import hand_next
from setpiece.programs.execution.message_repository import MessageRepository, WantedMessages
from setpiece.programs.execution.model import Channel, Hold, MessageState, Stand, next_day
from setpiece.programs.execution.preparing import COST, draw_leads, write_some
from setpiece.programs.execution.repository import ExecutionRepository
from setpiece.programs.execution.sending import doubt_what_was_claimed, send_next
from setpiece.programs.execution.shift import Desk, Shift
from setpiece.programs.execution.strays import forget_strays
from setpiece.programs.execution.waking import EXECUTE, look_later, wake
from setpiece.programs.model import Run
from setpiece.programs.repository import ProgramRepository
from setpiece.programs.run_repository import RunRepository
from setpiece.programs.runs import get_run
from setpiece.providers.mail.port import STATUS
from setpiece.storage.database import Scope
from setpiece.workspaces.work import Work

log = structlog.get_logger(__name__)

_EVERY_MINUTE = "* * * * *"
_MOST_DUE = 500
"""Runs looked at by one chore; more wait for the next minute."""
_WAITS_S = (5.0, 30.0, 120.0, 600.0, 1800.0)
"""Before a slice is tried again that found a model or a source unavailable; an outage of an hour is survived."""
_POLLED = timedelta(minutes=5)
"""How often a run is looked at that something outside the room holds: a setting, an endpoint."""
_RESTS = timedelta(minutes=5)
"""While a mail server cannot be reached."""


def handlers(desk: Desk) -> Mapping[str, Handler]:
    """The handler of each kind of job."""
    return {EXECUTE: partial(execute, desk)}


def chores(desk: Desk) -> list[Chore]:
    return [
        Chore("program_runs_due", _EVERY_MINUTE, partial(look_at_due_runs, desk)),
        Chore("program_strays", _EVERY_MINUTE, partial(forget_strays, desk)),
    ]


async def execute(desk: Desk, job: Job) -> None:
    """Some seconds of work at a run.

    Raises:
        TryLater: something does not answer.
    """
    async with work_for(desk.tenants, job, desk.now)() as work:
        try:
            run = await get_run(work, job.payload["playbookId"], job.payload["runId"])
        except NotFound:
            return
        executions = ExecutionRepository(work.scope)
        if not await executions.take(run.id, job):
            return  # another job is at it, and looks for more to do in the transaction in which it ends
        stand = await executions.stand(run.id, work.at)
    assert stand is not None
    shift = Shift(desk, job, run, stand.execution.plan.channel)
    try:
        await _work(shift)
    except Unavailable as problem:
        if job.retries >= len(_WAITS_S):
            await _give_up(shift, problem)
            return
        raise TryLater(problem.message, _WAITS_S[job.retries]) from problem
    except SetpieceError as problem:
        if problem.code == "superseded" or problem.kind is ErrorKind.BUG:
            raise
        await _give_up(shift, problem)


async def _work(shift: Shift) -> None:
    await doubt_what_was_claimed(shift)
    await draw_leads(shift)
    ends_at, going, rests = time.monotonic() + shift.desk.slice_s, True, False
    while going and time.monotonic() < ends_at:
        wrote = await write_some(shift)
        try:
            going = await _let_out(shift) or wrote
        except Unavailable as problem:  # of the mail server: what it did not take has its next time
            log.warning("mail_put_off", run=str(shift.run.id), reason=problem.message)
            going, rests = wrote, True
            if (problem.details or {}).get(STATUS) is not None:  # it answered, so this is about one mail
                going, rests = True, False
    await _close(shift, rests=rests)


async def _let_out(shift: Shift) -> bool:
    """One message; False when none can go out now. Exports are taken, not sent."""
    if shift.channel is Channel.WEBHOOK:
        return await hand_next(shift)
    if shift.channel is Channel.SMTP:
        return await send_next(shift)
    return False


async def _close(shift: Shift, *, rests: bool) -> None:
    """End the job, and say in the same transaction when the run is gone on with: not for some minutes when the mail server `rests`."""
    async with shift.held(to_send=True) as (work, stand):
        run = await _current(work, shift.run)
        if not await end_if_over(work, run):
            if rests:
                await look_later(work, run, work.at + _RESTS)
            elif await _has_work(work, shift, stand):
                await wake(work, run)
            else:
                await look_later(work, run, await _next_look(work, run, stand))
        await succeed(work.scope, shift.job, {"runId": shift.job.payload["runId"]})


async def _has_work(work: Work, shift: Shift, stand: Stand) -> bool:
    """Whether something can be done at once: what came while this job was at it has woken nobody else."""
    messages = MessageRepository(work.scope)
    if not stand.holds_preparing(COST):
        waiting = WantedMessages([MessageState.DRAWN])
        if not stand.execution.is_drawn or await messages.page(shift.run.id, waiting, 1):
            return True
    if shift.channel is Channel.EXPORT or stand.holds_sending():
        return False
    return await messages.next_to_go(shift.run.id, work.at) is not None


async def _next_look(work: Work, run: Run, stand: Stand) -> datetime | None:
    """When something can have changed that nobody tells us of; None while the run waits for people only."""
    holds = set(stand.holds_sending())
    if holds & {Hold.NO_MAIL_SERVER, Hold.NO_RECEIVER}:
        return work.at + _POLLED
    if Hold.DAILY_CAP in holds:
        return next_day(work.at)
    return None if holds else await MessageRepository(work.scope).next_due(run.id)


async def _give_up(shift: Shift, problem: SetpieceError) -> None:
    log.warning("program_run_failed", run=str(shift.run.id), reason=problem.message)
    async with shift.held() as (work, stand):
        if stand.is_running:
            await fail(work, await _current(work, shift.run), problem.message)
        await succeed(work.scope, shift.job, {"runId": shift.job.payload["runId"], "error": problem.message})


async def _current(work: Work, run: Run) -> Run:
    found = await RunRepository(work.scope).find(run.program_id, run.id)
    assert found is not None
    return found


async def look_at_due_runs(desk: Desk) -> None:
    """Have every run gone on with whose time has come; one whose job failed has failed."""
    async with desk.owner.unbound() as connection:
        rows = await connection.fetch(
            "select run_id, workspace_id from program_due where due_at <= $1 order by due_at limit $2",
            desk.now(),
            _MOST_DUE,
        )
    for run_id, workspace_id in map(tuple, rows):
        try:
            async with desk.tenants.transaction(workspace_id) as scope:
                await _look(desk, scope, run_id)
        except Exception:  # of one run, at no other's cost
            log.exception("run_not_looked_at", run=str(run_id))


async def _look(desk: Desk, scope: Scope, run_id: UUID) -> None:
    executions = ExecutionRepository(scope)
    asked = await executions.asked_by(run_id)
    run = await RunRepository(scope).find(asked[0], run_id) if asked else None
    is_there = asked is not None and await ProgramRepository(scope).find(asked[0]) is not None
    if asked is None or run is None or run.status.is_final or not is_there:
        await executions.look_at(run_id, None)
        return
    work = Work(scope, asked[1], desk.now())
    await executions.hold(run_id)
    if error := await executions.failed_job(run_id):
        await fail(work, run, error)
        return
    await wake(work, run)
