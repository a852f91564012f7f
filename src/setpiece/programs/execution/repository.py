"""The executed runs of one workspace, its kill switches, and when somebody has to look again."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from setpiece.jobs.model import Job
from setpiece.programs.execution.model import (
    Approval,
    Channel,
    Execution,
    OptOut,
    Plan,
    Stand,
    Switches,
    day_of,
)
from setpiece.storage.database import Scope
from setpiece.storage.json import as_json
from setpiece.workspaces.model import Member

_COLUMNS = "e.run_id, e.program_id, e.plan, e.is_drawn, e.drawn, e.spent, e.paused_by, e.paused_at"
# What went out today, or may have: a mail that was certainly not taken counts for nothing.
_STAND = f"""
select {_COLUMNS}, r.status = 'running' as is_running, p.deleted_at is null as is_there, p.status = 'active' as is_active, p.epoch = r.epoch as is_same_epoch,
       exists (select from program_switches s where s.workspace_id = e.workspace_id and s.program_id is null) as workspace_switch,
       exists (select from program_switches s where s.workspace_id = e.workspace_id and s.program_id = e.program_id) as program_switch,
       (select count(*) from program_dispatches d where d.program_id = e.program_id and d.claimed_at >= $3
            and d.state in ('claimed', 'sent', 'uncertain')) as sent_today,
       exists (select from webhook_endpoints w where w.workspace_id = e.workspace_id and w.id = (e.plan ->> 'endpoint_id')::uuid
            and w.disabled_because is null) as has_receiver
from program_executions e join programs p on p.id = e.program_id join program_runs r on r.id = e.run_id
where e.workspace_id = $1 and e.run_id = $2
"""


class ExecutionRepository:
    """Made from a scope bound to the workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def insert(self, run_id: UUID, program_id: UUID, plan: Plan, author_id: UUID) -> None:
        await self._connection.execute(
            """insert into program_executions (run_id, workspace_id, program_id, plan, author_id)
               values ($1, $2, $3, $4::jsonb, $5)""",
            run_id,
            self._workspace_id,
            program_id,
            as_json(asdict(plan)),
            author_id,
        )

    async def take(self, run_id: UUID, job: Job) -> bool:
        """Give the run to this attempt; False while it belongs to another job that is not over.

        An earlier attempt of the same job is dead, or has been given up for dead.
        """
        taken = await self._connection.fetchval(
            """update program_executions e set job_id = $3, attempt = $4
               where workspace_id = $1 and run_id = $2
                 and (job_id is null or job_id = $3 or not exists (
                     select from jobs j where j.workspace_id = $1 and j.id = e.job_id and j.status in ('queued', 'running')))
               returning true""",
            self._workspace_id,
            run_id,
            job.id,
            job.attempts,
        )
        return bool(taken)

    async def hold(self, run_id: UUID, job: Job | None = None) -> bool:
        """Have nobody else change the run before the transaction ends; False when it belongs to another attempt, or is gone."""
        held = await self._connection.fetchval(
            """select true from program_executions where workspace_id = $1 and run_id = $2
                 and ($3::uuid is null or (job_id = $3 and attempt = $4)) for no key update""",
            self._workspace_id,
            run_id,
            job and job.id,
            job and job.attempts,
        )
        return bool(held)

    async def stand(self, run_id: UUID, at: datetime, *, has_mail: bool = True) -> Stand | None:
        row = await self._connection.fetchrow(_STAND, self._workspace_id, run_id, day_of(at))
        if row is None:
            return None
        return Stand(
            _execution(row),
            Switches(row["workspace_switch"], row["program_switch"]),
            row["is_running"],
            row["is_there"],
            row["is_active"],
            row["is_same_epoch"],
            row["sent_today"],
            has_mail,
            row["has_receiver"],
        )

    async def note_drawn(self, run_id: UUID, told: Mapping[str, Any]) -> None:
        await self._connection.execute(
            "update program_executions set is_drawn = true, drawn = $3::jsonb where workspace_id = $1 and run_id = $2",
            self._workspace_id,
            run_id,
            as_json(dict(told)),
        )

    async def spend(self, run_id: UUID, credits: int) -> None:
        await self._connection.execute(
            "update program_executions set spent = spent + $3 where workspace_id = $1 and run_id = $2",
            self._workspace_id,
            run_id,
            credits,
        )

    async def pause(self, run_id: UUID, by: str | None, at: datetime | None) -> None:
        """None lets it go on; one that is paused stays paused since when it was."""
        await self._connection.execute(
            """update program_executions set paused_by = case when $3::text is null then null else coalesce(paused_by, $3) end,
                   paused_at = case when $3::text is null then null else coalesce(paused_at, $4) end
               where workspace_id = $1 and run_id = $2""",
            self._workspace_id,
            run_id,
            by,
            at,
        )

    async def running(self, program_id: UUID | None) -> list[tuple[UUID, UUID]]:
        """Executed runs that have not ended, each with its program: of one, or of all. In one order, so that two who wake them do not wait for each other."""
        rows = await self._connection.fetch(
            """select e.run_id, e.program_id from program_executions e join program_runs r on r.id = e.run_id
               where e.workspace_id = $1 and r.status = 'running' and ($2::uuid is null or e.program_id = $2) order by e.run_id""",
            self._workspace_id,
            program_id,
        )
        return [(row[0], row[1]) for row in rows]

    async def failed_job(self, run_id: UUID) -> str | None:
        """Why the job that the run belongs to failed; None when it did not."""
        error: str | None = await self._connection.fetchval(
            """select coalesce(j.error, 'It failed.') from program_executions e join jobs j on j.id = e.job_id
               where e.workspace_id = $1 and e.run_id = $2 and j.workspace_id = $1 and j.status = 'failed'""",
            self._workspace_id,
            run_id,
        )
        return error

    async def asked_by(self, run_id: UUID) -> tuple[UUID, Member] | None:
        """The run's program, and who asked for the run: in their name it is gone on with."""
        row = await self._connection.fetchrow(
            """select e.program_id, m.id, m.first_name, m.last_name
               from program_executions e join members m on m.id = e.author_id
               where e.workspace_id = $1 and e.run_id = $2""",
            self._workspace_id,
            run_id,
        )
        return (row[0], Member(*row[1:])) if row else None

    async def look_at(self, run_id: UUID, due_at: datetime | None) -> None:
        """When somebody has to look at the run again; None: nobody has to."""
        if due_at is None:
            await self._connection.execute(
                "delete from program_due where workspace_id = $1 and run_id = $2", self._workspace_id, run_id
            )
            return
        await self._connection.execute(
            """insert into program_due (run_id, workspace_id, due_at) values ($2, $1, $3)
               on conflict (run_id) do update set due_at = excluded.due_at""",
            self._workspace_id,
            run_id,
            due_at,
        )


def _execution(row: asyncpg.Record) -> Execution:
    return Execution(
        row["run_id"],
        row["program_id"],
        _plan(orjson.loads(row["plan"])),
        row["is_drawn"],
        row["spent"],
        orjson.loads(row["drawn"]),
        row["paused_by"],
        row["paused_at"],
    )


def _plan(kept: dict[str, Any]) -> Plan:
    return Plan(
        **kept
        | {
            "channel": Channel(kept["channel"]),
            "approval": Approval(kept["approval"]),
            "follow_up_days": tuple(kept["follow_up_days"]),
            "opt_out": OptOut(kept.get("opt_out", OptOut.LINE)),  # runs begun before there was a choice
        }
    )
