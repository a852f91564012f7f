"""The jobs of one workspace. Every change of state names the state, and the attempt, that it starts from."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg
import orjson

from setpiece.jobs.model import (
    JOB_PREFIX,
    Callback,
    CallbackForm,
    Job,
    JobCredits,
    JobStatus,
    Reservation,
    Submission,
    Turn,
)
from setpiece.kernel.ids import new_uuid, show
from setpiece.storage.database import Scope
from setpiece.storage.json import as_json
from setpiece.workspaces.model import Member

_SHOWN = """
select j.id, j.workspace_id, j.kind, j.payload, j.status, j.created_by, m.first_name, m.last_name, j.request_id,
       j.result, j.error, j.attempts, j.retries, j.created_at, j.finished_at, j.callback_url, j.reports_on, j.waits_on,
       j.stage, j.progress, j.error_code, j.is_retryable, j.started_at, j.updated_at, j.last_seq,
       j.credits_reserved, j.credits_state, j.credits_discounted
from job j join members m on m.id = j.created_by
"""
# Steps that nobody would see are not told: a recording's stages report hundreds. What was reached is not taken back, by the next
# stage or by the next attempt.
_ADVANCE = """
stage = {0}::text, progress = case when stage = {0} and abs(progress - {1}::float8) < 0.0099 then progress
    when {1} is null then null else greatest(progress, {1}) end
