"""Use cases on jobs: enqueue and look up for whoever asks, succeed for whoever does it."""

from collections.abc import Mapping
from typing import Any

from setpiece.jobs.model import Job
from setpiece.jobs.repository import JobRepository
from setpiece.kernel.errors import Conflict, NotFound
from setpiece.kernel.ids import parse
from setpiece.storage.database import Scope
from setpiece.workspaces.work import Work


async def enqueue(
    work: Work,
    kind: str,
    payload: Mapping[str, Any],
    *,
    key: str | None = None,
    request_id: str | None = None,
) -> Job:
    """Ask for a job, in the transaction of `work`: it is queued when that commits, and never was if it does not.

    Of two jobs of a kind with one `key`, the second is not made while the first waits to be begun: the first is returned.
    The `request_id` is logged with all that the job does.
    """
    return await JobRepository(work.scope).insert(
        kind, payload, work.author, work.at, key=key, request_id=request_id
    )


async def get_job(work: Work, shown_id: str, kind: str) -> Job:
    """Raises NotFound when the workspace has no job of that id and kind."""
    job_id = parse(shown_id)
    found = await JobRepository(work.scope).find(job_id, kind) if job_id else None
    if found is None:
        raise NotFound(f"There is no request '{shown_id[:64]}' in this workspace.")
    return found


async def succeed(scope: Scope, job: Job, result: Mapping[str, Any] | None = None) -> None:
    """Note that the job is done, in the transaction of what it did.

    Raises:
        Conflict: this attempt was given up for dead and another one counts now; let the transaction fail.
    """
    if not await JobRepository(scope).succeed(job, result):
        raise Conflict("Another attempt at this job took over; nothing was changed.", code="superseded")
