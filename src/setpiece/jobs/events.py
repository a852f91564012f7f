"""What happened to a job: one row for each change, numbered from 1 without a gap, written by triggers of revision 0010.

Each is announced on `CHANNEL` when it is committed, as "<workspace id> <job id> <number>".
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import orjson

from setpiece.jobs.model import JobStatus
from setpiece.storage.database import Scope

CHANNEL = "job_events"


@dataclass(frozen=True, slots=True)
class JobEvent:
    """A change of a job's status or stage, and how the job stood after it."""

    seq: int
    type: Literal["status", "stage", "terminal"]
    status: JobStatus
    stage: str | None
    progress: float | None
    at: datetime


async def events_after(scope: Scope, job_id: UUID, seq: int) -> list[JobEvent]:
    """In their order; those of a job that ended long ago are gone."""
    rows = await scope.connection.fetch(
        """select seq, type, data, at from job_events where workspace_id = $1 and job_id = $2 and seq > $3
           order by seq""",
        scope.workspace_id,
        job_id,
        seq,
    )
    return [_event(row["seq"], row["type"], orjson.loads(row["data"]), row["at"]) for row in rows]


async def forget_old_events(scope: Scope, before: datetime) -> None:
    """Events of jobs that ended long ago are of no use: who asks for one gets its end."""
    await scope.connection.execute(
        """delete from job_events e using jobs j
           where e.workspace_id = $1 and e.at < $2 and j.workspace_id = $1 and j.id = e.job_id
             and j.finished_at < $2""",
        scope.workspace_id,
        before,
    )


KEPT_FOR = timedelta(days=1)
"""After its end: longer than any client goes on trying to resume a stream."""


def _event(
    seq: int, type: Literal["status", "stage", "terminal"], data: dict[str, object], at: datetime
) -> JobEvent:
    progress = data.get("progress")
    stage = data.get("stage")
    return JobEvent(
        seq,
        type,
        JobStatus(str(data["status"])),
        str(stage) if stage is not None else None,
        float(progress) if isinstance(progress, int | float) else None,
        at,
    )