"""

_NOBODY = Callback("", form=CallbackForm.RUN)


class JobRepository:
    """Made from a scope bound to the jobs' workspace."""

    def __init__(self, scope: Scope) -> None:
        self._connection = scope.connection
        self._workspace_id = scope.workspace_id

    async def insert(
        self,
        kind: str,
        payload: Mapping[str, Any],
        author: Member,
        at: datetime,
        *,
        key: str | None,
        request_id: str | None,
        turn: Turn,
        callback: Callback | None = None,
    ) -> Job:
        """A new job; or the one with the same key that waits already."""
        told = callback or _NOBODY
        row = await self._connection.fetchrow(
            f"""with job as (
                    insert into jobs (id, workspace_id, kind, key, payload, request_id, created_by, created_at, updated_at,
                        callback_url, callback_headers, callback_form, lane, priority, waits_on)
                    values ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $8, nullif($9, ''), $10::jsonb, $11, $12, $13, $14)
                    on conflict (workspace_id, kind, key) where key is not null and status = 'queued' and attempts = 0
                    do update set key = excluded.key returning *)
                {_SHOWN}""",
            new_uuid(), self._workspace_id, kind, key, as_json(payload), request_id, author.id, at,
            told.url, as_json(dict(told.headers)), told.form, turn.lane, turn.priority, turn.waits_on,
        )  # fmt: skip
        return _job(row)

    async def submit(
        self, kind: str, payload: Mapping[str, Any], author: Member, at: datetime, submission: Submission
    ) -> Job | None:
        """A new job under its own id as request id; None when there is one already for that external id."""
        job_id = new_uuid()
        row = await self._connection.fetchrow(
            f"""with job as (
                    insert into jobs (id, workspace_id, kind, payload, request_id, created_by, created_at, updated_at,
                        external_id, fingerprint, callback_url)
                    values ($1, $2, $3, $4::jsonb, $5, $6, $7, $7, $8, $9, $10)
                    on conflict (workspace_id, external_id) where external_id is not null do nothing returning *)
                {_SHOWN}""",
            job_id, self._workspace_id, kind, as_json(payload), show(JOB_PREFIX, job_id), author.id, at,
            submission.external_id, submission.fingerprint, submission.callback_url,
        )  # fmt: skip
        return _job(row) if row else None

    async def submitted(self, external_id: str) -> tuple[Job, str | None] | None:
        """The job that was asked for under a client's id, and the fingerprint of what was asked."""
        row = await self._connection.fetchrow(
            f"""with job as (select * from jobs where workspace_id = $1 and external_id = $2)
                {_SHOWN.replace("from job j", ", j.fingerprint from job j")}""",
            self._workspace_id,
            external_id,
        )
        return (_job(row), row["fingerprint"]) if row else None

    async def find(self, job_id: UUID, kinds: Sequence[str] | None = None) -> Job | None:
        """A job of one of the kinds, or of any."""
        row = await self._connection.fetchrow(
            f"""with job as (select * from jobs where workspace_id = $1 and id = $2
                    and ($3::text[] is null or kind = any($3))) {_SHOWN}""",
            self._workspace_id,
            job_id,
            list(kinds) if kinds else None,
        )
        return _job(row) if row else None

    async def report_on(self, job_id: UUID) -> Job | None:
        """The job that reports the end of another."""
        row = await self._connection.fetchrow(
            f"with job as (select * from jobs where workspace_id = $1 and reports_on = $2) {_SHOWN}",
            self._workspace_id,
            job_id,
        )
        return _job(row) if row else None

    async def begin(self, job_id: UUID) -> Job | None:
        """Begin an attempt, even while an earlier one seems to run; None when the job is over or gone."""
        row = await self._connection.fetchrow(
            f"""with job as (
                    update jobs set status = 'running', attempts = attempts + 1, started_at = coalesce(started_at, now())
                    where workspace_id = $1 and id = $2 and status in ('queued', 'running') returning *)
                {_SHOWN}""",
            self._workspace_id,
            job_id,
        )
        return _job(row) if row else None

    async def succeed(self, job: Job, result: Mapping[str, Any] | None) -> bool:
        """False when this attempt is no longer the one that counts."""
        return await self._change(
            "status = 'succeeded', result = $4::jsonb, finished_at = now()",
            job,
            None if result is None else as_json(result),
        )

    async def fail(self, job: Job, error: str, code: str, *, is_retryable: bool) -> bool:
        return await self._change(
            "status = 'failed', error = $4, error_code = $5, is_retryable = $6, finished_at = now()",
            job,
            error,
            code,
            is_retryable,
        )

    async def cancel(self, job_id: UUID) -> Job | None:
        """None when the job is over, or gone. An attempt under way can change nothing from now on."""
        row = await self._connection.fetchrow(
            f"""with job as (
                    update jobs set status = 'canceled', finished_at = now(), waits_on = null
                    where workspace_id = $1 and id = $2 and status in ('queued', 'running') returning *)
                {_SHOWN}""",
            self._workspace_id,
            job_id,
        )
        return _job(row) if row else None

    async def advance(self, job: Job, stage: str, progress: float | None) -> bool:
        """False when this attempt is no longer the one that counts."""
        return await self._change(_ADVANCE.format("$4", "$5"), job, stage, progress)

    async def advance_waiting(self, subject: UUID, stage: str, progress: float | None) -> None:
        await self._connection.execute(
            f"""update jobs set {_ADVANCE.format("$3", "$4")}
                where workspace_id = $1 and waits_on = $2 and status = 'queued'""",
            self._workspace_id,
            subject,
            stage,
            progress,
        )

    async def release(self, subject: UUID) -> None:
        """Queue what waits on the subject; a trigger does the rest."""
        await self._connection.execute(
            "update jobs set waits_on = null where workspace_id = $1 and waits_on = $2",
            self._workspace_id,
            subject,
        )

    async def put_back(self, job: Job, *, retries: int, error: str | None = None) -> bool:
        """Queue it for another attempt; `error` says what it waits for."""
        return await self._change(
            "status = 'queued', retries = $4, error = coalesce($5, error)", job, retries, error
        )

    async def take_back(self, job_id: UUID, most_rescues: int, error: str) -> JobStatus | None:
        """Queue a job whose worker died, or fail it after `most_rescues`; None when it is over or gone."""
        status = await self._connection.fetchval(
            """update jobs set
                   status = case when rescues < $3 then 'queued' else 'failed' end,
                   error = case when rescues < $3 then error else $4 end,
                   error_code = case when rescues < $3 then error_code else 'worker_lost' end,
                   is_retryable = case when rescues < $3 then is_retryable else false end,
                   finished_at = case when rescues < $3 then finished_at else now() end,
                   rescues = least(rescues + 1, $3)
               where workspace_id = $1 and id = $2 and status in ('queued', 'running') returning status""",
            self._workspace_id,
            job_id,
            most_rescues,
            error,
        )
        return JobStatus(status) if status else None

    async def _change(self, change: str, job: Job, *values: Any) -> bool:
        """Change what the attempt is doing, or end it; one that was superseded meanwhile changes nothing."""
        changed = await self._connection.fetchval(
            f"""update jobs set {change} where workspace_id = $1 and id = $2 and status = 'running' and attempts = $3
                returning true""",
            self._workspace_id,
            job.id,
            job.attempts,
            *values,
        )
        return bool(changed)


def _job(row: asyncpg.Record) -> Job:
    return Job(
        id=row["id"],
        workspace_id=row["workspace_id"],
        kind=row["kind"],
        payload=orjson.loads(row["payload"]),
        status=JobStatus(row["status"]),
        author=Member(row["created_by"], row["first_name"], row["last_name"]),
        request_id=row["request_id"],
        result=orjson.loads(row["result"]) if row["result"] else None,
        error=row["error"],
        attempts=row["attempts"],
        retries=row["retries"],
        created_at=row["created_at"],
        finished_at=row["finished_at"],
        callback_url=row["callback_url"],
        reports_on=row["reports_on"],
        waits_on=row["waits_on"],
        stage=row["stage"],
        progress=row["progress"],
        error_code=row["error_code"],
        is_retryable=row["is_retryable"],
        started_at=row["started_at"],
        updated_at=row["updated_at"],
        last_seq=row["last_seq"],
        credits=_credits(row),
    )


def _credits(row: asyncpg.Record) -> JobCredits | None:
    if row["credits_state"] is None:
        return None
    return JobCredits(row["credits_reserved"], Reservation(row["credits_state"]), row["credits_discounted"])
